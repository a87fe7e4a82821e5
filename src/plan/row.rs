//! A new plan row, and what no row can be found for.

use crate::model::{CustomerId, Mode, Moment, Phone};
use crate::outlook::{Duty, Need, Unit};
use chrono::NaiveDate;

/// A customer given a day.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub customer: CustomerId,
    pub date: NaiveDate,
    /// Whether a need asks for it to be on site.
    pub onsite: bool,
    /// The date that the row makes up for by naming it.
    pub from: Option<NaiveDate>,
    /// What it serves; nothing but the cycle where empty.
    pub duties: Vec<Duty>,
}

/// A row of the plan.
#[derive(Clone, Debug)]
pub(crate) struct NewRow {
    pub customer: CustomerId,
    pub date: NaiveDate,
    pub seq: Option<u32>,
    pub mode: Mode,
    pub phone: Option<Phone>,
    pub tool: Option<String>,
    pub created: Moment,
    pub from: Option<NaiveDate>,
    pub duties: Vec<Duty>,
}

/// What a unit asks for and cannot be given.
#[derive(Clone, Debug)]
pub(crate) struct Left {
    pub duty: Duty,
    /// None for the manager's share.
    pub customer: Option<CustomerId>,
    pub moved_from: Option<NaiveDate>,
    pub dates: u32,
    pub until: NaiveDate,
}

impl Left {
    pub(super) fn of(unit: &Unit) -> Self {
        let Unit { duty, customer, moved_from, dates, until, .. } = *unit;
        Self { duty, customer, moved_from, dates, until }
    }

    pub(super) fn of_need(customer: CustomerId, need: &Need) -> Self {
        let Need { duty, moved_from, dates, until, .. } = *need;
        Self { duty, customer: Some(customer), moved_from, dates, until }
    }
}
