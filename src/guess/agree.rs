//! Whose ids the tables of a run agree on: what stands for the managers in one is what the others know them by.

use super::assign::{Known, by_name};
use super::assigned::only;
use super::concepts::likeness;
use super::facts::Facts;
use super::guessed::{FileGuess, Guess, Reason, Trust};
use crate::load::Preview;
use crate::model::{Column, Kind, Need};
use std::collections::{BTreeMap, BTreeSet};

/// So many of the ids must be known elsewhere; of so few those in use are none.
pub(super) const JOINED: f64 = 0.95;
pub(super) const KNOWN: f64 = 0.5;
/// A header that says so little may be of somebody else where one value stands below it in so many rows.
const PLAIN: f64 = 0.75;
const ROWS: usize = 20;

/// The tables of a run.
pub(super) struct Tables<'a> {
    pub previews: &'a [Preview],
    pub facts: &'a [Vec<Facts<'a>>],
}

/// The tables' guesses, mended where the managers of one are not those of the others.
pub(super) fn mend(tables: &Tables, guesses: &mut [FileGuess]) {
    let of = |guesses: &[FileGuess], file: usize| guesses[file].kind;
    for file in 0..guesses.len() {
        if of(guesses, file) == Some(Kind::Customers) {
            tables.take_ids_beside_names(file, guesses);
        }
    }
    for file in 0..guesses.len() {
        if of(guesses, file).is_some_and(|kind| !matches!(kind, Kind::Customers | Kind::Managers)) {
            tables.take_ids_of_archive(file, guesses);
        }
    }
}

impl Tables<'_> {
    pub(super) fn place(guess: &FileGuess, column: Column) -> Option<usize> {
        Some(guess.guesses.iter().find(|one| one.column == column)?.at[0])
    }

    pub(super) fn free<'g>(&'g self, file: usize, guess: &'g FileGuess) -> impl Iterator<Item = usize> + 'g {
        let is_used = |at: &usize| guess.guesses.iter().any(|one| one.at.contains(at));
        (0..self.previews[file].header.len()).filter(move |at| !is_used(at))
    }

    /// Takes a header for a column, whatever was taken for it before.
    pub(super) fn take(&self, file: usize, (column, at): (Column, usize), reason: Reason, guesses: &mut [FileGuess]) {
        let guess = &mut guesses[file];
        let Some(kind) = guess.kind else { return };
        let known = self.previews[file].known(kind);
        guess.guesses.retain(|one| one.column != column && one.at != [at]);
        guess.guesses.push(taken(column, at, reason, &known));
        guess.missing.retain(|field| field.column != column);
        in_order(kind, &mut guess.guesses);
    }

    /// Likewise for whose rows are, who may be called by ids or by names.
    pub(super) fn take_managers(&self, file: usize, at: usize, guesses: &mut [FileGuess]) {
        let reason = if self.facts[file][at].are_codes() { Reason::Joins(100) } else { Reason::Names };
        self.take(file, (Column::ManagerId, at), reason, guesses);
    }

    fn codes(&self, file: usize, at: usize) -> Option<&Facts<'_>> {
        Some(&self.facts[file][at]).filter(|facts| facts.are_codes())
    }

    /// In an archive that names managers: the ids beside the names, one for each, by which another table knows them.
    fn take_ids_beside_names(&self, file: usize, guesses: &mut [FileGuess]) {
        let Some(names) = Self::place(&guesses[file], Column::ManagerId) else { return };
        if self.facts[file][names].is_empty() || self.codes(file, names).is_some() {
            return;
        }
        let others: Vec<&Facts> = (0..guesses.len())
            .filter(|other| guesses[*other].kind.is_some_and(|kind| kind != Kind::Customers))
            .filter_map(|other| self.codes(other, Self::place(&guesses[other], Column::ManagerId)?))
            .filter(|facts| facts.values.len() > 1)
            .collect();
        let is_of_them = |at: &usize| {
            let Some(facts) = self.codes(file, *at) else { return false };
            others.iter().any(|other| other.within(facts) >= JOINED) && self.are_paired(file, *at, names)
        };
        let Some(at) = only(self.free(file, &guesses[file]).filter(is_of_them)) else { return };
        let known = self.previews[file].known(Kind::Customers);
        let guess = &mut guesses[file].guesses;
        guess.retain(|one| one.column != Column::ManagerId);
        guess.push(taken(Column::ManagerId, at, Reason::Joins(100), &known));
        if !guess.iter().any(|one| one.column == Column::ManagerName) {
            guess.push(taken(Column::ManagerName, names, Reason::Alike, &known));
        }
        in_order(Kind::Customers, guess);
    }

    /// Whether two columns of an archive give the same people, each once for the other.
    fn are_paired(&self, file: usize, one: usize, two: usize) -> bool {
        let (mut there, mut back) = (BTreeMap::new(), BTreeMap::new());
        for row in self.previews[file].rows.iter().filter(|row| !row[one].is_empty() && !row[two].is_empty()) {
            if *there.entry(&row[one]).or_insert(&row[two]) != &row[two]
                || *back.entry(&row[two]).or_insert(&row[one]) != &row[one]
            {
                return false;
            }
        }
        there.len() > 1
    }

    /// Where those below the header that was taken are none of the archive's managers, and those below another are. What
    /// is the same in all rows, and stands nowhere in the archive, is of somebody else.
    fn take_ids_of_archive(&self, file: usize, guesses: &mut [FileGuess]) {
        let Some(kind) = guesses[file].kind else { return };
        let Some(current) = Self::place(&guesses[file], Column::ManagerId) else { return };
        let archives = || (0..guesses.len()).filter(|other| guesses[*other].kind == Some(Kind::Customers));
        let values = |column: Column| -> BTreeSet<&str> {
            let places = archives().filter_map(|other| Some((other, Self::place(&guesses[other], column)?)));
            places.flat_map(|(other, at)| self.facts[other][at].values.keys().copied()).collect()
        };
        let (ids, names) = (values(Column::ManagerId), values(Column::ManagerName));
        let share = |at: usize, known: &dyn Fn(&str) -> bool| {
            let values = &self.facts[file][at].values;
            values.keys().filter(|value| known(value)).count() as f64 / values.len().max(1) as f64
        };
        let is_empty = self.facts[file][current].is_empty();
        let is_said = |value: &str, name: &&str| value.contains(*name);
        let is_known = |value: &str| {
            ids.contains(value) || names.contains(value) || ids.iter().chain(&names).any(|name| is_said(value, name))
        };
        if ids.is_empty() || is_empty || share(current, &is_known) >= KNOWN {
            return;
        }
        let is_of_archive = |at: &usize| {
            let facts = &self.facts[file][*at];
            let is_one = !facts.header.whole.is_qualified();
            is_one && facts.values.len() >= ids.len().min(2) && share(*at, &|value| ids.contains(value)) >= JOINED
        };
        let found = only(self.free(file, &guesses[file]).filter(is_of_archive));
        if found.is_none() && !(ids.len() > 1 && self.is_somebodys(kind, file, current)) {
            return;
        }
        match found {
            Some(at) => self.take(file, (Column::ManagerId, at), Reason::Joins(100), guesses),
            None => {
                guesses[file].guesses.retain(|one| one.column != Column::ManagerId);
                guesses[file].missing.extend(kind.field(Column::ManagerId));
            }
        }
    }

    /// Whether one value stands in many rows below a header that says little.
    fn is_somebodys(&self, kind: Kind, file: usize, at: usize) -> bool {
        let (preview, facts) = (&self.previews[file], &self.facts[file][at]);
        let field = kind.field(Column::ManagerId).filter(|field| field.need != Need::OneOf);
        let is_named = by_name(Column::ManagerId, &preview.known(kind)).contains(&at);
        let is_one = facts.values.len() == 1 && preview.rows.len() >= ROWS && !is_named;
        is_one && field.is_some_and(|field| likeness(&facts.header, kind, field) < PLAIN)
    }
}

pub(super) fn taken(column: Column, at: usize, reason: Reason, known: &[Known]) -> Guess {
    let needs_line = by_name(column, known).first() != Some(&at);
    Guess { column, at: vec![at], trust: Trust::Likely, reasons: vec![reason], others: vec![], needs_line }
}

pub(super) fn in_order(kind: Kind, guesses: &mut [Guess]) {
    guesses.sort_by_key(|guess| kind.fields().iter().position(|field| field.column == guess.column));
}
