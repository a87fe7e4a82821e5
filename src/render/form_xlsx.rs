//! A table to be filled in as a workbook: lists to choose from, and what is not for changing protected.

use super::packed;
use super::table_xlsx::{TEXT, new_book, refused, width};
use crate::document::{Field, Form, Takes};
use crate::quote::tame;
use crate::trouble::Trouble;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, ExcelDateTime, Format, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

/// Lists longer than this do not fit into the rule of a cell and stand on a sheet of their own.
const LONGEST_LIST: usize = 255;
const DATE: &str = "yyyy-mm-dd";

/// What the workbook says of itself to whoever fills it in.
pub struct Labels<'a> {
    /// Of the sheet.
    pub name: &'a str,
    /// Of the hidden sheet of lists.
    pub lists: &'a str,
    /// What a cell with a list asks for.
    pub choose: &'a str,
}

/// The workbook's bytes. The protection keeps ids from being changed by mistake, so it has no password; filters, widths and
/// sorting stay free.
///
/// # Errors
/// As [`super::table_xlsx::render`].
pub fn render(form: &Form, labels: &Labels) -> Result<Vec<u8>, Trouble> {
    write(form, labels).map_err(|error| refused(&error))
}

fn write(form: &Form, labels: &Labels) -> Result<Vec<u8>, XlsxError> {
    let mut book = new_book()?;
    let sheet = &form.sheet;
    let rows = sheet.rows.len() as u32;
    let lists = long_lists(&mut book, form, labels)?;
    let page = book.worksheet_from_index(0)?;
    let (head, text) = (Format::new().set_bold(), Format::new().set_num_format(TEXT));
    for (column, title) in (0..).zip(&sheet.header) {
        let cells = sheet.rows.iter().filter_map(|row| row.get(usize::from(column)));
        page.set_column_width(column, width(title, cells) as f64)?;
        page.write_string_with_format(0, column, *title, &head)?;
    }
    for (number, row) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(row) {
            let to_fill = form.to_fill.iter().find(|one| one.column == usize::from(column));
            let (Field::Text(words) | Field::Number(words)) = cell;
            let words = &tame(words, Some('\n'));
            match to_fill.map(|one| &one.takes) {
                None => {
                    page.write_string_with_format(number, column, words, &text)?;
                }
                Some(Takes::Date) => write_date(page, (number, column), words)?,
                Some(_) => {
                    page.write_string_with_format(number, column, words, &text.clone().set_unlocked())?;
                }
            }
        }
    }
    for (number, to_fill) in form.to_fill.iter().enumerate() {
        if let (Takes::OneOf { values, is_open }, 1..) = (&to_fill.takes, rows) {
            let rule = match &lists[number] {
                Some(range) => DataValidation::new().allow_list_formula(range.as_str().into()),
                None => DataValidation::new().allow_list_strings(values)?,
            };
            let style = if *is_open { DataValidationErrorStyle::Information } else { DataValidationErrorStyle::Stop };
            let rule = rule.set_error_style(style).set_error_message(labels.choose)?;
            page.add_data_validation(1, to_fill.column as u16, rows, to_fill.column as u16, &rule)?;
        }
    }
    if let Some(last) = sheet.header.len().checked_sub(1) {
        page.autofilter(0, 0, rows, last as u16)?;
    }
    let allowed = ProtectionOptions {
        use_autofilter: true,
        sort: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    };
    page.set_name(labels.name)?.set_freeze_panes(1, 1)?.set_repeat_rows(0, 0)?.set_landscape();
    page.protect_with_options(&allowed);
    book.save_to_buffer().map(packed::same_everywhere)
}

/// A date as a date; what is none stays as it is.
fn write_date(page: &mut Worksheet, at: (u32, u16), words: &str) -> Result<(), XlsxError> {
    let format = Format::new().set_num_format(DATE).set_unlocked();
    match words.get(..10).and_then(|day| ExcelDateTime::parse_from_str(day).ok()) {
        Some(day) if words.len() == 10 => page.write_datetime_with_format(at.0, at.1, &day, &format)?,
        _ => page.write_string_with_format(at.0, at.1, words, &format)?,
    };
    Ok(())
}

/// Writes the long lists onto a hidden sheet; for each column to be filled in where its list stands, if it is there.
fn long_lists(book: &mut Workbook, form: &Form, labels: &Labels) -> Result<Vec<Option<String>>, XlsxError> {
    let mut places = vec![None; form.to_fill.len()];
    book.add_worksheet();
    let mut sheet = Worksheet::new();
    for (column, to_fill) in (0..).zip(&form.to_fill) {
        let Takes::OneOf { values, .. } = &to_fill.takes else { continue };
        // A comma would part a value in two.
        let fits = values.iter().map(|value| value.chars().count() + 1).sum::<usize>() <= LONGEST_LIST;
        if fits && !values.iter().any(|value| value.contains(',')) {
            continue;
        }
        for (row, value) in (0..).zip(values) {
            sheet.write_string(row, column, value)?;
        }
        let letter = rust_xlsxwriter::utility::column_number_to_name(column);
        let name = labels.lists;
        places[usize::from(column)] = Some(format!("='{name}'!${letter}$1:${letter}${}", values.len()));
    }
    if places.iter().any(Option::is_some) {
        sheet.set_name(labels.lists)?.set_hidden(true);
        book.push_worksheet(sheet);
    }
    Ok(places)
}
