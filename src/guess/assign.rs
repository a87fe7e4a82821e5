//! Which header of a file gives which column of a kind.

use super::arrivals;
use super::assigned::{Assigned, ENOUGH, only};
use super::branches;
use super::by_cells::by_cells;
use super::concepts::{Header, likeness};
use super::facts::Facts;
use super::shapes;
use crate::load::Preview;
use crate::model::{Column, Field, Holds, Kind, unit};

/// The cells of a pair must fit so well.
const FITTING: f64 = 0.5;
/// A header must be so like a column's; where any cell would fit, so much; or the ids below it must be known elsewhere.
pub(super) const ALIKE: f64 = 0.4;
const TELLING: f64 = 0.6;
const JOINED: f64 = 0.8;
/// The words of a few may be known in part only, where the header is so like.
const PLAIN: f64 = 0.75;
/// What it counts that a name stands beside the id of the same, or that a time is the actual one.
const BESIDE: f64 = 0.08;
/// Of so many rows not all are of one.
const ROWS: usize = 20;
/// Names of shops are hardly ever the same.
const OF_EACH: f64 = 0.9;
/// Of the cells below a header so few differ where a few people have many shops.
const FEW: f64 = 0.3;

/// The best pairs of columns and headers, each once. `join` tells how far the ids at a place are known elsewhere,
/// `are_strange` that other tables have none of them.
pub(super) fn columns(
    kind: Kind,
    preview: &Preview,
    facts: &[Facts],
    join: impl Fn(Column, usize) -> Option<f64>,
    are_strange: impl Fn(usize) -> bool,
) -> Vec<Assigned> {
    let mut pairs: Vec<Assigned> = Vec::new();
    let known = preview.known(kind);
    let bearers = Bearers::of(kind, preview, facts, &known);
    for field in kind.fields() {
        let named = by_name(field.column, &known);
        let pair = |at: usize| {
            let is_named = named.contains(&at);
            // An extension is a telephone where calls come from it, and nothing else tells.
            let is_extension =
                (kind, field.column) == (Kind::Managers, Column::Phone) && facts[at].are(shapes::is_extension);
            if is_extension && !is_named && join(Column::OwnNumber, at).unwrap_or(0.0) < FITTING {
                return None;
            }
            // What counts the rows and says no more, or is of shops that the archive has, is no visit's.
            let is_of_shop = || join(Column::CustomerId, at).unwrap_or(0.0) >= JOINED;
            let is_of_row = || is_bare_number(preview, facts, at) && Facts::count_rows(preview, at);
            if field.column == Column::VisitId && !is_named && (is_of_shop() || is_of_row()) {
                return None;
            }
            // What counts all rows of a file is no order of a day, if another column may be.
            if field.column == Column::Seq && preview.rows.len() > ROWS && Facts::count_rows(preview, at) {
                return None;
            }
            let join = join(field.column, at);
            let place = Place { at, is_named, join, leaning: bearers.leaning(field.column, &facts[at].header) };
            pair(kind, field, place, preview, facts)
        };
        pairs.extend((0..preview.header.len()).filter_map(pair));
    }
    drop_half_positions(&mut pairs);
    let unread = arrivals::unread(kind, preview, facts);
    arrivals::leave_open(unread, preview, &mut pairs);
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.at.cmp(&b.at)));
    // A column without a name cannot be spoken of.
    let mut used: Vec<bool> = preview.header.iter().map(String::is_empty).collect();
    let mut taken = best(&pairs, facts, &mut used);
    branches::drop_wrong(kind, preview, facts, &mut taken, &mut used);
    by_cells(kind, (preview, facts), are_strange, &mut taken, &mut used);
    arrivals::leave_open(unread, preview, &mut taken);
    by_force(kind, facts, &known, &mut taken);
    tell_owners(kind, facts, &mut taken);
    name_managers(kind, facts, &mut taken, &mut used);
    prefer_known_names(kind, facts, &mut taken);
    let_names_stand(kind, facts, &mut taken);
    name_shops(kind, facts, &mut taken, &mut used);
    let place = |column: Column| kind.fields().iter().position(|field| field.column == column);
    taken.sort_by_key(|one| place(one.column));
    taken.iter_mut().for_each(|one| one.others.retain(|at| !used[*at]));
    taken
}

/// Of the pairs, the best first, those that leave each column and each header to one.
fn best(pairs: &[Assigned], facts: &[Facts], used: &mut [bool]) -> Vec<Assigned> {
    let mut taken: Vec<Assigned> = Vec::new();
    for pair in pairs {
        let at = pair.at[0];
        match taken.iter_mut().find(|one| one.column == pair.column) {
            // Telephones are joined, but for those that have a column of their own.
            Some(one) if pair.column == Column::Phone && !used[at] && pair.likeness >= TELLING => {
                one.at.push(at);
                used[at] = true;
            }
            Some(one) => one.others.push(at),
            // A cell with both degrees gives both.
            None if pair.column == Column::Lat && used[at] && facts[at].are(shapes::is_position) => {
                taken.push(pair.clone());
            }
            None if used[at] => {}
            None => {
                taken.push(pair.clone());
                used[at] = true;
            }
        }
    }
    taken
}

/// A header that may be meant.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    /// Whether it is one that the column has anyway.
    is_named: bool,
    /// How far the ids below it are known elsewhere.
    join: Option<f64>,
    /// What the headers beside it add to its likeness.
    leaning: f64,
}

/// Of whom the ids of a table are: names of the same stand beside them.
struct Bearers {
    manager: Option<Vec<&'static str>>,
    customer: Option<Vec<&'static str>>,
}

impl Bearers {
    fn of(kind: Kind, preview: &Preview, facts: &[Facts], known: &[Known]) -> Self {
        let bearer = |column: Column| {
            let field = kind.field(column)?;
            let named = by_name(column, known);
            let like = |at: usize| {
                if named.contains(&at) { 1.0 } else { likeness(&facts[at].header, kind, field) }
            };
            let fits = |at: &usize| like(*at) >= ALIKE && facts[*at].are_codes();
            let best = (0..preview.header.len()).filter(fits).max_by(|a, b| like(*a).total_cmp(&like(*b)))?;
            Some(facts[best].header.whole.bearer())
        };
        Self { manager: bearer(Column::ManagerId), customer: bearer(Column::CustomerId) }
    }

    /// Whether managers are who owns the records.
    fn are_owners(&self) -> bool {
        self.manager.as_ref().is_some_and(|bearer| bearer.contains(&"owner"))
    }

    /// Whether a header is of the same as an id, or of the other: a shop's contact is not who owns the shop's manager.
    fn leaning(&self, column: Column, header: &Header) -> f64 {
        let is_of = |bearer: &Option<Vec<&str>>| {
            bearer.as_ref().is_some_and(|it| !it.is_empty() && *it == header.whole.bearer())
        };
        match column {
            Column::ManagerName if is_of(&self.manager) => BESIDE,
            Column::Name if is_of(&self.customer) => BESIDE,
            Column::StartedAt | Column::EndedAt if header.is_actual => BESIDE,
            Column::Contact if is_of(&self.manager) => -1.0,
            Column::ManagerName if header.speaks_of("owner") && !self.are_owners() => -1.0,
            _ => 0.0,
        }
    }
}

fn pair(kind: Kind, field: &Field, place: Place, preview: &Preview, facts: &[Facts]) -> Option<Assigned> {
    let Place { at, is_named, join, leaning } = place;
    let is_text = is_text(field);
    if field.holds.unit().is_some() && unit::named(&preview.header[at]).is_err() {
        return None;
    }
    let likeness = match likeness(&facts[at].header, kind, field) {
        _ if is_named => 1.0,
        like if like > 0.0 => (like + leaning).clamp(0.0, 0.99),
        _ => 0.0,
    };
    if leaning < 0.0 || !is_named && facts[at].is_empty() && field.holds == Holds::Id {
        return None;
    }
    let known_elsewhere = join.unwrap_or(0.0);
    if likeness < (if is_text { TELLING } else { ALIKE })
        && (known_elsewhere < JOINED || facts[at].header.whole.is_qualified())
    {
        return None;
    }
    // Visits are not all to one shop.
    let is_of_all = facts[at].values.len() == 1 && preview.rows.len() >= ROWS;
    if kind != Kind::Customers && field.column == Column::CustomerId && !is_named && is_of_all {
        return None;
    }
    // Each has an address of his own whom one writes to there.
    let is_of_each = || facts[at].header.speaks_of("email") && facts[at].uniqueness() > OF_EACH;
    let is_manager = (kind, field.column) == (Kind::Customers, Column::ManagerId);
    if is_manager && likeness < 1.0 && (facts[at].are_shops() || is_of_each()) {
        return None;
    }
    let mut fit = facts[at].fit(kind, field);
    // Whether goods come has words of its own, of which not all are of a stop.
    if field.column == Column::Suspended && facts[at].header.speaks_of("supply") && fit < 1.0 {
        return None;
    }
    // Words that nobody knows are to be told, where the file must have them.
    let may_be_told = |at: &Facts| field.need.is_required() && at.are_words();
    if matches!(field.holds, Holds::Word(_)) && likeness >= PLAIN && (fit > 0.0 || may_be_told(&facts[at])) {
        fit = fit.max(FITTING);
    }
    let alone = 0.6 * likeness + 0.4 * fit;
    let score = if join.is_some() { 0.55 * alone + 0.45 * known_elsewhere } else { alone };
    let enough = score >= ENOUGH && fit >= FITTING;
    enough.then(|| Assigned { column: field.column, at: vec![at], score, likeness, fit, join, is_text, others: vec![] })
}

/// Whether a header says no more than that numbers stand below it; the `id` of a database is a key, whatever it counts.
fn is_bare_number(preview: &Preview, facts: &[Facts], at: usize) -> bool {
    facts[at].header.whole.concepts == ["id"] && !preview.header[at].is_ascii()
}

/// A latitude without a longitude is none, nor the other way round.
fn drop_half_positions(pairs: &mut Vec<Assigned>) {
    let has = |column: Column| pairs.iter().any(|one| one.column == column);
    if has(Column::Lon) != has(Column::Lat) {
        pairs.retain(|one| !matches!(one.column, Column::Lon | Column::Lat) || one.likeness == 1.0);
    }
}

/// Columns that are read by the names of their headers whatever their cells are, and whatever else is read from them.
fn by_force(kind: Kind, facts: &[Facts], known: &[Known], taken: &mut Vec<Assigned>) {
    for field in kind.fields() {
        let at = by_name(field.column, known).to_vec();
        if at.is_empty() || taken.iter().any(|one| one.column == field.column) {
            continue;
        }
        let fit = facts[at[0]].fit(kind, field);
        let (column, is_text) = (field.column, is_text(field));
        taken.push(Assigned { column, at, score: 0.0, likeness: 1.0, fit, join: None, is_text, others: vec![] });
    }
}

/// Of few people who have many shops each none is whom to speak to there, where somebody else is: they are the managers.
fn tell_owners(kind: Kind, facts: &[Facts], taken: &mut Vec<Assigned>) {
    if kind != Kind::Customers || taken.iter().any(|one| one.column == Column::ManagerId) {
        return;
    }
    let are_few = |at: usize| facts[at].header.speaks_of("owner") && facts[at].uniqueness() < FEW;
    let Some(contact) = taken.iter_mut().find(|one| one.column == Column::Contact && are_few(one.at[0])) else {
        return;
    };
    let Some(at) = contact.others.iter().copied().find(|at| facts[*at].header.speaks_of("contact")) else { return };
    let owner = std::mem::replace(&mut contact.at, vec![at]);
    contact.others.clear();
    contact.likeness = TELLING;
    let fit = kind.field(Column::ManagerId).map_or(0.0, |field| facts[owner[0]].fit(kind, field));
    let likeness = TELLING;
    let (column, score, others) = (Column::ManagerId, ENOUGH, vec![]);
    taken.push(Assigned { column, at: owner, score, likeness, fit, join: None, is_text: false, others });
}

/// In a list of managers with their ids, who is said to be one is named: `专员` beside `专员工号`.
fn name_managers(kind: Kind, facts: &[Facts], taken: &mut Vec<Assigned>, used: &mut [bool]) {
    let has = |column: Column| taken.iter().find(|one| one.column == column);
    let has_ids = has(Column::ManagerId).is_some_and(|one| facts[one.at[0]].are_codes());
    let Some(field) = kind.field(Column::Name).filter(|_| kind == Kind::Managers && has_ids) else { return };
    let is_name = |at: &usize| {
        let is_rep = facts[*at].header.whole.concepts == ["rep"] && facts[*at].header.whole.explained == 1.0;
        !used[*at] && is_rep && facts[*at].fit(kind, field) >= 1.0 && !facts[*at].is_empty()
    };
    let mut names = (0..facts.len()).filter(is_name);
    let (Some(at), None, None) = (names.next(), names.next(), has(Column::Name)) else { return };
    used[at] = true;
    let (column, score, likeness, fit) = (Column::Name, ENOUGH, TELLING, 1.0);
    taken.push(Assigned { column, at: vec![at], score, likeness, fit, join: None, is_text: true, others: vec![] });
}

/// Of two who are named in an archive without ids, he is the manager whose header the program knows: others look after shops
/// too.
fn prefer_known_names(kind: Kind, facts: &[Facts], taken: &mut Vec<Assigned>) {
    let is_known = |one: &Assigned| one.column == Column::ManagerName && one.likeness == 1.0;
    let is_other =
        |one: &Assigned| one.column == Column::ManagerId && one.likeness < 1.0 && !facts[one.at[0]].are_codes();
    if kind == Kind::Customers && taken.iter().any(|one| is_known(one) && !facts[one.at[0]].is_empty()) {
        taken.retain(|one| !is_other(one));
    }
}

/// Where an archive names its managers and has no ids of them, the names stand for the ids.
fn let_names_stand(kind: Kind, facts: &[Facts], taken: &mut [Assigned]) {
    if kind != Kind::Customers || taken.iter().any(|one| one.column == Column::ManagerId) {
        return;
    }
    let Some(field) = kind.field(Column::ManagerId) else { return };
    if let Some(names) = taken.iter_mut().find(|one| one.column == Column::ManagerName) {
        names.column = Column::ManagerId;
        names.fit = facts[names.at[0]].fit(kind, field);
        names.is_text = false;
    }
}

/// Where no header of an archive names shops: the one column of names of which nearly each is another, or else who is to be
/// spoken to there.
fn name_shops(kind: Kind, facts: &[Facts], taken: &mut Vec<Assigned>, used: &mut [bool]) {
    let has_name = taken.iter().any(|one| one.column == Column::Name);
    let Some(field) = kind.field(Column::Name).filter(|_| kind == Kind::Customers && !has_name) else { return };
    let is_name = |at: &usize| {
        let header = &facts[*at].header;
        let says = header.speaks_of("name") || header.speaks_of("shop");
        let fits = facts[*at].fit(kind, field) >= 1.0 && !facts[*at].is_empty() && facts[*at].uniqueness() > OF_EACH;
        !used[*at] && says && fits && !header.whole.is_qualified()
    };
    if let Some(at) = only((0..facts.len()).filter(is_name)) {
        used[at] = true;
        let (column, score, likeness) = (Column::Name, ENOUGH, TELLING);
        let one =
            Assigned { column, at: vec![at], score, likeness, fit: 1.0, join: None, is_text: true, others: vec![] };
        taken.push(one);
    } else if let Some(contact) = taken.iter_mut().find(|one| one.column == Column::Contact) {
        contact.column = Column::Name;
        contact.fit = facts[contact.at[0]].fit(kind, field);
    }
}

fn is_text(field: &Field) -> bool {
    matches!(field.holds, Holds::Text | Holds::Name | Holds::Items | Holds::Photo)
}

/// A column with the places that its header gives it by itself.
pub(super) type Known = (Column, Vec<usize>);

/// The places of the headers that the program knows for a column, in the order in which they are tried.
pub(super) fn by_name(column: Column, known: &[Known]) -> &[usize] {
    known.iter().find(|(there, _)| *there == column).map_or(&[], |(_, at)| at)
}
