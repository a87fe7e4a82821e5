//! Which ids are those of shops, told by what the tables of a run share, where headers do not tell: codes of visits that all
//! stand in the archive, each once.

use super::agree::{JOINED, Tables};
use super::assigned::only;
use super::facts::Facts;
use super::guessed::{FileGuess, Reason};
use crate::model::{Column, Kind};
use std::collections::BTreeSet;

/// Fewer are met by chance.
const FEWEST: usize = 5;
/// In an archive each shop has a row.
const OF_EACH: f64 = 0.95;

/// Mends what single tables do not tell of shops.
pub(super) fn mend(tables: &Tables, guesses: &mut [FileGuess]) {
    let is = |file: &usize, is_wanted: &dyn Fn(Kind) -> bool| guesses[*file].kind.is_some_and(is_wanted);
    let archives: Vec<usize> = (0..guesses.len()).filter(|file| is(file, &|kind| kind == Kind::Customers)).collect();
    let names_shops = |kind: Kind| kind != Kind::Customers && kind.field(Column::CustomerId).is_some();
    let others: Vec<usize> = (0..guesses.len()).filter(|file| is(file, &names_shops)).collect();
    let Some(first) = archives.first() else { return };
    // A sheet a branch is one archive.
    if archives.iter().any(|file| tables.previews[*file].header != tables.previews[*first].header) {
        return;
    }
    for file in others {
        take(tables, &archives, file, guesses);
    }
}

/// The ids below a header of an archive, which may be several sheets; none where shops share some.
fn ids_of<'t>(tables: &'t Tables, archives: &[usize], at: usize) -> Option<BTreeSet<&'t str>> {
    let parts = || archives.iter().map(|file| &tables.facts[*file][at]);
    if !parts().all(are_ids) {
        return None;
    }
    let ids: BTreeSet<&str> = parts().flat_map(|facts| facts.values.keys().copied()).collect();
    let all: u64 = parts().flat_map(|facts| facts.values.values()).sum();
    (ids.len() as f64 >= OF_EACH * all as f64).then_some(ids)
}

/// Of a table that has no ids of shops, or only names: the codes that the archive has.
fn take(tables: &Tables, archives: &[usize], file: usize, guesses: &mut [FileGuess]) {
    let Some(kind) = guesses[file].kind else { return };
    let current = Tables::place(&guesses[file], Column::CustomerId);
    let by_name = super::assign::by_name(Column::CustomerId, &tables.previews[file].known(kind)).to_vec();
    if current.is_some_and(|at| tables.facts[file][at].are_codes() || by_name.contains(&at)) {
        return;
    }
    let archive = archives[0];
    let there = Tables::place(&guesses[archive], Column::CustomerId);
    let ids: Vec<Option<BTreeSet<&str>>> =
        (0..tables.previews[archive].header.len()).map(|at| ids_of(tables, archives, at)).collect();
    let is_of = |one: &Facts, at: usize| {
        let Some(known) = &ids[at] else { return false };
        one.values.keys().filter(|id| known.contains(*id)).count() as f64 >= JOINED * one.values.len() as f64
    };
    let is_used = |at: usize| {
        let files = (0..guesses.len()).filter(|other| !archives.contains(other));
        let mut places = files.filter_map(|other| Some((other, Tables::place(&guesses[other], Column::CustomerId)?)));
        places.any(|(other, place)| is_of(&tables.facts[other][place], at))
    };
    let may_be_another = there.is_none_or(|at| !is_used(at));
    let pair = |place: usize| -> Option<(usize, usize)> {
        let one = Some(&tables.facts[file][place]).filter(|one| are_ids(one) && one.values.len() >= FEWEST)?;
        let free = || only(tables.free(archive, &guesses[archive]).filter(|at| is_of(one, *at)));
        Some((place, there.filter(|at| is_of(one, *at)).or_else(|| free().filter(|_| may_be_another))?))
    };
    let found: Vec<(usize, usize)> = tables.free(file, &guesses[file]).filter_map(pair).collect();
    let [(place, at)] = found[..] else { return };
    tables.take(file, (Column::CustomerId, place), Reason::Joins(100), guesses);
    for archive in archives.iter().filter(|_| there != Some(at)) {
        tables.take(*archive, (Column::CustomerId, at), Reason::Joins(100), guesses);
    }
}

/// Whether the values may be ids: codes whose header does not speak of a telephone, or of something else.
fn are_ids(facts: &Facts) -> bool {
    facts.are_codes() && !facts.header.speaks_of("phone") && !facts.header.whole.is_qualified()
}
