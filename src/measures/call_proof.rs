//! Which call proves which phone visit (SPEC §3.1; 七.2(1)).

use super::month::ManagerMonth;
use crate::model::{Call, Direction, Phone, Visit};

/// What a call must be to prove a visit.
#[derive(Clone, Copy, Debug)]
pub struct CallTerms<'a> {
    /// How far from the visit's start it may start, in seconds, inclusive.
    pub window: u32,
    pub min_seconds: u32,
    pub directions: &'a [Direction],
}

/// Whether a visit is proven, and what lies nearest where it is not.
#[derive(Clone, Debug)]
pub enum Proof {
    Proven,
    /// Nothing tells which number was called: no archive, plan or visit has one, and the visits have no such column.
    NumberUnknown,
    /// No call to those numbers in the window.
    NoCall,
    /// There is one, but only of this many seconds.
    TooShort(Call),
    /// The call in the window went to the visit's own number, which neither archive nor plan knows.
    OtherNumber(Call),
    /// The calls there prove other visits.
    Taken(Call),
}

/// Proofs of visits in the order given: (start, file order). One call proves one visit; a visit is proven if it and all
/// proven before it can each be given a call of its own.
pub fn prove(month: &ManagerMonth, visits: &[&Visit], number_is_optional: bool, terms: &CallTerms) -> Vec<Proof> {
    let calls = &month.file.calls;
    let mut matching = Matching { holder: vec![None; calls.len()], candidates: Vec::new() };
    let mut proofs = Vec::with_capacity(visits.len());
    for visit in visits {
        let known = known_numbers(month, visit);
        let numbers = if known.is_empty() { visit.phones.to_vec() } else { known.clone() };
        let nearby = nearby(calls, visit, terms);
        let fits = |at: &usize| numbers.contains(&calls[*at].number) && calls[*at].seconds >= terms.min_seconds;
        matching.candidates.push(nearby.iter().copied().filter(fits).collect());
        let this = matching.candidates.len() - 1;
        proofs.push(if numbers.is_empty() && number_is_optional {
            Proof::NumberUnknown
        } else if matching.augment(this, &mut vec![false; calls.len()]) {
            Proof::Proven
        } else {
            why_not(calls, visit, &known, &numbers, &nearby, &matching.candidates[this])
        });
    }
    proofs
}

/// The plan rows' numbers of that manager, customer and date, and the customer's own, together.
fn known_numbers(month: &ManagerMonth, visit: &Visit) -> Vec<Phone> {
    let planned = month.plans_on(visit.date()).iter().filter(|plan| plan.customer == visit.customer);
    let mut numbers: Vec<Phone> = planned.flat_map(|plan| plan.phones.iter().copied()).collect();
    if let Some(customer) = month.book.customer(visit.customer) {
        numbers.extend(customer.phones.iter());
    }
    numbers
}

/// The positions of the calls of an allowed direction within the window.
fn nearby(calls: &[Call], visit: &Visit, terms: &CallTerms) -> Vec<usize> {
    let window = i64::from(terms.window);
    let from = calls.partition_point(|call| call.started.since(visit.started) < -window);
    let to = calls.partition_point(|call| call.started.since(visit.started) <= window);
    (from..to).filter(|at| terms.directions.contains(&calls[*at].direction)).collect()
}

fn why_not(
    calls: &[Call],
    visit: &Visit,
    known: &[Phone],
    numbers: &[Phone],
    nearby: &[usize],
    candidates: &[usize],
) -> Proof {
    if let Some(at) = candidates.first() {
        return Proof::Taken(calls[*at]);
    }
    let to = |numbers: &[Phone]| {
        let calls = nearby.iter().map(|at| calls[*at]).filter(|call| numbers.contains(&call.number));
        calls.max_by_key(|call| (call.seconds, std::cmp::Reverse(call.at)))
    };
    if let Some(call) = to(numbers) {
        return Proof::TooShort(call);
    }
    if known.is_empty() { Proof::NoCall } else { to(&visit.phones).map_or(Proof::NoCall, Proof::OtherNumber) }
}

/// A matching of visits to calls, grown visit by visit.
struct Matching {
    /// For each call the visit that it proves.
    holder: Vec<Option<usize>>,
    /// For each visit the calls that can prove it.
    candidates: Vec<Vec<usize>>,
}

impl Matching {
    /// Gives a visit a call, moving earlier visits to others of theirs where need be (augmenting path).
    fn augment(&mut self, visit: usize, seen: &mut [bool]) -> bool {
        for at in 0..self.candidates[visit].len() {
            let call = self.candidates[visit][at];
            if std::mem::replace(&mut seen[call], true) {
                continue;
            }
            let free = match self.holder[call] {
                None => true,
                Some(holder) => self.augment(holder, seen),
            };
            if free {
                self.holder[call] = Some(visit);
                return true;
            }
        }
        false
    }
}
