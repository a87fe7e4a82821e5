//! UTF-16, which is transcoded whole.

use crate::text::charset::Charset;
use std::sync::Arc;

/// A UTF-16 file: its text in UTF-8, and where in the file each piece of it stood.
pub struct Transcoded {
    pub text: Arc<Vec<u8>>,
    raw: Vec<u8>,
    bom: usize,
    /// Now and then how many units stand before a place of `text`.
    marks: Vec<Mark>,
}

/// So many UTF-16 units stand before this byte of the transcoded text.
#[derive(Clone, Copy)]
struct Mark {
    byte: usize,
    units: usize,
}

/// How far marks are apart, in bytes.
const MARK_EVERY: usize = 4096;

impl Transcoded {
    /// Lone surrogates and a cut last unit become U+FFFD, one for each unit, so that offsets can be traced back.
    pub fn new(raw: Vec<u8>, bom: usize, charset: Charset) -> Self {
        let unit = |pair: &[u8]| match (charset, pair) {
            (Charset::Utf16Be, [high, low]) => u16::from_be_bytes([*high, *low]),
            (_, [low, high]) => u16::from_le_bytes([*low, *high]),
            _ => 0xfffd,
        };
        let (mut text, mut marks, mut units) = (String::new(), Vec::new(), 0);
        for read in char::decode_utf16(raw[bom..].chunks(2).map(unit)) {
            if text.len() >= (marks.len() + 1) * MARK_EVERY {
                marks.push(Mark { byte: text.len(), units });
            }
            let character = read.unwrap_or(char::REPLACEMENT_CHARACTER);
            text.push(character);
            units += character.len_utf16();
        }
        Self { text: Arc::new(text.into_bytes()), raw, bom, marks }
    }

    /// The file's own bytes for a range of the text.
    pub fn original(&self, start: usize, end: usize) -> &[u8] {
        let units = |upto: usize| -> usize {
            let behind = self.marks.partition_point(|mark| mark.byte <= upto);
            let mark = behind.checked_sub(1).map_or(Mark { byte: 0, units: 0 }, |last| self.marks[last]);
            let rest = String::from_utf8_lossy(&self.text[mark.byte..upto]);
            mark.units + rest.chars().map(char::len_utf16).sum::<usize>()
        };
        let place = |upto: usize| (self.bom + 2 * units(upto)).min(self.raw.len());
        &self.raw[place(start)..place(end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_is_traced_back_to_its_own_bytes() {
        let mut raw = b"\xff\xfe".to_vec();
        for unit in "名a\n𬭳b".encode_utf16().chain([0xd800, u16::from(b'c')]) {
            raw.extend(unit.to_le_bytes());
        }
        let read = Transcoded::new(raw.clone(), 2, Charset::Utf16Le);
        let at = |needle: &[u8]| read.text.windows(needle.len()).position(|w| w == needle).unwrap();
        assert_eq!(read.original(0, at(b"\n") + 1), &raw[2..8]);
        assert_eq!(read.original(at(b"b"), read.text.len()), &raw[12..]);
        assert_eq!(Charset::Utf16Le.decode("\u{fffd}c".as_bytes()), None, "a lone surrogate");
    }

    #[test]
    fn far_into_a_long_file_the_bytes_are_still_found() {
        let line = "名,𬭳b\n";
        let text = line.repeat(5_000);
        let raw: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let read = Transcoded::new(raw.clone(), 0, Charset::Utf16Be);
        let (utf8, utf16) = (line.len(), line.encode_utf16().count() * 2);
        for number in [0, 1, 511, 512, 1_000, 4_999] {
            let found = read.original(number * utf8, (number + 1) * utf8);
            assert_eq!(found, &raw[number * utf16..(number + 1) * utf16], "line {number}");
        }
    }
}
