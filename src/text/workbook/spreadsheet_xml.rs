//! Workbooks as one XML file, as Excel 2003 and many systems write them (SpreadsheetML).

use crate::text::workbook::damage::{Damage, broken, damaged};
use crate::text::workbook::lines::SheetText;
use crate::text::workbook::merges::Area;
use crate::text::workbook::pages::decoded;
use crate::text::workbook::sheet::{RawSheet, left};
use crate::text::workbook::value::Value;
use crate::text::workbook::xml::{add_text, attribute, number, reader};
use crate::trouble::Trouble;
use quick_xml::events::{BytesStart, Event};

const NAMESPACE: &[u8] = b"urn:schemas-microsoft-com:office:spreadsheet";

/// Whether a file that begins so is such a workbook.
pub(super) fn is_workbook(start: &[u8]) -> bool {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    // In UTF-16 there is a zero between any two.
    let narrow: Vec<u8> = text.iter().copied().filter(|byte| *byte != 0).collect();
    let is_xml = [&b"<?xml"[..], b"<Workbook", b"\xff\xfe<", b"\xfe\xff<"].iter().any(|sign| narrow.starts_with(sign));
    is_xml && memchr::memmem::find(&narrow, NAMESPACE).is_some()
}

pub(super) fn sheets(bytes: &[u8], shown: &str, most: u64) -> Result<Vec<RawSheet>, Trouble> {
    let text = decoded(bytes);
    // The declaration names the encoding that the text no longer has.
    let body =
        text.split_once("?>").filter(|(head, _)| head.trim_start().starts_with("<?xml")).map_or(&*text, |(_, b)| b);
    let mut reader = reader(body.as_bytes());
    let mut sheets: Vec<RawSheet> = Vec::new();
    let mut sheet: Option<Reading> = None;
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let event = reader.read_event_into(&mut bytes).map_err(|error| damaged(shown, &error))?;
        match (&event, &mut sheet) {
            (Event::Start(element), None) if element.local_name().as_ref() == "Worksheet" => {
                let text = SheetText::new(shown, left(&sheets, most), most);
                sheet = Some(Reading::new(attribute(element, "Name").unwrap_or_default(), text));
            }
            (Event::End(element), Some(_)) if element.local_name().as_ref() == "Worksheet" => {
                sheets.extend(sheet.take().map(Reading::finish).transpose()?);
            }
            (Event::Start(element), Some(sheet)) => sheet.begin(element),
            (Event::End(element), Some(sheet)) => sheet.end(element.local_name().as_ref())?,
            (Event::Eof, _) => break,
            (event, Some(sheet)) if sheet.is_in_data || sheet.is_in_visible => add_text(event, &mut sheet.data),
            _ => {}
        }
    }
    // A file that breaks off has lost its last rows, and nobody could see it.
    if sheet.is_some() { Err(broken(shown, Damage::BreaksOff)) } else { Ok(sheets) }
}

/// A sheet that is being read.
struct Reading<'a> {
    name: String,
    is_visible: bool,
    text: SheetText<'a>,
    /// Where the next row and the next cell stand.
    row: u32,
    column: u32,
    cell: Option<Cell>,
    is_in_data: bool,
    is_in_visible: bool,
    data: String,
    kind: String,
    hidden_rows: u64,
}

struct Cell {
    area: Area,
    has_formula: bool,
    is_filled: bool,
}

impl<'a> Reading<'a> {
    fn new(name: String, text: SheetText<'a>) -> Self {
        Self {
            name,
            is_visible: true,
            text,
            row: 0,
            column: 0,
            cell: None,
            is_in_data: false,
            is_in_visible: false,
            data: String::new(),
            kind: String::new(),
            hidden_rows: 0,
        }
    }

    fn begin(&mut self, element: &BytesStart) {
        match element.local_name().as_ref() {
            "Row" => {
                self.row = number(element, "Index").map_or(self.row, |row| row.saturating_sub(1));
                self.column = 0;
                self.hidden_rows += u64::from(attribute(element, "Hidden").is_some_and(|on| on == "1"));
            }
            "Cell" => {
                self.column = number(element, "Index").map_or(self.column, |column| column.saturating_sub(1));
                let [across, down] =
                    ["MergeAcross", "MergeDown"].map(|name| number(element, name).unwrap_or(0).min(1 << 20));
                let area = Area {
                    rows: (self.row, self.row.saturating_add(down)),
                    columns: (self.column, self.column.saturating_add(across)),
                };
                self.cell = Some(Cell { area, has_formula: attribute(element, "Formula").is_some(), is_filled: false });
            }
            "Data" => {
                self.is_in_data = true;
                self.data.clear();
                self.kind = attribute(element, "Type").unwrap_or_default();
            }
            "Visible" => {
                self.is_in_visible = true;
                self.data.clear();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Trouble> {
        match name {
            "Row" => self.row = self.row.saturating_add(1),
            "Data" if self.is_in_data => {
                self.is_in_data = false;
                if let Some(cell) = &mut self.cell {
                    cell.is_filled = !self.data.is_empty();
                    let (row, column) = (cell.area.rows.0, cell.area.columns.0);
                    let data = written(&self.kind, &self.data);
                    match data {
                        Some(number) => self.text.put(row, column, &Value::Number(number))?,
                        None => self.text.put(row, column, &Value::Text(&shortened(&self.kind, &self.data)))?,
                    }
                }
            }
            "Cell" => {
                if let Some(cell) = self.cell.take() {
                    self.text.merge(cell.area);
                    if cell.has_formula && !cell.is_filled {
                        self.text.put(cell.area.rows.0, cell.area.columns.0, &Value::Unresolved)?;
                    }
                    self.column = cell.area.columns.1.saturating_add(1);
                }
            }
            "Visible" => {
                self.is_in_visible = false;
                self.is_visible &= !self.data.contains("Hidden");
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<RawSheet, Trouble> {
        let Self { name, is_visible, hidden_rows, .. } = self;
        Ok(RawSheet { name, is_visible, text: self.text.finish()?, hidden_rows })
    }
}

fn written(kind: &str, data: &str) -> Option<f64> {
    if kind == "Number" { data.trim().parse().ok() } else { None }
}

/// A date without the midnight that each has, a time without the day on which it is put.
fn shortened(kind: &str, data: &str) -> String {
    match kind {
        "DateTime" => {
            let data = data.split('.').next().unwrap_or_default();
            let data = data.strip_suffix("T00:00:00").unwrap_or(data);
            let time = ["1899-12-31T", "1899-12-30T"].iter().find_map(|day| data.strip_prefix(day));
            time.unwrap_or(data).replace('T', " ")
        }
        "Boolean" => if data.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
        _ => data.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Worksheet ss:Name=\"封&amp;面\"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>\
        <Worksheet ss:Name=\"东\"><Table><Row ss:Index=\"2\"><Cell ss:MergeDown=\"1\"><Data ss:Type=\"String\">a&lt;</Data></Cell>\
        <Cell ss:Index=\"3\"><Data ss:Type=\"Number\">13800000001</Data></Cell></Row>\
        <Row ss:Hidden=\"1\"><Cell ss:Index=\"2\"><Data ss:Type=\"DateTime\">2026-09-01T08:05:31.000</Data></Cell>\
        <Cell ss:Formula=\"=1\"/><Cell><Data ss:Type=\"DateTime\">1899-12-31T08:20:00.000</Data></Cell></Row></Table></Worksheet></Workbook>";

    #[test]
    fn sheets_are_read_with_what_is_merged_hidden_and_never_worked_out() {
        assert!(is_workbook(BOOK.as_bytes()) && !is_workbook(b"<?xml version=\"1.0\"?><a/>"));
        let sheets = sheets(BOOK.as_bytes(), "v.xml", u64::MAX).unwrap();
        let shown: Vec<(&str, bool, u64)> =
            sheets.iter().map(|sheet| (&*sheet.name, sheet.is_visible, sheet.hidden_rows)).collect();
        assert_eq!(shown, [("封&面", false, 0), ("东", true, 1)]);
        let text = String::from_utf8_lossy(&sheets[1].text);
        assert_eq!(text, "\r\na<,,13800000001\r\na<,2026-09-01 08:05:31,#FORMULA!,08:20:00\r\n");
    }

    #[test]
    fn a_place_beyond_any_sheet_is_not_passed_over_however_many_digits_it_has() {
        for place in ["16385", "99999999999", "99999999999999999999999"] {
            let cell = format!("<Cell ss:Index=\"{place}\"><Data>x</Data></Cell>");
            let book =
                format!("<Workbook xmlns:ss='x'><Worksheet><Table><Row>{cell}</Row></Table></Worksheet></Workbook>");
            assert!(super::sheets(book.as_bytes(), "v.xml", u64::MAX).is_err(), "{place}");
        }
    }

    #[test]
    fn what_breaks_off_is_damaged() {
        assert!(super::sheets(&BOOK.as_bytes()[..BOOK.len() - 60], "v.xml", u64::MAX).is_err());
    }
}
