//! The cells of a sheet of a binary workbook, with its merged cells and hidden rows, which calamine does not tell.

use crate::text::workbook::damage::damaged;
use crate::text::workbook::lines::SheetText;
use crate::text::workbook::merges::Area;
use crate::text::workbook::outline;
use crate::text::workbook::value::{Clock, Serial, Value};
use crate::trouble::Trouble;
use calamine::{DataRef, Xlsb};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// Records by type (MS-XLSB 2.3.2).
const ROW_HEADER: u16 = 0;
const BUNDLE_SHEET: u16 = 0x009c;
const MERGE_CELL: u16 = 0x00b0;

/// What a sheet has besides its cells.
#[derive(Debug, Default)]
pub(super) struct Outline {
    merges: Vec<Area>,
    pub hidden_rows: u64,
}

/// The outline of a sheet. What cannot be found is not there: the workbook itself is calamine's.
pub(super) fn outline(bytes: &[u8], sheet: &str) -> Outline {
    let mut outline = Outline::default();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return outline };
    let mut id = None;
    if let Ok(part) = archive.by_name("xl/workbook.bin") {
        each_record(part, |kind, data| {
            if kind == BUNDLE_SHEET
                && let Some((relation, rest)) = data.get(8..).and_then(text)
                && text(rest).is_some_and(|(name, _)| name == sheet)
            {
                id = Some(relation);
            }
        });
    }
    let targets = outline::targets(&mut archive, "xl/_rels/workbook.bin.rels");
    let part = id.and_then(|id| targets.get(&id).cloned());
    if let Some(part) = part.and_then(|part| archive.by_name(&part).ok()) {
        each_record(part, |kind, data| outline.add(kind, data));
    }
    outline
}

impl Outline {
    fn add(&mut self, kind: u16, data: &[u8]) {
        const HIDDEN: u8 = 0x10;
        match kind {
            ROW_HEADER => self.hidden_rows += u64::from(data.get(11).is_some_and(|marks| marks & HIDDEN != 0)),
            MERGE_CELL => {
                if let (Some(top), Some(bottom), Some(left), Some(right)) =
                    (long(data, 0), long(data, 4), long(data, 8), long(data, 12))
                {
                    self.merges.push(Area { rows: (top, bottom), columns: (left, right) });
                }
            }
            _ => {}
        }
    }
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

/// A text with its length in front, and what stands behind it.
fn text(data: &[u8]) -> Option<(String, &[u8])> {
    let length = long(data, 0)? as usize;
    let (units, rest) = data.get(4..)?.split_at_checked(length.checked_mul(2)?)?;
    let units: Vec<u16> = units.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
    Some((String::from_utf16_lossy(&units), rest))
}

/// Types and lengths have seven bits a byte, the highest bit saying that more follow.
fn each_record(part: impl Read, mut see: impl FnMut(u16, &[u8])) {
    let mut bytes = BufReader::new(part).bytes().map_while(Result::ok);
    let mut data = Vec::new();
    loop {
        let Some(low) = bytes.next() else { return };
        let high = if low & 0x80 == 0 { Some(0) } else { bytes.next() };
        let Some(high) = high else { return };
        let kind = u16::from(low & 0x7f) | u16::from(high & 0x7f) << 7;
        let mut length = 0usize;
        for shift in [0, 7, 14, 21] {
            let Some(byte) = bytes.next() else { return };
            length |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        data.clear();
        data.extend(bytes.by_ref().take(length));
        if data.len() < length {
            return;
        }
        see(kind, &data);
    }
}

/// As in the old format a date of a column that has a time tells that all have one; calamine tells no formats.
pub(super) fn read(
    book: &mut Xlsb<Cursor<&[u8]>>,
    name: &str,
    outline: &Outline,
    text: &mut SheetText,
    shown: &str,
) -> Result<(), Trouble> {
    let from_1904 = book.has_1904_epoch();
    let mut timed: Vec<bool> = Vec::new();
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(shown, &error))?;
    while let Some(cell) = cells.next_cell().map_err(|error| damaged(shown, &error))? {
        if let DataRef::DateTime(moment) = cell.get_value() {
            let column = cell.get_position().1 as usize;
            if column >= timed.len() {
                timed.resize(column + 1, false);
            }
            timed[column] |= Serial::of(moment, from_1904, Clock::UNKNOWN).has_time();
        }
    }
    drop(cells);
    outline.merges.iter().for_each(|area| text.merge(*area));
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(shown, &error))?;
    while let Some(cell) = cells.next_cell().map_err(|error| damaged(shown, &error))? {
        let (row, column) = cell.get_position();
        let clock = Clock { time: timed.get(column as usize).is_some_and(|timed| *timed), ..Clock::UNKNOWN };
        let value = match cell.get_value() {
            DataRef::DateTime(moment) => Value::Moment(Serial::of(moment, from_1904, clock)),
            other => match Value::plain(other) {
                Some(value) => value,
                None => continue,
            },
        };
        text.put(row, column, &value)?;
    }
    Ok(())
}
