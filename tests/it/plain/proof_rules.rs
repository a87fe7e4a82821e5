//! call-proof (SPEC §3.1). Whether visits can each be given a call of their own is decided by Hall's theorem: they can
//! exactly when no set of them knows fewer calls than it has members. Slow, and nothing like a matching.

use super::read::{Call, Visit};
use super::tally::{Outcome, Tally, Unit};
use super::world::World;

/// The numbers a call must have been made to or from: those known beforehand, else what the visit says.
fn numbers(w: &World, v: &Visit) -> Vec<String> {
    let plans = w.plans.iter().filter(|p| p.manager == v.manager && p.customer == v.customer && p.date == v.date());
    let mut known: Vec<String> = plans.flat_map(|p| p.numbers.clone()).collect();
    known.extend(w.customer(&v.customer).into_iter().flat_map(|c| c.numbers.clone()));
    if known.is_empty() { v.numbers.clone() } else { known }
}

fn can_prove(w: &World, v: &Visit, call: &Call) -> bool {
    call.manager == v.manager
        && w.params.directions.contains(&call.direction.as_str())
        && call.seconds >= w.params.call_min_seconds
        && (call.start - v.start).num_seconds().abs() <= w.params.call_window_minutes * 60
        && numbers(w, v).contains(&call.number)
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

pub fn call_proof(w: &World, m: &str) -> Tally {
    let asked = |v: &&Visit| {
        let told = w.org.has_column("visits", "phone") || !numbers(w, v).is_empty();
        v.manager == m && v.mode == "phone" && v.done() && w.in_calls(v.date()) && told
    };
    let mut visits: Vec<&Visit> = w.visits.iter().filter(asked).collect();
    // A stable sort: ties stay in file order.
    visits.sort_by_key(|v| v.start);
    let mut proven: Vec<&Visit> = Vec::new();
    let mut tally = Tally::default();
    for v in visits {
        // Only visits whose windows reach one another can want the same call.
        let reach = w.params.call_window_minutes * 60 * 2;
        let mut group = vec![v];
        loop {
            let near = |p: &&&Visit| group.iter().any(|g| (g.start - p.start).num_seconds().abs() <= reach);
            let more: Vec<&Visit> =
                proven.iter().filter(near).filter(|p| !group.iter().any(|g| std::ptr::eq(*g, **p))).copied().collect();
            if more.is_empty() {
                break;
            }
            group.extend(more);
        }
        let calls_of = |g: &&Visit| (0..w.calls.len()).filter(|c| can_prove(w, g, &w.calls[*c])).collect();
        let met = each_has_its_own(&group.iter().map(calls_of).collect::<Vec<_>>());
        if met {
            proven.push(v);
        }
        // A visit just before midnight may have the call that one just after it wants: months do not part them.
        if w.month.has(v.date()) {
            tally.add(Outcome::passes_if(met), Unit::day(v.date()).at(&v.customer));
        }
    }
    tally
}
