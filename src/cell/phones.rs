//! Phone numbers as people, exchanges and spreadsheets write them, brought to one form (SPEC §2.2).

use super::cells::{Cell, is_empty_mark, lost_digits};
use super::reason::Reason;
use crate::model::{Phone, fold};

/// Adds the numbers of a cell to `numbers`. Where one of them cannot be read the cell is unknown, and the others stay.
pub(crate) fn phones(cell: &str, area_code: &str, numbers: &mut Vec<Phone>) -> Cell<()> {
    if let Some(number) = usual(cell.as_bytes()) {
        numbers.push(number);
        return Cell::Value(());
    }
    let folded = fold(cell);
    let (mut wrong, before) = (None, numbers.len());
    let parts = folded.split(['/', '、', ';', ',', '\n', '\r']).flat_map(whole_numbers);
    for part in parts.filter(|part| !is_empty_mark(part)) {
        match phone(part, area_code) {
            Ok(number) => numbers.push(number),
            Err(why) => wrong = wrong.or(Some(why)),
        }
    }
    match wrong {
        Some(why) => Cell::unread(cell, why),
        None if numbers.len() == before => Cell::Empty,
        None => Cell::Value(()),
    }
}

/// The first number of a cell.
pub(crate) fn first(cell: &str, area_code: &str) -> Cell<Phone> {
    if let Some(number) = usual(cell.as_bytes()) {
        return Cell::Value(number);
    }
    let mut numbers = Vec::new();
    match (phones(cell, area_code, &mut numbers), numbers.first()) {
        (_, Some(number)) => Cell::Value(*number),
        (Cell::Unknown(why), None) => Cell::Unknown(why),
        (_, None) => Cell::Empty,
    }
}

/// A number as most cells have it: 9 to 12 digits without a country code, and nothing else.
pub(crate) fn usual(cell: &[u8]) -> Option<Phone> {
    if !(9..=12).contains(&cell.len()) || cell.starts_with(b"00") {
        return None;
    }
    let prefixed_mobile = matches!(cell, [b'0', b'1', b'3'..=b'9', ..]) && cell.len() == 12;
    Phone::of(if prefixed_mobile { &cell[1..] } else { cell })
}

/// The numbers of a part that are split by blanks: as many as are each whole, else all of it as one.
fn whole_numbers(part: &str) -> Vec<&str> {
    /// So many words are looked at: a cell of more is a text.
    const MOST: usize = 12;
    let part = part.trim();
    if part.is_empty() {
        return vec![];
    }
    let starts: Vec<usize> =
        part.split_whitespace().map(|word| word.as_ptr() as usize - part.as_ptr() as usize).take(MOST + 1).collect();
    if starts.len() < 2 || starts.len() > MOST {
        return vec![part];
    }
    split(part, &starts).unwrap_or_else(|| vec![part])
}

/// A text split at some of the places at which its words start, so that every piece is a whole number.
fn split<'t>(text: &'t str, starts: &[usize]) -> Option<Vec<&'t str>> {
    let (first, later) = starts.split_first()?;
    for (taken, end) in later.iter().enumerate() {
        let piece = text[*first..*end].trim_end();
        if is_whole(piece)
            && let Some(mut rest) = split(text, &later[taken..])
        {
            rest.insert(0, piece);
            return Some(rest);
        }
    }
    let last = &text[*first..];
    is_whole(last).then(|| vec![last])
}

/// Whether a text is a mobile's number, a landline's with or without its area code, or one of 400 and 800.
fn is_whole(text: &str) -> bool {
    let Some(digits) = dialled(&text[..extension(text)], "") else { return false };
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_plain
        && match (digits.as_bytes().first(), digits.len()) {
            (Some(b'0'), length) => (10..=12).contains(&length),
            (Some(b'1'), _) => is_mobile(&digits),
            (Some(b'4' | b'8'), 10) => digits[1..].starts_with("00"),
            (_, length) => matches!(length, 7 | 8),
        }
}

fn phone(part: &str, area_code: &str) -> Result<Phone, Reason> {
    if lost_digits(part) {
        return Err(Reason::DigitsLost);
    }
    let part = part.strip_suffix(".0").unwrap_or(part);
    let main = &part[..extension(part)];
    if is_masked(main) {
        return Err(Reason::Masked);
    }
    dialled(main, area_code).and_then(|digits| Phone::from_digits(&digits)).ok_or(Reason::NotPhone)
}

/// What is dialled within China for a number whose extension behind `转` and the like is cut.
fn dialled(main: &str, area_code: &str) -> Option<String> {
    let main = main.trim_start_matches(is_filler);
    let international = main.starts_with('+');
    let bare = |group: &str| group.chars().filter(|c| !is_filler(*c)).collect::<String>();
    let groups: Vec<String> =
        main.strip_prefix('+').unwrap_or(main).split(is_dash).map(bare).filter(|group| !group.is_empty()).collect();
    local_form(&without_extension(&groups).concat(), international, area_code)
}

/// Where an extension begins, or the text ends.
fn extension(text: &str) -> usize {
    ["转", "ext", "#"].iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len())
}

/// Whether signs stand in place of some digits, as in `138****1234`.
fn is_masked(main: &str) -> bool {
    let is_mask = |c: char| matches!(c, '*' | 'x' | '×' | '●' | '•');
    let fits = |c: char| c.is_ascii_digit() || is_mask(c) || is_filler(c) || is_dash(c) || c == '+';
    main.contains(is_mask) && main.contains(|c: char| c.is_ascii_digit()) && main.chars().all(fits)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '【' | '】')
}

/// Drops a last dashed group of 1–5 digits behind a landline's 7–8 digits, with or without what is dialled before them.
/// A mobile, however its digits are grouped, has no extension.
fn without_extension(groups: &[String]) -> &[String] {
    let [before @ .., last] = groups else { return groups };
    let behind_landline = before.last().is_some_and(|number| is_landline(number));
    let mobile = is_mobile(national(&groups.concat()));
    if behind_landline && !mobile && (1..=5).contains(&last.len()) { before } else { groups }
}

/// 7 or 8 digits, alone or behind an area code of 2 or 3 more.
fn is_landline(digits: &str) -> bool {
    let rest = national(digits);
    match rest.len() {
        7 | 8 => true,
        9..=11 => rest.len() < digits.len() && !is_mobile(rest),
        _ => false,
    }
}

/// Without country code and the 0 in front of it or of an area code.
fn national(digits: &str) -> &str {
    let home = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() >= 9));
    let home = home.unwrap_or(digits);
    home.strip_prefix('0').unwrap_or(home)
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && starts_as_mobile(digits)
}

fn starts_as_mobile(digits: &str) -> bool {
    digits.starts_with('1') && digits.as_bytes().get(1).is_some_and(|second| (b'3'..=b'9').contains(second))
}

/// What follows China's country code.
fn home(digits: &str) -> Option<&str> {
    digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() >= 11))
}

/// Without the country code, without the 0 that some exchanges dial before a mobile, and with the area code.
fn local_form(digits: &str, international: bool, area_code: &str) -> Option<String> {
    let rest = if international { digits.strip_prefix("86") } else { home(digits) };
    let national = match rest {
        Some(rest) if !rest.starts_with('0') && !starts_as_mobile(rest) => format!("0{rest}"),
        Some(rest) => rest.to_owned(),
        // Another country's number is not ours to read.
        None if international => return None,
        None => digits.to_owned(),
    };
    Some(match national.strip_prefix('0').filter(|rest| is_mobile(rest)) {
        Some(mobile) => mobile.to_owned(),
        None if matches!(national.len(), 7 | 8) => format!("{area_code}{national}"),
        None => national,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn both(cell: &str) -> (Vec<Phone>, Cell<()>) {
        let mut numbers = Vec::new();
        let read = phones(cell, "0516", &mut numbers);
        (numbers, read)
    }

    fn read(cell: &str) -> Vec<String> {
        both(cell).0.iter().map(Phone::to_string).collect()
    }

    #[test]
    fn every_way_to_write_a_mobile_is_one_number() {
        for cell in [
            "13800000001",
            "138 0000 0001",
            "138-0000-0001",
            "+86 138-0000-0001",
            "+8613800000001",
            "008613800000001",
            "8613800000001",
            "013800000001",
            "１３８００００００１",
            "13800000001.0",
            "13800000001转2",
            "(138)0000-0001",
            "+86 1380000-0001",
            "(+86)13800000001",
            "(+86) 138-0000-0001",
            "（+86）（138）00000001",
            "+86(138)0000-0001",
            "\u{202d}13800000001\u{202c}",
            "138\u{200b}00000001",
        ] {
            let expected = if cell.starts_with('１') { "1380000001" } else { "13800000001" };
            assert_eq!(read(cell), [expected], "{cell}");
        }
    }

    #[test]
    fn every_way_to_write_a_landline_is_one_number() {
        for cell in [
            "83801234",
            "0516-83801234",
            "(0516)83801234",
            "（0516）8380 1234",
            "0516 83801234",
            "+86 516 83801234",
            "+86-0516-83801234",
            "0086 516 83801234",
            "8651683801234",
            "0516-83801234-801",
            "051683801234-801",
            "83801234-801",
            "+86 516 83801234-801",
            "86 516 83801234-801",
            "83801234转801",
            "83801234 ext 801",
            "83801234#801",
        ] {
            assert_eq!(read(cell), ["051683801234"], "{cell}");
        }
        assert_eq!(read("8380123"), ["05168380123"]);
        assert_eq!(read("400-820-8820"), ["4008208820"]);
        assert_eq!(read("86123456"), ["051686123456"], "a local number that begins with 86");
    }

    #[test]
    fn a_cell_may_hold_several_numbers() {
        for cell in [
            "83801234/13800000001",
            "83801234、13800000001",
            "83801234；13800000001",
            "83801234，13800000001",
            "83801234\n13800000001",
            "83801234\r\n 13800000001",
            "83801234 13800000001",
            "0516-83801234 13800000001",
            "0516 83801234 138 0000 0001",
            "0516 8380 1234  +86 13800000001",
            "83801234转801 13800000001",
            "(0516)83801234-801 (+86)138-0000-0001",
        ] {
            assert_eq!(read(cell), ["051683801234", "13800000001"], "{cell}");
        }
    }

    #[test]
    fn blanks_within_a_number_split_nothing() {
        for (cell, number) in [
            ("8380 1234", "051683801234"),
            ("0516 83801234", "051683801234"),
            ("0086 516 83801234", "051683801234"),
            ("138 0000 0001", "13800000001"),
            ("1380000 0001", "13800000001"),
            ("400 820 8820", "4008208820"),
            ("83801234 ext 801", "051683801234"),
        ] {
            assert_eq!(read(cell), [number], "{cell}");
        }
        assert_eq!(read("8380123 8380124"), ["05168380123", "05168380124"]);
        assert_eq!(read("400 820 8820 13800000001"), ["4008208820", "13800000001"]);
    }

    #[test]
    fn lost_digits_and_words_are_unknown_but_do_not_take_good_numbers_with_them() {
        assert_eq!(both("1.38E+10"), (vec![], Cell::Unknown(Reason::DigitsLost)));
        assert_eq!(both("微信同号"), (vec![], Cell::Unknown(Reason::NotPhone)));
        assert_eq!(both("#N/A"), (vec![], Cell::Unknown(Reason::ErrorValue)));
        let (numbers, read) = both("13800000001/微信同号");
        assert_eq!((numbers.len(), read), (1, Cell::Unknown(Reason::NotPhone)));
        assert_eq!(both("+1 202 555 0100"), (vec![], Cell::Unknown(Reason::NotPhone)));
        for cell in ["", "-", "无", "N/A", "/"] {
            assert_eq!(both(cell), (vec![], Cell::Empty), "{cell}");
        }
    }

    #[test]
    fn a_number_with_signs_in_place_of_digits_is_unknown() {
        for cell in ["138****1234", "138xxxx1234", "138XXXX1234", "137 **** 0001", "0516-8380****", "1380000＊＊＊＊"]
        {
            assert_eq!(both(cell), (vec![], Cell::Unknown(Reason::Masked)), "{cell}");
        }
        assert_eq!(first("138****1234", ""), Cell::Unknown(Reason::Masked));
        assert_eq!(both("xxx"), (vec![], Cell::Unknown(Reason::NotPhone)));
    }

    proptest! {
        #[test]
        fn the_short_way_reads_numbers_as_the_general_way_does(cell in "0{0,2}(86)?1?[0-9]{5,13}") {
            if let Some(number) = usual(cell.as_bytes()) {
                // A blank in front takes the general way.
                let (general, read) = both(&format!(" {cell}"));
                prop_assert_eq!(read, Cell::Value(()));
                prop_assert_eq!(general, vec![number]);
            }
        }
    }
}
