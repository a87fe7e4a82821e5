//! The compound file that an old workbook is, looked at before calamine reads it.
//!
//! calamine trusts the chains of sectors and the numbers of rows and columns that the file states: a damaged one can send it
//! round in circles or make it ask for more memory than there is. So the stream of records is taken out by the `cfb` crate,
//! which checks the chains, its cells are looked over, and calamine is given a file that holds nothing else.

use super::foreign;
use super::workbook::{damaged, locked};
use crate::lang::words;
use crate::trouble::Trouble;
use cfb::{CompoundFile, Version};
use std::io::{Cursor, Read, Write};

/// What every compound file begins with.
pub const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The columns and rows that a sheet can have (MS-XLS 2.5.53, 2.5.284).
const COLUMNS: u32 = 256;
const ROWS: u32 = 65_536;

/// Records by type (MS-XLS 2.3.2).
mod record {
    pub const FORMULA: u16 = 0x0006;
    pub const FILE_PASS: u16 = 0x002f;
    pub const MUL_RK: u16 = 0x00bd;
    pub const R_STRING: u16 = 0x00d6;
    pub const LABEL_SST: u16 = 0x00fd;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_ERR: u16 = 0x0205;
    pub const RK: u16 = 0x027e;
}

/// A compound file that holds the records of the workbook alone.
pub fn checked(bytes: &[u8], shown: &str) -> Result<Vec<u8>, Trouble> {
    let damaged_by = |error: std::io::Error| damaged(shown, &error);
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged_by)?;
    // A new workbook with a password is wrapped into a file of the old kind.
    if file.exists("/EncryptedPackage") {
        return Err(locked(shown));
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)).ok_or_else(|| {
        foreign::no_table(
            words("这是旧版 Office 文件，但不是 Excel 工作簿", "it is an old Office file, but no Excel workbook"),
            shown,
        )
    })?;
    let mut stream = file.open_stream(name).map_err(damaged_by)?;
    let mut records = Vec::new();
    // What a stream says of its length is not trusted either.
    stream.by_ref().take(bytes.len() as u64).read_to_end(&mut records).map_err(damaged_by)?;
    look_over(&records, shown)?;
    let wrap = || {
        let mut clean = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
        let mut stream = clean.create_stream(name)?;
        stream.write_all(&records)?;
        stream.flush()?;
        drop(stream);
        clean.flush()?;
        Ok(clean.into_inner().into_inner())
    };
    wrap().map_err(damaged_by)
}

/// Stops at a password, and at cells that no sheet has room for.
fn look_over(records: &[u8], shown: &str) -> Result<(), Trouble> {
    use record::*;
    let mut rest = records;
    while let [a, b, c, d, behind @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        // Behind the last record there may be anything; calamine says whether one was cut short.
        let Some((data, next)) = behind.split_at_checked(length) else { break };
        rest = next;
        let fits = match kind {
            FILE_PASS => return Err(locked(shown)),
            DIMENSIONS => are_dimensions(data),
            FORMULA | LABEL | LABEL_SST | R_STRING | NUMBER | RK | BOOL_ERR => {
                short(data, 2).is_none_or(|column| column < COLUMNS)
            }
            MUL_RK => {
                let last = data.len().checked_sub(2).and_then(|at| short(data, at));
                let first = short(data, 2).unwrap_or(0);
                last.is_none_or(|last| first <= last && last < COLUMNS)
            }
            _ => true,
        };
        if !fits {
            return Err(damaged(shown, &"a cell beyond the sheet"));
        }
    }
    Ok(())
}

fn short(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at + 2)?;
    Some(u32::from(u16::from_le_bytes([bytes[0], bytes[1]])))
}

/// From the first to behind the last row and column (MS-XLS 2.4.90); older ones count rows in two bytes.
fn are_dimensions(data: &[u8]) -> bool {
    let long = |at| Some(short(data, at)? | short(data, at + 2)? << 16);
    let (rows, columns) = if data.len() < 14 { ((short(data, 0), short(data, 2)), 4) } else { ((long(0), long(4)), 8) };
    let in_order = |first: Option<u32>, behind: Option<u32>, most: u32| match (first, behind) {
        // Nothing in the sheet.
        (_, Some(0)) => true,
        (Some(first), Some(behind)) => first < behind && behind <= most,
        _ => true,
    };
    in_order(rows.0, rows.1, ROWS) && in_order(short(data, columns), short(data, columns + 2), COLUMNS)
}
