//! The rows of a file as plain text, whatever the file is about: to find out what it is.

use crate::cell::cells::clean;
use crate::load::fields::{Content, Fields};
use crate::load::footers::is_footer;
use crate::load::header_rows::{self, FirstRow};
use crate::load::{header, likely_header};
use crate::model::{Column, Kind};
use crate::text::charset::decoded::{Decoded, Origin};
use crate::text::charset::{Charset, guess};
use crate::text::csv::reader::Records;
use crate::text::feed::{Feed, Opening, PIECE};
use crate::text::inside::{self, Inside, Storage};
use crate::text::workbook::Sheet;
use crate::trouble::Trouble;
use std::path::Path;

/// So many rows show what a file is.
const ROWS: usize = 20_000;
/// No table that means something is wider; what stands further to the right is not looked at.
const COLUMNS: usize = 1_000;

/// A file's header and first rows.
#[derive(Clone, Debug)]
pub struct Preview {
    pub shown: String,
    /// What it is called within the archive that it is packed in.
    pub packed: Option<String>,
    pub storage: Storage,
    pub charset: Charset,
    /// The sheet of a workbook; its charset is that of the text made of it.
    pub sheet: Option<Sheet>,
    pub header_line: u32,
    /// What stands above the header.
    pub titles: Vec<String>,
    /// Whether its first row holds values: there is no header.
    pub is_headless: bool,
    pub header: Vec<String>,
    /// The rows that the header is made of.
    pub header_rows: Vec<Vec<String>>,
    /// Cells without white space and guards; totals and blank rows are left out.
    pub rows: Vec<Vec<String>>,
    /// Whether there are more rows than these.
    pub goes_on: bool,
}

impl Preview {
    /// The columns of a kind that its header gives by itself, without anything in columns.toml.
    pub fn known(&self, kind: Kind) -> Vec<(Column, Vec<usize>)> {
        let row = |cells: &Vec<String>| FirstRow { cells: cells.clone(), number: 0, line: 0, place: (0, 0) };
        let rows: Vec<FirstRow> = self.header_rows.iter().map(row).collect();
        header_rows::beginning_with(&rows).pop().map_or(vec![], |rows| header::known(&rows, kind))
    }
}

/// What parts the columns of other programs' exports, but is not read here.
const OTHERS: [char; 5] = ['|', '^', '~', '¦', '\u{1}'];
/// So many of them in one header are no accident.
const SEVERAL: usize = 2;

impl Preview {
    /// What parts the columns where it is none of what is read: the header, and the rows below it, are one cell each.
    pub fn other_delimiter(&self) -> Option<char> {
        let [header] = &self.header[..] else { return None };
        let count = |text: &str, between: char| text.matches(between).count();
        let is_there = |between: &char| {
            let headers = count(header, *between);
            headers >= SEVERAL && self.rows.iter().all(|row| count(&row[0], *between) == headers)
        };
        OTHERS.into_iter().find(is_there)
    }
}

/// Reads what the tables of a file begin with: the file itself, or the sheets of a workbook, or files packed together.
pub fn previews(
    path: &Path,
    shown: &str,
    encoding: Option<Charset>,
    sheets: &[String],
    most: u64,
) -> Result<Vec<Preview>, Trouble> {
    let mut previews = Vec::new();
    for part in inside::look(path, shown, sheets, most)? {
        let packed = part.name;
        let shown = packed.as_ref().map_or(shown.to_owned(), |name| format!("{shown}/{name}"));
        let preview = |shown: &str, storage: &Storage| {
            let preview = preview(path, shown, storage, encoding, most)?;
            Ok::<Preview, Trouble>(Preview { packed: packed.clone(), ..preview })
        };
        match part.inside? {
            Inside::Text(storage) => previews.push(preview(&shown, &storage)?),
            Inside::Workbook { sheets, .. } => {
                let is_one_of_several = sheets.len() > 1;
                for held in sheets {
                    let name = held.sheet.as_ref().map_or("", |sheet| &sheet.name);
                    let shown = if is_one_of_several { format!("{shown}[{name}]") } else { shown.clone() };
                    previews.push(preview(&shown, &Storage::Held(held))?);
                }
            }
        }
    }
    Ok(previews)
}

/// Reads what a table begins with.
pub fn preview(
    path: &Path,
    shown: &str,
    storage: &Storage,
    encoding: Option<Charset>,
    most: u64,
) -> Result<Preview, Trouble> {
    match sketch_as(path, shown, storage, encoding, most)? {
        Some(preview) => Ok(preview),
        None => {
            let charset = guess::guess(storage, path, shown)?;
            let preview = sketch_as(path, shown, storage, Some(charset), most)?;
            Ok(preview.expect("an encoding that is not assumed is not given up"))
        }
    }
}

/// `None` where the encoding was assumed and is another.
fn sketch_as(
    path: &Path,
    shown: &str,
    storage: &Storage,
    charset: Option<Charset>,
    most: u64,
) -> Result<Option<Preview>, Trouble> {
    let opening = Opening { path, shown, storage, charset, most, piece: PIECE, progress: &|_| () };
    let (head, mut feed) = Feed::open(&opening, &|text| likely_header::find(text, shown))?;
    let mut preview = Preview {
        shown: shown.to_owned(),
        packed: None,
        storage: storage.clone(),
        charset: head.charset,
        sheet: head.sheet.clone(),
        header_line: head.header.header.line,
        titles: head.header.titles,
        is_headless: head.header.is_headless,
        header: head.header.header.unknown,
        header_rows: head.header.header.rows,
        rows: Vec::new(),
        goes_on: false,
    };
    preview.header.truncate(COLUMNS);
    preview.header_rows.iter_mut().for_each(|row| row.truncate(COLUMNS));
    let mut bytes = Vec::new();
    while feed.next(&mut bytes)?.is_some() {
        let Decoded { text, is_broken } = Decoded::new(&bytes, head.charset);
        if head.assumed && is_broken {
            return Ok(None);
        }
        let mut origin = Origin::new(&bytes, head.charset);
        let mut records = Records::new(text.as_bytes(), head.header.header.delimiter, head.newline);
        if head.sheet.is_none() {
            records = records.below_header(head.header.header.width);
        }
        while let Ok(row) = records.next_row() {
            if row.torn || is_broken && !origin.is_sound(&text, row.place) {
                continue;
            }
            let fields = Fields::new(&row, &text);
            if fields.content() != Content::Cells {
                continue;
            }
            if preview.rows.len() == ROWS {
                preview.goes_on = true;
                return Ok(Some(preview));
            }
            preview.rows.push((0..preview.header.len()).map(|at| clean(fields.get(at)).to_owned()).collect());
        }
    }
    // What stands behind the last row is no cell of a column.
    while preview.rows.last().is_some_and(|row| is_footer(row.iter().map(String::as_str), |at| at == 0)) {
        preview.rows.pop();
    }
    Ok(Some(preview))
}
