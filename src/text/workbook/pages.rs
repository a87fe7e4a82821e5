//! Tables of a web page, as systems export them under the name of a workbook: every table is a sheet.

use crate::text::workbook::damage::{Damage, broken};
use crate::text::workbook::lines::SheetText;
use crate::text::workbook::merges::Area;
use crate::text::workbook::sheet::RawSheet;
use crate::text::workbook::value::Value;
use crate::trouble::Trouble;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

/// No cell is more cells than these.
const MOST_COLUMNS: u32 = 1_000;
const MOST_ROWS: u32 = 65_534;
/// Tables within tables within tables.
const DEEPEST: usize = 32;

/// Whether a file that begins so is a page with a table.
pub(super) fn is_page(start: &[u8]) -> bool {
    // In UTF-16 there is a zero between any two.
    let narrow: Vec<u8> = start.iter().copied().filter(|byte| *byte != 0).collect();
    let marks = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"];
    let text = marks.iter().find_map(|mark| narrow.strip_prefix(*mark)).unwrap_or(&narrow).trim_ascii_start();
    let lower = text.to_ascii_lowercase();
    let holds = |tag: &[u8]| memchr::memmem::find(&lower, tag).is_some();
    lower.starts_with(b"<!doctype html") || (lower.starts_with(b"<") && (holds(b"<html") || holds(b"<table")))
}

/// The text of a file in the encoding that its mark or its first lines name, else UTF-8, else GB18030.
pub(super) fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let named = ["charset=", "encoding="].iter().find_map(|mark| {
        let (_, rest) = head.split_once(mark)?;
        let label = rest.trim_start_matches(['"', '\'', ' ']);
        let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(label.len());
        Encoding::for_label(&label.as_bytes()[..end])
    });
    // What says UTF-8 and is not, as pages made of pieces do, is read as what it is.
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let encoding = match named {
        Some(encoding) if ![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => encoding,
        _ if is_utf8 => UTF_8,
        _ => GB18030,
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-16 without its mark: pages begin with an ASCII character.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, one, ..] if one.is_ascii() && *one != 0 => Some(UTF_16BE),
        [one, 0, ..] if one.is_ascii() && *one != 0 => Some(UTF_16LE),
        _ => None,
    }
}

pub(super) fn sheets(bytes: &[u8], shown: &str, most: u64) -> Result<Vec<RawSheet>, Trouble> {
    let page = decoded(bytes);
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut tables = Tables { open: vec![], done: vec![], count: 0, shown, left: most, most };
    for token in Tokenizer::new_with_emitter(page.as_str(), emitter) {
        match token.unwrap_or_else(|never| match never {}) {
            Token::StartTag(tag) => tables.begin(&tag)?,
            Token::EndTag(tag) => tables.end(&tag.name)?,
            Token::String(text) => tables.add(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    // A page that was cut, or of which the rest is a remark, has rows that nobody sees.
    if tables.open.iter().any(|table| table.row.is_some()) {
        return Err(broken(shown, Damage::BreaksOff));
    }
    tables.done.sort_by_key(|(number, _)| *number);
    Ok(tables.done.into_iter().map(|(_, sheet)| sheet).collect())
}

struct Tables<'a> {
    open: Vec<Table<'a>>,
    done: Vec<(usize, RawSheet)>,
    count: usize,
    shown: &'a str,
    /// How many bytes further tables may have, of those that all may have.
    left: u64,
    most: u64,
}

struct Table<'a> {
    number: usize,
    text: SheetText<'a>,
    /// The row that is being read, once there is one.
    row: Option<u32>,
    column: u32,
    /// For each column the first row that a cell from above leaves free.
    free_from: Vec<u32>,
    cell: Option<Cell>,
    hidden_rows: u64,
}

/// A cell that is being read.
struct Cell {
    columns: u32,
    rows: u32,
    text: String,
}

impl<'a> Tables<'a> {
    fn begin(&mut self, tag: &StartTag<()>) -> Result<(), Trouble> {
        match &tag.name[..] {
            b"table" if self.open.len() < DEEPEST => {
                self.count += 1;
                let number = self.count;
                let text = SheetText::new(self.shown, self.left, self.most);
                let (row, column, free_from, cell) = (None, 0, vec![], None);
                self.open.push(Table { number, text, row, column, free_from, cell, hidden_rows: 0 });
            }
            b"tr" => {
                if let Some(table) = self.open.last_mut() {
                    table.end_cell()?;
                    table.row = Some(table.row.map_or(0, |row| row + 1));
                    table.column = 0;
                    let style = attribute(tag, b"style").to_ascii_lowercase().replace(' ', "");
                    table.hidden_rows += u64::from(style.contains("display:none"));
                }
            }
            b"td" | b"th" => {
                if let Some(table) = self.open.last_mut() {
                    table.end_cell()?;
                    let span = |name| attribute(tag, name).trim().parse::<u32>().unwrap_or(1).max(1);
                    let (columns, rows) = (span(b"colspan").min(MOST_COLUMNS), span(b"rowspan").min(MOST_ROWS));
                    table.cell = Some(Cell { columns, rows, text: String::new() });
                }
            }
            b"br" | b"p" | b"div" | b"li" => self.add_break(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &HtmlString) -> Result<(), Trouble> {
        match &name[..] {
            b"table" => self.end_table(),
            b"td" | b"th" | b"tr" => self.open.last_mut().map_or(Ok(()), Table::end_cell),
            _ => Ok(()),
        }
    }

    fn end_table(&mut self) -> Result<(), Trouble> {
        let Some(mut table) = self.open.pop() else { return Ok(()) };
        table.end_cell()?;
        let Table { number, text, hidden_rows, .. } = table;
        let text = text.finish()?;
        self.left = self.left.saturating_sub(text.len() as u64);
        if !text.is_empty() {
            let sheet = RawSheet { name: number.to_string(), is_visible: true, text, hidden_rows };
            self.done.push((number, sheet));
        }
        Ok(())
    }

    fn add(&mut self, text: &str) {
        let Some(cell) = self.open.last_mut().and_then(|table| table.cell.as_mut()) else { return };
        // White space of any length is one blank; blanks that do not break are blanks too.
        for part in text.split_inclusive([' ', '\n', '\r', '\t', '\u{a0}']) {
            let word = part.trim_end_matches([' ', '\n', '\r', '\t', '\u{a0}']);
            cell.text.push_str(word);
            if word.len() < part.len() && !cell.text.ends_with([' ', '\n']) && !cell.text.is_empty() {
                cell.text.push(' ');
            }
        }
    }

    fn add_break(&mut self) {
        if let Some(cell) = self.open.last_mut().and_then(|table| table.cell.as_mut())
            && !cell.text.is_empty()
        {
            cell.text.push('\n');
        }
    }
}

impl Table<'_> {
    fn end_cell(&mut self) -> Result<(), Trouble> {
        let Some(Cell { columns, rows, text }) = self.cell.take() else { return Ok(()) };
        let row = *self.row.get_or_insert(0);
        while self.free_from.get(self.column as usize).is_some_and(|free| *free > row) {
            self.column += 1;
        }
        let first = self.column;
        self.column += columns;
        if rows > 1 {
            let needed = self.free_from.len().max(self.column as usize);
            self.free_from.resize(needed, 0);
            self.free_from[first as usize..self.column as usize].fill(row + rows);
        }
        self.text.merge(Area { rows: (row, row + rows - 1), columns: (first, first + columns - 1) });
        self.text.put(row, first, &Value::Text(text.trim()))
    }
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> String {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Vec<String> {
        let sheets = sheets(page.as_bytes(), "v.xls", u64::MAX).unwrap();
        sheets.into_iter().map(|sheet| String::from_utf8(sheet.text).unwrap()).collect()
    }

    #[test]
    fn cells_stand_where_spans_leave_room() {
        let page = "<table><tr><th rowspan=2>a<th colspan=2>时间</tr><tr><th>x<th>y<tr><td>1<td>2<br>3<td>&nbsp;4&amp;</table>";
        assert_eq!(read(page), ["a,时间,时间\r\na,x,y\r\n1,\"2\n3\",4&\r\n"]);
    }

    #[test]
    fn tables_within_tables_are_sheets_of_their_own() {
        let page =
            "<html><style>td{x}</style><table><tr><td>外<table><tr><td>a</td></tr></table></td></tr></table><table>";
        assert_eq!(read(page), ["外\r\n", "a\r\n"]);
        assert_eq!(read("<tr><td>x"), [""; 0]);
    }

    #[test]
    fn a_table_without_an_end_is_not_read_as_far_as_it_goes() {
        for rest in ["", "<tr><td>2", "<!-- <tr><td>2</td></tr></table>", "<script><tr><td>2</td></tr></table>"] {
            let page = format!("<table><tr><td>a</td></tr><tr><td>1</td></tr>{rest}");
            assert!(sheets(page.as_bytes(), "v.xls", u64::MAX).is_err(), "{rest}");
        }
        assert!(sheets("<table><tr><td>".repeat(5000).as_bytes(), "v.xls", u64::MAX).is_err());
        assert_eq!(read("<table><tr><td>a</td></tr></table><!-- b"), ["a\r\n"]);
    }

    #[test]
    fn the_encoding_is_the_one_that_is_named_unless_it_cannot_be() {
        let gb = GB18030.encode("<meta charset=gb2312><table><td>孙赟").0.into_owned();
        assert!(decoded(&gb).ends_with("孙赟"));
        let unnamed = GB18030.encode("<table><td>孙赟").0.into_owned();
        assert!(decoded(&unnamed).ends_with("孙赟"));
        let wrong = [&b"<meta charset=\"utf-8\"><td>"[..], &GB18030.encode("孙").0].concat();
        assert!(decoded(&wrong).ends_with("孙"));
        let page = "<meta charset=utf-16><table><td>孙赟";
        let units = |bytes: fn(u16) -> [u8; 2]| page.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let marked = [&b"\xff\xfe"[..], &units(u16::to_le_bytes)].concat();
        for bytes in [units(u16::to_le_bytes), units(u16::to_be_bytes), marked, page.as_bytes().to_vec()] {
            assert!(is_page(&bytes) && decoded(&bytes).ends_with("孙赟"));
        }
    }

    #[test]
    fn a_page_is_told_by_its_beginning() {
        for (start, expected) in [
            ("<table>", true),
            ("\n <HTML>", true),
            ("\u{feff}<!DOCTYPE html>", true),
            ("<meta charset=gbk><style></style><TABLE>", true),
            ("<?xml version=\"1.0\"?><Workbook>", false),
            ("a,<table>", false),
        ] {
            assert_eq!(is_page(start.as_bytes()), expected, "{start}");
        }
    }
}
