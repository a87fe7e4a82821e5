//! Damaged workbooks and packed files: on the outside, and in the parts that a check sum would have protected.

use super::{Dice, assert_ends_well, assert_readable, cases, damage, run, sample};
use crate::harness::root;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::{Cursor, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Numbers and words at the edge of what workbooks hold.
const NASTY: [&str; 24] = [
    "1048577",
    "4294967296",
    "99999999999999999999",
    "-1",
    "1e999",
    "NaN",
    "2958466",
    "1E-320",
    "A1048576",
    "XFD1",
    "ZZZZZZZ9",
    "A0",
    "A1:XFD1048576",
    "#SPILL!",
    "t=\"e\"",
    "t=\"d\"",
    "t=\"inlineStr\"",
    "s=\"99\"",
    "</row>",
    "</sheetData>",
    "<c><v>1</v></c>",
    "&#0;",
    "&amp",
    "_x000D_",
];

/// A few visits with every kind of cell.
fn visits() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("拜访").expect("a name");
    let format = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    for (column, name) in (0..).zip(["manager_id", "customer_id", "mode", "started_at", "planned", "lon", "note"]) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    for row in 1..9 {
        let at = ExcelDateTime::parse_from_str(&format!("2026-09-{:02} 08:05:31", row + 6)).expect("a moment");
        sheet.write_string(row, 0, format!("M00{}", row % 3)).expect("a cell");
        sheet.write_number(row, 1, 1_000 + row).expect("a cell");
        sheet.write_string(row, 2, "onsite").expect("a cell");
        sheet.write_datetime_with_format(row, 3, at, &format).expect("a cell");
        sheet.write_boolean(row, 4, row % 2 == 0).expect("a cell");
        sheet.write_formula(row, 5, rust_xlsxwriter::Formula::new("=1+1").set_result("117.1")).expect("a cell");
        sheet.write_string(row, 6, "a,\"b\"\nc").expect("a cell");
    }
    book.save_to_buffer().expect("memory takes any workbook")
}

fn fixture(kind: &str) -> Vec<u8> {
    let path = root().join(format!("tests/workbooks/september/{kind}.xls"));
    std::fs::read(path).expect("the fixture")
}

/// Puts something nasty in place of what stands between two marks of XML.
fn spoil_xml(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let start = dice.below(bytes.len() + 1);
        let is_mark = |byte: &u8| matches!(byte, b'<' | b'>' | b'"');
        let Some(from) = bytes[start..].iter().position(is_mark).map(|offset| start + offset + 1) else { continue };
        let upto = bytes[from..].iter().position(is_mark).map_or(bytes.len(), |offset| from + offset);
        bytes.splice(from..upto, dice.of(&NASTY).bytes());
    }
}

/// The workbook with one of its parts damaged, and packed again as if nothing were the matter.
fn with_a_spoilt_part(workbook: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("an archive");
    let victim = dice.below(archive.len());
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        let is_sheet = part.name().expect("a name").ends_with("sheet1.xml");
        if number == victim || (is_sheet && dice.below(2) == 0) {
            match dice.below(3) {
                0 => damage(&mut bytes, dice, workbook),
                _ => spoil_xml(&mut bytes, dice),
            }
        }
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        written.start_file(part.name().expect("a name").as_ref(), stored).expect("memory takes any part");
        written.write_all(&bytes).expect("memory takes any part");
    }
    written.finish().expect("memory takes any archive").into_inner()
}

/// Some bytes changed, few enough that the rest still makes sense.
fn flip(bytes: &mut [u8], dice: &mut Dice) {
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        bytes[at] = [0, 0xff, 0x80, bytes[at] ^ 1 << dice.below(8), dice.next() as u8][dice.below(5)];
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).expect("memory takes any bytes");
    packer.finish().expect("memory takes any bytes")
}

#[test]
fn any_bytes_in_a_wrapping_end_in_a_result_or_a_message() {
    let customers = sample("clean").into_iter().find(|(name, _)| name == "customers.csv").expect("customers").1;
    let text = sample("clean").into_iter().find(|(name, _)| name == "visits.csv").expect("visits").1;
    let (new, old) = (visits(), fixture("visits"));
    let results = AtomicU64::new(0);
    let tried = cases(200, |dice| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (name, bytes) = match dice.below(7) {
            0 => {
                let mut bytes = packed(&text);
                damage(&mut bytes, dice, &new);
                ("visits.csv.gz", bytes)
            }
            1 => {
                let mut bytes = text.clone();
                damage(&mut bytes, dice, &new);
                ("visits.csv.gz", packed(&bytes))
            }
            2 => {
                let mut bytes = new.clone();
                damage(&mut bytes, dice, &old);
                ("visits.xlsx", bytes)
            }
            3 => {
                let mut bytes = old.clone();
                damage(&mut bytes, dice, &new);
                ("visits.xls", bytes)
            }
            4 => {
                let mut bytes = old.clone();
                flip(&mut bytes, dice);
                ("visits.xls", bytes)
            }
            _ => ("visits.xlsx", with_a_spoilt_part(&new, dice)),
        };
        std::fs::write(folder.path().join("customers.csv"), &customers).expect("the file is written");
        std::fs::write(folder.path().join(name), bytes).expect("the file is written");
        if dice.below(30) == 0 {
            assert_ends_well(folder.path());
        }
        match run(folder.path(), dice) {
            Ok(_) => drop(results.fetch_add(1, Ordering::Relaxed)),
            Err(trouble) => assert_readable(&trouble),
        }
    });
    assert!(tried == 1 || results.into_inner() * 10 > tried, "some damage is survived");
}
