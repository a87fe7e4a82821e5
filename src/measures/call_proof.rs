//! Which call proves which phone visit (SPEC §3.1; 七.2(1)).

use super::earliest::earliest;
use super::matching::Matching;
use super::month::ManagerMonth;
use super::proof::{CallTerms, Proof};
use super::rows::on_date;
use crate::model::{Call, Column, CustomerId, DateSpan, Kind, Mode, Phone, Visit};
use chrono::{Days, NaiveDate};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The month's completed phone visits within the calls' window, each with its proof; which of several calls proves a visit is
/// left open. The terms are those of the run: a month is proven once, whoever asks.
pub(crate) fn prove_month<'m>(month: &'m ManagerMonth, terms: &CallTerms) -> Vec<(&'m Visit<'m>, Proof)> {
    let visits = to_be_proven(month);
    let proofs = month.proofs.get_or_init(|| prove(month, &visits, terms)).clone();
    of_month(month, visits, proofs)
}

/// Likewise, for people: each proven visit in order has the earliest call that leaves all proven visits provable
/// (SPEC-month §3).
pub(crate) fn prove_by_earliest<'m>(month: &'m ManagerMonth, terms: &CallTerms) -> Vec<(&'m Visit<'m>, Proof)> {
    let visits = to_be_proven(month);
    let mut proofs = month.proofs.get_or_init(|| prove(month, &visits, terms)).clone();
    let calls = Calls::new(&month.file.calls, terms);
    let mut numbers = NumbersOf::new(month);
    let is_proven = |at: &usize| matches!(proofs[*at], Proof::Proven(_));
    let proven: Vec<usize> = (0..visits.len()).filter(is_proven).collect();
    // Visits that lie so far apart ask for no call in common.
    let reach = 2 * i64::from(terms.window);
    for near in proven.chunk_by(|one, next| visits[*next].started.since(visits[*one].started) <= reach) {
        let asks: Vec<Vec<u32>> = near.iter().map(|at| calls.that_prove(visits[*at], &mut numbers)).collect();
        for (at, call) in near.iter().zip(earliest(&asks)) {
            proofs[*at] = Proof::Proven(calls.all[call as usize].clone());
        }
    }
    of_month(month, visits, proofs)
}

/// With those of the evening before the month, for what they take is gone.
fn to_be_proven<'m>(month: &'m ManagerMonth) -> Vec<&'m Visit<'m>> {
    let may_be_proven = |visit: &&Visit| {
        visit.mode == Mode::Phone && visit.is_done() && month.windows().contain(Kind::Calls, visit.date())
    };
    let eve = DateSpan { first: month.span.first - Days::new(1), last: month.span.last };
    month.visits_in(eve).iter().filter(may_be_proven).collect()
}

fn of_month<'m>(month: &ManagerMonth, visits: Vec<&'m Visit<'m>>, proofs: Vec<Proof>) -> Vec<(&'m Visit<'m>, Proof)> {
    visits.into_iter().zip(proofs).filter(|(visit, _)| month.month.contains(visit.date())).collect()
}

/// The month's visits that calls prove, each with whether a call of at least so many seconds can prove it, be it one that
/// proves another.
pub(crate) fn proven_by<'m>(month: &'m ManagerMonth, terms: &CallTerms, seconds: u32) -> Vec<(&'m Visit<'m>, bool)> {
    let longer = OnceCell::new();
    let longer = || longer.get_or_init(|| Calls::new(&month.file.calls, &CallTerms { min_seconds: seconds, ..*terms }));
    let by_another = |visit: &Visit| {
        let known = known_numbers(month, visit);
        let numbers = if known.is_empty() { &*visit.phones } else { &known };
        longer().long_ones(visit, numbers).next().is_some()
    };
    let proven = prove_month(month, terms).into_iter().filter_map(|(visit, proof)| match proof {
        Proof::Proven(call) => Some((visit, call.seconds >= seconds || by_another(visit))),
        _ => None,
    });
    proven.collect()
}

/// Proofs of visits in the order given: (start, file order). One call proves one visit; a visit is proven if it and all
/// proven before it can each be given a call of its own.
fn prove(month: &ManagerMonth, visits: &[&Visit], terms: &CallTerms) -> Vec<Proof> {
    let number_is_optional = !month.book.has_column(Kind::Visits, Column::Phone);
    let calls = Calls::new(&month.file.calls, terms);
    let mut matching = Matching::new(calls.long.clone());
    let mut numbers = NumbersOf::new(month);
    let prove = |visit: &&Visit| {
        let known = numbers.known(visit);
        let numbers = if known.is_empty() { &*visit.phones } else { known };
        if numbers.is_empty() && number_is_optional {
            matching.give(&[]);
            return Some(Proof::NumberUnknown);
        }
        let ranges: Vec<Range<usize>> = calls.long_ones(visit, numbers).collect();
        if matching.give(&ranges) {
            return None;
        }
        // Those of one number stand in order of time.
        let taken = ranges.iter().map(|range| calls.long[range.start]).min();
        Some(why_not(&calls, visit, known, numbers, taken))
    };
    let unproven: Vec<Option<Proof>> = visits.iter().map(prove).collect();
    // Which call it is that proves a visit is settled only when all have been given theirs.
    let mut proofs: Vec<Proof> = unproven.into_iter().map(|proof| proof.unwrap_or(Proof::NoCall)).collect();
    for (call, visit) in matching.given() {
        proofs[visit] = Proof::Proven(calls.all[call].clone());
    }
    proofs
}

/// The calls of an allowed direction by their number, so that a visit finds its own among any number of others.
struct Calls<'c> {
    all: &'c [Call],
    window: i64,
    /// Where those of a number stand in `any`, and where in `long`.
    lines: HashMap<Phone, (Range<usize>, Range<usize>)>,
    /// Their positions, number by number, of each in order of time.
    any: Vec<u32>,
    /// The same of those that are long enough to prove a visit.
    long: Vec<u32>,
}

impl<'c> Calls<'c> {
    fn new(all: &'c [Call], terms: &CallTerms) -> Self {
        let allowed = (0..).zip(all).filter(|(_, call)| terms.directions.contains(&call.direction));
        let numbers = |call: &'c Call| std::iter::once(&call.number).chain(&call.others).copied();
        let mut by_number: Vec<(Phone, u32)> =
            allowed.flat_map(|(at, call)| numbers(call).map(move |number| (number, at))).collect();
        by_number.sort_unstable();
        by_number.dedup();
        let (mut lines, mut any, mut long) = (HashMap::new(), Vec::new(), Vec::new());
        for line in by_number.chunk_by(|one, next| one.0 == next.0) {
            let (of_any, of_long) = (any.len(), long.len());
            any.extend(line.iter().map(|(_, at)| *at));
            long.extend(line.iter().map(|(_, at)| *at).filter(|at| all[*at as usize].seconds >= terms.min_seconds));
            lines.insert(line[0].0, (of_any..any.len(), of_long..long.len()));
        }
        Self { all, window: i64::from(terms.window), lines, any, long }
    }

    /// Of positions in order of time those within the window around a visit's start.
    fn near(&self, positions: &[u32], within: &Range<usize>, visit: &Visit) -> Range<usize> {
        let of_number = &positions[within.clone()];
        let since = |at: &u32| self.all[*at as usize].started.since(visit.started);
        let from = of_number.partition_point(|at| since(at) < -self.window);
        let upto = of_number.partition_point(|at| since(at) <= self.window);
        within.start + from..within.start + upto
    }

    /// Where in `long` the calls to these numbers stand that could prove a visit, none of the ranges being empty.
    fn long_ones<'n>(&'n self, visit: &'n Visit, numbers: &'n [Phone]) -> impl Iterator<Item = Range<usize>> + 'n {
        let lines = distinct(numbers).filter_map(|number| self.lines.get(number));
        lines.map(|(_, long)| self.near(&self.long, long, visit)).filter(|range| !range.is_empty())
    }

    /// Which calls could prove a visit, by start, then file order.
    fn that_prove(&self, visit: &Visit, numbers: &mut NumbersOf) -> Vec<u32> {
        let known = numbers.known(visit);
        let ranges = self.long_ones(visit, if known.is_empty() { &visit.phones } else { known });
        let mut calls: Vec<u32> = ranges.flat_map(|range| &self.long[range]).copied().collect();
        calls.sort_unstable();
        calls.dedup();
        calls
    }

    /// The calls to these numbers in the window, whatever their length.
    fn to<'n>(&'n self, visit: &'n Visit, numbers: &'n [Phone]) -> impl Iterator<Item = &'c Call> + 'n {
        let lines = distinct(numbers).filter_map(|number| self.lines.get(number));
        let places = lines.flat_map(|(any, _)| self.near(&self.any, any, visit));
        places.map(|place| &self.all[self.any[place] as usize])
    }
}

/// Each of a visit's few numbers once.
fn distinct(numbers: &[Phone]) -> impl Iterator<Item = &Phone> {
    numbers.iter().enumerate().filter(|(at, number)| !numbers[..*at].contains(number)).map(|(_, number)| number)
}

/// The numbers by which visits are known, date by date.
struct NumbersOf<'m, 'a> {
    month: &'m ManagerMonth<'a>,
    date: Option<NaiveDate>,
    /// Those of the date's plan rows.
    planned: HashMap<CustomerId, Vec<Phone>>,
    known: Vec<Phone>,
}

impl<'m, 'a> NumbersOf<'m, 'a> {
    fn new(month: &'m ManagerMonth<'a>) -> Self {
        Self { month, date: None, planned: HashMap::new(), known: Vec::new() }
    }

    fn known(&mut self, visit: &Visit) -> &[Phone] {
        let date = visit.date();
        if self.date.replace(date) != Some(date) {
            self.planned.clear();
            for plan in self.month.day(date).plans {
                self.planned.entry(plan.customer).or_default().extend(plan.phones.iter());
            }
        }
        self.known.clear();
        self.known.extend(self.planned.get(&visit.customer).into_iter().flatten());
        self.known.extend(of_archive(self.month, visit));
        &self.known
    }
}

/// The plan rows' numbers of that manager, customer and date, and the customer's own, together.
pub(crate) fn known_numbers(month: &ManagerMonth, visit: &Visit) -> Vec<Phone> {
    let day = month.day(visit.date());
    let planned = day.plans.iter().filter(|plan| plan.customer == visit.customer);
    let mut known: Vec<Phone> = planned.flat_map(|plan| plan.phones.iter().copied()).collect();
    known.extend(of_archive(month, visit));
    known
}

/// The numbers that count for a visit: those known of it, and only without any its own.
pub(crate) fn numbers_to_prove(month: &ManagerMonth, visit: &Visit) -> Vec<Phone> {
    let mut numbers = known_numbers(month, visit);
    if numbers.is_empty() {
        numbers.extend(visit.phones.iter());
    }
    let mut seen = HashSet::new();
    numbers.retain(|number| seen.insert(*number));
    numbers
}

/// The call on the visit's date with one of its numbers that starts nearest to it, whatever its length and direction.
pub(crate) fn nearest_call(month: &ManagerMonth, visit: &Visit) -> Option<Call> {
    let numbers = numbers_to_prove(month, visit);
    let calls = on_date(&month.file.calls, visit.date(), |call| call.started.date);
    let with_him = calls.iter().filter(|call| call.is_to(&numbers));
    with_him.min_by_key(|call| (call.started.since(visit.started).abs(), call.started, call.at)).cloned()
}

fn of_archive(month: &ManagerMonth, visit: &Visit) -> Vec<Phone> {
    month.customer(visit.customer).map_or(vec![], |customer| customer.phones.to_vec())
}

fn why_not(calls: &Calls, visit: &Visit, known: &[Phone], numbers: &[Phone], taken: Option<u32>) -> Proof {
    if let Some(at) = taken {
        return Proof::Taken(calls.all[at as usize].clone());
    }
    let longest = |numbers: &[Phone]| {
        calls.to(visit, numbers).max_by_key(|call| (call.seconds, std::cmp::Reverse(call.at))).cloned()
    };
    if let Some(call) = longest(numbers) {
        return Proof::TooShort(call);
    }
    if known.is_empty() { Proof::NoCall } else { longest(&visit.phones).map_or(Proof::NoCall, Proof::OtherNumber) }
}
