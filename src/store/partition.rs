//! All rows of a kind, with those of each manager together, and what settles between rows (SPEC §2.3).

use crate::model::{At, CustomerId, Interner, ManagerId, Moment, Month};
use crate::parallel;
use crate::store::chunk::{Chunk, Spot};
use crate::store::distinct::Distinct;
use crate::store::fates::Fate;
use crate::store::rejects::Rejects;
use crate::store::row::Row;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

/// All rows of a kind.
pub struct Partition<T> {
    pub chunks: Vec<Chunk<T>>,
    /// Manager by manager the stretches of his rows.
    stretches: Vec<(u32, Range<u32>)>,
    /// Where each manager's stretches begin, then those of rows that name none, and where these end.
    starts: Vec<u32>,
    /// Rows that others stand for, each with the one that does.
    superseded: Vec<(Spot, Spot)>,
    pub rejects: Rejects<T>,
}

impl<T: Row> Default for Partition<T> {
    fn default() -> Self {
        Self::new(vec![], Rejects::none())
    }
}

impl<T: Row> Partition<T> {
    pub fn new(chunks: Vec<Chunk<T>>, rejects: Rejects<T>) -> Self {
        Self { chunks, stretches: vec![], starts: vec![0, 0], superseded: vec![], rejects }
    }

    /// Puts the rows of each manager within reach; the chunks must have their managers' numbers.
    pub fn index(&mut self, managers: usize) {
        let slot = |manager: ManagerId| (manager.0 as usize).min(managers);
        let mut starts = vec![0u32; managers + 2];
        for (manager, _) in self.chunks.iter().flat_map(Chunk::stretches) {
            starts[slot(manager) + 1] += 1;
        }
        for slot in 0..=managers {
            starts[slot + 1] += starts[slot];
        }
        let mut next = starts.clone();
        self.stretches = vec![(0, 0..0); starts[managers + 1] as usize];
        for (number, chunk) in (0..).zip(&self.chunks) {
            for (manager, rows) in chunk.stretches() {
                let place = &mut next[slot(manager)];
                self.stretches[*place as usize] = (number, rows);
                *place += 1;
            }
        }
        self.starts = starts;
    }

    /// How many managers there are, and nobody.
    fn slots(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where a manager's rows stand, in file order.
    fn stretches_of(&self, manager: ManagerId) -> &[(u32, Range<u32>)] {
        let number = (manager.0 as usize).min(self.starts.len() - 2);
        &self.stretches[self.starts[number] as usize..self.starts[number + 1] as usize]
    }

    /// A manager's rows, in file order.
    pub fn rows_of(&self, manager: ManagerId) -> impl Iterator<Item = (&Chunk<T>, usize)> {
        self.stretches_of(manager).iter().flat_map(|(chunk, rows)| {
            let chunk = &self.chunks[*chunk as usize];
            rows.clone().map(move |row| (chunk, row as usize))
        })
    }

    /// A manager's rows of a fate, in file order.
    pub fn of_manager(&self, manager: ManagerId, fate: Fate) -> impl Iterator<Item = (&Chunk<T>, usize)> {
        self.rows_of(manager).filter(move |(chunk, row)| chunk.fates[*row] == fate)
    }

    /// A manager's rows of a fate as records, in file order.
    pub fn each_record(&self, manager: ManagerId, fate: Fate) -> impl Iterator<Item = T::Record<'_>> {
        self.of_manager(manager, fate).map(move |(chunk, row)| T::open(&chunk.placed(row, manager)))
    }

    pub fn records(&self, manager: ManagerId, fate: Fate) -> Vec<T::Record<'_>> {
        let mut records = Vec::new();
        if fate == Fate::Used {
            records.reserve_exact(self.stretches_of(manager).iter().map(|(_, rows)| rows.len()).sum());
        }
        records.extend(self.each_record(manager, fate));
        records
    }

    /// Whether a manager has any row of a fate.
    pub fn has(&self, manager: ManagerId, fate: Fate) -> bool {
        self.of_manager(manager, fate).next().is_some()
    }

    /// Whether a used row of a manager is dated in a month.
    pub fn has_in(&self, manager: ManagerId, month: Month) -> bool {
        let mut rows = self.of_manager(manager, Fate::Used);
        rows.any(|(chunk, row)| chunk.rows[row].date().is_some_and(|date| month.contains(date)))
    }

    /// The customers of a sort that used rows name.
    pub fn customers_where(&self, is_wanted: impl Fn(CustomerId) -> bool + Sync) -> Vec<CustomerId> {
        let of_chunk = |chunk: &Chunk<T>| {
            let wanted: Vec<bool> = chunk.customers().iter().map(|id| is_wanted(*id)).collect();
            let mut found: Vec<CustomerId> = Vec::new();
            if wanted.contains(&true) {
                let used = chunk.rows.iter().zip(&chunk.fates).filter(|(_, fate)| **fate == Fate::Used);
                let numbers = used.filter_map(|(row, _)| row.customer()).map(usize::from);
                let numbers = numbers.filter(|number| wanted[*number]);
                found.extend(numbers.map(|number| chunk.customers()[number]));
                found.sort_unstable();
                found.dedup();
            }
            found
        };
        parallel::map(&self.chunks, of_chunk).concat()
    }

    /// Marks rows that are equal to another one, of which the earliest uploaded is used, else the first. Equal rows are of one
    /// manager.
    pub fn mark_repeats(&mut self) {
        let of_manager = |seen: &mut Distinct, slot: usize| {
            let manager = ManagerId(slot as u32);
            let mut repeats = Vec::new();
            if self.are_distinct(manager, seen) {
                return repeats;
            }
            let mut seen: FxHashMap<u64, Spot> = FxHashMap::default();
            for (number, rows) in self.stretches_of(manager) {
                let chunk = &self.chunks[*number as usize];
                for row in rows.clone() {
                    let spot = (*number, row);
                    match seen.entry(chunk.digests[row as usize]) {
                        Entry::Vacant(first) => {
                            first.insert(spot);
                        }
                        Entry::Occupied(mut used) => {
                            let is_earlier = is_before(self.row(spot).uploaded(), self.row(*used.get()).uploaded());
                            repeats.push(if is_earlier { used.insert(spot) } else { spot });
                        }
                    }
                }
            }
            repeats
        };
        let repeats: Vec<Vec<Spot>> = parallel::numbers_with(self.slots(), Distinct::default, of_manager);
        self.mark(repeats.into_iter().flatten(), Fate::Repeat);
        self.chunks.iter_mut().for_each(|chunk| chunk.digests = vec![]);
    }

    /// Whether no two rows of a manager have the same digest.
    fn are_distinct(&self, manager: ManagerId, seen: &mut Distinct) -> bool {
        let stretches = self.stretches_of(manager);
        seen.clear(stretches.iter().map(|(_, rows)| rows.len()).sum());
        let digests = |(chunk, rows): &(u32, Range<u32>)| {
            &self.chunks[*chunk as usize].digests[rows.start as usize..rows.end as usize]
        };
        stretches.iter().flat_map(digests).all(|digest| seen.is_new(*digest))
    }

    fn mark(&mut self, spots: impl Iterator<Item = Spot>, fate: Fate) {
        for (chunk, row) in spots {
            self.chunks[chunk as usize].fates[row as usize] = fate;
        }
    }

    fn row(&self, (chunk, row): Spot) -> &T {
        &self.chunks[chunk as usize].rows[row as usize]
    }

    /// Marks the rows that one of the same manager with the same record number, and the same customer or date, stands for: the
    /// latest version, else the latest in file order. It need not be one that is used itself.
    pub fn supersede_by_id(&mut self) {
        let of_manager = |seen: &mut Distinct, slot: usize| {
            let manager = ManagerId(slot as u32);
            let stretches = self.stretches_of(manager);
            seen.clear(stretches.iter().map(|(_, rows)| rows.len()).sum());
            let mut hashed: Vec<(u32, Spot)> = Vec::new();
            let mut are_all_new = true;
            for (number, rows) in stretches {
                let chunk = &self.chunks[*number as usize];
                for row in rows.clone().filter(|row| chunk.competes(*row as usize)) {
                    let id = chunk.arena.kept(chunk.rows[row as usize].id());
                    let hash = Interner::hash(id.as_bytes()) as u32;
                    are_all_new &= seen.is_new(u64::from(hash));
                    hashed.push((hash, (*number, row)));
                }
            }
            if are_all_new { vec![] } else { self.superseded_of(hashed) }
        };
        let losers: Vec<Vec<(Spot, Spot)>> = parallel::numbers_with(self.slots(), Distinct::default, of_manager);
        self.mark_superseded(losers.concat());
    }

    /// Of rows of one manager by the hashes of their record numbers, those that others stand for, each with the latest that does.
    fn superseded_of(&self, mut hashed: Vec<(u32, Spot)>) -> Vec<(Spot, Spot)> {
        hashed.sort_unstable();
        let mut losers = Vec::new();
        for same in hashed.chunk_by(|one, two| one.0 == two.0).filter(|same| same.len() > 1) {
            let order = |spot: Spot| (self.row(spot).version(), self.at(spot));
            let mut latest_first: Vec<Spot> = same.iter().map(|(_, spot)| *spot).collect();
            latest_first.sort_unstable_by_key(|spot| std::cmp::Reverse(order(*spot)));
            let date = |spot: Spot| self.row(spot).date();
            let is_match = |one: Spot, two: Spot| {
                let customer = |(chunk, row): Spot| self.chunks[chunk as usize].customer(row as usize);
                self.kept_id(one) == self.kept_id(two) && (customer(one) == customer(two) || date(one) == date(two))
            };
            for (place, spot) in latest_first.iter().enumerate() {
                let later = latest_first[..place].iter().find(|later| is_match(**later, *spot));
                losers.extend(later.map(|later| (*spot, *later)));
            }
        }
        losers
    }

    fn kept_id(&self, spot: Spot) -> &str {
        self.chunks[spot.0 as usize].arena.kept(self.row(spot).id())
    }

    fn at(&self, (chunk, row): Spot) -> At {
        self.chunks[chunk as usize].at(row as usize)
    }

    /// Of these rows, which stand in file order, the one that stays, and all others, each with the one that stays.
    fn losers(&self, rivals: &[Spot]) -> (Spot, Vec<(Spot, Spot)>) {
        let latest = |holder: Spot, rival: &Spot| {
            if self.row(*rival).version() >= self.row(holder).version() { *rival } else { holder }
        };
        let holder = rivals[1..].iter().fold(rivals[0], latest);
        let losers = rivals.iter().filter(|rival| **rival != holder);
        (holder, losers.map(|loser| (*loser, holder)).collect())
    }

    fn mark_superseded(&mut self, losers: Vec<(Spot, Spot)>) {
        self.mark(losers.iter().map(|(loser, _)| *loser), Fate::Superseded);
        self.superseded = losers;
    }

    /// Hands out the rows that others stand for and that are looked at, in file order.
    pub fn take_superseded(&mut self) -> Vec<(At, At)> {
        let mut losers = std::mem::take(&mut self.superseded);
        losers.retain(|((chunk, row), _)| self.chunks[*chunk as usize].fates[*row as usize] == Fate::Superseded);
        let places = losers.into_iter().map(|(loser, winner)| (self.at(loser), self.at(winner)));
        let mut places: Vec<(At, At)> = places.collect();
        places.sort_unstable();
        places
    }

    /// How many rows of each file have a position that is none on the globe, and the first of them.
    pub fn nowhere(&self) -> BTreeMap<u32, (u64, At)> {
        let mut files: BTreeMap<u32, (u64, At)> = BTreeMap::new();
        for chunk in &self.chunks {
            let nowhere = (0..chunk.rows.len()).filter(|row| chunk.rows[*row].is_nowhere());
            let nowhere: Vec<At> = nowhere.map(|row| chunk.at(row)).collect();
            if let Some(first) = nowhere.iter().min() {
                let (count, earliest) = files.entry(chunk.file).or_insert((0, *first));
                *count += nowhere.len() as u64;
                *earliest = (*earliest).min(*first);
            }
        }
        files
    }

    /// Of rows for the same holder of a number the latest version stays, among equals the latest in file order. Beside
    /// that, where the row of each number stands.
    pub fn supersede_by_number(
        &mut self,
        numbers: usize,
        number: impl Fn(&Chunk<T>, usize, ManagerId) -> u32,
    ) -> Vec<Option<Spot>> {
        let mut holders: Vec<Option<Spot>> = vec![None; numbers];
        let mut rivals: Vec<(u32, Spot)> = Vec::new();
        for (place, chunk) in (0..).zip(&self.chunks) {
            for (manager, rows) in chunk.stretches() {
                for row in rows.filter(|row| chunk.is_made(*row as usize)) {
                    let number = number(chunk, row as usize, manager);
                    match holders[number as usize] {
                        None => holders[number as usize] = Some((place, row)),
                        Some(_) => rivals.push((number, (place, row))),
                    }
                }
            }
        }
        rivals.extend(
            rivals.iter().filter_map(|(number, _)| Some((*number, holders[*number as usize]?))).collect::<Vec<_>>(),
        );
        rivals.sort_unstable_by_key(|(number, spot)| (*number, self.at(*spot)));
        rivals.dedup();
        let mut losers = Vec::new();
        for same in rivals.chunk_by(|one, two| one.0 == two.0) {
            let spots: Vec<Spot> = same.iter().map(|(_, spot)| *spot).collect();
            let (holder, lost) = self.losers(&spots);
            holders[same[0].0 as usize] = Some(holder);
            losers.extend(lost);
        }
        self.mark_superseded(losers);
        holders
    }

    /// The record of a row.
    pub fn record(&self, (chunk, row): Spot, manager: ManagerId) -> T::Record<'_> {
        T::open(&self.chunks[chunk as usize].placed(row as usize, manager))
    }
}

/// Whether a row was uploaded before another; one that does not say when, after all others.
fn is_before(uploaded: Option<Moment>, other: Option<Moment>) -> bool {
    uploaded.is_some_and(|uploaded| other.is_none_or(|other| uploaded < other))
}
