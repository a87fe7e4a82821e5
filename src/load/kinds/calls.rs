//! Rows of calls files (SPEC §2.1).

use crate::cell::reason::Reject;
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

/// A phone call.
#[derive(Clone, Copy, Debug)]
pub struct CallRow {
    number: Phone,
    started: Moment,
    seconds: u32,
    direction: Direction,
}

impl Parse for CallRow {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager_or_own_number()?;
        Ok(Self {
            number: cells.key_phone(Column::Number)?,
            started: cells.key_moment(Column::StartedAt, None)?,
            seconds: cells.seconds()?,
            direction: cells.word(Column::Direction).unwrap_or(Direction::Out),
        })
    }
}

impl Row for CallRow {
    const KIND: Kind = Kind::Calls;
    const DATED_BY: Option<Column> = Some(Column::StartedAt);
    type Record<'a> = Call;

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> Call {
        let Self { number, started, seconds, direction } = *placed.row;
        let unknown = placed.unknown;
        Call { at: placed.at, manager: placed.manager, number, started, seconds, direction, unknown }
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.started.date)
    }
}
