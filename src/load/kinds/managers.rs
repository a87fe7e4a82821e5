//! Rows of managers files (SPEC §2.1).

use crate::cell::reason::Reject;
use crate::load::context::OwnNumbers;
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::partition::Partition;
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;
use std::collections::HashSet;

impl Parse for Manager {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        Ok(Self {
            at: At::default(),
            id: ManagerId::NOBODY,
            name: cells.name(Column::Name).map(Into::into),
            branch: cells.words(Column::Branch).map(Into::into),
            phones: cells.own_phones(Column::Phone),
            joined_on: cells.date(Column::JoinedOn),
            left_on: cells.date(Column::LeftOn),
            unknown: cells.unknown,
        })
    }
}

impl Row for Manager {
    const KIND: Kind = Kind::Managers;
    const DATED_BY: Option<Column> = None;
    type Record<'a> = Self;

    fn open(placed: &Placed<Self>) -> Self {
        Self { at: placed.at, id: placed.manager, unknown: placed.unknown, ..placed.row.clone() }
    }

    fn date(&self) -> Option<NaiveDate> {
        None
    }
}

/// The managers' telephone numbers. Of two rows for one manager the later one stands.
pub(crate) fn own_numbers(managers: &Partition<Manager>) -> OwnNumbers {
    let mut own_numbers = OwnNumbers::new();
    let mut met: HashSet<&str> = HashSet::new();
    let stretches = managers.chunks.iter().flat_map(|chunk| chunk.stretches_by_id());
    for (id, row) in stretches.flat_map(|(id, rows)| rows.iter().map(move |row| (id, row))) {
        if !met.insert(id) {
            own_numbers.retain(|_, owner| owner.as_deref() != Some(id));
        }
        for phone in &row.phones {
            let owner = own_numbers.entry(*phone).or_insert_with(|| Some(id.into()));
            if owner.as_deref() != Some(id) {
                *owner = None;
            }
        }
    }
    own_numbers
}
