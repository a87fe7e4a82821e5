//! The ZIP archive that a new workbook is, looked at before it is unpacked.

use crate::lang::words;
use crate::text::files::too_much;
use crate::text::signatures;
use crate::text::workbook::damage::{Damage, broken, damaged, too_large};
use crate::trouble::Trouble;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What every ZIP archive with something in it begins with.
pub(super) const MAGIC: &[u8] = b"PK\x03\x04";
/// What a part of a workbook unpacks to at most, in bytes, where it is kept in memory: sheets are read piece by piece.
const LARGEST_KEPT: u64 = 512 << 20;
/// Fewer bytes than this no shared text takes.
const SHORTEST_TEXT: u64 = 4;
/// More shared texts than a full sheet has that names something else in each of its rows and many columns.
const MOST_TEXTS: u64 = 20_000_000;

/// Stops at an archive that is no workbook, one that would fill the memory, or one that is not what it was when it was
/// packed: calamine does not read parts to their ends, where their checksums are looked at.
/// What all its parts unpack to is at most `most`.
pub(super) fn check(bytes: &[u8], shown: &str, most: u64) -> Result<Inside, Trouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(shown, &error))?;
    let mut left = most;
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).map_err(|error| damaged(shown, &error))?;
        let name = part.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        let is_sheet = name.contains("worksheets/");
        if part.size() > left {
            return Err(too_much(shown, most));
        }
        if !is_sheet && part.size() > LARGEST_KEPT {
            return Err(too_large(shown));
        }
        let mut texts = Texts::default();
        let has_texts = name.ends_with("sharedstrings.xml");
        let read = read_through(&mut part.by_ref().take(left.saturating_add(1)), |bytes, fresh| {
            if has_texts {
                texts.count(bytes, fresh);
            }
        });
        let whole = read.map_err(|error| damaged(shown, &error))?;
        // What an archive says of the sizes of its parts is not trusted.
        left = left.checked_sub(whole).ok_or_else(|| too_much(shown, most))?;
        if !is_sheet && whole > LARGEST_KEPT {
            return Err(too_large(shown));
        }
        if texts.announced > whole / SHORTEST_TEXT + 1 {
            return Err(broken(shown, Damage::CountOfTexts));
        }
        if texts.found > MOST_TEXTS {
            return Err(too_large(shown));
        }
    }
    match inside(bytes) {
        Some(Inside::Files) | None => Err(signatures::no_table(
            words("这个文件是 ZIP 压缩包，里面没有 Excel 工作簿的内容", "it is a ZIP archive, but no Excel workbook"),
            shown,
        )),
        Some(workbook) => Ok(workbook),
    }
}

/// What an archive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Xlsx,
    Xlsb,
    Ods,
    /// Files that are read each by itself.
    Files,
}

/// What an archive holds, by the names in it; `None` where it is none.
pub(super) fn inside(bytes: &[u8]) -> Option<Inside> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let has = |wanted: &str| archive.file_names().any(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case(wanted)));
    Some(match () {
        () if has("xl/workbook.bin") => Inside::Xlsb,
        () if has("[Content_Types].xml") => Inside::Xlsx,
        () if has("content.xml") && has("mimetype") => Inside::Ods,
        () => Inside::Files,
    })
}

/// Reads to the end, and shows what is read, each time with the last of what was read before; `fresh` is where the new
/// bytes begin.
fn read_through(part: &mut impl Read, mut see: impl FnMut(&[u8], usize)) -> std::io::Result<u64> {
    const PIECE: usize = 1 << 16;
    let (mut bytes, mut whole) = (Vec::new(), 0);
    loop {
        let kept = bytes.len().min(OVERLAP);
        bytes.drain(..bytes.len() - kept);
        let read = part.take(PIECE as u64).read_to_end(&mut bytes)?;
        whole += read as u64;
        see(&bytes, kept);
        if read < PIECE {
            return Ok(whole);
        }
    }
}

/// Longer than what is looked for, with blanks in it.
const OVERLAP: usize = 64;

/// The shared texts of a workbook.
#[derive(Default)]
struct Texts {
    /// How many it says it has: calamine makes room for as many, wherever the number comes from.
    announced: u64,
    /// How many elements begin or end.
    found: u64,
}

impl Texts {
    fn count(&mut self, bytes: &[u8], fresh: usize) {
        // What ends among the new bytes has not been counted.
        let elements = memchr::memmem::find_iter(bytes, b"si").filter(|at| at + 3 > fresh && at + 2 < bytes.len());
        let is_element =
            |at: &usize| *at > 0 && matches!(bytes[at - 1], b'<' | b':') && !bytes[at + 2].is_ascii_alphanumeric();
        self.found += elements.filter(is_element).count() as u64;
        for at in memchr::memmem::find_iter(bytes, b"uniqueCount") {
            self.announced = self.announced.max(number(&bytes[at + b"uniqueCount".len()..]).unwrap_or(0));
        }
    }
}

/// The number in `="7"`, with blanks where XML allows them.
fn number(attribute: &[u8]) -> Option<u64> {
    let value = attribute.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let digits = value.get(1..)?.iter().take_while(|byte| byte.is_ascii_digit());
    let digits: String = digits.map(|byte| char::from(*byte)).collect();
    Some(digits.parse().unwrap_or(if digits.is_empty() { 0 } else { u64::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(part: &[u8]) -> (u64, u64) {
        let mut texts = Texts::default();
        let whole = read_through(&mut &part[..], |bytes, fresh| texts.count(bytes, fresh)).unwrap();
        assert_eq!(whole, part.len() as u64);
        (texts.announced, texts.found)
    }

    #[test]
    fn the_announced_number_of_texts_is_found() {
        assert_eq!(texts(b"<sst count=\"9\" uniqueCount=\"7\">").0, 7);
        assert_eq!(texts(b"<sst uniqueCount = '99999999999999999999'>").0, u64::MAX);
        assert_eq!(texts(format!("<!--{}--><sst\nuniqueCount=\"8\">", "x".repeat(70_000)).as_bytes()).0, 8);
        assert_eq!(texts(b"<sst>").0, 0);
    }

    #[test]
    fn each_text_is_counted_once() {
        let part = format!("<sst>{}<x:si xml:space='a'/><size/></sst>", "<si/>".repeat(40_000));
        assert_eq!(texts(part.as_bytes()).1, 40_001);
    }
}
