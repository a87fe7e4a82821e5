//! A flat table as a workbook of one sheet: what is text stays text, so that ids keep their leading zeros.

use super::packed;
use crate::document::{Field, Sheet};
use crate::lang::{say, words};
use crate::quote::tame;
use crate::trouble::Trouble;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

/// Column widths in characters, with room for the filter's button.
const NARROWEST: usize = 8;
const WIDEST: usize = 50;
/// The format of cells that hold text whatever it looks like.
pub(super) const TEXT: &str = "@";

/// The workbook's bytes; `name` is that of its sheet. The header stays in view and filters, blank cells of text columns take
/// what is typed as text. The same table gives the same bytes: the clock is not asked.
///
/// # Errors
/// Where the table has more rows, or a cell more characters, than a workbook can hold.
pub fn render(sheet: &Sheet, name: &str) -> Result<Vec<u8>, Trouble> {
    write(sheet, name).map_err(|error| refused(&error))
}

/// A table that no workbook can hold.
pub(super) fn refused(error: &XlsxError) -> Trouble {
    Trouble::new(say(format!("无法写成工作簿：{error}"), format!("it cannot be written as a workbook: {error}")))
        .remedy(words("改用 --format csv", "use --format csv"))
}

/// A workbook that does not say when it was made.
pub(super) fn new_book() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    Ok(book)
}

fn write(sheet: &Sheet, name: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = new_book()?;
    let page = book.add_worksheet();
    page.set_name(name)?.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape();
    let (head, text) = (Format::new().set_bold(), Format::new().set_num_format(TEXT));
    for (column, title) in (0..).zip(&sheet.header) {
        let cells = || sheet.rows.iter().filter_map(|row| row.get(usize::from(column)));
        page.set_column_width(column, width(title, cells()) as f64)?;
        if !cells().any(|cell| matches!(cell, Field::Number(_))) {
            page.set_column_format(column, &text)?;
        }
        page.write_string_with_format(0, column, *title, &head)?;
    }
    for (number, row) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(row) {
            write_cell(page, (number, column), cell, &text)?;
        }
    }
    if let Some(last) = sheet.header.len().checked_sub(1) {
        page.autofilter(0, 0, sheet.rows.len() as u32, last as u16)?;
    }
    book.save_to_buffer().map(packed::same_everywhere)
}

fn write_cell(page: &mut Worksheet, (row, column): (u32, u16), cell: &Field, text: &Format) -> Result<(), XlsxError> {
    match cell {
        Field::Text(words) | Field::Number(words) if words.is_empty() => {}
        Field::Number(digits) if digits.parse::<f64>().is_ok_and(f64::is_finite) => {
            page.write_number(row, column, digits.parse::<f64>().unwrap_or_default())?;
        }
        Field::Text(words) | Field::Number(words) => {
            page.write_string_with_format(row, column, tame(words, Some('\n')), text)?;
        }
    }
    Ok(())
}

/// Chinese characters are twice as wide as others.
pub(super) fn width<'a>(title: &str, cells: impl Iterator<Item = &'a Field>) -> usize {
    let text = |cell: &'a Field| match cell {
        Field::Text(text) | Field::Number(text) => text.width(),
    };
    let widest = cells.map(text).max().unwrap_or(0).max(title.width() + 2);
    (widest + 1).clamp(NARROWEST, WIDEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};

    fn sheet() -> Sheet {
        let row = |id: &str, n: &str| vec![Field::Text(id.into()), Field::Number(n.into()), Field::Text(String::new())];
        Sheet {
            header: vec!["客户编码", "n", "note"],
            rows: vec![row("00420", "2.5"), row("=1+1", ""), row("-1", "3")],
        }
    }

    #[test]
    fn ids_stay_text_and_numbers_are_numbers() {
        let bytes = render(&sheet(), "抽查").unwrap();
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["抽查"]);
        let read = book.worksheet_range("抽查").unwrap();
        let cell = |row, column| read.get_value((row, column)).cloned().unwrap_or(Data::Empty);
        assert_eq!(cell(0, 0), Data::String("客户编码".into()));
        assert_eq!((cell(1, 0), cell(1, 1)), (Data::String("00420".into()), Data::Float(2.5)));
        assert_eq!((cell(2, 0), cell(2, 1)), (Data::String("=1+1".into()), Data::Empty));
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        let one = render(&sheet(), "a").unwrap();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert_eq!(one, render(&sheet(), "a").unwrap());
    }

    #[test]
    fn what_a_workbook_cannot_hold_is_refused() {
        let long = Sheet { header: vec!["a"], rows: vec![vec![Field::Text("x".repeat(40_000))]] };
        assert!(render(&long, "a").unwrap_err().to_string().contains("--format csv"));
    }
}
