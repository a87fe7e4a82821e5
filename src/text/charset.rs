//! Encodings: which one a file has, and what its bytes say in it (SPEC §2.2).

use crate::trouble::Trouble;
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

/// How a file's bytes are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    Utf8,
    Gb18030,
    Utf16Le,
    Utf16Be,
}

impl Charset {
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Gb18030, Self::Utf16Le, Self::Utf16Be];

    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    /// By its name or that of a subset: `utf8`, `gbk`, `gb2312`, `utf-16`.
    pub fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().replace('_', "-").as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "gb18030" | "gbk" | "gb2312" | "cp936" => Some(Self::Gb18030),
            "utf-16" | "utf16" | "utf-16le" | "utf16le" => Some(Self::Utf16Le),
            "utf-16be" | "utf16be" => Some(Self::Utf16Be),
            _ => None,
        }
    }

    pub fn is_utf16(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    /// The encoding of what is split into records: UTF-16 has been transcoded.
    fn encoding(self) -> &'static Encoding {
        if self == Self::Gb18030 { GB18030 } else { UTF_8 }
    }

    /// A field's text, or `None` where its bytes mean nothing in this encoding.
    pub fn decode(self, field: &[u8]) -> Option<Cow<'_, str>> {
        let text = self.encoding().decode_without_bom_handling_and_without_replacement(field)?;
        // Transcoding has put this character where a lone surrogate stood.
        let lost = self.is_utf16() && text.contains(char::REPLACEMENT_CHARACTER);
        (!lost).then_some(text)
    }

    /// A field's text with what cannot be decoded replaced: to show, not to use.
    pub fn decode_lossy(self, field: &[u8]) -> Cow<'_, str> {
        self.encoding().decode_without_bom_handling(field).0
    }
}

/// The mark of UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";
const BOMS: [(&[u8], Charset); 3] =
    [(BOM, Charset::Utf8), (b"\xff\xfe", Charset::Utf16Le), (b"\xfe\xff", Charset::Utf16Be)];

/// The encoding that a byte order mark tells, and the mark's length.
pub fn marked(raw: &[u8]) -> Option<(Charset, usize)> {
    BOMS.iter().find(|(bom, _)| raw.starts_with(bom)).map(|(bom, charset)| (*charset, bom.len()))
}

/// For a file that is not UTF-8 throughout: whichever of UTF-8 and GB18030 leaves fewer undecodable lines, UTF-8 on a tie.
pub fn guess(path: &Path, shown: &str) -> Result<Charset, Trouble> {
    let unreadable = |error: std::io::Error| crate::text::io::unreadable(shown, &error);
    let mut reader = BufReader::with_capacity(1 << 20, crate::text::gzip::open(path).map_err(unreadable)?);
    let (mut of_utf8, mut of_gb18030) = (0u64, 0u64);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line);
        if read.map_err(|error| crate::text::gzip::broken(shown, &error))? == 0 {
            break;
        }
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        if !line.is_ascii() {
            of_utf8 += u64::from(Charset::Utf8.decode(line).is_none());
            of_gb18030 += u64::from(Charset::Gb18030.decode(line).is_none());
        }
    }
    Ok(if of_gb18030 < of_utf8 { Charset::Gb18030 } else { Charset::Utf8 })
}

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

    fn guessed(raw: &[u8]) -> Charset {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), raw).unwrap();
        guess(file.path(), "f.csv").unwrap()
    }

    #[test]
    fn the_encoding_is_told_from_mark_and_content() {
        let gb = GB18030.encode("客户编码,客户名称\n喆,㛃").0.into_owned();
        assert_eq!(guessed(&gb), Charset::Gb18030);
        assert_eq!(marked(b"\xff\xfea\0"), Some((Charset::Utf16Le, 2)));
        assert_eq!(marked(b"\xfe\xff\0a"), Some((Charset::Utf16Be, 2)));
        assert_eq!(marked(b"\xef\xbb\xbfa"), Some((Charset::Utf8, 3)));
        assert_eq!(marked(b"plain"), None);
    }

    #[test]
    fn one_broken_line_does_not_turn_a_file() {
        let mut utf8 = "客户,编码\n客户,编码\n".repeat(5).into_bytes();
        utf8.extend(b"\xff\xff,x\n");
        assert_eq!(guessed(&utf8), Charset::Utf8);
        let mut gb = GB18030.encode("客户,编码\n").0.into_owned().repeat(5);
        gb.extend(b"\xff\xff,x\n");
        assert_eq!(guessed(&gb), Charset::Gb18030);
        assert_eq!(Charset::Gb18030.decode(b"\xff\xff"), None);
        assert_eq!(guessed(b"\xff\xff"), Charset::Utf8, "a tie");
    }

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
