//! When anyone recorded an item of service (SPEC §3.2): an item that nobody records is missing data.

use crate::load::{Chunk, Fate, VisitRow};
use crate::model::*;
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The dates of all items, by their folded names.
#[derive(Debug, Default)]
pub struct RecordedItems {
    items: FxHashMap<String, Recorded>,
    /// How many services are for a customer that cannot be read: they count for nobody.
    pub of_unknown_customers: u64,
}

#[derive(Debug, Default)]
struct Recorded {
    /// Of rows of services files.
    done_on: BTreeSet<NaiveDate>,
    /// That rows of services files name.
    periods: BTreeSet<Period>,
    /// Of done visits with it.
    visited: BTreeSet<(NaiveDate, Mode)>,
}

impl RecordedItems {
    /// Whether an item of one of these folded names is dated in a span, or names a period that touches it. Where a mode is
    /// given, items of visits of others do not count.
    pub fn touch(&self, names: &[Cow<str>], mode: Option<Mode>, span: DateSpan) -> bool {
        let found = names.iter().filter_map(|name| self.items.get(name.as_ref()));
        let touches = |item: &Recorded| {
            let visits = || item.visited.iter().filter(|(_, of)| mode.is_none_or(|mode| mode == *of));
            item.done_on.range(span.first..=span.last).next().is_some()
                || item.periods.iter().any(|period| period.span().overlaps(span))
                || visits().any(|(date, _)| span.contains(*date))
        };
        found.into_iter().any(touches)
    }

    fn item(&mut self, name: &str) -> &mut Recorded {
        self.items.entry(fold(name).into_owned()).or_default()
    }

    pub fn add_services(&mut self, chunk: &Chunk<Service>) {
        let used = chunk.rows.iter().zip(&chunk.fates).filter(|(_, fate)| **fate == Fate::Used);
        for (service, _) in used {
            self.of_unknown_customers += u64::from(service.unknown.contains(Column::CustomerId));
            let item = self.item(&service.item);
            item.done_on.insert(service.done_on);
            item.periods.extend(service.period);
        }
    }

    pub fn add_visits(&mut self, chunk: &Chunk<VisitRow>, visits: &VisitsWithItems) {
        for (list, date, mode) in &visits.0 {
            for name in chunk.arena.list(*list) {
                self.item(name).visited.insert((*date, *mode));
            }
        }
    }
}

/// The different lists of items of a chunk's done visits, with their dates and modes.
#[derive(Debug, Default)]
pub struct VisitsWithItems(FxHashSet<(u16, NaiveDate, Mode)>);

impl VisitsWithItems {
    pub fn add(&mut self, visit: &VisitRow) {
        if visit.has_served() {
            self.0.insert((visit.items(), visit.started_on(), visit.mode()));
        }
    }
}
