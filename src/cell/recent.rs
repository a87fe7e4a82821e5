//! The short way for dates and times as nearly all systems write them (SPEC §2.2); everything else is for the general way.

use crate::model::Moment;
use chrono::NaiveDate;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Cell;
    use crate::cell::dates::{date, moment};
    use proptest::prelude::*;

    #[test]
    fn bytes_that_are_no_digits_are_no_usual_time() {
        for bytes in
            [*b"\xff\xff:\xff\xff:\xff\xff", *b"\x8a8:05:31", *b"08:05:3\xba", *b"\xba8\xba05\xba31", *b"08-05-31"]
        {
            assert_eq!(usual_time(&bytes), None, "{bytes:?}");
        }
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
                        prop_assert!(is_date && date(cell) == Cell::Value(read), "{}", cell);
                    }
                    if let Some(read) = recent.usual_moment(bytes) {
                        prop_assert_eq!(moment(cell, None), Cell::Value(read), "{}", cell);
                    }
                    if bytes == text.as_bytes() && !text.contains('T') {
                        prop_assert_eq!(recent.usual_date(bytes).is_some(), is_date && date(cell).value().is_some());
                        prop_assert_eq!(recent.usual_moment(bytes), moment(cell, None).value());
                    }
                }
            }
        }
    }
}
