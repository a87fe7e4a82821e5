//! What a rule says of a manager: how many units, which of them fail, which are in doubt.

use super::Date;
use super::doubt::{State, judge};
use super::records::Rejected;
use super::rule::{Judged, Rule, Unit};
use super::world::World;
use std::collections::BTreeSet;

/// A finding as both readings can name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// The date, or the period's name.
    pub when: String,
    pub customer: String,
    pub share: Option<(usize, usize)>,
    pub seconds: Option<i64>,
}

/// The rules whose units have a date that a rejected row may be of.
const OF_DATES: [&str; 10] = [
    "first-arrival",
    "field-time",
    "plan-adherence",
    "plan-made",
    "unplanned-cap",
    "daily-sync",
    "daily-summary",
    "visit-upload",
    "paper-fallback",
    "call-proof",
];

fn without_undated<'a>(w: &World<'a>, rule: &Rule) -> World<'a> {
    let mut dated = w.clone();
    if OF_DATES.contains(&rule.name) {
        dated.rejected.retain(|r| !r.dates.is_empty());
    }
    dated
}

/// A unit by its date, its row and its customer.
type Named = (Date, usize, String);

fn named(unit: &Unit) -> Named {
    (unit.date, unit.row, unit.customer.clone())
}

/// The units that rejected rows without a date could mend, if their dates are at most 10 a row (§1.1).
fn mended_by_undated(w: &World, dated: &World, m: &str, rule: &Rule) -> BTreeSet<Named> {
    let undated: Vec<&Rejected> = w.rejected.iter().filter(|r| r.dates.is_empty()).collect();
    if !OF_DATES.contains(&rule.name) || undated.is_empty() {
        return BTreeSet::new();
    }
    let fails = |w: &World, unit: &Unit| judge(w, m, rule, unit).is_some_and(|(state, _)| state == State::Fail);
    let failing: Vec<Unit> = (rule.units)(w, m).into_iter().filter(|unit| fails(dated, unit)).collect();
    let mended_with = |rows: &[&Rejected]| {
        let mut world = dated.clone();
        world.rejected.extend(rows.iter().map(|r| (*r).clone()));
        failing.iter().filter(|unit| !fails(&world, unit)).map(named).collect::<BTreeSet<Named>>()
    };
    let rows = undated.iter().filter(|r| !mended_with(&[**r]).is_empty()).count();
    let units = mended_with(&undated);
    let dates: BTreeSet<Date> = units.iter().map(|(date, ..)| *date).collect();
    if dates.len() <= rows * 10 { units } else { BTreeSet::new() }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub assessed: usize,
    pub pending: usize,
    pub failing: Vec<Finding>,
    pub doubtful: Vec<Finding>,
    /// count and of, where results have them.
    pub share: Option<(usize, usize)>,
}

impl Tally {
    pub(crate) fn of(w: &World, m: &str, rule: &Rule) -> Tally {
        let mut tally = Tally::default();
        if rule.joins && w.unjoined(m) {
            return tally;
        }
        let dated = without_undated(w, rule);
        let mended = mended_by_undated(w, &dated, m, rule);
        for unit in (rule.units)(w, m) {
            if let Some((state, judged)) = judge(&dated, m, rule, &unit) {
                let state =
                    if mended.contains(&named(&unit)) && state == State::Fail { State::Doubtful } else { state };
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

    pub(crate) fn verdict(&self) -> &'static str {
        match () {
            () if !self.failing.is_empty() => "fail",
            () if self.assessed > 0 => "pass",
            () if !self.doubtful.is_empty() => "doubtful",
            () if self.pending > 0 => "pending",
            () => "not_assessed",
        }
    }
}
