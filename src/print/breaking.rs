//! Where a text is broken into lines: between ideographs, behind spaces, never inside a word or number that has room on a
//! line of its own, and with the usual bans on what may begin and end a line (禁则; GB/T 15834—2011, 5.1).

use super::Fonts;

/// May not begin a line.
const NOT_FIRST: &str = "、，。．：；！？）》〉」』】〕〗〙〛｝］”’…—～·%‰℃,.:;!?)]}>°´％";
/// May not end a line.
const NOT_LAST: &str = "（《〈「『【〔〖〘〚｛［“‘([{<￥＄$#№";

/// The lines of a text at a width: a line holds as much as it can. Spaces where a line is broken, and nothing else, are
/// dropped. A text without characters is one empty line.
pub(super) fn lines<'t>(text: &'t str, size: f32, width: f32, fonts: &Fonts) -> Vec<&'t str> {
    let mut lines = Vec::new();
    for paragraph in paragraphs(text) {
        let mut rest = paragraph;
        while let Some(end) = overflow(rest, size, width, fonts) {
            let (line, behind) = rest.split_at(break_before(rest, end));
            lines.push(line.trim_end());
            rest = behind.trim_start();
        }
        if !rest.is_empty() || paragraph.is_empty() {
            lines.push(rest.trim_end());
        }
    }
    lines
}

fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split(['\n', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(|line| line.trim_end_matches('\r'))
}

/// Where the first character begins that has no room on the line; spaces at the end need none.
fn overflow(text: &str, size: f32, width: f32, fonts: &Fonts) -> Option<usize> {
    // Sums of advances and the width they were measured for may differ by a rounding.
    let room = width / size + 0.001;
    let mut used = 0.0;
    for (at, c) in text.char_indices() {
        used += fonts.advance(c);
        if used > room && !c.is_whitespace() {
            return Some(at);
        }
    }
    None
}

/// Where to break so that the line ends before `end`: at the last place that allows it, else, in a word longer than a
/// line, behind its last joint, else anywhere. Never at 0.
fn break_before(text: &str, end: usize) -> usize {
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = end.max(first);
    let allowed = |at: &usize| around(text, *at).is_some_and(|(before, after)| may_break(before, after));
    let joint = |at: &usize| text[..*at].ends_with(['-', '/', '_', '\\', '&', '=', '.']);
    let places = || {
        let upto = (first..=end).rev();
        upto.filter(|at| text.is_char_boundary(*at) && *at < text.len() && !text[..*at].trim().is_empty())
    };
    places().find(allowed).or_else(|| places().find(joint)).unwrap_or(end)
}

/// The characters on both sides of a place.
fn around(text: &str, at: usize) -> Option<(char, char)> {
    Some((text[..at].chars().next_back()?, text[at..].chars().next()?))
}

fn may_break(before: char, after: char) -> bool {
    if after.is_whitespace() || before == '\u{a0}' {
        return false;
    }
    if before.is_whitespace() {
        return true;
    }
    let banned = NOT_FIRST.contains(after) || NOT_LAST.contains(before);
    !banned && (is_wide(before) || is_wide(after))
}

/// Ideographs, kana, their punctuation and marks: text that is not written in words.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{1f000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of so many ideographs.
    fn broken(text: &str, ideographs: u8) -> Vec<&str> {
        lines(text, 10.0, f32::from(ideographs) * 10.0, &Fonts::embedded())
    }

    #[test]
    fn a_line_neither_begins_nor_ends_with_what_may_not() {
        assert_eq!(broken("今天上午、下午都去", 4), ["今天上", "午、下午", "都去"]);
        assert_eq!(broken("他说：“明天再来。”", 4), ["他说：", "“明天再", "来。”"]);
        assert_eq!(broken("店主不在（附照片）", 4), ["店主不在", "（附照", "片）"]);
    }

    #[test]
    fn words_and_numbers_stay_whole_where_a_line_has_room_for_them() {
        assert_eq!(broken("电话13812345678备用", 8), ["电话", "13812345678备", "用"]);
        assert_eq!(broken("closed on Monday", 5), ["closed on", "Monday"]);
        assert_eq!(broken("unplannedcapunplannedcap", 5).concat(), "unplannedcapunplannedcap");
        assert_eq!(broken("unplanned-cap-and-more", 6), ["unplanned-", "cap-and-", "more"]);
    }

    #[test]
    fn newlines_break_and_an_empty_text_is_an_empty_line() {
        assert_eq!(broken("一\r\n\n二\n", 4), ["一", "", "二"]);
        assert_eq!(broken("", 4), [""]);
    }

    #[test]
    fn a_width_for_nothing_still_ends() {
        assert_eq!(broken("。。一二", 0).concat(), "。。一二");
    }
}
