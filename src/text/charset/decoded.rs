//! A piece of a file's text, decoded in one go, and the bytes it was made of.

use crate::text::charset::Charset;
use std::borrow::Cow;

/// What stands where bytes mean nothing in the file's encoding, and in transcoded text where a lone surrogate stood.
const LOST: &str = "\u{fffd}";

/// A piece as text. Whatever its bytes mean, delimiters, quotes and line ends are the same ones in both.
pub struct Decoded<'r> {
    pub text: Cow<'r, str>,
    /// Whether some of its bytes mean nothing in the file's encoding.
    pub is_broken: bool,
}

impl<'r> Decoded<'r> {
    pub fn new(raw: &'r [u8], charset: Charset) -> Self {
        if charset == Charset::Gb18030 {
            let (text, is_broken) = charset.encoding().decode_without_bom_handling(raw);
            return Self { text, is_broken };
        }
        match simdutf8::basic::from_utf8(raw) {
            Ok(text) => {
                let is_broken = charset.is_utf16() && memchr::memmem::find(raw, LOST.as_bytes()).is_some();
                Self { text: Cow::Borrowed(text), is_broken }
            }
            Err(_) => Self { text: String::from_utf8_lossy(raw), is_broken: true },
        }
    }
}

/// Finds the bytes that rows of a piece were made of: one row after the other, or a few back.
pub struct Origin<'r> {
    raw: &'r [u8],
    charset: Charset,
    /// Up to where the row before has been found: in the bytes, and in the text.
    at: (usize, usize),
}

impl<'r> Origin<'r> {
    pub fn new(raw: &'r [u8], charset: Charset) -> Self {
        Self { raw, charset, at: (0, 0) }
    }

    /// The bytes of a row that stands at `place` in the text, behind a line end and up to one.
    pub fn of(&mut self, text: &str, place: (usize, usize)) -> &'r [u8] {
        let start = self.find(text, place.0);
        let end = self.find(text, place.1);
        self.at = (start, place.0);
        &self.raw[start..end]
    }

    /// Whether the bytes of that row mean something in the file's encoding throughout.
    pub fn is_sound(&mut self, text: &str, place: (usize, usize)) -> bool {
        if self.charset.is_utf16() {
            return !text[place.0..place.1].contains(LOST);
        }
        !text[place.0..place.1].contains(LOST) || self.charset.decode(self.of(text, place)).is_some()
    }

    /// Behind as many line ends in the bytes as there are up to `place` in the text.
    fn find(&mut self, text: &str, place: usize) -> usize {
        let (raw, behind) = self.at;
        if place == text.len() {
            return self.raw.len();
        }
        if place < behind {
            // A row that was held back: before as many line ends.
            let passed = line_ends(&text.as_bytes()[place..behind]).count();
            let found = memchr::memrchr2_iter(b'\n', b'\r', &self.raw[..raw]).nth(passed).map_or(0, |last| last + 1);
            self.at = (found, place);
            return found;
        }
        let passed = line_ends(&text.as_bytes()[behind..place]).count();
        let found = passed.checked_sub(1).map(|last| line_ends(&self.raw[raw..]).nth(last));
        let found = found.map_or(raw, |last| last.map_or(self.raw.len(), |last| raw + last + 1));
        self.at = (found, place);
        found
    }
}

fn line_ends(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memchr2_iter(b'\n', b'\r', bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GB18030;
    use proptest::prelude::*;

    #[test]
    fn a_row_is_traced_back_to_its_own_bytes() {
        let raw =
            [&GB18030.encode("甲,1\r\n").0[..], b"\xff\xff,2\n", b"\x84\x31\xa4\x37,3\n", b"\xc1\n\xc1,5"].concat();
        let Decoded { text, is_broken } = Decoded::new(&raw, Charset::Gb18030);
        let mut origin = Origin::new(&raw, Charset::Gb18030);
        let mut seen = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let place = (at, at + line.len());
            seen.push((origin.is_sound(&text, place), origin.of(&text, place)));
            at = place.1;
        }
        let expected: [(bool, &[u8]); 5] = [
            (true, &raw[..6]),
            (false, b"\xff\xff,2\n"),
            (true, b"\x84\x31\xa4\x37,3\n"),
            (false, b"\xc1\n"),
            (false, b"\xc1,5"),
        ];
        assert!(is_broken);
        assert_eq!(seen, expected);
    }

    proptest! {
        /// Whatever the bytes are: what splits a text stands in the text as it does in them.
        #[test]
        fn what_splits_a_text_stays(
            raw in proptest::collection::vec(
                prop::sample::select(b"\x81\x84\xb0\xff\xc1\xe4\x80\x30\x39\x40\x7fa,;\t\"\n\r".to_vec()), 0..80),
            charset in prop::sample::select(vec![Charset::Utf8, Charset::Gb18030]),
        ) {
            let splits = |bytes: &[u8]| bytes.iter().copied().filter(|byte| b",;\t\"\n\r".contains(byte)).collect::<Vec<_>>();
            let decoded = Decoded::new(&raw, charset);
            prop_assert_eq!(splits(decoded.text.as_bytes()), splits(&raw));
            prop_assert_eq!(!decoded.is_broken, charset.decode(&raw).is_some());
        }
    }
}
