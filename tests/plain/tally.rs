//! What a rule says of a manager: how many units, which of them fail, which are in doubt.

use super::doubt::{State, judge};
use super::rule::{Judged, Rule, Unit};
use super::world::World;

/// A finding as both readings can name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The date, or the period's name.
    pub when: String,
    pub customer: String,
    pub share: Option<(usize, usize)>,
    pub seconds: Option<i64>,
}

#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub assessed: usize,
    pub pending: usize,
    pub failing: Vec<Finding>,
    pub doubtful: Vec<Finding>,
    /// count and of, where results have them.
    pub share: Option<(usize, usize)>,
}

impl Tally {
    pub fn of(w: &World, m: &str, rule: &Rule) -> Tally {
        let mut tally = Tally::default();
        for unit in (rule.units)(w, m) {
            if let Some((state, judged)) = judge(w, m, rule, &unit) {
                tally.add(state, &unit, &judged);
            }
        }
        tally
    }

    fn add(&mut self, state: State, unit: &Unit, judged: &Judged) {
        let finding = Finding {
            when: unit.when.clone(),
            customer: unit.customer.clone(),
            share: judged.share,
            seconds: judged.seconds,
        };
        match state {
            State::Pass => self.assessed += 1,
            State::Fail => {
                self.assessed += 1;
                self.failing.push(finding);
            }
            State::Pending => self.pending += 1,
            State::Doubtful => self.doubtful.push(Finding { share: None, seconds: None, ..finding }),
            State::NotAssessed => {}
        }
        if let (State::Pass | State::Fail, Some((count, of))) = (state, judged.summed) {
            let (c, o) = self.share.unwrap_or_default();
            self.share = Some((c + count, o + of));
        }
    }

    pub fn verdict(&self) -> &'static str {
        match () {
            () if !self.failing.is_empty() => "fail",
            () if self.assessed > 0 => "pass",
            () if !self.doubtful.is_empty() => "doubtful",
            () if self.pending > 0 => "pending",
            () => "not_assessed",
        }
    }
}
