//! What calamine does not tell of the sheets of a new workbook: merged cells, hidden rows, formulas that nobody has worked
//! out.

use crate::text::workbook::merges::Area;
use crate::text::workbook::sheet::{COLUMNS, ROWS};
use crate::text::workbook::xml::{attribute, number, reader};
use quick_xml::events::{BytesStart, Event};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// What a sheet has besides its cells.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub merges: Vec<Area>,
    pub hidden_rows: u64,
    /// Formulas without a stored result.
    pub unresolved: FxHashSet<(u32, u32)>,
}

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Where the sheets of a workbook are.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// For the name of each sheet the name of its part.
    sheets: FxHashMap<String, String>,
    /// The program that wrote it leaves working out to whoever opens it: a stored 0 is none.
    is_unresolved: bool,
}

impl Parts {
    /// What cannot be found is not there: the workbook itself is calamine's.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Self::default() };
        let (mut parts, mut ids) = (Self::default(), Vec::new());
        each_element(&mut archive, "xl/workbook.xml", |element| match element.local_name().as_ref() {
            "sheet" => ids.extend(attribute(element, "name").zip(attribute(element, "id"))),
            "calcPr" => parts.is_unresolved |= attribute(element, "fullCalcOnLoad").is_some_and(|on| is_true(&on)),
            _ => {}
        });
        let targets = targets(&mut archive, "xl/_rels/workbook.xml.rels");
        parts.sheets = ids.into_iter().filter_map(|(name, id)| Some((name, targets.get(&id)?.clone()))).collect();
        parts
    }

    /// The outline of a sheet. Most have none, which is soon seen.
    pub(super) fn outline(&self, bytes: &[u8], sheet: &str) -> Outline {
        let mut outline = Outline::default();
        let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return outline };
        let Some(part) = self.sheets.get(sheet) else { return outline };
        if !archive.by_name(part).is_ok_and(has_outline) {
            return outline;
        }
        if let Ok(part) = archive.by_name(part) {
            self.read(part, &mut outline);
        }
        outline
    }

    fn read(&self, part: impl Read, outline: &mut Outline) {
        let mut reader = reader(BufReader::new(part));
        let mut bytes = Vec::new();
        let (mut row, mut column) = (0u32, 0u32);
        let mut cell = FormulaCell::default();
        // In each column the formulas whose result is 0, and whether others have another.
        let mut zeros: FxHashMap<u32, Option<Vec<u32>>> = FxHashMap::default();
        loop {
            bytes.clear();
            match reader.read_event_into(&mut bytes) {
                Ok(Event::Start(element)) => match element.local_name().as_ref() {
                    "row" => {
                        row = number(&element, "r").map_or(row, |row| row.saturating_sub(1));
                        outline.hidden_rows += u64::from(attribute(&element, "hidden").is_some_and(|on| is_true(&on)));
                    }
                    "c" => {
                        let place = attribute(&element, "r").and_then(|place| cell_at(&place));
                        (row, column) = place.unwrap_or((row, column));
                        cell = FormulaCell { is_text: attribute(&element, "t").is_some(), ..FormulaCell::default() };
                    }
                    "f" => cell.has_formula = true,
                    "v" => cell.is_in_value = true,
                    "mergeCell" => outline.merges.extend(attribute(&element, "ref").and_then(|area| area_of(&area))),
                    _ => {}
                },
                Ok(Event::Text(text)) if cell.is_in_value => cell.value.push_str(&text.xml10_content()),
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "v" => cell.is_in_value = false,
                    "row" => (row, column) = (row.saturating_add(1), 0),
                    "c" => {
                        if cell.has_formula {
                            match cell.value.trim() {
                                "" if !cell.is_text => drop(outline.unresolved.insert((row, column))),
                                "0" if !cell.is_text => {
                                    if let Some(rows) = zeros.entry(column).or_insert_with(|| Some(vec![])) {
                                        rows.push(row);
                                    }
                                }
                                _ => drop(zeros.insert(column, None)),
                            }
                        }
                        column = column.saturating_add(1);
                    }
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        for (column, rows) in zeros.into_iter().filter(|_| self.is_unresolved) {
            outline.unresolved.extend(rows.into_iter().flatten().map(|row| (row, column)));
        }
    }
}

#[derive(Default)]
struct FormulaCell {
    has_formula: bool,
    is_text: bool,
    is_in_value: bool,
    value: String,
}

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

/// The parts that the workbook's own part speaks of, by the ids it has for them.
pub(super) fn targets(archive: &mut Archive, relations: &str) -> FxHashMap<String, String> {
    let mut targets = FxHashMap::default();
    each_element(archive, relations, |element| {
        let part = attribute(element, "Target").map(|target| match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("xl/{target}"),
        });
        targets.extend(attribute(element, "Id").zip(part));
    });
    targets
}

fn each_element(archive: &mut Archive, part: &str, mut see: impl FnMut(&BytesStart)) {
    let Ok(part) = archive.by_name(part) else { return };
    let mut reader = reader(BufReader::new(part));
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        match reader.read_event_into(&mut bytes) {
            Ok(Event::Start(element)) => see(&element),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Whether a sheet says anything that an outline is made of.
fn has_outline(mut part: impl Read) -> bool {
    const SIGNS: [&[u8]; 4] = [b"mergeCell ", b" hidden=", b"<f", b":f"];
    const LONGEST: usize = 10;
    let mut held: Vec<u8> = Vec::new();
    loop {
        let kept = held.len().min(LONGEST);
        held.drain(..held.len() - kept);
        match part.by_ref().take(1 << 16).read_to_end(&mut held) {
            Ok(0) | Err(_) => return false,
            Ok(_) if SIGNS.iter().any(|sign| memchr::memmem::find(&held, sign).is_some()) => return true,
            Ok(_) => {}
        }
    }
}

/// `B7` → row 6, column 1.
fn cell_at(place: &str) -> Option<(u32, u32)> {
    let place = place.trim().replace('$', "");
    let letters = place.find(|c: char| !c.is_ascii_alphabetic())?;
    let number = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let column = place[..letters].bytes().take(4).fold(0, |column, letter| column * 26 + number(letter));
    let row: u32 = place[letters..].parse().ok()?;
    let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
    (row < ROWS && column < COLUMNS).then_some((row, column))
}

/// `B7:B9`.
fn area_of(area: &str) -> Option<Area> {
    let (first, last) = area.split_once(':')?;
    let ((top, left), (bottom, right)) = (cell_at(first)?, cell_at(last)?);
    (top <= bottom && left <= right).then_some(Area { rows: (top, bottom), columns: (left, right) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_sheets_name_them() {
        for (place, expected) in [
            ("A1", Some((0, 0))),
            ("$B$7", Some((6, 1))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("XFE1", None),
            ("A0", None),
            ("7", None),
            ("", None),
            ("ZZZZZZZZ1", None),
        ] {
            assert_eq!(cell_at(place), expected, "{place}");
        }
        assert_eq!(area_of("B7:C9"), Some(Area { rows: (6, 8), columns: (1, 2) }));
        assert_eq!(area_of("C9:B7"), None);
    }

    #[test]
    fn an_outline_is_told_from_a_sheet() {
        let sheet = "<sheetData><row r=\"2\" hidden=\"1\"><c r=\"A2\"><f>1+1</f><v></v></c><c r=\"B2\" t=\"str\"><f>x</f><v></v></c>\
                     <c r=\"C2\"><f>0</f><v>0</v></c></row></sheetData><mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>";
        let mut outline = Outline::default();
        assert!(has_outline(sheet.as_bytes()) && !has_outline(&b"<sheetData><row><c><v>1</v></c></row>"[..]));
        Parts { is_unresolved: true, ..Parts::default() }.read(sheet.as_bytes(), &mut outline);
        assert_eq!((outline.merges.len(), outline.hidden_rows), (1, 1));
        let mut unresolved: Vec<(u32, u32)> = outline.unresolved.into_iter().collect();
        unresolved.sort_unstable();
        assert_eq!(unresolved, [(1, 0), (1, 2)]);
    }
}
