//! What a manager's month shows that tells of obstacles, gathered in one pass.

use super::offset::Way;
use crate::book::Book;
use crate::model::*;
use chrono::NaiveDate;
use rayon::prelude::*;

/// What is seen of a manager in a month.
pub(super) struct Seen {
    pub id: ManagerId,
    /// The customers he visited.
    pub customers: Vec<CustomerId>,
    /// The dates of his visits, and those of visits or day records.
    pub visited: Vec<NaiveDate>,
    pub recorded: Vec<NaiveDate>,
    /// From archive positions to check-ins.
    pub ways: Vec<Way>,
}

impl Seen {
    pub(super) fn of_all(book: &Book, month: Month, managers: &[ManagerId]) -> Vec<Self> {
        managers.par_iter().map(|id| Self::of(book, *id, month)).collect()
    }

    fn of(book: &Book, id: ManagerId, month: Month) -> Self {
        let visits = book.visits_in(id, month);
        let visited = sorted(visits.iter().map(Visit::date));
        let days = book.recorded_days_in(id, month);
        let recorded = sorted(visited.iter().copied().chain(days));
        let way = |visit: &Visit| {
            let checkin = visit.position?;
            Some(Way { archive: book.customer(visit.customer)?.position?, checkin })
        };
        let ways = visits.iter().filter_map(way).collect();
        Self { id, customers: sorted(visits.iter().map(|visit| visit.customer)), visited, recorded, ways }
    }
}

/// Each once, in order.
fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}
