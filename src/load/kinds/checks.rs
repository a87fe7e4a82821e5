//! Rows of checks files (SPEC §2.1).

use crate::cell::reason::Reject;
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::arena::Arena;
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

impl Parse for Check {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        let customer = Arena::id_in_chunk(cells.customer()?);
        let checked_on = cells.date(Column::CheckedOn);
        let month = cells.month_or_that_of(checked_on)?;
        Ok(Self {
            at: At::default(),
            month,
            manager: ManagerId::NOBODY,
            customer,
            checked_on,
            result: cells.word(Column::Result),
            draw: cells.word(Column::Draw).unwrap_or(Draw::Random),
            unknown: cells.unknown,
        })
    }
}

impl Row for Check {
    const KIND: Kind = Kind::Checks;
    const DATED_BY: Option<Column> = Some(Column::Month);
    type Record<'a> = Self;

    fn open(placed: &Placed<Self>) -> Self {
        let (manager, customer) = (placed.manager, placed.customer());
        Self { at: placed.at, manager, customer, unknown: placed.unknown, ..*placed.row }
    }

    fn customer(&self) -> Option<u16> {
        Arena::number_in_chunk(self.customer)
    }

    fn date(&self) -> Option<NaiveDate> {
        self.checked_on
    }

    /// A check belongs to the month it was drawn for, whenever it was made; one that names a month which cannot be read, to
    /// any.
    fn is_within(&self, span: DateSpan) -> bool {
        self.unknown.contains(Column::Month) || span.overlaps(self.month.span())
    }

    fn is_set_aside(&self) -> bool {
        self.says_nothing()
    }
}
