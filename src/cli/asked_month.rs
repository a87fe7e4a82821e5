//! `--month` and `--quarter`: which month a run looks at.

use super::dates;
use crate::lang::{say, words};
use crate::model::{DateSpan, Every, Month, Period};
use crate::trouble::Trouble;
use chrono::NaiveDate;
use clap::ArgMatches;

/// The month as it was asked for.
#[derive(Clone, Copy)]
pub(super) enum AskedMonth {
    /// That of the horizon.
    Usual,
    /// The latest that is complete for every manager.
    Last,
    /// The one before a month that turned out not to be.
    Before(Month),
    Given(Month),
    /// That of a date that was given.
    Day(NaiveDate),
    /// The last of a quarter, given or that of the horizon.
    Quarter(Option<Period>),
}

impl AskedMonth {
    pub(super) fn of(matches: &ArgMatches) -> Result<Self, Trouble> {
        // Not every command has a month.
        match matches.try_get_one::<String>("month").ok().flatten().map(String::as_str) {
            None => Ok(Self::Usual),
            Some("last") => Ok(Self::Last),
            Some(text) => {
                let month = Month::parse(text).ok_or_else(|| {
                    Trouble::new(say(format!("--month：{text} 不是月份"), format!("--month: {text} is not a month")))
                        .required(words("形如 2026-09，或 last", "a month such as 2026-09, or last"))
                })?;
                dates::in_range("--month", month.first()).map(|_| Self::Given(month))
            }
        }
    }

    /// Which it is, where the data end with this date.
    pub(super) fn month(self, horizon: NaiveDate) -> Month {
        match self {
            Self::Given(month) | Self::Before(month) => month,
            Self::Day(date) => Month::of(date),
            Self::Quarter(quarter) => {
                let quarter = quarter.unwrap_or_else(|| Period::containing(Every::Quarter, horizon));
                Month::of(quarter.span().last)
            }
            Self::Last | Self::Usual => Month::of(horizon),
        }
    }

    /// A month that the data do not reach to cannot be looked at.
    pub(super) fn check(self, month: Month, reach: Option<DateSpan>) -> Result<(), Trouble> {
        let (span, asked) = match self {
            Self::Quarter(_) => {
                let quarter = Period::containing(Every::Quarter, month.first());
                (quarter.span(), quarter.to_string())
            }
            Self::Day(date) => (month.span(), date.to_string()),
            _ => (month.span(), month.to_string()),
        };
        let Some(reach) = reach.filter(|reach| !reach.overlaps(span)) else { return Ok(()) };
        if matches!(self, Self::Last | Self::Before(_)) {
            // Behind the data's end there may be one that is complete.
            if span.first > reach.last {
                return Ok(());
            }
            let found = words("--month last：数据中还没有完整的月份", "--month last: no month is over in the data yet");
            return Err(Trouble::new(found).remedy(words("用 --month 给出月份", "give the month with --month")));
        }
        Err(Trouble::new(say(
            format!("数据中没有 {asked}：拜访与计划在 {} 至 {} 之间", reach.first, reach.last),
            format!("{asked} is not in the data: visits and plan rows run from {} to {}", reach.first, reach.last),
        ))
        .remedy(match self {
            Self::Quarter(_) => words("换一个 --quarter，或换数据文件", "give another --quarter, or other files"),
            Self::Day(_) => words("换一个日期，或换数据文件", "give another date, or other files"),
            _ => words("换一个 --month，或换数据文件", "give another --month, or other files"),
        }))
    }
}
