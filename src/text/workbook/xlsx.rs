//! The cells of a sheet of a new workbook.

use crate::text::workbook::damage::damaged;
use crate::text::workbook::lines::SheetText;
use crate::text::workbook::outline::Outline;
use crate::text::workbook::value::{Clock, Serial, Value, padding};
use crate::trouble::Trouble;
use calamine::{DataRef, Xlsx};
use std::fmt::Display;
use std::io::Cursor;

pub(super) fn read(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    outline: &Outline,
    text: &mut SheetText,
    shown: &str,
) -> Result<(), Trouble> {
    let damaged = |error: &dyn Display| damaged(shown, error);
    let from_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
    let shown = |style: &calamine::Style| match &style.number_format {
        Some(format) => (Clock::of(&format.format_code, format.format_id), padding(&format.format_code)),
        None => (Clock::UNKNOWN, 0),
    };
    let formats: Vec<(Clock, usize)> = cells.styles().iter().map(shown).collect();
    outline.merges.iter().for_each(|area| text.merge(*area));
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| damaged(&error))? {
        let (row, column) = cell.get_position();
        let (clock, digits) = formats.get(style).copied().unwrap_or((Clock::UNKNOWN, 0));
        if outline.unresolved.contains(&(row, column)) {
            text.put(row, column, &Value::Unresolved)?;
            continue;
        }
        let value = match cell.get_value() {
            DataRef::Float(number) => Value::Padded(*number, digits),
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
