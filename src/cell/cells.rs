//! Cell formats: from a cell's text to a typed value (SPEC §2.2). `None` always means unreadable.

use crate::cell::dates::{self, bare_digits};
use crate::model::{Month, Period, fold};

/// A cell's text without surrounding white space and without Excel's guards `="…"` and `'`.
pub fn clean(cell: &str) -> &str {
    let cell = cell.trim();
    let guarded = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    guarded.or_else(|| cell.strip_prefix('\'')).map_or(cell, str::trim)
}

/// What people and systems write into a typed cell that holds nothing.
pub fn is_empty_mark(cell: &str) -> bool {
    // No mark is longer than 未签退.
    if cell.len() > 9 {
        return false;
    }
    matches!(cell, "" | "-" | "--" | "------" | "—" | "无" | "未签退")
        || cell.eq_ignore_ascii_case("null")
        || cell.eq_ignore_ascii_case("n/a")
}

/// A number in scientific notation, as spreadsheets write long ids and phone numbers: digits were lost.
pub fn lost_digits(cell: &str) -> bool {
    if !cell.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let Some(mark) = cell.bytes().position(|byte| matches!(byte, b'E' | b'e')) else { return false };
    let (mantissa, exponent) = (&cell[..mark], &cell[mark + 1..]);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let signed = exponent.strip_prefix('+');
    digits(whole)
        && fraction.is_none_or(digits)
        && digits(signed.unwrap_or(exponent))
        && (signed.is_some() || fraction.is_some())
}

/// What a spreadsheet shows in place of a value that it could not work out.
pub fn is_error_value(cell: &str) -> bool {
    const ERRORS: [&str; 7] = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"];
    cell.starts_with('#') && ERRORS.contains(&cell)
}

/// Whether a cell can be an id: most texts can.
pub fn is_id(cell: &str) -> bool {
    !is_empty_mark(cell) && !lost_digits(cell) && !is_error_value(cell)
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

/// A number such as `117.219486` or `30`. Up to 15 digits are a whole number that a float holds exactly, and so is the power of ten
/// it is divided by: the quotient is the float nearest to the number, the one that parsing gives.
fn usual_decimal(bytes: &[u8]) -> Option<f64> {
    const POWERS: [f64; 15] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];
    (1..=15).contains(&bytes.len()).then_some(())?;
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
        None => Some(digits as f64),
        Some(0) => None,
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
    if let Some(date) = dates::date(&folded) {
        return Some(Month::of(date));
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
    fn decimals_are_those_that_parsing_gives() {
        for cell in
            ["117.219486", "34.1", "0.1", "00.10", "999999999999.9", "9.99999999999999", "1.7976931348623", ".5"]
        {
            assert_eq!(decimal(cell), cell.parse().ok(), "{cell}");
        }
        assert_eq!((decimal("5."), decimal("1.2.3"), decimal(".")), (Some(5.0), None, None));
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
