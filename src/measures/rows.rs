//! Looking up rows that are sorted by date.

use crate::model::DateSpan;
use chrono::NaiveDate;
use std::ops::Range;

/// The rows of a date among rows sorted by date.
pub(super) fn on_date<T>(rows: &[T], date: NaiveDate, date_of: impl Fn(&T) -> NaiveDate) -> &[T] {
    let from = rows.partition_point(|row| date_of(row) < date);
    let count = rows[from..].iter().take_while(|row| date_of(row) == date).count();
    &rows[from..from + count]
}

/// Cuts the rows of a date off the front of rows sorted by date that begin no earlier.
pub(super) fn cut_date<'r, T>(rows: &mut &'r [T], date: NaiveDate, date_of: impl Fn(&T) -> NaiveDate) -> &'r [T] {
    let count = rows.iter().take_while(|row| date_of(row) == date).count();
    let (of_date, rest) = rows.split_at(count);
    *rows = rest;
    of_date
}

/// The rows of a span among rows sorted by date.
pub(super) fn within<T>(rows: &[T], span: DateSpan, date_of: impl Fn(&T) -> NaiveDate) -> &[T] {
    &rows[range_within(rows, span, date_of)]
}

/// Where the rows of a span stand among rows sorted by date.
pub(super) fn range_within<T>(rows: &[T], span: DateSpan, date_of: impl Fn(&T) -> NaiveDate) -> Range<usize> {
    let from = rows.partition_point(|row| date_of(row) < span.first);
    let to = rows.partition_point(|row| date_of(row) <= span.last);
    from..to.max(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_date_and_of_a_span_are_found() {
        let day = |number: u64| NaiveDate::default() + chrono::Days::new(number);
        let rows = [1, 2, 2, 4].map(day);
        assert_eq!(on_date(&rows, day(2), |date| *date), [day(2), day(2)]);
        assert!(on_date(&rows, day(3), |date| *date).is_empty());
        let span = DateSpan { first: day(2), last: day(3) };
        assert_eq!(within(&rows, span, |date| *date).len(), 2);
        let nothing = DateSpan { first: day(4), last: day(1) };
        assert!(within(&rows, nothing, |date| *date).is_empty());
    }
}
