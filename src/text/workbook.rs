//! Workbooks: a sheet becomes the text that an export of it would be, a line for each of its rows (SPEC §2).
//!
//! Lines end with CR LF, and no cell holds a carriage return: so the carriage returns count the rows of the sheet, also where
//! cells hold newlines.

use crate::lang::{say, words};
use crate::model::fold;
use crate::quote;
use crate::text::old_workbook;
use crate::text::sheet_cell::{Clock, Serial, Value, padding};
use crate::text::sheet_text::SheetText;
use crate::text::zipped;
use crate::trouble::{Trouble, nearest};
use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsx};
use std::cell::Cell;
use std::fmt::Display;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// The line end whose number is that of the sheet's rows.
pub const NEWLINE: u8 = b'\r';
/// What stands between two cells.
pub const DELIMITER: u8 = b',';

/// A sheet that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// `xlsx` or `xls`.
    pub format: &'static str,
    pub name: String,
    /// Visible sheets of the same workbook with something in them that were not read, though no sheet was asked for.
    pub unread: Vec<String>,
}

/// Whether a file that begins with these bytes may be a workbook.
pub fn is_workbook(start: &[u8]) -> bool {
    start.starts_with(zipped::MAGIC) || start.starts_with(old_workbook::MAGIC)
}

/// The text of a workbook's sheet: the first of those asked for that it has, else the first visible one with something in
/// it. A workbook of several sheets must have one of those asked for.
pub fn read(bytes: &[u8], asked: &[String], shown: &str) -> Result<(Sheet, Vec<u8>), Trouble> {
    let is_old = bytes.starts_with(old_workbook::MAGIC);
    let work = || {
        let damaged = |error: &dyn Display| damaged(shown, error);
        let mut book = if is_old {
            let clean = old_workbook::checked(bytes, shown)?;
            Book::Old(Box::new(Xls::new(Cursor::new(clean)).map_err(|error| damaged(&error))?))
        } else {
            zipped::check(bytes, shown)?;
            Book::New(Box::new(Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?))
        };
        book.read(asked, shown)
    };
    unless_it_panics(work).unwrap_or_else(|| Err(damaged(shown, &"unexpected content")))
}

enum Book<'b> {
    New(Box<Xlsx<Cursor<&'b [u8]>>>),
    Old(Box<Xls<Cursor<Vec<u8>>>>),
}

impl Book<'_> {
    fn read(&mut self, asked: &[String], shown: &str) -> Result<(Sheet, Vec<u8>), Trouble> {
        let format = if matches!(self, Self::New(_)) { "xlsx" } else { "xls" };
        let (names, visible) = self.names();
        if let Some(name) = asked.iter().find_map(|asked| chosen(asked, &names)) {
            let text = self.text(name, usize::MAX, shown)?;
            return Ok((Sheet { format, name: name.clone(), unread: vec![] }, text));
        }
        if let Some(asked) = asked.first().filter(|_| visible.len() > 1) {
            return Err(no_sheet(asked, &visible, shown));
        }
        let mut read: Option<(String, Vec<u8>)> = None;
        let mut unread = Vec::new();
        for name in visible {
            if read.is_none() {
                read =
                    Some(self.text(&name, usize::MAX, shown)?).filter(|text| !text.is_empty()).map(|text| (name, text));
            } else if self.text(&name, 1, shown).is_ok_and(|text| !text.is_empty()) {
                unread.push(name);
            }
        }
        let (name, text) = read.unwrap_or_default();
        Ok((Sheet { format, name, unread }, text))
    }

    /// The sheets of cells, and of them the visible ones; where none is visible, all of them.
    fn names(&self) -> (Vec<String>, Vec<String>) {
        let sheets = match self {
            Self::New(book) => book.sheets_metadata(),
            Self::Old(book) => book.sheets_metadata(),
        };
        let of_cells = || sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let all: Vec<String> = of_cells().map(|sheet| sheet.name.clone()).collect();
        let shown = of_cells().filter(|sheet| sheet.visible == SheetVisible::Visible);
        let visible: Vec<String> = shown.map(|sheet| sheet.name.clone()).collect();
        if visible.is_empty() { (all.clone(), all) } else { (all, visible) }
    }

    /// The text of a sheet, of no more than so many of its rows.
    fn text(&mut self, name: &str, most_rows: usize, shown: &str) -> Result<Vec<u8>, Trouble> {
        let mut text = SheetText::new(most_rows, shown);
        match self {
            Self::New(book) => read_new(book, name, &mut text, shown)?,
            Self::Old(book) => read_old(book, name, &mut text, shown)?,
        }
        text.finish()
    }
}

fn read_new(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, text: &mut SheetText, shown: &str) -> Result<(), Trouble> {
    let damaged = |error: &dyn Display| damaged(shown, error);
    let from_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    let shown = |style: &calamine::Style| match &style.number_format {
        Some(format) => (Clock::of(&format.format_code, format.format_id), padding(&format.format_code)),
        None => (Clock::UNKNOWN, 0),
    };
    let formats: Vec<(Clock, usize)> = cells.styles().iter().map(shown).collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| damaged(&error))? {
        let (row, column) = cell.get_position();
        let (clock, digits) = formats.get(style).copied().unwrap_or((Clock::UNKNOWN, 0));
        let value = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(cell) => Value::Text(cell),
            DataRef::SharedString(cell) => Value::Text(cell),
            DataRef::Int(number) => Value::Number(*number as f64),
            DataRef::Float(number) => Value::Padded(*number, digits),
            DataRef::Bool(truth) => Value::Truth(*truth),
            DataRef::DateTime(moment) => Value::Moment(serial(moment, from_1904, clock)),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::Text(without_zone(text)),
            DataRef::Error(error) => {
                text.put(row, column, &Value::Text(&error.to_string()))?;
                continue;
            }
        };
        text.put(row, column, &value)?;
        if text.is_full() {
            break;
        }
    }
    Ok(())
}

/// The old format does not tell which formats show a time: where any date of a column has one, all have, and a whole
/// number is midnight.
fn read_old(book: &mut Xls<Cursor<Vec<u8>>>, name: &str, text: &mut SheetText, shown: &str) -> Result<(), Trouble> {
    let from_1904 = book.has_1904_epoch();
    let range = book.worksheet_range(name).map_err(|error| damaged(shown, &error))?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut timed = vec![false; range.width()];
    for (_, column, cell) in range.used_cells() {
        if let Data::DateTime(moment) = cell {
            timed[column] |= serial(moment, from_1904, Clock::UNKNOWN).has_time();
        }
    }
    for (row, column, cell) in range.used_cells() {
        let shown = Clock { time: timed[column], ..Clock::UNKNOWN };
        let error;
        let value = match cell {
            Data::Empty => continue,
            Data::String(cell) => Value::Text(cell),
            Data::Int(number) => Value::Number(*number as f64),
            Data::Float(number) => Value::Number(*number),
            Data::Bool(truth) => Value::Truth(*truth),
            Data::DateTime(moment) => Value::Moment(serial(moment, from_1904, shown)),
            Data::DateTimeIso(text) | Data::DurationIso(text) => Value::Text(without_zone(text)),
            Data::Error(found) => {
                error = found.to_string();
                Value::Text(&error)
            }
        };
        text.put(first_row + row as u32, first_column + column as u32, &value)?;
        if text.is_full() {
            break;
        }
    }
    Ok(())
}

fn serial(moment: &ExcelDateTime, from_1904: bool, shown: Clock) -> Serial {
    Serial { days: moment.as_f64(), from_1904, is_duration: moment.is_duration(), shown }
}

/// Excel knows no zones: a Z behind a date that is stored as text says nothing.
fn without_zone(text: &str) -> &str {
    text.strip_suffix('Z').unwrap_or(text)
}

/// The sheet of that name; where none has it letter by letter, without regard to case and blanks.
fn chosen<'n>(asked: &str, names: &'n [String]) -> Option<&'n String> {
    names.iter().find(|name| *name == asked).or_else(|| names.iter().find(|name| is_meant(asked, name)))
}

/// Whether a name that was asked for is that of a sheet, but for case and blanks.
pub fn is_meant(asked: &str, name: &str) -> bool {
    fold(asked.trim()) == fold(name.trim())
}

fn no_sheet(asked: &str, names: &[String], shown: &str) -> Trouble {
    let listed = |separator| quote::some(names.iter().map(String::as_str), separator);
    let asked_shown = quote::quote(asked, 40);
    let trouble = Trouble::new(say(
        format!("工作簿中没有名为“{asked_shown}”的工作表（--sheet）；有：{}", listed("、")),
        format!("the workbook has no sheet \"{asked_shown}\" (--sheet); it has: {}", listed(", ")),
    ))
    .file(shown);
    match nearest(asked, names.iter().map(String::as_str)) {
        Some(near) => trouble.remedy(say(format!("是否应为“{near}”？"), format!("did you mean \"{near}\"?"))),
        None => trouble.remedy(words(
            "给出其中一个；不给 --sheet 则读第一个有内容的可见工作表",
            "give one of them; without --sheet the first visible sheet with something in it is read",
        )),
    }
}

/// A workbook that cannot be read.
pub fn damaged(shown: &str, error: &dyn Display) -> Trouble {
    let error = quote::quote(&error.to_string(), 100);
    Trouble::new(say(
        format!("工作簿已损坏，无法读取（{error}）"),
        format!("the workbook is damaged and cannot be read ({error})"),
    ))
    .file(shown)
    .remedy(words(
        "用 Excel 或 WPS 打开（它们会尝试修复）后另存，或重新导出",
        "open it in Excel, which tries to repair it, and save it again, or export it again",
    ))
}

/// A workbook that only its password opens.
pub fn locked(shown: &str) -> Trouble {
    Trouble::new(words("工作簿有密码保护，无法读取", "the workbook is protected by a password and cannot be read"))
        .file(shown)
        .remedy(words("在 Excel 中打开，取消打开密码后另存", "open it in Excel, remove the password, and save it"))
}

/// A workbook that unpacks to more than any table has.
pub fn too_large(shown: &str) -> Trouble {
    Trouble::new(words(
        "工作簿展开后过大，不像一张表格",
        "the workbook unpacks to more than a table can be: it is damaged, or was made to do harm",
    ))
    .file(shown)
    .remedy(words("重新导出；数据确实这样多时导出为 CSV", "export it again; if there is so much of it, as CSV"))
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What `work` comes to; `None` where it panics. Damaged workbooks can make calamine do so, and a user is to get a message.
fn unless_it_panics<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                usual(panic);
            }
        }));
    });
    QUIET.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_but_no_result() {
        assert_eq!(unless_it_panics(|| 1), Some(1));
        assert_eq!(unless_it_panics(|| -> i32 { panic!("as calamine may") }), None);
        assert!(!QUIET.get());
    }

    #[test]
    fn a_sheet_is_found_by_its_name_or_nearly_that() {
        let names = ["Sheet1".to_owned(), " 拜访 ".to_owned(), "sheet1".to_owned()];
        assert_eq!(chosen("sheet1", &names), Some(&names[2]));
        assert_eq!(chosen("SHEET1", &names), Some(&names[0]));
        assert_eq!(chosen("拜访", &names), Some(&names[1]));
        assert_eq!(chosen("x", &names), None);
    }
}
