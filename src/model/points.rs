//! Points in hundredths: scores, and what is taken from them, are compared, added and averaged in whole numbers.

use super::quantity::refuse;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Points in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(pub i64);

impl Points {
    /// No number of points that is read is larger.
    const MOST: i64 = 1_000_000;

    /// The mean, rounded half up to hundredths; `None` of nothing.
    pub fn mean(points: impl Iterator<Item = Self>) -> Option<Self> {
        let (sum, n) = points.fold((0, 0), |(sum, n), points| (sum + points.0, n + 1));
        (n > 0).then(|| Self((2 * sum + n).div_euclid(2 * n)))
    }

    /// From `8` or `8.25`: digits with at most two decimals, up to a million.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        (digits(whole, 7) && digits(decimals, 2)).then_some(())?;
        let hundredths = whole.parse::<i64>().ok()? * 100 + format!("{decimals:0<2}").parse::<i64>().ok()?;
        (hundredths <= Self::MOST * 100).then_some(Self(hundredths))
    }

    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// Without zeros that say nothing: `2`, `0.5`, `2.25`.
    pub fn short(self) -> String {
        self.as_f64().to_string()
    }
}

/// `91.25`
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100)
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

/// A number of rules.toml.
impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let scaled = match toml::Value::deserialize(deserializer)? {
            toml::Value::Integer(whole) => whole as f64 * 100.0,
            toml::Value::Float(number) => number * 100.0,
            _ => f64::NAN,
        };
        let most = Self::MOST;
        let allowed = (0.0..=(most * 100) as f64).contains(&scaled) && (scaled - scaled.round()).abs() < 1e-6;
        allowed.then(|| Self(scaled.round() as i64)).ok_or_else(|| {
            refuse(
                &format!("0 到 {most} 之间的数，至多两位小数"),
                &format!("a number from 0 to {most} with at most two decimals"),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_rounded_half_up_in_whole_numbers() {
        let mean = |points: &[i64]| Points::mean(points.iter().map(|points| Points(*points))).unwrap().to_string();
        assert_eq!(mean(&[9125, 9126]), "91.26");
        assert_eq!(mean(&[10_000, 9_999, 9_999]), "99.99");
        assert_eq!(mean(&[3]), "0.03");
        assert_eq!(Points::mean(std::iter::empty()), None);
    }

    #[test]
    fn decimals_are_read_exactly() {
        for (text, hundredths) in [("8", 800), ("8.5", 850), ("8.05", 805), ("0", 0), ("1000000", 100_000_000)] {
            assert_eq!(Points::parse(text), Some(Points(hundredths)), "{text}");
        }
        for wrong in ["", "-1", "8.", ".5", "8.505", "8,5", "1e2", "1000000.01", "99999999", "+8"] {
            assert_eq!(Points::parse(wrong), None, "{wrong}");
        }
        assert_eq!([800, 850, 805].map(|points| Points(points).short()), ["8", "8.5", "8.05"]);
    }
}
