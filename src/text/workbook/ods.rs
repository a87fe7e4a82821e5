//! OpenDocument workbooks. Their own reader, since calamine tells neither merged cells nor hidden rows of them.

use crate::text::workbook::damage::{Damage, broken, damaged, locked};
use crate::text::workbook::lines::SheetText;
use crate::text::workbook::merges::Area;
use crate::text::workbook::sheet::{RawSheet, left};
use crate::text::workbook::value::Value;
use crate::text::workbook::xml::{add_text, attribute, number, reader};
use crate::trouble::Trouble;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Cursor, Read};
use zip::ZipArchive;

pub(super) fn sheets(bytes: &[u8], shown: &str, most: u64) -> Result<Vec<RawSheet>, Trouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(shown, &error))?;
    let mut manifest = String::new();
    if let Ok(part) = archive.by_name("META-INF/manifest.xml") {
        let _ = part.take(1 << 20).read_to_string(&mut manifest);
    }
    if manifest.contains("encryption-data") {
        return Err(locked(shown));
    }
    let part = archive.by_name("content.xml").map_err(|error| damaged(shown, &error))?;
    read(BufReader::new(part), shown, most)
}

fn read(part: impl BufRead, shown: &str, most: u64) -> Result<Vec<RawSheet>, Trouble> {
    let mut reader = reader(part);
    let (mut bytes, mut sheets) = (Vec::new(), Vec::new());
    let mut styles = Styles::default();
    let mut sheet: Option<Reading> = None;
    loop {
        bytes.clear();
        let event = reader.read_event_into(&mut bytes).map_err(|error| damaged(shown, &error))?;
        match (&event, &mut sheet) {
            (Event::Start(element), None) => match element.local_name().as_ref() {
                "table" => {
                    let is_visible =
                        !attribute(element, "style-name").is_some_and(|style| styles.hidden.contains(&style));
                    let name = attribute(element, "name").unwrap_or_default();
                    let text = SheetText::new(shown, left(&sheets, most), most);
                    sheet = Some(Reading::new(name, is_visible, text));
                }
                _ => styles.see(element),
            },
            (Event::Start(element), Some(sheet)) => sheet.begin(element),
            (Event::End(element), Some(open)) => {
                let ends = open.end(element.local_name().as_ref())?;
                let ended = if ends { sheet.take() } else { None };
                sheets.extend(ended.map(Reading::finish).transpose()?);
            }
            (Event::Eof, None) => return Ok(sheets),
            (Event::Eof, Some(_)) => return Err(broken(shown, Damage::BreaksOff)),
            (event, Some(sheet)) if sheet.is_in_paragraph() => add_text(event, &mut sheet.cell.text),
            _ => {}
        }
    }
}

/// The styles of tables that are not shown.
#[derive(Default)]
struct Styles {
    current: String,
    hidden: HashSet<String>,
}

impl Styles {
    fn see(&mut self, element: &BytesStart) {
        match element.local_name().as_ref() {
            "style" => self.current = attribute(element, "name").unwrap_or_default(),
            "table-properties" if attribute(element, "display").is_some_and(|shown| shown == "false") => {
                self.hidden.insert(self.current.clone());
            }
            _ => {}
        }
    }
}

/// A sheet that is being read.
struct Reading<'a> {
    name: String,
    is_visible: bool,
    text: SheetText<'a>,
    row: u32,
    repeated_rows: u32,
    column: u32,
    /// The cells of the row that hold something: where they begin, how often they stand there.
    cells: Vec<(u32, u32, Cell)>,
    cell: Cell,
    is_in_cell: bool,
    paragraphs: u32,
    /// How deep in a comment, or in a table within a drawing.
    aside: u32,
    hidden_rows: u64,
}

#[derive(Clone, Debug, Default)]
struct Cell {
    kind: String,
    value: String,
    text: String,
    has_formula: bool,
    repeated: u32,
    columns: u32,
    rows: u32,
}

impl<'a> Reading<'a> {
    fn new(name: String, is_visible: bool, text: SheetText<'a>) -> Self {
        Self {
            name,
            is_visible,
            text,
            row: 0,
            repeated_rows: 1,
            column: 0,
            cells: vec![],
            cell: Cell::default(),
            is_in_cell: false,
            paragraphs: 0,
            aside: 0,
            hidden_rows: 0,
        }
    }

    fn is_in_paragraph(&self) -> bool {
        self.is_in_cell && self.aside == 0 && self.paragraphs > 0
    }

    fn begin(&mut self, element: &BytesStart) {
        let name = element.local_name();
        match name.as_ref() {
            "annotation" | "table" | "shapes" => self.aside += 1,
            _ if self.aside > 0 => {}
            "table-row" => {
                self.repeated_rows = number(element, "number-rows-repeated").unwrap_or(1).max(1);
                let is_hidden = attribute(element, "visibility").is_some_and(|shown| shown != "visible");
                self.hidden_rows += if is_hidden { u64::from(self.repeated_rows) } else { 0 };
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => {
                let of = |name| number(element, name).unwrap_or(1).max(1);
                let value = ["value", "date-value", "time-value", "boolean-value", "string-value"];
                let mut kinds = element.attributes();
                let is_error = |one: quick_xml::events::attributes::Attribute| {
                    one.key.0 == "calcext:value-type" && one.value == "error"
                };
                let is_error = kinds.with_checks(false).flatten().any(is_error);
                self.is_in_cell = true;
                self.paragraphs = 0;
                self.cell = Cell {
                    kind: if is_error { String::new() } else { attribute(element, "value-type").unwrap_or_default() },
                    value: value.iter().find_map(|name| attribute(element, name)).unwrap_or_default(),
                    text: String::new(),
                    has_formula: attribute(element, "formula").is_some(),
                    repeated: of("number-columns-repeated"),
                    columns: of("number-columns-spanned"),
                    rows: of("number-rows-spanned"),
                };
            }
            "p" if self.is_in_cell => {
                self.paragraphs += 1;
                if self.paragraphs > 1 {
                    self.cell.text.push('\n');
                }
            }
            "s" if self.is_in_paragraph() => {
                let blanks = number(element, "c").unwrap_or(1).min(1000) as usize;
                self.cell.text.push_str(&" ".repeat(blanks));
            }
            "tab" if self.is_in_paragraph() => self.cell.text.push(' '),
            "line-break" if self.is_in_paragraph() => self.cell.text.push('\n'),
            _ => {}
        }
    }

    /// Whether the sheet ends.
    fn end(&mut self, name: &str) -> Result<bool, Trouble> {
        match name {
            "table" if self.aside == 0 => return Ok(true),
            "annotation" | "table" | "shapes" => self.aside = self.aside.saturating_sub(1),
            _ if self.aside > 0 => {}
            "table-cell" | "covered-table-cell" => {
                self.is_in_cell = false;
                let cell = std::mem::take(&mut self.cell);
                let (column, repeated) = (self.column, cell.repeated);
                if !cell.value.is_empty() || !cell.text.is_empty() || cell.has_formula {
                    self.cells.push((column, repeated, cell));
                }
                self.column = column.saturating_add(repeated);
            }
            "table-row" => self.end_row()?,
            _ => {}
        }
        Ok(false)
    }

    fn end_row(&mut self) -> Result<(), Trouble> {
        let cells = std::mem::take(&mut self.cells);
        let rows = if cells.is_empty() { 0 } else { self.repeated_rows };
        for row in (self.row..).take(rows as usize) {
            for (first, repeated, cell) in &cells {
                for column in (*first..).take(*repeated as usize) {
                    cell.put(row, column, &mut self.text)?;
                }
            }
        }
        self.row = self.row.saturating_add(self.repeated_rows);
        Ok(())
    }

    fn finish(self) -> Result<RawSheet, Trouble> {
        let Self { name, is_visible, hidden_rows, .. } = self;
        // A format over the rest of the sheet hides nothing.
        let hidden_rows = hidden_rows.min(u64::from(self.row));
        Ok(RawSheet { name, is_visible, text: self.text.finish()?, hidden_rows })
    }
}

impl Cell {
    fn put(&self, row: u32, column: u32, text: &mut SheetText) -> Result<(), Trouble> {
        let last = |first: u32, count: u32| first.saturating_add(count - 1);
        text.merge(Area { rows: (row, last(row, self.rows)), columns: (column, last(column, self.columns)) });
        let shown = self.text.trim();
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => match self.value.parse::<f64>() {
                // A format of zeros: what is shown is the number with zeros in front.
                Ok(number) if shown.starts_with('0') && shown.bytes().all(|byte| byte.is_ascii_digit()) => {
                    text.put(row, column, &Value::Padded(number, shown.len()))
                }
                Ok(number) => text.put(row, column, &Value::Number(number)),
                Err(_) => text.put(row, column, &Value::Text(shown)),
            },
            "date" => text.put(row, column, &Value::Text(&self.value.replace('T', " "))),
            "time" => text.put(row, column, &Value::Text(&clock(&self.value).unwrap_or_else(|| shown.to_owned()))),
            "boolean" => text.put(row, column, &Value::Truth(self.value == "true")),
            "string" if shown.is_empty() => text.put(row, column, &Value::Text(&self.value)),
            "" if self.has_formula && shown.is_empty() => text.put(row, column, &Value::Unresolved),
            _ => text.put(row, column, &Value::Text(shown)),
        }
    }
}

/// `PT08H05M31S` as `08:05:31`.
fn clock(duration: &str) -> Option<String> {
    let rest = duration.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    let [hours, minutes, seconds] = [hours, minutes, seconds].map(|part| part.parse::<u32>().ok());
    Some(format!("{:02}:{:02}:{:02}", hours?, minutes?, seconds?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_read_with_what_is_merged_hidden_and_repeated() {
        let content = "<office:document-content><style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>\
            <table:table table:name=\"东\"><table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
            <table:table-row table:visibility=\"filter\"><table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><office:annotation><text:p>批注</text:p></office:annotation><text:p>M&amp;1</text:p></table:table-cell>\
            <table:table-cell office:value-type=\"float\" office:value=\"123\"><text:p>000123</text:p></table:table-cell></table:table-row>\
            <table:table-row><table:covered-table-cell/><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"date\" office:date-value=\"2026-09-01T08:05:31\"/>\
            <table:table-cell table:formula=\"of:=1\"/><table:table-cell office:value-type=\"time\" office:time-value=\"PT08H20M00S\"/></table:table-row>\
            <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row></table:table>\
            <table:table table:name=\"旧\" table:style-name=\"ta2\"/></office:document-content>";
        let sheets = read(content.as_bytes(), "v.ods", u64::MAX).unwrap();
        let shown: Vec<(&str, bool, u64)> =
            sheets.iter().map(|sheet| (&*sheet.name, sheet.is_visible, sheet.hidden_rows)).collect();
        assert_eq!(shown, [("东", true, 1), ("旧", false, 0)]);
        assert_eq!(
            String::from_utf8_lossy(&sheets[0].text),
            "\r\n\r\nM&1,000123\r\nM&1,2026-09-01 08:05:31,2026-09-01 08:05:31,#FORMULA!,08:20:00\r\n"
        );
    }

    #[test]
    fn rows_without_end_are_no_table() {
        let row = "<table:table-row table:number-rows-repeated=\"4000000000\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>";
        let content = format!("<a><table:table>{row}</table:table></a>");
        assert!(read(content.as_bytes(), "v.ods", u64::MAX).is_err());
    }
}
