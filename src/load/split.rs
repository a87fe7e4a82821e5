//! Splitting a text where records end, so that its parts can be read beside each other.
//!
//! A newline ends a record unless it stands inside quotes. Quotes open only at the beginning of a field and close at the
//! next quote that is not doubled; anywhere else they are plain characters. That is how the `csv` crate reads them, and a
//! test holds the two together.

use std::ops::Range;

/// Ranges that cover `from..` and end with records, each of about `size` bytes. One range only for texts whose lines end
/// with a carriage return alone.
pub fn split(bytes: &[u8], from: usize, delimiter: u8, size: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = from;
    let mut quoted = Quoted { bytes, delimiter, at: from }.peekable();
    while bytes.len() - start > size {
        let mut candidate = start + size;
        let end = loop {
            let Some(newline) = memchr::memchr(b'\n', &bytes[candidate..]) else { break None };
            let end = candidate + newline + 1;
            while quoted.next_if(|region| region.end < end).is_some() {}
            match quoted.peek() {
                Some(region) if region.start < end => candidate = region.end,
                _ => break Some(end),
            }
        };
        match end {
            Some(end) if end < bytes.len() => {
                ranges.push(start..end);
                start = end;
            }
            _ => break,
        }
    }
    ranges.push(start..bytes.len());
    ranges
}

/// The regions inside quotes, from the opening quote to behind the closing one, or to the end where none closes.
struct Quoted<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    at: usize,
}

impl Quoted<'_> {
    fn opens_field(&self, at: usize) -> bool {
        // What is before the first byte is the end of the header.
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

    fn by_parts(bytes: &[u8], size: usize) -> Vec<ByteRecord> {
        split(bytes, 0, b',', size).into_iter().flat_map(|range| records(&bytes[range])).collect()
    }

    #[test]
    fn quoted_newlines_end_no_part() {
        let text = b"a,\"x\ny\"\nb,\"\"\"\n\"\"\",c\nd\"\ne,f\n";
        for size in 1..text.len() {
            assert_eq!(by_parts(text, size), records(text), "{size}");
        }
        assert_eq!(split(b"a,b\nc,d\n", 0, b',', 1), [0..4, 4..8]);
        assert_eq!(split(b"a,\"b\nc,d\ne", 0, b',', 1).len(), 1, "an unclosed quote takes all");
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
