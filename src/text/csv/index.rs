//! Where in a text delimiters and line ends stand, those inside quotes left out, found 64 bytes at a time.

use crate::text::csv::MOST_CELLS;
use crate::text::csv::block::{Blocks, Found, LENGTH, wide};
use crate::text::csv::quotes::Quotes;
use std::ops::Range;

/// How much is indexed at a time: the index stays in the cache nearest to the processor.
pub(super) const WINDOW: usize = 16 << 10;

/// Where delimiters and line ends stand, up to some place in the text.
#[derive(Default)]
pub(super) struct Index {
    upto: usize,
    /// Delimiters and line ends.
    stops: Vec<u32>,
    rows: Vec<Row>,
    next_row: usize,
    /// The stop that the next row begins with.
    next_stop: u32,
    quotes: Quotes,
    /// What the block before ended with.
    last: LastByte,
    /// What has been found in the row that has not ended.
    begun: u8,
}

/// A row that has been indexed: the last of its stops, its line end, and what stands in it.
#[derive(Clone, Copy)]
struct Row {
    stop: u32,
    holds: u8,
}

/// What a row holds, a bit each.
pub(super) mod holds {
    /// Quotes around fields.
    pub(crate) const QUOTES: u8 = 1;
    /// Something that may have to be cut off from a cell.
    pub(crate) const SOIL: u8 = 1 << 1;
    /// A field that is not just what stands between its quotes.
    pub(crate) const ODD: u8 = 1 << 2;
    /// Line ends inside quotes.
    pub(crate) const BREAKS: u8 = 1 << 3;
}

/// The stops of a row, the last being its line end, and what it holds.
pub(super) struct Indexed {
    pub stops: Range<usize>,
    pub holds: u8,
}

/// The byte before a block.
struct LastByte {
    /// The lowest bit where it is a delimiter, a line end or a quote, or where there is no such byte.
    is_edge: u64,
    is_soil: bool,
    /// The lowest bit where it is a carriage return that ends a line.
    is_return: u64,
}

impl Default for LastByte {
    fn default() -> Self {
        Self { is_edge: 1, is_soil: false, is_return: 0 }
    }
}

impl Index {
    /// The next row of the text.
    #[inline]
    pub(super) fn next(&mut self, text: &[u8], delimiter: u8) -> Option<Indexed> {
        while self.next_row == self.rows.len() {
            if self.upto == text.len() {
                return None;
            }
            self.extend(text, delimiter);
        }
        let Row { stop, holds } = self.rows[self.next_row];
        let stops = self.next_stop as usize..stop as usize + 1;
        self.next_row += 1;
        self.next_stop = stop + 1;
        Some(Indexed { stops, holds })
    }

    pub(super) fn stops(&self, stops: Range<usize>) -> &[u32] {
        &self.stops[stops]
    }

    /// Indexes another stretch of the text. At its end a row without a line end gets one.
    fn extend(&mut self, text: &[u8], delimiter: u8) {
        self.stops.drain(..self.next_stop as usize);
        self.rows.clear();
        (self.next_stop, self.next_row) = (0, 0);
        let end = text.len().min(self.upto + WINDOW);
        for (block, valid) in Blocks::new(&text[self.upto..end]) {
            self.add(&block, delimiter, valid);
        }
        self.upto = end;
        self.forget_cells();
        let has_ended = matches!(text[end - 1], b'\n' | b'\r') && !self.quotes.are_open();
        if end == text.len() && !has_ended {
            // What the text ends with is not looked at more closely; where it ends inside quotes the grammar decides.
            let holds = self.begun | holds::SOIL | if self.quotes.are_open() { holds::ODD } else { 0 };
            self.rows.push(Row { stop: self.stops.len() as u32, holds });
            self.stops.push(end as u32);
        }
    }

    /// Of a row with more cells than a table has columns only one too many are kept: a few kilobytes that unpack to nothing
    /// but delimiters would fill the memory.
    fn forget_cells(&mut self) {
        let first = self.rows.last().map_or(0, |row| row.stop as usize + 1);
        self.stops.truncate(first + MOST_CELLS + 1);
    }

    #[inline]
    fn add(&mut self, block: &[u8; LENGTH], delimiter: u8, valid: u64) {
        let at = self.upto as u32;
        let found = Found::of(block, delimiter);
        let line_ends = found.newlines | found.returns;
        let quoted = match found.quotes & valid {
            0 => self.quotes.pass_none(found.delimiters | line_ends),
            quotes => self.quotes.pass(quotes, found.delimiters | line_ends),
        };
        let outside = valid & !quoted.inside;
        let returns = found.returns & outside;
        // A newline behind a carriage return is part of the same line end.
        let ends = returns | found.newlines & outside & !(returns << 1 | self.last.is_return);
        let stops = found.delimiters & outside | ends;
        let soil = self.soil(block, &found, valid, stops | line_ends & outside | quoted.quotes);
        self.last.is_return = returns >> 63;
        let breaks = valid & quoted.inside & line_ends;
        self.add_rows(ends, stops, Inside { quotes: quoted.quotes, soil, odd: quoted.odd & valid, breaks });
        let mut left = stops;
        let mut positions = [0; LENGTH];
        let count = stops.count_ones() as usize;
        for position in &mut positions[..count] {
            *position = at + left.trailing_zeros();
            left &= left - 1;
        }
        self.stops.extend_from_slice(&positions[..count]);
        self.upto += LENGTH;
    }

    /// What may have to be cut off from a cell: at its ends ASCII's white space and Excel's guards, and anywhere the first
    /// byte of a character that may be white space.
    #[inline]
    fn soil(&mut self, block: &[u8; LENGTH], found: &Found, valid: u64, edges: u64) -> u64 {
        let cut = found.cut & valid & !edges;
        let wide = if found.high & valid == 0 { 0 } else { wide(block) & valid };
        if self.last.is_soil && edges & 1 != 0 {
            self.begun |= holds::SOIL;
        }
        let behind_an_edge = edges << 1 | self.last.is_edge;
        (self.last.is_edge, self.last.is_soil) = (edges >> 63, cut >> 63 != 0);
        cut & (behind_an_edge | edges >> 1) | wide
    }

    /// Notes the rows that end in a block, and what stands in them.
    #[inline]
    fn add_rows(&mut self, mut ends: u64, stops: u64, mut inside: Inside) {
        let before = self.stops.len() as u32;
        while ends != 0 {
            let end = ends & ends.wrapping_neg();
            let holds = self.begun | inside.take(end | (end - 1));
            self.rows.push(Row { stop: before + (stops & (end - 1)).count_ones(), holds });
            self.begun = 0;
            ends ^= end;
        }
        self.begun |= inside.take(u64::MAX);
    }
}

/// What stands in the rows of a block besides their stops.
struct Inside {
    quotes: u64,
    soil: u64,
    odd: u64,
    breaks: u64,
}

impl Inside {
    /// What of it stands among these bytes, in the bits of [`holds`]; it is taken out.
    #[inline]
    fn take(&mut self, bytes: u64) -> u8 {
        let mut holds = 0;
        for (found, bit) in [
            (&mut self.quotes, holds::QUOTES),
            (&mut self.soil, holds::SOIL),
            (&mut self.odd, holds::ODD),
            (&mut self.breaks, holds::BREAKS),
        ] {
            holds |= if *found & bytes == 0 { 0 } else { bit };
            *found &= !bytes;
        }
        holds
    }
}
