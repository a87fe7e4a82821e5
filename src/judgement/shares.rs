//! Shares as they are shown: rounded, but never to what they are not. A share that is not all is never shown as 100%, one
//! that is something never as 0%, and one that is beside a limit stands on its own side of it.

use crate::model::Percent;

/// More decimals than this no pair of whole numbers needs.
const MOST_DECIMALS: u32 = 20;

/// A share as it is shown: `3/12 (25.0%)`.
pub(crate) fn share_text(count: u64, of: u64, limit: Option<Percent>) -> String {
    format!("{count}/{of} ({})", percent_text(count, of, limit))
}

/// `25.0%`, rounded half up in whole numbers, with as many decimals as it takes to tell it from the limit.
pub(crate) fn percent_text(count: u64, of: u64, limit: Option<Percent>) -> String {
    let tenths = percent_tenths(count, of);
    if limit.is_none_or(|limit| is_told(u128::from(tenths), 1, (count, of), limit)) {
        return format!("{}.{}%", tenths / 10, tenths % 10);
    }
    let shown = |decimals| (decimals, rounded(count, of, decimals));
    let told = |(decimals, number): &(u32, u128)| {
        let is_whole = *number == 0 || *number == 100 * 10_u128.pow(*decimals);
        !is_whole && limit.is_none_or(|limit| is_told(*number, *decimals, (count, of), limit))
    };
    let (decimals, number) = (2..MOST_DECIMALS).map(shown).find(told).unwrap_or_else(|| shown(MOST_DECIMALS));
    let one = 10_u128.pow(decimals);
    format!("{}.{:0width$}%", number / one, number % one, width = decimals as usize)
}

/// Whether a rounded share stands to the limit as the share itself does.
fn is_told(number: u128, decimals: u32, (count, of): (u64, u64), limit: Percent) -> bool {
    let shown = (number * 100).cmp(&(u128::from(limit.hundredths()) * 10_u128.pow(decimals)));
    of == 0 || shown == limit.compare(count, of)
}

/// A percentage of so many decimals, as a whole number.
fn rounded(count: u64, of: u64, decimals: u32) -> u128 {
    let (scaled, of) = (u128::from(count) * 200 * 10_u128.pow(decimals), u128::from(of));
    (scaled + of) / (of * 2).max(1)
}

/// A share in tenths of a percent, never all of what is not all, nor nothing of what is something.
pub(crate) fn percent_tenths(count: u64, of: u64) -> u64 {
    let rounded = (count * 2000 + of) / (of * 2).max(1);
    match (count, of) {
        (1.., _) if count < of => rounded.clamp(1, 999),
        _ => rounded,
    }
}

/// A measure that is over its limit, with as many decimals as it takes to see that.
pub(crate) fn above_text(measure: f64, limit: f64) -> String {
    let shown = |decimals: usize| format!("{measure:.decimals$}");
    let is_above = |text: &String| text.parse::<f64>().is_ok_and(|shown| shown > limit);
    (0..6).map(shown).find(is_above).unwrap_or_else(|| shown(6))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shares_are_shown_rounded_half_up() {
        let percent_text = |count, of| super::percent_text(count, of, None);
        assert_eq!(share_text(3, 12, None), "3/12 (25.0%)");
        assert_eq!(percent_text(1, 3), "33.3%");
        assert_eq!(percent_text(1, 2000), "0.1%");
        assert_eq!(percent_text(0, 0), "0.0%");
        assert_eq!([percent_text(0, 9), percent_text(9, 9)], ["0.0%", "100.0%"]);
        assert_eq!([percent_text(1, 9_999), percent_text(9_998, 9_999)], ["0.1%", "99.9%"]);
    }

    #[test]
    fn a_share_is_told_from_its_limit() {
        let beside = |count, of, limit| percent_text(count, of, Percent::parse(limit));
        assert_eq!(beside(7_997, 10_000, "80"), "79.97%");
        assert_eq!(beside(799_999, 1_000_000, "80"), "79.9999%");
        assert_eq!(beside(200_001, 1_000_000, "20"), "20.0001%");
        assert_eq!(beside(3_334, 10_000, "33.33"), "33.34%", "33.3% would be below the limit");
        assert_eq!([beside(4, 5, "80"), beside(79, 100, "80"), beside(0, 0, "80")], ["80.0%", "79.0%", "0.0%"]);
        assert_eq!([beside(9_999, 10_000, "100"), beside(99_999, 100_000, "99.95")], ["99.9%", "99.999%"]);
    }

    #[test]
    fn a_measure_is_seen_to_be_over_its_limit() {
        assert_eq!(
            [above_text(140.2, 80.0), above_text(80.04, 80.0), above_text(500.3, 500.0)],
            ["140", "80.04", "500.3"]
        );
    }

    proptest! {
        #[test]
        fn no_share_is_shown_on_the_wrong_side(of in 1..u64::from(u32::MAX), part in 0.0..=1.0, hundredths in 0..=10_000_u32) {
            let limit = Percent::parse(&format!("{}.{:02}", hundredths / 100, hundredths % 100)).unwrap();
            for count in [(of as f64 * part) as u64, of * u64::from(hundredths) / 10_000, of * u64::from(hundredths) / 10_000 + 1] {
                let shown = percent_text(count, of, Some(limit));
                let (whole, decimals) = shown.trim_end_matches('%').split_once('.').unwrap();
                let number: u128 = format!("{whole}{decimals}").parse().unwrap();
                prop_assert!(is_told(number, decimals.len() as u32, (count, of), limit), "{count}/{of} beside {limit}: {shown}");
            }
        }
    }
}
