//! Numbers of rules.toml with their unit and range.

use crate::lang::{Words, say};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;

/// Between the Chinese and the English half of an error's text on its way through serde.
const SEAM: char = '\u{1f}';

/// A serde error that says in both languages what a value must be.
pub fn refuse<E: serde::de::Error>(zh: &str, en: &str) -> E {
    E::custom(format_args!("{zh}{SEAM}{en}"))
}

/// What a value of rules.toml must be, read back from serde's error; serde's own words in both languages otherwise.
pub fn demand(error: &toml::de::Error) -> Words {
    let message = error.message();
    if let Some((zh, en)) = message.split_once(SEAM) {
        return say(zh, en);
    }
    // serde lists the values of an enumeration, and the fields of a table, in backquotes behind "expected".
    let unknown = message.strip_prefix("unknown variant").or_else(|| message.strip_prefix("unknown field"));
    match unknown.and_then(|rest| rest.split_once("expected")) {
        Some((_, expected)) => {
            let names: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
            say(format!("以下之一：{}", names.join("、")), format!("one of {}", names.join(", ")))
        }
        None => Words::same(message),
    }
}

/// A share in hundredths of a percent: whole-number arithmetic for limits with up to two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent {
    hundredths: u32,
}

impl Percent {
    pub const fn whole(percent: u32) -> Self {
        Self { hundredths: percent * 100 }
    }

    /// From `2` or `2.5`: digits, with at most two decimals, up to 100.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        (digits(whole, 3) && digits(decimals, 2)).then_some(())?;
        let hundredths = whole.parse::<u32>().ok()? * 100 + format!("{decimals:0<2}").parse::<u32>().ok()?;
        (hundredths <= 10_000).then_some(Self { hundredths })
    }

    /// `count` is at most this share of `of`.
    pub fn caps(self, count: u64, of: u64) -> bool {
        count * 10_000 <= u64::from(self.hundredths) * of
    }

    /// `count` is at least this share of `of`.
    pub fn reached(self, count: u64, of: u64) -> bool {
        count * 10_000 >= u64::from(self.hundredths) * of
    }

    /// The smallest whole number that is at least this share of `of`.
    pub fn ceil_of(self, of: u64) -> u64 {
        (u64::from(self.hundredths) * of).div_ceil(10_000)
    }

    /// The smallest whole number that is at least this share of `part`/`whole` of `of`; `whole` is not 0.
    pub fn ceil_of_part(self, of: u64, part: u32, whole: u32) -> u64 {
        (u64::from(self.hundredths) * of * u64::from(part)).div_ceil(10_000 * u64::from(whole))
    }

    /// The largest whole number that is at most this share of itself and `others` together; `None` where any is.
    pub fn most_beside(self, others: u64) -> Option<u64> {
        let left = 10_000 - u64::from(self.hundredths);
        (u64::from(self.hundredths) * others).checked_div(left)
    }

    /// How a share stands to this one.
    pub fn compare(self, count: u64, of: u64) -> Ordering {
        (u128::from(count) * 10_000).cmp(&(u128::from(self.hundredths) * u128::from(of)))
    }

    pub const fn hundredths(self) -> u32 {
        self.hundredths
    }

    pub fn as_f64(self) -> f64 {
        f64::from(self.hundredths) / 100.0
    }
}

/// `20`, `12.5`, `0.25`
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_f64())
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let scaled = number(&value).map(|percent| percent * 100.0);
        scaled
            .filter(|scaled| (0.0..=10_000.0).contains(scaled) && (scaled - scaled.round()).abs() < 1e-6)
            .map(|scaled| Self { hundredths: scaled.round() as u32 })
            .ok_or_else(|| {
                refuse("0 到 100 之间的百分数，至多两位小数", "a percentage from 0 to 100 with at most two decimals")
            })
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_number(self.as_f64(), serializer)
    }
}

/// A length of time given in hours, kept in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    seconds: u32,
}

impl Hours {
    pub fn seconds(self) -> u32 {
        self.seconds
    }

    pub fn as_f64(self) -> f64 {
        f64::from(self.seconds) / 3600.0
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let seconds = number(&value).map(|hours| hours * 3600.0);
        seconds
            .filter(|seconds| (0.0..=86_400.0).contains(seconds) && (seconds - seconds.round()).abs() < 1e-6)
            .map(|seconds| Self { seconds: seconds.round() as u32 })
            .ok_or_else(|| refuse("0 到 24 之间的小时数", "a number of hours from 0 to 24"))
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_number(self.as_f64(), serializer)
    }
}

/// A whole number within a range; its unit is in the parameter's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Whole<const MIN: u32, const MAX: u32>(pub u32);

impl<'de, const MIN: u32, const MAX: u32> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let whole = value.as_integer().and_then(|whole| u32::try_from(whole).ok());
        whole.filter(|whole| (MIN..=MAX).contains(whole)).map(Self).ok_or_else(|| {
            refuse(&format!("{MIN} 到 {MAX} 之间的整数"), &format!("a whole number from {MIN} to {MAX}"))
        })
    }
}

impl<const MIN: u32, const MAX: u32> Serialize for Whole<MIN, MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

fn number(value: &toml::Value) -> Option<f64> {
    match value {
        toml::Value::Integer(whole) => Some(*whole as f64),
        toml::Value::Float(number) => Some(*number),
        _ => None,
    }
}

/// A number without a fraction is written as a whole one: `20`, not `20.0`.
pub fn write_number<S: Serializer>(number: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if number.fract() == 0.0 { serializer.serialize_i64(number as i64) } else { serializer.serialize_f64(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize, Debug)]
    struct Holder<T> {
        v: T,
    }

    fn read<T: serde::de::DeserializeOwned>(toml: &str) -> Result<T, String> {
        toml::from_str::<Holder<T>>(&format!("v = {toml}")).map(|h| h.v).map_err(|e| demand(&e).en.into())
    }

    #[test]
    fn shares_compare_in_whole_numbers_at_the_exact_boundary() {
        let third: Percent = read("33.33").unwrap();
        assert!(third.caps(3333, 10_000) && !third.caps(3334, 10_000));
        assert!(third.reached(3333, 10_000) && !third.reached(3332, 10_000));
        let cap = Percent::whole(20);
        assert!(cap.caps(1, 5) && !cap.caps(2, 9));
        assert_eq!((Percent::whole(2).ceil_of(50), Percent::whole(2).ceil_of(51)), (1, 2));
    }

    #[test]
    fn the_most_beside_others_is_the_last_that_is_capped() {
        let share = |text| Percent::parse(text).unwrap();
        for percent in ["0", "12.5", "20", "33.33", "50", "99.99"].map(share) {
            for others in 0..50 {
                let most = percent.most_beside(others).unwrap();
                assert!(percent.caps(most, others + most) && !percent.caps(most + 1, others + most + 1), "{percent}");
            }
        }
        assert_eq!(share("100").most_beside(3), None);
    }

    #[test]
    fn percentages_are_read_exactly() {
        assert_eq!(Percent::parse("2"), Some(Percent::whole(2)));
        assert_eq!(Percent::parse("2.5").map(|percent| percent.hundredths), Some(250));
        assert_eq!(Percent::parse("100.00"), Some(Percent::whole(100)));
        for wrong in ["", "2%", "-1", "100.01", "2.505", "2.", ".5", "1e2", "+2"] {
            assert_eq!(Percent::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn values_outside_their_range_are_refused_in_words() {
        assert!(read::<Percent>("100.5").unwrap_err().contains("from 0 to 100"));
        assert!(read::<Percent>("12.345").unwrap_err().contains("two decimals"));
        assert!(read::<Percent>("\"20%\"").is_err());
        assert_eq!(read::<Hours>("4.5").unwrap().seconds(), 16_200);
        assert!(read::<Hours>("25").unwrap_err().contains("from 0 to 24"));
        assert_eq!(read::<Whole<1, 60>>("60").unwrap().0, 60);
        assert_eq!(read::<Whole<1, 60>>("61").unwrap_err(), "a whole number from 1 to 60");
        assert!(read::<Whole<1, 60>>("1.5").is_err() && read::<Whole<1, 60>>("-1").is_err());
    }
}
