//! Evidence in a line: `visits.csv:17, 18, 24 +9`.

use crate::book::Book;
use crate::judgement::{Doubt, Evidence};
use crate::lang::{Words, say, words};
use crate::model::{At, Column};

/// How many lines are named where space is short.
const SHORT: usize = 3;

/// `visits.csv:17`
pub(super) fn place(book: &Book, at: At) -> String {
    format!("{}:{}", book.files[at.file as usize], at.line)
}

/// The first lines, each file named once, and how many more there are.
pub(super) fn short(book: &Book, evidence: &Evidence) -> String {
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

/// What is in the way of a verdict: `visits.csv:17: ended_at cannot be read`.
pub(super) fn doubt(book: &Book, doubt: &Doubt) -> Words {
    let place = place(book, doubt.at);
    let told = match doubt.column.map(Column::name) {
        Some(column) => say(format!("{place} {column} 读不懂"), format!("{place}: {column} cannot be read")),
        None => say(format!("{place} 被拒绝"), format!("{place} was rejected")),
    };
    let note = doubt.note.as_ref().map(|note| say(format!("（{}）", note.zh), format!(" ({})", note.en)));
    told.then(&note.unwrap_or(words("", "")))
}
