//! Whether the files have what a rule needs.

use crate::book::Book;
use crate::lang::{Words, words};
use crate::model::{Column, Kind};
use crate::rules::{Need, PLANNED};

/// What is missing in the files, if the need is not met.
pub(crate) fn missing(need: Need, book: &Book) -> Option<Words> {
    let met = match need {
        Need::File(kind) => book.has_file(kind),
        Need::Column(kind, column) => book.has_column(kind, column),
        Need::AnyColumn(columns) => columns.iter().any(|(kind, column)| book.has_column(*kind, *column)),
        Need::PlannedVisits => return missing(Need::AnyOf(PLANNED), book),
        Need::AnyOf(needs) => {
            let missing: Option<Vec<Words>> = needs.iter().map(|need| missing(*need, book)).collect();
            return missing?.into_iter().reduce(|all, next| all.then(&words("，也", " and ")).then(&next));
        }
    };
    let is_unreadable = |(kind, column): &(Kind, Column)| book.is_unreadable(*kind, *column);
    let unreadable = match need {
        Need::Column(kind, column) => is_unreadable(&(kind, column)),
        Need::AnyColumn(columns) => columns.iter().any(is_unreadable),
        _ => false,
    };
    (!met).then(|| match unreadable {
        true => need.words().then(&words("：过半单元格无法识别", ": over half of its cells cannot be read")),
        false => words("没有 ", "no ").then(&need.words()),
    })
}
