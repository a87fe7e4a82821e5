//! Rows of quality files: what market checks found (SPEC-month §6).

use crate::cell::cells;
use crate::cell::reason::{Reason, Reject};
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::arena::Arena;
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

impl Parse for Quality {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        let customer = Arena::id_in_chunk(cells.customer()?);
        let item = cells.key(Column::Item, "", cells::text)?;
        let known = cells.quality_item(item);
        let checked_on = cells.date(Column::CheckedOn);
        let month = cells.month_or_that_of(checked_on)?;
        let score = cells.points(Column::Score)?;
        let max = cells.points(Column::Max)?.or(known.map(|known| known.max));
        let max = match (max, score) {
            _ if cells.is_rejected() => max.unwrap_or_default(),
            (None, _) => return Err(cells.reject(Column::Max, Reason::NoFullScore)),
            (Some(Points(0)), _) => return Err(cells.reject(Column::Max, Reason::NoPoints)),
            (Some(max), Some(score)) if score > max => {
                return Err(cells.reject(Column::Score, Reason::AboveFullScore { max: max.short().into() }));
            }
            (Some(max), _) => max,
        };
        // What else is written down is read, so that what cannot be read of it is told.
        cells.word::<Draw>(Column::Draw);
        Ok(Self {
            at: At::default(),
            month,
            manager: ManagerId::NOBODY,
            customer,
            item: known.map_or(item, |known| known.item.as_str()).into(),
            score,
            max,
            checked_on,
            unknown: cells.unknown,
        })
    }
}

impl Row for Quality {
    const KIND: Kind = Kind::Quality;
    const DATED_BY: Option<Column> = Some(Column::Month);
    type Record<'a> = Self;

    fn open(placed: &Placed<Self>) -> Self {
        let (manager, customer) = (placed.manager, placed.customer());
        Self { at: placed.at, manager, customer, unknown: placed.unknown, ..placed.row.clone() }
    }

    fn customer(&self) -> Option<u16> {
        Arena::number_in_chunk(self.customer)
    }

    /// Of several scores of an item the one checked last counts.
    fn version(&self) -> Option<Moment> {
        self.checked_on.map(|date| Moment::new(date, 0))
    }

    fn date(&self) -> Option<NaiveDate> {
        self.checked_on
    }

    /// As a spot check, of the month that it was made for, or of any where that cannot be read.
    fn is_within(&self, span: DateSpan) -> bool {
        self.unknown.contains(Column::Month) || span.overlaps(self.month.span())
    }

    /// A line of a score sheet that nobody has filled in.
    fn is_set_aside(&self) -> bool {
        self.score.is_none()
    }
}
