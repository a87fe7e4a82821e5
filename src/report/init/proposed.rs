//! A table that is proposed to be read, and how its cells would be.

use crate::cell::{Cell as Read, Sense, understood};
use crate::guess::{FileGuess, Guess};
use crate::lang::{Words, say};
use crate::load::{Mapping, Preview};
use crate::model::{Column, Field, Kind, unit};
use crate::quote::quote;

/// A table and what it is taken for.
#[derive(Clone, Copy)]
pub struct Proposed<'a> {
    /// The name of its file, without folders.
    pub name: &'a str,
    pub preview: &'a Preview,
    pub guess: &'a FileGuess,
}

/// What was guessed of a column.
pub(super) fn find(guess: &FileGuess, column: Column) -> Option<&Guess> {
    guess.guesses.iter().find(|guess| guess.column == column)
}

/// A cell as it would be read with what is proposed.
pub(super) fn understood_cell(
    kind: Kind,
    field: &Field,
    file: &Proposed,
    at: usize,
    cell: &str,
    mapping: &Mapping,
) -> Read<String> {
    let sense = Sense {
        unit: unit::named(&file.preview.header[at]).ok().flatten(),
        has_day: has_day(kind, field.column, &file.guess.guesses),
        added: &|word| mapping.value(kind, field.column, word),
    };
    understood(field, cell, sense)
}

/// Whether a time alone in a column has a day to lie on: that of the row.
fn has_day(kind: Kind, column: Column, guesses: &[Guess]) -> bool {
    match (kind, column) {
        (Kind::Visits, Column::StartedAt) => guesses.iter().any(|guess| guess.column == Column::Date),
        (kind, _) => matches!(kind, Kind::Visits | Kind::Days),
    }
}

/// What to do where times stand below a header, but no column gives their day.
pub(super) fn bare_clock(file: &Proposed) -> Option<Words> {
    let header = quote(&file.preview.header[file.guess.clock?], 40);
    Some(say(
        format!("“{header}”只有钟点，没有日期，不能作为 started_at：请把日期和时间并在一列里再导出"),
        format!(
            "\"{header}\" gives times without their day, and cannot be started_at: export again with date and time in one column"
        ),
    ))
}
