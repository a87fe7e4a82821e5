//! Days, moments, months and periods: local wall-clock time, no zones (SPEC §1).

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

use super::quantity::refuse;

pub const DAY_SECONDS: u32 = 86_400;

/// A date and the second of that day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment {
    pub date: NaiveDate,
    /// Seconds since midnight, below 86,400.
    pub second: u32,
}

impl Moment {
    pub fn new(date: NaiveDate, second: u32) -> Self {
        debug_assert!(second < DAY_SECONDS);
        Self { date, second }
    }

    /// Seconds from `earlier` to this moment; negative if it is later.
    pub fn since(self, earlier: Moment) -> i64 {
        // Mostly both lie on one date, and telling dates apart takes long.
        let days = if self.date == earlier.date { 0 } else { (self.date - earlier.date).num_days() };
        days * i64::from(DAY_SECONDS) + i64::from(self.second) - i64::from(earlier.second)
    }

    /// The moment `seconds` later, if the calendar reaches that far.
    pub fn plus(self, seconds: u64) -> Option<Self> {
        let total = seconds + u64::from(self.second);
        let date = self.date.checked_add_days(Days::new(total / u64::from(DAY_SECONDS)))?;
        Some(Self::new(date, (total % u64::from(DAY_SECONDS)) as u32))
    }

    pub fn clock(self) -> ClockTime {
        ClockTime(self.second)
    }
}

/// `2026-10-09 08:05:31`
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, self.clock().long())
    }
}

/// A time of day, in seconds since midnight. In rules.toml: `"08:30"` or `"08:30:00"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockTime(pub u32);

impl ClockTime {
    /// `08:41:10`
    pub fn long(self) -> String {
        format!("{:02}:{:02}:{:02}", self.0 / 3600, self.0 / 60 % 60, self.0 % 60)
    }

    /// Whether it is no later than a limit, both in whole minutes (SPEC §3): 08:30:59 is 08:30.
    pub fn is_by(self, limit: Self) -> bool {
        self.0 / 60 <= limit.0 / 60
    }

    fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(':').collect();
        let field = |at: usize, limit: u32| -> Option<u32> {
            let part = parts.get(at).copied().unwrap_or("00");
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|value| digits && *value < limit)
        };
        let valid = parts.len() == 2 || parts.len() == 3;
        valid.then_some(())?;
        Some(Self(field(0, 24)? * 3600 + field(1, 60)? * 60 + field(2, 60)?))
    }
}

/// `08:30`, with seconds only where there are any.
impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let long = self.long();
        f.write_str(long.strip_suffix(":00").unwrap_or(&long))
    }
}

impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        value
            .as_str()
            .and_then(Self::parse)
            .ok_or_else(|| refuse("带引号的时刻，如 \"08:30\"", "a quoted time of day such as \"08:30\""))
    }
}

impl Serialize for ClockTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(|first| Self { first })
    }

    pub fn of(date: NaiveDate) -> Self {
        Self { first: date.with_day(1).expect("every month has a first day") }
    }

    /// `2026-10`
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
        (digits(year, 4) && digits(month, 2)).then_some(())?;
        Self::new(year.parse().ok()?, month.parse().ok()?)
    }

    pub fn first(self) -> NaiveDate {
        self.first
    }

    pub fn last(self) -> NaiveDate {
        let days = u32::from(self.first.num_days_in_month());
        self.first.with_day(days).expect("every month has as many days as it has")
    }

    /// The month `n` months later (earlier if negative). Years beyond chrono's range do not occur in cells.
    pub fn plus(self, n: i32) -> Self {
        let step = Months::new(n.unsigned_abs());
        let first = if n < 0 { self.first.checked_sub_months(step) } else { self.first.checked_add_months(step) };
        Self { first: first.expect("four-digit years lie far inside the calendar") }
    }

    pub fn span(self) -> DateSpan {
        DateSpan { first: self.first(), last: self.last() }
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        date.month() == self.number() && date.year() == self.year()
    }

    pub fn year(self) -> i32 {
        self.first.year()
    }

    pub fn number(self) -> u32 {
        self.first.month()
    }
}

/// `2026-10`
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

/// From a first to a last date, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateSpan {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl DateSpan {
    pub fn contains(self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }

    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        self.first.iter_days().take_while(move |date| *date <= self.last)
    }

    /// The smallest span that holds both.
    pub fn union(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The span with `days` more at both ends.
    pub fn widened(self, days: u64) -> Self {
        Self {
            first: self.first.checked_sub_days(Days::new(days)).unwrap_or(self.first),
            last: self.last.checked_add_days(Days::new(days)).unwrap_or(self.last),
        }
    }
}

/// A period that a unit or a service is judged over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// The ISO week (Monday–Sunday) that begins on this Monday.
    Week(NaiveDate),
    Month(Month),
    /// The quarter that begins with this month.
    Quarter(Month),
    /// The half-year that begins with this month.
    HalfYear(Month),
}

/// How long the periods of something are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    Week,
    Month,
    Quarter,
    HalfYear,
}

impl Period {
    /// The period of a length that holds a date.
    pub fn containing(every: Every, date: NaiveDate) -> Self {
        let month = Month::of(date);
        let first_of = |months: i32| month.plus(-((month.number() as i32 - 1) % months));
        match every {
            Every::Week => Self::Week(date.week(chrono::Weekday::Mon).first_day()),
            Every::Month => Self::Month(month),
            Every::Quarter => Self::Quarter(first_of(3)),
            Every::HalfYear => Self::HalfYear(first_of(6)),
        }
    }

    pub fn length(self) -> Every {
        match self {
            Self::Week(_) => Every::Week,
            Self::Month(_) => Every::Month,
            Self::Quarter(_) => Every::Quarter,
            Self::HalfYear(_) => Every::HalfYear,
        }
    }

    pub fn span(self) -> DateSpan {
        let months = |first: Month, n: i32| DateSpan { first: first.first(), last: first.plus(n - 1).last() };
        match self {
            Self::Week(monday) => DateSpan { first: monday, last: monday + Days::new(6) },
            Self::Month(month) => months(month, 1),
            Self::Quarter(first) => months(first, 3),
            Self::HalfYear(first) => months(first, 6),
        }
    }

    /// `2026-10`, `2026-W41`, `2026Q4`, `2026H2`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase();
        let (year, tail) = text.split_at_checked(4)?;
        let year: i32 = year.parse().ok().filter(|_| year.bytes().all(|b| b.is_ascii_digit()))?;
        let tail = tail.strip_prefix('-').unwrap_or(tail);
        let number = |digits: &str| -> Option<u32> {
            (1..=2).contains(&digits.len()).then_some(())?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        if let Some(week) = tail.strip_prefix('W') {
            return NaiveDate::from_isoywd_opt(year, number(week)?, chrono::Weekday::Mon).map(Self::Week);
        }
        if let Some(quarter) = tail.strip_prefix('Q') {
            let quarter = number(quarter).filter(|n| (1..=4).contains(n))?;
            return Month::new(year, quarter * 3 - 2).map(Self::Quarter);
        }
        if let Some(half) = tail.strip_prefix('H') {
            let half = number(half).filter(|n| (1..=2).contains(n))?;
            return Month::new(year, half * 6 - 5).map(Self::HalfYear);
        }
        Month::new(year, number(tail)?).map(Self::Month)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Week(monday) => {
                let week = monday.iso_week();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month(month) => write!(f, "{month}"),
            Self::Quarter(first) => write!(f, "{:04}Q{}", first.year(), first.number().div_ceil(3)),
            Self::HalfYear(first) => write!(f, "{:04}H{}", first.year(), first.number().div_ceil(6)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn moments_subtract_across_midnight() {
        let late = Moment::new(day("2026-09-30"), 86_399);
        let early = late.plus(2).unwrap();
        assert_eq!(early, Moment::new(day("2026-10-01"), 1));
        assert_eq!((early.since(late), late.since(early)), (2, -2));
    }

    #[test]
    fn months_know_their_ends_and_neighbours() {
        let month = Month::parse("2026-12").unwrap();
        assert_eq!(month.last(), day("2026-12-31"));
        assert_eq!(month.plus(1).to_string(), "2027-01");
        assert_eq!(month.plus(-12).to_string(), "2025-12");
        for wrong in ["2026-13", "2026-1", "26-01", "2026/01", "", "last"] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn periods_print_as_they_read() {
        for text in ["2026-10", "2026-W41", "2026Q4", "2026H2", "2026H1", "2026Q1"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Period::parse("2026-w41").unwrap().span().first, day("2026-10-05"));
        assert_eq!(Period::parse("2026Q4").unwrap().span().last, day("2026-12-31"));
        for wrong in ["2026Q5", "2026H3", "2026-W54", "2026-13", "26Q1", "2026"] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn clock_times_are_two_digits_a_field() {
        assert_eq!(ClockTime::parse("08:30"), Some(ClockTime(30_600)));
        assert_eq!(ClockTime(30_601).to_string(), "08:30:01");
        assert_eq!(ClockTime(30_600).to_string(), "08:30");
        for wrong in ["8:30", "24:00", "08:60", "08", "0830", "08:30:", "+8:30"] {
            assert_eq!(ClockTime::parse(wrong), None, "{wrong}");
        }
    }
}
