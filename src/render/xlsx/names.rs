//! Names of sheets: at most 31 characters, none of `[]:*?/\`, no two alike but for case, no `'` at either end
//! (<https://support.microsoft.com/office/3f1f7148-ee83-404d-8ef0-9ff99fbad1f9>).

use crate::quote::tame;
use std::collections::HashSet;

const MOST: usize = 31;

#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// The name nearest to the one that is wished; the second of a name ends in ` (2)`.
    pub(super) fn take(&mut self, wished: &str) -> String {
        let plain: String = tame(wished, None).chars().map(|c| if "[]:*?/\\".contains(c) { '_' } else { c }).collect();
        let plain = plain.trim().trim_matches('\'').trim();
        let plain = if plain.is_empty() { "-" } else { plain };
        let numbered = |number: usize| match number {
            1 => cut(plain, MOST),
            n => {
                let tail = format!(" ({n})");
                cut(plain, MOST - tail.len()) + &tail
            }
        };
        // Excel keeps this name for itself.
        self.taken.insert("history".into());
        let free = (1..).map(numbered).find(|name| self.taken.insert(name.to_lowercase()));
        free.expect("numbers do not end")
    }
}

/// Excel counts in UTF-16.
fn cut(text: &str, most: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= most
    };
    text.chars().take_while(fits).collect::<String>().trim_end_matches([' ', '\'']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_excel_takes() {
        let mut names = Names::default();
        for (wished, taken) in [
            ("明细", "明细"),
            ("明细", "明细 (2)"),
            ("a/b[c]", "a_b_c_"),
            ("A/B[C]", "A_B_C_ (2)"),
            ("'\u{1}'", "\u{fffd}"),
            ("  ", "-"),
            ("History", "History (2)"),
        ] {
            assert_eq!(names.take(wished), taken);
        }
        let long = names.take(&"很长".repeat(40));
        assert_eq!(long.encode_utf16().count(), 31);
        assert_eq!(names.take(&"很长".repeat(40)).encode_utf16().count(), 31);
    }
}
