//! A unit that failed: when, what was measured, what is required, and the lines it rests on.

use crate::lang::{Words, say, words};
use crate::model::*;
use chrono::NaiveDate;

/// The lines a finding rests on: at least one, at most [`Evidence::MOST`] of them kept, all of them counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub lines: Vec<At>,
    pub total: usize,
}

impl Evidence {
    pub const MOST: usize = 20;

    /// The line that matters most, and the others.
    pub fn new(first: At, others: impl IntoIterator<Item = At>) -> Self {
        let mut evidence = Self { lines: vec![first], total: 1 };
        others.into_iter().for_each(|at| evidence.add(at));
        evidence
    }

    /// One line more; one that is named already counts once.
    pub fn add(&mut self, at: At) {
        if self.lines.contains(&at) {
            return;
        }
        self.total += 1;
        if self.lines.len() < Self::MOST {
            self.lines.push(at);
        }
    }

    /// Lines of equal weight; `None` if there are none.
    pub fn of(lines: impl IntoIterator<Item = At>) -> Option<Self> {
        let mut lines = lines.into_iter();
        lines.next().map(|first| Self::new(first, lines))
    }
}

/// A limit as rules.toml gives it.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    Number(f64),
    Text(String),
}

/// What a unit is dated by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Date(NaiveDate),
    Period(Period),
}

/// As in JSON: `2026-10-13`, `2026-10`, `2026-W41`.
impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::Period(period) => write!(f, "{period}"),
        }
    }
}

/// Whether a finding counts (SPEC §1.1, SPEC-month §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Counted,
    /// Its verdict hangs on something that could not be read.
    Doubtful,
    /// An accepted appeal has taken its unit out.
    Waived,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Doubtful => "doubtful",
            Self::Waived => "waived",
        }
    }
}

/// What is in the way of a verdict: a cell that is there but cannot be read, or a rejected row (SPEC §1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub at: At,
    /// The cell's column; a row as a whole has none.
    pub column: Option<Column>,
    /// What else is to be said of it, such as "at most 1 of these 3".
    pub note: Option<Words>,
}

impl Doubt {
    pub fn cell(at: At, column: Column) -> Self {
        Self { at, column: Some(column), note: None }
    }

    /// A rejected row.
    pub fn row(at: At) -> Self {
        Self { at, column: None, note: None }
    }

    /// The first of these columns whose cell in the row at `at` is unknown.
    pub fn first_of(at: At, unknown: ColumnSet, columns: &[Column]) -> Option<Self> {
        columns.iter().find(|column| unknown.contains(**column)).map(|column| Self::cell(at, *column))
    }
}

/// What a visit by phone is to be proven by, and what there is (SPEC §3.1).
#[derive(Clone, Debug)]
pub struct Dialled {
    /// The numbers that count for it.
    pub numbers: Box<[Phone]>,
    /// The call that comes nearest to proving it: to one of the numbers on its date, or the one that does not suffice.
    pub nearest: Option<Call>,
}

/// Who took a unit out, why and when (SPEC-month §4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The row of the appeal.
    pub at: At,
    pub reason_code: Option<Box<str>>,
    pub decided_by: Box<str>,
    pub decided_on: Option<NaiveDate>,
}

/// A unit that failed, or that would have but for what could not be read.
#[derive(Clone, Debug)]
pub struct Finding {
    pub when: When,
    pub customer: Option<CustomerId>,
    pub visit_id: Option<Box<str>>,
    /// What tells the unit from others of its date and customer: a visit's start, an inquiry's receipt.
    pub key: Option<Moment>,
    /// How the customer was visited, or was to be.
    pub mode: Option<Mode>,
    /// Of a visit by phone.
    pub dialled: Option<Box<Dialled>>,
    /// Which of the units that would share an id it is, from 1 on (SPEC §4.1).
    pub twin: u32,
    /// What is in the way of the verdict; such a finding is none that counts.
    pub doubt: Option<Doubt>,
    /// The appeal that took the unit out.
    pub waiver: Option<Waiver>,
    /// What the unit adds to the rule's summed share.
    pub share_in_result: Option<(u64, u64)>,
    pub count: Option<u64>,
    pub of: Option<u64>,
    pub seconds: Option<u64>,
    pub metres: Option<f64>,
    pub kmh: Option<f64>,
    pub limit: Option<Limit>,
    /// The limit of what is a share.
    pub percent: Option<Percent>,
    pub measured: Words,
    pub required: Words,
    pub message: Words,
    pub evidence: Evidence,
}

impl Finding {
    /// A finding says when, what was measured, what is required, and on which lines it rests; the rest is optional.
    pub fn new(when: When, measured: Words, required: Words, evidence: Evidence) -> Self {
        Self {
            when,
            customer: None,
            visit_id: None,
            key: None,
            mode: None,
            dialled: None,
            twin: 1,
            doubt: None,
            waiver: None,
            share_in_result: None,
            count: None,
            of: None,
            seconds: None,
            metres: None,
            kmh: None,
            limit: None,
            percent: None,
            message: words("", ""),
            measured,
            required,
            evidence,
        }
    }

    pub fn customer(mut self, customer: CustomerId) -> Self {
        self.customer = Some(customer);
        self
    }

    /// The unit is this visit.
    pub fn visit(mut self, visit: &Visit) -> Self {
        self.customer = Some(visit.customer);
        self.visit_id = visit.id.text().map(Box::from);
        self.key = Some(visit.started);
        self.mode = Some(visit.mode);
        self
    }

    /// What the visit was to be proven by.
    pub fn dialled(mut self, dialled: Dialled) -> Self {
        self.dialled = Some(Box::new(dialled));
        self
    }

    /// Which it is of the units of the rule that share date, customer and key.
    pub fn twin(mut self, number: u32) -> Self {
        self.twin = number;
        self
    }

    pub fn state(&self) -> State {
        match (&self.waiver, &self.doubt) {
            (Some(_), _) => State::Waived,
            (None, Some(_)) => State::Doubtful,
            (None, None) => State::Counted,
        }
    }

    /// The unit is this plan row.
    pub fn plan_row(mut self, plan: &PlanRow) -> Self {
        self.customer = Some(plan.customer);
        self.mode = plan.mode;
        self
    }

    pub fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    pub fn share(mut self, count: u64, of: u64) -> Self {
        self.count = Some(count);
        self.of = Some(of);
        self
    }

    pub fn seconds(mut self, seconds: u64) -> Self {
        self.seconds = Some(seconds);
        self
    }

    pub fn limit(mut self, limit: impl Into<f64>) -> Self {
        self.limit = Some(Limit::Number(limit.into()));
        self
    }

    /// The limit of a share.
    pub fn limit_percent(mut self, limit: Percent) -> Self {
        self.percent = Some(limit);
        self.limit(limit.as_f64())
    }

    pub fn limit_text(mut self, limit: impl ToString) -> Self {
        self.limit = Some(Limit::Text(limit.to_string()));
        self
    }

    /// Metres to the centimetre: further digits depend on the machine's mathematics library.
    pub fn metres(mut self, metres: f64) -> Self {
        self.metres = Some(hundredths(metres));
        self
    }

    pub fn kmh(mut self, kmh: f64) -> Self {
        self.kmh = Some(hundredths(kmh));
        self
    }

    /// A sentence that can stand alone.
    pub fn message(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.message = say(zh, en);
        self
    }
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_keeps_twenty_lines_and_counts_all() {
        let lines = (1..=25).map(|line| At { file: 0, line });
        let evidence = Evidence::of(lines).unwrap();
        assert_eq!((evidence.lines.len(), evidence.total), (20, 25));
        assert_eq!(Evidence::of([]), None);
    }
}
