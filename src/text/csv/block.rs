//! Where in 64 bytes of a text something stands, a bit for each byte.

use wide::{u8x16, u8x64};

/// How many bytes are looked at together.
pub(super) const LENGTH: usize = 64;

/// The blocks of a text; what the last one lacks is filled with zeros, and is not among its `valid` bytes.
pub(super) struct Blocks<'t> {
    rest: &'t [u8],
}

impl<'t> Blocks<'t> {
    pub(super) fn new(text: &'t [u8]) -> Self {
        Self { rest: text }
    }
}

impl Iterator for Blocks<'_> {
    type Item = ([u8; LENGTH], u64);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some((block, rest)) = self.rest.split_first_chunk() {
            self.rest = rest;
            return Some((*block, u64::MAX));
        }
        if self.rest.is_empty() {
            return None;
        }
        let mut block = [0; LENGTH];
        block[..self.rest.len()].copy_from_slice(self.rest);
        let valid = u64::MAX >> (LENGTH - self.rest.len());
        self.rest = &[];
        Some((block, valid))
    }
}

/// What a block holds that splits a text or has to be cut off from a cell.
#[derive(Default)]
pub(super) struct Found {
    pub delimiters: u64,
    pub newlines: u64,
    pub returns: u64,
    pub quotes: u64,
    /// What is cut off from a cell's ends: ASCII's white space and controls, and Excel's guards.
    pub cut: u64,
    /// Bytes that are not ASCII.
    pub high: u64,
}

impl Found {
    #[inline]
    pub(super) fn of(block: &[u8; LENGTH], delimiter: u8) -> Self {
        let mut found = Self::default();
        for (lane, bytes) in lanes(block) {
            let equal = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
            let bits = |lanes: u8x16| u64::from(lanes.to_bitmask()) << (16 * lane);
            let up_to_space = bytes.min(u8x16::splat(b' ')).simd_eq(bytes);
            found.delimiters |= bits(equal(delimiter));
            found.newlines |= bits(equal(b'\n'));
            found.returns |= bits(equal(b'\r'));
            found.quotes |= bits(equal(b'"'));
            found.cut |= bits(up_to_space | equal(b'\'') | equal(b'='));
            found.high |= bits(bytes);
        }
        found
    }
}

/// Where one of two bytes stands in a block, and where the other.
#[inline]
pub(super) fn either(block: &[u8; LENGTH], one: u8, other: u8) -> (u64, u64) {
    let (mut ones, mut others) = (0, 0);
    for (lane, bytes) in lanes(block) {
        let bits = |byte: u8| u64::from(bytes.simd_eq(u8x16::splat(byte)).to_bitmask()) << (16 * lane);
        ones |= bits(one);
        others |= bits(other);
    }
    (ones, others)
}

#[inline]
fn lanes(block: &[u8; LENGTH]) -> impl Iterator<Item = (usize, u8x16)> {
    block
        .chunks_exact(16)
        .map(|lane| u8x16::new(lane.try_into().expect("a chunk has the length asked for")))
        .enumerate()
}

/// The first bytes, in UTF-8, of characters that may be white space: U+0085, U+00A0, and all between U+1680 and U+3000.
#[inline]
pub(super) fn wide(block: &[u8; LENGTH]) -> u64 {
    let block = u8x64::new(*block);
    let lead = (block & u8x64::splat(0xfc)).simd_eq(u8x64::splat(0xe0));
    (lead | block.simd_eq(u8x64::splat(0xc2))).to_bitmask()
}
