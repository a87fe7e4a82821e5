//! Months and periods (SPEC §2.1).

use super::cells::{Cell, bare_digits};
use super::dates;
use super::reason::Reason;
use crate::model::{Month, Period, fold};

/// A month: `2026-10`, `2026/10`, `2026年10月`, `202610`, or the month of a date.
pub(crate) fn month(cell: &str) -> Cell<Month> {
    Cell::read(cell, Reason::NotMonth, |cell| month_of(&fold(cell)))
}

/// `2026-10`, `2026-W41`, `2026Q4`, `2026H2`, or a month in any spelling.
pub(crate) fn period(cell: &str) -> Cell<Period> {
    Cell::read(cell, Reason::NotPeriod, |cell| {
        let folded = fold(cell);
        Period::parse(&folded).or_else(|| month_of(&folded).map(Period::Month))
    })
}

fn month_of(folded: &str) -> Option<Month> {
    if let Some(date) = dates::date(folded).value() {
        return Some(Month::of(date));
    }
    let (year, month) = match folded.split_once(['-', '/', '.', '年']) {
        Some((year, month)) => (year.trim(), month.trim()),
        None if folded.len() == 6 && bare_digits(folded) => folded.split_at(4),
        None => return None,
    };
    let month = month.strip_suffix('月').unwrap_or(month);
    let valid = year.len() == 4 && bare_digits(year) && month.len() <= 2 && bare_digits(month);
    valid.then(|| Month::new(year.parse().ok()?, month.parse().ok()?))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_periods_in_any_spelling() {
        let october = Month::new(2026, 10);
        for text in ["2026-10", "2026/10", "2026年10月", "202610", "2026-10-01", "46296"] {
            assert_eq!(month(text).value(), october, "{text}");
        }
        assert_eq!((month("26-10"), month("无")), (Cell::Unknown(Reason::NotMonth), Cell::Empty));
        assert_eq!(period("2026年10月").value(), october.map(Period::Month));
        assert_eq!(period("2026q4").value(), Period::parse("2026Q4"));
        assert_eq!(period("四季度"), Cell::Unknown(Reason::NotPeriod));
    }
}
