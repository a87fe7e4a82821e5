//! Rows of plans files (SPEC §2.1).

use super::batch::{Numbers, Placed};
use super::cells;
use super::kinds::Row;
use super::row::{Cells, Reject, Why};
use crate::model::*;
use chrono::NaiveDate;

/// A planned visit.
#[derive(Clone, Copy, Debug)]
pub struct PlannedRow {
    phones: Numbers,
    customer: u16,
    tool: u16,
    mode: Option<Mode>,
    date: NaiveDate,
    seq: Option<u32>,
    created: Option<Moment>,
    rescheduled_from: Option<NaiveDate>,
}

impl PlannedRow {
    /// The customer's number among those of the batch.
    pub fn customer(&self) -> u16 {
        self.customer
    }
}

impl Row for PlannedRow {
    const KIND: Kind = Kind::Plans;
    type Record<'a> = PlanRow<'a>;
    /// Plans are made ahead of the horizon.
    const AS_OF: bool = false;

    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        Ok(Self {
            customer: cells.customer()?,
            date: cells.key_date(Column::Date)?,
            seq: cells.read(Column::Seq, Why::NotNumber, cells::whole),
            mode: cells.word(Column::Mode),
            phones: cells.phones(&[Column::Phone]),
            tool: cells.pooled(Column::Tool),
            created: cells.date_or_moment(Column::CreatedAt),
            rescheduled_from: cells.date(Column::RescheduledFrom),
        })
    }

    fn open<'a>(placed: &Placed<'a, Self>) -> PlanRow<'a> {
        let Self { phones, customer, tool, mode, date, seq, created, rescheduled_from } = *placed.row;
        PlanRow {
            at: placed.at,
            manager: placed.manager,
            customer: placed.customer(customer),
            date,
            seq,
            mode,
            phones: placed.pools().phones(phones),
            tool: placed.pools().text(tool),
            created,
            rescheduled_from,
        }
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.date)
    }

    fn other_date(&self) -> Option<NaiveDate> {
        self.rescheduled_from
    }
}
