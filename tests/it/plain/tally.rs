//! What a rule says of a manager: how many units, which of them fail.

use super::Date;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    Pass,
    Fail,
    Pending,
    NotAssessed,
}

impl Outcome {
    pub fn passes_if(met: bool) -> Outcome {
        if met { Outcome::Pass } else { Outcome::Fail }
    }
}

/// What names a failing unit, and its measure where the contract gives it one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// The date, or the period's name.
    pub when: String,
    pub customer: String,
    pub share: Option<(u64, u64)>,
    pub seconds: Option<i64>,
}

impl Unit {
    pub fn day(date: Date) -> Unit {
        Unit { when: date.to_string(), ..Unit::default() }
    }

    pub fn period(name: &str) -> Unit {
        Unit { when: name.to_string(), ..Unit::default() }
    }

    pub fn at(self, customer: &str) -> Unit {
        Unit { customer: customer.to_string(), ..self }
    }

    pub fn share(self, count: usize, of: usize) -> Unit {
        Unit { share: Some((count as u64, of as u64)), ..self }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub assessed: usize,
    pub pending: usize,
    pub failing: Vec<Unit>,
    /// count and of, where results have them.
    pub share: Option<(u64, u64)>,
}

impl Tally {
    pub fn add(&mut self, outcome: Outcome, unit: Unit) {
        match outcome {
            Outcome::Pass => self.assessed += 1,
            Outcome::Fail => {
                self.assessed += 1;
                self.failing.push(unit);
            }
            Outcome::Pending => self.pending += 1,
            Outcome::NotAssessed => {}
        }
    }

    pub fn add_share(&mut self, count: usize, of: usize) {
        let (c, o) = self.share.unwrap_or_default();
        self.share = Some((c + count as u64, o + of as u64));
    }

    pub fn verdict(&self) -> &'static str {
        match (self.assessed, self.failing.len(), self.pending) {
            (0, _, 0) => "not_assessed",
            (0, _, _) => "pending",
            (_, 0, _) => "pass",
            _ => "fail",
        }
    }
}
