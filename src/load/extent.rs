//! How far the data reach: the horizon, and from when to when each manager has rows of a kind (SPEC §1, horizon and window).

use crate::load::kinds::Row;
use crate::load::partitions::Partitions;
use crate::model::{DateSpan, Kind, ManagerId, Windows};
use crate::store::chunk::Chunk;
use crate::store::partition::Partition;
use chrono::NaiveDate;
use rayon::prelude::*;

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
        let upto = horizon;
        spans[Kind::Visits as usize] = spans_of(&partitions.visits, managers, upto);
        spans[Kind::Calls as usize] = spans_of(&partitions.calls, managers, upto);
        spans[Kind::Plans as usize] = spans_of(&partitions.plans, managers, upto);
        spans[Kind::Days as usize] = spans_of(&partitions.days, managers, upto);
        spans[Kind::Services as usize] = spans_of(&partitions.services, managers, upto);
        spans[Kind::Inquiries as usize] = spans_of(&partitions.inquiries, managers, upto);
        spans[Kind::Checks as usize] = spans_of(&partitions.checks, managers, upto);
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
pub fn span<T: Row>(partition: &Partition<T>) -> Option<DateSpan> {
    let of_chunk = |chunk: &Chunk<T>| chunk.made().filter_map(|(_, row)| row.date()).map(day).reduce(DateSpan::union);
    let spans: Vec<DateSpan> = partition.chunks.par_iter().filter_map(of_chunk).collect();
    spans.into_iter().reduce(DateSpan::union)
}

fn day(date: NaiveDate) -> DateSpan {
    DateSpan { first: date, last: date }
}

fn spans_of<T: Row>(partition: &Partition<T>, managers: usize, upto: NaiveDate) -> Vec<Option<DateSpan>> {
    let of_manager = |manager: usize| {
        let dates = partition.made_by(ManagerId(manager as u32)).filter_map(Row::date);
        let finished = dates.filter(|date| *date <= upto);
        finished.map(day).reduce(DateSpan::union)
    };
    (0..managers).into_par_iter().map(of_manager).collect()
}
