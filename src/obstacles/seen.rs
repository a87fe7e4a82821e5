//! What a manager's month shows that tells of obstacles, gathered in one pass.

use super::ways::{Systems, Way, Ways};
use crate::book::Book;
use crate::model::*;
use crate::parallel;
use chrono::NaiveDate;

/// What is seen of a manager in a month.
pub(super) struct Seen {
    pub id: ManagerId,
    /// The customers he visited.
    pub customers: Vec<CustomerId>,
    /// The dates of his visits, and those of visits or day records.
    pub visited: Vec<NaiveDate>,
    pub recorded: Vec<NaiveDate>,
    /// His visits with both positions.
    pub ways: Ways,
}

impl Seen {
    pub(super) fn of_all(book: &Book, systems: Systems, month: Month, managers: &[ManagerId]) -> Vec<Self> {
        parallel::map(managers, |id| Self::of(book, systems, *id, month))
    }

    fn of(book: &Book, systems: Systems, id: ManagerId, month: Month) -> Self {
        let (mut visited, mut customers, mut ways) = (vec![], vec![], Ways::default());
        for (date, customer, checkin) in book.visits_in(id, month) {
            visited.push(date);
            customers.push(customer);
            if let Some(way) = Way::of(book, customer, checkin) {
                ways.add(way, systems);
            }
        }
        let visited = sorted(visited.into_iter());
        let days = book.recorded_days_in(id, month);
        let recorded = sorted(visited.iter().copied().chain(days));
        Self { id, customers: sorted(customers.into_iter()), visited, recorded, ways }
    }
}

/// Each once, in order.
fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}
