//! Who the managers are, told by what tables of a run share: those whom the visits name are those whose the shops are, and
//! telephones from which calls come are those of the managers.

use super::agree::{JOINED, KNOWN, Tables, in_order, taken};
use super::assigned::only;
use super::facts::{FEW, Facts};
use super::guessed::{FileGuess, Guess, Reason};
use super::shapes::{BETWEEN_NUMBERS, is_extension, is_phone};
use crate::model::{Column, Kind};
use std::collections::BTreeSet;

/// One alone is met by chance.
const FEWEST: usize = 2;
/// Numbers are the same that end in so many digits alike: codes of areas are written or not.
const DIGITS: usize = 7;

/// Mends what single tables do not tell of managers.
pub(super) fn mend(tables: &Tables, guesses: &mut [FileGuess]) {
    tell_both(tables, guesses);
    let files = || (0..guesses.len()).filter(|file| tables.previews[*file].rows.len() >= FEWEST);
    let (rosters, others): (Vec<usize>, Vec<usize>) =
        files().partition(|file| guesses[*file].kind == Some(Kind::Managers));
    for file in rosters.into_iter().chain(others) {
        match guesses[file].kind {
            Some(Kind::Customers) => take_those_of_visits(tables, file, guesses),
            Some(Kind::Visits | Kind::Plans | Kind::Days | Kind::Services) => {
                take_those_of_archive(tables, file, guesses);
            }
            Some(Kind::Calls) => {
                swap_numbers(tables, file, guesses);
                drop_nobodys(tables, file, guesses);
                tell_callers(tables, file, guesses);
            }
            Some(Kind::Managers) => take_telephones(tables, file, guesses),
            _ => {}
        }
    }
}

/// Where neither the archive nor the visits say who the managers are: the few codes or names that both have, and that no
/// other two columns share.
fn tell_both(tables: &Tables, guesses: &mut [FileGuess]) {
    let of = |kind: Kind| (0..guesses.len()).find(|file| guesses[*file].kind == Some(kind));
    let (Some(archive), Some(visits)) = (of(Kind::Customers), of(Kind::Visits)) else { return };
    if [archive, visits].iter().any(|file| Tables::place(&guesses[*file], Column::ManagerId).is_some()) {
        return;
    }
    let may_be = |file: usize, at: &usize| {
        let facts = &tables.facts[file][*at];
        let header = &facts.header;
        let is_other = ["branch", "team", "route", "class", "cycle", "shop"].iter().any(|one| header.speaks_of(one));
        let are_people = facts.are_codes() || facts.are(is_name);
        let is_few = facts.values.len() >= FEWEST && facts.uniqueness() < FEW;
        let is_known = header.whole.qualifying().all(|one| one == "elsewhere");
        are_people && is_few && is_known && (!is_other || header.speaks_of("owner"))
    };
    let candidates = |file: usize| tables.free(file, &guesses[file]).filter(move |at| may_be(file, at));
    let are_same = |one: usize, two: usize| {
        let (one, two) = (&tables.facts[archive][one], &tables.facts[visits][two]);
        two.within(one) >= JOINED && one.within(two) >= KNOWN
    };
    let theirs: Vec<usize> = candidates(visits).collect();
    let pairs = candidates(archive).flat_map(|one| theirs.iter().map(move |two| (one, *two)));
    let mut pairs: Vec<(usize, usize)> = pairs.filter(|(one, two)| are_same(*one, *two)).collect();
    // Of a manager the code goes before his name.
    if pairs.iter().any(|(one, _)| tables.facts[archive][*one].are_codes()) {
        pairs.retain(|(one, _)| tables.facts[archive][*one].are_codes());
    }
    let [(there, here)] = pairs[..] else { return };
    tables.take_managers(archive, there, guesses);
    tables.take_managers(visits, here, guesses);
}

/// A name of a person: two to four signs.
fn is_name(cell: &str) -> bool {
    (2..=4).contains(&cell.chars().count()) && cell.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
}

fn values<'t>(tables: &'t Tables, guesses: &[FileGuess], kinds: &[Kind], column: Column) -> BTreeSet<&'t str> {
    let files = (0..guesses.len()).filter(|file| guesses[*file].kind.is_some_and(|kind| kinds.contains(&kind)));
    let places = files.filter_map(|file| Some((file, Tables::place(&guesses[file], column)?)));
    places.flat_map(|(file, at)| tables.facts[file][at].values.keys().copied()).collect()
}

/// The share of people that stand among the cells, by themselves or with something beside them.
fn met(people: &BTreeSet<&str>, facts: &Facts) -> f64 {
    let is_met = |one: &&&str| {
        facts.values.contains_key(**one)
            || facts
                .values
                .keys()
                .any(|cell| cell.len() > 3 && one.len() > 3 && (cell.contains(**one) || one.contains(cell)))
    };
    people.iter().filter(is_met).count() as f64 / people.len().max(1) as f64
}

/// In an archive whose managers are not known, or are called by names that no visit has: those whom visits and plans name.
fn take_those_of_visits(tables: &Tables, file: usize, guesses: &mut [FileGuess]) {
    let people = values(tables, guesses, &[Kind::Visits, Kind::Plans], Column::ManagerId);
    if people.len() < FEWEST {
        return;
    }
    let facts = &tables.facts[file];
    let current = Tables::place(&guesses[file], Column::ManagerId);
    let named = |at: usize| facts[at].is_empty() || facts[at].are_codes() || met(&people, &facts[at]) >= KNOWN;
    let known = tables.previews[file].known(Kind::Customers);
    let is_by_name = |at: usize| super::assign::by_name(Column::ManagerId, &known).contains(&at);
    if current.is_some_and(|at| named(at) || is_by_name(at)) {
        return;
    }
    let names = Tables::place(&guesses[file], Column::ManagerName);
    let is_of_them = |at: &usize| {
        let spoken = &facts[*at].header.whole;
        !spoken.is_qualified() && facts[*at].uniqueness() < 1.0 && met(&people, &facts[*at]) >= JOINED
    };
    let found = names.filter(is_of_them).or_else(|| only(tables.free(file, &guesses[file]).filter(is_of_them)));
    let are_names = people.iter().all(|one| !one.bytes().any(|byte| byte.is_ascii_digit()));
    match found {
        Some(at) => tables.take_managers(file, at, guesses),
        None if current.is_some() && are_names => {
            guesses[file].guesses.retain(|one| one.column != Column::ManagerId);
            guesses[file].missing.extend(Kind::Customers.field(Column::ManagerId));
        }
        None => {}
    }
}

/// Where no header says who made the visits: ids, or else names, that the archive has.
fn take_those_of_archive(tables: &Tables, file: usize, guesses: &mut [FileGuess]) {
    if Tables::place(&guesses[file], Column::ManagerId).is_some() {
        return;
    }
    let of = |column: Column| values(tables, guesses, &[Kind::Customers, Kind::Managers], column);
    let mut names = of(Column::ManagerName);
    names.extend(values(tables, guesses, &[Kind::Managers], Column::Name));
    let known = [of(Column::ManagerId), names];
    // Whatever a header says besides, it is of managers where the archive's is the same.
    let archives = (0..guesses.len()).filter(|other| guesses[*other].kind == Some(Kind::Customers));
    let places = archives.filter_map(|other| Some((other, Tables::place(&guesses[other], Column::ManagerId)?)));
    let headers: BTreeSet<&String> = places.map(|(other, at)| &tables.previews[other].header[at]).collect();
    let column_of = |people: &BTreeSet<&str>| {
        let is_of_them = |at: &usize| {
            let one = &tables.facts[file][*at];
            let there = one.values.keys().filter(|value| people.contains(**value)).count();
            let is_known = there as f64 >= JOINED * one.values.len() as f64;
            let is_said = !one.header.whole.is_qualified() || headers.contains(&tables.previews[file].header[*at]);
            is_said && one.values.len() >= FEWEST && is_known
        };
        only(tables.free(file, &guesses[file]).filter(is_of_them))
    };
    if let Some(at) = known.iter().find_map(column_of) {
        tables.take_managers(file, at, guesses);
    }
}

/// The ids and names of managers that other tables than bills have.
fn known_managers<'t>(tables: &'t Tables, guesses: &[FileGuess]) -> BTreeSet<&'t str> {
    let mut known = values(tables, guesses, &[Kind::Customers, Kind::Managers, Kind::Visits], Column::ManagerId);
    known.extend(values(tables, guesses, &[Kind::Customers], Column::ManagerName));
    known.extend(values(tables, guesses, &[Kind::Managers], Column::Name));
    known
}

/// Codes of calls that no manager has are not those of managers.
fn drop_nobodys(tables: &Tables, file: usize, guesses: &mut [FileGuess]) {
    let Some(at) = Tables::place(&guesses[file], Column::ManagerId) else { return };
    let known = known_managers(tables, guesses);
    let facts = &tables.facts[file][at];
    let is_by_name = super::assign::by_name(Column::ManagerId, &tables.previews[file].known(Kind::Calls)).contains(&at);
    let has_ids = known.iter().any(|one| one.bytes().any(|byte| byte.is_ascii_digit()));
    if is_by_name || !has_ids || !facts.are_codes() || met(&known, facts) > 0.0 {
        return;
    }
    let guess = &mut guesses[file];
    guess.guesses.retain(|one| one.column != Column::ManagerId);
    if Tables::place(guess, Column::OwnNumber).is_none() {
        let fields = [Column::ManagerId, Column::OwnNumber].into_iter().filter_map(|column| Kind::Calls.field(column));
        guess.missing.extend(fields);
    }
}

/// Numbers that a list of managers has are the managers' own, and those in the one other column of telephones the others'.
fn swap_numbers(tables: &Tables, file: usize, guesses: &mut [FileGuess]) {
    let roster: BTreeSet<String> =
        values(tables, guesses, &[Kind::Managers], Column::Phone).into_iter().flat_map(endings).collect();
    let facts = &tables.facts[file];
    let are_own = |at: usize| calls_from(&roster, &facts[at]) >= JOINED;
    let known = tables.previews[file].known(Kind::Calls);
    let is_by_name = |at: usize| super::assign::by_name(Column::Number, &known).contains(&at);
    let is_wrong = |at: &usize| !is_by_name(*at) && !facts[*at].is_empty() && are_own(*at);
    let Some(own) = Tables::place(&guesses[file], Column::Number).filter(is_wrong) else { return };
    let taken_as_own = Tables::place(&guesses[file], Column::OwnNumber);
    let are_numbers = |at: &usize| facts[*at].are(is_phone) && !are_own(*at);
    let Some(other) = taken_as_own.or_else(|| only(tables.free(file, &guesses[file]).filter(are_numbers))) else {
        return;
    };
    tables.take(file, (Column::OwnNumber, own), Reason::Joins(100), guesses);
    tables.take(file, (Column::Number, other), Reason::OnlyOne, guesses);
    // A number tells whose a call is as well as an id.
    guesses[file].missing.retain(|field| field.column != Column::ManagerId);
}

/// Whose calls are is told by the telephones of a list of managers, where there is one: a name would only be another way of
/// saying it, and a worse one. Else by ids or names that the archive has.
fn tell_callers(tables: &Tables, file: usize, guesses: &mut [FileGuess]) {
    let has = |guess: &FileGuess, column: Column| guess.guesses.iter().any(|one| one.column == column);
    let is_roster = |guess: &FileGuess| guess.kind == Some(Kind::Managers) && has(guess, Column::Phone);
    let has_roster = guesses.iter().any(is_roster);
    if has(&guesses[file], Column::OwnNumber) {
        let known = known_managers(tables, guesses);
        let is_other = |guess: &Guess| has_roster || met(&known, &tables.facts[file][guess.at[0]]) < KNOWN;
        let is_name = |guess: &Guess| guess.reasons.contains(&Reason::Names) && guess.needs_line;
        guesses[file].guesses.retain(|one| one.column != Column::ManagerId || !is_name(one) || !is_other(one));
    }
    if !has_roster || !has(&guesses[file], Column::OwnNumber) {
        take_those_of_archive(tables, file, guesses);
    }
}

/// The digits by which a telephone is told from others.
fn ending(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().checked_sub(DIGITS).or_else(|| is_extension(number).then_some(0))?;
    Some(digits[from..].to_owned())
}

/// Those of a cell that may hold several numbers.
fn endings(cell: &str) -> impl Iterator<Item = String> {
    cell.split(BETWEEN_NUMBERS).filter_map(ending)
}

/// The share of cells with a number that is one of these.
fn calls_from(own: &BTreeSet<String>, facts: &Facts) -> f64 {
    let there = facts.values.keys().filter(|cell| endings(cell).any(|one| own.contains(&one))).count();
    there as f64 / facts.values.len().max(1) as f64
}

/// Telephones of managers, whatever stands above them, from which calls come.
fn take_telephones(tables: &Tables, file: usize, guesses: &mut [FileGuess]) {
    let own = values(tables, guesses, &[Kind::Calls], Column::OwnNumber);
    let own: BTreeSet<String> = own.into_iter().flat_map(endings).collect();
    let is_own = |at: &usize| {
        let facts = &tables.facts[file][*at];
        facts.are(|cell| is_phone(cell) || is_extension(cell)) && calls_from(&own, facts) >= KNOWN
    };
    let found: Vec<usize> = tables.free(file, &guesses[file]).filter(is_own).collect();
    let guess = &mut guesses[file].guesses;
    for at in found {
        match guess.iter_mut().find(|one| one.column == Column::Phone) {
            Some(phone) => {
                phone.at.push(at);
                phone.needs_line = true;
            }
            None => guess.push(taken(Column::Phone, at, Reason::Joins(100), &[])),
        }
    }
    in_order(Kind::Managers, guess);
}
