//! Phone numbers as people, exchanges and spreadsheets write them, brought to one form (SPEC §2.2).

use crate::cell::cells::lost_digits;
use crate::model::{Phone, fold};

/// Adds the numbers of a cell to `numbers`; whether every part of it could be read.
pub fn phones(cell: &str, area_code: &str, numbers: &mut Vec<Phone>) -> bool {
    if let Some(number) = usual(cell.as_bytes()) {
        numbers.push(number);
        return true;
    }
    let folded = fold(cell);
    let parts = folded.split(['/', '、', ';', ',']).map(str::trim).filter(|part| !part.is_empty());
    let mut readable = true;
    for part in parts {
        match phone(part, area_code) {
            Some(number) => numbers.push(number),
            None => readable = false,
        }
    }
    readable
}

/// The first number of a cell.
pub fn first(cell: &str, area_code: &str) -> Option<Phone> {
    usual(cell.as_bytes()).or_else(|| {
        let mut numbers = Vec::new();
        phones(cell, area_code, &mut numbers);
        numbers.first().copied()
    })
}

/// A number as most cells have it: 9 to 12 digits without a country code, and nothing else.
pub fn usual(cell: &[u8]) -> Option<Phone> {
    if !(9..=12).contains(&cell.len()) || cell.starts_with(b"00") {
        return None;
    }
    let prefixed_mobile = matches!(cell, [b'0', b'1', b'3'..=b'9', ..]) && cell.len() == 12;
    Phone::of(if prefixed_mobile { &cell[1..] } else { cell })
}

fn phone(part: &str, area_code: &str) -> Option<Phone> {
    if lost_digits(part) {
        return None;
    }
    let part = part.strip_suffix(".0").unwrap_or(part);
    let main = ["转", "ext", "#"].iter().filter_map(|mark| part.find(mark)).min().map_or(part, |at| &part[..at]);
    let international = main.trim_start().starts_with('+');
    let main = main.trim_start().strip_prefix('+').unwrap_or(main);
    let groups: Vec<String> = main
        .split(is_dash)
        .map(|group| group.chars().filter(|c| !is_filler(*c)).collect())
        .filter(|group: &String| !group.is_empty())
        .collect();
    let digits = without_extension(&groups).concat();
    Phone::from_digits(&local_form(&digits, international, area_code)?)
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

/// Without the country code, without the 0 that some exchanges dial before a mobile, and with the area code.
fn local_form(digits: &str, international: bool, area_code: &str) -> Option<String> {
    let rest = if international {
        digits.strip_prefix("86")
    } else {
        digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() >= 11))
    };
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

    fn both(cell: &str) -> (Vec<Phone>, bool) {
        let mut numbers = Vec::new();
        let readable = phones(cell, "0516", &mut numbers);
        (numbers, readable)
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
        for cell in ["83801234/13800000001", "83801234、13800000001", "83801234；13800000001", "83801234，13800000001"]
        {
            assert_eq!(read(cell), ["051683801234", "13800000001"], "{cell}");
        }
    }

    #[test]
    fn lost_digits_and_words_are_unreadable_but_do_not_take_good_numbers_with_them() {
        assert_eq!(both("1.38E+10"), (vec![], false));
        assert_eq!(both("微信同号"), (vec![], false));
        let (numbers, readable) = both("13800000001/微信同号");
        assert_eq!((numbers.len(), readable), (1, false));
        assert_eq!(both("+1 202 555 0100"), (vec![], false));
    }

    proptest! {
        #[test]
        fn the_short_way_reads_numbers_as_the_general_way_does(cell in "0{0,2}(86)?1?[0-9]{5,13}") {
            if let Some(number) = usual(cell.as_bytes()) {
                // A blank in front takes the general way.
                let (general, readable) = both(&format!(" {cell}"));
                prop_assert!(readable);
                prop_assert_eq!(general, vec![number]);
            }
        }
    }
}
