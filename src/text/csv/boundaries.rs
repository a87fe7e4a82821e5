//! Where the records of a text end, so that it can be read piece by piece and its pieces beside each other.

use crate::text::csv::block::{Blocks, Found, LENGTH, either};
use crate::text::csv::quotes::Quotes;

/// How many of these bytes, which begin with a record, are whole records for certain, whatever follows them: up to the last
/// newline that stands outside quotes.
pub fn whole(bytes: &[u8], delimiter: u8) -> usize {
    let Some(quote) = memchr::memchr(b'"', bytes) else {
        return memchr::memrchr(b'\n', bytes).map_or(0, |newline| newline + 1);
    };
    // Before the first quote all is outside; the block it stands in is looked at from its beginning.
    let start = quote / LENGTH * LENGTH;
    let mut whole = memchr::memrchr(b'\n', &bytes[..start]).map_or(0, |newline| newline + 1);
    let mut quotes = Quotes::default();
    if start > 0 {
        quotes.pass_none(stops(&bytes[start - LENGTH..start].try_into().expect("a whole block"), delimiter));
    }
    for (number, (block, valid)) in Blocks::new(&bytes[start..]).enumerate() {
        let (marks, newlines) = either(&block, b'"', b'\n');
        // The last byte of a block matters only where the next begins with a quote.
        let stops = if marks == 0 { last_stop(&block, delimiter) } else { stops(&block, delimiter) };
        let quoted = if marks == 0 { quotes.pass_none(stops) } else { quotes.pass(marks, stops) };
        let ends = newlines & valid & !quoted.inside;
        if ends != 0 {
            whole = start + number * LENGTH + LENGTH - ends.leading_zeros() as usize;
        }
    }
    whole
}

/// Delimiters and line ends, inside quotes or not.
fn stops(block: &[u8; LENGTH], delimiter: u8) -> u64 {
    let found = Found::of(block, delimiter);
    found.delimiters | found.newlines | found.returns
}

fn last_stop(block: &[u8; LENGTH], delimiter: u8) -> u64 {
    let last = block[LENGTH - 1];
    u64::from(last == delimiter || matches!(last, b'\n' | b'\r')) << (LENGTH - 1)
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

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        /// The same across the borders of blocks, where most bytes are plain.
        #[test]
        fn the_parts_of_long_records_hold_them(
            text in proptest::collection::vec(prop::sample::select(b"aaaaaaaaaaaaaaaaaaaaaaaaa,\"\"\n\r".to_vec()), 0..600),
            size in 60usize..200,
        ) {
            prop_assert_eq!(by_parts(&text, size), records(&text));
        }
    }
}
