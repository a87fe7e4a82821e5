//! The managers and customers that are known from their own files, so that rows of other kinds can name them by number as
//! soon as they are read.

use crate::model::{Interner, Kind, Names};
use crate::store::chunk::Chunk;
use crate::store::directory::Directory;
use crate::store::partition::Partition;
use crate::store::row::Row;

/// The kinds that are read before all others.
pub const ARCHIVE: [Kind; 2] = [Kind::Customers, Kind::Managers];

/// All ids of the customers and managers files.
#[derive(Default)]
pub struct Archive {
    pub customers: Directory,
    pub managers: Directory,
}

impl Archive {
    /// Numbers the customers and managers of their own files.
    pub fn new<C: Row, M: Row>(customers: &mut Partition<C>, managers: &mut Partition<M>) -> Self {
        let parts: Vec<&Interner> = customers.chunks.iter().map(|chunk| &chunk.arena.customers).collect();
        let customers_of_archive = Directory::new(Names::merge(&parts).0);
        let owners = customers.chunks.iter().map(|chunk| &chunk.arena.managers);
        let parts: Vec<&Interner> = owners.chain(managers.chunks.iter().map(|chunk| &chunk.arena.managers)).collect();
        let managers_of_archive = Directory::new(Names::merge(&parts).0);
        let archive = Self { customers: customers_of_archive, managers: managers_of_archive };
        customers.chunks.iter_mut().for_each(|chunk| archive.number(chunk));
        managers.chunks.iter_mut().for_each(|chunk| archive.number(chunk));
        archive
    }

    /// Gives the managers and customers of a chunk the archive's numbers; those that it does not have keep their texts.
    pub fn number<T>(&self, chunk: &mut Chunk<T>) {
        let managers = self.managers.number(&std::mem::take(&mut chunk.arena.managers));
        let customers = self.customers.number(&std::mem::take(&mut chunk.arena.customers));
        chunk.take_numbers(managers, customers);
    }
}
