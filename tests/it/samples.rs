//! The sample data, end to end: who plays a part is found out, the office's export gets the same verdicts, and what people
//! read stays as it is unless it is meant to change.

use crate::harness::golden::{SHOWN, golden, masked};
use crate::harness::{Site, program, root};
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
        ("M005", "call-proof", 37),
    ] {
        assert_eq!(failed(&json, manager, rule), units, "{manager} {rule}");
    }
    for manager in ["M001", "M006"] {
        let findings = json["findings"].as_array().unwrap().iter();
        let violations = findings.filter(|row| row["manager_id"] == manager && row["severity"] == "violation");
        assert_eq!(violations.count(), 0, "{manager} complies");
    }
    let moved = |row: &&Value| row["manager_id"] == "M006" && row["rule"] == "reschedule";
    let moved = json["results"].as_array().unwrap().iter().find(moved).unwrap();
    assert!(moved["assessed"].as_u64().unwrap() > 30 && moved["failed"] == 0, "{moved}");
}

#[test]
fn the_office_export_gets_the_same_verdicts() {
    let (clean, office) = (json("clean"), json("office"));
    for part in ["managers", "results", "not_assessed", "unknown_customers", "month", "horizon"] {
        assert_eq!(clean[part], office[part], "{part}");
    }
    // Findings differ by where their evidence stands, and so do the ids of those without a visit id.
    let bare = |json: &Value| -> Vec<Value> {
        let mut findings = json["findings"].as_array().unwrap().clone();
        for finding in &mut findings {
            let finding = finding.as_object_mut().unwrap();
            finding.remove("evidence");
            finding.remove("id");
        }
        findings
    };
    assert_eq!(bare(&clean), bare(&office));
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

#[test]
fn readme_shows_what_the_program_prints() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let sample = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let printed = String::from_utf8(check("clean", &["--lang", "en"]).stdout).unwrap();
    for part in sample.split("…\n").filter(|part| !part.is_empty()) {
        assert!(printed.contains(part), "README shows this, the program does not:\n{part}");
    }
}

#[test]
fn the_readme_of_the_samples_documents_every_column_header_and_value() {
    use baifang::model::{Kind, vocabulary};
    let readme = std::fs::read_to_string(root().join("data-samples/README.md")).unwrap();
    for kind in Kind::ALL {
        for field in kind.fields() {
            let name = format!("`{}`", field.column.name());
            assert!(readme.contains(&name), "{} of {}", name, kind.name());
            let values = vocabulary(kind, field.column).unwrap_or_default();
            for word in field.headers().into_iter().chain(values) {
                assert!(readme.contains(word), "{word}, for {name} of {}", kind.name());
            }
        }
    }
}
