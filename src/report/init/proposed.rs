//! A table that is proposed to be read, and how its cells would be.

use super::grounds::samples;
use crate::cell::{Cell as Read, Sense, understood};
use crate::guess::{FileGuess, Guess};
use crate::lang::{Words, say};
use crate::load::{Mapping, Preview};
use crate::model::{Column, Field, Kind, unit};
use crate::quote::quote;

/// A table and what it is taken for.
#[derive(Clone, Copy)]
pub struct Proposed<'a> {
    /// The name of its file, without folders; of what is packed with others, its own.
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

/// What is asked of a table besides the columns that it lacks.
pub(super) fn questions(file: &Proposed) -> Vec<Words> {
    bare_clock(file).or_else(|| unread_arrival(file)).into_iter().collect()
}

/// What to do where a header names the arrival, but what stands below it is not read.
fn unread_arrival(file: &Proposed) -> Option<Words> {
    let at = file.guess.unread?;
    let header = quote(&file.preview.header[at], 40);
    let cell = samples(file.preview, at).first().map_or(String::new(), |cell| quote(cell, 30));
    Some(say(
        format!("“{header}”像是到店时间，但“{cell}”这样的写法读不出，所以 started_at 没有拟：请写成 08:05 这样再导出"),
        format!(
            "\"{header}\" seems to be the arrival, but \"{cell}\" is not read as a time, so nothing is proposed for started_at: export it again as 08:05"
        ),
    ))
}

/// What to do where times stand below a header, but no column gives their day.
fn bare_clock(file: &Proposed) -> Option<Words> {
    let header = quote(&file.preview.header[file.guess.clock?], 40);
    Some(say(
        format!("“{header}”只有钟点，没有日期，不能作为 started_at：请把日期和时间并在一列里再导出"),
        format!(
            "\"{header}\" gives times without their day, and cannot be started_at: export again with date and time in one column"
        ),
    ))
}
