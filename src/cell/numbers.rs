//! Numbers, and the degrees of positions (SPEC §2.2).

use super::cells::{Cell, bare_digits};
use super::reason::Reason;
use crate::model::{Decimals, Points, Position, fold};

/// A whole number of at least 0; `12.0`, as spreadsheets write it, too.
pub(crate) fn whole(cell: &str) -> Cell<u32> {
    Cell::read(cell, Reason::NotNumber, |cell| {
        if bare_digits(cell) {
            return cell.parse().ok();
        }
        let cell = fold(cell);
        let digits = without_zeros(&cell);
        bare_digits(digits).then(|| digits.parse().ok())?
    })
}

/// A score, or the full one, with at most two decimals.
pub(crate) fn points(cell: &str) -> Cell<Points> {
    Cell::read(cell, Reason::NotPoints, |cell| Points::parse(&fold(cell)))
}

/// A number without the zeros behind its point: `65` of `65.0`.
pub(super) fn without_zeros(number: &str) -> &str {
    let zeros = |(_, fraction): &(&str, &str)| !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0');
    number.split_once('.').filter(zeros).map_or(number, |(whole, _)| whole)
}

/// Degrees of longitude or latitude.
pub(crate) fn degrees(cell: &str) -> Cell<f64> {
    Cell::read(cell, Reason::NotNumber, decimal)
}

/// How many digits stand behind a number's point.
pub(crate) fn decimals(cell: &str) -> usize {
    let point = |byte: &u8| *byte == b'.';
    let of = |cell: &str| cell.bytes().skip_while(|byte| !point(byte)).skip(1).take_while(u8::is_ascii_digit).count();
    if cell.is_ascii() { of(cell) } else { of(&fold(cell)) }
}

/// Longitude and latitude in one cell, in either order: in China the one is 73 to 135, the other 3 to 54.
pub(crate) fn position(cell: &str) -> Cell<Position> {
    position_as_written(cell).map(|(position, _)| position)
}

/// Likewise, with their decimals.
pub(crate) fn position_as_written(cell: &str) -> Cell<(Position, Decimals)> {
    Cell::read(cell, Reason::NotPosition, |cell| {
        let folded = fold(cell);
        let bare = folded.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '【' | '】'));
        let mut parts = bare.split([',', ';', '、', '/', '|', ' ', '\t']).filter(|part| !part.is_empty());
        let (Some(one), Some(two), None) = (parts.next(), parts.next(), parts.next()) else { return None };
        let (written_one, written_two) = (decimals(one), decimals(two));
        let (one, two) = (decimal(one)?, decimal(two)?);
        let in_china = |lon: f64, lat: f64| (73.0..=135.0).contains(&lon) && (3.0..=54.0).contains(&lat);
        let is_nowhere = || (!is_on_globe(one, two) && !is_on_globe(two, one)) || (one, two) == (0.0, 0.0);
        match () {
            () if in_china(two, one) => {
                Some((Position { lon: two, lat: one }, Decimals::new(written_two, written_one)))
            }
            () if in_china(one, two) || is_nowhere() => {
                Some((Position { lon: one, lat: two }, Decimals::new(written_one, written_two)))
            }
            () => None,
        }
    })
}

/// Whether there is such a place at all.
pub(crate) fn is_on_globe(lon: f64, lat: f64) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}

/// A plain decimal number: no exponent, no words.
pub(crate) fn decimal(cell: &str) -> Option<f64> {
    if let Some(number) = usual_decimal(cell.as_bytes()) {
        return Some(number);
    }
    let cell = fold(cell);
    let plain = cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    plain.then(|| cell.parse().ok())?
}

/// A number such as `117.219486` or `30`. Up to 15 digits are a whole number that a float holds exactly, and so is the power of ten
/// it is divided by: the quotient is the float nearest to the number, the one that parsing gives.
fn usual_decimal(bytes: &[u8]) -> Option<f64> {
    const POWERS: [f64; 15] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];
    (1..=15).contains(&bytes.len()).then_some(())?;
    let (mut digits, mut behind) = (0u64, None);
    for byte in bytes {
        match (byte, behind) {
            (b'0'..=b'9', _) => {
                digits = digits * 10 + u64::from(byte - b'0');
                behind = behind.map(|places| places + 1);
            }
            (b'.', None) => behind = Some(0),
            _ => return None,
        }
    }
    match behind {
        None => Some(digits as f64),
        Some(0) => None,
        Some(places) => Some(digits as f64 / POWERS[places]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_that_parsing_gives() {
        for cell in
            ["117.219486", "34.1", "0.1", "00.10", "999999999999.9", "9.99999999999999", "1.7976931348623", ".5"]
        {
            assert_eq!(decimal(cell), cell.parse().ok(), "{cell}");
        }
        assert_eq!((decimal("5."), decimal("1.2.3"), decimal(".")), (Some(5.0), None, None));
        assert_eq!((decimal("117.25"), decimal("-0.5"), decimal("1E5")), (Some(117.25), Some(-0.5), None));
    }

    #[test]
    fn decimals_are_counted_as_they_are_written() {
        assert_eq!(["117.219486", "117.20", "117", "117.", "１１７．２５"].map(decimals), [6, 2, 0, 0, 2]);
        for cell in ["117.20,34.125", "34.125，117.20"] {
            let read = position_as_written(cell).value().map(|(_, decimals)| (decimals.lon(), decimals.lat()));
            assert_eq!(read, Some((2, 3)), "{cell}");
        }
    }

    #[test]
    fn whole_numbers_may_have_zeros_behind_the_point() {
        let read = |cell| whole(cell).value();
        assert_eq!(
            (read("3"), read("3.0"), read("３"), read("3.5"), read("第3")),
            (Some(3), Some(3), Some(3), None, None)
        );
        assert_eq!((whole("-"), whole("?"), read("3.")), (Cell::Empty, Cell::Unknown(Reason::NotNumber), None));
    }

    #[test]
    fn a_position_in_one_cell_is_told_by_its_ranges() {
        for cell in
            ["117.2,34.5", "34.5,117.2", "（117.2，34.5）", "[34.5 117.2]", "117.2;34.5", "117.2, 34.5", "117.2/34.5"]
        {
            assert_eq!(position(cell), Cell::Value(Position { lon: 117.2, lat: 34.5 }), "{cell}");
        }
        assert_eq!(position("0,0"), Cell::Value(Position { lon: 0.0, lat: 0.0 }));
        assert_eq!(position("999,999"), Cell::Value(Position { lon: 999.0, lat: 999.0 }));
        assert_eq!((position("-"), position("无")), (Cell::Empty, Cell::Empty));
        for cell in ["117.2", "117.2,34.5,0", "东街", "2.35,48.85", "117.2,东"] {
            assert_eq!(position(cell), Cell::Unknown(Reason::NotPosition), "{cell}");
        }
    }
}
