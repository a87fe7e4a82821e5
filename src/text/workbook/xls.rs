//! The cells of a sheet of an old workbook, and what calamine does not tell of it: hidden rows, formulas that nobody has
//! worked out.

use crate::text::workbook::compound;
use crate::text::workbook::damage::damaged;
use crate::text::workbook::lines::SheetText;
use crate::text::workbook::merges::Area;
use crate::text::workbook::value::{Clock, Serial, Value, without_zone};
use crate::trouble::Trouble;
use calamine::{Data, Reader, Xls};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::io::Cursor;

/// Records by type (MS-XLS 2.3.2).
const END: u16 = 0x000a;
const FORMULA: u16 = 0x0006;
const BOUND_SHEET: u16 = 0x0085;
const ROW: u16 = 0x0208;

/// Results of formulas: 0, and an empty text (MS-XLS 2.5.133).
const NOTHING: [u8; 8] = [0; 8];
const NO_TEXT: [u8; 8] = [3, 0, 0, 0, 0, 0, 0xff, 0xff];

/// What a sheet has besides its cells.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub hidden_rows: u64,
    /// Formulas without a result: in a column in which each has 0, or no text, nobody has worked them out.
    unresolved: BTreeSet<(u32, u32)>,
}

/// The outlines of the sheets of a workbook, in their order.
pub(super) fn outlines(file: &[u8]) -> Vec<Outline> {
    let stream = compound::stream(file).unwrap_or_default();
    let of_sheets = records(&stream).take_while(|(kind, _)| *kind != END).filter(|(kind, _)| *kind == BOUND_SHEET);
    let offsets = of_sheets.filter_map(|(_, data)| Some(u32::from_le_bytes(data.get(..4)?.try_into().ok()?) as usize));
    offsets.map(|offset| outline(stream.get(offset..).unwrap_or_default())).collect()
}

fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let [a, b, c, d, behind @ ..] = rest else { return None };
        let (data, next) = behind.split_at_checked(usize::from(u16::from_le_bytes([*c, *d])))?;
        rest = next;
        Some((u16::from_le_bytes([*a, *b]), data))
    })
}

fn outline(sheet: &[u8]) -> Outline {
    const HIDDEN: u16 = 0x20;
    let mut outline = Outline::default();
    let mut zeros: FxHashMap<u32, Option<Vec<u32>>> = FxHashMap::default();
    let short = |data: &[u8], at: usize| Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?));
    for (kind, data) in records(sheet).take_while(|(kind, _)| *kind != END) {
        match kind {
            ROW => outline.hidden_rows += u64::from(short(data, 12).is_some_and(|marks| marks & HIDDEN != 0)),
            FORMULA => {
                let (Some(row), Some(column), Some(result)) = (short(data, 0), short(data, 2), data.get(6..14)) else {
                    continue;
                };
                if result != NOTHING && result != NO_TEXT {
                    zeros.insert(u32::from(column), None);
                } else if let Some(rows) = zeros.entry(u32::from(column)).or_insert_with(|| Some(vec![])) {
                    rows.push(u32::from(row));
                }
            }
            _ => {}
        }
    }
    for (column, rows) in zeros {
        outline.unresolved.extend(rows.into_iter().flatten().map(|row| (row, column)));
    }
    outline
}

/// The old format does not tell which formats show a time: where any date of a column has one, all have, and a whole
/// number is midnight.
pub(super) fn read(
    book: &mut Xls<Cursor<Vec<u8>>>,
    name: &str,
    outline: &Outline,
    text: &mut SheetText,
    shown: &str,
) -> Result<(), Trouble> {
    let from_1904 = book.has_1904_epoch();
    let range = book.worksheet_range(name).map_err(|error| damaged(shown, &error))?;
    for merged in book.merge_cells_by_sheet_name(name).unwrap_or_default() {
        text.merge(Area { rows: (merged.start.0, merged.end.0), columns: (merged.start.1, merged.end.1) });
    }
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut timed = vec![false; range.width()];
    for (_, column, cell) in range.used_cells() {
        if let Data::DateTime(moment) = cell {
            timed[column] |= Serial::of(moment, from_1904, Clock::UNKNOWN).has_time();
        }
    }
    // calamine leaves out formulas whose result is an empty text.
    let mut unresolved = outline.unresolved.iter().copied().peekable();
    for (row, column, cell) in range.used_cells() {
        let place = (first_row + row as u32, first_column + column as u32);
        while let Some(missing) = unresolved.next_if(|formula| *formula <= place) {
            text.put(missing.0, missing.1, &Value::Unresolved)?;
        }
        let shown = Clock { time: timed[column], ..Clock::UNKNOWN };
        let value = match cell {
            _ if outline.unresolved.contains(&place) => continue,
            Data::Empty => continue,
            Data::String(cell) => Value::Text(cell),
            Data::Int(number) => Value::Number(*number as f64),
            Data::Float(number) => Value::Number(*number),
            Data::Bool(truth) => Value::Truth(*truth),
            Data::DateTime(moment) => Value::Moment(Serial::of(moment, from_1904, shown)),
            Data::DateTimeIso(text) | Data::DurationIso(text) => Value::Text(without_zone(text)),
            Data::Error(error) => Value::Error(error.to_string()),
        };
        text.put(place.0, place.1, &value)?;
    }
    unresolved.try_for_each(|(row, column)| text.put(row, column, &Value::Unresolved))
}
