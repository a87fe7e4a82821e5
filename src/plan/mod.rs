//! Plan rows that do what is still to be done (SPEC-month §2).
//!
//! `place` gives the outlook's needs days, `fill` adds who is due by his cycle, `modes` says how each is visited, and `order` in
//! which order; `days` counts what comes of it.

mod days;
mod fill;
mod modes;
mod order;
mod place;
mod row;

pub(crate) use days::PlannedDay;
pub(crate) use row::{Left, NewRow};

use crate::model::{DateSpan, ManagerId, Moment};
use crate::outlook::{Ahead, DaySet, State, Terms, each};
use chrono::NaiveDate;

/// One manager's new rows.
#[derive(Clone, Debug)]
pub(crate) struct ManagerPlan {
    pub id: ManagerId,
    /// By date, in the order of the day.
    pub rows: Vec<NewRow>,
    pub days: Vec<PlannedDay>,
    /// What is out of reach.
    pub left: Vec<Left>,
}

impl ManagerPlan {
    /// With what is planned in the month behind.
    pub(crate) fn join(&mut self, next: Self) {
        self.rows.extend(next.rows);
        self.days.extend(next.days);
        self.left.extend(next.left);
    }
}

/// What is planned, and when it is said to have been.
#[derive(Clone, Copy)]
pub(crate) struct Order {
    pub dates: DateSpan,
    /// None: in the afternoon of the last day of the data.
    pub created: Option<Moment>,
}

/// New rows of these managers for the dates of a month that are left; `before` are those of the month before.
pub(crate) fn of(terms: &Terms, order: Order, managers: &[ManagerId], before: &[ManagerPlan]) -> Vec<ManagerPlan> {
    each(terms, managers, |ahead| {
        let before = before.iter().find(|plan| plan.id == ahead.month.id);
        of_manager(ahead, order, before.map_or(&[], |plan| &plan.rows))
    })
}

fn of_manager(ahead: &Ahead, order: Order, before: &[NewRow]) -> ManagerPlan {
    let span = DaySet::within(ahead.month.month, order.dates).and(ahead.left);
    let mut placed = place::needs(ahead, span);
    fill::by_cycle(ahead, span, before, &mut placed);
    let created = order.created.unwrap_or_else(|| afternoon_of(ahead.month.horizon()));
    let mut rows = modes::settle(ahead, placed.rows, created);
    order::settle(ahead, &mut rows);
    let lost = ahead.units.iter().filter(|unit| unit.state == State::Lost).map(Left::of);
    let left = lost.chain(placed.left).collect();
    ManagerPlan { id: ahead.month.id, days: days::of(ahead, span, &rows), rows, left }
}

/// When plans are made that do not say when.
fn afternoon_of(date: NaiveDate) -> Moment {
    const FIVE_O_CLOCK: u32 = 17 * 3600;
    Moment::new(date, FIVE_O_CLOCK)
}
