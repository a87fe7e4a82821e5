//! One of each for one of each: visits and the places that can be given to them, first come first served, as far as those
//! served before keep a place of their own.
//!
//! It grows by augmenting paths. However many visits ask for the same places, the work stays in proportion: places that are
//! taken, or have been looked at, are passed over in one step, and those of a search that has failed are never looked at
//! again, for nothing can be freed among them.

use std::ops::Range;

/// A matching that grows visit by visit.
pub(super) struct Matching {
    /// For each thing the visit that it was given to.
    holders: Vec<Option<u32>>,
    /// Ranges of places that would do, and visit by visit which of them.
    ranges: Vec<Range<usize>>,
    visits: Vec<Range<usize>>,
    /// Which thing each place is one of; of free things that would do the lowest is given.
    things: Vec<u32>,
    /// The places of each thing: it is given at all of them at once.
    places: Vec<Vec<u32>>,
    /// From each place on the next that is free, and the next that the search has not seen.
    free: Next,
    unseen: Next,
}

impl Matching {
    /// Of places each of which is one of a thing.
    pub(super) fn new(things: Vec<u32>) -> Self {
        let count = things.iter().max().map_or(0, |last| *last as usize + 1);
        let mut places = vec![Vec::new(); count];
        (0..).zip(&things).for_each(|(place, thing)| places[*thing as usize].push(place));
        let all = things.len();
        Self {
            things,
            places,
            holders: vec![None; count],
            ranges: Vec::new(),
            visits: Vec::new(),
            free: Next::new(all),
            unseen: Next::new(all),
        }
    }

    /// Gives the next visit one of the places in these ranges, if there is a way to.
    pub(super) fn give(&mut self, ranges: &[Range<usize>]) -> bool {
        let visit = self.visits.len();
        let start = self.ranges.len();
        self.ranges.extend_from_slice(ranges);
        self.visits.push(start..self.ranges.len());
        match self.free_for(visit) {
            Some(place) => self.put(visit, place),
            None => return !ranges.is_empty() && self.augment(visit),
        }
        true
    }

    /// The things that were given, each with its visit.
    pub(super) fn given(&self) -> impl Iterator<Item = (usize, usize)> {
        let held = self.holders.iter().enumerate();
        held.filter_map(|(place, holder)| Some((place, (*holder)? as usize)))
    }

    /// The first free thing that would do for a visit.
    fn free_for(&mut self, visit: usize) -> Option<usize> {
        let Self { ranges, visits, free, things, .. } = self;
        let ranges = ranges[visits[visit].clone()].iter();
        let first = ranges.filter_map(|range| Some(free.from(range.start)).filter(|place| range.contains(place)));
        first.map(|place| things[place] as usize).min()
    }

    fn put(&mut self, visit: usize, thing: usize) {
        self.holders[thing] = Some(visit as u32);
        self.places[thing].iter().for_each(|place| self.free.pass(*place as usize));
    }

    /// Looks for a visit that has a free place besides its own, and moves visits along the way to it.
    fn augment(&mut self, visit: usize) -> bool {
        let mut seen: Vec<Seen> = Vec::new();
        let (mut asking, mut via, mut next) = (visit, None, 0);
        self.unseen.remember();
        loop {
            for at in self.visits[asking].clone() {
                let range = self.ranges[at].clone();
                loop {
                    let place = self.unseen.from(range.start);
                    if !range.contains(&place) {
                        break;
                    }
                    let thing = self.things[place] as usize;
                    self.places[thing].iter().for_each(|place| self.unseen.pass(*place as usize));
                    seen.push(Seen { place: thing, asking, via });
                }
            }
            // What was looked at in vain is never looked at again.
            let Some(Seen { place, .. }) = seen.get(next) else { return false };
            let holder = self.holders[*place].expect("what is not free is held") as usize;
            if let Some(free) = self.free_for(holder) {
                self.put(holder, free);
                self.move_along(&seen, next);
                self.unseen.restore();
                return true;
            }
            (asking, via) = (holder, Some(next));
            next += 1;
        }
    }

    /// From the place that has been left, each visit on the way takes the one it asked for, and leaves its own.
    fn move_along(&mut self, seen: &[Seen], from: usize) {
        let mut left = Some(from);
        while let Some(at) = left {
            let Seen { place, asking, via } = seen[at];
            self.holders[place] = Some(asking as u32);
            left = via;
        }
    }
}

/// A place that a search has looked at, the visit that asked for it, and where in the search that visit's own place stands.
struct Seen {
    place: usize,
    asking: usize,
    via: Option<usize>,
}

/// From each place on, the next that has not been passed: those passed lead on, and the ways are shortened as they are gone.
struct Next {
    leads: Vec<u32>,
    /// What has been changed since it was to be remembered, and from what.
    changes: Vec<(usize, u32)>,
}

impl Next {
    fn new(places: usize) -> Self {
        Self { leads: (0..=places as u32).collect(), changes: Vec::new() }
    }

    fn from(&mut self, place: usize) -> usize {
        let mut end = place;
        while self.leads[end] as usize != end {
            end = self.leads[end] as usize;
        }
        let mut at = place;
        while at != end {
            let next = self.leads[at] as usize;
            self.lead(at, end);
            at = next;
        }
        end
    }

    fn pass(&mut self, place: usize) {
        self.lead(place, place + 1);
    }

    fn lead(&mut self, from: usize, to: usize) {
        if self.leads[from] as usize != to {
            self.changes.push((from, self.leads[from]));
            self.leads[from] = to as u32;
        }
    }

    fn remember(&mut self) {
        self.changes.clear();
    }

    fn restore(&mut self) {
        while let Some((place, lead)) = self.changes.pop() {
            self.leads[place] = lead;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by trying every way, place by place.
    fn plainly(asks: &[Vec<Range<usize>>], places: usize) -> Vec<bool> {
        fn find(asks: &[Vec<Range<usize>>], visit: usize, seen: &mut [bool], held: &mut [Option<usize>]) -> bool {
            for place in asks[visit].iter().cloned().flatten() {
                if std::mem::replace(&mut seen[place], true) {
                    continue;
                }
                if held[place].is_none_or(|other| find(asks, other, seen, held)) {
                    held[place] = Some(visit);
                    return true;
                }
            }
            false
        }
        let mut held = vec![None; places];
        (0..asks.len()).map(|visit| find(asks, visit, &mut vec![false; places], &mut held)).collect()
    }

    const PLACES: usize = 12;

    fn some_ranges() -> impl Strategy<Value = Vec<Range<usize>>> {
        prop::collection::vec((0..PLACES, 1usize..5).prop_map(|(from, n)| from..(from + n).min(PLACES)), 0..3)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn the_same_visits_are_served_as_when_every_way_is_tried(asks in prop::collection::vec(some_ranges(), 0..16)) {
            let mut matching = Matching::new((0..PLACES as u32).collect());
            let served: Vec<bool> = asks.iter().map(|ranges| matching.give(ranges)).collect();
            prop_assert_eq!(&served, &plainly(&asks, PLACES));
            let given: Vec<(usize, usize)> = matching.given().collect();
            prop_assert_eq!(given.len(), served.iter().filter(|served| **served).count());
            for (place, visit) in given {
                prop_assert!(served[visit] && asks[visit].iter().any(|range| range.contains(&place)));
            }
        }
    }

    /// Of which half is too much: every search that fails would look at all that is taken.
    #[test]
    fn a_crowd_that_asks_for_the_same_places_takes_no_time() {
        let n = 50_000;
        let mut matching = Matching::new((0..n as u32).collect());
        let served = (0..2 * n).filter(|_| matching.give(&[0..n, 0..n / 2])).count();
        assert_eq!(served, n);
    }
}
