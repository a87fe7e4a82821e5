//! Calendar months, the periods made of them, and the working days of the calendar (SPEC §1).

use super::Date;
use chrono::{Datelike, Duration, NaiveDate, Weekday};
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month {
    pub year: i32,
    pub number: u32,
}

impl Month {
    pub(crate) fn of(date: Date) -> Month {
        Month { year: date.year(), number: date.month() }
    }

    pub(crate) fn parse(text: &str) -> Option<Month> {
        let (year, number) = text.split_once('-')?;
        Some(Month { year: year.parse().ok()?, number: number.parse().ok()? })
    }

    pub(crate) fn first(self) -> Date {
        NaiveDate::from_ymd_opt(self.year, self.number, 1).unwrap()
    }

    pub(crate) fn last(self) -> Date {
        self.plus(1).first() - Duration::days(1)
    }

    pub(crate) fn plus(self, months: i32) -> Month {
        let count = self.year * 12 + self.number as i32 - 1 + months;
        Month { year: count.div_euclid(12), number: count.rem_euclid(12) as u32 + 1 }
    }

    pub(crate) fn has(self, date: Date) -> bool {
        Month::of(date) == self
    }

    pub(crate) fn days(self) -> Vec<Date> {
        days(self.first(), self.last())
    }

    pub(crate) fn span(self) -> (Date, Date) {
        (self.first(), self.last())
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.number)
    }
}

pub(crate) fn days(first: Date, last: Date) -> Vec<Date> {
    first.iter_days().take_while(|d| *d <= last).collect()
}

/// A period of a finding or a service, by name: `2026-10`, `2026-W41`, `2026Q4`, `2026H2`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Period {
    pub name: String,
    pub first: Date,
    pub last: Date,
}

/// The period of `every` length that holds the date.
pub(crate) fn period(every: &str, date: Date) -> Period {
    let span = |from: Month, months: i32| (from.first(), from.plus(months - 1).last());
    let (name, (first, last)) = match every {
        "week" => {
            let week = date.iso_week();
            let monday = NaiveDate::from_isoywd_opt(week.year(), week.week(), Weekday::Mon).unwrap();
            (format!("{}-W{:02}", week.year(), week.week()), (monday, monday + Duration::days(6)))
        }
        "month" => (Month::of(date).to_string(), span(Month::of(date), 1)),
        "quarter" => {
            let q = date.month0() / 3;
            (format!("{}Q{}", date.year(), q + 1), span(Month { year: date.year(), number: q * 3 + 1 }, 3))
        }
        "half-year" => {
            let h = date.month0() / 6;
            (format!("{}H{}", date.year(), h + 1), span(Month { year: date.year(), number: h * 6 + 1 }, 6))
        }
        other => panic!("no such length: {other}"),
    };
    Period { name, first, last }
}

/// The period of that name.
pub(crate) fn named_period(name: &str) -> Option<Period> {
    let (year, rest) = (name.get(..4)?.parse().ok()?, name.get(4..)?);
    let number = |prefix: &str| rest.strip_prefix(prefix).and_then(|n| n.parse::<u32>().ok());
    let of_month = |every: &str, number: u32| NaiveDate::from_ymd_opt(year, number, 1).map(|d| period(every, d));
    match (number("-W"), number("Q"), number("H"), number("-")) {
        (Some(week), ..) => NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).map(|d| period("week", d)),
        (_, Some(q), ..) => of_month("quarter", q * 3),
        (_, _, Some(h), _) => of_month("half-year", h * 6),
        (.., Some(month)) => of_month("month", month),
        _ => None,
    }
}

fn listed(key: &str) -> BTreeSet<Date> {
    let rules = include_str!("../../../rules.toml");
    let from = rules.find(&format!("\n{key} = [")).unwrap_or_else(|| panic!("{key} in rules.toml"));
    let list = rules[from..].split_once('[').unwrap().1.split_once(']').unwrap().0;
    list.split([',', '\n']).filter_map(|d| d.trim().parse().ok()).collect()
}

static HOLIDAYS: LazyLock<BTreeSet<Date>> = LazyLock::new(|| listed("holidays"));
static MAKEUP: LazyLock<BTreeSet<Date>> = LazyLock::new(|| listed("makeup_workdays"));

/// A working day of the calendar (§1).
pub(crate) fn working(date: Date) -> bool {
    let weekday = !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    (weekday && !HOLIDAYS.contains(&date)) || MAKEUP.contains(&date)
}

/// A deadline of n days, not before the calendar's second working day after (§3).
pub(crate) fn deadline(from: Date, n: i64) -> Date {
    (from + Duration::days(n)).max(working_day_after(from, 2))
}

/// The n-th working day of the calendar after a date.
pub(crate) fn working_day_after(date: Date, n: u32) -> Date {
    let mut day = date;
    for _ in 0..n {
        day = day.succ_opt().unwrap();
        while !working(day) {
            day = day.succ_opt().unwrap();
        }
    }
    day
}
