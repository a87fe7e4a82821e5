//! Dates that the command line names.

use crate::lang::{say, words};
use crate::trouble::Trouble;
use chrono::{Datelike, NaiveDate};
use std::ops::RangeInclusive;

/// The years that an option may speak of.
const YEARS: RangeInclusive<i32> = 1900..=9999;

/// `option`: as it stands on the command line.
pub(super) fn read(option: &str, text: &str) -> Result<NaiveDate, Trouble> {
    let date = text.parse().map_err(|_| {
        Trouble::new(say(format!("{option}：{text} 不是日期"), format!("{option}: {text} is not a date")))
            .required(words("形如 2026-09-30", "a date such as 2026-09-30"))
    })?;
    in_range(option, date)
}

pub(super) fn in_range(option: &str, date: NaiveDate) -> Result<NaiveDate, Trouble> {
    if YEARS.contains(&date.year()) {
        return Ok(date);
    }
    let found = say(format!("{option}：{date} 无效"), format!("{option}: {date} cannot be used"));
    Err(Trouble::new(found).required(words("1900 至 9999 年的日期", "a date of the years 1900 to 9999")))
}
