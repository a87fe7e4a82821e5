//! Units of a rule that would share an id are numbered, whatever their verdict (SPEC §4.1), so that each keeps its own.

use crate::model::{Inquiry, PlanRow, Visit};

/// The visits that are a rule's units, by start, each with its number among those of the same customer and start: by visit
/// id, empty ones last, then file order.
pub(crate) fn numbered<'v, 'a>(units: Vec<&'v Visit<'a>>) -> impl Iterator<Item = (&'v Visit<'a>, u32)> {
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

/// Inquiries, by receipt, each with its number among those of the same customer and receipt: by `inquiry_id`, empty ones
/// last, then file order.
pub(crate) fn numbered_inquiries(units: Vec<&Inquiry>) -> impl Iterator<Item = (&Inquiry, u32)> {
    let number = |at: usize| {
        let unit = units[at];
        let rank = |inquiry: &Inquiry| (inquiry.id.is_none(), inquiry.id.clone(), inquiry.at);
        let before = units[..at].iter().rev().take_while(|other| other.received == unit.received);
        let behind = units[at + 1..].iter().take_while(|other| other.received == unit.received);
        let same = |other: &&&Inquiry| other.customer == unit.customer && rank(other) < rank(unit);
        1 + before.chain(behind).filter(same).count() as u32
    };
    let numbers: Vec<u32> = (0..units.len()).map(number).collect();
    units.into_iter().zip(numbers)
}

/// Plan rows, by date, each with its number among those of the same customer and date: by `seq`, empty ones last, then
/// file order.
pub(crate) fn numbered_rows<'p, 'a>(units: &'p [PlanRow<'a>]) -> impl Iterator<Item = (&'p PlanRow<'a>, u32)> {
    let number = move |(at, unit): (usize, &'p PlanRow<'a>)| {
        let rank = |plan: &PlanRow| (plan.seq.is_none(), plan.seq, plan.at);
        let before = units[..at].iter().rev().take_while(|other| other.date == unit.date);
        let behind = units[at + 1..].iter().take_while(|other| other.date == unit.date);
        let same = |other: &&PlanRow| other.customer == unit.customer && rank(other) < rank(unit);
        (unit, 1 + before.chain(behind).filter(same).count() as u32)
    };
    units.iter().enumerate().map(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{At, ColumnSet, CustomerId, InquiryKind, ManagerId, Moment};

    #[test]
    fn inquiries_of_one_receipt_are_numbered_by_their_id_and_then_the_file() {
        let inquiry = |line, id: Option<&str>, customer: Option<u32>, second| Inquiry {
            at: At { file: 0, line },
            id: id.map(Into::into),
            manager: ManagerId(0),
            customer: customer.map(CustomerId),
            kind: InquiryKind::Inquiry,
            received: Moment::new("2026-09-01".parse().unwrap(), second),
            replied: None,
            upheld: false,
            duty: false,
            unknown: ColumnSet::default(),
        };
        let all = [
            inquiry(2, None, None, 60),
            inquiry(3, Some("Q2"), None, 60),
            inquiry(4, Some("Q1"), None, 60),
            inquiry(5, None, None, 60),
            inquiry(6, Some("Q0"), Some(7), 60),
            inquiry(7, Some("Q0"), None, 120),
        ];
        let numbers: Vec<u32> = numbered_inquiries(all.iter().collect()).map(|(_, number)| number).collect();
        assert_eq!(numbers, [3, 2, 1, 4, 1, 1]);
    }
}
