//! Text out of users' files where people read it: nothing that a terminal would obey, and no more than can be read.

/// Whether a character does something to a terminal or a page instead of standing there: control characters, those that turn
/// the direction of writing, and those that are not to be seen (Unicode's `Default_Ignorable_Code_Point`, with what is only
/// for machines).
pub(crate) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Whether a character only chooses among the shapes of the one before it.
pub(crate) fn chooses(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The text with U+FFFD for every character that acts, and without those that choose among shapes; `kept` is let through.
pub(crate) fn tame(text: &str, kept: Option<char>) -> String {
    let tamed = |c: char| if acts(c) && Some(c) != kept { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().filter(|c| !chooses(*c)).map(tamed).collect()
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

/// A word of a command to be typed, as any shell takes it: double quotes hold in all of them. What they would not keep from a
/// Unix shell stands in single ones, and what acts is spelled out, as bash, zsh and ksh have it (`$'\\e'`).
pub(crate) fn shell(word: &str) -> String {
    let word = if word.starts_with('-') { format!("./{word}") } else { word.to_owned() };
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ':') || (cfg!(windows) && c == '\\');
    match word.chars().all(|c| is_plain(c) && !acts(c) && !chooses(c)) {
        true if !word.is_empty() => word,
        _ if cfg!(windows) => format!("\"{}\"", tame(&word, None)),
        _ if word.chars().any(|c| acts(c) || chooses(c)) => {
            format!("$'{}'", word.chars().map(spelled).collect::<String>())
        }
        _ if word.contains(['$', '`', '"', '\\', '!']) => format!("'{}'", word.replace('\'', r"'\''")),
        _ => format!("\"{word}\""),
    }
}

/// A character between `$'` and `'`: byte by byte where it acts, so that no locale matters.
fn spelled(c: char) -> String {
    match c {
        '\'' | '\\' => format!("\\{c}"),
        c if acts(c) || chooses(c) => c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("\\{byte:03o}")).collect(),
        c => c.to_string(),
    }
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
        for hidden in ['\u{200b}', '\u{200f}', '\u{2060}', '\u{2064}', '\u{2069}', '\u{feff}', '\u{61c}', '\u{e0041}'] {
            assert_eq!(tame(&format!("a{hidden}b"), None), "a\u{fffd}b", "{hidden:?}");
        }
        assert_eq!(tame("\u{2764}\u{fe0f} 葛\u{e0100}", None), "\u{2764} 葛", "a shape of a sign is not told");
        assert_eq!((quote("四个汉字", 4), quote("四个汉字", 3)), ("四个汉字".to_owned(), "四个汉…".to_owned()));
        assert_eq!(some(["a", "b"], ", "), "a, b");
        assert!(some(std::iter::repeat_n("abc", 21), ", ").ends_with("abc, …"));
    }

    #[test]
    fn words_of_commands_are_quoted_where_a_shell_would_read_them() {
        for (word, quoted) in [
            ("data/visits.csv", "data/visits.csv"),
            ("一月 数据", "\"一月 数据\""),
            ("-x", "./-x"),
            ("", "\"\""),
            ("a$(b)`c`", "'a$(b)`c`'"),
            ("it's \"so\"", r#"'it'\''s "so"'"#),
            ("a\u{1b}]0;x\u{7}", r"$'a\033]0;x\007'"),
            ("a\n'\\\u{202e}b", r"$'a\012\'\\\342\200\256b'"),
        ] {
            if cfg!(unix) {
                assert_eq!(shell(word), quoted, "{word:?}");
            }
        }
    }
}
