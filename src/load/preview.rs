//! The rows of a file as plain text, whatever the file is about: to find out what it is.

use crate::cell::cells::clean;
use crate::load::fields::{Content, Fields};
use crate::load::likely_header;
use crate::text::charset::decoded::{Decoded, Origin};
use crate::text::charset::{Charset, guess};
use crate::text::csv::reader::Records;
use crate::text::feed::{Feed, Opening, PIECE};
use crate::text::workbook::Sheet;
use crate::trouble::Trouble;
use std::path::Path;

/// So many rows show what a file is.
const ROWS: usize = 20_000;

/// A file's header and first rows.
#[derive(Clone, Debug)]
pub struct Preview {
    pub shown: String,
    pub charset: Charset,
    /// The sheet of a workbook; its charset is that of the text made of it.
    pub sheet: Option<Sheet>,
    pub header_line: u32,
    pub header: Vec<String>,
    /// Cells without white space and guards; totals and blank rows are left out.
    pub rows: Vec<Vec<String>>,
    /// Whether there are more rows than these.
    pub goes_on: bool,
}

/// Reads what a file begins with.
pub fn preview(path: &Path, shown: &str, encoding: Option<Charset>, sheets: &[String]) -> Result<Preview, Trouble> {
    match sketch_as(path, shown, encoding, sheets)? {
        Some(preview) => Ok(preview),
        None => {
            let charset = guess::guess(path, shown)?;
            Ok(sketch_as(path, shown, Some(charset), sheets)?.expect("an encoding that is not assumed is not given up"))
        }
    }
}

/// `None` where the encoding was assumed and is another.
fn sketch_as(
    path: &Path,
    shown: &str,
    charset: Option<Charset>,
    sheets: &[String],
) -> Result<Option<Preview>, Trouble> {
    let opening = Opening { path, shown, charset, sheets, piece: PIECE, progress: &|_| () };
    let (head, mut feed) = Feed::open(&opening, &|text| likely_header::find(text, shown))?;
    let mut preview = Preview {
        shown: shown.to_owned(),
        charset: head.charset,
        sheet: head.sheet.clone(),
        header_line: head.header.line,
        header: head.header.unknown,
        rows: Vec::new(),
        goes_on: false,
    };
    let mut bytes = Vec::new();
    while feed.next(&mut bytes)?.is_some() {
        let Decoded { text, is_broken } = Decoded::new(&bytes, head.charset);
        if head.assumed && is_broken {
            return Ok(None);
        }
        let mut origin = Origin::new(&bytes, head.charset);
        let mut records = Records::new(text.as_bytes(), head.header.delimiter, head.newline);
        if head.sheet.is_none() {
            records = records.below_header(head.header.width);
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
    Ok(Some(preview))
}
