//! Whether a cell says what a finding measured, though a spreadsheet may have written it another way.

use crate::lang::Words;
use crate::model::{Appeal, Moment, fold};

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// In either language; times and numbers by value. `moment` is what the cell is as a time, if it is one.
pub(super) fn is_same(written: &str, moment: Option<Moment>, measured: &Words) -> bool {
    [&measured.zh, &measured.en].into_iter().any(|text| says(written, moment, text))
}

fn says(written: &str, moment: Option<Moment>, measured: &str) -> bool {
    let (cell, finding) = (parts(written), parts(measured));
    cell == finding || moment.is_some_and(|moment| is_moment(&finding, moment)) || is_part_of_day(&cell, &finding)
}

/// A piece of text, or the number or time that digits stand for.
#[derive(Debug, PartialEq)]
enum Part {
    Text(char),
    /// Without leading zeros, and without those behind the last decimal.
    Number(String),
    /// Seconds.
    Time(u64),
}

/// The text without blanks, its digits read.
fn parts(text: &str) -> Vec<Part> {
    let folded = fold(text);
    let mut parts = Vec::new();
    let mut rest = folded.as_ref();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() { digits(rest) } else { first.len_utf8() };
        let (piece, behind) = rest.split_at(length);
        rest = behind;
        if first.is_ascii_digit() {
            parts.push(time(piece).map_or_else(|| Part::Number(number(piece)), Part::Time));
        } else if !first.is_whitespace() && !first.is_control() {
            parts.push(Part::Text(first));
        }
    }
    parts
}

/// How long the number or time is that the text begins with.
fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let goes_on = |at: usize| is_digit(at) || (matches!(bytes.get(at), Some(b':' | b'.')) && is_digit(at + 1));
    (0..text.len()).find(|at| !goes_on(*at)).unwrap_or(text.len())
}

/// `8:05` and `08:05:00` are the same.
fn time(digits: &str) -> Option<u64> {
    let fields: Vec<u64> = digits.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    match fields[..] {
        [hours, minutes] => hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?),
        [hours, minutes, seconds] => {
            hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)
        }
        _ => None,
    }
}

fn number(digits: &str) -> String {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, decimals) = (whole.trim_start_matches('0'), decimals.trim_end_matches('0'));
    format!("{whole}.{decimals}")
}

/// Whether a finding's text is this moment: a date, a time, or both.
fn is_moment(finding: &[Part], moment: Moment) -> bool {
    let clock = moment.clock().long();
    let has_day = moment.date != Appeal::NO_DAY;
    let dated = || parts(&format!("{} {clock}", moment.date));
    match has_day {
        true => dated() == finding || (moment.second == 0 && parts(&moment.date.to_string()) == finding),
        false => parts(&clock) == finding,
    }
}

/// Whether a cell gives the finding's time as a spreadsheet counts it, in parts of a day.
fn is_part_of_day(cell: &[Part], finding: &[Part]) -> bool {
    match (cell, finding) {
        ([Part::Number(number)], [Part::Time(seconds)]) => {
            number.parse::<f64>().is_ok_and(|days| days < 100.0 && (days * DAY).round() as u64 == *seconds)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::words;

    #[test]
    fn times_and_numbers_are_compared_by_value_and_words_in_either_language() {
        let same = |written, text: &'static str| is_same(written, None, &words(text, text));
        for (written, text) in [
            ("8:43:43", "08:43:43"),
            ("８：４３：４３", "08:43:43"),
            ("0.363692129629630", "08:43:43"),
            ("4:00", "4:00:00"),
            ("3/7（28.60%）", "3/7 (28.6%)"),
            ("2026/9/8 9:5:00", "2026/9/8 09:05:00"),
            ("No Visit", "no visit"),
            ("512.0 m", "512 m"),
            ("0", "0"),
        ] {
            assert!(same(written, text), "{written} {text}");
        }
        for (written, text) in [
            ("8:43:44", "08:43:43"),
            ("3/8 (28.6%)", "3/7 (28.6%)"),
            ("28.6", "3/7 (28.6%)"),
            ("08:43:43 x", "08:43:43"),
            ("5.1", "51"),
            ("99999999999999999999:1", "08:43"),
        ] {
            assert!(!same(written, text), "{written} {text}");
        }
        let none = words("没有拜访", "no visit");
        assert!(is_same("没有 拜访", None, &none) && is_same("no visit", None, &none));
        assert!(!is_same("没有通话", None, &none));
    }

    #[test]
    fn a_moment_is_one_however_it_is_written() {
        let moment = |date: &str, second| Some(Moment::new(date.parse().unwrap(), second));
        let text = |text: &'static str| words(text, text);
        assert!(is_same("46273.5", moment("2026-09-08", 43_200), &text("2026-09-08 12:00:00")));
        assert!(is_same("2026年9月8日", moment("2026-09-08", 0), &text("2026-09-08")));
        assert!(!is_same("2026-09-08", moment("2026-09-08", 0), &text("2026-09-09")));
        let afternoon = Some(Moment::new(Appeal::NO_DAY, 64_800));
        assert!(is_same("下午6:00:00", afternoon, &text("18:00:00")));
        assert!(!is_same("下午6:00:00", afternoon, &text("2026-09-08 18:00:00")));
    }
}
