//! All that was guessed: each column with its reason, and the first rows as they would be understood.

use super::grounds::{grounds, names};
use super::proposed::{Proposed, understood_cell};
use crate::cell::Cell as Read;
use crate::document::{Cell, Column as PageColumn, Document, Table, Tone};
use crate::guess::{Guess, Trust};
use crate::lang::{Lang, say, words};
use crate::load::Mapping;
use crate::model::{Column, Field, Kind, Need};
use crate::quote::{quote, some};

/// So many rows are shown as they would be understood.
const ROWS: usize = 5;

/// Adds what is known of a table.
pub(super) fn add(kind: Kind, file: &Proposed, mapping: &Mapping, document: &mut Document, lang: Lang) {
    document.table(guesses(file, lang));
    document.text(words("前几行会这样理解：", "The first rows would be understood so:").get(lang));
    document.table(first_rows(kind, file, mapping, lang));
    add_unused(file, document, lang);
}

fn guesses(file: &Proposed, lang: Lang) -> Table {
    let row = |guess: &Guess| {
        let headers: Vec<&str> = names(file.preview, &guess.at).collect();
        let tone = if guess.trust == Trust::Unsure { Tone::Waiting } else { Tone::Plain };
        vec![
            Cell::new(guess.column.name()),
            Cell::new(quote(&headers.join(" + "), 60)),
            Cell::toned(grounds(guess, lang), tone),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = file.guess.guesses.iter().map(row).collect();
    let lacking = words("缺少", "lacking");
    let missing =
        |column: Column| [column.name(), "?", lacking.get(lang)].map(|text| Cell::toned(text, Tone::Bad)).to_vec();
    rows.extend(file.guess.missing.iter().map(|field| missing(field.column)));
    let columns = [words("列", "column"), words("表头", "header"), words("依据", "why")];
    let columns = columns.iter().map(|head| PageColumn::left(head.get(lang))).collect();
    Table { columns, rows, headed: true, breaks: false }
}

fn first_rows(kind: Kind, file: &Proposed, mapping: &Mapping, lang: Lang) -> Table {
    let guesses = &file.guess.guesses;
    let cell = |row: &[String], guess: &Guess| {
        let at = guess.at.iter().find(|at| !row[**at].is_empty()).unwrap_or(&guess.at[0]);
        let Some(field) = kind.field(guess.column) else { return Cell::new("") };
        match understood_cell(kind, field, file, *at, &row[*at], mapping) {
            Read::Value(value) => Cell::new(quote(&value, 30)),
            Read::Empty if !rejects(kind, field, guesses) => Cell::new(""),
            _ => Cell::toned(format!("✗ {}", quote(&row[*at], 30)), Tone::Bad),
        }
    };
    let row = |(number, row): (usize, &Vec<String>)| {
        let mut cells = vec![Cell::integer(number as u64 + 1)];
        cells.extend(guesses.iter().map(|guess| cell(row, guess)));
        cells
    };
    let mut columns = vec![PageColumn::right(words("行", "row").get(lang))];
    columns.extend(guesses.iter().map(|guess| PageColumn::left(guess.column.name())));
    let rows = file.preview.rows.iter().take(ROWS).enumerate().map(row).collect();
    Table { columns, rows, headed: true, breaks: true }
}

/// Whether an empty cell rejects its row: of columns of which one will do, where the file has no other.
fn rejects(kind: Kind, field: &Field, guesses: &[Guess]) -> bool {
    let is_other = |guess: &Guess| {
        guess.column != field.column && kind.field(guess.column).is_some_and(|other| other.need == Need::OneOf)
    };
    match field.need {
        Need::Key => true,
        Need::OneOf => !guesses.iter().any(is_other),
        _ => false,
    }
}

/// Headers that give nothing.
fn add_unused(file: &Proposed, document: &mut Document, lang: Lang) {
    let used = |at: &usize| file.guess.guesses.iter().any(|guess| guess.at.contains(at));
    let header = &file.preview.header;
    let unused: Vec<&str> = (0..header.len())
        .filter(|at| !used(at))
        .map(|at| header[at].as_str())
        .filter(|name| !name.is_empty())
        .collect();
    if !unused.is_empty() {
        let listed = |separator| some(unused.iter().copied(), separator);
        document.text(say(format!("不用的列：{}", listed("、")), format!("not used: {}", listed(", "))).get(lang));
    }
}
