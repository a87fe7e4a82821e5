//! Times of day as cells have them (SPEC §2.2), in seconds since midnight; 24:00 is 86,400.

use super::cells::bare_digits;
use crate::model::DAY_SECONDS;

/// A folded time of day, on a clock of 24 hours or of twelve.
pub(super) fn time_of_day(text: &str) -> Option<u32> {
    if let Some(second) = twenty_four_hours(text) {
        return Some(second);
    }
    let marks = [("上午", Half::Am), ("下午", Half::Pm), ("am", Half::Am), ("pm", Half::Pm)];
    let marked = |(mark, half): &(&str, Half)| {
        let rest = text.strip_prefix(mark).or_else(|| text.strip_suffix(mark))?;
        Some((rest.trim(), *half))
    };
    let (rest, half) = marks.iter().find_map(marked)?;
    half.second(twenty_four_hours(rest)?)
}

/// A time alone, also as Excel stores it. A zone can shift it to another day, so the only one that is read is China's.
pub(super) fn lone_time(text: &str) -> Option<u32> {
    time_of_day(text.strip_suffix("+08:00").unwrap_or(text)).or_else(|| serial_time(text))
}

#[derive(Clone, Copy)]
enum Half {
    Am,
    Pm,
}

impl Half {
    /// The time of a clock of twelve hours, whose first is 12; 下午13:20 is said twice, 上午13:20 is none.
    fn second(self, second: u32) -> Option<u32> {
        const NOON: u32 = DAY_SECONDS / 2;
        match (self, second / 3600) {
            (Self::Am, 12) => Some(second - NOON),
            (Self::Am, 0..=11) | (Self::Pm, 12..=23) => Some(second),
            (Self::Pm, 1..=11) => Some(second + NOON),
            _ => None,
        }
    }
}

/// The digits in front: their value, how many, and what follows.
pub(super) fn leading_digits(text: &str) -> Option<(u32, usize, &str)> {
    let n = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text[..n].parse().ok()?;
    Some((value, n, &text[n..]))
}

/// `8:05`, `08:05:31`, `08:05:31.5`, `8时5分`, `8时5分31秒`, `0805`, `080531`, and `24:00`.
fn twenty_four_hours(text: &str) -> Option<u32> {
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
    let second = field(hour, 25)? * 3600 + field(minute, 60)? * 60 + field(second, 60)?;
    (second <= DAY_SECONDS).then_some(second)
}

/// A time alone as Excel stores it: a fraction of a day, `0.337`.
fn serial_time(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.')?;
    (whole == "0" && bare_digits(fraction)).then_some(())?;
    fraction_of_day(fraction).filter(|second| *second < 86_400)
}

pub(super) fn fraction_of_day(digits: &str) -> Option<u32> {
    let fraction: f64 = format!("0.{digits}").parse().ok()?;
    Some((fraction * 86_400.0).round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_of_twelve_hours() {
        for (text, hour) in [
            ("01:20:00 pm", 13),
            ("1:20pm", 13),
            ("pm 1:20", 13),
            ("下午1:20", 13),
            ("下午 1时20分", 13),
            ("1:20下午", 13),
            ("下午13:20", 13),
            ("12:20 pm", 12),
            ("12:20 am", 0),
            ("上午12:20", 0),
            ("0:20 am", 0),
            ("上午8:20", 8),
            ("11:20:00 am", 11),
        ] {
            assert_eq!(time_of_day(text), Some(hour * 3600 + 20 * 60), "{text}");
        }
        for text in ["上午13:20", "0:20 pm", "下午24:00", "pm", "下午", "25:00 am", "1:20 p", "上午下午1:20"]
        {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_ends_at_24_00_and_not_later() {
        assert_eq!((time_of_day("24:00"), time_of_day("24:00:00")), (Some(DAY_SECONDS), Some(DAY_SECONDS)));
        assert_eq!((time_of_day("24:00:01"), time_of_day("24:01"), time_of_day("23:59:60")), (None, None, None));
    }

    #[test]
    fn a_time_alone_is_read_in_no_other_zone() {
        assert_eq!(
            (lone_time("08:05+08:00"), lone_time("08:05"), lone_time("0.5")),
            (Some(29100), Some(29100), Some(43200))
        );
        assert_eq!((lone_time("08:05z"), lone_time("08:05+09:00"), lone_time("8:00-9:00")), (None, None, None));
    }
}
