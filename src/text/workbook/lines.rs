//! The rows of a sheet, written as lines of delimited text.

use crate::text::workbook::damage::{damaged, too_large};
use crate::text::workbook::value::Value;
use crate::trouble::Trouble;

/// The line end whose number is that of the sheet's rows.
pub const NEWLINE: u8 = b'\r';
/// What stands between two cells.
pub const DELIMITER: u8 = b',';
/// A full sheet of an export has some hundred megabytes.
const LONGEST: usize = 1 << 30;

/// Text that grows cell by cell, row after row.
pub struct SheetText<'a> {
    text: Vec<u8>,
    /// The row that is being written: its cells so far, and how many there are.
    row: u32,
    line: Vec<u8>,
    cells: u32,
    /// How many lines the text has.
    lines: u32,
    filled_lines: usize,
    most_rows: usize,
    longest: usize,
    cell: String,
    shown: &'a str,
}

impl<'a> SheetText<'a> {
    /// Of no more than `most_rows` rows with something in them.
    pub fn new(most_rows: usize, shown: &'a str) -> Self {
        Self {
            text: Vec::new(),
            row: 0,
            line: Vec::new(),
            cells: 0,
            lines: 0,
            filled_lines: 0,
            most_rows,
            longest: LONGEST,
            cell: String::new(),
            shown,
        }
    }

    /// Writes a cell; rows and columns count from 0, and must rise.
    pub fn put(&mut self, row: u32, column: u32, value: &Value) -> Result<(), Trouble> {
        if row > self.row {
            self.end_row();
            self.row = row;
        }
        self.cell.clear();
        value.write(&mut self.cell);
        if self.cell.is_empty() {
            return Ok(());
        }
        if row < self.row || column < self.cells {
            return Err(damaged(self.shown, &"its cells are out of order"));
        }
        let gap = if self.cells == 0 { column } else { column - self.cells + 1 };
        self.line.resize(self.line.len() + gap as usize, DELIMITER);
        write_cell(&self.cell, &mut self.line);
        self.cells = column + 1;
        if self.text.len() + self.line.len() > self.longest { Err(too_large(self.shown)) } else { Ok(()) }
    }

    /// Whether it has all rows that it is to have.
    pub fn is_full(&self) -> bool {
        self.filled_lines >= self.most_rows
    }

    fn end_row(&mut self) {
        if self.cells == 0 {
            return;
        }
        for _ in self.lines..self.row {
            self.text.extend(b"\r\n");
        }
        self.text.append(&mut self.line);
        self.text.extend(b"\r\n");
        self.lines = self.row + 1;
        self.cells = 0;
        self.filled_lines += 1;
    }

    /// The text; empty rows behind the last that holds something are none.
    pub fn finish(mut self) -> Result<Vec<u8>, Trouble> {
        self.end_row();
        Ok(self.text)
    }
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

    fn written(cells: &[(u32, u32, &str)], most: usize) -> Result<String, String> {
        let mut text = SheetText::new(most, "v.xlsx");
        for (row, column, cell) in cells {
            text.put(*row, *column, &Value::Text(cell)).map_err(|trouble| trouble.to_string())?;
        }
        Ok(String::from_utf8(text.finish().unwrap()).unwrap())
    }

    #[test]
    fn each_row_is_a_line_and_each_cell_in_its_place() {
        let cells = [(1, 1, "a"), (1, 2, "b,c"), (4, 0, "x\ny"), (4, 3, "\"z\""), (6, 0, "")];
        assert_eq!(written(&cells, 9).unwrap(), "\r\n,a,\"b,c\"\r\n\r\n\r\n\"x\ny\",,,\"\"\"z\"\"\"\r\n");
        assert_eq!(written(&[], 9).unwrap(), "");
    }

    #[test]
    fn cells_out_of_order_are_damage() {
        for cells in [[(3, 0, "a"), (2, 0, "b")], [(3, 2, "a"), (3, 1, "b")], [(3, 2, "a"), (3, 2, "b")]] {
            assert!(written(&cells, 9).unwrap_err().contains("out of order"), "{cells:?}");
        }
    }

    #[test]
    fn too_many_columns_in_too_many_rows_are_no_table() {
        let mut text = SheetText { longest: 100_000, ..SheetText::new(usize::MAX, "v.xlsx") };
        let over = (0..).find_map(|row| text.put(row, 16_383, &Value::Truth(true)).err()).unwrap();
        assert!(over.to_string().contains("unpacks to more than a table can be"), "{over}");
    }
}
