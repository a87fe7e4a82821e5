//! The compound file that an old workbook is, looked at before calamine reads it.
//!
//! calamine trusts the chains of sectors and the numbers of rows and columns that a file states: a damaged one can send it
//! round in circles or make it ask for more memory than there is. So the stream of records is taken out by the `cfb` crate,
//! which checks the chains, its cells are looked over, and calamine is given a file that holds nothing else.

use crate::lang::words;
use crate::text::signatures;
use crate::text::workbook::damage::{Damage, broken, damaged, locked, too_large};
use crate::trouble::Trouble;
use cfb::{CompoundFile, Version};
use std::io::{Cursor, Read, Write};
use std::ops::RangeInclusive;

/// What every compound file begins with.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Where the records of the workbook may be.
const STREAMS: [&str; 2] = ["/Workbook", "/Book"];
/// The columns that a sheet can have (MS-XLS 2.5.53).
const COLUMNS: u16 = 256;
/// Half a full sheet: what is written as a table leaves fewer cells empty in all its sheets.
const MOST_EMPTY: u64 = 1 << 23;

/// Records by type (MS-XLS 2.3.2).
mod record {
    pub(super) const BEGIN: u16 = 0x0809;
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const FILE_PASS: u16 = 0x002f;
    pub(super) const MUL_RK: u16 = 0x00bd;
    pub(super) const R_STRING: u16 = 0x00d6;
    pub(super) const LABEL_SST: u16 = 0x00fd;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const RK: u16 = 0x027e;
}

/// A compound file that holds the records of the workbook alone.
pub(super) fn checked(bytes: &[u8], shown: &str) -> Result<Vec<u8>, Trouble> {
    let damaged_by = |error: std::io::Error| damaged(shown, &error);
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged_by)?;
    // A new workbook with a password is wrapped into a file of the old kind.
    if file.exists("/EncryptedPackage") {
        return Err(locked(shown));
    }
    let name = STREAMS.into_iter().find(|name| file.is_stream(name)).ok_or_else(|| {
        signatures::no_table(
            words("这是旧版 Office 文件，但不是 Excel 工作簿", "it is an old Office file, but no Excel workbook"),
            shown,
        )
    })?;
    let mut stream = file.open_stream(name).map_err(damaged_by)?;
    let mut records = Vec::new();
    // What a stream says of its length is not trusted either.
    stream.by_ref().take(bytes.len() as u64).read_to_end(&mut records).map_err(damaged_by)?;
    look_over(&mut records, shown)?;
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

/// The records of the workbook in a compound file that has been looked at.
pub(super) fn stream(file: &[u8]) -> Option<Vec<u8>> {
    let mut file = CompoundFile::open(Cursor::new(file)).ok()?;
    let name = STREAMS.into_iter().find(|name| file.is_stream(name))?;
    let mut records = Vec::new();
    file.open_stream(name).ok()?.read_to_end(&mut records).ok()?;
    Some(records)
}

/// Stops at a password, at cells that no sheet has room for, and at sheets of little but room. What the file says of the
/// sheets' sizes is taken out: calamine makes as much room, though nobody else heeds it.
fn look_over(records: &mut [u8], shown: &str) -> Result<(), Trouble> {
    use record::*;
    let mut rest = records;
    let (mut extent, mut empty) = (Extent::NOTHING, 0);
    while let [a, b, c, d, behind @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        // Behind the last record there may be anything; calamine says whether one was cut short.
        let Some((data, next)) = behind.split_at_mut_checked(length) else { break };
        let first = short(data, 2).unwrap_or(0);
        let columns = match kind {
            FILE_PASS => return Err(locked(shown)),
            DIMENSIONS => {
                data.fill(0);
                None
            }
            BEGIN => {
                empty += std::mem::replace(&mut extent, Extent::NOTHING).empty();
                None
            }
            FORMULA | LABEL | LABEL_SST | R_STRING | NUMBER | RK | BOOL_ERR => short(data, 2).map(|_| first..=first),
            MUL_RK => data.len().checked_sub(2).and_then(|at| short(data, at)).map(|last| first..=last),
            _ => None,
        };
        if let Some(columns) = columns {
            if columns.is_empty() || *columns.end() >= COLUMNS {
                return Err(broken(shown, Damage::PlaceBeyond));
            }
            extent.add(short(data, 0).unwrap_or(0), columns);
        }
        rest = next;
    }
    if empty + extent.empty() > MOST_EMPTY { Err(too_large(shown)) } else { Ok(()) }
}

/// From the first to the last row and column of a sheet that hold something, and how many cells do.
struct Extent {
    rows: (u16, u16),
    columns: (u16, u16),
    cells: u64,
}

impl Extent {
    const NOTHING: Self = Self { rows: (u16::MAX, 0), columns: (u16::MAX, 0), cells: 0 };

    fn add(&mut self, row: u16, columns: RangeInclusive<u16>) {
        self.rows = (self.rows.0.min(row), self.rows.1.max(row));
        self.columns = (self.columns.0.min(*columns.start()), self.columns.1.max(*columns.end()));
        self.cells += columns.count() as u64;
    }

    /// The cells within it that hold nothing: calamine makes room for them.
    fn empty(&self) -> u64 {
        let length = |(first, last): (u16, u16)| u64::from(last.saturating_sub(first)) + 1;
        (length(self.rows) * length(self.columns)).saturating_sub(self.cells.max(1))
    }
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at + 2)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A compound file with a stream of records.
    fn file(stream: &str, records: &[(u16, &[u8])]) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let mut written = file.create_stream(stream).unwrap();
        for (kind, data) in records {
            let head = [kind.to_le_bytes(), (data.len() as u16).to_le_bytes()].concat();
            written.write_all(&[&head, *data].concat()).unwrap();
        }
        written.flush().unwrap();
        drop(written);
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    fn said(stream: &str, records: &[(u16, &[u8])]) -> String {
        checked(&file(stream, records), "v.xls").err().map(|trouble| trouble.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_needs_a_password_is_locked() {
        assert!(said("/Workbook", &[(record::FILE_PASS, &[0; 6])]).contains("password"));
        assert!(said("/EncryptedPackage", &[]).contains("password"));
    }

    #[test]
    fn another_document_is_no_workbook() {
        assert!(said("/WordDocument", &[]).starts_with("v.xls: it is an old Office file, but no Excel workbook"));
    }

    #[test]
    fn cells_that_no_sheet_has_are_damage() {
        let cell = |column: u16| [&[1, 0][..], &column.to_le_bytes(), &[0; 6]].concat();
        let several =
            |first: u16, last: u16| [&[1, 0][..], &first.to_le_bytes(), &[0; 12], &last.to_le_bytes()].concat();
        for (kind, data, fits) in [
            (record::LABEL_SST, cell(255), true),
            (record::LABEL_SST, cell(256), false),
            (record::NUMBER, cell(0x8003), false),
            (record::FORMULA, cell(300), false),
            (record::MUL_RK, several(3, 4), true),
            (record::MUL_RK, several(4, 3), false),
            (record::MUL_RK, several(3, 256), false),
            (record::MUL_RK, vec![], true),
            (0x1234, cell(9_999), true),
        ] {
            let said = said("/Workbook", &[(kind, &data)]);
            assert_eq!(said.is_empty(), fits, "{kind:x} {data:?}: {said}");
        }
    }

    #[test]
    fn sheets_of_little_but_room_are_too_large() {
        let cell = |row: u16, column: u16| [row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat();
        let (first, last, far) = (cell(0, 0), cell(u16::MAX, 255), cell(20_000, 255));
        let number = record::NUMBER;
        let begin: (u16, &[u8]) = (record::BEGIN, &[]);
        assert!(said("/Workbook", &[begin, (number, &first), (number, &last)]).contains("more than a table can be"));
        let sheet: [(u16, &[u8]); 3] = [begin, (number, &first), (number, &far)];
        assert_eq!(said("/Workbook", &sheet), "");
        assert!(said("/Workbook", &[sheet, sheet].concat()).contains("more than a table can be"));
        assert_eq!(said("/Workbook", &[begin, (number, &last), begin, (number, &first)]), "");
    }

    #[test]
    fn the_stated_size_of_a_sheet_is_taken_out() {
        let stated = file("/Workbook", &[(record::DIMENSIONS, &[0xff; 14]), (0x1234, &[1])]);
        let clean = checked(&stated, "v.xls").unwrap();
        let mut records = Vec::new();
        CompoundFile::open(Cursor::new(clean))
            .unwrap()
            .open_stream("/Workbook")
            .unwrap()
            .read_to_end(&mut records)
            .unwrap();
        assert_eq!(records, [&[0, 2, 14, 0][..], &[0; 14], &[0x34, 0x12, 1, 0, 1]].concat());
    }
}
