//! Rows of days files (SPEC §2.1).

use crate::cell::reason::Reject;
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

impl Parse for DayRecord {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        let date = cells.key_date(Column::Date)?;
        cells.manager()?;
        let day = (!cells.unknown.contains(Column::Date)).then_some(date);
        Ok(Self {
            at: At::default(),
            manager: ManagerId::NOBODY,
            date,
            status: cells.word(Column::Status).unwrap_or(DayStatus::Field),
            part: cells.word(Column::Part).unwrap_or(Part::Full),
            synced: cells.moment(Column::SyncedAt, day),
            summary: cells.moment(Column::SummaryAt, day),
            unknown: cells.unknown,
        })
    }
}

impl Row for DayRecord {
    const KIND: Kind = Kind::Days;
    const DATED_BY: Option<Column> = Some(Column::Date);
    type Record<'a> = Self;

    fn open(placed: &Placed<Self>) -> Self {
        Self { at: placed.at, manager: placed.manager, unknown: placed.unknown, ..*placed.row }
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.date)
    }

    /// Leave is known beforehand. A status that cannot be read may be one that excuses.
    fn is_read_late(&self, unknown: ColumnSet, excusing: &[DayStatus]) -> bool {
        excusing.contains(&self.status) || unknown.contains(Column::Status)
    }
}
