//! Rejected rows, as far as they can be read: whom they may be of (SPEC §1.1).

use crate::model::{At, Column, ColumnSet, CustomerId, ManagerId, Names};
use crate::store::chunk::{Chunk, Spot};
use crate::store::row::Row;

/// The rejected rows of a kind.
pub struct Rejects<T> {
    chunks: Vec<Chunk<T>>,
    rows: Vec<Spot>,
    /// By manager, then file order: rows that name him, and rows of others or of nobody that name a customer of his.
    of_managers: Vec<(ManagerId, Spot)>,
    /// How many rows name neither a manager nor a customer.
    pub of_anyone: u64,
}

impl<T: Row> Rejects<T> {
    pub fn none() -> Self {
        Self { chunks: vec![], rows: vec![], of_managers: vec![], of_anyone: 0 }
    }

    /// Those of the rows that are kept.
    pub fn new(chunks: Vec<Chunk<T>>, is_kept: impl Fn(At) -> bool) -> Self {
        let spots = |(number, chunk): (u32, &Chunk<T>)| (0..chunk.rows.len() as u32).map(move |row| (number, row));
        let kept = |(number, row): &Spot| is_kept(chunks[*number as usize].at(*row as usize));
        let rows = (0..).zip(&chunks).flat_map(spots).filter(kept).collect();
        Self { chunks, rows, of_managers: vec![], of_anyone: 0 }
    }

    pub fn retain(&mut self, is_kept: impl Fn(&T, ColumnSet) -> bool) {
        let Self { chunks, rows, .. } = self;
        rows.retain(|(chunk, row)| {
            let (chunk, row) = (&chunks[*chunk as usize], *row as usize);
            is_kept(&chunk.rows[row], chunk.unknown_of(row))
        });
    }

    /// Finds the managers and customers of the run in them.
    pub fn name_known(&mut self, managers: &Names, customers: &Names) {
        self.chunks.iter_mut().for_each(|chunk| chunk.name_known(managers, customers));
    }

    /// Finds out whom the rows may be of.
    pub fn assign(&mut self, owner: impl Fn(CustomerId) -> Option<ManagerId>) {
        for spot in &self.rows {
            let (chunk, row) = (&self.chunks[spot.0 as usize], spot.1 as usize);
            let (manager, customer) = (chunk.manager_of(row), chunk.customer(row));
            let names_nobody = chunk.unknown_of(row).contains(Column::ManagerId);
            self.of_anyone += u64::from(names_nobody && customer.is_none());
            let owner = customer.filter(|id| *id != CustomerId::NOBODY).and_then(&owner);
            let other = owner.filter(|owner| *owner != manager);
            let own = Some(manager).filter(|manager| *manager != ManagerId::NOBODY);
            self.of_managers.extend(own.into_iter().chain(other).map(|manager| (manager, *spot)));
        }
        let at = |(chunk, row): Spot| self.chunks[chunk as usize].at(row as usize);
        self.of_managers.sort_unstable_by_key(|(manager, spot)| (*manager, at(*spot)));
    }

    /// The rows that name a manager.
    pub fn naming(&self, id: ManagerId) -> impl Iterator<Item = At> {
        let chunk = |number: u32| &self.chunks[number as usize];
        let named = move |(number, row): &Spot| chunk(*number).manager_of(*row as usize) == id;
        self.of(id).filter(named).map(move |(number, row)| chunk(number).at(row as usize))
    }

    /// Those that may be of a manager, in file order.
    fn of(&self, id: ManagerId) -> impl Iterator<Item = Spot> {
        let from = self.of_managers.partition_point(|(manager, _)| *manager < id);
        self.of_managers[from..].iter().take_while(move |(manager, _)| *manager == id).map(|(_, spot)| *spot)
    }

    /// The rows that may be of a manager, in file order.
    pub fn records(&self, id: ManagerId) -> Vec<T::Record<'_>> {
        let open = |(chunk, row): Spot| {
            let (chunk, row) = (&self.chunks[chunk as usize], row as usize);
            T::open(&chunk.placed(row, chunk.manager_of(row)))
        };
        self.of(id).map(open).collect()
    }
}
