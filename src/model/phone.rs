//! Phone numbers, normalised so that equal lines compare equal (SPEC §2.2).

use std::fmt;
use std::ops::Deref;

/// A normalised number of 1 to 18 digits; leading zeros count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(u64);

impl Phone {
    /// From digits only; `None` if there are none, more than 18, or anything else among them.
    pub fn from_digits(digits: &str) -> Option<Self> {
        Self::of(digits.as_bytes())
    }

    /// As [`Self::from_digits`], from bytes.
    pub fn of(digits: &[u8]) -> Option<Self> {
        (1..=18).contains(&digits.len()).then_some(())?;
        // A 1 in front keeps leading zeros and the length.
        let (mut number, mut greatest) = (1_u64, 0);
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            greatest = greatest.max(digit);
            // What is no digit may make it overflow, and is found out below.
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        }
        (greatest < 10).then_some(Self(number))
    }

    /// No number: what stands for one that cannot be read.
    pub const NONE: Self = Self(1);

    /// The number as bits, the two highest of which are free.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// What [`Self::bits`] gave.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// With a zero in front, where none is and there is room.
    pub fn with_zero(self) -> Option<Self> {
        let digits = self.to_string();
        (!digits.starts_with('0')).then(|| Self::from_digits(&format!("0{digits}")))?
    }

    pub fn digits(self) -> u32 {
        self.0.ilog10()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_string()[1..])
    }
}

/// The numbers of one record: mostly none or one.
#[derive(Clone, Copy, Debug, Default)]
pub enum Phones<'a> {
    #[default]
    None,
    One(Phone),
    Many(&'a [Phone]),
}

impl Deref for Phones<'_> {
    type Target = [Phone];

    fn deref(&self) -> &[Phone] {
        match self {
            Self::None => &[],
            Self::One(phone) => std::slice::from_ref(phone),
            Self::Many(phones) => phones,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_and_length_survive() {
        let phone = Phone::from_digits("051683801234").unwrap();
        assert_eq!((phone.to_string().as_str(), phone.digits()), ("051683801234", 12));
        assert_ne!(Phone::from_digits("0516"), Phone::from_digits("516"));
        for wrong in ["", "1234567890123456789", "12a", "电话号码无啊"] {
            assert_eq!(Phone::from_digits(wrong), None);
        }
    }
}
