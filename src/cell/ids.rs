//! Ids, which are compared as text (SPEC §2.2).

use super::cells::{Cell, bare_digits, is_empty_mark, is_error_value, lost_digits};
use super::reason::Reason;
use crate::model::{half_width, is_invisible};
use std::borrow::Cow;

/// An id: half-width, without characters that take no room, and without the `.0` that spreadsheets put behind digits.
pub(crate) fn id(cell: &str) -> Cell<Cow<'_, str>> {
    if is_usual(cell) {
        return Cell::Value(Cow::Borrowed(cell));
    }
    let bare: String = cell.chars().filter(|c| !is_invisible(*c) && !c.is_control()).map(half_width).collect();
    let bare = bare.trim();
    let bare = bare.strip_suffix(".0").filter(|digits| bare_digits(digits)).unwrap_or(bare);
    if bare.is_empty() || is_empty_mark(bare) {
        return Cell::Empty;
    }
    Cell::read(bare, Reason::DigitsLost, |bare| (!lost_digits(bare) && !is_error_value(bare)).then_some(()))
        .map(|()| Cow::Owned(bare.to_owned()))
}

/// Whether a cell is an id as it stands.
pub(crate) fn is_usual(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    let is_plain = bytes.iter().all(|byte| matches!(byte, b'$'..=b'~'));
    is_plain && !bytes.ends_with(b".0") && !is_empty_mark(cell) && !lost_digits(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_compared_without_what_cannot_be_seen() {
        for (cell, expected) in [
            ("C0001", "C0001"),
            ("c0001", "c0001"),
            ("Ｃ０００１", "C0001"),
            ("C0001\u{200b}", "C0001"),
            ("\u{2068}C0001\u{2069}", "C0001"),
            ("C\u{ad}0001\u{fe0f}", "C0001"),
            ("\u{feff}C0001", "C0001"),
            ("\u{202d}C0001\u{202c}", "C0001"),
            (" C00\n01 ", "C0001"),
            ("C0001\u{3000}\u{200b}", "C0001"),
            ("1001.0", "1001"),
            ("１００１．０", "1001"),
            ("A1.0", "A1.0"),
            ("1001.00", "1001.00"),
            ("0516", "0516"),
            ("苏A-01", "苏A-01"),
        ] {
            assert_eq!(id(cell), Cell::Value(Cow::Borrowed(expected)), "{cell:?}");
        }
    }

    #[test]
    fn marks_errors_and_lost_digits_are_no_ids() {
        for cell in ["", "-", "无", "NULL", "\u{200b}", "\u{feff}-"] {
            assert_eq!(id(cell), Cell::Empty, "{cell:?}");
        }
        assert_eq!(id("3.2E+11"), Cell::Unknown(Reason::DigitsLost));
        assert_eq!(id("３．２Ｅ＋１１"), Cell::Unknown(Reason::DigitsLost));
        assert_eq!((id("#N/A"), id("####")), (Cell::Unknown(Reason::ErrorValue), Cell::Unknown(Reason::ErrorValue)));
    }
}
