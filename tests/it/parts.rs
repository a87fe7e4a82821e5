//! Files that are read in several parts: lines, fates and verdicts are those of a file read in one.

use crate::harness::{program, root};
use baifang::book::Book;
use baifang::judge::judge;
use baifang::lang::Lang;
use baifang::load::{self, Corrections, Finding, Mapping, Options};
use baifang::model::{ManagerId, Month};
use baifang::render::json;
use baifang::report::{Run, check};
use baifang::rules::config::Ruleset;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// About four megabytes of visits with notes that hold newlines and quotes, and the lines of its unusable rows.
fn visits() -> (String, Vec<u64>, u64) {
    let mut text = String::from("visit_id,manager_id,customer_id,mode,started_at,ended_at,note\n");
    let (mut line, mut bad, mut rows) = (2, Vec::new(), 0);
    for number in 0..40_000_u64 {
        let day = number % 28 + 1;
        let note = match number % 7 {
            0 => "\"two\nlines, and a \"\"quoted\"\" word\"".to_owned(),
            3 => "\"three\n\n\"\"lines\"".to_owned(),
            5 => "an inch is 1\"".to_owned(),
            _ => "x".repeat(40),
        };
        let mode = if number % 3_001 == 7 { "by balloon" } else { "onsite" };
        if mode != "onsite" {
            bad.push(line);
        }
        // No two visits are alike but for their numbers: those would have been sent twice.
        let (hour, second) = (8 + number / 25_200, number / 420 % 60);
        let end = if number % 10 == 1 { "07" } else { "12" };
        let times = format!("2026-09-{day:02} {hour:02}:{:02}:{second:02},2026-09-{day:02} {end}:00:00", number % 60);
        writeln!(text, "V{number},M1,C{},{mode},{times},{note}", number % 50).unwrap();
        line += 1 + note.matches('\n').count() as u64;
        rows += 1;
    }
    (text, bad, rows)
}

#[test]
fn lines_and_fates_hold_across_the_borders_of_parts() {
    let folder = tempfile::tempdir().unwrap();
    let (text, bad, rows) = visits();
    assert!(text.len() > 3 << 20, "several parts");
    std::fs::write(folder.path().join("visits.csv"), &text).unwrap();
    std::fs::write(folder.path().join("customers.csv"), "customer_id,name,manager_id\nC1,甲店,M1\n").unwrap();
    let options = ["check", "--data", ".", "--format", "json", "--findings", "all"];
    let output = program(folder.path()).args(options).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let lines: Vec<u64> =
        json["rejected"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, bad);
    let fates = &json["inputs"].as_array().unwrap().iter().find(|input| input["kind"] == "visits").unwrap()["rows"];
    // Visits that differ in nothing but their number were sent twice.
    let kept = fates["used"].as_u64().unwrap() + fates["repeat"].as_u64().unwrap();
    assert_eq!(kept, rows - bad.len() as u64);
    // Each finding of a visit names the line on which that visit stands.
    let all: Vec<&str> = text.lines().collect();
    let named = json["findings"].as_array().unwrap().iter().filter(|finding| !finding["visit_id"].is_null());
    let mut seen = 0;
    for finding in named {
        let line = finding["evidence"][0]["line"].as_u64().unwrap();
        let start = format!("{},", finding["visit_id"].as_str().unwrap());
        assert!(all[line as usize - 1].starts_with(&start), "{finding}");
        seen += 1;
    }
    assert!(seen > 1_000, "{seen} findings of visits");
}

/// What a run says of a folder when files are read so many bytes at a time.
fn told(folder: &Path, month: Option<&str>, piece: usize) -> Vec<u8> {
    let ruleset = Ruleset::built_in();
    let columns = std::fs::read_to_string(folder.join("columns.toml")).unwrap_or_default();
    let mapping = Mapping::parse(&columns, "columns.toml").unwrap();
    let finding = Finding { mapping: &mapping, sheets: &[], encoding: None, most: ruleset.settings.max_unpacked };
    let sources = load::find(Some(folder), &[], &finding).unwrap();
    let options = Options {
        mapping: &mapping,
        area_code: &ruleset.settings.area_code,
        encoding: None,
        max_rejected: ruleset.settings.max_rejected,
        max_unpacked: ruleset.settings.max_unpacked,
        corrections: &Corrections::default(),
        as_of: None,
        excusing: &[],
        quality: &ruleset.settings.quality,
        later_checks: false,
        details: false,
        piece,
        progress: &|_| (),
    };
    let asked = month.map(|month| Month::parse(month).unwrap());
    let begun = load::begin(&sources, &options).unwrap();
    let horizon = begun.horizon().unwrap();
    let month = asked.unwrap_or(Month::of(horizon));
    let loaded = begun.finish(&ruleset.scope(month), horizon).unwrap();
    let book = Book::new(loaded.records, &loaded.accounts.inputs, &ruleset.settings.calendar);
    let managers: Vec<ManagerId> = book.manager_ids().filter(|id| book.is_manager_in(*id, month)).collect();
    let judgement = judge(&book, &loaded.accounts, &ruleset, month, &managers, &|| ());
    let run = Run::new(&judgement, &book, &ruleset, &loaded.accounts, None);
    let mut bytes = Vec::new();
    json::write_lines(&mut bytes, |keys| check::json::tell(&run, Lang::En, keys)).unwrap();
    bytes
}

/// The samples have quoted newlines, three encodings, overlapping files and rows that cannot be used.
#[test]
fn it_is_the_same_however_much_is_read_at_a_time() {
    for sample in ["clean", "office"] {
        let folder = root().join("data-samples").join(sample);
        let whole = told(&folder, None, load::PIECE);
        for piece in [7, 500, 20_000] {
            assert!(told(&folder, None, piece) == whole, "{sample}, {piece} bytes at a time");
        }
    }
}

/// A month that is asked for leaves out other rows while they are read; a month that is found leaves them out later.
#[test]
fn it_is_the_same_whether_the_month_is_known_beforehand() {
    for sample in ["clean", "office"] {
        let folder = root().join("data-samples").join(sample);
        let found = told(&folder, None, load::PIECE);
        let text = String::from_utf8(found.clone()).unwrap();
        let month = text.lines().find_map(|line| line.strip_prefix("\"month\":\"")?.split('"').next()).unwrap();
        assert!(told(&folder, Some(month), load::PIECE) == found, "{sample}, {month}");
        assert!(told(&folder, Some(month), 300) == found, "{sample}, {month}, piece by piece");
    }
}

/// Rows name their customers by small numbers, and those that are not kept use some up too: here more of them stand in one
/// piece than there are such numbers.
#[test]
fn rows_that_are_passed_over_use_up_no_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("manager_id,customer_id,mode,started_at,tool\n");
    for number in 0..66_000 {
        writeln!(text, "M1,X{number},web,2026-05-11 08:00,").unwrap();
    }
    for number in 0..60 {
        writeln!(text, "M1,C{number},web,2026-09-{:02} 08:00,", number % 28 + 1).unwrap();
    }
    std::fs::write(folder.path().join("visits.csv"), &text).unwrap();
    let customers: String = (0..60).map(|number| format!("C{number},店,M1\n")).collect();
    std::fs::write(folder.path().join("customers.csv"), format!("customer_id,name,manager_id\n{customers}")).unwrap();
    let by_pieces = told(folder.path(), Some("2026-09"), load::PIECE);
    assert!(told(folder.path(), Some("2026-09"), 64 << 20) == by_pieces);
    assert!(String::from_utf8(by_pieces).unwrap().contains("\"unknown_customers\":[]"));
}

/// A mistyped year, twice: the second row is a repeat and not stray once more, whether the month was known or not.
#[test]
fn a_repeat_of_a_stray_row_is_a_repeat() {
    let folder = tempfile::tempdir().unwrap();
    let visit = |date: &str| format!("M1,C1,onsite,{date} 08:00:00\n");
    let dates = ["2026-08-31", "2026-09-01", "2026-09-02", "2062-09-03", "2062-09-03"];
    let visits: String = dates.iter().map(|date| visit(date)).collect();
    std::fs::write(folder.path().join("visits.csv"), format!("manager_id,customer_id,mode,started_at\n{visits}"))
        .unwrap();
    std::fs::write(folder.path().join("customers.csv"), "customer_id,name,manager_id\nC1,甲店,M1\n").unwrap();
    let found = told(folder.path(), None, load::PIECE);
    assert!(told(folder.path(), Some("2026-09"), load::PIECE) == found);
    let text = String::from_utf8(found).unwrap();
    assert!(text.contains(r#""set_aside":1,"repeat":1"#), "{text}");
}
