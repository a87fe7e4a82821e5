//! Encodings: which one a file has, and what its bytes say in it (SPEC §2.2).

pub mod decoded;
pub mod guess;
pub mod utf16;

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

    pub fn is_utf16(self) -> bool {
        matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    /// The encoding of what is split into records: UTF-16 has been transcoded.
    pub fn encoding(self) -> &'static Encoding {
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
