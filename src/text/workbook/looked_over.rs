//! The sheets of a new workbook, looked over before calamine reads them.
//!
//! calamine takes an index into the shared texts that is no number for 0, lets the numbers of rows and columns wrap round,
//! and gives up a value that begins with a comment: cells would turn up as others, or not at all (docs/calamine.md). So
//! places and indexes are checked here, and a sheet whose values are written oddly is written plainly.

use crate::text::workbook::damage::{Damage, broken, damaged};
use crate::text::workbook::sheet::{COLUMNS, ROWS};
use crate::text::workbook::xml::{add_text, reader};
use crate::trouble::Trouble;
use quick_xml::Writer;
use quick_xml::events::{BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The workbook, with its values plainly written.
pub(super) fn looked_over<'b>(bytes: &'b [u8], shown: &str) -> Result<Cow<'b, [u8]>, Trouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(shown, &error))?;
    let mut sheets: Vec<(String, bool)> = Vec::new();
    let mut texts = 0;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    for name in names {
        let lower = name.to_ascii_lowercase();
        let Ok(part) = archive.by_name(&name) else { continue };
        if lower.ends_with("sharedstrings.xml") {
            texts = texts.max(count_texts(part));
        } else if lower.contains("worksheets/") && lower.ends_with(".xml") {
            sheets.push((name.clone(), false));
        }
    }
    for (name, is_odd) in &mut sheets {
        let Ok(part) = archive.by_name(name) else { continue };
        *is_odd = look(part, texts).map_err(|damage| broken(shown, damage))?;
    }
    let odd: Vec<&str> = sheets.iter().filter(|(_, is_odd)| *is_odd).map(|(name, _)| name.as_str()).collect();
    if odd.is_empty() {
        return Ok(Cow::Borrowed(bytes));
    }
    rewritten(&mut archive, &odd).map(Cow::Owned).map_err(|error| damaged(shown, &error))
}

/// How many texts the sheets can name.
fn count_texts(part: impl Read) -> usize {
    let mut reader = reader(BufReader::new(part));
    let (mut bytes, mut count) = (Vec::new(), 0);
    loop {
        bytes.clear();
        match reader.read_event_into(&mut bytes) {
            Ok(Event::Start(element)) => count += usize::from(element.local_name().as_ref() == "si"),
            Ok(Event::Eof) | Err(_) => return count,
            Ok(_) => {}
        }
    }
}

/// Whether a sheet's values are written in a way that calamine does not read; `Err` with what is wrong in it.
fn look(part: impl Read, texts: usize) -> Result<bool, Damage> {
    let mut reader = reader(BufReader::new(part));
    let (mut bytes, mut value) = (Vec::new(), Value::default());
    let mut is_odd = false;
    loop {
        bytes.clear();
        // What is no XML is calamine's to tell.
        let Ok(event) = reader.read_event_into(&mut bytes) else { return Ok(is_odd) };
        match &event {
            Event::Eof => return Ok(is_odd),
            Event::Start(element) => match element.local_name().as_ref() {
                "row" if !raw(element, "r").is_none_or(|row| is_row(&row)) => return Err(Damage::NumberOfRow),
                "c" => {
                    if !raw(element, "r").is_none_or(|place| is_place(&place)) {
                        return Err(Damage::PlaceOfCell);
                    }
                    value.cell(element);
                }
                "v" => value.begin(),
                _ => {}
            },
            Event::End(element) if value.is_open && element.local_name().as_ref() == "v" => {
                is_odd |= value.end(texts)?;
            }
            other => value.add(other),
        }
    }
}

/// The value of a cell as it is written.
#[derive(Default)]
struct Value {
    is_text: bool,
    is_index: bool,
    is_open: bool,
    /// Whether there is something besides one text.
    is_odd: bool,
    text: String,
}

impl Value {
    fn cell(&mut self, element: &BytesStart) {
        let kind = raw(element, "t");
        let kind = kind.as_deref().unwrap_or_default();
        self.is_index = kind == "s";
        self.is_text = matches!(kind, "str" | "inlineStr" | "is" | "d");
    }

    fn begin(&mut self) {
        (self.is_open, self.is_odd) = (true, false);
        self.text.clear();
    }

    fn add(&mut self, event: &Event) {
        if self.is_open {
            self.is_odd |= !matches!(event, Event::Text(_)) || !self.text.is_empty();
            add_text(event, &mut self.text);
        }
    }

    /// Whether it has to be written plainly.
    fn end(&mut self, texts: usize) -> Result<bool, Damage> {
        self.is_open = false;
        let plain = self.text.trim_matches([' ', '\t', '\r', '\n']);
        if self.is_index && !plain.is_empty() {
            let is_number = plain.bytes().all(|byte| byte.is_ascii_digit());
            if !is_number || plain.parse::<usize>().is_ok_and(|index| index >= texts) || plain.len() > 18 {
                return Err(Damage::IndexOfText);
            }
        }
        Ok(!self.is_text && (self.is_odd || plain.len() < self.text.len()))
    }
}

/// An attribute as it is written.
fn raw<'e>(element: &'e BytesStart, name: &str) -> Option<Cow<'e, str>> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.value)
}

fn is_row(row: &str) -> bool {
    let row = row.trim();
    !row.is_empty()
        && row.bytes().all(|byte| byte.is_ascii_digit())
        && row.parse().is_ok_and(|row| (1..=ROWS).contains(&row))
}

/// `B7`, of a row and a column that a sheet can have.
fn is_place(place: &str) -> bool {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).count();
    let number = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = || place[..letters].bytes().fold(0, |column, letter| column * 26 + number(letter));
    (1..=3).contains(&letters) && column() <= COLUMNS && is_row(&place[letters..])
}

/// The archive with these of its parts written plainly.
fn rewritten(archive: &mut ZipArchive<Cursor<&[u8]>>, odd: &[&str]) -> std::io::Result<Vec<u8>> {
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let part = archive.by_index_raw(number)?;
        let name = part.name().map(Cow::into_owned).unwrap_or_default();
        if odd.contains(&name.as_str()) {
            drop(part);
            written.start_file(name, SimpleFileOptions::default())?;
            plainly(archive.by_index(number)?, &mut written)?;
        } else {
            written.raw_copy_file(part)?;
        }
    }
    Ok(written.finish()?.into_inner())
}

/// Copies a sheet without comments, each value as one text without blanks around it.
fn plainly(part: impl Read, out: impl Write) -> std::io::Result<()> {
    let mut reader = reader(BufReader::new(part));
    let mut out = Writer::new(out);
    let (mut bytes, mut value) = (Vec::new(), Value::default());
    loop {
        bytes.clear();
        let event = reader.read_event_into(&mut bytes).map_err(std::io::Error::other)?;
        match &event {
            Event::Eof => return Ok(()),
            Event::Comment(_) => continue,
            Event::Start(element) if element.local_name().as_ref() == "c" => value.cell(element),
            Event::Start(element) if element.local_name().as_ref() == "v" && !value.is_text => value.begin(),
            Event::End(element) if value.is_open && element.local_name().as_ref() == "v" => {
                value.is_open = false;
                out.write_event(Event::Text(BytesText::new(value.text.trim())))?;
            }
            other if value.is_open => {
                value.add(other);
                continue;
            }
            _ => {}
        }
        out.write_event(event)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(sheet: &str) -> Result<bool, Damage> {
        look(format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>").as_bytes(), 7)
    }

    #[test]
    fn places_and_indexes_must_be_what_a_sheet_can_have() {
        for (row, place, index, expected) in [
            ("1", "A1", "6", Ok(false)),
            ("1048576", "XFD1048576", "0", Ok(false)),
            ("1", "A1", "", Ok(false)),
            ("1", "A1", " 6\n", Ok(true)),
            ("1", "A1", "<!-- x -->6", Ok(true)),
            ("1", "A1", "&#54;", Ok(true)),
            ("1", "A1", "7", Err(Damage::IndexOfText)),
            ("1", "A1", "1.5", Err(Damage::IndexOfText)),
            ("1", "A1", "-1", Err(Damage::IndexOfText)),
            ("1", "A1", "x", Err(Damage::IndexOfText)),
            ("1", "A1", "99999999999999999999999", Err(Damage::IndexOfText)),
            ("4294967297", "A1", "6", Err(Damage::NumberOfRow)),
            ("0", "A1", "6", Err(Damage::NumberOfRow)),
            ("+1", "A1", "6", Err(Damage::NumberOfRow)),
            ("1", "A4294967297", "6", Err(Damage::PlaceOfCell)),
            ("1", "XFE1", "6", Err(Damage::PlaceOfCell)),
            ("1", "AAAAAAAAAA1", "6", Err(Damage::PlaceOfCell)),
            ("1", "1", "6", Err(Damage::PlaceOfCell)),
            ("1", "A", "6", Err(Damage::PlaceOfCell)),
            ("1", "A0", "6", Err(Damage::PlaceOfCell)),
        ] {
            let sheet = format!("<x:row r=\"{row}\"><x:c t='s' r = \"{place}\"><x:v>{index}</x:v></x:c></x:row>");
            assert_eq!(looked(&sheet), expected, "{sheet}");
        }
        // Texts may hold what they like, and numbers have no index.
        assert_eq!(looked("<row><c t=\"str\"><v> a <!-- b --></v></c><c><v>9</v></c></row>"), Ok(false));
    }

    #[test]
    fn odd_values_are_written_plainly() {
        let sheet =
            "<row r=\"1\"><!-- a --><c r=\"A1\" t=\"s\"><v> <!-- b -->&#53;\n</v></c><c t=\"str\"><v> c </v></c></row>";
        let mut out = Vec::new();
        plainly(sheet.as_bytes(), &mut out).unwrap();
        let plain = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>5</v></c><c t=\"str\"><v> c </v></c></row>";
        assert_eq!(String::from_utf8(out).unwrap(), plain);
    }
}
