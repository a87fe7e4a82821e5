//! `explain`: every rule tells what it is, what it needs and lacks, and which line sets each parameter.

use crate::harness::program;
use serde_json::Value;
use std::path::Path;
use std::process::Output;

fn explain(folder: &Path, arguments: &[&str]) -> Output {
    program(folder).arg("explain").args(arguments).output().unwrap()
}

fn text(folder: &Path, arguments: &[&str]) -> String {
    let output = explain(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&text(folder, &[arguments, &["--format", "json"]].concat())).unwrap()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn all_rules_are_listed_a_line_each_in_both_languages() {
    let here = folder();
    for (lang, head) in [("en", "The rules"), ("zh", "规则一览")] {
        let listed = text(here.path(), &["--lang", lang]);
        assert!(listed.starts_with(head), "{listed}");
        for rule in baifang::rules::ALL {
            let meta = rule.meta();
            let lines: Vec<&str> =
                listed.lines().filter(|line| line.split_whitespace().next() == Some(meta.id)).collect();
            assert_eq!(lines.len(), 1, "{} in {lang}", meta.id);
            let clause =
                if lang == "zh" { meta.clause.replace("integrity", "数据核实") } else { meta.clause.to_owned() };
            assert!(lines[0].contains(&clause), "{}", lines[0]);
        }
    }
}

#[test]
fn a_rule_says_what_it_is_and_where_its_parameters_are_set() {
    let here = folder();
    std::fs::write(here.path().join("rules.toml"), "# ours\n[rules.unplanned-cap]\n\nmax_percent = 12.5\n").unwrap();
    let told = text(here.path(), &["unplanned-cap", "--lang", "en"]);
    for part in ["unplanned-cap 六.2", "severity", "assessed", "fails", "needs", "example", "remedy"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let line = told.lines().find(|line| line.starts_with("max_percent")).unwrap();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["max_percent", "12.5", "rules.toml:4"]);
    let kept = told.lines().find(|line| line.starts_with("severity  ") && line.contains("built-in rules.toml:"));
    assert!(kept.is_some(), "{told}");
}

#[test]
fn data_show_what_a_rule_lacks() {
    let here = folder();
    std::fs::write(here.path().join("customers.csv"), "customer_id,name,manager_id\nC1,甲店,M1\n").unwrap();
    std::fs::write(
        here.path().join("visits.csv"),
        "manager_id,customer_id,mode,started_at\nM1,C1,onsite,2026-09-01 08:00\n",
    )
    .unwrap();
    let missing = |rule: &str| json(here.path(), &[rule, "--data", "."])["rules"][0]["missing"].clone();
    assert_eq!(missing("plan-adherence"), serde_json::json!(["no plans file"]));
    assert_eq!(missing("field-time"), serde_json::json!(["no column visits.ended_at or visits.minutes"]));
    assert_eq!(missing("onsite-share"), serde_json::json!([]));
    let without = json(here.path(), &["plan-adherence"]);
    assert_eq!(without["rules"][0]["missing"], Value::Null);
    let told = text(here.path(), &["plan-adherence", "--data", ".", "--lang", "zh"]);
    assert!(told.contains("没有 plans 文件"), "{told}");
}

#[test]
fn the_json_has_its_keys() {
    let here = folder();
    let all = json(here.path(), &[]);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&all), ["schema", "version", "rules_path", "rules_sha256", "columns", "rules"]);
    assert_eq!(all["rules"].as_array().unwrap().len(), baifang::rules::ALL.len());
    let expected = [
        "rule",
        "clause",
        "party",
        "severity",
        "title",
        "assessed",
        "fails",
        "needs",
        "missing",
        "parameters",
        "example",
        "remedy",
    ];
    for rule in all["rules"].as_array().unwrap() {
        assert_eq!(keys(rule), expected);
        for parameter in rule["parameters"].as_array().unwrap() {
            assert_eq!(keys(parameter), ["name", "value", "file", "line"]);
            assert!(parameter["line"].as_u64().unwrap() > 1, "{parameter}");
        }
    }
}

#[test]
fn a_rule_that_is_off_is_explained_all_the_same() {
    let here = folder();
    std::fs::write(here.path().join("rules.toml"), "[rules.clock]\nseverity = 'off'\n").unwrap();
    assert_eq!(json(here.path(), &["clock"])["rules"][0]["severity"], "off");
}

#[test]
fn a_misspelt_rule_gets_the_nearest_name() {
    let here = folder();
    let output = explain(here.path(), &["unplaned-cap", "--lang", "en"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "baifang: error: there is no rule unplaned-cap\n  remedy: did you mean unplanned-cap?\n");
}
