//! Where the records of a text end, so that it can be read piece by piece and its pieces beside each other.
//!
//! A newline ends a record unless it stands inside quotes. Quotes open only at the beginning of a field and close at the
//! next quote that is not doubled; anywhere else they are plain characters. That is how the `csv` crate reads them, and a
//! test holds the two together.

use std::ops::Range;

/// How many of these bytes, which begin with a record, are whole records for certain, whatever follows them.
pub fn whole(bytes: &[u8], delimiter: u8) -> usize {
    let quoted: Vec<Range<usize>> = Quoted { bytes, delimiter, at: 0 }.collect();
    let mut upto = bytes.len();
    while let Some(newline) = memchr::memrchr(b'\n', &bytes[..upto]) {
        let before = &quoted[..quoted.partition_point(|region| region.start < newline)];
        match before.last() {
            Some(region) if newline < region.end => upto = region.start,
            _ => return newline + 1,
        }
    }
    0
}

/// Where the quote stands that never closes, in bytes that end inside quotes.
pub fn open_quote(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let last = Quoted { bytes, delimiter, at: 0 }.last()?;
    (last.end == bytes.len()).then_some(last.start)
}

/// The regions inside quotes, from the opening quote to behind the closing one, or to the end where none closes.
struct Quoted<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    at: usize,
}

impl Quoted<'_> {
    fn opens_field(&self, at: usize) -> bool {
        at == 0 || matches!(self.bytes[at - 1], b'\n' | b'\r') || self.bytes[at - 1] == self.delimiter
    }

    fn next_quote(&self, from: usize) -> Option<usize> {
        memchr::memchr(b'"', &self.bytes[from..]).map(|offset| from + offset)
    }
}

impl Iterator for Quoted<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let mut open = self.next_quote(self.at)?;
        while !self.opens_field(open) {
            open = self.next_quote(open + 1)?;
        }
        let mut from = open + 1;
        self.at = loop {
            match self.next_quote(from) {
                Some(quote) if self.bytes.get(quote + 1) == Some(&b'"') => from = quote + 2,
                Some(quote) => break quote + 1,
                None => break self.bytes.len(),
            }
        };
        Some(open..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use csv::{ByteRecord, ReaderBuilder};
    use proptest::prelude::*;

    fn records(bytes: &[u8]) -> Vec<ByteRecord> {
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        reader.into_byte_records().map(Result::unwrap).collect()
    }

    /// Takes up `size` bytes at a time, as from a file.
    fn by_parts(bytes: &[u8], size: usize) -> Vec<ByteRecord> {
        let (mut read, mut held) = (Vec::new(), Vec::new());
        for piece in bytes.chunks(size) {
            held.extend(piece);
            let whole = whole(&held, b',');
            read.extend(records(&held[..whole]));
            held.drain(..whole);
        }
        read.extend(records(&held));
        read
    }

    #[test]
    fn quoted_newlines_end_no_part() {
        let text = b"a,\"x\ny\"\nb,\"\"\"\n\"\"\",c\nd\"\ne,f\n";
        for size in 1..text.len() {
            assert_eq!(by_parts(text, size), records(text), "{size}");
        }
        assert_eq!(whole(b"a,b\nc,d\ne", b','), 8);
        assert_eq!(whole(b"a,b\nc,\"d\ne", b','), 4, "an open quote holds its record back");
        assert_eq!(whole(b"a,b", b','), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn the_parts_hold_the_records_of_the_whole(
            text in proptest::collection::vec(prop::sample::select(b"a,\"\n\r ".to_vec()), 0..60),
            size in 1usize..20,
        ) {
            prop_assert_eq!(by_parts(&text, size), records(&text));
        }
    }
}
