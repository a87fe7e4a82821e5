//! File names: made of ids and names out of users' files, good on any system; and paths as they are shown.

use crate::quote::tame;
use std::collections::HashSet;
use std::path::{MAIN_SEPARATOR, Path};

/// A path as evidence names it: the same on every system, its folders divided by `/`.
pub(crate) fn shown(path: &Path) -> String {
    with_slashes(&path.display().to_string())
}

/// Likewise of a path that is a text already.
pub(crate) fn with_slashes(path: &str) -> String {
    divided(path, MAIN_SEPARATOR)
}

fn divided(path: &str, separator: char) -> String {
    path.replace(separator, "/")
}

/// So many bytes of a name are kept: with a number and an ending behind it stays below the 255 that file systems allow.
const LONGEST: usize = 200;

/// What Windows keeps for its devices, whatever ending follows:
/// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The text as the name of a file, without an ending: characters that Windows or Unix forbid become `_`.
///
/// Texts that differ may become the same name; [`distinct`] keeps them apart.
pub(crate) fn safe(text: &str) -> String {
    let allowed =
        |c: char| !matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | char::REPLACEMENT_CHARACTER);
    let name: String = tame(text.trim(), None).chars().map(|c| if allowed(c) { c } else { '_' }).collect();
    let name = if is_device(&name) { format!("_{name}") } else { name };
    // Windows drops dots and blanks at the end, and "." and ".." are folders; other white space is nothing to see there.
    let name = cut(&name).trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    if name.is_empty() { "_".to_owned() } else { name.to_owned() }
}

/// A safe name for each text, no two of them the same even where case does not count. Of several that would be the same, the
/// first keeps the name and the others get `-2`, `-3` … behind it.
pub(crate) fn distinct(names: &[String]) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut name_of = |text: &String| {
        let first = safe(text);
        let numbered = (2_u64..).map(|number| format!("{first}-{number}"));
        let mut candidates = std::iter::once(first.clone()).chain(numbered);
        candidates.find(|name| taken.insert(name.to_lowercase())).unwrap_or(first)
    };
    names.iter().map(&mut name_of).collect()
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |port: &str| {
        let number = stem.strip_prefix(port).map(|rest| rest.chars().collect::<Vec<_>>());
        matches!(number.as_deref(), Some(['0'..='9' | '¹' | '²' | '³']))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

fn cut(name: &str) -> &str {
    &name[..name.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_become_names_that_windows_and_unix_accept() {
        for (text, name) in [
            ("M001", "M001"),
            ("320301/07", "320301_07"),
            (r#"a<b>c:d"e\f|g?h*i"#, "a_b_c_d_e_f_g_h_i"),
            ("孙赟 东郊营销部", "孙赟 东郊营销部"),
            ("..", "_"),
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("M1. ", "M1"),
            ("!\u{a0}.", "!"),
            ("", "_"),
            ("con", "_con"),
            ("NUL.2026", "_NUL.2026"),
            ("com1", "_com1"),
            ("LPT²", "_LPT²"),
            ("COM10", "COM10"),
            ("console", "console"),
            ("a\nb\u{202e}c", "a_b_c"),
        ] {
            assert_eq!(safe(text), name, "{text:?}");
        }
        assert_eq!(safe(&"经".repeat(100)), "经".repeat(66), "cut between characters");
    }

    #[test]
    fn paths_are_shown_the_same_on_every_system() {
        assert_eq!(divided(r"C:\exports\visits.csv", '\\'), "C:/exports/visits.csv");
        assert_eq!(divided(r"exports/a\b.csv", '/'), r"exports/a\b.csv", "here a name may hold the other one");
        assert_eq!(shown(&Path::new("exports").join("visits.csv")), "exports/visits.csv");
    }

    #[test]
    fn names_that_would_be_one_file_are_told_apart() {
        let names = ["m1", "M1", "m1-2", "a/b", "a:b", "a?b"].map(str::to_owned);
        assert_eq!(distinct(&names), ["m1", "M1-2", "m1-2-2", "a_b", "a_b-2", "a_b-3"]);
    }

    proptest! {
        #[test]
        fn every_name_is_one_component_and_its_own(texts in prop::collection::vec(".{0,90}", 0..9)) {
            let names = distinct(&texts);
            let lower: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(lower.len(), texts.len());
            for name in names {
                prop_assert!(!name.is_empty() && name.len() <= LONGEST + 8, "{:?}", name);
                prop_assert!(!name.ends_with([' ', '.']) && !name.contains(['/', '\\', ':', '\0']), "{:?}", name);
                prop_assert_eq!(safe(&name), name);
            }
        }
    }
}
