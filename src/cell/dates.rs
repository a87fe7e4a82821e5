//! Dates and times as cells have them (SPEC §2.2).

use super::cells::{Cell, bare_digits};
use super::clocks::{fraction_of_day, leading_digits, lone_time, time_of_day};
use super::reason::Reason;
use crate::model::{DAY_SECONDS, Moment, fold};
use chrono::{Datelike, Days, NaiveDate, TimeDelta};

/// Whether a date-time or time of day says no seconds: `8:05`, `下午1:20`, `8时5分`, `20261009 0805`.
pub(crate) fn is_without_seconds(cell: &str) -> bool {
    let cell = fold(cell);
    let clock = without_zone(&cell).map_or(&*cell, |(clock, _)| clock);
    match clock.matches(':').count() {
        0 if clock.contains('时') => !clock.contains('秒'),
        0 => {
            let last = clock.rsplit(['t', ' ']).next().unwrap_or_default();
            last.len() == 4 && bare_digits(last)
        }
        colons => colons == 1,
    }
}

/// A date and the time behind it, where there is one; 86,400 where that is 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DateAndTime {
    date: NaiveDate,
    second: Option<u32>,
}

/// A date; a time behind it is read and let go.
pub(crate) fn date(cell: &str) -> Cell<NaiveDate> {
    Cell::read(cell, Reason::NotDate, |cell| date_and_time(&fold(cell)).filter(is_within_its_day).map(|read| read.date))
}

/// A date with a time of day; with `day` given, a time alone will do.
pub(crate) fn moment(cell: &str, day: Option<NaiveDate>) -> Cell<Moment> {
    Cell::read(cell, Reason::NotMoment, |cell| {
        placed(cell, day).filter(is_within_its_day).and_then(DateAndTime::moment)
    })
}

/// The same, where 24:00 is the next day's 00:00.
pub(crate) fn end(cell: &str, day: Option<NaiveDate>) -> Cell<Moment> {
    Cell::read(cell, Reason::NotMoment, |cell| placed(cell, day).and_then(DateAndTime::moment))
}

/// A date whose time of day may be left out: then midnight.
pub(crate) fn date_or_moment(cell: &str) -> Cell<Moment> {
    Cell::read(cell, Reason::NotMoment, |cell| {
        let read = date_and_time(&fold(cell)).filter(is_within_its_day)?;
        Some(Moment::new(read.date, read.second.unwrap_or(0)))
    })
}

/// Whether a cell is a time of day without a date.
pub(crate) fn is_time_alone(cell: &str) -> bool {
    let cell = fold(cell);
    date_and_time(&cell).is_none() && lone_time(&cell).is_some()
}

fn placed(cell: &str, day: Option<NaiveDate>) -> Option<DateAndTime> {
    let cell = fold(cell);
    date_and_time(&cell).or_else(|| Some(DateAndTime { date: day?, second: Some(lone_time(&cell)?) }))
}

fn is_within_its_day(read: &DateAndTime) -> bool {
    read.second != Some(DAY_SECONDS)
}

impl DateAndTime {
    fn moment(self) -> Option<Moment> {
        let second = u64::from(self.second?);
        Moment::new(self.date, 0).plus(second)
    }
}

fn date_and_time(cell: &str) -> Option<DateAndTime> {
    if let Some(read) = serial(cell).or_else(|| unix_time(cell)) {
        return Some(read);
    }
    // Spreadsheets and data frames put `.0` behind digits.
    let cell = cell.strip_suffix(".0").filter(|digits| bare_digits(digits)).unwrap_or(cell);
    let (date, rest) = leading_date(cell)?;
    if rest.is_empty() {
        return Some(DateAndTime { date, second: None });
    }
    // A bare digit directly behind the date would be one more digit of the day.
    let next_is_digit = rest.starts_with(|c: char| c.is_ascii_digit());
    (!next_is_digit || cell.contains('日') || bare_digits(cell)).then_some(())?;
    let rest = without_weekday(rest);
    if rest.is_empty() {
        return Some(DateAndTime { date, second: None });
    }
    let time = rest.strip_prefix('t').unwrap_or(rest).trim_start();
    if let Some(second) = time_of_day(time) {
        return Some(DateAndTime { date, second: Some(second) });
    }
    let (time, ahead) = without_zone(time)?;
    let second = time_of_day(time).filter(|second| *second < DAY_SECONDS)?;
    shifted(date, i64::from(second) - i64::from(ahead))
}

/// Seconds that Beijing is ahead of UTC.
const BEIJING: i64 = 8 * 3600;

/// A moment of UTC, by a date and seconds from its midnight, on the clocks of China.
fn shifted(date: NaiveDate, seconds: i64) -> Option<DateAndTime> {
    let (here, day) = (seconds + BEIJING, i64::from(DAY_SECONDS));
    let date = date.checked_add_signed(TimeDelta::days(here.div_euclid(day)))?;
    Some(DateAndTime { date, second: Some(here.rem_euclid(day) as u32) })
}

/// Seconds since 1970 in UTC, or milliseconds, of the years 2015 to 2049: 10 or 13 digits.
fn unix_time(cell: &str) -> Option<DateAndTime> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, "0"));
    (bare_digits(whole) && bare_digits(fraction)).then_some(())?;
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
    shifted(epoch, seconds).filter(|read| (2015..=2049).contains(&read.date.year()))
}

/// What stands behind a day of the week: `星期二`, `周二`, `(周二)`.
fn without_weekday(rest: &str) -> &str {
    let text = rest.trim_start();
    if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return text;
    }
    let bare = text.strip_prefix(['(', '[']).unwrap_or(text);
    let named = ["星期", "周"].iter().find_map(|word| bare.strip_prefix(word));
    let behind = named.and_then(|day| day.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天']));
    behind.map_or(text, |behind| behind.strip_prefix([')', ']']).unwrap_or(behind).trim_start())
}

/// A time without its zone, and the seconds by which that is ahead of UTC. What is behind UTC must follow seconds: in
/// `8:00-9:00` another time follows.
fn without_zone(text: &str) -> Option<(&str, i32)> {
    if let Some(time) = ["z", "utc", "gmt"].iter().find_map(|zone| text.strip_suffix(zone)) {
        return Some((time.trim_end(), 0));
    }
    let at = text.rfind(['+', '-'])?;
    let (time, offset) = (&text[..at], &text[at + 1..]);
    let (hours, minutes) = match offset.split_once(':') {
        Some(parts) => parts,
        None if offset.len() == 4 => offset.split_at_checked(2)?,
        None => (offset, "0"),
    };
    let part = |text: &str, most: i32| -> Option<i32> {
        let valid = bare_digits(text) && text.len() <= 2;
        valid.then(|| text.parse().ok())?.filter(|value| *value <= most)
    };
    let ahead = part(hours, 14)? * 3600 + part(minutes, 59)? * 60;
    let time = time.trim_end();
    let time = ["utc", "gmt"].iter().find_map(|zone| time.strip_suffix(zone)).unwrap_or(time).trim_end();
    match text.as_bytes()[at] {
        b'+' => Some((time, ahead)),
        _ => (time.matches(':').count() == 2).then_some((time, -ahead)),
    }
}

/// The date in front and what follows: `2026-10-9`, `2026/10/9`, `2026.10.9`, `2026年10月9日`, `20261009`.
fn leading_date(text: &str) -> Option<(NaiveDate, &str)> {
    if text.len() >= 8 && bare_digits(text.get(..8)?) {
        let field = |from: usize, to: usize| text[from..to].parse().ok();
        let date = NaiveDate::from_ymd_opt(field(0, 4)? as i32, field(4, 6)?, field(6, 8)?)?;
        return Some((date, &text[8..]));
    }
    let (year, 4, rest) = leading_digits(text)? else { return None };
    let first = rest.chars().next()?;
    let (second, end) = match first {
        '-' | '/' | '.' => (first, None),
        '年' => ('月', Some('日')),
        _ => return None,
    };
    let (month, 1..=2, rest) = leading_digits(rest[first.len_utf8()..].trim_start())? else { return None };
    let rest = rest.trim_start().strip_prefix(second)?;
    let (day, 1..=2, rest) = leading_digits(rest.trim_start())? else { return None };
    let rest = match end {
        Some(end) => rest.trim_start().strip_prefix(end)?,
        None => rest,
    };
    Some((NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?, rest))
}

/// A day of Excel's 1900 system, with the time as its fraction, rounded to the second. Five digits before the point
/// (1927–2173), so that a year alone or a two-digit year written without separators is not taken for one.
fn serial(text: &str) -> Option<DateAndTime> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    let valid = whole.len() == 5 && bare_digits(whole) && fraction.is_none_or(bare_digits);
    valid.then_some(())?;
    // Excel's day 1 is 1900-01-01, and it counts a 29 February 1900 that never was.
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days: u64 = whole.parse().ok().filter(|days| *days >= 10_000)?;
    let Some(fraction) = fraction else {
        return Some(DateAndTime { date: epoch + Days::new(days), second: None });
    };
    let seconds = fraction_of_day(fraction)?;
    let date = epoch + Days::new(days + u64::from(seconds / 86_400));
    Some(DateAndTime { date, second: Some(seconds % 86_400) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<String> {
        moment(text, None).value().map(|read| read.to_string())
    }

    #[test]
    fn every_spelling_of_one_moment_reads_the_same() {
        for text in [
            "2026-10-09 08:05:31",
            "2026-10-9 8:5:31",
            "2026/10/9 8:05:31",
            "2026.10.09 08:05:31",
            "2026-10-09T08:05:31",
            "2026-10-09  08:05:31.999",
            "2026年10月9日 8时5分31秒",
            "2026年10月09日8时05分31秒",
            "2026年10月9日 08:05:31",
            "20261009 080531",
            "20261009080531",
            "20261009 08:05:31",
            "46304.3371643519",
            "２０２６－１０－０９ ０８：０５：３１",
        ] {
            assert_eq!(at(text).as_deref(), Some("2026-10-09 08:05:31"), "{text}");
        }
        for text in ["2026-10-09 08:05", "2026年10月9日 8时5分", "20261009 0805", "202610090805"] {
            assert_eq!(at(text).as_deref(), Some("2026-10-09 08:05:00"), "{text}");
        }
        assert_eq!(at("46304.9999999").as_deref(), Some("2026-10-10 00:00:00"));
    }

    #[test]
    fn clocks_of_twelve_hours_and_weekdays_are_read() {
        for text in [
            "2026/10/09 01:20:00 PM",
            "2026-10-09 1:20:00pm",
            "2026年10月9日 下午1时20分",
            "2026年10月9日下午1:20",
            "2026-10-09 下午 1:20",
            "2026-10-09 01:20下午",
            "2026-10-09下午1:20",
            "2026-10-09 星期五 13:20",
            "2026年10月9日（周五）13:20",
            "2026-10-09 星期五 下午1:20",
        ] {
            assert_eq!(at(text).as_deref(), Some("2026-10-09 13:20:00"), "{text}");
        }
        assert_eq!(at("2026/10/09 12:05:00 AM").as_deref(), Some("2026-10-09 00:05:00"));
        assert_eq!(at("2026/10/09 12:05:00 PM").as_deref(), Some("2026-10-09 12:05:00"));
    }

    #[test]
    fn other_zones_and_unix_times_are_brought_to_the_clocks_of_china() {
        for text in [
            "2026-10-09T08:05:31+08:00",
            "2026-10-09 08:05:31 +08:00",
            "2026-10-09T08:05:31+0800",
            "2026-10-09T08:05:31.123+08",
            "2026-10-09T00:05:31Z",
            "2026-10-09T00:05:31.000Z",
            "2026-10-09 00:05:31 UTC",
            "2026-10-09 08:05:31 GMT+8",
            "2026-10-08T20:05:31-04:00",
            "2026-10-09T09:05:31+09:00",
            "20261009T000531Z",
            "1791504331",
            "1791504331.7",
            "1791504331000",
            "1791504331999",
        ] {
            assert_eq!(at(text).as_deref(), Some("2026-10-09 08:05:31"), "{text}");
        }
        assert_eq!(date("2026-10-08T20:00:00Z").value(), NaiveDate::from_ymd_opt(2026, 10, 9));
        assert_eq!(at("2026-10-09 08:05Z").as_deref(), Some("2026-10-09 16:05:00"));
        // The first and the last second, by the clocks of China.
        for (text, read) in [
            ("1420041600", Some("2015-01-01 00:00:00")),
            ("1420041599", None),
            ("2524579199", Some("2049-12-31 23:59:59")),
            ("2524579200", None),
        ] {
            assert_eq!(at(text).as_deref(), read, "{text}");
        }
    }

    #[test]
    fn a_day_that_ends_at_24_00_ends_with_the_next() {
        let day = date("2026-10-09").value();
        for text in ["2026-10-09 24:00", "2026-10-09 24:00:00", "24:00", "24:00:00"] {
            assert_eq!(end(text, day).value().map(|read| read.to_string()).as_deref(), Some("2026-10-10 00:00:00"));
            assert_eq!(moment(text, day), Cell::Unknown(Reason::NotMoment), "{text}");
        }
        assert_eq!(end("2026-10-09 24:01", day), Cell::Unknown(Reason::NotMoment));
        assert_eq!(end("2026-10-09 18:00", day), moment("18:00", day));
        assert_eq!(date("2026-10-09 24:00"), Cell::Unknown(Reason::NotDate));
        assert_eq!(end("2026-10-09T24:00:00Z", day), Cell::Unknown(Reason::NotMoment));
    }

    #[test]
    fn what_is_no_moment_is_unreadable() {
        for text in [
            "2026-10-09",
            "46304",
            "26-10-09 08:05",
            "09-10-2026 08:05",
            "9/10/2026 08:05",
            "2026-13-01 08:05",
            "2026-02-30 08:05",
            "2026-10-09 24:00",
            "2026-10-09 08:60",
            "2026-10-09 08:05:60",
            "2026-10-09 8",
            "2026-10-0908:05",
            "2026-10/09 08:05",
            "2026-10-09 08:00-09:00",
            "2026-10-09 08:05+15:00",
            "2026-10-09 上午13:05",
            "2026-10-09 8点5分",
            "0000-00-00 00:00:00",
            "3791504331",
            "179150433",
            "08:05",
            "0.337",
            "2026",
            "261009",
            "昨天",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn what_says_no_seconds_is_told() {
        for cell in
            ["8:05", "2026-10-09 08:05", "2026-10-09T08:05+08:00", "下午1:20", "1:20 PM", "8时5分", "20261009 0805"]
        {
            assert!(is_without_seconds(cell), "{cell}");
        }
        for cell in
            ["8:05:00", "2026-10-09 08:05:00", "2026-10-09T08:05:00Z", "8时5分0秒", "46304.25", "20261009 080500"]
        {
            assert!(!is_without_seconds(cell), "{cell}");
        }
    }

    #[test]
    fn a_time_alone_needs_a_day_to_lie_on() {
        let day = date("2026-10-09").value();
        for text in ["08:05:31", "8:05:31", "8时5分31秒", "080531", "0.3371643519", "2026-10-09 08:05:31"] {
            let read = moment(text, day).value().map(|read| read.to_string());
            assert_eq!(read.as_deref(), Some("2026-10-09 08:05:31"), "{text}");
        }
        assert_eq!(moment("2026-10-10 07:00", day).map(|read| read.date), date("2026-10-10"));
        for text in ["8:05", "下午1:20", "0.337", "24:00"] {
            assert!(is_time_alone(text), "{text}");
        }
        assert!(!is_time_alone("2026-10-09 08:05") && !is_time_alone("早上"));
    }

    #[test]
    fn dates_read_with_or_without_a_time() {
        let ninth = NaiveDate::from_ymd_opt(2026, 10, 9);
        for text in [
            "2026-10-09",
            "2026/10/9",
            "2026.10.9",
            "2026年10月9日",
            "20261009",
            "20261009.0",
            "46304",
            "2026-10-09 00:00:00",
            "2026-10-09 星期五",
        ] {
            assert_eq!(date(text).value(), ninth, "{text}");
        }
        for text in ["26-10-09", "09/10/2026", "2026-02-30", "2026-10", "10-09", "0", "2026年10月"] {
            assert_eq!(date(text), Cell::Unknown(Reason::NotDate), "{text}");
        }
        assert_eq!(date_or_moment("2026-10-09").map(|read| read.second), Cell::Value(0));
    }
}
