//! The days of a month as a set.

use crate::model::{DateSpan, Month};
use chrono::{Datelike, NaiveDate};

/// Days of one month: bit 0 is its first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DaySet(u32);

impl DaySet {
    /// No month has more days.
    pub(crate) const MOST: usize = 31;

    pub(crate) fn of(dates: impl IntoIterator<Item = NaiveDate>) -> Self {
        Self(dates.into_iter().fold(0, |bits, date| bits | 1 << date.day0()))
    }

    /// The days of a month that lie in a span.
    pub(crate) fn within(month: Month, span: DateSpan) -> Self {
        Self::of(month.span().days().filter(|date| span.contains(*date)))
    }

    pub(crate) fn one(day: usize) -> Self {
        Self(1 << day)
    }

    pub(crate) fn len(self) -> u32 {
        self.0.count_ones()
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn has(self, day: usize) -> bool {
        self.0 >> day & 1 == 1
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn less(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// From the first to the last.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let day = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(day)
        })
    }

    pub(crate) fn last(self) -> Option<usize> {
        self.0.checked_ilog2().map(|day| day as usize)
    }

    pub(crate) fn dates(self, month: Month) -> impl Iterator<Item = NaiveDate> {
        self.iter().map(move |day| month.first() + chrono::Days::new(day as u64))
    }
}
