//! Rows of plans files (SPEC §2.1).

use crate::cell::numbers;
use crate::cell::reason::Reject;
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::arena::{Arena, Numbers};
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

/// A planned visit.
#[derive(Clone, Copy, Debug)]
pub struct PlannedRow {
    phones: Numbers,
    customer: u16,
    tool: u16,
    purpose: u16,
    mode: Option<Mode>,
    date: NaiveDate,
    seq: Seq,
    created: Option<Moment>,
    rescheduled_from: Option<NaiveDate>,
}

/// A number that may be missing, in its own space; the greatest of all stands for the one below it too.
#[derive(Clone, Copy, Debug)]
struct Seq(u32);

impl Seq {
    fn new(number: Option<u32>) -> Self {
        Self(number.map_or(u32::MAX, |number| number.min(u32::MAX - 1)))
    }

    fn number(self) -> Option<u32> {
        (self.0 != u32::MAX).then_some(self.0)
    }
}

impl Parse for PlannedRow {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        Ok(Self {
            customer: cells.customer()?,
            date: cells.key_date(Column::Date)?,
            seq: Seq::new(cells.read(Column::Seq, numbers::whole)),
            mode: cells.word(Column::Mode),
            phones: cells.phones(&[Column::Phone]),
            tool: cells.pooled(Column::Tool),
            purpose: cells.detail(Column::Purpose),
            created: cells.date_or_moment(Column::CreatedAt),
            rescheduled_from: cells.date(Column::RescheduledFrom),
        })
    }
}

impl Row for PlannedRow {
    const KIND: Kind = Kind::Plans;
    const DATED_BY: Option<Column> = Some(Column::Date);
    const NAMES_ANOTHER: Option<Column> = Some(Column::RescheduledFrom);
    type Record<'a> = PlanRow<'a>;

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> PlanRow<'a> {
        let Self { phones, customer: _, tool, purpose, mode, date, seq, created, rescheduled_from } = *placed.row;
        PlanRow {
            at: placed.at,
            manager: placed.manager,
            customer: placed.customer(),
            date,
            seq: seq.number(),
            mode,
            phones: placed.arena.phones(phones),
            tool: placed.arena.text(tool),
            purpose: placed.arena.text(purpose),
            created,
            rescheduled_from,
            unknown: placed.unknown,
        }
    }

    fn customer(&self) -> Option<u16> {
        Arena::number_if_any(self.customer)
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.date)
    }

    /// Plans are made ahead of the horizon.
    fn is_read_late(&self, _: ColumnSet, _: &[DayStatus]) -> bool {
        true
    }

    fn other_date(&self) -> Option<NaiveDate> {
        self.rescheduled_from
    }
}
