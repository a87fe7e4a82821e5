//! Which call proves which phone visit (SPEC §3.1; 七.2(1)).

use super::month::ManagerMonth;
use crate::model::{Call, Column, DateSpan, Direction, Kind, Mode, Phone, Visit};
use chrono::Days;
use std::ops::Range;

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
    /// By this call.
    Proven(Call),
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

/// The month's completed phone visits within the calls' window, each with its proof.
pub(crate) fn prove_month<'m>(month: &'m ManagerMonth, terms: &CallTerms) -> Vec<(&'m Visit<'m>, Proof)> {
    let may_be_proven = |visit: &&Visit| {
        visit.mode == Mode::Phone && visit.is_done() && month.windows().contain(Kind::Calls, visit.date())
    };
    // What a visit of the evening before takes is gone.
    let eve = DateSpan { first: month.span.first - Days::new(1), last: month.span.last };
    let visits: Vec<&Visit> = month.visits_in(eve).iter().filter(may_be_proven).collect();
    let number_is_optional = !month.book.has_column(Kind::Visits, Column::Phone);
    let proofs = prove(month, &visits, number_is_optional, terms);
    visits.into_iter().zip(proofs).filter(|(visit, _)| month.month.contains(visit.date())).collect()
}

/// Proofs of visits in the order given: (start, file order). One call proves one visit; a visit is proven if it and all
/// proven before it can each be given a call of its own.
fn prove(month: &ManagerMonth, visits: &[&Visit], number_is_optional: bool, terms: &CallTerms) -> Vec<Proof> {
    let calls = &month.file.calls;
    let mut matching = Matching::new(visits.len(), calls.len());
    let (mut known, mut from) = (Vec::new(), 0);
    let prove = |visit: &&Visit| {
        known.clear();
        known.extend(known_numbers(month, visit));
        let numbers = if known.is_empty() { &*visit.phones } else { &known };
        if numbers.is_empty() && number_is_optional {
            matching.give(std::iter::empty());
            return Some(Proof::NumberUnknown);
        }
        let fits = |at: &usize| calls[*at].is_to(numbers) && calls[*at].seconds >= terms.min_seconds;
        // What lies too far back for a visit does so for all that come behind it.
        let too_early = |call: &&Call| call.started.since(visit.started) < -i64::from(terms.window);
        from += calls[from..].iter().take_while(too_early).count();
        if matching.give(nearby(calls, from, visit, terms).filter(fits)) {
            return None;
        }
        let nearby: Vec<usize> = nearby(calls, from, visit, terms).collect();
        Some(why_not(calls, visit, &known, numbers, &nearby, nearby.iter().copied().find(fits)))
    };
    let unproven: Vec<Option<Proof>> = visits.iter().map(prove).collect();
    // Which call it is that proves a visit is settled only when all have been given theirs.
    let mut proofs: Vec<Proof> = unproven.into_iter().map(|proof| proof.unwrap_or(Proof::NoCall)).collect();
    for (call, visit) in calls.iter().zip(matching.holders).filter_map(|(call, holder)| Some((call, holder?))) {
        proofs[visit] = Proof::Proven(call.clone());
    }
    proofs
}

/// The plan rows' numbers of that manager, customer and date, and the customer's own, together.
pub(crate) fn known_numbers(month: &ManagerMonth, visit: &Visit) -> Vec<Phone> {
    let day = month.day(visit.date());
    let planned = day.plans.iter().filter(|plan| plan.customer == visit.customer);
    let mut known: Vec<Phone> = planned.flat_map(|plan| plan.phones.iter().copied()).collect();
    if let Some(customer) = month.customer(visit.customer) {
        known.extend(customer.phones.iter());
    }
    known
}

/// The positions of the calls of an allowed direction within the window, all of them from one position on.
fn nearby<'c>(
    calls: &'c [Call],
    from: usize,
    visit: &'c Visit,
    terms: &'c CallTerms,
) -> impl Iterator<Item = usize> + 'c {
    let window = i64::from(terms.window);
    let within = calls[from..].iter().take_while(move |call| call.started.since(visit.started) <= window);
    let allowed = within.enumerate().filter(|(_, call)| terms.directions.contains(&call.direction));
    allowed.map(move |(place, _)| from + place)
}

fn why_not(
    calls: &[Call],
    visit: &Visit,
    known: &[Phone],
    numbers: &[Phone],
    nearby: &[usize],
    taken: Option<usize>,
) -> Proof {
    if let Some(at) = taken {
        return Proof::Taken(calls[at].clone());
    }
    let to = |numbers: &[Phone]| {
        let calls = nearby.iter().map(|at| &calls[*at]).filter(|call| call.is_to(numbers));
        calls.max_by_key(|call| (call.seconds, std::cmp::Reverse(call.at)))
    };
    if let Some(call) = to(numbers) {
        return Proof::TooShort(call.clone());
    }
    if known.is_empty() {
        Proof::NoCall
    } else {
        to(&visit.phones).map_or(Proof::NoCall, |call| Proof::OtherNumber(call.clone()))
    }
}

/// A matching of visits to calls, grown visit by visit.
struct Matching {
    /// For each call the visit that it proves.
    holders: Vec<Option<usize>>,
    /// Visit by visit the calls that can prove it.
    candidates: Vec<usize>,
    /// Where in `candidates` those of each visit begin and end.
    ranges: Vec<Range<usize>>,
}

impl Matching {
    fn new(visits: usize, calls: usize) -> Self {
        let (candidates, ranges) = (Vec::with_capacity(visits), Vec::with_capacity(visits));
        Self { holders: vec![None; calls], candidates, ranges }
    }

    /// Gives the next visit one of the calls that can prove it, if there is a way to.
    fn give(&mut self, candidates: impl Iterator<Item = usize>) -> bool {
        let visit = self.ranges.len();
        let start = self.candidates.len();
        self.candidates.extend(candidates);
        let own = start..self.candidates.len();
        self.ranges.push(own.clone());
        // Nearly always one of them is free, or there is none at all.
        match self.candidates[own.clone()].iter().find(|call| self.holders[**call].is_none()) {
            Some(call) => self.holders[*call] = Some(visit),
            None => return !own.is_empty() && self.augment(visit, &mut vec![false; self.holders.len()]),
        }
        true
    }

    /// Gives a visit a call, moving earlier visits to others of theirs where need be (augmenting path).
    fn augment(&mut self, visit: usize, seen: &mut [bool]) -> bool {
        for at in self.ranges[visit].clone() {
            let call = self.candidates[at];
            if std::mem::replace(&mut seen[call], true) {
                continue;
            }
            let free = match self.holders[call] {
                None => true,
                Some(holder) => self.augment(holder, seen),
            };
            if free {
                self.holders[call] = Some(visit);
                return true;
            }
        }
        false
    }
}
