//! Columns whose headers do not name them, but whose cells no other column has.

use super::assigned::{Assigned, ENOUGH};
use super::branches;
use super::concepts::others_of;
use super::facts::Facts;
use super::shapes;
use super::ways::ways;
use crate::load::Preview;
use crate::model::{Column, Field, Holds, Kind};

/// A header that says nothing must have cells that fit so well, and so little of it may speak of something.
const UNMISTAKABLE: f64 = 0.95;
const SILENT: f64 = 0.34;
/// Of more rows not every one has a manager for itself.
const MOST: usize = 20;
/// Pictures of visits are not all the same one.
const OF_EACH: f64 = 0.5;

/// Columns that are found where the cells of one free column, and of one only, are unmistakable.
pub(super) fn by_cells(
    kind: Kind,
    (preview, facts): (&Preview, &[Facts]),
    are_strange: impl Fn(usize) -> bool,
    taken: &mut Vec<Assigned>,
    used: &mut [bool],
) {
    for field in kind.fields() {
        let column = field.column;
        if taken.iter().any(|one| one.column == column) {
            continue;
        }
        let is_unmistakable = |at: &usize| {
            let facts = &facts[*at];
            // Any code may be the id of anything: whose it is, other tables tell.
            // And what each row has for itself is no manager's.
            let is_of_each = column == Column::ManagerId && facts.values.len() > MOST && facts.uniqueness() > OF_EACH;
            let is_nobodys = match column {
                Column::VisitId => false,
                _ => field.holds == Holds::Id && (are_strange(*at) || is_of_each),
            };
            !used[*at]
                && !is_nobodys
                && !facts.is_empty()
                && (is_silent_fit(kind, field, facts) || is_told(kind, field, facts))
        };
        let places: Vec<usize> = (0..preview.header.len()).filter(is_unmistakable).collect();
        if let [at] = places[..] {
            let fit = facts[at].fit(kind, field);
            let (score, likeness, join, others) = (ENOUGH, 0.0, None, vec![]);
            taken.push(Assigned { column, at: vec![at], score, likeness, fit, join, is_text: false, others });
            used[at] = true;
        }
    }
}

/// Whether a header is of whoever it is.
fn speaks_of_people(facts: &Facts) -> bool {
    ["rep", "contact", "doer", "owner", "user"].iter().any(|concept| facts.header.speaks_of(concept))
}

/// Whether the header says nothing, or nothing of anything else.
fn is_silent(facts: &Facts) -> bool {
    let spoken = &facts.header.whole;
    (spoken.explained <= SILENT || spoken.is_generic()) && !spoken.is_qualified()
}

/// A column that a file must have, below a header that says nothing.
fn is_silent_fit(kind: Kind, field: &Field, facts: &Facts) -> bool {
    let is_telling = matches!(
        field.holds,
        Holds::Moment | Holds::Date | Holds::Word(_) | Holds::Seconds | Holds::Phones | Holds::Id
    );
    // Any code may be an id: its header must say that it is one, if not of what.
    let is_id = field.holds != Holds::Id || facts.are_codes() && facts.header.speaks_of("id");
    field.need.is_required() && is_telling && is_silent(facts) && is_id && facts.fit(kind, field) >= UNMISTAKABLE
}

/// Whether the cells are what no other column holds, whatever the header says besides: words of a column's own, pictures,
/// programs to speak with. Of something that was planned, reviewed and the like they are not, unless the column is.
fn is_told(kind: Kind, field: &Field, facts: &Facts) -> bool {
    let column = field.column;
    let is_asked = |concept: &str| ways(kind, column).iter().any(|way| way.split(' ').any(|one| one == concept));
    let spoken = &facts.header.whole;
    // How many times is how often, where the words say so; customers are looked after in the words of what is changed, and
    // what comes back of visits in those of replies.
    let is_meant = |concept: &str| match (column, concept) {
        (Column::VisitCycle, "elsewhere") => facts.header.speaks_of("visit"),
        (Column::VisitCycle, "plan") | (Column::Outcome, "reply") | (Column::Status, "plan" | "create") => true,
        // A way to visit is none of anything else, whoever keyed it in.
        (Column::Mode | Column::Outcome, "create") => !facts.header.speaks_of("time"),
        (Column::VisitId, "create" | "upload" | "summary") => true,
        // From where a record comes is told in words of how it was keyed in and sent.
        (Column::Source, "create" | "upload" | "machine") => !facts.header.speaks_of("time"),
        (Column::VisitCycle | Column::Mode | Column::Outcome, "update") => !facts.header.speaks_of("time"),
        _ => false,
    };
    let is_of_another = others_of(kind, field).iter().any(|concept| facts.header.speaks_of(concept));
    // What is said of shops and goods in such words is not said of a visit.
    let is_of_things = matches!(column, Column::Planned | Column::Mode | Column::Outcome)
        && ["shop", "goods", "license", "supply"].iter().any(|concept| facts.header.speaks_of(concept))
        && !facts.header.speaks_of("visit");
    if is_of_another || is_of_things || spoken.qualifying().any(|concept| !is_asked(concept) && !is_meant(concept)) {
        return false;
    }
    match (kind, column) {
        (_, Column::VisitCycle | Column::Planned | Column::Direction | Column::Mode | Column::Class) => {
            facts.are_words_of(kind, field)
        }
        (Kind::Visits, Column::Outcome | Column::Source) | (Kind::Days, Column::Part) => {
            facts.are_words_of(kind, field)
        }
        (Kind::Visits, Column::Items) => facts.are_lists_of(shapes::is_work) && !speaks_of_people(facts),
        (Kind::Customers | Kind::Managers, Column::Branch) => branches::are_such(facts),
        // A shop's state, and a day's, have words that go for other things.
        (Kind::Customers, Column::Status) if spoken.explained > SILENT && spoken.explained < 1.0 => false,
        (Kind::Days, Column::Status) => facts.are_words_of(kind, field),
        (_, Column::Status) => is_silent(facts) && facts.are_words_of(kind, field),
        (_, Column::Tool) => facts.are(shapes::is_tool) && facts.are_words(),
        // Each visit has a number of its own, and so has nothing else that a visit tells of.
        (Kind::Visits, Column::VisitId) => {
            let is_other = ["shop", "rep", "photo", "phone"].iter().any(|concept| facts.header.speaks_of(concept));
            let is_each = facts.values.len() > MOST && facts.uniqueness() == 1.0;
            is_each && facts.are_codes() && facts.header.speaks_of("id") && !is_other
        }
        (_, Column::Photo) => facts.are(shapes::is_picture) && facts.uniqueness() > OF_EACH,
        _ => false,
    }
}
