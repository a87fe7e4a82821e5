//! Workbooks: a sheet becomes the text that an export of it would be, a line for each of its rows (SPEC §2).
//!
//! Lines end with CR LF, and no cell holds a carriage return: so the carriage returns count the rows of the sheet, also where
//! cells hold newlines.

mod archive;
mod compound;
mod damage;
pub mod lines;
mod looked_over;
mod merges;
mod ods;
mod outline;
mod pages;
mod panics;
mod sheet;
mod spreadsheet_xml;
mod value;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

pub use sheet::Sheet;

use crate::lang::{say, words};
use crate::model::fold;
use crate::quote;
use crate::text::workbook::archive::Inside;
use crate::text::workbook::damage::{Damage, broken, damaged};
use crate::text::workbook::lines::SheetText;
use crate::text::workbook::sheet::RawSheet;
use crate::trouble::{Trouble, nearest};
use calamine::{Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx};
use std::borrow::Cow;
use std::fmt::Display;
use std::io::Cursor;

/// The sheets of a workbook that hold something.
#[derive(Debug)]
pub struct Workbook {
    /// Each with the text that an export of it would be.
    pub sheets: Vec<(Sheet, Vec<u8>)>,
    /// Hidden sheets, which are not read: what they begin with, so that one can see what they are.
    pub hidden: Vec<(Sheet, Vec<u8>)>,
    /// Whether the sheets are those that were asked for by name.
    pub is_asked: bool,
}

/// What a file is that holds sheets, or other files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Xls,
    Archive(Inside),
    SpreadsheetXml,
    Page,
}

/// Whether a file that begins with these bytes may be a workbook, or an archive of files.
pub fn is_workbook(start: &[u8]) -> bool {
    start.starts_with(archive::MAGIC)
        || start.starts_with(compound::MAGIC)
        || spreadsheet_xml::is_workbook(start)
        || pages::is_page(start)
}

/// Whether it is an archive of other files.
pub fn is_archive_of_files(bytes: &[u8]) -> bool {
    bytes.starts_with(archive::MAGIC) && archive::inside(bytes) == Some(Inside::Files)
}

/// The sheets of a workbook: those asked for that it has, else all visible ones. A workbook of several sheets must have one
/// of those asked for.
pub fn read(bytes: &[u8], asked: &[String], shown: &str, most: u64) -> Result<Workbook, Trouble> {
    let work = || {
        let damaged = |error: &dyn Display| damaged(shown, error);
        let format = format(bytes, shown, most)?;
        let plain = match format {
            Format::Archive(Inside::Xlsx | Inside::Files) => looked_over::looked_over(bytes, shown)?,
            _ => Cow::Borrowed(bytes),
        };
        let bytes = &*plain;
        let mut book = match format {
            Format::Xls => {
                let clean = compound::checked(bytes, shown)?;
                let outlines = xls::outlines(&clean);
                Book::Xls(Box::new(Xls::new(Cursor::new(clean)).map_err(|error| damaged(&error))?), outlines)
            }
            Format::Archive(Inside::Xlsb) => {
                Book::Xlsb(Box::new(Xlsb::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?), bytes)
            }
            Format::Archive(Inside::Ods) => Book::Raw("ods", ods::sheets(bytes, shown, most)?),
            Format::Archive(Inside::Xlsx | Inside::Files) => {
                let parts = outline::Parts::of(bytes);
                Book::Xlsx(Box::new(Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?), parts, bytes)
            }
            Format::SpreadsheetXml => Book::Raw("xml", spreadsheet_xml::sheets(bytes, shown, most)?),
            Format::Page => Book::Raw("html", pages::sheets(bytes, shown, most)?),
        };
        book.read(asked, shown, most)
    };
    panics::unless_it_panics(work).unwrap_or_else(|| Err(broken(shown, Damage::Unexpected)))
}

fn format(bytes: &[u8], shown: &str, most: u64) -> Result<Format, Trouble> {
    Ok(if bytes.starts_with(compound::MAGIC) {
        Format::Xls
    } else if bytes.starts_with(archive::MAGIC) {
        Format::Archive(archive::check(bytes, shown, most)?)
    } else if spreadsheet_xml::is_workbook(&bytes[..bytes.len().min(4096)]) {
        Format::SpreadsheetXml
    } else {
        Format::Page
    })
}

enum Book<'b> {
    Xlsx(Box<Xlsx<Cursor<&'b [u8]>>>, outline::Parts, &'b [u8]),
    Xlsb(Box<Xlsb<Cursor<&'b [u8]>>>, &'b [u8]),
    Xls(Box<Xls<Cursor<Vec<u8>>>>, Vec<xls::Outline>),
    Raw(&'static str, Vec<RawSheet>),
}

impl Book<'_> {
    fn read(&mut self, asked: &[String], shown: &str, most: u64) -> Result<Workbook, Trouble> {
        let (names, visible) = self.names();
        let mut chosen: Vec<String> = asked.iter().filter_map(|asked| chosen(asked, &names)).cloned().collect();
        chosen.dedup();
        if chosen.is_empty()
            && let Some(asked) = asked.first().filter(|_| visible.len() > 1)
        {
            return Err(no_sheet(asked, &visible, shown));
        }
        let is_asked = !chosen.is_empty();
        let read = if is_asked { chosen } else { visible.clone() };
        let (mut sheets, mut left) = (Vec::new(), most);
        for name in read {
            let sheet = self.sheet(&name, shown, left, most)?;
            left = left.saturating_sub(sheet.1.len() as u64);
            sheets.extend(Some(sheet).filter(|(_, text)| !text.is_empty() || is_asked));
        }
        let hidden = names.into_iter().filter(|name| !visible.contains(name));
        let hidden = hidden.map(|name| self.beginning(name, shown, most)).collect();
        Ok(Workbook { sheets, hidden, is_asked })
    }

    /// The sheets of cells, and of them the visible ones; where none is visible, all of them.
    fn names(&self) -> (Vec<String>, Vec<String>) {
        let of_cells = |sheets: &[calamine::Sheet]| -> Vec<(String, bool)> {
            let sheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
            sheets.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
        };
        let sheets = match self {
            Self::Xlsx(book, ..) => of_cells(book.sheets_metadata()),
            Self::Xlsb(book, _) => of_cells(book.sheets_metadata()),
            Self::Xls(book, _) => of_cells(book.sheets_metadata()),
            Self::Raw(_, sheets) => sheets.iter().map(|sheet| (sheet.name.clone(), sheet.is_visible)).collect(),
        };
        let all: Vec<String> = sheets.iter().map(|(name, _)| name.clone()).collect();
        let visible: Vec<String> = sheets.into_iter().filter(|(_, shown)| *shown).map(|(name, _)| name).collect();
        if visible.is_empty() { (all.clone(), all) } else { (all, visible) }
    }

    /// What a sheet begins with; nothing where it cannot be read, since it is not wanted.
    fn beginning(&mut self, name: String, shown: &str, most: u64) -> (Sheet, Vec<u8>) {
        match self.sheet(&name, shown, most, most) {
            Ok((sheet, mut text)) => {
                text.truncate(lines::beginning(&text));
                text.shrink_to_fit();
                (sheet, text)
            }
            Err(_) => (Sheet { format: "", name, hidden_rows: 0 }, vec![]),
        }
    }

    fn sheet(&mut self, name: &str, shown: &str, left: u64, most: u64) -> Result<(Sheet, Vec<u8>), Trouble> {
        let mut text = SheetText::new(shown, left, most);
        let (format, hidden_rows) = match self {
            Self::Xlsx(book, parts, bytes) => {
                let outline = parts.outline(bytes, name);
                xlsx::read(book, name, &outline, &mut text, shown)?;
                ("xlsx", outline.hidden_rows)
            }
            Self::Xlsb(book, bytes) => {
                let outline = xlsb::outline(bytes, name);
                xlsb::read(book, name, &outline, &mut text, shown)?;
                ("xlsb", outline.hidden_rows)
            }
            Self::Xls(book, outlines) => {
                let at = book.sheets_metadata().iter().position(|sheet| sheet.name == name);
                let none = xls::Outline::default();
                let outline = at.and_then(|at| outlines.get(at)).unwrap_or(&none);
                xls::read(book, name, outline, &mut text, shown)?;
                ("xls", outline.hidden_rows)
            }
            Self::Raw(format, sheets) => {
                let sheet = sheets.iter_mut().find(|sheet| sheet.name == name && !sheet.text.is_empty());
                let sheet = sheet.map(|sheet| (std::mem::take(&mut sheet.text), sheet.hidden_rows));
                let (text, hidden_rows) = sheet.unwrap_or_default();
                return Ok((Sheet { format, name: name.to_owned(), hidden_rows }, text));
            }
        };
        Ok((Sheet { format, name: name.to_owned(), hidden_rows }, text.finish()?))
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
            "给出其中一个；不给 --sheet 则读所有可见的工作表",
            "give one of them; without --sheet all visible sheets are read",
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
