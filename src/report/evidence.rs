//! Evidence in a line: `visits.csv:17, 18, 24 +9`.

use crate::book::Book;
use crate::judgement::Evidence;
use crate::model::At;

/// How many lines are named where space is short.
const SHORT: usize = 3;

/// `visits.csv:17`
pub fn place(book: &Book, at: At) -> String {
    format!("{}:{}", book.files[at.file as usize], at.line)
}

/// The first lines, each file named once, and how many more there are.
pub fn short(book: &Book, evidence: &Evidence) -> String {
    let shown = &evidence.lines[..evidence.lines.len().min(SHORT)];
    let mut text = String::new();
    for (number, at) in shown.iter().enumerate() {
        let same_file = number > 0 && shown[number - 1].file == at.file;
        match (number, same_file) {
            (0, _) => text.push_str(&place(book, *at)),
            (_, true) => text.push_str(&format!(", {}", at.line)),
            (_, false) => text.push_str(&format!("; {}", place(book, *at))),
        }
    }
    if evidence.total > shown.len() {
        text.push_str(&format!(" +{}", evidence.total - shown.len()));
    }
    text
}
