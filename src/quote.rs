//! Text out of users' files where people read it: nothing that a terminal would obey, and no more than can be read.

/// Whether a character does something to a terminal or a page instead of standing there: control characters, and those that
/// turn the direction of writing.
fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with U+FFFD for every character that acts; `kept` is let through.
pub(crate) fn tame(text: &str, kept: Option<char>) -> String {
    text.chars().map(|c| if acts(c) && Some(c) != kept { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// The same, at most `most` characters of it and then "…".
pub(crate) fn quote(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", tame(&text[..end], None)),
        None => tame(text, None),
    }
}

/// The first of several texts, each cut, and "…" where there are more.
pub(crate) fn some<'a>(texts: impl IntoIterator<Item = &'a str>, separator: &str) -> String {
    const MOST: usize = 20;
    const LONGEST: usize = 40;
    let mut texts = texts.into_iter();
    let mut shown: Vec<String> = texts.by_ref().take(MOST).map(|text| quote(text, LONGEST)).collect();
    shown.extend(texts.next().map(|_| "…".to_owned()));
    shown.join(separator)
}

/// A text as columns.toml has it: a list of one.
pub(crate) fn toml_list(text: &str) -> String {
    format!("[{}]", toml::Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_is_quoted_and_long_texts_are_cut() {
        assert_eq!(
            quote("a\u{1b}[31m\0\r\n\u{7f}\u{9b}\u{202e}b", 99),
            "a\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}b"
        );
        assert_eq!(tame("a\nb\tc", Some('\n')), "a\nb\u{fffd}c");
        assert_eq!((quote("四个汉字", 4), quote("四个汉字", 3)), ("四个汉字".to_owned(), "四个汉…".to_owned()));
        assert_eq!(some(["a", "b"], ", "), "a, b");
        assert!(some(std::iter::repeat_n("abc", 21), ", ").ends_with("abc, …"));
    }
}
