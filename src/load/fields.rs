//! The fields of one row, decoded.

use crate::cell::cells::clean;
use crate::cell::reason::{Reason, Reject};
use crate::text::charset::Charset;
use crate::text::lines::RawRow;

/// A row's fields as text: one behind the other in `text`.
#[derive(Clone, Copy)]
pub struct Fields<'r> {
    pub text: &'r str,
    /// Where the first field begins.
    pub start: u32,
    /// Where each field ends.
    pub ends: &'r [u32],
    /// How many bytes stand between two fields.
    pub gap: u32,
    /// Whether it is known that no cell needs cleaning.
    pub clean: bool,
}

/// Turns rows into text; its memory is used again for every row.
#[derive(Default)]
pub struct Decoder {
    text: String,
    ends: Vec<u32>,
}

impl Decoder {
    /// The fields of a row; `None` where its bytes mean nothing in the file's encoding. `valid` is the text the row stands
    /// in, where that is known to be UTF-8 as a whole.
    pub fn decode<'r>(
        &'r mut self,
        row: &RawRow<'r>,
        charset: Charset,
        delimiter: u8,
        valid: Option<&'r str>,
    ) -> Option<Fields<'r>> {
        let text = match valid {
            None => return self.decode_each(row, charset, delimiter),
            Some(text) if row.gap > 0 => text,
            // Unquoting takes out characters of ASCII only.
            Some(_) => simdutf8::basic::from_utf8(row.bytes).ok()?,
        };
        Some(Fields { text, start: row.start, ends: row.ends, gap: row.gap, clean: row.clean })
    }

    /// The fields of a row that cannot be used as a whole: those that are damaged hold what is unknown in any column.
    pub fn decode_legible<'r>(&'r mut self, row: &RawRow<'r>, charset: Charset) -> Fields<'r> {
        const UNKNOWN: &str = "#N/A";
        self.text.clear();
        self.ends.clear();
        for field in row.fields() {
            let legible = charset.decode(field).filter(|text| !text.contains('\0'));
            self.text.push_str(legible.as_deref().unwrap_or(UNKNOWN));
            self.ends.push(self.text.len() as u32);
        }
        Fields { text: &self.text, start: 0, ends: &self.ends, gap: 0, clean: false }
    }

    fn decode_each<'r>(&'r mut self, row: &RawRow<'r>, charset: Charset, delimiter: u8) -> Option<Fields<'r>> {
        self.text.clear();
        self.ends.clear();
        for field in row.fields() {
            self.text.push_str(&charset.decode(field)?);
            self.ends.push(self.text.len() as u32);
            // A plain row looks the same whatever its encoding is.
            if row.gap > 0 {
                self.text.push(char::from(delimiter));
            }
        }
        Some(Fields { text: &self.text, start: 0, ends: &self.ends, gap: row.gap, clean: false })
    }
}

impl<'r> Fields<'r> {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A field's text; empty where the row has fewer.
    #[inline]
    pub fn get(&self, at: usize) -> &'r str {
        let Some(end) = self.ends.get(at) else { return "" };
        let start = if at == 0 { self.start } else { self.ends[at - 1] + self.gap };
        &self.text[start as usize..*end as usize]
    }

    /// A field's bytes; none where the row has fewer.
    #[inline]
    pub fn bytes(&self, at: usize) -> &'r [u8] {
        let Some(end) = self.ends.get(at) else { return &[] };
        let start = if at == 0 { self.start } else { self.ends[at - 1] + self.gap };
        &self.text.as_bytes()[start as usize..*end as usize]
    }

    fn iter(self) -> impl Iterator<Item = &'r str> {
        (0..self.ends.len()).map(move |at| self.get(at))
    }

    /// The first cell that holds something.
    fn first(self) -> Option<&'r str> {
        self.iter().map(clean).find(|cell| !cell.is_empty())
    }

    pub fn content(&self) -> Content {
        // Nearly all rows begin with an id.
        if self.bytes(0).first().is_some_and(u8::is_ascii_alphanumeric) {
            return Content::Cells;
        }
        match self.first() {
            None => Content::Blank,
            Some(cell) => match cell.trim_end_matches([':', '\u{ff1a}']) {
                "合计" | "总计" | "小计" => Content::Total,
                _ => Content::Cells,
            },
        }
    }

    /// Cells beyond the header would be lost, and a last row that stops early was cut off.
    pub fn fit(&self, width: usize, cut_short: bool) -> Result<(), Reject> {
        if self.len() == width {
            return Ok(());
        }
        if let Some(cell) = self.iter().skip(width).find(|cell| !clean(cell).is_empty()) {
            let why = Reason::TooManyCells { cells: self.len(), header: width };
            return Err(Reject { column: None, cell: cell.into(), why });
        }
        if cut_short && self.len() < width {
            let last = self.iter().last().unwrap_or_default();
            return Err(Reject { column: None, cell: last.into(), why: Reason::CutShort });
        }
        Ok(())
    }
}

/// What a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing.
    Blank,
    /// Sums: the first cell that holds something says so.
    Total,
    Cells,
}
