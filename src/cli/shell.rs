//! Paths and names in commands that are printed to be pasted.

use crate::quote::tame;

/// As any shell takes it: double quotes hold in all of them. What they would not keep from a Unix shell stands in single ones,
/// and what a terminal would obey is spelled out.
pub(super) fn quoted(text: &str) -> String {
    let text = if text.starts_with('-') { format!("./{text}") } else { text.to_owned() };
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | ':') || (cfg!(windows) && c == '\\');
    if text.chars().all(is_plain) {
        return text;
    }
    if tame(&text, None) != text {
        return format!("$'{}'", text.chars().map(spelled).collect::<String>());
    }
    match !cfg!(windows) && text.contains(['$', '`', '"', '\\', '!']) {
        true => format!("'{}'", text.replace('\'', r"'\''")),
        false => format!("\"{text}\""),
    }
}

/// A character within `$'…'`.
fn spelled(c: char) -> String {
    match c {
        '\'' | '\\' => format!("\\{c}"),
        c if tame(c.encode_utf8(&mut [0; 4]), None).starts_with(c) => c.to_string(),
        c if c.is_ascii() => format!("\\x{:02x}", u32::from(c)),
        c => format!("\\u{:04x}", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn nothing_that_acts_stands_in_a_command() {
        for (text, shown) in [
            ("exports/9月", "exports/9月"),
            ("a b", "\"a b\""),
            ("a $x", "'a $x'"),
            ("-x", "./-x"),
            ("a\u{1b}]0;x'\u{7}", "$'a\\x1b]0;x\\'\\x07'"),
            ("\u{202e}a", "$'\\u202ea'"),
        ] {
            assert_eq!(quoted(text), shown);
        }
    }
}
