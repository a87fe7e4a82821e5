//! The rows of a sheet, written as lines of delimited text.

use crate::text::files::too_much;
use crate::text::workbook::damage::{Damage, broken, too_large};
use crate::text::workbook::merges::{Area, Merges};
use crate::text::workbook::sheet::{COLUMNS, ROWS};
use crate::text::workbook::value::Value;
use crate::trouble::Trouble;

/// The line end whose number is that of the sheet's rows.
pub const NEWLINE: u8 = b'\r';
/// What stands between two cells.
pub const DELIMITER: u8 = b',';
/// A full sheet of an export has some hundred megabytes.
const LONGEST: usize = 1 << 30;

/// A full sheet of a hundred columns leaves fewer cells empty: a few bytes in a file can ask for any number of them.
const MOST_GAPS: usize = 1 << 27;

/// Text that grows cell by cell, row after row.
pub struct SheetText<'a> {
    text: Vec<u8>,
    /// The row that is being written: its cells so far, by column.
    row: u32,
    cells: Vec<(u32, String)>,
    width: usize,
    merges: Merges,
    /// How many lines the text has.
    lines: u32,
    /// How many bytes it may have, and of how many that is what is left.
    longest: usize,
    most: u64,
    /// How many cells were left empty between others so far.
    gaps: usize,
    shown: &'a str,
}

impl<'a> SheetText<'a> {
    /// It may have `left` bytes of the `most` that all sheets together may have.
    pub fn new(shown: &'a str, left: u64, most: u64) -> Self {
        Self {
            text: Vec::new(),
            row: 0,
            cells: Vec::new(),
            width: 0,
            merges: Merges::default(),
            lines: 0,
            longest: usize::try_from(left).map_or(LONGEST, |left| left.min(LONGEST)),
            most,
            gaps: 0,
            shown,
        }
    }

    /// Cells that are one: its rows below show what stands in its corner. It must be told before its rows end.
    pub fn merge(&mut self, area: Area) {
        self.merges.add(area);
    }

    /// Writes a cell; rows and columns count from 0, and must rise.
    pub fn put(&mut self, row: u32, column: u32, value: &Value) -> Result<(), Trouble> {
        if row >= ROWS || column >= COLUMNS {
            return Err(broken(self.shown, Damage::PlaceBeyond));
        }
        if row > self.row {
            self.end_row()?;
            self.row = row;
        }
        let mut cell = String::new();
        value.write(&mut cell);
        if cell.is_empty() {
            return Ok(());
        }
        if row < self.row || self.cells.last().is_some_and(|(last, _)| *last >= column) {
            return Err(broken(self.shown, Damage::OrderOfCells));
        }
        self.width += cell.len();
        self.cells.push((column, cell));
        if self.text.len() + self.width > self.longest { Err(self.over()) } else { Ok(()) }
    }

    fn over(&self) -> Trouble {
        if self.most < LONGEST as u64 { too_much(self.shown, self.most) } else { too_large(self.shown) }
    }

    fn end_row(&mut self) -> Result<(), Trouble> {
        if !self.merges.fill(self.row, &mut self.cells) {
            return Err(broken(self.shown, Damage::Merges));
        }
        if self.cells.is_empty() {
            return Ok(());
        }
        // A text that is named in every cell, or a merged cell that fills them all, is told before it is written.
        let length = |(_, cell): &(u32, String)| cell.len() + 1;
        let gaps = self.cells.last().map_or(0, |(column, _)| *column) as usize;
        let more = self.cells.iter().map(length).sum::<usize>() + gaps + 2 * (self.row - self.lines + 1) as usize;
        if self.text.len() + more > self.longest {
            return Err(self.over());
        }
        if self.text.try_reserve(more).is_err() {
            return Err(too_large(self.shown));
        }
        self.text.extend(b"\r\n".repeat((self.row - self.lines) as usize));
        let mut next = 0;
        for (column, cell) in self.cells.drain(..) {
            let gap = if next == 0 { column } else { column - next + 1 };
            self.gaps += gap as usize;
            self.text.resize(self.text.len() + gap as usize, DELIMITER);
            write_cell(&cell, &mut self.text);
            next = column + 1;
        }
        self.text.extend(b"\r\n");
        self.lines = self.row + 1;
        self.width = 0;
        match () {
            () if self.text.len() > self.longest => Err(self.over()),
            () if self.gaps > MOST_GAPS => Err(too_large(self.shown)),
            () => Ok(()),
        }
    }

    /// The text; empty rows behind the last that holds something are none.
    pub fn finish(mut self) -> Result<Vec<u8>, Trouble> {
        self.end_row()?;
        Ok(self.text)
    }
}

/// So many rows show what a sheet is.
const FIRST: usize = 20;

/// How many bytes the first rows of a text of rows take.
pub fn beginning(text: &[u8]) -> usize {
    let mut ends = memchr::memchr_iter(NEWLINE, text).skip(FIRST - 1);
    ends.next().map_or(text.len(), |end| (end + 2).min(text.len()))
}

/// Quotes a cell where it could be taken for several, or for one that is quoted.
fn write_cell(cell: &str, line: &mut Vec<u8>) {
    if memchr::memchr3(DELIMITER, b'"', b'\n', cell.as_bytes()).is_none() {
        line.extend(cell.as_bytes());
        return;
    }
    line.push(b'"');
    line.extend(cell.replace('"', "\"\"").as_bytes());
    line.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[(u32, u32, &str)], merges: &[Area]) -> Result<String, String> {
        let mut text = SheetText::new("v.xlsx", u64::MAX, u64::MAX);
        merges.iter().for_each(|area| text.merge(*area));
        for (row, column, cell) in cells {
            text.put(*row, *column, &Value::Text(cell)).map_err(|trouble| trouble.to_string())?;
        }
        Ok(String::from_utf8(text.finish().map_err(|trouble| trouble.to_string())?).unwrap())
    }

    #[test]
    fn each_row_is_a_line_and_each_cell_in_its_place() {
        let cells = [(1, 1, "a"), (1, 2, "b,c"), (4, 0, "x\ny"), (4, 3, "\"z\""), (6, 0, "")];
        assert_eq!(written(&cells, &[]).unwrap(), "\r\n,a,\"b,c\"\r\n\r\n\r\n\"x\ny\",,,\"\"\"z\"\"\"\r\n");
        assert_eq!(written(&[], &[]).unwrap(), "");
    }

    #[test]
    fn cells_out_of_order_are_damage() {
        for cells in [[(3, 0, "a"), (2, 0, "b")], [(3, 2, "a"), (3, 1, "b")], [(3, 2, "a"), (3, 2, "b")]] {
            assert!(written(&cells, &[]).unwrap_err().contains("out of order"), "{cells:?}");
        }
    }

    #[test]
    fn cells_that_no_sheet_has_are_damage() {
        for (row, column, fits) in [(ROWS - 1, COLUMNS - 1, true), (u32::MAX - 1, 0, false), (0, COLUMNS, false)] {
            let written = written(&[(row, column, "a")], &[]);
            assert_eq!(written.is_err_and(|said| said.contains("beyond the sheet")), !fits, "{row} {column}");
        }
    }

    #[test]
    fn merged_cells_hold_for_all_their_rows() {
        let area = |rows: (u32, u32), columns: (u32, u32)| Area { rows, columns };
        let cells = [(0, 0, "M1"), (0, 1, "a"), (1, 1, "b"), (2, 1, "c"), (3, 1, "d"), (9, 0, "x")];
        assert_eq!(
            written(&cells, &[area((0, 2), (0, 0))]).unwrap(),
            "M1,a\r\nM1,b\r\nM1,c\r\n,d\r\n\r\n\r\n\r\n\r\n\r\nx\r\n"
        );
        // A row with nothing of its own stays empty, and what stands beneath a merged cell is its own.
        assert_eq!(
            written(&[(0, 0, "a"), (0, 3, "k"), (2, 1, "b"), (2, 3, "c")], &[area((0, 2), (0, 1))]).unwrap(),
            "a,a,,k\r\n\r\na,b,,c\r\n"
        );
        // Titles and notes over most of the sheet stand where they begin.
        assert_eq!(written(&[(0, 0, "t"), (1, 3, "x")], &[area((0, 0), (0, 3))]).unwrap(), "t\r\n,,,x\r\n");
        let twice = [area((0, ROWS), (0, COLUMNS)), area((0, ROWS), (0, COLUMNS)), area((0, ROWS), (0, 9))];
        assert!(written(&[(0, 0, "a"), (1, 1, "b")], &twice).unwrap_err().contains("overlap"));
    }

    #[test]
    fn too_many_columns_in_too_many_rows_are_no_table() {
        let mut text = SheetText { longest: 100_000, ..SheetText::new("v.xlsx", u64::MAX, u64::MAX) };
        let over = (0..).find_map(|row| text.put(row, 16_383, &Value::Truth(true)).err()).unwrap();
        assert!(over.to_string().contains("unpacks to more than a table can be"), "{over}");
    }
}
