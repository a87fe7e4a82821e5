//! Rows of appeals files (SPEC-month §4).

use crate::cell::dates;
use crate::cell::periods;
use crate::cell::reason::Reject;
use crate::load::row::{Cells, Parse};
use crate::model::*;
use crate::store::arena::Arena;
use crate::store::row::{Placed, Row};
use chrono::NaiveDate;

/// The columns that hold no free text: what stands there may be something else.
const TYPED: [Column; 4] = [Column::Month, Column::FiledOn, Column::Decision, Column::DecidedOn];

impl Parse for Appeal {
    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager = Arena::NONE;
        let finding_id = cells.key_id(Column::FindingId)?.into();
        let mut words = |column| cells.words(column).map(Box::from);
        let [measured, reason_code, reason, evidence, decided_by, note]: [Option<Box<str>>; 6] = [
            words(Column::Measured),
            words(Column::ReasonCode),
            words(Column::Reason),
            words(Column::Evidence),
            words(Column::DecidedBy),
            words(Column::Note),
        ];
        let moment = |text: &str| {
            let with_time = dates::moment(text, Some(Self::NO_DAY)).value();
            with_time.or_else(|| dates::date_or_moment(text).value())
        };
        let measured_at = measured.as_deref().and_then(moment);
        let month = cells.read(Column::Month, periods::month);
        let filed = cells.date_or_moment(Column::FiledOn);
        let decision = cells.word(Column::Decision);
        let decided = cells.date_or_moment(Column::DecidedOn);
        let unread = TYPED.into_iter().filter(|column| cells.unknown.contains(*column)).collect::<Vec<Column>>();
        let unread = unread.into_iter().map(|column| (column, cells.text(column).into())).collect();
        Ok(Self {
            at: At::default(),
            finding_id,
            month,
            measured,
            measured_at,
            reason_code,
            reason,
            evidence,
            filed,
            decision,
            decided_by,
            decided,
            note,
            unread,
            unknown: cells.unknown,
        })
    }
}

impl Row for Appeal {
    const KIND: Kind = Kind::Appeals;
    /// Whatever the dates in it, an appeal is read: `--as-of` and the months looked at do not touch it.
    const DATED_BY: Option<Column> = None;
    type Record<'a> = Self;

    fn open(placed: &Placed<Self>) -> Self {
        Self { at: placed.at, unknown: placed.unknown, ..placed.row.clone() }
    }

    fn version(&self) -> Option<Moment> {
        self.decided
    }

    fn date(&self) -> Option<NaiveDate> {
        None
    }

    /// A row of a form that nobody has filled in.
    fn is_set_aside(&self) -> bool {
        let is_empty = self.reason_code.is_none() && self.reason.is_none() && self.filed.is_none();
        let columns = [Column::ReasonCode, Column::Reason, Column::FiledOn, Column::Decision];
        is_empty && self.decision.is_none() && !columns.iter().any(|column| self.unknown.contains(*column))
    }
}
