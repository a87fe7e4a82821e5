//! Dates and times as cells have them (SPEC §2.2). `None` always means unreadable.

use crate::model::{Moment, fold};
use chrono::{Days, NaiveDate};

/// Whether a date-time or time of day says no seconds: `8:05`, `8时5分`, `20261009 0805`.
pub fn is_without_seconds(cell: &str) -> bool {
    let time = cell.rsplit(['T', ' ', '\u{3000}']).next().unwrap_or(cell);
    match time.matches([':', '\u{ff1a}']).count() {
        0 if time.contains(['时', '点']) => !time.contains('秒'),
        0 => time.len() == 4 && time.bytes().all(|byte| byte.is_ascii_digit()),
        1 => true,
        _ => false,
    }
}

/// A date and the time behind it, where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DateAndTime {
    date: NaiveDate,
    second: Option<u32>,
}

/// A date; a time behind it is read and let go.
pub fn date(cell: &str) -> Option<NaiveDate> {
    date_and_time(&fold(cell)).map(|read| read.date)
}

/// A date with a time of day; with `day` given, a time alone will do.
pub fn moment(cell: &str, day: Option<NaiveDate>) -> Option<Moment> {
    let cell = fold(cell);
    if let Some(read) = date_and_time(&cell) {
        return read.second.map(|second| Moment::new(read.date, second));
    }
    let (day, second) = (day?, time_of_day(&cell).or_else(|| serial_time(&cell))?);
    Some(Moment::new(day, second))
}

/// A date whose time of day may be left out: then midnight.
pub fn date_or_moment(cell: &str) -> Option<Moment> {
    date_and_time(&fold(cell)).map(|read| Moment::new(read.date, read.second.unwrap_or(0)))
}

/// Dates read a short while ago, by their day: rows that follow each other mostly have the same few dates, several times
/// each.
#[derive(Clone, Debug, Default)]
pub struct RecentDates([Option<((u64, u16), NaiveDate)>; 32]);

impl RecentDates {
    /// `2026-10-09`.
    fn usual(&mut self, text: &[u8; 10]) -> Option<NaiveDate> {
        let [a, b, c, d, e, f, g, h, i, j] = *text;
        let key = (u64::from_le_bytes([a, b, c, d, e, f, g, h]), u16::from_le_bytes([i, j]));
        let recent = &mut self.0[usize::from((i & 15) * 10 + (j & 15)) % 32];
        match recent {
            Some((known, date)) if *known == key => Some(*date),
            _ => {
                let date = usual_date(text)?;
                *recent = Some((key, date));
                Some(date)
            }
        }
    }

    /// Either of the two that follow.
    pub fn usual_date_or_moment(&mut self, bytes: &[u8]) -> Option<Moment> {
        match bytes.len() {
            10 => self.usual_date(bytes).map(|date| Moment::new(date, 0)),
            _ => self.usual_moment(bytes),
        }
    }

    /// `2026-10-09`, and nothing else.
    pub fn usual_date(&mut self, bytes: &[u8]) -> Option<NaiveDate> {
        self.usual(bytes.try_into().ok()?)
    }

    /// `2026-10-09 08:05:31`, and nothing else.
    pub fn usual_moment(&mut self, bytes: &[u8]) -> Option<Moment> {
        let bytes: &[u8; 19] = bytes.try_into().ok()?;
        let second = usual_time(bytes.last_chunk()?).filter(|_| bytes[10] == b' ')?;
        Some(Moment::new(self.usual(bytes.first_chunk()?)?, second))
    }
}

/// `08:05:31`, all eight bytes at once.
fn usual_time(text: &[u8; 8]) -> Option<u32> {
    // What is left of digits are their values, of colons zeros.
    let values = u64::from_be_bytes(*text) ^ u64::from_be_bytes(*b"00:00:00");
    let too_much = values.wrapping_add(0x76_76_7f_76_76_7f_76_76) | values;
    (too_much & 0x80_80_80_80_80_80_80_80 == 0).then_some(())?;
    let value = |place: u32| (values >> (56 - 8 * place)) as u32 & 0xff;
    let (hour, minute, second) = (value(0) * 10 + value(1), value(3) * 10 + value(4), value(6) * 10 + value(7));
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

/// Two digits at a place; 100 or more where there are none.
fn two(bytes: &[u8], at: usize) -> u32 {
    let digit = |at: usize| match bytes[at].wrapping_sub(b'0') {
        digit @ 0..=9 => u32::from(digit),
        _ => 100,
    };
    digit(at) * 10 + digit(at + 1)
}

/// `2026-10-09`, as nearly all systems write it; everything else is for the general way.
fn usual_date(bytes: &[u8; 10]) -> Option<NaiveDate> {
    let (century, year, month, day) = (two(bytes, 0), two(bytes, 2), two(bytes, 5), two(bytes, 8));
    let usual = bytes[4] == b'-' && bytes[7] == b'-' && century < 100 && year < 100;
    usual.then(|| NaiveDate::from_ymd_opt((century * 100 + year) as i32, month, day))?
}

fn date_and_time(cell: &str) -> Option<DateAndTime> {
    if let Some(serial) = serial(cell) {
        return Some(serial);
    }
    let (date, rest) = leading_date(cell)?;
    let time = rest.strip_prefix('t').unwrap_or(rest).trim_start();
    if rest.is_empty() {
        return Some(DateAndTime { date, second: None });
    }
    // A bare digit directly behind the date would be one more digit of the day.
    let apart = rest.starts_with(['t', ' ']) || cell.contains('日') || bare_digits(cell);
    apart.then_some(())?;
    time_of_day(time).map(|second| DateAndTime { date, second: Some(second) })
}

pub fn bare_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits in front: their value, how many, and what follows.
fn leading_digits(text: &str) -> Option<(u32, usize, &str)> {
    let n = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text[..n].parse().ok()?;
    Some((value, n, &text[n..]))
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

/// `8:05`, `08:05:31`, `08:05:31.5`, `8时5分`, `8时5分31秒`, `0805`, `080531`: seconds since midnight.
fn time_of_day(text: &str) -> Option<u32> {
    let (hour, minute, second) = if let Some((hour, rest)) = text.split_once('时') {
        let (minute, rest) = rest.split_once('分')?;
        let second = rest.trim();
        let second = if second.is_empty() { "0" } else { second.strip_suffix('秒')? };
        (hour, minute, second)
    } else if text.contains(':') {
        let mut parts = text.splitn(3, ':');
        let (hour, minute) = (parts.next()?, parts.next()?);
        let second = parts.next().unwrap_or("0");
        (hour, minute, second.split_once('.').filter(|(_, f)| bare_digits(f)).map_or(second, |(s, _)| s))
    } else {
        let digits = matches!(text.len(), 4 | 6) && bare_digits(text);
        digits.then_some(())?;
        (&text[..2], &text[2..4], if text.len() == 6 { &text[4..] } else { "0" })
    };
    let field = |text: &str, limit: u32| -> Option<u32> {
        let (value, 1..=2, "") = leading_digits(text.trim())? else { return None };
        (value < limit).then_some(value)
    };
    Some(field(hour, 24)? * 3600 + field(minute, 60)? * 60 + field(second, 60)?)
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

/// A time alone as Excel stores it: a fraction of a day, `0.337`.
fn serial_time(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.')?;
    (whole == "0" && bare_digits(fraction)).then_some(())?;
    fraction_of_day(fraction).filter(|second| *second < 86_400)
}

fn fraction_of_day(digits: &str) -> Option<u32> {
    let fraction: f64 = format!("0.{digits}").parse().ok()?;
    Some((fraction * 86_400.0).round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Option<String> {
        moment(text, None).map(|read| read.to_string())
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
            "2026-10-09 08:05+08:00",
            "2026-10-09 08:05Z",
            "08:05",
            "0.337",
            "2026",
            "261009",
            "",
            "昨天",
        ] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_digits_are_no_usual_time() {
        for bytes in
            [*b"\xff\xff:\xff\xff:\xff\xff", *b"\x8a8:05:31", *b"08:05:3\xba", *b"\xba8\xba05\xba31", *b"08-05-31"]
        {
            assert_eq!(usual_time(&bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_time_alone_needs_a_day_to_lie_on() {
        let day = date("2026-10-09");
        for text in ["08:05:31", "8:05:31", "8时5分31秒", "080531", "0.3371643519", "2026-10-09 08:05:31"] {
            let read = moment(text, day).map(|read| read.to_string());
            assert_eq!(read.as_deref(), Some("2026-10-09 08:05:31"), "{text}");
        }
        assert_eq!(moment("2026-10-10 07:00", day).map(|read| read.date), date("2026-10-10"));
    }

    #[test]
    fn dates_read_with_or_without_a_time() {
        let ninth = NaiveDate::from_ymd_opt(2026, 10, 9);
        for text in
            ["2026-10-09", "2026/10/9", "2026.10.9", "2026年10月9日", "20261009", "46304", "2026-10-09 00:00:00"]
        {
            assert_eq!(date(text), ninth, "{text}");
        }
        for text in ["26-10-09", "09/10/2026", "2026-02-30", "2026-10", "10-09", "0", "2026年10月"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(date_or_moment("2026-10-09").unwrap().second, 0);
    }

    proptest! {
        /// The short way reads nothing that the general way reads differently.
        #[test]
        fn both_ways_read_the_same(
            day in "(19|20|00|99)[0-9]{2}-[01][0-9]-[0-3][0-9]", time in "[ T][0-2][0-9]:[0-6][0-9]:[0-6][0-9]",
            place in 0usize..19, other in any::<u8>(), times in 1usize..3,
        ) {
            let mut recent = RecentDates::default();
            for (text, is_date) in [(day.clone(), true), (format!("{day}{time}"), false)] {
                let mut damaged = text.clone().into_bytes();
                let places = damaged.len();
                damaged[place % places] = other;
                for bytes in [text.as_bytes(), &damaged].repeat(times) {
                    let Ok(cell) = std::str::from_utf8(bytes) else { continue };
                    if let Some(read) = recent.usual_date(bytes) {
                        prop_assert!(is_date && date(cell) == Some(read), "{}", cell);
                    }
                    if let Some(read) = recent.usual_moment(bytes) {
                        prop_assert_eq!(moment(cell, None), Some(read), "{}", cell);
                    }
                    if bytes == text.as_bytes() && !text.contains('T') {
                        prop_assert_eq!(recent.usual_date(bytes).is_some(), is_date && date(cell).is_some());
                        prop_assert_eq!(recent.usual_moment(bytes), moment(cell, None));
                    }
                }
            }
        }
    }
}
