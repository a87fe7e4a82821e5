//! Where in a text delimiters, line ends and quotes stand, found 64 bytes at a time.

use wide::{u8x16, u8x64};

/// How much is indexed at a time: the index stays in the cache nearest to the processor.
pub const WINDOW: usize = 16 << 10;

/// Where delimiters and line ends stand, up to some place in the text.
#[derive(Default)]
pub struct Index {
    pub upto: usize,
    /// Delimiters and line ends.
    pub stops: Vec<u32>,
    /// Which of the stops are line ends.
    pub rows: Vec<u32>,
    /// Quotes and carriage returns.
    pub odd: Vec<u32>,
    /// Bytes that may have to be cut off from a cell: see [`Index::add`].
    pub soil: Vec<u32>,
    pub next_stop: usize,
    pub next_row: usize,
    pub next_odd: usize,
    pub next_soil: usize,
    /// What the block before ended with.
    last: LastByte,
}

/// The byte before a block.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum LastByte {
    /// A delimiter or a line end, or nothing at all.
    #[default]
    Stop,
    Soil,
    Other,
}

impl Index {
    /// Begins anew at a place behind all that has been indexed.
    pub fn restart(&mut self, upto: usize) {
        for positions in [&mut self.stops, &mut self.rows, &mut self.odd, &mut self.soil] {
            positions.clear();
        }
        (self.next_stop, self.next_row, self.next_odd, self.next_soil) = (0, 0, 0, 0);
        (self.upto, self.last) = (upto, LastByte::Stop);
    }

    /// Lets go of what stands before a place that has been indexed.
    pub fn skip_to(&mut self, place: usize) {
        let behind = |positions: &[u32], from: usize| {
            from + positions[from..].iter().take_while(|position| (**position as usize) < place).count()
        };
        self.next_stop = behind(&self.stops, self.next_stop);
        self.next_odd = behind(&self.odd, self.next_odd);
        self.next_soil = behind(&self.soil, self.next_soil);
        let before = |row: &&u32| (**row as usize) < self.next_stop;
        self.next_row += self.rows[self.next_row..].iter().take_while(before).count();
    }

    /// Indexes another stretch of the text. At its end a row without a line end gets one.
    pub fn extend(&mut self, text: &[u8], delimiter: u8) {
        let used = self.next_stop as u32;
        self.stops.drain(..self.next_stop);
        self.rows.drain(..self.next_row);
        self.rows.iter_mut().for_each(|row| *row -= used);
        self.odd.drain(..self.next_odd);
        self.soil.drain(..self.next_soil);
        (self.next_stop, self.next_row, self.next_odd, self.next_soil) = (0, 0, 0, 0);
        let end = text.len().min(self.upto + WINDOW);
        let mut blocks = text[self.upto..end].chunks_exact(64);
        for block in &mut blocks {
            let block: &[u8; 64] = block.try_into().expect("a chunk has the length asked for");
            self.add(*block, delimiter, u64::MAX);
        }
        let rest = blocks.remainder();
        if !rest.is_empty() {
            let mut block = [0; 64];
            block[..rest.len()].copy_from_slice(rest);
            self.add(block, delimiter, u64::MAX >> (64 - rest.len()));
            self.upto = end;
        }
        if end == text.len() && text.last() != Some(&b'\n') {
            self.rows.push(self.stops.len() as u32);
            self.stops.push(end as u32);
            // What the text ends with is not looked at more closely.
            self.soil.push((end - 1) as u32);
        }
    }

    /// Indexes a block, of which only the bytes marked in `valid` belong to the text.
    ///
    /// Soil is what may have to be cut off from a cell: at its ends ASCII's white space and Excel's guards, and anywhere
    /// the first byte of a character that may be white space (U+0085, U+00A0, and all between U+1680 and U+3000).
    #[inline]
    fn add(&mut self, block: [u8; 64], delimiter: u8, valid: u64) {
        let at = self.upto as u32;
        let found = Found::of(&block, delimiter);
        let (mut newlines, mut stops, mut odd) = (found.newlines & valid, found.stops & valid, found.odd & valid);
        // A carriage return may be part of a line end.
        let edges = if odd == 0 { stops } else { stops | odd };
        let cut = found.cut & valid & !edges;
        let wide = if found.high & valid == 0 { 0 } else { wide(block) & valid };
        let behind_an_edge = edges << 1 | u64::from(self.last == LastByte::Stop);
        let mut soil = cut & (behind_an_edge | edges >> 1) | wide;
        if self.last == LastByte::Soil && edges & 1 != 0 {
            self.soil.push(at - 1);
        }
        self.last = match (edges >> 63, cut >> 63) {
            (1, _) => LastByte::Stop,
            (_, 1) => LastByte::Soil,
            _ => LastByte::Other,
        };
        while soil != 0 {
            self.soil.push(at + soil.trailing_zeros());
            soil &= soil - 1;
        }
        let before = self.stops.len() as u32;
        while newlines != 0 {
            let lowest = newlines & newlines.wrapping_neg();
            self.rows.push(before + (stops & (lowest - 1)).count_ones());
            newlines ^= lowest;
        }
        while stops != 0 {
            self.stops.push(at + stops.trailing_zeros());
            stops &= stops - 1;
        }
        while odd != 0 {
            self.odd.push(at + odd.trailing_zeros());
            odd &= odd - 1;
        }
        self.upto += 64;
    }
}

/// Where in a block something stands, a bit for each byte.
#[derive(Default)]
struct Found {
    newlines: u64,
    /// Delimiters and newlines.
    stops: u64,
    /// Quotes and carriage returns.
    odd: u64,
    /// What is cut off from a cell's ends.
    cut: u64,
    /// Bytes that are not ASCII.
    high: u64,
}

impl Found {
    #[inline]
    fn of(block: &[u8; 64], delimiter: u8) -> Self {
        let mut found = Self::default();
        for (lane, bytes) in block.chunks_exact(16).enumerate() {
            let bytes = u8x16::new(bytes.try_into().expect("a chunk has the length asked for"));
            let equal = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
            let bits = |lanes: u8x16| u64::from(lanes.to_bitmask()) << (16 * lane);
            let newlines = equal(b'\n');
            let up_to_space = bytes.min(u8x16::splat(b' ')).simd_eq(bytes);
            found.newlines |= bits(newlines);
            found.stops |= bits(newlines | equal(delimiter));
            found.odd |= bits(equal(b'"') | equal(b'\r'));
            found.cut |= bits(up_to_space | equal(b'\'') | equal(b'='));
            found.high |= bits(bytes);
        }
        found
    }
}

/// The first bytes, in UTF-8, of characters that may be white space.
fn wide(block: [u8; 64]) -> u64 {
    let block = u8x64::new(block);
    let lead = (block & u8x64::splat(0xfc)).simd_eq(u8x64::splat(0xe0));
    (lead | block.simd_eq(u8x64::splat(0xc2))).to_bitmask()
}
