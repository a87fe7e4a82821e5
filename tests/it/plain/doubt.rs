//! In doubt (SPEC §1.1): what could not be read is tried out. Each unknown cell that a unit reads takes each of a few
//! values that stand for all it could be, each rejected row that may belong to the unit is added in each way its legible
//! cells allow, in every combination; and the unit is judged again in each of these worlds.

use super::rule::{Change, Choices, Judged, Outcome, Rule, Unit};
use super::world::World;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum State {
    Pass,
    Fail,
    Pending,
    Doubtful,
    NotAssessed,
}

/// Worlds tried for a unit at most: the organisations are made so that they suffice.
const READINGS: usize = 20_000;

/// The unit in every combination of what may be so; the first is the one in which all is as it was taken for.
fn readings(w: &World, m: &str, rule: &Rule, unit: &Unit, choices: &[Choices]) -> Vec<Option<Outcome>> {
    let count: usize = choices.iter().map(|c| c.len() + 1).product();
    assert!(count <= READINGS, "{}: {count} readings of {unit:?}", rule.name);
    let outcome = |number: usize| {
        let mut rest = number;
        let mut changes: Vec<&Change> = Vec::new();
        for choice in choices {
            let pick = rest % (choice.len() + 1);
            rest /= choice.len() + 1;
            changes.extend(pick.checked_sub(1).map(|at| &choice[at]));
        }
        if changes.is_empty() {
            return (rule.judge)(w, m, unit).map(|judged| judged.outcome);
        }
        let mut world = w.clone();
        changes.into_iter().for_each(|change| change(&mut world));
        (rule.judge)(&world, m, unit).map(|judged| judged.outcome)
    };
    (0..count).map(outcome).collect()
}

/// What is to be said of a unit; None where it is none with unknown cells taken as empty.
pub(crate) fn judge(w: &World, m: &str, rule: &Rule, unit: &Unit) -> Option<(State, Judged)> {
    let Some(judged) = (rule.judge)(w, m, unit) else {
        let change = (rule.brought)(w, m, unit)?;
        let mut world = w.clone();
        change(&mut world);
        let judged = (rule.judge)(&world, m, unit).filter(|judged| judged.outcome == Outcome::Fail)?;
        return Some((State::Doubtful, judged));
    };
    let state = match judged.outcome {
        Outcome::NotAssessed => State::NotAssessed,
        Outcome::Pass if !rule.passes_fall => State::Pass,
        Outcome::Pending if !rule.passes_fall => State::Pending,
        Outcome::Pass | Outcome::Pending => by_readings(&readings(w, m, rule, unit, &(rule.unknown)(w, m, unit))),
        Outcome::Fail => {
            let mut choices = (rule.unknown)(w, m, unit);
            choices.extend((rule.rejected)(w, m, unit));
            by_readings(&readings(w, m, rule, unit, &choices))
        }
    };
    Some((state, judged))
}

/// Some reading fails it and another does not: in doubt. None fails it: open, passed, not assessed, in this order.
fn by_readings(outcomes: &[Option<Outcome>]) -> State {
    let any = |wanted: Outcome| outcomes.contains(&Some(wanted));
    match () {
        () if outcomes.iter().all(|o| *o == Some(Outcome::Fail)) => State::Fail,
        () if any(Outcome::Fail) => State::Doubtful,
        () if any(Outcome::Pending) => State::Pending,
        () if any(Outcome::Pass) => State::Pass,
        () => State::NotAssessed,
    }
}
