//! Units of a rule that would share an id are numbered, whatever their verdict (SPEC §4.1), so that each keeps its own.

use crate::model::{Inquiry, PlanRow, Visit};
use std::cmp::Ordering;

/// The visits that are a rule's units, by start, each with its number among those of the same customer and start: by visit
/// id, empty ones last, then file order.
pub(crate) fn numbered<'v, 'a>(units: Vec<&'v Visit<'a>>) -> impl Iterator<Item = (&'v Visit<'a>, u32)> {
    let rank = |visit: &Visit<'a>| (visit.id.text().is_none(), visit.id.text(), visit.at);
    let numbers = numbers(
        &units,
        |one, two| one.started == two.started,
        |one, two| one.customer.cmp(&two.customer),
        |one, two| rank(one).cmp(&rank(two)),
    );
    units.into_iter().zip(numbers)
}

/// Inquiries, by receipt, each with its number among those of the same customer and receipt: by `inquiry_id`, empty ones
/// last, then file order.
pub(crate) fn numbered_inquiries(units: Vec<&Inquiry>) -> impl Iterator<Item = (&Inquiry, u32)> {
    let numbers = numbers(
        &units,
        |one, two| one.received == two.received,
        |one, two| one.customer.cmp(&two.customer),
        |one, two| one.id.is_none().cmp(&two.id.is_none()).then_with(|| (&one.id, one.at).cmp(&(&two.id, two.at))),
    );
    units.into_iter().zip(numbers)
}

/// Plan rows, by date, each with its number among those of the same customer and date: by `seq`, empty ones last, then
/// file order.
pub(crate) fn numbered_rows<'p, 'a>(units: &'p [PlanRow<'a>]) -> impl Iterator<Item = (&'p PlanRow<'a>, u32)> {
    let rank = |plan: &PlanRow| (plan.seq.is_none(), plan.seq, plan.at);
    let numbers = numbers(
        units,
        |one, two| one.date == two.date,
        |one, two| one.customer.cmp(&two.customer),
        |one, two| rank(one).cmp(&rank(two)),
    );
    units.iter().zip(numbers)
}

/// The number of each unit among those that stand together and are of one customer, from 1, by rank.
fn numbers<U>(
    units: &[U],
    together: impl Fn(&U, &U) -> bool,
    by_customer: impl Fn(&U, &U) -> Ordering,
    by_rank: impl Fn(&U, &U) -> Ordering,
) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(units.len());
    for group in units.chunk_by(together) {
        let begun = numbers.len();
        numbers.resize(begun + group.len(), 1);
        // Nearly always each stands alone.
        if group.len() == 1 {
            continue;
        }
        let mut order: Vec<usize> = (0..group.len()).collect();
        let of = |at: &usize| &group[*at];
        order.sort_by(|one, two| by_customer(of(one), of(two)).then_with(|| by_rank(of(one), of(two))));
        for twins in order.chunk_by(|one, two| by_customer(of(one), of(two)).is_eq()) {
            (1..).zip(twins).for_each(|(number, at)| numbers[begun + at] = number);
        }
    }
    numbers
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
