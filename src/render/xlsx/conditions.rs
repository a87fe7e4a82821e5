//! Conditional formats: a cell that is changed by hand changes its colour with it.

use super::cells::ink;
use crate::document::{Cell, Table, Tone, Value};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatText,
    ConditionalFormatTextRule, ConditionalFormatType, Format, Worksheet, XlsxError,
};

/// The marks of verdicts, and how their cells look.
const MARKS: [(&str, Tone); 4] = [("✗", Tone::Bad), ("✓", Tone::Good), ("?", Tone::Waiting), ("~", Tone::Waiting)];

fn fill(tone: Tone) -> Format {
    let paper = match tone {
        Tone::Good => 0xE4_F3_E8,
        Tone::Bad => 0xFB_DD_DD,
        Tone::Waiting => 0xFD_F0_CF,
        Tone::Plain | Tone::Faint => 0xFF_FF_FF,
    };
    let format = Format::new().set_background_color(Color::RGB(paper));
    ink(tone).map_or(format.clone(), |ink| format.set_font_color(ink))
}

/// Formats the columns of a table whose first row below the header is `first`.
pub(super) fn add(page: &mut Worksheet, first: u32, rows: &[Vec<Cell>], table: &Table) -> Result<(), XlsxError> {
    let Some(last) = (rows.len() as u32).checked_sub(1).map(|more| first + more) else { return Ok(()) };
    for column in 0..table.columns.len() {
        let at = column as u16;
        let cells = || rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.text.is_empty());
        if cells().any(is_marked) {
            for (mark, tone) in MARKS {
                let rule = ConditionalFormatTextRule::BeginsWith(mark.into());
                let format = ConditionalFormatText::new().set_rule(rule).set_format(fill(tone));
                page.add_conditional_format(first, at, last, at, &format)?;
            }
        } else if let Some(tone) = tone_of_counts(cells()) {
            let rule = ConditionalFormatCellRule::GreaterThan(0);
            let format = ConditionalFormatCell::new().set_rule(rule).set_format(fill(tone));
            page.add_conditional_format(first, at, last, at, &format)?;
        } else if cells().count() > 1 && cells().all(|cell| matches!(cell.value, Some(Value::Share { .. }))) {
            let bar = ConditionalFormatDataBar::new().set_fill_color(Color::RGB(0xC9_DB_EC)).set_solid_fill(true);
            let bar = bar.set_border_off(true).set_minimum(ConditionalFormatType::Number, 0);
            let bar = bar.set_maximum(ConditionalFormatType::Number, 1);
            page.add_conditional_format(first, at, last, at, &bar)?;
        }
    }
    Ok(())
}

fn is_marked(cell: &Cell) -> bool {
    let is_mark = |(mark, tone): &(&str, Tone)| cell.tone == *tone && cell.text.starts_with(mark);
    cell.value.is_none() && MARKS.iter().any(is_mark)
}

/// The tone that numbers above 0 have and 0 has not, where a column holds such counts.
fn tone_of_counts<'c>(cells: impl Iterator<Item = &'c Cell>) -> Option<Tone> {
    let mut found = None;
    for cell in cells {
        match (cell.value, cell.tone) {
            (Some(Value::Integer(0)), Tone::Faint | Tone::Plain) => {}
            (Some(Value::Integer(1..)), tone @ (Tone::Good | Tone::Bad | Tone::Waiting))
                if found.is_none_or(|known| known == tone) =>
            {
                found = Some(tone);
            }
            _ => return None,
        }
    }
    found
}
