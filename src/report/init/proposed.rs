//! A table that is proposed to be read, and how its cells would be.

use crate::cell::{Cell as Read, Sense, understood};
use crate::guess::{FileGuess, Guess};
use crate::load::{Mapping, Preview};
use crate::model::{Column, Field, Kind, unit};

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
