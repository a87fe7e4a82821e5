//! How a report is asked for.

use crate::harness::*;

fn site() -> Site {
    Site::judging(&["onsite-share", "must-onsite"]).customers(2).visits("M1,C1,onsite,2026-09-07 08:00,,\n")
}

#[test]
fn the_ending_of_the_output_decides_the_format() {
    let site = site();
    let by_ending = site.run("report --data data --lang en -o a.MD");
    assert_eq!((by_ending.code, by_ending.out.as_str()), (0, ""), "{}", by_ending.err);
    let by_name = site.run("report --data data --lang en --format markdown");
    assert_eq!(String::from_utf8(read(&site.path("a.MD"))).unwrap(), by_name.out);
    assert!(by_name.out.starts_with("# Visiting standard: monthly report 2026-09"), "{}", by_name.out);
}

#[test]
fn a_report_confined_to_some_says_so() {
    let ran = site().run("report --data data --lang zh --format md --manager M1");
    assert!(ran.out.contains("本报告仅含：M1"), "{}", ran.out);
}

#[test]
fn violations_are_no_failure_of_the_report_and_rejected_rows_are_told() {
    let ran = site().run("report --data data --format md");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = (1..=40).map(|n| format!("M1,C1,onsite,2026-09-07 {:02}:{:02},,\n", 8 + n / 60, n % 60));
    let rows: String = rows.chain(["M1,C1,onsite,never,,\n".to_owned()]).collect();
    let clean = Site::judging(&["clock"]).customers(1).visits(&rows).run("report --data data --format md");
    assert_eq!(clean.code, 3, "{}", clean.err);
}
