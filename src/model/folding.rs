//! Text as it is compared: without case, width, script, and what takes no room.

use super::simplified::simplified;
use std::borrow::Cow;

/// What exports put in brackets before or behind the name of a column, and the brackets, folded.
const MARKS: [&str; 9] = ["必填", "必填项", "选填", "必录", "必选", "可选", "required", "optional", "mandatory"];
const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('【', '】'), ('<', '>')];
const SIGNS: [char; 8] = ['*', ':', '※', '★', '"', '“', '”', ' '];

/// Text as headers and words are compared: trimmed, lower case, full-width folded to half-width, without characters that take
/// no room.
pub fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // Nearly all cells are so already. No character below U+FF01 but upper case, U+2000 to U+206F and U+3000 changes, and the
    // first byte of these in UTF-8 tells most of the others apart.
    let changes = |byte: &u8| byte.is_ascii_uppercase() || matches!(byte, 0xc2..=0xdf | 0xe1..=0xe3 | 0xea | 0xef..);
    if !text.as_bytes().iter().any(changes) {
        return Cow::Borrowed(text);
    }
    let folded: String =
        text.chars().filter(|c| !is_invisible(*c)).map(half_width).flat_map(char::to_lowercase).collect();
    // Blanks may have stood behind what takes no room.
    match folded.trim() {
        trimmed if trimmed.len() < folded.len() => Cow::Owned(trimmed.to_owned()),
        _ => Cow::Owned(folded),
    }
}

/// Characters that take no room: marks of joining, of the direction of writing and of where a word may be parted, which come
/// along when text is copied. They tell no id from another.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{fe00}'..='\u{fe0f}')
}

/// A full-width character as its half-width one.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// A header as headers are compared: folded, in simplified characters, without blanks within Chinese words and marks of what
/// has to be filled.
pub fn fold_header(header: &str) -> Cow<'_, str> {
    let folded = fold(header);
    let parted = if folded.contains(char::is_whitespace) { unparted(&folded) } else { folded.clone().into_owned() };
    let simplified = simplified(&parted);
    match unmarked(&simplified) {
        bare if !bare.is_empty() && bare != folded => Cow::Owned(bare.to_owned()),
        bare if bare.is_empty() && *simplified != *folded => Cow::Owned(simplified.into_owned()),
        _ => folded,
    }
}

/// A text without the blanks between two characters that are none of ASCII: `日 期`.
fn unparted(text: &str) -> String {
    let mut joined = String::new();
    for part in text.split_whitespace() {
        let ends_so = joined.chars().next_back().is_none_or(|c| !c.is_ascii());
        if !(ends_so && part.chars().next().is_some_and(|c| !c.is_ascii())) {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

/// A text with its camel case taken apart.
pub fn spaced(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut spaced = String::new();
    for (at, c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| letters[at]);
        let behind = letters.get(at + 1);
        let begins = before.is_some_and(|c| c.is_ascii_lowercase())
            || before.is_some_and(|c| c.is_ascii_uppercase()) && behind.is_some_and(char::is_ascii_lowercase);
        if c.is_ascii_uppercase() && begins {
            spaced.push(' ');
        }
        spaced.push(*c);
    }
    spaced
}

fn unmarked(folded: &str) -> &str {
    let bare = folded.trim_matches(SIGNS);
    let is_mark = |text: &str| MARKS.contains(&text.trim());
    let without = |(open, close): (char, char)| {
        let before =
            || bare.strip_suffix(close)?.rsplit_once(open).filter(|(_, mark)| is_mark(mark)).map(|(name, _)| name);
        let behind =
            || bare.strip_prefix(open)?.split_once(close).filter(|(mark, _)| is_mark(mark)).map(|(_, name)| name);
        before().or_else(behind)
    };
    let name = BRACKETS.into_iter().find_map(without).unwrap_or(bare);
    name.trim_matches(SIGNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_compared_in_simplified_characters_and_without_marks() {
        for (header, folded) in [
            ("到店時間", "到店时间"),
            ("客戶編碼*", "客户编码"),
            ("＊客户编码：", "客户编码"),
            ("客户编码（必填）", "客户编码"),
            ("(必填) 客户编码", "客户编码"),
            ("【必填】客户编码", "客户编码"),
            ("客户编码 [必填项]", "客户编码"),
            ("(必填)", "(必填)"),
            ("日 期", "日期"),
            ("客户\n经理", "客户经理"),
            ("Rep  Code", "rep code"),
            ("到店 Time", "到店 time"),
            ("Customer_ID (required)", "customer_id"),
            ("通話時長（分鐘）", "通话时长(分钟)"),
            ("*", "*"),
            ("visitStartTime", "visitstarttime"),
            ("拜访(计划)", "拜访(计划)"),
        ] {
            assert_eq!(fold_header(header), folded, "{header}");
        }
    }

    #[test]
    fn camel_case_is_taken_apart() {
        for (text, parted) in
            [("visitWay", "visit Way"), ("customerID", "customer ID"), ("IDNo", "ID No"), ("到店Time", "到店Time")]
        {
            assert_eq!(spaced(text), parted);
        }
    }

    #[test]
    fn every_character_folds_as_it_should_by_the_short_way_too() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| !c.is_whitespace()) {
            let half = if ('\u{ff01}'..='\u{ff5e}').contains(&c) { c as u32 - 0xfee0 } else { c as u32 };
            let half = char::from_u32(half).filter(|_| !is_invisible(c));
            let expected: String = half.into_iter().flat_map(char::to_lowercase).collect();
            assert_eq!(fold(&c.to_string()), expected, "{c:?}");
        }
    }
}
