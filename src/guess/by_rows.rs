//! What rows say of columns beside each other, where headers and single columns do not tell.

use super::agree::in_order;
use super::assigned::only;
use super::concepts::likeness;
use super::facts::Facts;
use super::guessed::{Guess, Reason, Strange, Trust};
use super::shapes::{has_time, is_clock, is_day, is_number};
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
/// What headers say of the first and the last of something.
const BEGINS: [&str; 12] = ["进", "到", "起", "自", "抵", "入", "始", "arriv", "start", "from", "enter", "began"];
const ENDS: [&str; 12] = ["出", "离", "止", "至", "走", "退", "终", "depart", "leav", "left", "end", "exit"];
/// Whatever the header says it must be of so many, and of nearly all exceptions.
const SEVERAL: usize = 5;
const NEARLY_ALL: f64 = 0.9;

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
            Kind::Customers => self.closed_on(guesses, strange).map(|at| (Column::ClosedOn, at)),
            _ => None,
        };
        let Some((column, at)) = found.filter(|(column, _)| Self::place(guesses, *column).is_none()) else { return };
        // What was taken for any note is one of why.
        guesses.retain(|guess| guess.at != [at]);
        guesses.push(told(column, at, Trust::Likely));
        in_order(self.kind, guesses);
    }

    /// A text that stands only where a visit came to something else than it should.
    fn exception_reason(&self, guesses: &[Guess], strange: &[Strange]) -> Option<usize> {
        let done = self.which_are(Column::Outcome, "done", guesses, strange)?;
        let exceptions = done.iter().filter(|done| !**done).count();
        let is_of_them = |at: &usize| {
            let header = &self.facts[*at].header.whole;
            let is_said = |concept: &&str| {
                matches!(*concept, "result" | "note" | "reason" | "visit" | "status" | "done" | "exception" | "reply")
            };
            let is_text = !self.facts[*at].are_codes() && !self.facts[*at].are(is_number);
            let is_other = header.qualifying().any(|one| matches!(one, "review" | "update" | "reschedule" | "next"));
            let filled = || self.preview.rows.iter().zip(&done).filter(|(row, _)| !is_empty_mark(&row[*at]));
            let count = filled().count();
            let says = header.concepts.iter().all(is_said)
                && header.concepts.iter().any(|one| matches!(*one, "note" | "reason"));
            let share = count as f64 / exceptions.max(1) as f64;
            is_text
                && !self.facts[*at].are(is_day)
                && filled().all(|(_, done)| !done)
                && (says && count >= SOME && share >= MOST || !is_other && count >= SEVERAL && share >= NEARLY_ALL)
        };
        let note =
            guesses.iter().find(|guess| guess.column == Column::Note && guess.needs_line).map(|guess| guess.at[0]);
        only(self.free(guesses).chain(note).filter(is_of_them))
    }

    /// Which rows have a value in a column, or nothing; none where a word of it is not known.
    fn which_are(&self, column: Column, wanted: &str, guesses: &[Guess], strange: &[Strange]) -> Option<Vec<bool>> {
        let at = Self::place(guesses, column)?;
        let field = self.kind.field(column)?;
        let is_wanted = |cell: &str| {
            let told = strange.iter().find(|one| one.column == column && one.word == cell);
            match (self.facts[at].understood(field, cell), told) {
                (Cell::Value(value), _) => Some(value == wanted),
                (Cell::Empty, _) => Some(true),
                (_, told) => Some(told?.likely? == wanted),
            }
        };
        self.preview.rows.iter().map(|row| is_wanted(&row[at])).collect()
    }

    /// A day that shops have which are closed, and no others.
    fn closed_on(&self, guesses: &[Guess], strange: &[Strange]) -> Option<usize> {
        let active = self.which_are(Column::Status, "active", guesses, strange)?;
        let closed = active.iter().filter(|active| !**active).count();
        let is_of_them = |at: &usize| {
            let filled = || self.preview.rows.iter().zip(&active).filter(|(row, _)| !is_empty_mark(&row[*at]));
            let header = &self.facts[*at].header;
            !header.whole.is_qualified()
                && !header.speaks_of("license")
                && self.facts[*at].are(is_day)
                && filled().all(|(_, active)| !active)
                && filled().count() >= SEVERAL
                && filled().count() as f64 >= NEARLY_ALL * closed as f64
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

    /// When visits began and ended, where headers say no more than which comes first: two times of which the one is never
    /// behind the other, on one day, and mostly before it.
    pub(super) fn add_times(&self, guesses: &mut Vec<Guess>) {
        if self.kind != Kind::Visits || Self::place(guesses, Column::StartedAt).is_some() {
            return;
        }
        let are_times =
            |at: &usize| self.facts[*at].are(|cell| has_time(cell) || is_clock(cell)) && self.is_of_visit(*at);
        let ended = Self::place(guesses, Column::EndedAt).filter(are_times);
        let times: Vec<usize> = self.free(guesses).filter(are_times).collect();
        let says = |at: &usize, words: &[&str]| {
            let leaf = self.preview.header[*at].to_lowercase();
            let leaf = leaf.rsplit(['/', '-', '|']).next().unwrap_or_default();
            words.iter().any(|word| leaf.contains(word))
        };
        let starts = times.iter().copied().filter(|at| says(at, &BEGINS) && !says(at, &ENDS));
        let Some(start) = only(starts) else { return };
        let ends = || times.iter().copied().filter(|at| *at != start && says(at, &ENDS) && !says(at, &BEGINS));
        let Some(end) = ended.or_else(|| only(ends())).filter(|end| self.follow(start, *end)) else { return };
        for (column, at) in [(Column::StartedAt, start), (Column::EndedAt, end)] {
            if Self::place(guesses, column).is_none() {
                guesses.push(told(column, at, Trust::Unsure));
            }
        }
        in_order(self.kind, guesses);
    }

    /// Whether a header is of nothing but the visit. Who visits registers when he comes; when a record was made is another thing.
    fn is_of_visit(&self, at: usize) -> bool {
        let is_registered = self.preview.header[at].contains("登记");
        self.facts[at].header.whole.qualifying().all(|one| one == "create" && is_registered)
    }

    /// Whether the times of one column are followed by those of another, within the day.
    fn follow(&self, start: usize, end: usize) -> bool {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 1);
        let moment = |cell: &str| dates::moment(cell, day).value();
        let both = |row: &Vec<String>| Some((moment(&row[start])?, moment(&row[end])?));
        let pairs: Vec<_> = self.preview.rows.iter().filter_map(both).collect();
        let in_order = pairs.iter().filter(|(start, end)| start.date == end.date && start.second <= end.second).count();
        pairs.len() >= SOME && in_order as f64 >= NEARLY_ALL * pairs.len() as f64
    }

    /// Takes the days of visits, of which times of day stand beside them, from the one column that has days.
    fn add_day(&self, guesses: &mut Vec<Guess>) -> bool {
        let are_days = |at: &usize| self.is_of_visit(*at) && self.facts[*at].are(is_day);
        let Some(at) = only(self.free(guesses).filter(are_days)).filter(|_| self.kind == Kind::Visits) else {
            return false;
        };
        guesses.push(told(Column::Date, at, Trust::Unsure));
        in_order(self.kind, guesses);
        true
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
            Some(at) if are_clocks(&at) && self.add_day(guesses) => None,
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

/// What rows tell of a column.
fn told(column: Column, at: usize, trust: Trust) -> Guess {
    Guess { column, at: vec![at], trust, reasons: vec![Reason::Rows], others: vec![], needs_line: true }
}
