//! What a yes and a no mean below headers of columns that hold other words: of a shop that is in business, or that is closed;
//! and marks that a header explains.

use super::concepts::Header;
use crate::model::{Column, Kind, Word, YesNo, fold};

/// The value of a column for a yes, a no or a mark below a header, where that tells.
pub(super) fn meaning(kind: Kind, column: Column, header: &Header, word: &str) -> Option<&'static str> {
    if let Some(value) = header.legend.meaning(kind, column, word) {
        return Some(value);
    }
    let says = YesNo::of(&fold(word)).or(match word {
        "T" | "t" | "Ｙ" => Some(YesNo::Yes),
        "F" | "f" => Some(YesNo::No),
        _ => None,
    })?;
    let (yes, no) = senses(kind, column, header)?;
    let meant = if says == YesNo::Yes { yes } else { no };
    (!meant.is_empty()).then_some(meant)
}

/// The values for yes and for no; an empty one is not told.
fn senses(kind: Kind, column: Column, header: &Header) -> Option<(&'static str, &'static str)> {
    let is_of = |concepts: &[&str]| concepts.iter().any(|concept| header.speaks_of(concept));
    match (kind, column) {
        (Kind::Customers, Column::Status) if is_of(&["close"]) => Some(("closed", "active")),
        (Kind::Customers, Column::Status) if is_of(&["business"]) => Some(("active", "closed")),
        (Kind::Visits, Column::Outcome) if is_of(&["exception"]) => None,
        (Kind::Visits, Column::Outcome) if is_of(&["done", "visit"]) => Some(("done", "not_visited")),
        (Kind::Visits, Column::Mode) if is_of(&["start"]) => Some(("onsite", "")),
        (Kind::Checks, Column::Result) if is_of(&["upheld", "start"]) => Some(("pass", "fail")),
        _ => None,
    }
}
