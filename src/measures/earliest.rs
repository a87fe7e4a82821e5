//! Which call proves which visit, where several ways serve the same visits: the first in the order of the visits
//! (SPEC-month §3).

use std::collections::{HashMap, HashSet};

/// Who ask in order, all of whom can be given a thing of their own, each get the first of those they ask for that leaves all
/// others one.
pub(super) fn earliest(asks: &[Vec<u32>]) -> Vec<u32> {
    let mut given = Given { asks, things: vec![None; asks.len()], holders: HashMap::new() };
    for asking in 0..asks.len() {
        given.serve(asking, 0);
    }
    for (asking, things) in asks.iter().enumerate() {
        for thing in things {
            if given.settle(asking, *thing) {
                break;
            }
        }
    }
    given.things.into_iter().flatten().collect()
}

/// Who holds what.
struct Given<'a> {
    asks: &'a [Vec<u32>],
    things: Vec<Option<u32>>,
    holders: HashMap<u32, usize>,
}

impl Given<'_> {
    fn put(&mut self, asking: usize, thing: u32) {
        self.things[asking] = Some(thing);
        self.holders.insert(thing, asking);
    }

    /// Finds a thing for one who has none, where those from `movable` on may be given another.
    fn serve(&mut self, asking: usize, movable: usize) -> bool {
        // Each thing that was looked at, for whom, and the place in this list of the thing that he holds.
        let mut seen: Vec<(u32, usize, Option<usize>)> = Vec::new();
        let mut looked_at: HashSet<u32> = HashSet::new();
        let (mut who, mut via, mut next) = (asking, None, 0);
        loop {
            for thing in &self.asks[who] {
                let is_fixed = self.holders.get(thing).is_some_and(|holder| *holder < movable);
                if !is_fixed && looked_at.insert(*thing) {
                    seen.push((*thing, who, via));
                }
            }
            let Some((thing, ..)) = seen.get(next) else { return false };
            let Some(holder) = self.holders.get(thing).copied() else { break };
            (who, via) = (holder, Some(next));
            next += 1;
        }
        // From the free thing back: each takes what he asked for, and leaves his own to who asked for that.
        let mut at = Some(next);
        while let Some((thing, who, via)) = at.map(|at| seen[at]) {
            self.put(who, thing);
            at = via;
        }
        true
    }

    /// Gives one this thing for good, if those behind him can all do without it.
    fn settle(&mut self, asking: usize, thing: u32) -> bool {
        let old = self.things[asking];
        if old == Some(thing) {
            return true;
        }
        let holder = self.holders.get(&thing).copied();
        if holder.is_some_and(|holder| holder < asking) {
            return false;
        }
        if let Some(old) = old {
            self.holders.remove(&old);
        }
        self.put(asking, thing);
        let Some(holder) = holder else { return true };
        self.things[holder] = None;
        if self.serve(holder, asking + 1) {
            return true;
        }
        self.put(holder, thing);
        self.things[asking] = None;
        if let Some(old) = old {
            self.put(asking, old);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The first way of all, tried one after the other.
    fn plainly(asks: &[Vec<u32>], taken: &mut Vec<u32>) -> bool {
        let Some(ask) = asks.get(taken.len()) else { return true };
        for thing in ask {
            if !taken.contains(thing) {
                taken.push(*thing);
                if plainly(asks, taken) {
                    return true;
                }
                taken.pop();
            }
        }
        false
    }

    fn some_things() -> impl Strategy<Value = Vec<u32>> {
        prop::collection::btree_set(0u32..9, 1..5).prop_map(|things| things.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn it_is_the_first_of_all_ways(asks in prop::collection::vec(some_things(), 0..8)) {
            // Only those are asked about who can all be served.
            let mut served: Vec<Vec<u32>> = vec![];
            for ask in asks {
                served.push(ask);
                if !plainly(&served, &mut vec![]) {
                    served.pop();
                }
            }
            let mut first = vec![];
            plainly(&served, &mut first);
            prop_assert_eq!(earliest(&served), first);
        }
    }
}
