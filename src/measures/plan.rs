//! What a manager planned: rows of the plans file, or planned visits in their stead (SPEC §1, §3).

use super::rows::on_date;
use crate::book::{Book, ManagerFile};
use crate::model::{Column, CustomerId, Kind, Phones, PlanRow, Visit};
use chrono::NaiveDate;
use std::borrow::Cow;

/// Where plan rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanSource {
    /// The plans file.
    File,
    /// Planned visits stand for plan rows.
    PlannedVisits,
    /// Nothing tells what was planned.
    None,
}

impl PlanSource {
    fn of(book: &Book) -> Self {
        if book.has_file(Kind::Plans) {
            Self::File
        } else if book.has_column(Kind::Visits, Column::Planned) {
            Self::PlannedVisits
        } else {
            Self::None
        }
    }
}

/// What a move on another date took away from this date.
pub(super) type Moved = (NaiveDate, CustomerId);

/// A manager's plan.
pub(super) struct Plan<'a> {
    pub source: PlanSource,
    rows: Cow<'a, [PlanRow<'a>]>,
    /// By date, then customer.
    moved: Vec<Moved>,
}

impl<'a> Plan<'a> {
    pub fn of(book: &Book, file: &'a ManagerFile<'a>) -> Self {
        let source = PlanSource::of(book);
        let rows = match source {
            PlanSource::PlannedVisits => Cow::Owned(stand_ins(file)),
            _ => Cow::Borrowed(&*file.plans),
        };
        let mut moved: Vec<Moved> = rows.iter().filter_map(|plan| Some((plan.moved_from()?, plan.customer))).collect();
        moved.sort_unstable();
        Self { source, rows, moved }
    }

    /// By date, then file order.
    pub fn rows(&self) -> &[PlanRow<'a>] {
        &self.rows
    }

    /// P(m,d): the plan rows of a date, in file order.
    pub fn on(&self, date: NaiveDate) -> &[PlanRow<'a>] {
        on_date(&self.rows, date, |plan| plan.date)
    }

    /// What moves took away from a date, by customer.
    pub fn moved_from(&self, date: NaiveDate) -> &[Moved] {
        on_date(&self.moved, date, |(date, _)| *date)
    }
}

/// Planned visits as plan rows, those that were not made included.
fn stand_ins<'a>(file: &'a ManagerFile<'a>) -> Vec<PlanRow<'a>> {
    let visits = file.visits.iter().chain(&file.unmade_visits).filter(|visit| visit.planned);
    let plan_row = |visit: &Visit| PlanRow {
        at: visit.at,
        manager: visit.manager,
        customer: visit.customer,
        date: visit.date(),
        seq: None,
        mode: Some(visit.mode),
        phones: Phones::None,
        tool: None,
        purpose: None,
        created: None,
        rescheduled_from: None,
        unknown: visit.unknown,
    };
    let mut rows: Vec<PlanRow> = visits.map(plan_row).collect();
    rows.sort_unstable_by_key(|row| (row.date, row.at));
    rows
}
