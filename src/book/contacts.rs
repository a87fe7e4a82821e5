//! Who has been seen by whom: visits as they count for the customer.

use super::recorded::VisitsWithItems;
use crate::load::{Chunk, Fate, Partitions, Row, VisitRow};
use crate::model::*;
use chrono::NaiveDate;

/// A visit as it counts for the customer, whoever made it.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    pub customer: CustomerId,
    pub date: NaiveDate,
    pub manager: ManagerId,
    /// Made by the customer's own manager.
    pub own: bool,
    pub mode: Mode,
    pub done: bool,
}

impl Contact {
    /// A visit of the customer's own manager.
    pub fn of(visit: &Visit) -> Self {
        let (customer, manager) = (visit.customer, visit.manager);
        Self { customer, date: visit.date(), manager, own: true, mode: visit.mode, done: visit.is_done() }
    }

    pub fn is_onsite(&self) -> bool {
        self.mode == Mode::Onsite
    }
}

/// Whose customer each is, as the archive has it.
pub(super) fn owners(partitions: &Partitions, customers: usize) -> Vec<Option<ManagerId>> {
    let mut owners = vec![None; customers];
    for chunk in &partitions.customers.chunks {
        for (manager, rows) in chunk.stretches() {
            for row in rows.map(|row| row as usize).filter(|row| chunk.fates[*row] == Fate::Used) {
                if let Some(id) = chunk.customer(row) {
                    owners[id.0 as usize] = Some(manager);
                }
            }
        }
    }
    owners
}

/// What a chunk of visits says of the whole run.
pub(super) struct OfVisits {
    pub others_contacts: Vec<Contact>,
    /// Dates of visits, each at least once.
    pub visited: Vec<NaiveDate>,
    pub with_items: VisitsWithItems,
}

impl OfVisits {
    pub(super) fn of(chunk: &Chunk<VisitRow>, owners: &[Option<ManagerId>]) -> Self {
        let owner: Vec<Option<ManagerId>> = chunk.customers().iter().map(|id| owners[id.0 as usize]).collect();
        let mut found = Self { others_contacts: vec![], visited: vec![], with_items: VisitsWithItems::default() };
        for (manager, rows) in chunk.stretches() {
            for row in rows.map(|row| row as usize).filter(|row| chunk.fates[*row] == Fate::Used) {
                let visit = &chunk.rows[row];
                let date = visit.started_on();
                if found.visited.last() != Some(&date) {
                    found.visited.push(date);
                }
                found.with_items.add(visit);
                let local = visit.customer().map_or(0, usize::from);
                if owner[local].is_some_and(|owner| owner != manager) {
                    let customer = chunk.customers()[local];
                    let (mode, done) = (visit.mode(), visit.is_done());
                    found.others_contacts.push(Contact { customer, date, manager, own: false, mode, done });
                }
            }
        }
        found.visited.sort_unstable();
        found.visited.dedup();
        found
    }
}
