//! Where a line may end in a text of Chinese and Latin words, numbers and places in files.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthStr;

/// Marks where a line may be broken: no text that is shown holds it, for what takes no room is quoted.
pub(super) const BREAK: char = '\u{200B}';

/// The text with a mark wherever a line may end (UAX #14): between Chinese characters, but within no number or time, nor before
/// a comma; `whole`: nor within a line of a file.
pub(super) fn breakable(text: &str, whole: bool) -> String {
    let mut marked = String::with_capacity(text.len() + text.len() / 2);
    let mut from = 0;
    let mut places = text.split_inclusive(' ').scan(0, |start, word| {
        let from = *start;
        *start += word.len();
        Some((from..*start, is_place(word.trim_end())))
    });
    let mut word = places.next();
    for (at, opportunity) in linebreaks(text) {
        marked.push_str(&text[from..at]);
        while word.as_ref().is_some_and(|(range, _)| range.end <= at) {
            word = places.next();
        }
        let is_inside = word.as_ref().is_some_and(|(range, is_place)| *is_place && at > range.start);
        if opportunity == BreakOpportunity::Allowed && !(whole && is_inside) {
            marked.push(BREAK);
        }
        from = at;
    }
    marked
}

/// `拜访记录.csv:17;`
fn is_place(word: &str) -> bool {
    let place = word.trim_end_matches([',', ';']).rsplit_once(':');
    place.is_some_and(|(file, line)| file.contains('.') && line.parse::<u64>().is_ok())
}

/// How wide the longest part is that is not to be broken, with the blank behind it; a Chinese character takes two.
pub(super) fn longest_whole(text: &str, whole: bool) -> usize {
    breakable(text, whole).split(BREAK).map(UnicodeWidthStr::width).max().unwrap_or(0)
}
