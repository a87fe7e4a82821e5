//! The customers of the archive by number, so that rows of other kinds can name them by it as soon as they are read.

use crate::load::customer_row::CustomerRow;
use crate::load::kinds::Row;
use crate::model::{CustomerId, Interner, ManagerId, Names};
use crate::store::chunk::{Chunk, UNKNOWN};
use crate::store::partition::Partition;
use hashbrown::HashTable;

/// All ids of the archive.
#[derive(Default)]
pub struct Archive {
    pub customers: Names,
    managers: Names,
    /// Manager by manager his customers, and where each manager's begin.
    owned: Vec<u32>,
    starts: Vec<u32>,
}

impl Archive {
    /// Numbers the customers of the archive.
    pub fn new(partition: &mut Partition<CustomerRow>) -> Self {
        let parts: Vec<&Interner> = partition.chunks.iter().map(|chunk| &chunk.arena.customers).collect();
        let (customers, numbers) = Names::merge(&parts);
        let parts: Vec<&Interner> = partition.chunks.iter().map(|chunk| &chunk.arena.managers).collect();
        let (managers, of_managers) = Names::merge(&parts);
        for (chunk, (numbers, of_managers)) in partition.chunks.iter_mut().zip(numbers.into_iter().zip(of_managers)) {
            chunk.number_managers(of_managers);
            chunk.number_customers(numbers.into_iter().map(CustomerId).collect());
        }
        partition.index(managers.len());
        let mut archive = Self { customers, owned: vec![], starts: vec![0], managers };
        for manager in 0..archive.managers.len() as u32 {
            let owned = partition
                .rows_of(ManagerId(manager))
                .map(|(chunk, row)| chunk.customer(row).map_or(UNKNOWN, |id| id.0));
            archive.owned.extend(owned);
            archive.starts.push(archive.owned.len() as u32);
        }
        archive
    }

    fn owned_by(&self, manager: &str) -> &[u32] {
        let Some(number) = self.managers.find(manager) else { return &[] };
        &self.owned[self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize]
    }

    /// Gives the customers of a chunk the archive's numbers; those that the archive does not have keep their texts. A row
    /// mostly names a customer of its own manager, so his are looked through first, while they are at context.
    pub fn number<T: Row>(&self, chunk: &mut Chunk<T>) {
        let ids = std::mem::take(&mut chunk.arena.customers);
        let mut numbers = vec![UNKNOWN; ids.len()];
        let mut own: HashTable<u32> = HashTable::new();
        for (manager, rows) in chunk.stretches_by_id() {
            own.clear();
            for customer in self.owned_by(manager) {
                let hash = |customer: &u32| Interner::hash(self.customers.text(*customer).as_bytes());
                own.insert_unique(hash(customer), *customer, hash);
            }
            for local in rows.iter().filter_map(Row::customer) {
                let number = &mut numbers[usize::from(local)];
                if *number == UNKNOWN {
                    let text = ids.text(u32::from(local));
                    let is_same = |customer: &u32| self.customers.text(*customer) == text;
                    *number = own.find(ids.hash_of(u32::from(local)), is_same).copied().unwrap_or(UNKNOWN);
                }
            }
        }
        let mut unknown = Vec::new();
        for (local, number) in (0..).zip(&mut numbers).filter(|(_, number)| **number == UNKNOWN) {
            let text = ids.text(u32::from(local));
            match self.customers.find(text) {
                Some(found) => *number = found,
                None => unknown.push((local, text.into())),
            }
        }
        chunk.number_customers(numbers.into_iter().map(CustomerId).collect());
        chunk.strangers = unknown;
    }
}
