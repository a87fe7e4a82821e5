//! What a manager planned: rows of the plans file, or planned visits in their stead (SPEC §1, §3).

use super::rows::on_date;
use crate::book::{Book, ManagerFile};
use crate::model::{At, Column, ColumnSet, CustomerId, Kind, Moment, Phones, PlanRow, Visit};
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

/// A move: a row on another date that names this one.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// The date that it took the customer away from.
    from: NaiveDate,
    /// The date that it took him to.
    pub to: NaiveDate,
    pub customer: CustomerId,
    pub at: At,
    pub created: Option<Moment>,
    /// Whether `created_at` is there but cannot be read.
    pub created_unknown: bool,
}

/// A row whose `rescheduled_from` is there but cannot be read: it may be a move from any other date.
#[derive(Clone, Copy, Debug)]
pub(super) struct MaybeMove {
    pub customer: CustomerId,
    pub date: NaiveDate,
    pub at: At,
    pub created: Option<Moment>,
}

/// A manager's plan.
pub(super) struct Plan<'a> {
    pub source: PlanSource,
    rows: Cow<'a, [PlanRow<'a>]>,
    /// By date, then customer.
    moves: Vec<Move>,
    pub maybe_moves: Vec<MaybeMove>,
}

impl<'a> Plan<'a> {
    pub(super) fn of(book: &Book, file: &'a ManagerFile<'a>) -> Self {
        let source = PlanSource::of(book);
        let rows = match source {
            PlanSource::PlannedVisits => Cow::Owned(stand_ins(file)),
            _ => Cow::Borrowed(&*file.plans),
        };
        let move_of = |plan: &PlanRow| {
            let (customer, at, created) = (plan.customer, plan.at, plan.created);
            let created_unknown = plan.unknown.contains(Column::CreatedAt);
            Some(Move { from: plan.moved_from()?, to: plan.date, customer, at, created, created_unknown })
        };
        let mut moves: Vec<Move> = rows.iter().filter_map(move_of).collect();
        moves.sort_unstable_by_key(|moved| (moved.from, moved.customer, moved.at));
        let unknown = rows.iter().filter(|plan| plan.unknown.contains(Column::RescheduledFrom));
        let maybe_move = |plan: &PlanRow| {
            let (customer, date, at, created) = (plan.customer, plan.date, plan.at, plan.created);
            MaybeMove { customer, date, at, created }
        };
        let maybe_moves = unknown.map(maybe_move).collect();
        Self { source, rows, moves, maybe_moves }
    }

    /// By date, then file order.
    pub(super) fn rows(&self) -> &[PlanRow<'a>] {
        &self.rows
    }

    /// P(m,d): the plan rows of a date, in file order.
    pub(super) fn on(&self, date: NaiveDate) -> &[PlanRow<'a>] {
        on_date(&self.rows, date, |plan| plan.date)
    }

    /// The moves away from a date, by customer.
    pub(super) fn moves_from(&self, date: NaiveDate) -> &[Move] {
        on_date(&self.moves, date, |moved| moved.from)
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
        // What it says of the plan could be read: its cells are the visit's own, and asked for there.
        unknown: ColumnSet::default(),
    };
    let mut rows: Vec<PlanRow> = visits.map(plan_row).collect();
    rows.sort_unstable_by_key(|row| (row.date, row.at));
    rows
}
