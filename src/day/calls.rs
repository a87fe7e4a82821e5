//! A day's calls: whose number each went to, and which visit it proves.

use super::terms::Terms;
use crate::measures::{Day, Proof};
use crate::model::{At, Call, CustomerId, Phone};

/// A call of the date.
#[derive(Clone, Debug)]
pub(crate) struct Called {
    pub call: Call,
    /// His customers whose number it is in the archive, or in the date's plan; by id.
    pub customers: Vec<CustomerId>,
    /// The visit that it proves.
    pub proves: Option<(At, CustomerId)>,
}

/// In the order of time.
pub(super) fn of(terms: &Terms, day: &Day) -> Vec<Called> {
    let calls = terms.month.file.calls.iter().filter(|call| call.started.date == day.date);
    let line = |call: &Call| Called {
        call: call.clone(),
        customers: whose(terms, day, call),
        proves: terms.proofs.iter().find_map(|(visit, proof)| match proof {
            Proof::Proven(by) if by.at == call.at => Some((visit.at, visit.customer)),
            _ => None,
        }),
    };
    calls.map(line).collect()
}

fn whose(terms: &Terms, day: &Day, call: &Call) -> Vec<CustomerId> {
    let has = |phones: &[Phone]| call.is_to(phones);
    let of_archive = terms.month.customers().filter(|customer| has(&customer.phones)).map(|customer| customer.id);
    let of_plan = day.plans.iter().filter(|plan| has(&plan.phones)).map(|plan| plan.customer);
    // He may have visited another manager's customer.
    let visited = day.visits.iter().filter_map(|visit| terms.month.customer(visit.customer));
    let of_others = visited.filter(|customer| has(&customer.phones)).map(|customer| customer.id);
    let mut customers: Vec<CustomerId> = of_archive.chain(of_plan).chain(of_others).collect();
    customers.sort_unstable();
    customers.dedup();
    customers
}
