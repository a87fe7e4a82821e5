//! The number that stands on every page: what comes back can be told apart and a number misread is found out.

use chrono::NaiveDate;

/// The number of a page: date, manager, page and two check digits, `20261009-M001-1-63`.
pub(crate) fn of(date: NaiveDate, manager: &str, page: usize) -> String {
    let text = format!("{}-{manager}-{page}", date.format("%Y%m%d"));
    let check = 98 - remainder(&format!("{text}00"));
    format!("{text}-{check:02}")
}

/// Whether the check digits of a number belong to the rest of it: what a clerk's key-in program would ask.
#[cfg(test)]
pub(crate) fn is_sound(number: &str) -> bool {
    let digits = number.rsplit('-').next().unwrap_or_default();
    digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()) && remainder(number) == 1
}

/// ISO/IEC 7064, MOD 97-10, over digits; letters count 10 to 35, upper and lower case alike, as in ISO 13616. Hyphens and
/// blanks count nothing, any other character its number in Unicode, in decimal digits.
fn remainder(text: &str) -> u32 {
    let mut remainder = 0_u64;
    for c in text.chars().filter(|c| *c != '-' && !c.is_whitespace()) {
        let value = u64::from(c.to_digit(36).unwrap_or(u32::from(c)));
        let shift = 10_u64.pow(value.max(1).ilog10() + 1);
        remainder = (remainder * shift + value) % 97;
    }
    remainder as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 10, 9).unwrap()
    }

    /// ISO/IEC 7064's example: 794 has the check digits 44.
    #[test]
    fn check_digits_are_those_of_the_standard() {
        assert_eq!(98 - remainder("79400"), 44);
        assert_eq!(remainder("GB82WEST12345698765432".get(4..).map(|rest| format!("{rest}GB82")).unwrap().as_str()), 1);
    }

    #[test]
    fn a_page_is_numbered_by_day_manager_and_place() {
        assert_eq!(of(date(), "M001", 1), "20261009-M001-1-63");
    }

    #[test]
    fn a_number_misread_is_found_out() {
        let number = of(date(), "M001", 1);
        assert!(is_sound(&number), "{number}");
        assert!(is_sound(&number.to_lowercase()));
        for wrong in [number.replace("M001", "M010"), number.replace("1009", "1006"), number.replace("-1-", "-2-")] {
            assert!(!is_sound(&wrong), "{wrong}");
        }
        for none in ["", "-", "20261009-M001-1", "20261009"] {
            assert!(!is_sound(none), "{none}");
        }
    }

    proptest! {
        /// MOD 97-10 finds every single wrong digit.
        #[test]
        fn every_single_wrong_digit_is_found(manager in "[A-Z0-9经理]{1,12}", page in 1_usize..99, at in 0_usize..8, by in 1_u8..10) {
            let number = of(date(), &manager, page);
            prop_assert!(is_sound(&number));
            let mut bytes = number.into_bytes();
            bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
            prop_assert!(!is_sound(&String::from_utf8(bytes).unwrap()));
        }
    }
}
