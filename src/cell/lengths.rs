//! Lengths of time (SPEC §2.2), in whole seconds.

use super::cells::{Cell, bare_digits};
use super::numbers::without_zeros;
use super::reason::Reason;
use crate::model::{Unit, fold};

/// `332`, `65.0`, `5:32`, `00:05:32`, `5分32秒`, `1小时2分3秒`; a bare number is in the unit of the header.
pub(crate) fn seconds(cell: &str, unit: Unit) -> Cell<u32> {
    Cell::read(cell, Reason::NotDuration, |cell| {
        if unit == Unit::Second && bare_digits(cell) {
            return cell.parse().ok();
        }
        let cell = fold(cell);
        let length = number(&cell, unit).or_else(|| clock(&cell)).or_else(|| in_words(&cell))?;
        u32::try_from(length).ok()
    })
}

/// A number in the unit of the header, or a length that says its own units; `5:32` does not.
pub(crate) fn minutes(cell: &str, unit: Unit) -> Cell<u64> {
    /// Some nineteen years: what comes of more is of no date.
    const MOST: u64 = 600_000_000;
    Cell::read(cell, Reason::NotDuration, |cell| {
        if let Some(length) = whole_minutes(cell).filter(|_| unit == Unit::Minute) {
            return Some(length);
        }
        let cell = fold(cell);
        let with_hours = || clock(&cell).filter(|_| cell.matches(':').count() == 2);
        let length = number(&cell, unit).or_else(with_hours).or_else(|| in_words(&cell));
        length.filter(|seconds| *seconds <= MOST)
    })
}

/// The short way for what nearly all cells hold.
fn whole_minutes(cell: &str) -> Option<u64> {
    let digits = cell.bytes().map(|byte| byte.wrapping_sub(b'0'));
    (cell.len() <= 6).then_some(())?;
    digits.clone().all(|digit| digit < 10).then(|| digits.fold(0, |number, digit| number * 10 + u64::from(digit)) * 60)
}

/// A number of some unit, rounded to the second; of seconds themselves only whole ones are read.
fn number(cell: &str, unit: Unit) -> Option<u64> {
    let cell = without_zeros(cell);
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = bare_digits(whole) && digits(fraction) && (1..=15).contains(&(whole.len() + fraction.len()));
    (is_number && (unit != Unit::Second || fraction.is_empty())).then_some(())?;
    let amount: u128 = format!("{whole}{fraction}").parse().ok()?;
    let parts = 1000 * 10_u128.pow(fraction.len() as u32);
    u64::try_from((amount * u128::from(unit.milliseconds()) * 2 + parts) / (parts * 2)).ok()
}

/// `5:32` and `00:05:32`.
fn clock(cell: &str) -> Option<u64> {
    let part = |text: &str| -> Option<u64> { bare_digits(text).then(|| text.parse().ok())? };
    let parts = cell.split(':').map(part).collect::<Option<Vec<u64>>>()?;
    match parts[..] {
        [minutes, seconds] if seconds < 60 => minutes.checked_mul(60)?.checked_add(seconds),
        [hours, minutes, seconds] if minutes < 60 && seconds < 60 => {
            hours.checked_mul(3600)?.checked_add(minutes * 60 + seconds)
        }
        _ => None,
    }
}

/// `5分32秒`, `5分钟`, `1小时2分3秒`.
fn in_words(cell: &str) -> Option<u64> {
    let mut rest: &str = &cell.replace(' ', "").replace("小时", "时").replace("分钟", "分");
    let mut total = 0u64;
    for (unit, length) in [('时', 3600), ('分', 60), ('秒', 1)] {
        if let Some((number, tail)) = rest.split_once(unit) {
            let number: u64 = bare_digits(number).then(|| number.parse().ok())??;
            total = total.checked_add(number.checked_mul(length)?)?;
            rest = tail;
        }
    }
    (rest.is_empty() && !cell.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_in_every_style() {
        let read = |text| seconds(text, Unit::Second).value();
        for text in
            ["332", "332.0", "３３２", "5:32", "05:32", "00:05:32", "5分32秒", "5分钟32秒", "0小时5分32秒", "332秒"]
        {
            assert_eq!(read(text), Some(332), "{text}");
        }
        assert_eq!((read("1小时2分3秒"), read("75:12"), read("65.0")), (Some(3723), Some(4512), Some(65)));
        for text in ["5:60", "1:60:00", "5.5", "-3", "5分32", "秒", "1:2:3:4", "99999999999", "1,065", "1'5", ".0"] {
            assert_eq!(seconds(text, Unit::Second), Cell::Unknown(Reason::NotDuration), "{text}");
        }
        assert_eq!((seconds("", Unit::Second), seconds("--", Unit::Second)), (Cell::Empty, Cell::Empty));
    }

    #[test]
    fn a_bare_number_is_in_the_unit_of_the_header() {
        let read = |text, unit| seconds(text, unit).value();
        assert_eq!((read("2", Unit::Minute), read("2.5", Unit::Minute)), (Some(120), Some(150)));
        assert_eq!((read("65000", Unit::Millisecond), read("1499", Unit::Millisecond)), (Some(65), Some(1)));
        assert_eq!((read("0.5", Unit::Hour), read("1", Unit::Hour)), (Some(1800), Some(3600)));
        assert_eq!(read("0.33", Unit::Minute), Some(20), "to the nearest second");
        assert_eq!((read("5:32", Unit::Minute), read("5分32秒", Unit::Hour)), (Some(332), Some(332)), "they say it");
        assert_eq!(read("99999999999", Unit::Hour), None);
    }

    #[test]
    fn minutes_are_numbers_or_say_their_units() {
        let read = |text, unit| minutes(text, unit).value();
        assert_eq!((read("12", Unit::Minute), read("12.5", Unit::Minute)), (Some(720), Some(750)));
        assert_eq!((read("90", Unit::Second), read("1.5", Unit::Hour)), (Some(90), Some(5400)));
        assert_eq!((read("00:25:00", Unit::Minute), read("25分钟", Unit::Minute)), (Some(1500), Some(1500)));
        for text in ["-1", "0:25", "很久", "99999999"] {
            assert_eq!(minutes(text, Unit::Minute), Cell::Unknown(Reason::NotDuration), "{text}");
        }
    }
}
