//! `--rejects DIR`: every rejected row byte for byte, to be mended and read again (SPEC §2.3).

use crate::document::{Field, Sheet};
use crate::lang::Lang;
use crate::load::{Accounts, Rejected, mended};
use crate::model::Column;
use crate::render::csv;

/// The files to be written: their names and contents.
pub(super) fn files(accounts: &Accounts, lang: Lang) -> Vec<(String, Vec<u8>)> {
    let rows_of = |number: usize| accounts.rejected.iter().filter(move |row| row.at.file as usize == number);
    let numbers: Vec<usize> = (0..accounts.inputs.len()).filter(|number| rows_of(*number).next().is_some()).collect();
    let names = mended::file_names(numbers.iter().map(|number| accounts.inputs[*number].source.shown.as_str()));
    let content = |number: &usize| {
        let mut content = accounts.inputs[*number].head.clone();
        rows_of(*number).for_each(|row| content.extend(&row.bytes));
        content
    };
    let mut files: Vec<(String, Vec<u8>)> = names.into_iter().zip(numbers.iter().map(content)).collect();
    files.push((mended::REASONS.to_owned(), reasons(accounts, lang)));
    files
}

fn reasons(accounts: &Accounts, lang: Lang) -> Vec<u8> {
    let text = |text: &str| Field::Text(text.to_owned());
    let row = |row: &Rejected| {
        let input = &accounts.inputs[row.at.file as usize];
        vec![
            text(&input.source.shown),
            text(&input.sha256),
            Field::Number(row.at.line.to_string()),
            text(row.reject.column.map_or("", Column::name)),
            text(&row.reject.cell),
            text(row.reject.why.about(&row.reject.cell).get(lang)),
        ]
    };
    let header = [&mended::ORIGIN[..], &["column", "cell", "reason"]].concat();
    // People open it to see why, and Excel takes it for UTF-8 by the mark alone.
    [csv::BOM, &csv::render(&Sheet { header, rows: accounts.rejected.iter().map(row).collect() })].concat()
}
