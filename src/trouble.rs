//! What stops a run, in one shape: where, what was found, what is required, and what to do about it.

use crate::file_name;
use crate::lang::{Lang, Words, words};
use crate::quote::{quote, tame};
use std::fmt;

/// A part of a message is cut behind so many characters.
const LONGEST: usize = 1000;

/// An error that a user can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(Box<Parts>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Parts {
    file: Option<String>,
    line: Option<u64>,
    found: Words,
    required: Option<Words>,
    remedy: Option<Words>,
    is_of_columns: bool,
}

impl Trouble {
    pub fn new(found: Words) -> Self {
        Self(Box::new(Parts { file: None, line: None, found, required: None, remedy: None, is_of_columns: false }))
    }

    /// Of a format that is left out of the program.
    #[cfg(not(all(feature = "docx", feature = "pdf")))]
    pub(crate) fn built_without(feature: &str) -> Self {
        let found = crate::lang::say(
            format!("此程序编译时未带 {feature} 功能，写不了 {feature} 文件"),
            format!("this program was built without its feature {feature}: it writes no {feature}"),
        );
        let remedy = words("用 cargo build --release 编译完整的程序", "build the whole program: cargo build --release");
        Self::new(found).remedy(remedy)
    }

    /// Shown as evidence shows it, the same on every system.
    pub fn file(mut self, path: impl Into<String>) -> Self {
        self.0.file = Some(file_name::with_slashes(&path.into()));
        self
    }

    /// The 1-based line of the file.
    pub fn line(mut self, line: u64) -> Self {
        self.0.line = Some(line);
        self
    }

    pub fn required(mut self, required: Words) -> Self {
        self.0.required = Some(required);
        self
    }

    pub fn remedy(mut self, remedy: Words) -> Self {
        self.0.remedy = Some(remedy);
        self
    }

    /// That a file lacks columns: which of its headers are meant can perhaps be told from its cells.
    pub fn of_columns(mut self) -> Self {
        self.0.is_of_columns = true;
        self
    }

    /// The file that lacks columns, as it is shown.
    pub fn file_lacking_columns(&self) -> Option<&str> {
        self.0.file.as_deref().filter(|_| self.0.is_of_columns)
    }

    /// The message, one to three lines without a trailing newline.
    pub fn show(&self, lang: Lang) -> String {
        let mut text = String::new();
        if let Some(file) = &self.0.file {
            text.push_str(&tame(file, None));
            if let Some(line) = self.0.line {
                text.push_str(&format!(":{line}"));
            }
            text.push_str(": ");
        }
        text.push_str(&quote(self.0.found.get(lang), LONGEST));
        let labelled =
            [(words("要求：", "required: "), &self.0.required), (words("办法：", "remedy: "), &self.0.remedy)];
        for (label, part) in labelled {
            if let Some(part) = part {
                text.push_str(&format!("\n  {}{}", label.get(lang), quote(part.get(lang), LONGEST)));
            }
        }
        text
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.show(Lang::En))
    }
}

impl std::error::Error for Trouble {}

/// Names that are longer, in bytes, and more of them than this, are not compared.
const LONGEST_NAME: usize = 200;
const MOST_NAMES: usize = 2000;

/// The candidate most like `word`, if any is like enough to be what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody means a text of pages, and comparing such would take for ever.
    let is_name = |text: &&str| text.len() <= LONGEST_NAME;
    let word = Some(word).filter(is_name)?.to_lowercase();
    candidates
        .into_iter()
        .filter(is_name)
        .take(MOST_NAMES)
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= (word.chars().count().max(candidate.chars().count()) / 2).max(1))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        let rules = ["first-arrival", "field-time", "must-onsite"];
        assert_eq!(nearest("frist-arival", rules), Some("first-arrival"));
        assert_eq!(nearest("must_onsite", rules), Some("must-onsite"));
        assert_eq!(nearest("xyz", rules), None);
    }

    #[test]
    fn a_message_names_place_demand_and_remedy() {
        let trouble = Trouble::new(words("坏了", "broken"))
            .file("a.csv")
            .line(3)
            .required(words("好的", "a good one"))
            .remedy(words("修", "mend it"));
        assert_eq!(trouble.to_string(), "a.csv:3: broken\n  required: a good one\n  remedy: mend it");
        assert_eq!(trouble.show(Lang::Zh), "a.csv:3: 坏了\n  要求：好的\n  办法：修");
    }
}
