//! What rows say of columns beside each other, where headers and single columns do not tell.

use super::agree::{in_order, only};
use super::concepts::likeness;
use super::facts::Facts;
use super::guessed::{Guess, Reason, Strange, Trust};
use super::shapes::{is_clock, is_number};
use crate::cell::cells::is_empty_mark;
use crate::cell::{Cell, dates};
use crate::load::Preview;
use crate::model::{Column, Kind};
use std::collections::BTreeMap;

/// A header that names a time so well may be one of a time of day.
const ALIKE: f64 = 0.4;
/// What is said of exceptions is said of so many of them, and of so many visits.
const MOST: f64 = 0.5;
const SOME: usize = 2;

/// What the parts of a table say, as far as it is known.
pub(super) struct Rows<'a> {
    pub kind: Kind,
    pub preview: &'a Preview,
    pub facts: &'a [Facts<'a>],
}

impl Rows<'_> {
    fn place(guesses: &[Guess], column: Column) -> Option<usize> {
        Some(guesses.iter().find(|guess| guess.column == column)?.at[0])
    }

    fn free<'g>(&'g self, guesses: &'g [Guess]) -> impl Iterator<Item = usize> + 'g {
        let is_used = |at: &usize| guesses.iter().any(|guess| guess.at.contains(at));
        (0..self.preview.header.len()).filter(move |at| !self.preview.header[*at].is_empty() && !is_used(at))
    }

    /// Columns that are told by what stands in the same rows.
    pub(super) fn add(&self, guesses: &mut Vec<Guess>, strange: &[Strange]) {
        let found = match self.kind {
            Kind::Visits => self.exception_reason(guesses, strange).map(|at| (Column::ExceptionReason, at)),
            Kind::Plans => self.seq(guesses).map(|at| (Column::Seq, at)),
            _ => None,
        };
        let Some((column, at)) = found.filter(|(column, _)| Self::place(guesses, *column).is_none()) else { return };
        guesses.push(Guess {
            column,
            at: vec![at],
            trust: Trust::Likely,
            reasons: vec![Reason::Rows],
            others: vec![],
            needs_line: true,
        });
        in_order(self.kind, guesses);
    }

    /// A text that stands only where a visit came to something else than it should.
    fn exception_reason(&self, guesses: &[Guess], strange: &[Strange]) -> Option<usize> {
        let outcome = Self::place(guesses, Column::Outcome)?;
        let field = self.kind.field(Column::Outcome)?;
        let is_done = |cell: &str| {
            let told = strange.iter().find(|one| one.column == Column::Outcome && one.word == cell);
            match (self.facts[outcome].understood(field, cell), told) {
                (Cell::Value(value), _) => Some(value == "done"),
                (Cell::Empty, _) => Some(true),
                (_, told) => Some(told?.likely? == "done"),
            }
        };
        let done: Vec<bool> = self.preview.rows.iter().map(|row| is_done(&row[outcome])).collect::<Option<_>>()?;
        let exceptions = done.iter().filter(|done| !**done).count();
        let is_of_them = |at: &usize| {
            let header = &self.facts[*at].header.whole;
            let is_said = |concept: &&str| {
                matches!(*concept, "result" | "note" | "reason" | "visit" | "status" | "done" | "exception")
            };
            let is_text = !self.facts[*at].are_codes() && !self.facts[*at].are(is_number);
            let filled = || self.preview.rows.iter().zip(&done).filter(|(row, _)| !is_empty_mark(&row[*at]));
            let count = filled().count();
            let says = header.concepts.iter().all(is_said)
                && header.concepts.iter().any(|one| matches!(*one, "note" | "reason"));
            says && is_text
                && filled().all(|(_, done)| !done)
                && count >= SOME
                && count as f64 >= MOST * exceptions as f64
        };
        only(self.free(guesses).filter(is_of_them))
    }

    /// Numbers that begin anew with each manager's day are no numbers of rows.
    fn seq(&self, guesses: &[Guess]) -> Option<usize> {
        let (manager, date) = (Self::place(guesses, Column::ManagerId)?, Self::place(guesses, Column::Date)?);
        let begins_anew = |at: &usize| {
            let header = &self.facts[*at].header.whole;
            let is_number_of = |concept: &&str| matches!(*concept, "rownumber" | "seq" | "id" | "number");
            if !header.concepts.iter().all(is_number_of) || !self.facts[*at].are(is_number) {
                return false;
            }
            let mut days: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
            for row in &self.preview.rows {
                let number = row[*at].parse().unwrap_or(0);
                days.entry((&row[manager], &row[date])).or_default().push(number);
            }
            let counts = |numbers: &Vec<usize>| {
                let mut numbers = numbers.clone();
                numbers.sort_unstable();
                numbers.iter().copied().eq(1..=numbers.len())
            };
            days.values().all(counts) && days.values().filter(|numbers| numbers.len() > 1).count() >= SOME
        };
        only(self.free(guesses).filter(begins_anew))
    }

    /// Leaves open what is said of visits that took place: who came and went again did visit.
    pub(super) fn doubt_absences(&self, guesses: &[Guess], strange: &mut [Strange]) {
        let place = |column| Self::place(guesses, column);
        let (Kind::Visits, Some(outcome), Some(started), Some(ended)) =
            (self.kind, place(Column::Outcome), place(Column::StartedAt), place(Column::EndedAt))
        else {
            return;
        };
        let took_place = |word: &str, row: &Vec<String>| {
            let is_filled = |at: usize| !is_empty_mark(&row[at]);
            row[outcome] == word && is_filled(started) && is_filled(ended) && row[started] != row[ended]
        };
        for one in strange.iter_mut().filter(|one| one.likely == Some("not_visited")) {
            if self.preview.rows.iter().any(|row| took_place(&one.word, row)) {
                one.likely = None;
            }
        }
    }

    /// Lets go of days that are not those on which the visits of the same rows began.
    pub(super) fn drop_other_days(&self, guesses: &mut Vec<Guess>) {
        let (Kind::Visits, Some(date), Some(started)) =
            (self.kind, Self::place(guesses, Column::Date), Self::place(guesses, Column::StartedAt))
        else {
            return;
        };
        let is_other = |row: &&Vec<String>| match (dates::date(&row[date]), dates::moment(&row[started], None)) {
            (Cell::Value(date), Cell::Value(began)) => date != began.date,
            _ => false,
        };
        let others = self.preview.rows.iter().filter(is_other).count();
        if others as f64 > MOST * self.preview.rows.len() as f64 {
            guesses.retain(|guess| guess.column != Column::Date || !guess.needs_line);
        }
    }

    /// Where times of a day stand below a header that should give when something began, and no column gives the day: they
    /// are taken from what is guessed.
    pub(super) fn drop_bare_clock(&self, guesses: &mut Vec<Guess>) -> Option<usize> {
        let field = self.kind.field(Column::StartedAt)?;
        let are_clocks = |at: &usize| self.facts[*at].are(is_clock);
        if Self::place(guesses, Column::Date).is_some() {
            return None;
        }
        match Self::place(guesses, Column::StartedAt) {
            Some(at) if are_clocks(&at) => {
                guesses.retain(|guess| guess.column != Column::StartedAt);
                Some(at)
            }
            Some(_) => None,
            None => {
                let like = |at: &usize| likeness(&self.facts[*at].header, self.kind, field) >= ALIKE;
                only(self.free(guesses).filter(like).filter(are_clocks))
            }
        }
    }
}
