//! The figures are those of the judgement.

use super::read::{self, Figures};
use crate::harness::*;
use serde_json::Value;
use std::collections::BTreeMap;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data-samples");

/// The output of a command over a folder of samples; `--quiet` keeps talk away.
pub(super) fn run(command: &str, sample: &str, options: &str) -> Ran {
    let site = Site::bare();
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/rules.toml");
    let ran = site.run(&format!("{command} --data {SAMPLES}/{sample} --rules {rules} --lang en {options}"));
    assert_ne!(ran.code, 2, "{command} {sample} {options}: {}", ran.err);
    ran
}

fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_else(|| panic!("{key} is a number in {value}"))
}

/// The figures that `check`'s JSON tells, put together here once more.
pub(super) fn of_json(json: &Json) -> Figures {
    let mut matrix: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let rules: Vec<String> = json.value["rules"]["parameters"].as_object().unwrap().keys().cloned().collect();
    for manager in json.managers() {
        let cells = matrix.entry(manager.clone()).or_default();
        for rule in &rules {
            let of_both = |result: &&Value| result["manager_id"] == manager.as_str() && result["rule"] == rule.as_str();
            let results: Vec<&Value> = json.list("results").iter().filter(of_both).collect();
            let sum = |key| results.iter().map(|result| number(result, key)).sum::<u64>();
            let unsure = |n: u64| if n > 0 { format!(" ?{n}") } else { String::new() };
            cells.push(match (sum("assessed"), sum("failed"), sum("doubtful"), sum("pending")) {
                (n, k @ 1.., d, _) => format!("✗{k}/{n}{}", unsure(d)),
                (n @ 1.., 0, d, _) => format!("✓{n}{}", unsure(d)),
                (0, 0, d @ 1.., _) => format!("?{d}"),
                (0, 0, 0, p @ 1..) => format!("~{p}"),
                _ => "-".to_owned(),
            });
        }
    }
    let headline = |rule: &str| {
        let judged = json.list("results").iter().filter(|result| result["rule"] == rule);
        let judged: Vec<&Value> = judged.filter(|result| result["verdict"] != "not_assessed").collect();
        let (mut count, mut of) = (0, 0);
        for result in &judged {
            let (own, all) = match rule {
                "field-time" | "unplanned-cap" => {
                    (number(result, "assessed") - number(result, "failed"), number(result, "assessed"))
                }
                _ => (number(result, "count"), number(result, "of")),
            };
            (count, of) = (count + own, of + all);
        }
        let with = |verdict: &str| judged.iter().filter(|result| result["verdict"] == verdict).count();
        let tenths = (count * 2000 + of) / (of * 2).max(1);
        let percent = if judged.is_empty() { "-".to_owned() } else { format!("{}.{}%", tenths / 10, tenths % 10) };
        (percent, format!("{}/{}", with("pass"), with("pass") + with("fail")))
    };
    let headlines = ["field-time", "unplanned-cap", "onsite-share", "spot-check-size"].map(headline).to_vec();
    Figures { headlines, matrix }
}

/// Compares what the report of a month says in each of its formats with what `check` says; what can be read of a PDF is
/// compared in `paper.rs`.
fn compare(sample: &str, options: &str) -> Figures {
    let expected = of_json(&run("check", sample, &format!("{options} --format json")).json());
    let report = |format| run("report", sample, &format!("{options} --format {format}")).out;
    assert_eq!(read::of_markdown(&report("markdown")), expected, "Markdown, {sample} {options}");
    assert_eq!(read::of_html(&report("html")), expected, "HTML, {sample} {options}");
    let site = Site::bare();
    let book = site.path("report.xlsx");
    run("report", sample, &format!("{options} -o {}", book.display()));
    assert_eq!(read::of_xlsx(&read::sheets(read(&book))), expected, "xlsx, {sample} {options}");
    expected
}

/// The report loads three months, `check` one: what is loaded beyond the month must change no verdict.
#[test]
fn the_report_says_what_check_says_in_every_format() {
    for (sample, month) in [("clean", "2026-09"), ("clean", "2026-08"), ("clean", "2026-07"), ("office", "2026-09")] {
        let figures = compare(sample, &format!("--month {month}"));
        assert_eq!((figures.headlines.len(), figures.matrix.len()), (4, 6));
    }
}

/// A month in the middle of its data, where much is pending.
#[test]
fn the_report_says_what_check_says_in_the_middle_of_the_month() {
    let options = "--month 2026-09 --as-of 2026-09-15";
    let figures = compare("clean", options);
    assert!(figures.matrix.values().flatten().any(|cell| cell.starts_with('~')), "{figures:?}");
    let report = run("report", "clean", &format!("{options} --format markdown"));
    assert!(report.out.contains("The month is not over in the data"), "{}", report.out);
}

/// What the report says of the months before is what it said then.
#[test]
fn the_trend_is_that_of_the_reports_of_the_months_before() {
    let report = run("report", "clean", "--month 2026-09 --format markdown");
    let tables = read::markdown_tables(&report.out);
    let trend = &tables.iter().find(|(heading, _)| heading == "Three months").expect("a trend").1;
    assert_eq!(trend[0][1..], ["2026-07", "2026-08", "2026-09"]);
    for (column, month) in trend[0].iter().enumerate().skip(1) {
        let then = run("check", "clean", &format!("--month {month} --format json")).json();
        let told: Vec<(String, String)> =
            (0..4).map(|at| (trend[2 + at * 2][column].clone(), trend[3 + at * 2][column].clone())).collect();
        assert_eq!(told, of_json(&then).headlines, "{month}");
    }
}

#[test]
fn months_without_visits_are_left_out_of_the_trend() {
    let site = Site::judging(&["onsite-share"])
        .customers(2)
        .visits("M1,C1,onsite,2026-07-07 08:00,,\nM1,C1,onsite,2026-09-07 08:00,,\n");
    let report = site.run("report --data data --month 2026-09 --as-of 2026-09-30 --format markdown --lang en");
    let tables = read::markdown_tables(&report.out);
    let trend = &tables.iter().find(|(heading, _)| heading == "Three months").expect("a trend").1;
    assert_eq!(trend[0][1..], ["2026-07", "2026-09"], "{}", report.out);
    let alone = site.run("report --data data --month 2026-07 --format markdown --lang en");
    assert!(alone.out.contains("No visits of earlier months"), "{}{}", alone.out, alone.err);
}

/// Whoever reads from the top meets what weighs most: violations, of these the highest share of failures.
#[test]
fn rules_that_fail_stand_with_violations_first_and_the_worst_on_top() {
    for sample in ["clean", "office"] {
        let tables = read::markdown_tables(&run("report", sample, "--month 2026-09 --format md").out);
        let (_, rows) = tables.iter().find(|(heading, _)| heading == "Verdicts by rule").expect("the rules");
        let at = |head: &str| rows[0].iter().position(|one| one == head).unwrap_or_else(|| panic!("{head}: {rows:?}"));
        let (severity, rate) = (at("severity"), at("pass rate"));
        let weight = |row: &Vec<String>| {
            (row[severity] == "warning", row[rate].trim_end_matches('%').parse::<f64>().expect("a rate"))
        };
        assert!(rows[1..].is_sorted_by_key(weight), "{sample}: {rows:?}");
    }
}
