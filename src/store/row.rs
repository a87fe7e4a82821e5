//! What the store has to know of a row: whose it is, when it is of, and what it competes by.

use crate::model::{At, Column, ColumnSet, CustomerId, DateSpan, DayStatus, Kind, ManagerId, Moment};
use crate::store::arena::{Arena, TextAt};
use chrono::NaiveDate;

/// A row of a kind, as it is kept: packed where there are many, else the record itself.
pub trait Row: Clone + Send + Sync + 'static {
    const KIND: Kind;
    /// The column that tells the date by which it is of a period; where that cannot be read, the row may be of any.
    const DATED_BY: Option<Column>;
    /// What a row is opened as.
    type Record<'a>: Send;

    /// The record, with all that the row refers to.
    fn open<'a>(placed: &Placed<'a, Self>) -> Self::Record<'a>;

    /// The customer's number among those of the chunk.
    fn customer(&self) -> Option<u16> {
        None
    }

    /// A record number, for which rows compete.
    fn id(&self) -> TextAt {
        TextAt::default()
    }

    /// Among competing rows the latest version is used.
    fn version(&self) -> Option<Moment> {
        None
    }

    /// The date that windows, horizon and `--as-of` go by.
    fn date(&self) -> Option<NaiveDate>;

    /// Another date for which a rule may look at this row.
    fn other_date(&self) -> Option<NaiveDate> {
        None
    }

    /// Whether a run that looks at this span of dates looks at this row.
    fn is_within(&self, span: DateSpan) -> bool {
        match (self.date(), self.other_date()) {
            (None, None) => true,
            (date, other) => {
                date.is_some_and(|date| span.contains(date)) || other.is_some_and(|date| span.contains(date))
            }
        }
    }

    /// Another column that may name a date for which a rule looks at the row; where it cannot be read, that may be any.
    const NAMES_ANOTHER: Option<Column> = None;

    /// Whether the run looks at the row, or may, for what cannot be read of it.
    fn may_be_within(&self, span: DateSpan, unknown: impl FnOnce() -> ColumnSet) -> bool {
        self.is_within(span) || Self::NAMES_ANOTHER.is_some_and(|column| unknown().contains(column))
    }

    /// Whether it is read though it is dated after `--as-of`.
    fn is_read_late(&self, _unknown: ColumnSet, _excusing: &[DayStatus]) -> bool {
        false
    }

    /// When it was uploaded, where rows that differ in nothing else, nor in their record numbers, are one that was sent twice.
    fn uploaded(&self) -> Option<Moment> {
        None
    }

    /// A row that is kept but speaks of no visit or no check.
    fn is_set_aside(&self) -> bool {
        false
    }

    /// Whether it has a position that counts as empty: (0,0), or one off the globe.
    fn is_nowhere(&self) -> bool {
        false
    }
}

/// A row with what it refers to.
pub struct Placed<'a, T> {
    pub row: &'a T,
    pub at: At,
    pub manager: ManagerId,
    /// The columns whose cells cannot be read.
    pub unknown: ColumnSet,
    pub arena: &'a Arena,
    /// The customers that rows of the chunk name, in the numbers of the run.
    pub(super) customers: &'a [CustomerId],
}

impl<T: Row> Placed<'_, T> {
    /// The customer whom the row names.
    #[inline]
    pub fn customer(&self) -> CustomerId {
        self.customer_if_any().unwrap_or(CustomerId::NOBODY)
    }

    #[inline]
    pub fn customer_if_any(&self) -> Option<CustomerId> {
        self.row.customer().and_then(|local| self.customers.get(usize::from(local)).copied())
    }
}
