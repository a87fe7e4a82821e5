//! call-proof (SPEC §3.1) and what spot checks found. Whether visits can each be given a call of their own is decided by
//! Hall's theorem: they can exactly when no set of them knows fewer calls than it has members. Slow, and nothing like a
//! matching.

use super::records::{Call, Visit};
use super::rule::{Judged, Rule, Unit, passes_if, visits_of_month};
use super::world::World;
use super::{rejected_desk, unknown};
use std::collections::BTreeSet;

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        Rule::new("call-proof", visits_of_month, call_proof)
            .unknown(unknown::call_proof)
            .rejected(rejected_desk::call_proof),
        Rule::new("spot-check-result", checked, spot_check_result).passes_fall().unknown(unknown::spot_check_result),
    ]
}

/// The numbers a call must have been made to or from: those known beforehand, else what the visit says.
pub(crate) fn numbers(w: &World, v: &Visit) -> Vec<String> {
    let plans = w.plans.iter().filter(|p| p.manager == v.manager && p.customer == v.customer && p.date == v.date());
    let mut known: Vec<String> = plans.flat_map(|p| p.numbers.clone()).collect();
    known.extend(w.customer(&v.customer).into_iter().flat_map(|c| c.numbers.clone()));
    if known.is_empty() { v.numbers.clone() } else { known }
}

/// His call, long enough, near enough.
pub(crate) fn near(w: &World, v: &Visit, call: &Call) -> bool {
    call.manager == v.manager
        && call.seconds >= w.params.call_min_seconds
        && (call.start - v.start).num_seconds().abs() <= w.params.call_window_minutes * 60
}

fn can_prove(w: &World, v: &Visit, call: &Call) -> bool {
    near(w, v, call)
        && w.params.directions.contains(&call.direction.as_str())
        && call.numbers.iter().any(|n| numbers(w, v).contains(n))
}

/// Each set of visits is a number whose bits name its members.
fn each_has_its_own(calls_of: &[Vec<usize>]) -> bool {
    assert!(calls_of.len() <= 16, "too many visits compete for a plain reading");
    (1u32..1 << calls_of.len()).all(|set| {
        let members = (0..calls_of.len()).filter(|i| set >> i & 1 == 1);
        let mut calls: Vec<usize> = members.flat_map(|i| calls_of[i].clone()).collect();
        calls.sort_unstable();
        calls.dedup();
        calls.len() >= set.count_ones() as usize
    })
}

/// Whether a rule of calls can say anything of the visit.
fn told(w: &World, v: &Visit) -> bool {
    let known = w.org.has_column("visits", "phone") || !numbers(w, v).is_empty();
    v.mode == "phone" && v.done() && w.in_window("calls", &v.manager, v.date()) && known
}

/// The visits of m that calls prove, in the order in which they take them.
pub(crate) fn proven(w: &World, m: &str) -> Vec<usize> {
    let mut visits: Vec<usize> =
        (0..w.visits.len()).filter(|row| w.visits[*row].manager == m && told(w, &w.visits[*row])).collect();
    // A stable sort: ties stay in file order.
    visits.sort_by_key(|row| w.visits[*row].start);
    let mut proven: Vec<usize> = Vec::new();
    for row in visits {
        // Only visits whose windows reach one another can want the same call. Months do not part them.
        let reach = w.params.call_window_minutes * 60 * 2;
        let close = |a: usize, b: usize| (w.visits[a].start - w.visits[b].start).num_seconds().abs() <= reach;
        let mut group = vec![row];
        loop {
            let more = proven.iter().find(|p| !group.contains(p) && group.iter().any(|g| close(*g, **p)));
            let Some(more) = more.copied() else { break };
            group.push(more);
        }
        let calls_of = |g: &usize| (0..w.calls.len()).filter(|c| can_prove(w, &w.visits[*g], &w.calls[*c])).collect();
        if each_has_its_own(&group.iter().map(calls_of).collect::<Vec<_>>()) {
            proven.push(row);
        }
    }
    proven
}

fn call_proof(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let v = &w.visits[unit.row];
    if !told(w, v) {
        return None;
    }
    let passed = |c: &&super::records::Check| c.manager == m && c.customer == v.customer && c.month == Some(w.month);
    let confirmed = w.checks.iter().filter(passed).any(|c| c.result == "pass");
    passes_if(confirmed || proven(w, m).contains(&unit.row))
}

/// The customers checked for M under m.
fn checked(w: &World, m: &str) -> Vec<Unit> {
    let mine = w.checks.iter().filter(|c| c.manager == m);
    let customers: BTreeSet<&String> = mine.map(|c| &c.customer).collect();
    customers.into_iter().map(|c| Unit::month(w.month).at(c)).collect()
}

fn spot_check_result(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let mine = w.checks.iter().filter(|c| c.manager == m && c.customer == unit.customer && c.month == Some(w.month));
    let results: Vec<&str> = mine.map(|c| c.result.as_str()).filter(|r| !r.is_empty()).collect();
    if results.is_empty() { None } else { passes_if(!results.contains(&"fail")) }
}
