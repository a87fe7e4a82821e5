//! Rows of inquiries files (SPEC §2.1).

use crate::cell::reason::Reject;
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::arena::Arena;
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

impl Parse for Inquiry {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        let id = cells.id(Column::InquiryId);
        cells.manager()?;
        Ok(Self {
            at: At::default(),
            id: (!id.is_empty()).then(|| id.into()),
            manager: ManagerId::NOBODY,
            customer: Arena::number_if_any(cells.customer_if_any()).map(Arena::id_in_chunk),
            kind: cells.word(Column::Kind).unwrap_or(InquiryKind::Inquiry),
            received: cells.key_date_or_moment(Column::ReceivedAt)?,
            replied: cells.date_or_moment(Column::RepliedAt),
            upheld: cells.flag(Column::Upheld),
            duty: cells.flag(Column::Duty),
            unknown: cells.unknown,
        })
    }
}

impl Row for Inquiry {
    const KIND: Kind = Kind::Inquiries;
    const DATED_BY: Option<Column> = Some(Column::ReceivedAt);
    type Record<'a> = Self;

    fn open(placed: &Placed<Self>) -> Self {
        let (manager, customer) = (placed.manager, placed.customer_if_any());
        Self { at: placed.at, manager, customer, unknown: placed.unknown, ..placed.row.clone() }
    }

    fn customer(&self) -> Option<u16> {
        self.customer.and_then(Arena::number_in_chunk)
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.received.date)
    }
}
