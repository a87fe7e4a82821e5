//! From a file's bytes to text: which encoding, and what each line says in it (SPEC §2.2).

use crate::trouble::Trouble;
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;

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

    fn is_utf16(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }
}

/// A file's content in bytes that split like ASCII at delimiters, quotes and newlines: UTF-8 and GB18030 as they are,
/// UTF-16 transcoded to UTF-8.
pub struct Text<'a> {
    pub charset: Charset,
    bytes: Cow<'a, [u8]>,
    raw: &'a [u8],
    bom: usize,
    /// For UTF-16, now and then how many units stand before a place of `bytes`.
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

const BOMS: [(&[u8], Charset); 3] =
    [(b"\xef\xbb\xbf", Charset::Utf8), (b"\xff\xfe", Charset::Utf16Le), (b"\xfe\xff", Charset::Utf16Be)];

impl<'a> Text<'a> {
    /// Decides the encoding: `forced`, else the byte order mark, else by what decodes.
    pub fn new(raw: &'a [u8], forced: Option<Charset>) -> Self {
        let marked = BOMS.iter().find(|(bom, _)| raw.starts_with(bom));
        let charset = forced.or(marked.map(|(_, charset)| *charset)).unwrap_or_else(|| guess(raw));
        let bom = marked.filter(|(_, marked)| *marked == charset).map_or(0, |(bom, _)| bom.len());
        if charset.is_utf16() {
            let (bytes, marks) = utf16_to_utf8(&raw[bom..], charset);
            return Self { charset, bytes: Cow::Owned(bytes), raw, bom, marks };
        }
        Self { charset, bytes: Cow::Borrowed(&raw[bom..]), raw, bom, marks: Vec::new() }
    }

    /// What is to be split into records; offsets below refer to it.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A field's text, or `None` where its bytes mean nothing in this encoding.
    pub fn decode<'f>(&self, field: &'f [u8]) -> Option<Cow<'f, str>> {
        let encoding: &Encoding = if self.charset == Charset::Gb18030 { GB18030 } else { UTF_8 };
        let text = encoding.decode_without_bom_handling_and_without_replacement(field)?;
        // Transcoding has put this character where a lone surrogate stood.
        let lost = self.charset.is_utf16() && text.contains(char::REPLACEMENT_CHARACTER);
        (!lost).then_some(text)
    }

    /// A field's text with what cannot be decoded replaced: to show, not to use.
    pub fn decode_lossy<'f>(&self, field: &'f [u8]) -> Cow<'f, str> {
        let encoding: &Encoding = if self.charset == Charset::Gb18030 { GB18030 } else { UTF_8 };
        encoding.decode_without_bom_handling(field).0
    }

    /// The byte order mark, as it stood in the file.
    pub fn mark(&self) -> &'a [u8] {
        &self.raw[..self.bom]
    }

    /// The file's own bytes for a range of [`Self::bytes`].
    pub fn original(&self, start: usize, end: usize) -> &'a [u8] {
        if !self.charset.is_utf16() {
            return &self.raw[self.bom + start..self.bom + end];
        }
        let units = |upto: usize| -> usize {
            let behind = self.marks.partition_point(|mark| mark.byte <= upto);
            let mark = behind.checked_sub(1).map_or(Mark { byte: 0, units: 0 }, |last| self.marks[last]);
            let rest = String::from_utf8_lossy(&self.bytes[mark.byte..upto]);
            mark.units + rest.chars().map(char::len_utf16).sum::<usize>()
        };
        let place = |upto: usize| (self.bom + 2 * units(upto)).min(self.raw.len());
        &self.raw[place(start)..place(end)]
    }
}

/// UTF-8 if the whole file is; else whichever of UTF-8 and GB18030 leaves fewer undecodable lines, UTF-8 on a tie.
fn guess(raw: &[u8]) -> Charset {
    if std::str::from_utf8(raw).is_ok() {
        return Charset::Utf8;
    }
    let undecodable = |encoding: &'static Encoding| {
        let fails = |line: &&[u8]| encoding.decode_without_bom_handling_and_without_replacement(line).is_none();
        raw.split(|byte| *byte == b'\n').filter(fails).count()
    };
    if undecodable(GB18030) < undecodable(UTF_8) { Charset::Gb18030 } else { Charset::Utf8 }
}

/// Lone surrogates and a cut last unit become U+FFFD, one for each unit, so that offsets can be traced back.
fn utf16_to_utf8(raw: &[u8], charset: Charset) -> (Vec<u8>, Vec<Mark>) {
    let unit = |pair: &[u8]| match (charset, pair) {
        (Charset::Utf16Be, [high, low]) => u16::from_be_bytes([*high, *low]),
        (_, [low, high]) => u16::from_le_bytes([*low, *high]),
        _ => 0xfffd,
    };
    let (mut text, mut marks, mut units) = (String::new(), Vec::new(), 0);
    for read in char::decode_utf16(raw.chunks(2).map(unit)) {
        if text.len() >= (marks.len() + 1) * MARK_EVERY {
            marks.push(Mark { byte: text.len(), units });
        }
        let character = read.unwrap_or(char::REPLACEMENT_CHARACTER);
        text.push(character);
        units += character.len_utf16();
    }
    (text.into_bytes(), marks)
}

/// Reads a whole file.
pub fn read(path: &std::path::Path, shown: &str) -> Result<Vec<u8>, Trouble> {
    std::fs::read(path).map_err(|error| super::files::unreadable(shown, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charset(raw: &[u8]) -> Charset {
        Text::new(raw, None).charset
    }

    #[test]
    fn the_encoding_is_told_from_mark_and_content() {
        let gb = GB18030.encode("客户编码,客户名称\n喆,㛃").0.into_owned();
        assert_eq!(charset("客户编码".as_bytes()), Charset::Utf8);
        assert_eq!(charset(b"plain"), Charset::Utf8);
        assert_eq!(charset(&gb), Charset::Gb18030);
        assert_eq!(charset(b"\xff\xfea\0"), Charset::Utf16Le);
        assert_eq!(charset(b"\xfe\xff\0a"), Charset::Utf16Be);
        assert_eq!(Text::new(&gb, Some(Charset::Utf8)).charset, Charset::Utf8);
    }

    #[test]
    fn one_broken_line_does_not_turn_a_file() {
        let mut utf8 = "客户,编码\n客户,编码\n".repeat(5).into_bytes();
        utf8.extend(b"\xff\xff,x\n");
        assert_eq!(charset(&utf8), Charset::Utf8);
        let mut gb = GB18030.encode("客户,编码\n").0.into_owned().repeat(5);
        gb.extend(b"\xff\xff,x\n");
        let text = Text::new(&gb, None);
        assert_eq!(text.charset, Charset::Gb18030);
        assert_eq!(text.decode(b"\xff\xff"), None);
        assert_eq!(charset(b"\xff\xff"), Charset::Utf8, "a tie");
    }

    #[test]
    fn utf16_is_traced_back_to_its_own_bytes() {
        let mut raw = b"\xff\xfe".to_vec();
        for unit in "名a\n𬭳b".encode_utf16().chain([0xd800, u16::from(b'c')]) {
            raw.extend(unit.to_le_bytes());
        }
        let text = Text::new(&raw, None);
        let at = |needle: &[u8]| text.bytes().windows(needle.len()).position(|w| w == needle).unwrap();
        assert_eq!(text.original(0, at(b"\n") + 1), &raw[2..8]);
        assert_eq!(text.original(at(b"b"), text.bytes().len()), &raw[12..]);
        assert_eq!(text.decode("\u{fffd}c".as_bytes()), None, "a lone surrogate");
        assert_eq!(text.mark(), b"\xff\xfe");
    }

    #[test]
    fn far_into_a_long_file_the_bytes_are_still_found() {
        let line = "名,𬭳b\n";
        let text = line.repeat(5_000);
        let raw: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let read = Text::new(&raw, Some(Charset::Utf16Be));
        let (utf8, utf16) = (line.len(), line.encode_utf16().count() * 2);
        for number in [0, 1, 511, 512, 1_000, 4_999] {
            let found = read.original(number * utf8, (number + 1) * utf8);
            assert_eq!(found, &raw[number * utf16..(number + 1) * utf16], "line {number}");
        }
    }

    #[test]
    fn a_mark_is_no_text() {
        let text = Text::new(b"\xef\xbb\xbfa,b", None);
        assert_eq!((text.bytes(), text.original(0, 1)), (&b"a,b"[..], &b"a"[..]));
    }
}
