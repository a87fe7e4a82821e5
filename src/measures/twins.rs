//! Units of a rule that would share an id are numbered, whatever their verdict (SPEC §4.1), so that each keeps its own.

use crate::model::{PlanRow, Visit};

/// The visits that are a rule's units, by start, each with its number among those of the same customer and start: by visit
/// id, empty ones last, then file order.
pub fn numbered<'v, 'a>(units: Vec<&'v Visit<'a>>) -> impl Iterator<Item = (&'v Visit<'a>, u32)> {
    let number = |at: usize| {
        let (unit, same) =
            (units[at], |other: &Visit| other.started == units[at].started && other.customer == units[at].customer);
        let rank = |visit: &Visit<'a>| (visit.id.text().is_none(), visit.id.text(), visit.at);
        // Those of the same start stand together.
        let before = units[..at].iter().rev().take_while(|other| other.started == unit.started);
        let behind = units[at + 1..].iter().take_while(|other| other.started == unit.started);
        1 + before.chain(behind).filter(|other| same(other) && rank(other) < rank(unit)).count() as u32
    };
    let numbers: Vec<u32> = (0..units.len()).map(number).collect();
    units.into_iter().zip(numbers)
}

/// Plan rows, by date, each with its number among those of the same customer and date: by `seq`, empty ones last, then
/// file order.
pub fn numbered_rows<'p, 'a>(units: &'p [PlanRow<'a>]) -> impl Iterator<Item = (&'p PlanRow<'a>, u32)> {
    let number = move |(at, unit): (usize, &'p PlanRow<'a>)| {
        let rank = |plan: &PlanRow| (plan.seq.is_none(), plan.seq, plan.at);
        let before = units[..at].iter().rev().take_while(|other| other.date == unit.date);
        let behind = units[at + 1..].iter().take_while(|other| other.date == unit.date);
        let same = |other: &&PlanRow| other.customer == unit.customer && rank(other) < rank(unit);
        (unit, 1 + before.chain(behind).filter(same).count() as u32)
    };
    units.iter().enumerate().map(number)
}
