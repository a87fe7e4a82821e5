//! Workbooks and packed files that are damaged, or made to do harm: a message, never an abort, with little memory; and those
//! that are only written oddly: read as what they say.
#![cfg(unix)]

use crate::harness::*;
use std::io::{Cursor, Write};
use std::process::Command;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TEXTS: [&str; 9] =
    ["manager_id", "customer_id", "mode", "started_at", "M1", "C1", "onsite", "2026-09-07 08:00", "M2"];
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of one sheet with these rows and shared texts, and one part more.
fn workbook(rows: &str, texts: &str, more: (&str, &[u8])) -> Vec<u8> {
    let relation = |id: &str, kind: &str, to: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{to}\"/>")
    };
    let relations = |all: String| format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>");
    let part = |name: &str, kind: &str| {
        format!(
            "<Override PartName=\"/xl/{name}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml\"/>"
        )
    };
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{}{}{}</Types>",
        part("workbook", "sheet.main"),
        part("worksheets/sheet1", "worksheet"),
        part("sharedStrings", "sharedStrings"),
    );
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"v\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let of_book =
        relation("r1", "worksheet", "worksheets/sheet1.xml") + &relation("r2", "sharedStrings", "sharedStrings.xml");
    let sheet = format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
    let parts = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", &relations(relation("r1", "officeDocument", "xl/workbook.xml")).into_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", &relations(of_book).into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", texts.as_bytes()),
        more,
    ];
    zipped(&parts, CompressionMethod::Deflated)
}

fn zipped(parts: &[(&str, &[u8])], how: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default().compression_method(how)).expect("memory takes any part");
        archive.write_all(bytes).expect("memory takes any part");
    }
    archive.finish().expect("memory takes any archive").into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("memory takes any bytes");
    packer.finish().expect("memory takes any bytes")
}

fn texts() -> String {
    let all: String = TEXTS.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    format!("<sst xmlns=\"{MAIN}\" uniqueCount=\"9\">{all}</sst>")
}

const HEADER: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>\
                      <c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c></row>";

/// A visit: its row, the place of its first cell, and the index of who made it.
fn visit(row: &str, place: &str, manager: &str) -> String {
    format!(
        "{HEADER}<row r=\"{row}\"><c r=\"{place}\" t=\"s\"><v>{manager}</v></c><c r=\"B2\" t=\"s\"><v>5</v></c>\
         <c r=\"C2\" t=\"s\"><v>6</v></c><c r=\"D2\" t=\"s\"><v>7</v></c></row>"
    )
}

/// Runs `check` on the visits with less than 1 GB of memory.
fn check(name: &str, visits: &[u8]) -> Ran {
    let site = Site::ruled(&["onsite-share"], "[input]\nmax_unpacked_mb = 8\n").customers(1);
    let site = site.with(&format!("data/{name}"), visits);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v 1048576; exec {PROGRAM} check --data data --month 2026-09 --format json")]);
    Ran::of(shell.current_dir(site.folder.path()).env("LC_ALL", "C").env_remove("LANG"))
}

fn refused(name: &str, visits: &[u8], because: &str) {
    let ran = check(name, visits);
    assert_eq!(ran.code, 2, "{name}, {because}: {}", ran.out);
    assert!(ran.err.contains(because), "{because}: {}", ran.err);
}

#[test]
fn places_and_indexes_that_no_sheet_has_are_damage() {
    let with = |rows: String| workbook(&rows, &texts(), ("x", b""));
    for index in ["9", "8.0", "-1", "+8", "x", "0x8", "99999999999999999999"] {
        refused("visits.xlsx", &with(visit("2", "A2", index)), "the index of a text");
    }
    for row in ["0", "1048577", "4294967298", "-2", "x"] {
        refused("visits.xlsx", &with(visit(row, "A2", "4")), "the number of a row");
    }
    for place in ["A4294967298", "A0", "2", "A", "XFE2", "ZZZZZZZ2"] {
        refused("visits.xlsx", &with(visit("2", place, "4")), "the place of a cell");
    }
}

#[test]
fn blanks_and_comments_in_a_value_are_nothing() {
    for index in [" 8\n", "<!-- x -->8", "<![CDATA[8]]>", "&#56;", "<!-- x -->\n 8 <!-- y -->"] {
        let ran = check("visits.xlsx", &workbook(&visit("2", "A2", index), &texts(), ("x", b"")));
        assert!(ran.json().managers().contains(&"M2".to_owned()), "{index}: {}", ran.out);
    }
}

#[test]
fn what_would_fill_the_memory_is_refused() {
    let visits = visit("2", "A2", "4");
    let announced =
        |before: &str, count: &str| format!("{before}<sst xmlns=\"{MAIN}\" {count}><si><t>a</t></si></sst>");
    let comment = format!("<!--{}-->", "x".repeat(9_000));
    for texts in
        [announced("", "uniqueCount=\"4000000000\""), announced(&comment, "count='1'\n uniqueCount\t=\n'4000000000'")]
    {
        refused("visits.xlsx", &workbook(&visits, &texts, ("x", b"")), "the number of its texts");
    }
    let wide: String = (3..8_300).map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")).collect();
    refused("visits.xlsx", &workbook(&(visits.clone() + &wide), &texts(), ("x", b"")), "more in it than 8 MB");
    // One text of 30 KB that many cells name: it is written out for each of them.
    let long = texts().replace("</sst>", &format!("<si><t>{}</t></si></sst>", "x".repeat(30_000)));
    let last = long.matches("<si>").count() - 1;
    let named = |n: u32| -> String {
        (3..3 + n).map(|row| format!("<row r=\"{row}\"><c r=\"Z{row}\" t=\"s\"><v>{last}</v></c></row>")).collect()
    };
    refused("visits.xlsx", &workbook(&(visits.clone() + &named(300)), &long, ("x", b"")), "more in it than 8 MB");
    let ran = check("visits.xlsx", &workbook(&(visits.clone() + &named(200)), &long, ("x", b"")));
    assert!(!ran.err.contains("more in it than 8 MB"), "{}", ran.err);
    let zeros = vec![0; 9 << 20];
    refused("visits.xlsx", &workbook(&visits, &texts(), ("xl/media/x.bin", &zeros)), "more in it than 8 MB");
    let rows = [&b"manager_id,customer_id,mode,started_at\n"[..], &b"M1,C1,onsite,2026-09-07 08:00\n".repeat(200_000)]
        .concat();
    let (one, other) = (("visits1.csv", &rows[..]), ("visits2.csv", &rows[..]));
    refused("visits.zip", &zipped(&[one, other], CompressionMethod::Deflated), "more in it than 8 MB");
    refused("visits.csv.gz", &gzipped(&[&rows[..], &rows].concat()), "more in it than 8 MB");
    refused("visits.csv.gz", &gzipped(&zeros), "visits.csv.gz: ");
    // One of them alone is not too much.
    let ran = check("visits.csv.gz", &gzipped(&rows));
    assert_eq!(ran.json().input("visits.csv.gz")["rows"]["used"], 1);
}

#[test]
fn rejected_rows_are_no_more_than_can_be_kept() {
    let rows = [&b"manager_id,customer_id,mode,started_at\n"[..], &b"M1,C,x,\n".repeat(1_000_001)].concat();
    let site = Site::ruled(&["onsite-share"], "[input]\nmax_rejected_percent = 100\n").customers(1);
    let site = site.with("data/visits.csv", rows);
    assert!(site.stopped("").contains("visits.csv: more than 1000000 rows of it cannot be used"));
}

#[test]
fn a_changed_byte_of_a_part_is_damage() {
    let stored = {
        let whole = workbook(&visit("2", "A2", "4"), &texts(), ("x", b""));
        let mut archive = zip::ZipArchive::new(Cursor::new(whole)).expect("an archive");
        let parts: Vec<(String, Vec<u8>)> = (0..archive.len())
            .map(|number| {
                let mut part = archive.by_index(number).expect("a part");
                let mut bytes = Vec::new();
                std::io::Read::read_to_end(&mut part, &mut bytes).expect("its bytes");
                (part.name().expect("a name").into_owned(), bytes)
            })
            .collect();
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect();
        zipped(&parts, CompressionMethod::Stored)
    };
    for (from, to) in [("<v>4</v>", "<v>8</v>"), ("<t>M1</t>", "<t>M2</t>")] {
        let mut spoilt = stored.clone();
        let at = memchr::memmem::find(&spoilt, from.as_bytes()).expect("it is there");
        spoilt.splice(at..at + from.len(), to.bytes());
        refused("visits.xlsx", &spoilt, "the workbook is damaged");
    }
    assert_ne!(check("visits.xlsx", &stored).code, 2);
}
