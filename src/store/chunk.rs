//! Rows as they are kept: small, in chunks, and within a chunk manager by manager.

use crate::cell::reason::Bad;
use crate::model::{At, ColumnSet, CustomerId, Interner, ManagerId, Names};
use crate::store::arena::Arena;
use crate::store::fates::Fate;
use crate::store::row::{Placed, Row};
use std::ops::Range;

/// Where a row stands: its chunk and its position there. The order is not that of the file within a chunk.
pub type Spot = (u32, u32);

/// Neighbouring rows of one manager.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    manager: u16,
    start: u32,
    end: u32,
}

/// Rows of a file that stood together.
#[derive(Debug)]
pub struct Chunk<T> {
    pub file: u32,
    /// How many lines of the file stand before those that `lines` counts from.
    pub first_line: u32,
    pub rows: Vec<T>,
    /// For each row its line in the piece of the file that it was read from.
    lines: Vec<u32>,
    pub digests: Vec<u64>,
    pub fates: Vec<Fate>,
    stretches: Vec<Stretch>,
    pub arena: Arena,
    /// Bad cells, with the position of their row.
    pub bad: Vec<(u32, Bad)>,
    /// Rows with cells that cannot be read, by position.
    unknown: Vec<(u32, ColumnSet)>,
    /// The managers and customers of the arena, in the numbers of the run.
    manager_ids: Vec<ManagerId>,
    customer_ids: Vec<CustomerId>,
    /// Those that the archive does not have, as long as they are not numbered.
    pub new_managers: Vec<(u16, Box<str>)>,
    pub new_customers: Vec<(u16, Box<str>)>,
}

/// A chunk holds no more rows than a small number can tell apart.
pub(crate) const MOST_ROWS: usize = Arena::NONE as usize - 1;

/// Ids by their numbers in the chunk: those that they have elsewhere, and those that have none there.
pub(crate) type Numbered = (Vec<u32>, Vec<(u16, Box<str>)>);

fn renumber<'n>(numbers: impl Iterator<Item = &'n mut u32>, of_archive: &[u32]) {
    for number in numbers {
        *number = of_archive.get(*number as usize).copied().unwrap_or(u32::MAX);
    }
}

/// What is known of a row besides the row.
#[derive(Clone, Copy)]
pub(crate) struct RowRead {
    pub manager: u16,
    pub line: u32,
    pub digest: u64,
    pub unknown: ColumnSet,
}

/// Rows as they are being read.
pub(crate) struct Growing<T> {
    pub rows: Vec<T>,
    managers: Vec<u16>,
    lines: Vec<u32>,
    digests: Vec<u64>,
    bad: Vec<(u32, Bad)>,
    unknown: Vec<(u32, ColumnSet)>,
}

impl<T: Row> Growing<T> {
    pub(crate) fn with_capacity(rows: usize) -> Self {
        Self {
            rows: Vec::with_capacity(rows),
            managers: Vec::with_capacity(rows),
            lines: Vec::with_capacity(rows),
            digests: Vec::with_capacity(rows),
            bad: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// Keeps a row, and takes its bad cells.
    pub(crate) fn push(&mut self, row: T, read: RowRead, bad: &mut Vec<Bad>) {
        let RowRead { manager, line, digest, unknown } = read;
        let position = self.rows.len() as u32;
        if !unknown.is_empty() {
            self.unknown.push((position, unknown));
        }
        self.rows.push(row);
        self.managers.push(manager);
        self.lines.push(line);
        self.digests.push(digest);
        if !bad.is_empty() {
            self.bad.extend(bad.drain(..).map(|bad| (position, bad)));
        }
    }

    /// Brings the rows of each manager together, in the order they came in.
    pub(crate) fn into_chunk(mut self, file: u32, mut arena: Arena) -> Chunk<T> {
        let mut stretches = stretches(&self.managers);
        if stretches.len() > arena.managers.len() {
            let order = in_order(&self.managers);
            self.rows = order.iter().map(|row| self.rows[*row as usize].clone()).collect();
            self.lines = order.iter().map(|row| self.lines[*row as usize]).collect();
            self.digests = order.iter().map(|row| self.digests[*row as usize]).collect();
            let mut place = vec![0; order.len()];
            for (position, row) in (0..).zip(&order) {
                place[*row as usize] = position;
            }
            self.bad.iter_mut().for_each(|(row, _)| *row = place[*row as usize]);
            self.unknown.iter_mut().for_each(|(row, _)| *row = place[*row as usize]);
            self.unknown.sort_unstable_by_key(|(row, _)| *row);
            self.managers.sort_unstable();
            stretches = self::stretches(&self.managers);
        }
        arena.settle();
        self.rows.shrink_to_fit();
        self.lines.shrink_to_fit();
        self.digests.shrink_to_fit();
        Chunk {
            file,
            first_line: 0,
            fates: vec![Fate::Used; self.rows.len()],
            rows: self.rows,
            lines: self.lines,
            digests: self.digests,
            stretches,
            arena,
            bad: self.bad,
            unknown: self.unknown,
            manager_ids: vec![],
            customer_ids: vec![],
            new_managers: vec![],
            new_customers: vec![],
        }
    }
}

/// The places of rows, those of each manager together, in the order they came in.
fn in_order(managers: &[u16]) -> Vec<u32> {
    // Rejected rows may have no manager, which is the greatest number there is.
    let greatest = managers.iter().copied().max().unwrap_or(0);
    let mut next = vec![0u32; usize::from(greatest) + 2];
    for manager in managers {
        next[usize::from(*manager) + 1] += 1;
    }
    for number in 1..next.len() {
        next[number] += next[number - 1];
    }
    let mut order = vec![0; managers.len()];
    for (row, manager) in (0..).zip(managers) {
        let place = &mut next[usize::from(*manager)];
        order[*place as usize] = row;
        *place += 1;
    }
    order
}

fn stretches(managers: &[u16]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut start = 0;
    for stretch in managers.chunk_by(|one, two| one == two) {
        let end = start + stretch.len() as u32;
        stretches.push(Stretch { manager: stretch[0], start, end });
        start = end;
    }
    stretches
}

impl<T: Row> Chunk<T> {
    /// Whether a row is one of those that may stand for others by their record number.
    pub fn competes(&self, row: usize) -> bool {
        self.is_made(row) && !self.rows[row].id().is_empty()
    }

    /// Whether a row is used, as it stands, and tells of what was done.
    pub fn is_made(&self, row: usize) -> bool {
        self.fates[row] == Fate::Used && !self.rows[row].is_set_aside()
    }

    /// The rows that are so.
    pub fn made(&self) -> impl Iterator<Item = (usize, &T)> {
        let rows = self.rows.iter().zip(&self.fates).enumerate();
        rows.filter(|(_, (row, fate))| **fate == Fate::Used && !row.is_set_aside())
            .map(|(place, (row, _))| (place, row))
    }

    /// The customer that a row names.
    pub fn customer(&self, row: usize) -> Option<CustomerId> {
        self.rows[row].customer().map(|local| self.customer_ids[usize::from(local)])
    }
}

impl<T> Chunk<T> {
    /// Takes managers and customers in the numbers of the archive, and those that it does not have.
    pub fn take_numbers(&mut self, managers: Numbered, customers: Numbered) {
        self.manager_ids = managers.0.into_iter().map(ManagerId).collect();
        self.customer_ids = customers.0.into_iter().map(CustomerId).collect();
        (self.new_managers, self.new_customers) = (managers.1, customers.1);
    }

    /// Takes what managers and customers of the run its rows name, if it is of rows that make none.
    pub fn name_known(&mut self, managers: &Names, customers: &Names) {
        let find = |names: &Names, id: &str| names.find(id).unwrap_or(u32::MAX);
        self.manager_ids = self.arena.managers.iter().map(|id| ManagerId(find(managers, id))).collect();
        self.customer_ids = self.arena.customers.iter().map(|id| CustomerId(find(customers, id))).collect();
        self.arena.managers = Interner::default();
        self.arena.customers = Interner::default();
    }

    /// Brings the managers from the numbers of the archive to those of the run, which has `new` ones besides.
    pub fn renumber_managers(&mut self, of_archive: &[u32], new: &mut impl Iterator<Item = u32>) {
        renumber(self.manager_ids.iter_mut().map(|id| &mut id.0), of_archive);
        for (local, _) in std::mem::take(&mut self.new_managers) {
            self.manager_ids[usize::from(local)].0 = new.next().unwrap_or(u32::MAX);
        }
    }

    /// Likewise the customers.
    pub fn renumber_customers(&mut self, of_archive: &[u32], new: &mut impl Iterator<Item = u32>) {
        renumber(self.customer_ids.iter_mut().map(|id| &mut id.0), of_archive);
        for (local, _) in std::mem::take(&mut self.new_customers) {
            self.customer_ids[usize::from(local)].0 = new.next().unwrap_or(u32::MAX);
        }
    }

    #[inline]
    pub fn at(&self, row: usize) -> At {
        At { file: self.file, line: self.first_line + self.lines[row] + 1 }
    }

    pub fn manager(&self, number: u16) -> ManagerId {
        self.manager_ids.get(usize::from(number)).copied().unwrap_or(ManagerId::NOBODY)
    }

    /// The columns whose cells in a row cannot be read.
    #[inline]
    pub fn unknown_of(&self, row: usize) -> ColumnSet {
        if self.unknown.is_empty() {
            return ColumnSet::default();
        }
        let found = self.unknown.binary_search_by_key(&(row as u32), |(row, _)| *row);
        found.map_or(ColumnSet::default(), |place| self.unknown[place].1)
    }

    /// Whose a row is.
    pub fn manager_of(&self, row: usize) -> ManagerId {
        let place = self.stretches.partition_point(|stretch| stretch.end as usize <= row);
        self.manager(self.stretches[place].manager)
    }

    /// The managers, each with his rows.
    pub fn stretches(&self) -> impl Iterator<Item = (ManagerId, Range<u32>)> {
        self.stretches.iter().map(|stretch| (self.manager(stretch.manager), stretch.start..stretch.end))
    }

    /// The managers' ids as long as these are not numbered, each with his rows.
    pub fn stretches_by_id(&self) -> impl Iterator<Item = (&str, &[T])> {
        let rows = |stretch: &Stretch| &self.rows[stretch.start as usize..stretch.end as usize];
        let id = |stretch: &Stretch| self.arena.managers.text(u32::from(stretch.manager));
        self.stretches.iter().map(move |stretch| (id(stretch), rows(stretch)))
    }

    /// The customers that rows name, in the numbers of the run.
    pub fn customers(&self) -> &[CustomerId] {
        &self.customer_ids
    }

    /// A row with what it refers to; it must be one of this manager's.
    #[inline]
    pub fn placed(&self, row: usize, manager: ManagerId) -> Placed<'_, T> {
        let (at, unknown) = (self.at(row), self.unknown_of(row));
        Placed { row: &self.rows[row], at, manager, unknown, arena: &self.arena, customers: &self.customer_ids }
    }
}
