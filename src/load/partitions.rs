//! The rows of all kinds: their numbers of the run, and what settles between rows (SPEC §2.3).

use crate::load::accounts::Superseded;
use crate::load::archive::Archive;
use crate::load::kinds::{CallRow, CustomerRow, PlannedRow, VisitRow, with_kinds};
use crate::load::options::Options;
use crate::model::*;
use crate::parallel;
use crate::store::chunk::{Chunk, Spot};
use crate::store::fates::Fate;
use crate::store::partition::Partition;
use crate::store::row::Row;
use std::collections::{BTreeSet, HashMap};

macro_rules! partitions {
    (() $($name:ident: $row:ty = $kind:ident,)*) => {
        /// All rows of a run.
        #[derive(Default)]
        pub struct Partitions {
            $(pub $name: Partition<$row>,)*
        }
    };
}

with_kinds!(partitions!());

/// Does the same to the rows of several kinds, or of all, or looks at those of all.
macro_rules! each {
    ((& $partitions:ident, $partition:ident => $does:expr) $($kind:ident: $row:ty = $name:ident,)*) => {
        $({
            let $partition = &$partitions.$kind;
            $does;
        })*
    };
    (($partitions:ident, $partition:ident => $does:expr) $($kind:ident: $row:ty = $name:ident,)*) => {
        $crate::load::partitions::each!($partitions, [$($kind),*], $partition => $does)
    };
    (& $partitions:ident, $partition:ident => $does:expr) => {
        $crate::load::kinds::with_kinds!(each!(& $partitions, $partition => $does))
    };
    ($partitions:ident, [$($kind:ident),*], $partition:ident => $does:expr) => {
        $({
            let $partition = &mut $partitions.$kind;
            $does;
        })*
    };
    ($partitions:ident, $partition:ident => $does:expr) => {
        $crate::load::kinds::with_kinds!(each!($partitions, $partition => $does))
    };
}

pub(super) use each;

impl Partitions {
    /// Gives ids the numbers of the run: so far they have those of the archive, and new ones have none.
    pub fn number(&mut self, archive: Archive) -> (Names, Names) {
        let (mut managers, mut customers) = (NewIds::default(), NewIds::default());
        each!(self, partition => for chunk in &partition.chunks {
            managers.add(&chunk.new_managers);
            customers.add(&chunk.new_customers);
        });
        let (manager_names, managers) = managers.join(archive.managers.names);
        let (customer_names, customers) = customers.join(archive.customers.names);
        if let Some((of_archive, new)) = managers {
            let mut new = new.into_iter();
            each!(self, partition => for chunk in &mut partition.chunks {
                chunk.renumber_managers(&of_archive, &mut new);
            });
        }
        if let Some((of_archive, new)) = customers {
            let mut new = new.into_iter();
            each!(self, partition => for chunk in &mut partition.chunks {
                chunk.renumber_customers(&of_archive, &mut new);
            });
        }
        each!(self, partition => partition.index(manager_names.len()));
        (manager_names, customer_names)
    }

    /// Takes what managers and customers of the run rejected rows name.
    pub fn name_known(&mut self, managers: &Names, customers: &Names) {
        each!(self, partition => partition.rejects.name_known(managers, customers));
    }

    /// Marks rows that are equal to others, and those that `--as-of` leaves out.
    pub fn mark_unread(&mut self, options: &Options) {
        each!(self, partition => {
            partition.mark_repeats();
            mark_unread(partition, options);
        });
        for chunk in &mut self.inquiries.chunks {
            for row in &mut chunk.rows {
                row.replied = row.replied.filter(|replied| options.as_of.is_none_or(|date| replied.date <= date));
            }
        }
    }

    /// Marks rows that others stand for. Where the row of each customer stands, and that of each manager.
    pub fn supersede(&mut self, managers: usize, customers: usize) -> (Vec<Option<Spot>>, Vec<Option<Spot>>) {
        self.visits.supersede_by_id();
        let customer = |chunk: &Chunk<CustomerRow>, row: usize, _| chunk.customer(row).map_or(0, |id| id.0);
        let archive = self.customers.supersede_by_number(customers, customer);
        self.supersede_appeals();
        self.supersede_quality();
        let manager_rows = self.managers.supersede_by_number(managers, |_, _, manager: ManagerId| manager.0);
        (archive, manager_rows)
    }

    /// Of appeals against one finding the one decided last stays.
    fn supersede_appeals(&mut self) {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        for appeal in self.appeals.chunks.iter().flat_map(|chunk| &chunk.rows) {
            let next = numbers.len() as u32;
            numbers.entry(appeal.key()).or_insert(next);
        }
        self.appeals.supersede_by_number(numbers.len(), |chunk, row, _| numbers[&chunk.rows[row].key()]);
    }

    /// Of scores of one item at one customer in one month the one checked last stays.
    fn supersede_quality(&mut self) {
        let key = |chunk: &Chunk<Quality>, row: usize, manager: ManagerId| {
            let quality = &chunk.rows[row];
            (quality.month, manager, chunk.customer(row), quality.item_key().into_owned())
        };
        let mut numbers = HashMap::new();
        for chunk in &self.quality.chunks {
            for (manager, rows) in chunk.stretches() {
                for row in rows {
                    let next = numbers.len() as u32;
                    numbers.entry(key(chunk, row as usize, manager)).or_insert(next);
                }
            }
        }
        self.quality.supersede_by_number(numbers.len(), |chunk, row, manager| numbers[&key(chunk, row, manager)]);
    }

    /// Leaves out rejected rows that are surely of no date looked at.
    pub fn leave_out_rejected(&mut self, scope: &Scope, options: &Options) {
        each!(self, partition => leave_out_rejected(partition, scope, options));
    }

    /// Finds out whom rejected rows may be of. How many may be of anyone.
    pub fn assign_rejected(&mut self, owner: impl Fn(CustomerId) -> Option<ManagerId>) -> u64 {
        each!(self, partition => partition.rejects.assign(&owner));
        let Self { visits, calls, plans, days, services, checks, quality, .. } = self;
        let of_anyone = [visits.rejects.of_anyone, calls.rejects.of_anyone, plans.rejects.of_anyone];
        let of_office = [days.rejects.of_anyone, services.rejects.of_anyone, checks.rejects.of_anyone];
        of_anyone.into_iter().chain(of_office).chain([quality.rejects.of_anyone]).sum()
    }

    /// The rejected rows that name a manager.
    pub fn rejected_naming(&self, id: ManagerId) -> BTreeSet<At> {
        let mut rows = BTreeSet::new();
        each!(&self, partition => rows.extend(partition.rejects.naming(id)));
        rows
    }

    /// The rows that others stand for.
    pub fn superseded(&mut self) -> Vec<Superseded> {
        let mut superseded = Vec::new();
        each!(self, [customers, visits, managers, appeals, quality], partition => superseded.extend(of_kind(partition)));
        superseded
    }
}

fn of_kind<T: Row>(partition: &mut Partition<T>) -> impl Iterator<Item = Superseded> {
    let places = partition.take_superseded().into_iter();
    places.map(|(loser, winner)| Superseded { kind: T::KIND, loser, winner })
}

/// Marks rows dated after `--as-of` as not read. A draw is checked after its day.
fn mark_unread<T: Row>(partition: &mut Partition<T>, options: &Options) {
    let later = T::KIND == Kind::Checks && options.later_checks;
    let Some(as_of) = options.as_of.filter(|_| !later) else { return };
    parallel::map_mut(&mut partition.chunks, |chunk| {
        for row in 0..chunk.rows.len() {
            let is_late = chunk.rows[row].date().is_some_and(|date| date > as_of);
            if is_late && chunk.fates[row] == Fate::Used {
                let unknown = chunk.unknown_of(row);
                if !chunk.rows[row].is_read_late(unknown, options.excusing) {
                    chunk.fates[row] = Fate::OtherPeriod;
                }
            }
        }
    });
}

fn leave_out_rejected<T: Row>(partition: &mut Partition<T>, scope: &Scope, options: &Options) {
    let span = scope.span(T::KIND);
    partition.rejects.retain(|row, unknown| {
        let is_undated = unknown.contains(Column::Date);
        let late = options.as_of.is_some_and(|as_of| row.date().is_some_and(|date| date > as_of));
        is_undated || (row.may_be_within(span, || unknown) && (!late || row.is_read_late(unknown, options.excusing)))
    });
}

/// Ids that the archive does not have.
#[derive(Default)]
struct NewIds {
    ids: Interner,
    /// One of each chunk after the other.
    numbers: Vec<u32>,
}

/// For each id of the archive its number, and that of each new one.
type Renumbered = (Vec<u32>, Vec<u32>);

impl NewIds {
    fn add(&mut self, ids: &[(u16, Box<str>)]) {
        self.numbers.extend(ids.iter().map(|(_, id)| self.ids.number(id)));
    }

    /// All names; for the sake of new ones the others may need new numbers.
    fn join(self, archive: Names) -> (Names, Option<Renumbered>) {
        if self.ids.is_empty() {
            return (archive, None);
        }
        let (sorted, places) = Names::merge(&[&self.ids]);
        let (all, of_archive, of_new) = archive.extended(&sorted.iter().collect::<Vec<&str>>());
        let numbers = self.numbers.iter().map(|number| of_new[places[0][*number as usize] as usize]);
        (all, Some((of_archive, numbers.collect())))
    }
}
