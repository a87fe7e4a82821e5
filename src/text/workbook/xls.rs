//! The cells of a sheet of an old workbook.

use crate::text::workbook::damage::damaged;
use crate::text::workbook::lines::SheetText;
use crate::text::workbook::value::{Clock, Serial, Value, without_zone};
use crate::trouble::Trouble;
use calamine::{Data, Reader, Xls};
use std::io::Cursor;

/// The old format does not tell which formats show a time: where any date of a column has one, all have, and a whole
/// number is midnight.
pub(super) fn read(
    book: &mut Xls<Cursor<Vec<u8>>>,
    name: &str,
    text: &mut SheetText,
    shown: &str,
) -> Result<(), Trouble> {
    let from_1904 = book.has_1904_epoch();
    let range = book.worksheet_range(name).map_err(|error| damaged(shown, &error))?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut timed = vec![false; range.width()];
    for (_, column, cell) in range.used_cells() {
        if let Data::DateTime(moment) = cell {
            timed[column] |= Serial::of(moment, from_1904, Clock::UNKNOWN).has_time();
        }
    }
    for (row, column, cell) in range.used_cells() {
        let shown = Clock { time: timed[column], ..Clock::UNKNOWN };
        let error;
        let value = match cell {
            Data::Empty => continue,
            Data::String(cell) => Value::Text(cell),
            Data::Int(number) => Value::Number(*number as f64),
            Data::Float(number) => Value::Number(*number),
            Data::Bool(truth) => Value::Truth(*truth),
            Data::DateTime(moment) => Value::Moment(Serial::of(moment, from_1904, shown)),
            Data::DateTimeIso(text) | Data::DurationIso(text) => Value::Text(without_zone(text)),
            Data::Error(found) => {
                error = found.to_string();
                Value::Text(&error)
            }
        };
        text.put(first_row + row as u32, first_column + column as u32, &value)?;
        if text.is_full() {
            break;
        }
    }
    Ok(())
}
