//! The fields of one row, decoded.

use crate::cell::cells::clean;
use crate::cell::reason::{Reason, Reject};
use crate::text::csv::MOST_CELLS;
use crate::text::csv::reader::{Places, RawRow};
use std::ops::RangeInclusive;

/// A row's fields as text.
#[derive(Clone, Copy)]
pub struct Fields<'r> {
    text: &'r str,
    places: Places<'r>,
}

impl<'r> Fields<'r> {
    /// The fields of a row of a text.
    #[inline]
    pub fn new(row: &RawRow<'r>, text: &'r str) -> Self {
        // Unquoting takes out characters of ASCII only: what is left is text.
        let unquoted = || std::str::from_utf8(row.bytes).unwrap_or_default();
        Self { text: if row.places.are_in_text() { text } else { unquoted() }, places: row.places }
    }

    /// Whether it is known that no cell needs cleaning.
    #[inline]
    pub fn are_clean(&self) -> bool {
        self.places.clean
    }

    #[inline]
    pub fn count(&self) -> usize {
        self.places.count()
    }

    /// A field's text; empty where the row has fewer.
    #[inline]
    pub fn get(&self, at: usize) -> &'r str {
        self.places.get(self.text.as_bytes(), at).map_or("", |place| &self.text[place])
    }

    /// A field's bytes; none where the row has fewer.
    #[inline]
    pub fn bytes(&self, at: usize) -> &'r [u8] {
        self.places.get(self.text.as_bytes(), at).map_or(&[], |place| &self.text.as_bytes()[place])
    }

    /// Whether they stand in the text with nothing but a delimiter between them, and none needs cleaning.
    #[inline]
    pub fn are_plain(&self) -> bool {
        self.places.clean && self.places.are_plain()
    }

    /// The text from a first to a last field, which the row has, as it stands.
    pub fn stretch(&self, fields: &RangeInclusive<usize>) -> &'r str {
        let place = |at: usize| self.places.get(self.text.as_bytes(), at).unwrap_or_default();
        &self.text[place(*fields.start()).start..place(*fields.end()).end]
    }

    pub fn iter(self) -> impl Iterator<Item = &'r str> {
        (0..self.count()).map(move |at| self.get(at))
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
        if self.count() == width {
            return Ok(());
        }
        if self.count() > MOST_CELLS {
            let why = Reason::TooWide { most: MOST_CELLS };
            return Err(Reject { column: None, cell: self.get(0).into(), why });
        }
        if let Some(cell) = self.iter().skip(width).find(|cell| !clean(cell).is_empty()) {
            let why = Reason::TooManyCells { cells: self.count(), header: width };
            return Err(Reject { column: None, cell: cell.into(), why });
        }
        if cut_short && self.count() < width {
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
