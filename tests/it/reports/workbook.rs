//! The workbook, read back: equal to the judgement, typed, the same bytes again, harmless whatever the data hold.

use super::figures::{of_json, run};
use super::read::{self, count, sheets};
use crate::harness::tools;
use crate::harness::trials::Outcome;
use crate::harness::*;
use calamine::{Data, DataType, Reader, Xlsx};
use std::collections::BTreeMap;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data-samples");
const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules.toml");

/// A report of a sample as a file.
fn report(sample: &str, options: &str, name: &str) -> (Site, Vec<u8>) {
    let site = Site::bare();
    let ran = site.run(&format!("report --data {SAMPLES}/{sample} --rules {RULES} {options} -o {name}"));
    assert_ne!(ran.code, 2, "{options}: {}", ran.err);
    assert!(ran.err.is_empty(), "{}", ran.err);
    let bytes = read(&site.path(name));
    (site, bytes)
}

#[test]
fn the_workbook_says_what_check_says() {
    for (sample, options) in
        [("clean", "--month 2026-09"), ("office", "--month 2026-09"), ("clean", "--month 2026-09 --as-of 2026-09-15")]
    {
        let json = run("check", sample, &format!("{options} --format json")).json();
        let (_, bytes) = report(sample, &format!("{options} --lang en"), "report.xlsx");
        let sheets = sheets(bytes);
        assert_eq!(read::of_xlsx(&sheets), of_json(&json), "{sample} {options}");
        let (mut found, mut expected) = (BTreeMap::new(), BTreeMap::new());
        for row in sheets[4].1.iter().skip(1) {
            *found.entry((row[0].to_string(), row[3].to_string())).or_insert(0) += 1;
        }
        for finding in json.list("findings") {
            *expected.entry((text(&finding["manager_id"]), text(&finding["rule"]))).or_insert(0) += 1;
        }
        assert_eq!(found, expected, "{sample} {options}");
    }
}

/// A length of time, or a time of day.
fn is_time(cell: &Data, length: bool) -> bool {
    matches!(cell, Data::DateTime(time) if time.is_duration() == length && (0.0..1.0).contains(&time.as_f64()))
}

#[test]
fn the_sheets_are_named_in_the_language_and_hold_types() {
    let zh = sheets(report("clean", "--month 2026-09 --lang zh", "report.xlsx").1);
    let names: Vec<&str> = zh.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["汇总", "图表", "矩阵", "每日", "明细", "数据质量", "口径"]);
    let en = sheets(report("clean", "--month 2026-09 --lang en", "report.xlsx").1);
    let names: Vec<&str> = en.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Summary", "Charts", "Matrix", "Days", "Findings", "Data quality", "Definitions"]);
    for days in [&zh[3].1, &en[3].1] {
        for row in &days[1..] {
            assert!(matches!((&row[0], &row[3]), (Data::String(_), Data::DateTime(_))), "{row:?}");
            assert!(row[6].is_empty() || is_time(&row[6], true), "{row:?}");
            assert!(row[8].is_empty() || is_time(&row[8], false), "{row:?}");
            if let Some(share) = row[10].as_f64() {
                assert_eq!(share, count(&row[11]) as f64 / count(&row[12]) as f64);
            }
        }
    }
    let short: Vec<String> = en[3].1.iter().filter(|row| row[7] == "✗").map(|row| row[0].to_string()).collect();
    assert_eq!(short, ["M002"; 3]);
    assert!(zh[4].1.iter().skip(1).all(|row| !row[9].is_empty() ^ !row[10].is_empty()), "a date, or else a period");
}

#[test]
fn the_same_report_is_the_same_bytes() {
    for name in ["report.xlsx", "report.pdf"] {
        let (_, one) = report("clean", "--month 2026-09 --lang zh", name);
        let site = Site::bare();
        let line = format!("report --data {SAMPLES}/clean --rules {RULES} --month 2026-09 --lang zh -o {name}");
        let ran = Ran::of(site.command(&line).env("RAYON_NUM_THREADS", "1"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(one == read(&site.path(name)), "{name}");
    }
}

/// The text of a part of the package, by the record of it at the file's end (ISO/IEC 21320-1).
fn part(bytes: &[u8], name: &str) -> String {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let half = |at: usize| u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()) as usize;
    let records = (0..bytes.len() - 46).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02"));
    let named = |at: &usize| bytes[at + 46..].starts_with(name.as_bytes()) && half(at + 28) == name.len();
    let at = records.into_iter().find(named).unwrap_or_else(|| panic!("no {name}"));
    let begin = word(at + 42);
    let data = begin + 30 + half(begin + 26) + half(begin + 28);
    let mut text = String::new();
    let mut inflated = flate2::read::DeflateDecoder::new(&bytes[data..data + word(at + 20)]);
    std::io::Read::read_to_string(&mut inflated, &mut text).expect("XML");
    text
}

#[test]
fn sheets_filter_keep_their_heads_colour_themselves_and_print_on_a4() {
    let (_, bytes) = report("clean", "--month 2026-09 --lang zh", "report.xlsx");
    for number in [1, 3, 4, 5, 6, 7] {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(sheet.contains("paperSize=\"9\"") && sheet.contains("orientation=\"landscape\""), "{number}");
        assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>") && sheet.contains("fitToHeight=\"0\""), "{number}");
        if (3..=5).contains(&number) {
            assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter"), "{number}");
        }
        if number <= 4 && number != 2 {
            assert!(sheet.contains("<conditionalFormatting"), "{number}");
        }
    }
    let charts = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(charts.contains("scale=\"80\"") && charts.contains("<rowBreaks"), "charts are printed whole: {charts}");
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    assert!(part(&bytes, "xl/charts/chart1.xml").contains("<c:barDir val=\"bar\"/>"), "the rules that fail");
    assert!(part(&bytes, "xl/charts/chart9.xml").contains("<c:lineChart>"), "three months");
    assert!(part(&bytes, "docProps/core.xml").contains("2026-09-01T00:00:00Z"), "no clock is asked");
}

/// Ids like numbers, names like formulas, control characters and a branch of 40,000 characters.
fn hostile() -> Site {
    let branch = "东".repeat(40_000);
    Site::judging(&["onsite-share", "must-onsite", "archive"])
        .with(
            "data/customers.csv",
            format!(
                "customer_id,name,manager_id,manager_name,branch,must_onsite\n\
                 00420,\"=HYPERLINK(\"\"http://e.org\"\",\"\"x\"\")\",0042,=1+1,{branch},yes\n\
                 -12,@a\u{1}b\u{8}_x0041_,0042,=1+1,{branch},yes\n"
            ),
        )
        .visits("0042,00420,phone,2026-09-07 08:00,,\n")
}

#[test]
fn nothing_in_the_data_runs_or_breaks_the_workbook() {
    let site = hostile();
    let ran = site.run("report --data data --as-of 2026-09-30 --lang en -o r.xlsx");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let bytes = read(&site.path("r.xlsx"));
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes.clone())).expect("a workbook");
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("a sheet");
        assert!(formulas.rows().flatten().all(String::is_empty), "{name}");
    }
    let sheets = sheets(bytes);
    let row = &sheets[2].1[1];
    assert_eq!((&row[0], &row[1]), (&Data::String("0042".into()), &Data::String("=1+1".into())));
    let branch = row[2].to_string();
    assert_eq!(branch.chars().count(), 32_767);
    assert!(branch.ends_with("东…"));
    let customers: Vec<&Data> = sheets[4].1.iter().skip(1).map(|row| &row[11]).collect();
    assert!(customers.contains(&&Data::String("00420".into())) && customers.contains(&&Data::String("-12".into())));
    let names: Vec<String> = sheets[4].1.iter().skip(1).map(|row| row[12].to_string()).collect();
    assert!(names.contains(&"=HYPERLINK(\"http://e.org\",\"x\")".to_owned()), "{names:?}");
    assert!(names.contains(&"@a\u{fffd}b\u{fffd}_x0041_".to_owned()), "{names:?}");
}

#[test]
fn libreoffice_opens_the_workbook_and_prints_every_sheet() -> Outcome {
    for (lang, sheets) in [
        ("zh", ["汇总", "图表", "矩阵", "每日", "明细", "数据质量", "口径"]),
        ("en", ["Summary", "Charts", "Matrix", "Days", "Findings", "Data quality", "Definitions"]),
    ] {
        let (site, _) = report("clean", &format!("--month 2026-09 --lang {lang}"), "report.xlsx");
        let pdf = tools::printed(&site.path("report.xlsx"))?;
        let text = tools::poppler("pdftotext", &["-layout"], &pdf)?;
        for sheet in sheets {
            assert!(text.contains(sheet), "{lang}: {sheet}");
        }
        assert!(text.contains("M006"), "{lang}");
    }
    let site = hostile();
    assert_eq!(site.run("report --data data --lang en -o r.xlsx").code, 0);
    tools::printed(&site.path("r.xlsx"))?;
    Ok(())
}
