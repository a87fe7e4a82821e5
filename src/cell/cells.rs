//! What holds for cells of every type (SPEC §2.2): guards, marks for nothing, errors of spreadsheets.

use super::reason::Reason;
use crate::model::UNRESOLVED;

/// A cell that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<T> {
    Value(T),
    Empty,
    /// It is there, but cannot be read.
    Unknown(Reason),
}

impl<T> Cell<T> {
    /// Reads a cell: what `parse` takes is a value, whatever else a mark might be. `why` tells what other cells are not.
    pub fn read(text: &str, why: Reason, parse: impl FnOnce(&str) -> Option<T>) -> Self {
        if text.is_empty() {
            return Self::Empty;
        }
        match parse(text) {
            Some(value) => Self::Value(value),
            None => Self::unread(text, why),
        }
    }

    /// A cell that holds no value.
    pub fn unread(text: &str, why: Reason) -> Self {
        match text {
            text if is_empty_mark(text) => Self::Empty,
            UNRESOLVED => Self::Unknown(Reason::Unresolved),
            text if is_error_value(text) => Self::Unknown(Reason::ErrorValue),
            _ => Self::Unknown(why),
        }
    }

    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Cell<U> {
        match self {
            Self::Value(value) => Cell::Value(with(value)),
            Self::Empty => Cell::Empty,
            Self::Unknown(why) => Cell::Unknown(why),
        }
    }
}

/// A cell's text without surrounding white space and without Excel's guards `="…"` and `'`.
pub(crate) fn clean(cell: &str) -> &str {
    let cell = cell.trim();
    let guarded = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    guarded.or_else(|| cell.strip_prefix('\'')).map_or(cell, str::trim)
}

/// What people and systems write into a cell that holds nothing; in names and addresses it is text.
pub(crate) fn is_empty_mark(cell: &str) -> bool {
    // No mark is longer than 未签退, and each begins with one of these bytes or with 无, 未 or a dash.
    let begins = cell.bytes().next().is_none_or(|first| matches!(first, b'-' | b'\\' | b'n' | b'N' | 0xe2 | 0xe6));
    if cell.len() > 9 || !begins {
        return false;
    }
    matches!(cell, "" | "-" | "--" | "------" | "—" | "无" | "未签退" | "\\N")
        || ["null", "n/a", "nan", "none", "nat"].iter().any(|mark| cell.eq_ignore_ascii_case(mark))
}

/// What a spreadsheet shows in place of a value: that it could not work it out, or that the column is too narrow.
pub(crate) fn is_error_value(cell: &str) -> bool {
    let rest = match cell.as_bytes().first() {
        Some(b'#') => &cell[1..],
        Some(b'E') => return cell.strip_prefix("Err:").is_some_and(bare_digits),
        _ => return false,
    };
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_'));
    let is_error = rest.strip_suffix(['!', '?']).is_some_and(|name| !name.is_empty() && is_name(name));
    let is_too_narrow = !rest.is_empty() && rest.bytes().all(|byte| byte == b'#');
    is_error || is_too_narrow || rest.eq_ignore_ascii_case("n/a") || rest == "GETTING_DATA"
}

/// A number in scientific notation, as spreadsheets write long ids and phone numbers: digits were lost.
pub(crate) fn lost_digits(cell: &str) -> bool {
    if !cell.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let Some(mark) = cell.bytes().position(|byte| matches!(byte, b'E' | b'e')) else { return false };
    let (mantissa, exponent) = (&cell[..mark], &cell[mark + 1..]);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let signed = exponent.strip_prefix('+');
    digits(whole)
        && fraction.is_none_or(digits)
        && digits(signed.unwrap_or(exponent))
        && (signed.is_some() || fraction.is_some())
}

pub(crate) fn bare_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Free text; marks for nothing are none.
pub(crate) fn text(cell: &str) -> Cell<&str> {
    match cell {
        cell if is_empty_mark(cell) => Cell::Empty,
        UNRESOLVED => Cell::Unknown(Reason::Unresolved),
        cell if is_error_value(cell) => Cell::Unknown(Reason::ErrorValue),
        cell => Cell::Value(cell),
    }
}

/// A name or an address: whatever stands there.
pub(crate) fn name(cell: &str) -> Cell<&str> {
    match cell {
        "" => Cell::Empty,
        UNRESOLVED => Cell::Unknown(Reason::Unresolved),
        cell if is_error_value(cell) => Cell::Unknown(Reason::ErrorValue),
        cell => Cell::Value(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_lose_white_space_and_guards() {
        for (cell, text) in [
            ("  C1\t", "C1"),
            ("\u{3000}C1\u{3000}", "C1"),
            ("=\"0516\"", "0516"),
            ("=\" 0516 \"", "0516"),
            ("'0516", "0516"),
            ("=\"\"", ""),
            ("=1+1", "=1+1"),
        ] {
            assert_eq!(clean(cell), text);
        }
    }

    #[test]
    fn marks_stand_for_nothing_but_in_names() {
        for cell in
            ["", "-", "--", "------", "—", "无", "未签退", "NULL", "null", "N/A", "nan", "NaN", "None", "NaT", "\\N"]
        {
            assert!(is_empty_mark(cell), "{cell}");
            assert_eq!(text(cell), Cell::Empty, "{cell}");
            assert_eq!(name(cell), if cell.is_empty() { Cell::Empty } else { Cell::Value(cell) });
        }
        for cell in ["---", "0", "无关", "no", "\\n"] {
            assert_eq!(text(cell), Cell::Value(cell));
        }
    }

    #[test]
    fn what_a_spreadsheet_could_not_show_is_unknown_in_every_cell() {
        for cell in ["#N/A", "#n/a", "#REF!", "#DIV/0!", "#NAME?", "#SPILL!", "####", "##", "Err:502"] {
            assert_eq!(text(cell), Cell::Unknown(Reason::ErrorValue), "{cell}");
            assert_eq!(name(cell), Cell::Unknown(Reason::ErrorValue), "{cell}");
            assert_eq!(Cell::read(cell, Reason::NotDate, |_| None::<()>), Cell::Unknown(Reason::ErrorValue));
        }
        for cell in ["#", "#801", "#3楼!", "Err", "#!"] {
            assert_eq!(text(cell), Cell::Value(cell));
        }
    }

    #[test]
    fn scientific_notation_is_recognised_and_codes_are_not() {
        for cell in ["1.38E+10", "1.38e+10", "3E+11", "1.3800000001E10"] {
            assert!(lost_digits(cell), "{cell}");
        }
        for cell in ["12E4", "E12", "3E", "CE+1", "1.5", "13800000001"] {
            assert!(!lost_digits(cell), "{cell}");
        }
    }
}
