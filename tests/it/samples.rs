//! The sample data, end to end: who plays a part is found out, the office's export gets the same verdicts, and what people
//! read stays as it is unless it is meant to change.

use crate::harness::golden::{SHOWN, golden, masked};
use crate::harness::{Site, program, root};
use baifang::model::{Column, Field, Holds, Kind, Need, fold};
use serde_json::Value;
use std::process::Output;

fn check(folder: &str, options: &[&str]) -> Output {
    run("check", folder, options)
}

/// Runs a command in an empty folder, so that the built-in rules hold.
fn run(command: &str, folder: &str, options: &[&str]) -> Output {
    let nowhere = tempfile::tempdir().unwrap();
    program(nowhere.path())
        .args([command, "--data"])
        .arg(root().join("data-samples").join(folder))
        .args(["--month", "2026-09"])
        .args(options)
        .output()
        .unwrap()
}

fn json(folder: &str) -> Value {
    let output = check(folder, &["--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Failed units of a manager's rule.
fn failed(json: &Value, manager: &str, rule: &str) -> u64 {
    let results = json["results"].as_array().unwrap().iter();
    results
        .filter(|row| row["manager_id"] == manager && row["rule"] == rule)
        .map(|row| row["failed"].as_u64().unwrap())
        .sum()
}

#[test]
fn each_part_shows_in_its_rules() {
    let json = json("clean");
    for (manager, rule, units) in [
        ("M002", "first-arrival", 9),
        ("M002", "field-time", 3),
        ("M003", "unplanned-cap", 9),
        ("M003", "plan-adherence", 6),
        ("M003", "spot-check-size", 1),
        ("M004", "onsite-share", 1),
        ("M004", "must-onsite", 4),
        ("M004", "cadence", 16),
        ("M005", "call-proof", 36),
    ] {
        assert_eq!(failed(&json, manager, rule), units, "{manager} {rule}");
    }
    for manager in ["M001", "M006"] {
        let findings = json["findings"].as_array().unwrap().iter();
        let counts = |row: &&Value| row["severity"] == "violation";
        let violations = findings.filter(|row| row["manager_id"] == manager).filter(counts);
        assert_eq!(violations.count(), 0, "{manager} complies");
    }
    let moved = |row: &&Value| row["manager_id"] == "M006" && row["rule"] == "reschedule";
    let moved = json["results"].as_array().unwrap().iter().find(moved).unwrap();
    assert!(moved["assessed"].as_u64().unwrap() > 30 && moved["failed"] == 0, "{moved}");
}

#[test]
fn the_office_export_gets_the_same_verdicts() {
    let (clean, office) = (json("clean"), json("office"));
    for part in ["not_assessed", "unknown_customers", "month", "horizon"] {
        assert_eq!(clean[part], office[part], "{part}");
    }
    // A few of its rows cannot be read: where they may matter a unit is in doubt, and records of their dates prove nothing.
    let list = |json: &Value, part: &str| json[part].as_array().unwrap().clone();
    let count = |result: &Value, field: &str| result[field].as_u64().unwrap();
    let (ours, theirs) = (list(&clean, "results"), list(&office, "results"));
    assert_eq!(ours.len(), theirs.len());
    for (one, other) in ours.iter().zip(&theirs) {
        let ids = ["manager_id", "rule", "item"];
        assert!(ids.iter().all(|id| one[id] == other[id]), "{one} {other}");
        let (failed, still) = (count(one, "failed"), count(other, "failed"));
        let weighs_nothing = ["overlap", "travel-speed"].contains(&one["rule"].as_str().unwrap());
        assert!(still <= failed && failed <= still + count(other, "doubtful"), "{one} {other}");
        let units = |result: &Value| count(result, "assessed") + count(result, "pending") + count(result, "doubtful");
        assert!(units(one) == units(other) || weighs_nothing, "{one} {other}");
    }
    let doubtful: u64 = theirs.iter().map(|result| count(result, "doubtful")).sum();
    assert_eq!(doubtful, 1, "one rejected visit may have kept a plan");
}

#[test]
fn every_row_of_the_office_export_is_accounted_for() {
    let office = json("office");
    let of = |fate: &str| -> u64 {
        office["inputs"].as_array().unwrap().iter().map(|input| input["rows"][fate].as_u64().unwrap()).sum()
    };
    assert_eq!((of("rejected"), of("repeat"), of("total")), (5, 220, 2));
    let clean = json("clean");
    let used = |json: &Value, kind: &str| -> u64 {
        let inputs = json["inputs"].as_array().unwrap().iter().filter(|input| input["kind"] == kind);
        inputs.map(|input| input["rows"]["used"].as_u64().unwrap()).sum()
    };
    for kind in ["customers", "visits", "calls", "plans", "days", "managers", "services", "inquiries", "checks"] {
        assert_eq!(used(&clean, kind), used(&office, kind), "{kind}");
    }
}

#[test]
fn what_people_read_stays_as_it_is() {
    let site = Site::ruled(&SHOWN, "");
    let rules = std::fs::read_to_string(site.path("rules.toml")).unwrap();
    let said = |line: &str| {
        let (command, rest) = line.split_once(' ').unwrap();
        let (sample, options) = rest.split_once(' ').unwrap();
        let folder = root().join("data-samples").join(sample);
        masked(&site.run(&format!("{command} --data {} --month 2026-09 {options}", folder.display())).out, &rules)
    };
    golden("check.en.txt", &said("check clean --lang en --matrix"));
    golden("check.zh.txt", &said("check office --lang zh --findings 20"));
    golden("report.en.md", &said("report clean --manager M002 M006 --format markdown --lang en"));
    golden("report.zh.md", &said("report office --manager M002 M006 --format markdown --lang zh"));
    golden("check.csv", &said("check clean --format csv --findings 20"));
}

/// The tables of the samples' README say of every column what the program goes by: its headers, whether it is needed, what it
/// holds, and every word that is read in it.
#[test]
fn the_readme_of_the_samples_documents_every_column_header_and_value() {
    let readme = std::fs::read_to_string(root().join("data-samples/README.md")).unwrap();
    let spelled = fold(&readme);
    for kind in Kind::ALL {
        let section = readme.split(&format!("### {}: ", kind.name())).nth(1).expect("a section");
        let rows: Vec<Vec<&str>> =
            section.split("\n### ").next().unwrap().lines().filter(|line| line.starts_with("| `")).map(cells).collect();
        let documented: usize = rows.iter().map(|row| row[0].split(", ").count()).sum();
        assert_eq!(documented, kind.fields().len(), "{}", kind.name());
        for field in kind.fields() {
            let name = format!("`{}`", field.column.name());
            let row = rows.iter().find(|row| row[0].split(", ").any(|column| column == name));
            let row = row.unwrap_or_else(|| panic!("{name} of {}", kind.name()));
            let is_own = !field.aliases.is_empty();
            let headers = if is_own { field.aliases } else { &field.headers()[1..] };
            let as_above = !is_own && row[1] == "as above";
            assert!(as_above || headers.iter().all(|header| row[1].contains(header)), "{name}: {headers:?}");
            assert_eq!(row[2], need(field), "{name} of {}", kind.name());
            assert!(row[3].starts_with(holds(field)), "{name} of {}: {}", kind.name(), row[3]);
            for word in field.vocabulary().iter().flat_map(|words| words.spellings).flat_map(|words| words.iter()) {
                let short = word.strip_suffix("客户").map(|bare| format!("{bare}(客户)"));
                assert!(
                    spelled.contains(word) || short.is_some_and(|short| spelled.contains(&short)),
                    "{word} of {name}"
                );
            }
        }
    }
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

fn need(field: &Field) -> &'static str {
    match (field.need, field.column) {
        (Need::Key, _) => "key",
        (Need::OneOf, Column::ManagerId) => "key, or `own_number`",
        (Need::OneOf, _) => "key, or `manager_id`",
        (Need::Required, _) => "yes",
        (Need::KeyCell, _) => "key cell",
        (Need::Optional, _) => "",
    }
}

fn holds(field: &Field) -> &'static str {
    match field.holds {
        Holds::Id => "id",
        Holds::Name => "name",
        Holds::Text => "text",
        Holds::Items => "texts split by",
        Holds::Photo => "photo",
        Holds::Word(words) if words.names() == ["yes", "no"] => "flag",
        Holds::Word(_) => "word",
        Holds::Date => "date",
        Holds::Moment | Holds::End => "time",
        Holds::DateOrMoment => "date or time",
        Holds::Seconds => "seconds",
        Holds::Minutes => "minutes",
        Holds::Whole => "whole number",
        Holds::Points => "points",
        Holds::Lon | Holds::Lat => "degrees",
        Holds::Phones => "phone",
        Holds::Month => "`2026-09`",
        Holds::Period => "`2026-10`, `2026-W41`, `2026Q4`, `2026H2`",
    }
}
