//! Which dates are working days (rules.toml `[calendar]`).

use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::BTreeSet;

use super::time::DateSpan;

/// Monday–Friday less holidays plus make-up workdays.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// The years whose official days are listed.
    pub years: BTreeSet<i32>,
    pub holidays: BTreeSet<NaiveDate>,
    pub makeup_workdays: BTreeSet<NaiveDate>,
}

impl Calendar {
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        if weekend { self.makeup_workdays.contains(&date) } else { !self.holidays.contains(&date) }
    }

    /// The years of a span that are not listed, and so are taken as plain weekdays.
    pub fn unlisted_years(&self, span: DateSpan) -> Vec<i32> {
        (span.first.year()..=span.last.year()).filter(|year| !self.years.contains(year)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_and_makeup_days_turn_the_week_around() {
        let date = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let calendar = Calendar {
            years: [2026].into(),
            holidays: [date("2026-09-25")].into(),
            makeup_workdays: [date("2026-09-20")].into(),
        };
        let working = |text| calendar.is_working_day(date(text));
        assert!(!working("2026-09-25"), "a Friday that is a holiday");
        assert!(working("2026-09-20"), "a Sunday worked in its stead");
        assert!(working("2026-09-24") && !working("2026-09-26"));
        let span = DateSpan { first: date("2025-12-31"), last: date("2027-01-01") };
        assert_eq!(calendar.unlisted_years(span), [2025, 2027]);
    }
}
