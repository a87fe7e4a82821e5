//! How far the data reach: the horizon, and from when to when each manager has rows of a kind (SPEC §1, horizon and window).

use crate::load::partitions::{Partitions, each};
use crate::model::{DateSpan, Kind, ManagerId, Windows};
use crate::parallel;
use crate::store::chunk::Chunk;
use crate::store::partition::Partition;
use crate::store::row::Row;
use chrono::NaiveDate;
use std::ops::Range;

/// The dates of rows that are used, up to the horizon, whatever months are looked at.
pub struct Extent {
    /// For each kind the span of each manager's rows.
    spans: [Vec<Option<DateSpan>>; Kind::ALL.len()],
    /// From the first to the last plan row, those behind the horizon too.
    pub planned: Option<DateSpan>,
}

impl Extent {
    pub fn new(partitions: &Partitions, managers: usize, horizon: NaiveDate) -> Self {
        let mut spans = [const { vec![] }; Kind::ALL.len()];
        each!(&partitions, partition => add_spans(partition, &mut spans, managers, horizon));
        Self { spans, planned: span(&partitions.plans) }
    }

    /// A manager's dates of a kind.
    pub fn of(&self, kind: Kind, manager: ManagerId) -> Option<DateSpan> {
        self.spans[kind as usize].get(manager.0 as usize).copied().flatten()
    }

    /// The windows of some managers together.
    pub fn windows(&self, managers: impl Iterator<Item = ManagerId> + Clone) -> Windows {
        let mut windows = Windows::default();
        for kind in Kind::ALL {
            let spans = managers.clone().filter_map(|manager| self.of(kind, manager));
            if let Some(span) = spans.reduce(DateSpan::union) {
                windows.add(kind, span);
            }
        }
        windows
    }
}

/// The span of all rows of a kind that are used.
pub(super) fn span<T: Row>(partition: &Partition<T>) -> Option<DateSpan> {
    let of_chunk = |chunk: &Chunk<T>| chunk.made().filter_map(|(_, row)| row.date()).map(day).reduce(DateSpan::union);
    parallel::map(&partition.chunks, of_chunk).into_iter().flatten().reduce(DateSpan::union)
}

fn day(date: NaiveDate) -> DateSpan {
    DateSpan { first: date, last: date }
}

/// Adds the spans of a kind; rows of the archive have no dates.
fn add_spans<T: Row>(
    partition: &Partition<T>,
    spans: &mut [Vec<Option<DateSpan>>; Kind::ALL.len()],
    managers: usize,
    upto: NaiveDate,
) {
    if T::DATED_BY.is_some() {
        spans[T::KIND as usize] = spans_of(partition, managers, upto);
    }
}

fn spans_of<T: Row>(partition: &Partition<T>, managers: usize, upto: NaiveDate) -> Vec<Option<DateSpan>> {
    let of_chunk = |chunk: &Chunk<T>| {
        let span_of = |rows: Range<u32>| {
            let made = rows.map(|row| row as usize).filter(|row| chunk.is_made(*row));
            let dates = made.filter_map(|row| chunk.rows[row].date()).filter(|date| *date <= upto);
            dates.map(day).reduce(DateSpan::union)
        };
        let spans = chunk.stretches().filter_map(|(manager, rows)| Some((manager, span_of(rows)?)));
        spans.collect::<Vec<(ManagerId, DateSpan)>>()
    };
    let of_chunks = parallel::map(&partition.chunks, of_chunk);
    let mut spans: Vec<Option<DateSpan>> = vec![None; managers];
    for (manager, span) in of_chunks.into_iter().flatten() {
        let whole = &mut spans[manager.0 as usize];
        *whole = Some(whole.map_or(span, |whole| whole.union(span)));
    }
    spans
}
