//! Calls that might prove a visit, but for what could not be read (SPEC §1.1, `call-proof`).

use crate::judgement::Doubt;
use crate::measures::{CallTerms, ManagerMonth, known_numbers};
use crate::model::*;

/// What of a call decides whether it proves a visit.
const CELLS: [Column; 4] = [Column::Direction, Column::Number, Column::Seconds, Column::StartedAt];

/// The cell over which one of the used calls could prove a visit: the call's direction, or one of the visit's numbers.
pub(crate) fn cell_of_call(month: &ManagerMonth, visit: &Visit, terms: &CallTerms) -> Option<Doubt> {
    let known = known_numbers(month, visit);
    let unread = unread_number(month, visit, known.is_empty());
    let numbers = if known.is_empty() { &*visit.phones } else { &known };
    let window = i64::from(terms.window);
    // In order of time.
    let calls = &month.file.calls;
    let from = calls.partition_point(|call| call.started.since(visit.started) < -window);
    let near = calls[from..].iter().take_while(|call| call.started.since(visit.started) <= window);
    near.filter(|call| unread.is_some() || call.unknown != ColumnSet::default()).find_map(|call| {
        let cell = Doubt::first_of(call.at, call.unknown, &CELLS).filter(|_| call.is_to(numbers));
        cell.or_else(|| unread.clone()).filter(|_| may_prove(call, terms))
    })
}

/// Whether a rejected call could prove a visit, as well as its legible cells allow.
pub(crate) fn could_prove(month: &ManagerMonth, visit: &Visit, terms: &CallTerms, call: &Call) -> bool {
    let known = known_numbers(month, visit);
    let unread = unread_number(month, visit, known.is_empty()).is_some();
    let numbers = if known.is_empty() { &*visit.phones } else { &known };
    let near = call.started.since(visit.started).abs() <= i64::from(terms.window);
    let fits = unread || call.is_to(numbers) || call.unknown.contains(Column::Number);
    fits && (near || call.unknown.contains(Column::StartedAt)) && may_prove(call, terms)
}

/// Whether direction and length allow a call to prove anything.
fn may_prove(call: &Call, terms: &CallTerms) -> bool {
    let allowed = terms.directions.contains(&call.direction) || call.unknown.contains(Column::Direction);
    let long = call.seconds >= terms.min_seconds || call.unknown.contains(Column::Seconds);
    allowed && long
}

/// A number of the visit that cannot be read: in the plan, in the archive, or where neither has one in the visit itself.
fn unread_number(month: &ManagerMonth, visit: &Visit, unknown_elsewhere: bool) -> Option<Doubt> {
    let day = month.day(visit.date());
    let mut planned = day.plans.iter().filter(|plan| plan.customer == visit.customer);
    let of_plan = planned.find_map(|plan| Doubt::first_of(plan.at, plan.unknown, &[Column::Phone]));
    let of_archive = || {
        let customer = month.customer(visit.customer)?;
        Doubt::first_of(customer.at, customer.unknown, &[Column::Phone, Column::Phone2])
    };
    let of_visit = || Doubt::first_of(visit.at, visit.unknown, &[Column::Phone]).filter(|_| unknown_elsewhere);
    of_plan.or_else(of_archive).or_else(of_visit)
}
