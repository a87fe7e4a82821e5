//! Which call proves which visit.

use crate::harness::Site;
use proptest::prelude::*;
use serde_json::Value;

/// Visits by phone to C1, and calls to his number, at these minutes behind ten o'clock.
fn site(visits: &[u32], calls: &[u32]) -> Site {
    let clock = |minute: &u32| format!("2026-09-07 {:02}:{:02}", 10 + minute / 60, minute % 60);
    let visits: String = visits.iter().map(|at| format!("M1,C1,phone,{},,\n", clock(at))).collect();
    let calls: String = calls.iter().map(|at| format!("M1,13700000001,{},60\n", clock(at))).collect();
    Site::bare()
        .with("data/customers.csv", "customer_id,name,manager_id,phone\nC1,店,M1,13700000001\n")
        .visits(&visits)
        .with("data/calls.csv", format!("manager_id,number,started_at,seconds\n{calls}"))
}

/// For each visit by start the place of its call among the calls by start.
fn told(site: &Site) -> Vec<Option<usize>> {
    let json = site.run("day M1 2026-09-07 --data data --format json").json();
    let calls: Vec<Value> = json.list("calls").iter().map(|call| call["line"].clone()).collect();
    let place = |visit: &Value| match visit["proof"].as_str() {
        Some("proven") => calls.iter().position(|line| *line == visit["call"]["line"]),
        _ => None,
    };
    let told: Vec<Option<usize>> = json.list("visits").iter().map(place).collect();
    // A call says the same of its visit.
    for (call, at) in json.list("calls").iter().zip(0..) {
        let visit = told.iter().position(|of| *of == Some(at));
        assert_eq!(
            call["proves"]["line"],
            visit.map_or(Value::Null, |visit| json.list("visits")[visit]["line"].clone())
        );
    }
    told
}

#[test]
fn each_visit_takes_the_earliest_call_that_leaves_the_others_one() {
    // The first could have either, and takes the earlier: the second has the later.
    assert_eq!(told(&site(&[10, 12], &[5, 15])), [Some(0), Some(1)]);
    // The second can have only the earlier one, so the first takes the later.
    assert_eq!(told(&site(&[10, 30], &[20, 25])), [Some(0), Some(1)]);
    assert_eq!(told(&site(&[20, 21], &[11, 12, 13])), [Some(0), Some(1)], "the third proves nothing");
    assert_eq!(told(&site(&[10, 11, 12], &[5, 6])), [Some(0), Some(1), None]);
}

/// All visits that can be served in order, and of all ways to serve them the first.
fn plainly(visits: &[u32], calls: &[u32]) -> Vec<Option<usize>> {
    fn ways(asks: &[Vec<usize>], taken: &mut Vec<usize>) -> bool {
        let Some(ask) = asks.get(taken.len()) else { return true };
        ask.iter().any(|call| {
            if taken.contains(call) {
                return false;
            }
            taken.push(*call);
            ways(asks, taken) || {
                taken.pop();
                false
            }
        })
    }
    let near =
        |at: &u32| calls.iter().enumerate().filter(|(_, call)| call.abs_diff(*at) <= 10).map(|(n, _)| n).collect();
    let (mut asks, mut is_proven): (Vec<Vec<usize>>, Vec<bool>) = (vec![], vec![]);
    for visit in visits {
        asks.push(near(visit));
        let served = ways(&asks, &mut vec![]);
        is_proven.push(served);
        if !served {
            asks.pop();
        }
    }
    let mut first = vec![];
    ways(&asks, &mut first);
    let mut first = first.into_iter();
    is_proven.into_iter().map(|proven| proven.then(|| first.next()).flatten()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn it_is_the_first_of_all_ways(
        visits in prop::collection::btree_set(0u32..60, 1..8),
        calls in prop::collection::btree_set(0u32..60, 1..8),
    ) {
        let (visits, calls): (Vec<u32>, Vec<u32>) = (visits.into_iter().collect(), calls.into_iter().collect());
        prop_assert_eq!(told(&site(&visits, &calls)), plainly(&visits, &calls));
    }
}
