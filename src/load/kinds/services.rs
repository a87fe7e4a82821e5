//! Rows of services files (SPEC §2.1).

use crate::cell::reason::Reject;
use crate::cell::{cells, periods};
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::arena::Arena;
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

impl Parse for Service {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        Ok(Self {
            at: At::default(),
            manager: ManagerId::NOBODY,
            item: cells.key(Column::Item, "", cells::text)?.into(),
            customer: Arena::number_if_any(cells.customer_if_any()).map(Arena::id_in_chunk),
            done_on: cells.key_date(Column::DoneOn)?,
            period: cells.read(Column::Period, periods::period),
            unknown: cells.unknown,
        })
    }
}

impl Row for Service {
    const KIND: Kind = Kind::Services;
    const DATED_BY: Option<Column> = Some(Column::DoneOn);
    type Record<'a> = Self;

    fn open(placed: &Placed<Self>) -> Self {
        let (manager, customer) = (placed.manager, placed.customer_if_any());
        Self { at: placed.at, manager, customer, unknown: placed.unknown, ..placed.row.clone() }
    }

    fn customer(&self) -> Option<u16> {
        self.customer.and_then(Arena::number_in_chunk)
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.done_on)
    }

    /// One that names a period which cannot be read may be of any.
    fn is_within(&self, span: DateSpan) -> bool {
        let names = self.period.is_some_and(|period| span.overlaps(period.span()));
        self.unknown.contains(Column::Period) || names || span.contains(self.done_on)
    }
}
