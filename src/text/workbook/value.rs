//! A cell of a workbook as the text that an export of it would hold (SPEC §2.2).

use crate::model::UNRESOLVED;
use calamine::{DataRef, ExcelDateTime};
use chrono::{Days, NaiveDate};
use std::fmt::Write;

/// What a workbook stores in a cell.
pub enum Value<'v> {
    Text(&'v str),
    Number(f64),
    /// A number whose format shows at least so many digits: `000000` gives 000123.
    Padded(f64, usize),
    Moment(Serial),
    Truth(bool),
    Error(String),
    /// A formula whose result nobody has stored.
    Unresolved,
}

/// A number that is formatted as a date, a time or a length of time.
#[derive(Clone, Copy, Debug)]
pub struct Serial {
    /// Days since the epoch of the workbook's date system.
    pub days: f64,
    /// Whether the workbook counts from 1904.
    pub from_1904: bool,
    /// Formatted as a length of time: `[h]:mm:ss`.
    pub is_duration: bool,
    pub shown: Clock,
}

/// Which parts of a time a number format shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    pub time: bool,
    pub seconds: bool,
}

/// Numbers from here on have more digits than the 15 that Excel keeps.
const TOO_MANY_DIGITS: f64 = 1e15;
/// The first day that the 1900 system counts without its error: there was no 29 February 1900.
const MARCH_1900: f64 = 61.0;
/// How far the epoch of 1904 lies behind that of 1900.
const DAYS_TO_1904: f64 = 1462.0;
/// 9999-12-31, the last day that Excel knows.
const LAST_DAY: f64 = 2_958_466.0;
/// No length of time is that many days: it is a date, whatever its format says.
const LONGEST_DURATION: f64 = 10_000.0;
const DAY: i64 = 86_400;

impl<'v> Value<'v> {
    /// A cell that needs no format to be read; `None` where it is empty, or a date.
    pub(super) fn plain(cell: &'v DataRef) -> Option<Self> {
        Some(match cell {
            DataRef::String(cell) => Self::Text(cell),
            DataRef::SharedString(cell) => Self::Text(cell),
            DataRef::Int(number) => Self::Number(*number as f64),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::Bool(truth) => Self::Truth(*truth),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Self::Text(without_zone(text)),
            DataRef::Error(error) => Self::Error(error.to_string()),
            DataRef::Empty | DataRef::DateTime(_) => return None,
        })
    }

    /// Adds the text of the cell. Line ends within it are those of Excel, a newline.
    pub fn write(&self, text: &mut String) {
        match self {
            Self::Text(cell) if cell.contains('\r') => text.push_str(&cell.replace("\r\n", "\n").replace('\r', "\n")),
            Self::Text(cell) => text.push_str(cell),
            Self::Number(number) => write_number(*number, text),
            Self::Padded(number, digits) if number.fract() == 0.0 && (0.0..TOO_MANY_DIGITS).contains(number) => {
                text.push_str(&format!("{number:0digits$}"));
            }
            Self::Padded(number, _) => write_number(*number, text),
            Self::Moment(serial) => serial.write(text),
            Self::Error(error) => text.push_str(error),
            Self::Unresolved => text.push_str(UNRESOLVED),
            Self::Truth(truth) => text.push_str(if *truth { "TRUE" } else { "FALSE" }),
        }
    }
}

/// How many digits a number format shows at least, where it is nothing but zeros, as for ids that begin with some.
pub(super) fn padding(code: &str) -> usize {
    if code.bytes().all(|byte| byte == b'0') { code.len() } else { 0 }
}

/// Whole numbers of up to 15 digits are exact; longer ones are shown as Excel does, with an exponent, since digits have
/// been lost. Any other number is the shortest decimal that gives the same float.
fn write_number(number: f64, text: &mut String) {
    let written = if number.abs() >= TOO_MANY_DIGITS {
        write!(text, "{}", format!("{number:E}").replace('E', "E+"))
    } else if number == 0.0 {
        write!(text, "0")
    } else {
        write!(text, "{number}")
    };
    written.expect("a string takes any text");
}

impl Serial {
    pub fn of(moment: &ExcelDateTime, from_1904: bool, shown: Clock) -> Self {
        Self { days: moment.as_f64(), from_1904, is_duration: moment.is_duration(), shown }
    }

    /// `2026-10-09`, `2026-10-09 08:05:31`, `08:05:31`, or `08:05` where the format shows no seconds; rounded to the second.
    fn write(&self, text: &mut String) {
        let Self { mut days, is_duration, shown, .. } = *self;
        if !(0.0..LAST_DAY).contains(&days) {
            return write_number(days, text);
        }
        let is_time = if is_duration { days < LONGEST_DURATION } else { days < 1.0 };
        if is_time {
            return write_time((days * DAY as f64).round() as i64, shown.seconds, text);
        }
        if self.from_1904 {
            days += DAYS_TO_1904;
        } else if days < MARCH_1900 {
            days += 1.0;
        }
        let seconds = (days * DAY as f64).round() as i64;
        let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a date");
        let date = epoch + Days::new((seconds / DAY) as u64);
        text.push_str(&date.to_string());
        if shown.time || seconds % DAY != 0 {
            text.push(' ');
            write_time(seconds % DAY, true, text);
        }
    }

    /// Whether it is a moment of a day, midnight left out.
    pub fn has_time(&self) -> bool {
        !self.is_duration && self.days >= 1.0 && (self.days * DAY as f64).round() as i64 % DAY != 0
    }
}

fn write_time(seconds: i64, with_seconds: bool, text: &mut String) {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let written = match (with_seconds, rest) {
        (false, 0) => write!(text, "{hours:02}:{minutes:02}"),
        _ => write!(text, "{hours:02}:{minutes:02}:{rest:02}"),
    };
    written.expect("a string takes any text");
}

/// Excel knows no zones: a Z behind a date that is stored as text says nothing.
pub(super) fn without_zone(text: &str) -> &str {
    text.strip_suffix('Z').unwrap_or(text)
}

impl Clock {
    /// Where no format is known.
    pub const UNKNOWN: Self = Self { time: false, seconds: true };

    /// What a number format shows: its code, or for those whose code depends on the system's language their number
    /// (ECMA-376 part 1, 18.8.30).
    pub fn of(code: &str, number: Option<u32>) -> Self {
        match number {
            Some(18 | 20 | 22 | 32 | 34 | 55) => return Self { time: true, seconds: false },
            Some(19 | 21 | 33 | 35 | 45..=47 | 56) => return Self { time: true, seconds: true },
            _ => {}
        }
        let (mut hours, mut seconds) = (false, false);
        let mut rest = code.chars();
        while let Some(c) = rest.next() {
            match c {
                '"' => drop(rest.by_ref().find(|c| *c == '"')),
                // The next character stands for itself, or for the width of itself.
                '\\' | '_' | '*' => drop(rest.next()),
                '[' => {
                    let inner: String = rest.by_ref().take_while(|c| *c != ']').collect();
                    hours |= inner.starts_with(['h', 'H']);
                    seconds |= inner.starts_with(['s', 'S']);
                }
                'h' | 'H' => hours = true,
                's' | 'S' => seconds = true,
                ';' => break,
                _ => {}
            }
        }
        Self { time: hours || seconds, seconds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: Value) -> String {
        let mut text = String::new();
        value.write(&mut text);
        text
    }

    fn moment(days: f64, code: &str) -> String {
        let is_duration = code.starts_with("[h]");
        text(Value::Moment(Serial { days, from_1904: false, is_duration, shown: Clock::of(code, None) }))
    }

    #[test]
    fn numbers_keep_every_digit_they_have() {
        for (number, expected) in [
            (13_812_345_678.0, "13812345678"),
            (320_301_000_001.0, "320301000001"),
            (999_999_999_999_999.0, "999999999999999"),
            (1e15, "1E+15"),
            (1_234_567_890_123_456.0, "1.234567890123456E+15"),
            (117.123456, "117.123456"),
            (-0.5, "-0.5"),
            (-0.0, "0"),
            (0.000_000_1, "0.0000001"),
            (30.0, "30"),
        ] {
            assert_eq!(text(Value::Number(number)), expected);
        }
    }

    #[test]
    fn a_format_of_zeros_gives_back_the_zeros_in_front() {
        for (number, code, expected) in [
            (123.0, "000000", "000123"),
            (1_234_567.0, "000000", "1234567"),
            (-5.0, "000", "-5"),
            (0.5, "000", "0.5"),
            (1e15, "00000000000000000000", "1E+15"),
            (7.0, "0.00", "7"),
            (7.0, "", "7"),
        ] {
            assert_eq!(text(Value::Padded(number, padding(code))), expected, "{number} {code}");
        }
    }

    #[test]
    fn dates_and_times_are_written_as_their_format_means_them() {
        let (day, at) = (46304.0, 46304.0 + 29_131.0 / 86_400.0);
        for (days, code, expected) in [
            (at, "yyyy-mm-dd hh:mm:ss", "2026-10-09 08:05:31"),
            (at, "yyyy/m/d", "2026-10-09 08:05:31"),
            (day, "yyyy/m/d", "2026-10-09"),
            (day, "yyyy/m/d h:mm", "2026-10-09 00:00:00"),
            (day, "yyyy\"年 h\"m\"月\"d\"日\"", "2026-10-09"),
            (day, "[$-F800]yyyy\\hmm", "2026-10-09"),
            (day + 0.999_999_999, "yyyy-mm-dd", "2026-10-10"),
            (at - day, "hh:mm:ss", "08:05:31"),
            (320.0 / 1440.0, "h:mm", "05:20"),
            (320.5 / 1440.0, "h:mm", "05:20:30"),
            (0.0, "h:mm:ss", "00:00:00"),
            (332.0 / 86_400.0, "mm:ss", "00:05:32"),
            (332.0 / 86_400.0, "[h]:mm:ss", "00:05:32"),
            (1.25, "[h]:mm:ss", "30:00:00"),
            (at, "[h]:mm:ss", "2026-10-09 08:05:31"),
            (1.0, "yyyy-mm-dd", "1900-01-01"),
            (59.0, "yyyy-mm-dd", "1900-02-28"),
            (61.0, "yyyy-mm-dd", "1900-03-01"),
            (-3.5, "yyyy-mm-dd", "-3.5"),
            (3e6, "yyyy-mm-dd", "3000000"),
            (f64::NAN, "yyyy-mm-dd", "NaN"),
        ] {
            assert_eq!(moment(days, code), expected, "{days} {code}");
        }
    }

    #[test]
    fn the_1904_system_begins_1462_days_later() {
        let shown = Clock::of("yyyy-mm-dd", None);
        let serial = Serial { days: 46304.0 - 1462.0, from_1904: true, is_duration: false, shown };
        assert_eq!(text(Value::Moment(serial)), "2026-10-09");
        assert_eq!(text(Value::Moment(Serial { days: 0.5, ..serial })), "12:00");
    }

    #[test]
    fn formats_of_the_systems_language_are_known_by_number() {
        assert_eq!(Clock::of("", Some(14)), Clock { time: false, seconds: false });
        assert_eq!(Clock::of("", Some(22)), Clock { time: true, seconds: false });
        assert_eq!(Clock::of("", Some(33)), Clock { time: true, seconds: true });
        assert_eq!(Clock::of("上午/下午h\"时\"mm\"分\"", None), Clock { time: true, seconds: false });
    }

    #[test]
    fn line_ends_within_a_cell_are_newlines() {
        assert_eq!(text(Value::Text("a\r\nb\rc\nd")), "a\nb\nc\nd");
    }
}
