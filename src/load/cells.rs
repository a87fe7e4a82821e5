//! Cell formats: from a cell's text to a typed value (SPEC §2.2). `None` always means unreadable.

use crate::model::{Moment, Month, Period, fold};
use chrono::{Days, NaiveDate};

/// Whether a cell that begins and ends with such bytes is clean already: ASCII, and neither white space nor Excel's guards.
pub const fn is_plain(byte: u8) -> bool {
    byte > b' ' && byte < 0x7f && byte != b'\'' && byte != b'='
}

/// A cell's text without surrounding white space and without Excel's guards `="…"` and `'`.
pub fn clean(cell: &str) -> &str {
    let cell = cell.trim();
    let guarded = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    guarded.or_else(|| cell.strip_prefix('\'')).map_or(cell, str::trim)
}

/// What people and systems write into a typed cell that holds nothing.
pub fn is_empty_mark(cell: &str) -> bool {
    matches!(cell, "" | "-" | "--" | "------" | "—" | "无" | "未签退")
        || cell.eq_ignore_ascii_case("null")
        || cell.eq_ignore_ascii_case("n/a")
}

/// A number in scientific notation, as spreadsheets write long ids and phone numbers: digits were lost.
pub fn lost_digits(cell: &str) -> bool {
    let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let signed = exponent.strip_prefix('+');
    digits(whole)
        && fraction.is_none_or(digits)
        && digits(signed.unwrap_or(exponent))
        && (signed.is_some() || fraction.is_some())
}

/// A date and the time behind it, where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DateAndTime {
    date: NaiveDate,
    second: Option<u32>,
}

/// A date; a time behind it is read and let go.
pub fn date(cell: &str) -> Option<NaiveDate> {
    if let Some(date) = cell.as_bytes().try_into().ok().and_then(usual_date) {
        return Some(date);
    }
    date_and_time(&fold(cell)).map(|read| read.date)
}

/// A date with a time of day; with `day` given, a time alone will do.
pub fn moment(cell: &str, day: Option<NaiveDate>) -> Option<Moment> {
    if let Some(moment) = usual_moment(cell.as_bytes()) {
        return Some(moment);
    }
    let cell = fold(cell);
    if let Some(read) = date_and_time(&cell) {
        return read.second.map(|second| Moment::new(read.date, second));
    }
    let (day, second) = (day?, time_of_day(&cell).or_else(|| serial_time(&cell))?);
    Some(Moment::new(day, second))
}

/// A date whose time of day may be left out: then midnight.
pub fn date_or_moment(cell: &str) -> Option<Moment> {
    if let Some(moment) = usual_moment(cell.as_bytes()) {
        return Some(moment);
    }
    date_and_time(&fold(cell)).map(|read| Moment::new(read.date, read.second.unwrap_or(0)))
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

/// `2026-10-09 08:05:31`.
fn usual_moment(bytes: &[u8]) -> Option<Moment> {
    let bytes: &[u8; 19] = bytes.try_into().ok()?;
    let (hour, minute, second) = (two(bytes, 11), two(bytes, 14), two(bytes, 17));
    let usual = bytes[10] == b' ' && bytes[13] == b':' && bytes[16] == b':';
    (usual && hour < 24 && minute < 60 && second < 60).then_some(())?;
    let date = usual_date(bytes.first_chunk()?)?;
    Some(Moment::new(date, hour * 3600 + minute * 60 + second))
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

fn bare_digits(text: &str) -> bool {
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

/// A length of time in seconds: `332`, `5:32`, `00:05:32`, `5分32秒`, `1小时2分3秒`.
pub fn seconds(cell: &str) -> Option<u32> {
    if bare_digits(cell) {
        return cell.parse().ok();
    }
    let cell = fold(cell);
    if bare_digits(&cell) {
        return cell.parse().ok();
    }
    if cell.contains(':') {
        let parts: Option<Vec<u32>> =
            cell.split(':').map(|part| bare_digits(part).then(|| part.parse().ok())?).collect();
        return match parts?[..] {
            [minutes, seconds] if seconds < 60 => minutes.checked_mul(60)?.checked_add(seconds),
            [hours, minutes, seconds] if minutes < 60 && seconds < 60 => {
                hours.checked_mul(3600)?.checked_add(minutes * 60 + seconds)
            }
            _ => None,
        };
    }
    let mut rest: &str = &cell.replace(' ', "").replace("小时", "时").replace("分钟", "分");
    let mut total = 0u32;
    for (unit, length) in [('时', 3600), ('分', 60), ('秒', 1)] {
        if let Some((number, tail)) = rest.split_once(unit) {
            let number: u32 = bare_digits(number).then(|| number.parse().ok())??;
            total = total.checked_add(number.checked_mul(length)?)?;
            rest = tail;
        }
    }
    (rest.is_empty() && !cell.is_empty()).then_some(total)
}

/// A number of minutes, in whole seconds.
pub fn minutes(cell: &str) -> Option<u64> {
    let minutes = decimal(cell).filter(|minutes| (0.0..=10_000_000.0).contains(minutes))?;
    Some((minutes * 60.0).round() as u64)
}

/// A plain decimal number: no exponent, no words.
pub fn decimal(cell: &str) -> Option<f64> {
    if let Some(number) = usual_decimal(cell.as_bytes()) {
        return Some(number);
    }
    let cell = fold(cell);
    let plain = cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    plain.then(|| cell.parse().ok())?
}

/// A number such as `117.219486`. Up to 15 digits are a whole number that a float holds exactly, and so is the power of ten
/// it is divided by: the quotient is the float nearest to the number, the one that parsing gives.
fn usual_decimal(bytes: &[u8]) -> Option<f64> {
    const POWERS: [f64; 15] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];
    (2..=15).contains(&bytes.len()).then_some(())?;
    let (mut digits, mut behind) = (0u64, None);
    for byte in bytes {
        match (byte, behind) {
            (b'0'..=b'9', _) => {
                digits = digits * 10 + u64::from(byte - b'0');
                behind = behind.map(|places| places + 1);
            }
            (b'.', None) => behind = Some(0),
            _ => return None,
        }
    }
    match behind {
        Some(0) | None => None,
        Some(places) => Some(digits as f64 / POWERS[places]),
    }
}

/// A whole number of at least 0; `12.0`, as spreadsheets write it, too.
pub fn whole(cell: &str) -> Option<u32> {
    if bare_digits(cell) {
        return cell.parse().ok();
    }
    let cell = fold(cell);
    let digits = cell.split_once('.').filter(|(_, f)| f.bytes().all(|b| b == b'0')).map_or(&*cell, |(w, _)| w);
    bare_digits(digits).then(|| digits.parse().ok())?
}

/// A month: `2026-10`, `2026/10`, `2026年10月`, `202610`, or the month of a date.
pub fn month(cell: &str) -> Option<Month> {
    let folded = fold(cell);
    if let Some(read) = date_and_time(&folded) {
        return Some(Month::of(read.date));
    }
    let (year, month) = match folded.split_once(['-', '/', '.', '年']) {
        Some((year, month)) => (year.trim(), month.trim()),
        None if folded.len() == 6 && bare_digits(&folded) => folded.split_at(4),
        None => return None,
    };
    let month = month.strip_suffix('月').unwrap_or(month);
    let valid = year.len() == 4 && bare_digits(year) && month.len() <= 2 && bare_digits(month);
    valid.then(|| Month::new(year.parse().ok()?, month.parse().ok()?))?
}

/// `2026-10`, `2026-W41`, `2026Q4`, `2026H2`, or a month in any spelling.
pub fn period(cell: &str) -> Option<Period> {
    Period::parse(&fold(cell)).or_else(|| month(cell).map(Period::Month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<String> {
        moment(text, None).map(|read| read.to_string())
    }

    #[test]
    fn cells_lose_white_space_and_guards() {
        for (cell, text) in [
            ("  C1\t", "C1"),
            ("\u{3000}C1\u{3000}", "C1"),
            ("=\"0516\"", "0516"),
            ("=\" 0516 \"", "0516"),
            ("'0516", "0516"),
            ("=\"\"", ""),
            ("=1+1", "=1+1"),
        ] {
            assert_eq!(clean(cell), text);
        }
        for cell in ["", "-", "--", "------", "—", "无", "未签退", "NULL", "null", "N/A"] {
            assert!(is_empty_mark(cell), "{cell}");
        }
        assert!(!is_empty_mark("---") && !is_empty_mark("0"));
    }

    #[test]
    fn scientific_notation_is_recognised_and_codes_are_not() {
        for cell in ["1.38E+10", "1.38e+10", "3E+11", "1.3800000001E10"] {
            assert!(lost_digits(cell), "{cell}");
        }
        for cell in ["12E4", "E12", "3E", "CE+1", "1.5", "13800000001"] {
            assert!(!lost_digits(cell), "{cell}");
        }
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
    fn decimals_are_those_that_parsing_gives() {
        for cell in
            ["117.219486", "34.1", "0.1", "00.10", "999999999999.9", "9.99999999999999", "1.7976931348623", ".5"]
        {
            assert_eq!(decimal(cell), cell.parse().ok(), "{cell}");
        }
        assert_eq!((decimal("5."), decimal("1.2.3"), decimal(".")), (Some(5.0), None, None));
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

    #[test]
    fn durations_read_in_every_style() {
        for text in ["332", "5:32", "05:32", "00:05:32", "5分32秒", "5分钟32秒", "0小时5分32秒"] {
            assert_eq!(seconds(text), Some(332), "{text}");
        }
        assert_eq!(seconds("1小时2分3秒"), Some(3723));
        assert_eq!(seconds("75:12"), Some(4512));
        for text in ["", "5:60", "1:60:00", "5.5", "-3", "5分32", "秒", "1:2:3:4", "99999999999"] {
            assert_eq!(seconds(text), None, "{text}");
        }
        assert_eq!((minutes("12"), minutes("12.5"), minutes("-1")), (Some(720), Some(750), None));
    }

    #[test]
    fn numbers_months_and_periods() {
        assert_eq!((decimal("117.25"), decimal("-0.5"), decimal("1E5")), (Some(117.25), Some(-0.5), None));
        assert_eq!((whole("3"), whole("3.0"), whole("3.5"), whole("第3")), (Some(3), Some(3), None, None));
        let october = Month::new(2026, 10);
        for text in ["2026-10", "2026/10", "2026年10月", "202610", "2026-10-01", "46296"] {
            assert_eq!(month(text), october, "{text}");
        }
        assert_eq!(month("26-10"), None);
        assert_eq!(period("2026年10月"), october.map(Period::Month));
        assert_eq!(period("2026q4"), Period::parse("2026Q4"));
    }
}
