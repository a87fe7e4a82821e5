//! Rejected rows: written out byte for byte, limited, or forbidden (SPEC §2.3).

use crate::harness::*;
use std::collections::BTreeMap;
use std::path::Path;

const HEADER: &str = "客户经理编号,客户编码,拜访方式,到店时间,备注";

fn site() -> Site {
    Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 70\n").customers(2)
}

/// The files of a folder by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), read(&path)))
        .collect()
}

/// Good and bad rows in one encoding; the rejects hold the header and the bad rows, every byte as it was.
fn assert_byte_for_byte(encode: impl Fn(&str) -> Vec<u8>, mark: &[u8]) {
    let title = "9月拜访记录,,,,\r\n";
    let header = format!(" {HEADER} \r\n");
    let good = "M1,C1,实地,2026-09-07 08:00,\"多行\r\n备注，一\"\r\n";
    let bad_one = "M1 ,'C1,游泳 ,2026-09-07 09:00,\"引号\"\"内\r\n换行\"\r\n";
    let bad_two = "=\"M1\",C2,实地,2026/13/7 8:00,好\r\n";
    let last = "M1,C2,实地,never,末行";
    let visits = [mark, &encode(&[title, &header, bad_one, good, bad_two, good, good, "\r\n", last].concat())].concat();
    let site = site().with("data/visits.csv", visits);
    let json = site.check("--rejects out/rejects");
    assert_eq!(json.fates("visits.csv"), "used 1, blank 1, repeat 2, rejected 3");
    let written = files(&site.path("out/rejects"));
    assert_eq!(written.keys().collect::<Vec<_>>(), ["reasons.csv", "visits.csv"]);
    let expected = [mark, &encode(&[&header, bad_one, bad_two, last].concat())].concat();
    assert_eq!(written["visits.csv"], expected);

    let sha256 = text(&json.input("visits.csv")["sha256"]);
    let reasons = String::from_utf8(written["reasons.csv"].clone()).expect("UTF-8");
    let rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(reasons.as_bytes())
        .records()
        .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(rows[0], ["file", "sha256", "line", "column", "cell", "reason"]);
    let places = [["3", "mode", "游泳"], ["7", "started_at", "2026/13/7 8:00"], ["13", "started_at", "never"]];
    assert_eq!(rows.len(), 1 + places.len());
    for (row, [line, column, cell]) in rows[1..].iter().zip(places) {
        assert_eq!(row[..5], ["visits.csv", &sha256, line, column, cell]);
        assert!(!row[5].is_empty());
    }
}

#[test]
fn rejected_rows_are_written_byte_for_byte() {
    assert_byte_for_byte(|text| text.as_bytes().to_vec(), b"");
    assert_byte_for_byte(|text| text.as_bytes().to_vec(), b"\xef\xbb\xbf");
    assert_byte_for_byte(gb18030, b"");
    assert_byte_for_byte(|text| utf16(text, true)[2..].to_vec(), b"\xff\xfe");
    assert_byte_for_byte(|text| utf16(text, false)[2..].to_vec(), b"\xfe\xff");
}

#[test]
fn undecodable_rows_keep_their_bytes() {
    let good: String = (1..=20).map(|i| format!("M1,C1,实地,2026-09-07 08:{i:02},好\n")).collect();
    let broken = b"M1,C2,\x80\xff\xfe,2026-09-07 10:00,x\n";
    let head = format!("{HEADER}\n");
    for encode in [|text: &str| text.as_bytes().to_vec(), gb18030] {
        let site = site().with("data/visits.csv", [&encode(&head)[..], &encode(&good), broken].concat());
        let json = site.check("--rejects rejects");
        assert_eq!(json.rejected("visits.csv"), ["22"]);
        assert_eq!(files(&site.path("rejects"))["visits.csv"], [&encode(&head)[..], broken].concat());
    }
}

#[test]
fn only_inputs_with_rejected_rows_are_written() {
    let site = site()
        .visits("M1,C1,onsite,2026-09-07 08:00,,\n")
        .with("data/plans.csv", "manager_id,customer_id,date\nM1,C1,2026-09-07\nM1,C1,tomorrow\n");
    site.check("--rejects rejects");
    assert_eq!(files(&site.path("rejects")).into_keys().collect::<Vec<_>>(), ["plans.csv", "reasons.csv"]);
}

/// Files of one name in two folders do not overwrite each other.
#[test]
fn inputs_of_one_name_are_kept_apart() {
    let visits =
        |rejected: &str| format!("{VISITS}M1,C1,onsite,2026-09-07 08:00,,\nM1,C1,{rejected},2026-09-07 09:00,,\n");
    let site = site().with("a/visits.csv", visits("rowing")).with("b/visits.csv", visits("diving"));
    let line =
        "check --customers data/customers.csv --visits a/visits.csv --visits b/visits.csv --format json --rejects r";
    assert_eq!(site.run(line).code, 3);
    let written = files(&site.path("r"));
    assert_eq!(written.len(), 3);
    let all: String = written
        .iter()
        .filter(|(name, _)| *name != "reasons.csv")
        .map(|(_, bytes)| String::from_utf8_lossy(bytes))
        .collect();
    assert!(all.contains("rowing") && all.contains("diving"), "{all}");
    let reasons = String::from_utf8_lossy(&written["reasons.csv"]).into_owned();
    assert!(reasons.contains("a/visits.csv") && reasons.contains("b/visits.csv"), "{reasons}");
}

/// 5 percent is the limit of the shipped rules.toml, and exactly 5 percent comply.
#[test]
fn more_rejected_rows_than_the_limit_stop_the_run() {
    let visits = |good: usize, rejected: usize| -> String {
        let good = (0..good).map(|i| format!("M1,C{i},onsite,2026-09-07 08:00,,\n"));
        good.chain((0..rejected).map(|i| format!("M1,C{i},swimming,2026-09-07 09:00,,\n"))).collect()
    };
    let site = Site::bare().customers(1);
    let site = site.visits(&visits(209, 11));
    assert_eq!(site.check("--fail-on never").fates("visits.csv"), "used 209, rejected 11", "11 of 220");
    let site = site.visits(&visits(208, 11));
    let message = site.stopped("--lang en");
    assert!(message.contains("visits.csv") && message.contains("11 of 219"), "{message}");
    // The limit is per file and can have decimals; the rows of other files do not thin it out.
    let site = site.with("rules.toml", "[input]\nmax_rejected_percent = 5.02\n");
    site.stopped("");
    let site = site.with("rules.toml", "[input]\nmax_rejected_percent = 5.03\n");
    assert_eq!(site.check("--fail-on never").fates("visits.csv"), "used 208, rejected 11");
    let site = site.with("rules.toml", "[input]\nmax_rejected_percent = 0\n");
    site.stopped("");
    // Ten rows stop no run.
    let site = site.visits(&visits(1, 10));
    assert_eq!(site.check("--fail-on never").fates("visits.csv"), "used 1, rejected 10");
}

/// A run that stops leaves nothing behind, not even the folder.
#[test]
fn strict_stops_at_a_rejected_row_or_a_bad_cell() {
    let good = "M1,C1,onsite,2026-09-07 08:00,,\n";
    let mut site = site().visits(good);
    assert_eq!(site.check("--strict --rejects rejects").code, 0);
    assert_eq!(files(&site.path("rejects")).into_keys().collect::<Vec<_>>(), ["reasons.csv"]);
    for bad in ["M1,C1,swimming,2026-09-07 08:00,,\n", "M1,C1,onsite,2026-09-07 08:00,late,\n"] {
        site = site.visits(&format!("{good}{bad}"));
        let message = site.stopped("--strict --rejects more -o out.json");
        assert!(message.contains("visits.csv:3") && !site.path("more").exists() && !site.path("out.json").exists());
        assert_ne!(site.run("check --data data --fail-on never").code, 2, "without --strict it runs");
    }
    // A row that is cut off by the end of the file, and one with more cells than the header, are rejected rows.
    site = site.visits(&format!("{good}M1,C1,onsite,2026-09-07 09:00,,,,extra\nM1,C1,onsite"));
    let message = site.stopped("--strict");
    assert!(message.contains("visits.csv:3"), "{message}");
    assert_eq!(site.check("").fates("visits.csv"), "used 1, rejected 2");
}
