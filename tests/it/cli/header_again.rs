//! A header that stands once more among the rows, and rows that are wider than any table (SPEC §2.3, §4).

use super::tables::{CUSTOMERS, HEADER, bytes, sheet, visit};
use crate::harness::*;
use rust_xlsxwriter::Workbook;
use std::io::Write;

/// Visits below each other, the second part under a header of its own.
fn stacked(second: &str, row: &str) -> String {
    format!("{HEADER}\n{}\n{second}\n{row}\n", visit("M1", "C1", 7))
}

fn site(visits: impl AsRef<[u8]>) -> Site {
    Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS).with("data/visits.csv", visits)
}

/// Case, language and spelling change nothing in what stands where.
#[test]
fn a_header_repeated_in_any_spelling_is_no_row() {
    let row = visit("M2", "C2", 8);
    for second in [
        HEADER,
        "manager_id,customer_id,mode,started_at,ended_at",
        "Manager_ID, CUSTOMER_ID ,Mode,Started_At,Ended_At",
        "工号,客户编号,拜访方式,签到时间,签退时间",
        "\u{feff}客户经理编号,客户编码,拜访方式,到店时间,离店时间",
        "客户经理编号,客户编码,拜访方式,到店时间,",
    ] {
        let json = site(stacked(second, &row)).check("");
        assert_eq!(json.fates("visits.csv"), "used 2, total 1", "{second}");
    }
}

/// Rows below a header in another order would be read under the wrong columns: manager and customer have changed places.
#[test]
fn a_header_in_another_order_stops_the_run_at_its_line() {
    let mut moved =
        vec!["manager_id,customer_id,started_at,mode,ended_at", "客户编码,客户经理编号,拜访方式,到店时间,离店时间"];
    // A column less in front, and one that the header above does not have.
    moved.extend([
        "客户编码,拜访方式,到店时间,离店时间",
        "客户经理编号,客户编码,拜访方式,到店时间,备注",
        "离店时间,到店时间",
    ]);
    for second in moved {
        let site = site(stacked(second, "C2,M2,实地,2026-09-08 08:05,2026-09-08 08:45"));
        for command in ["check", "lint"] {
            let ran = site.run(&format!("{command} --data data --lang en"));
            assert_eq!(ran.code, 2, "{second}");
            let said = "visits.csv:3: the header stands here again with its columns in another order than on line 1";
            assert!(ran.err.contains(said), "{}", ran.err);
        }
    }
    // What is no header is a row, and rejected by itself.
    for row in ["客户编码,好店,实地,x,", "备注", "离店时间"] {
        let json = site(stacked(row, &visit("M2", "C2", 8))).check("");
        assert_eq!(json.fates("visits.csv"), "used 2, rejected 1", "{row}");
    }
}

/// Likewise in a sheet, below a title, and far into a file that is read in parts.
#[test]
fn it_is_found_in_sheets_and_far_into_a_file() {
    let mut book = Workbook::new();
    let second = "客户编码,客户经理编号,拜访方式,到店时间,离店时间";
    let rows = ["某月拜访", HEADER, &visit("M1", "C1", 7), "", second, "C2,M2,实地,2026-09-08 08:05,"];
    sheet(&mut book, "明细", &rows);
    let in_sheet = Site::bare().with("data/customers.csv", CUSTOMERS).with("data/visits.xlsx", bytes(book));
    assert!(in_sheet.stopped("--lang en").contains("visits.xlsx:5: the header stands here again"));
    let many: String = (0..200_000).map(|_| visit("M1", "C1", 7) + "\n").collect();
    let far = site(format!("{HEADER}\n{many}{second}\nC2,M2,实地,2026-09-08 08:05,\n{many}"));
    assert!(far.stopped("").contains("visits.csv:200002: the header stands here again"), "{}", far.stopped(""));
}

/// Nothing but delimiters: a row of them is one rejected row, a header of them stops the run, and neither fills the memory.
#[test]
fn rows_wider_than_any_table_are_told_before_they_are_taken_apart() {
    let commas = |n: usize| ",".repeat(n);
    let rows = format!("{HEADER}\n{}\n", visit("M1", "C1", 7));
    for (n, rejected) in [(16_383 - 4, 0), (16_384 - 4, 1), (200_000, 1)] {
        for row in [format!("{}{}\n", visit("M2", "C2", 8), commas(n)), format!("\"M\"\"2\"{}\n", commas(n + 4))] {
            let json = site(format!("{rows}{row}")).check("");
            let is_grammar = row.starts_with('"');
            let expected = usize::from(rejected == 1 || is_grammar);
            assert_eq!(json.list("rejected").len(), expected, "{n}");
            if rejected == 1 {
                assert_eq!(json.list("rejected")[0]["reason"], "more than 16384 cells");
            }
        }
    }
    for (n, said) in
        [(16_383, "no column for manager_id"), (16_384, "visits.csv:1: this row has more than 16384 columns")]
    {
        let stopped = site(format!("a{}\n", commas(n))).stopped("");
        assert!(stopped.contains(said), "{n}: {}", &stopped[..stopped.len().min(300)]);
    }
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(rows.as_bytes()).expect("packed");
    (0..10).for_each(|_| packer.write_all(commas(1_000_000).as_bytes()).expect("packed"));
    let packed = packer.finish().expect("packed");
    let site = Site::judging(&["must-onsite"]).with("data/customers.csv", CUSTOMERS);
    let json = site.with("data/visits.csv.gz", packed).check("");
    assert_eq!(json.fates("visits.csv.gz"), "used 1, rejected 1");
}
