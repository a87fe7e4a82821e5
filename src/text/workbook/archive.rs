//! The ZIP archive that a new workbook is, looked at before it is unpacked.

use crate::lang::words;
use crate::text::signatures;
use crate::text::workbook::damage::{damaged, too_large};
use crate::trouble::Trouble;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What every ZIP archive with something in it begins with.
pub const MAGIC: &[u8] = b"PK\x03\x04";
/// What a part of a workbook unpacks to at most, in bytes: sheets are read piece by piece, the others are kept.
const LARGEST_SHEET: u64 = 8 << 30;
const LARGEST_PART: u64 = 1 << 30;
/// Fewer bytes than this no shared text takes.
const SHORTEST_TEXT: u64 = 4;

/// Stops at an archive that is no workbook, or one that would fill the memory.
pub fn check(bytes: &[u8], shown: &str) -> Result<(), Trouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(shown, &error))?;
    let (mut is_workbook, mut is_binary) = (false, false);
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).map_err(|error| damaged(shown, &error))?;
        let name = part.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        if part.size() > if name.contains("worksheets/") { LARGEST_SHEET } else { LARGEST_PART } {
            return Err(too_large(shown));
        }
        is_workbook |= name == "[content_types].xml";
        is_binary |= name.ends_with("workbook.bin");
        if name.ends_with("sharedstrings.xml") {
            let mut start = Vec::new();
            let whole = part.size();
            part.by_ref().take(4096).read_to_end(&mut start).map_err(|error| damaged(shown, &error))?;
            if announced(&start).is_some_and(|texts| texts > whole / SHORTEST_TEXT + 1) {
                return Err(damaged(shown, &"uniqueCount"));
            }
        }
    }
    match (is_workbook, is_binary) {
        (_, true) => Err(signatures::no_table(
            words("这是二进制 Excel 工作簿（.xlsb）", "it is a binary Excel workbook (.xlsb)"),
            shown,
        )),
        (false, _) => Err(signatures::no_table(
            words("这个文件是 ZIP 压缩包，里面没有 Excel 工作簿的内容", "it is a ZIP archive, but no Excel workbook"),
            shown,
        )),
        _ => Ok(()),
    }
}

/// How many shared texts a workbook says it has: calamine makes room for as many, wherever the number comes from.
fn announced(start: &[u8]) -> Option<u64> {
    let start = String::from_utf8_lossy(start);
    let (_, count) = start.split_once("uniqueCount=")?;
    let digits: String = count[1..].chars().take_while(char::is_ascii_digit).collect();
    Some(digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_announced_number_of_texts_is_found() {
        assert_eq!(announced(b"<sst count=\"9\" uniqueCount=\"7\">"), Some(7));
        assert_eq!(announced(b"<sst uniqueCount='99999999999999999999'>"), Some(u64::MAX));
        assert_eq!(announced(b"<sst>"), None);
    }
}
