//! Workbooks: a sheet becomes the text that an export of it would be, a line for each of its rows (SPEC §2).
//!
//! Lines end with CR LF, and no cell holds a carriage return: so the carriage returns count the rows of the sheet, also where
//! cells hold newlines.

mod archive;
mod compound;
mod damage;
pub mod lines;
mod panics;
mod value;
mod xls;
mod xlsx;

use crate::lang::{say, words};
use crate::model::fold;
use crate::quote;
use crate::text::workbook::damage::damaged;
use crate::text::workbook::lines::SheetText;
use crate::trouble::{Trouble, nearest};
use calamine::{Reader, SheetType, SheetVisible, Xls, Xlsx};
use std::fmt::Display;
use std::io::Cursor;

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
    start.starts_with(archive::MAGIC) || start.starts_with(compound::MAGIC)
}

/// The text of a workbook's sheet: the first of those asked for that it has, else the first visible one with something in
/// it. A workbook of several sheets must have one of those asked for.
pub fn read(bytes: &[u8], asked: &[String], shown: &str) -> Result<(Sheet, Vec<u8>), Trouble> {
    let is_old = bytes.starts_with(compound::MAGIC);
    let work = || {
        let damaged = |error: &dyn Display| damaged(shown, error);
        let mut book = if is_old {
            let clean = compound::checked(bytes, shown)?;
            Book::Old(Box::new(Xls::new(Cursor::new(clean)).map_err(|error| damaged(&error))?))
        } else {
            archive::check(bytes, shown)?;
            Book::New(Box::new(Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?))
        };
        book.read(asked, shown)
    };
    panics::unless_it_panics(work).unwrap_or_else(|| Err(damaged(shown, &"unexpected content")))
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
            Self::New(book) => xlsx::read(book, name, &mut text, shown)?,
            Self::Old(book) => xls::read(book, name, &mut text, shown)?,
        }
        text.finish()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_found_by_its_name_or_nearly_that() {
        let names = ["Sheet1".to_owned(), " 拜访 ".to_owned(), "sheet1".to_owned()];
        assert_eq!(chosen("sheet1", &names), Some(&names[2]));
        assert_eq!(chosen("SHEET1", &names), Some(&names[0]));
        assert_eq!(chosen("拜访", &names), Some(&names[1]));
        assert_eq!(chosen("x", &names), None);
    }
}
