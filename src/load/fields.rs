//! The fields of one row, decoded.

use super::cells::clean;
use super::row::{Reject, Why};
use super::text::Text;
use csv::ByteRecord;

/// The fields of a row; used again for every row of a part.
#[derive(Default)]
pub struct Fields {
    text: String,
    /// Where each field ends in `text`.
    ends: Vec<usize>,
}

impl Fields {
    /// Takes up a record; false where its bytes mean nothing in the file's encoding.
    pub fn decode(&mut self, record: &ByteRecord, text: &Text) -> bool {
        self.text.clear();
        self.ends.clear();
        for field in record {
            let Some(decoded) = text.decode(field) else { return false };
            self.text.push_str(&decoded);
            self.ends.push(self.text.len());
        }
        true
    }

    /// A field's text; empty where the row has fewer.
    pub fn get(&self, at: usize) -> &str {
        match self.ends.get(at) {
            Some(end) => &self.text[at.checked_sub(1).map_or(0, |before| self.ends[before])..*end],
            None => "",
        }
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.get(at))
    }

    pub fn are_blank(&self) -> bool {
        self.iter().all(|field| clean(field).is_empty())
    }

    /// Whether the first cell that holds something says that this is a row of sums.
    pub fn are_a_total(&self) -> bool {
        let first = self.iter().map(clean).find(|cell| !cell.is_empty());
        first.is_some_and(|cell| matches!(cell.trim_end_matches([':', '\u{ff1a}']), "合计" | "总计" | "小计"))
    }

    /// Cells beyond the header would be lost, and a last row that stops early was cut off.
    pub fn fit(&self, width: usize, cut_short: bool) -> Result<(), Reject> {
        if let Some(cell) = self.iter().skip(width).find(|cell| !clean(cell).is_empty()) {
            let why = Why::TooManyCells { cells: self.ends.len(), header: width };
            return Err(Reject { column: None, cell: cell.into(), why });
        }
        if cut_short && self.ends.len() < width {
            let last = self.iter().last().unwrap_or_default();
            return Err(Reject { column: None, cell: last.into(), why: Why::CutShort });
        }
        Ok(())
    }
}
