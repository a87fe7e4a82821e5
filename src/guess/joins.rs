//! Ids that join files to each other: what a visit's customer is, the archive must know.

use super::assign::ALIKE;
use super::concepts::likeness;
use super::facts::Facts;
use super::shapes::is_extension;
use crate::load::Preview;
use crate::model::{Column, Kind};
use std::collections::{HashMap, HashSet};

/// Columns with fewer different values join by chance.
const FEWEST: usize = 2;
/// Codes that are met elsewhere are so in such a share.
const MET: f64 = 0.5;

/// For each file and column of ids the share of them that another file knows.
pub(super) struct Joins {
    shares: HashMap<(usize, Column, usize), f64>,
    /// Codes that no other table has.
    strange: HashSet<(usize, usize)>,
}

impl Joins {
    pub(super) fn find(previews: &[Preview], facts: &[Vec<Facts>], kinds: &[Option<Kind>]) -> Self {
        let mut joins = Self { shares: HashMap::new(), strange: HashSet::new() };
        let columns = |file: usize| (0..previews[file].header.len()).map(move |at| (file, at));
        let of = |(file, at): (usize, usize)| &facts[file][at];
        let is_like = |(file, at): (usize, usize), column: Column| {
            let field = kinds[file].and_then(|kind| Some((kind, kind.field(column)?)));
            field.is_some_and(|(kind, field)| likeness(&facts[file][at].header, kind, field) >= ALIKE)
        };
        let is_id = |place: (usize, usize)| of(place).are_codes() && of(place).values.len() >= FEWEST;
        let all: Vec<(usize, usize)> = (0..previews.len()).flat_map(columns).filter(|place| is_id(*place)).collect();
        let is_archive = |file: usize| kinds[file] == Some(Kind::Customers);
        for one in all.iter().copied().filter(|(file, _)| is_archive(*file)).filter(|one| of(*one).uniqueness() > 0.95)
        {
            for two in all.iter().copied().filter(|(file, _)| !is_archive(*file)) {
                let share = of(two).within(of(one));
                if is_like(two, Column::CustomerId) {
                    joins.note(one, Column::CustomerId, share);
                }
                if is_like(one, Column::CustomerId) {
                    joins.note(two, Column::CustomerId, share);
                }
            }
        }
        let is_shop = |one: (usize, usize)| is_archive(one.0) && of(one).are_shops();
        let is_manager = |one: &(usize, usize)| is_like(*one, Column::ManagerId) && !is_shop(*one);
        for one in all.iter().copied().filter(is_manager) {
            for two in all.iter().copied().filter(|two| two.0 != one.0 && is_manager(two)) {
                let share = of(one).within(of(two)).max(of(two).within(of(one)));
                joins.note(one, Column::ManagerId, share);
            }
        }
        joins.find_strange(facts, kinds);
        // From which extensions calls come.
        let are_of = |kind: Kind| {
            let places = all.iter().copied().filter(move |(file, _)| kinds[*file] == Some(kind));
            places.filter(|one| of(*one).are(is_extension)).collect::<Vec<_>>()
        };
        for one in are_of(Kind::Managers) {
            for two in are_of(Kind::Calls).into_iter().filter(|two| is_like(*two, Column::OwnNumber)) {
                joins.note(one, Column::OwnNumber, of(two).within(of(one)));
            }
        }
        joins
    }

    /// Finds the codes of which other tables have not even some, where there are other tables.
    fn find_strange(&mut self, facts: &[Vec<Facts>], kinds: &[Option<Kind>]) {
        let codes = |file: usize| facts[file].iter().enumerate().filter(|(_, facts)| facts.are_codes());
        let known = |file: &usize| kinds[*file].is_some();
        for file in (0..kinds.len()).filter(known) {
            let others: Vec<usize> =
                (0..kinds.len()).filter(known).filter(|other| kinds[*other] != kinds[file]).collect();
            if others.is_empty() {
                continue;
            }
            for (at, one) in codes(file) {
                let are_met = |two: &Facts| one.within(two).max(two.within(one)) >= MET;
                if !others.iter().any(|other| codes(*other).any(|(_, two)| are_met(two))) {
                    self.strange.insert((file, at));
                }
            }
        }
    }

    /// Whether there are other tables, and none has such ids.
    pub(super) fn are_strange(&self, file: usize, at: usize) -> bool {
        self.strange.contains(&(file, at))
    }

    fn note(&mut self, (file, at): (usize, usize), column: Column, share: f64) {
        let noted = self.shares.entry((file, column, at)).or_insert(0.0);
        *noted = noted.max(share);
    }

    /// The share for a column at a place; none where no column of the file joins, so that it tells nothing.
    pub(super) fn of(&self, file: usize, column: Column, at: usize) -> Option<f64> {
        let joins =
            |(place, share): (&(usize, Column, usize), &f64)| place.0 == file && place.1 == column && *share >= 0.5;
        self.shares.iter().any(joins).then(|| self.shares.get(&(file, column, at)).copied().unwrap_or(0.0))
    }
}
