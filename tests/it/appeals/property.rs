//! Over random organisations: appeals take out what they are against, and change nothing else.

use super::HEADER;
use crate::harness::program;
use crate::plain::compare::askable;
use crate::plain::program::{Style, write_folder};
use crate::plain::world::World;
use crate::plain::{Org, org};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const ORGANISATIONS: usize = 40;

fn check(org: &Org, folder: &Path) -> Value {
    let mut command = program(folder);
    command.args([
        "check",
        "--data",
        ".",
        "--rules",
        "rules.toml",
        "--format",
        "json",
        "--month",
        &org.month.to_string(),
    ]);
    if let Some(date) = org.as_of {
        command.args(["--as-of", &date.to_string()]);
    }
    let output = command.output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// All that does not speak of files.
fn without_files(mut checked: Value) -> Value {
    checked.as_object_mut().unwrap().remove("inputs");
    checked
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn unit(value: &Value) -> (String, String, String) {
    let own = |key| text(value, key).to_owned();
    (own("manager_id"), own("rule"), own("item"))
}

fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap()
}

/// Compares a run with one in which the chosen findings were appealed against.
fn compare(before: &Value, after: &Value, chosen: &BTreeMap<(String, String, String), u64>) {
    let list = |checked: &Value, key: &str| checked[key].as_array().unwrap().clone();
    let (old, new) = (list(before, "results"), list(after, "results"));
    assert_eq!(old.len(), new.len());
    for (old, new) in old.iter().zip(&new) {
        let waived = chosen.get(&unit(old)).copied().unwrap_or(0);
        if waived == 0 {
            assert_eq!(old, new);
            continue;
        }
        assert!(waived <= number(old, "failed"));
        assert_eq!(unit(old), unit(new));
        assert_eq!(number(new, "waived"), waived);
        for key in ["assessed", "failed"] {
            assert_eq!(number(new, key) + waived, number(old, key), "{key} {new}");
        }
        for key in ["pending", "doubtful"] {
            assert_eq!(new[key], old[key], "{key} {new}");
        }
        if number(new, "assessed") + number(new, "pending") + number(new, "doubtful") == 0 {
            assert_eq!((text(new, "verdict"), text(new, "reason")), ("not_assessed", "waived"));
        }
    }
    let (old, new) = (list(before, "findings"), list(after, "findings"));
    assert_eq!(old.len(), new.len());
    for (old, mut new) in old.iter().zip(new) {
        if new["state"] == "waived" {
            assert!(!new["appeal"].is_null() && old["state"] == "counted");
            (new["state"], new["appeal"]) = (old["state"].clone(), Value::Null);
        }
        assert_eq!(*old, new);
    }
    for key in ["not_assessed", "obstacles", "remarks", "rejected", "unknown_customers"] {
        assert_eq!(before[key], after[key], "{key}");
    }
}

#[test]
fn appeals_take_out_their_units_and_nothing_else() {
    let organisations = (0..).map(org::random).filter(|org| World::new(org).is_some_and(|world| askable(&world)));
    for (number, org) in organisations.take(ORGANISATIONS).enumerate() {
        let folder = tempfile::tempdir().unwrap();
        write_folder(&org, Style::default(), folder.path());
        let before = check(&org, folder.path());
        let findings: Vec<&Value> =
            before["findings"].as_array().unwrap().iter().filter(|one| one["state"] == "counted").collect();
        let row = |one: &Value, rest: &str| {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record([text(one, "id"), text(one, "measured")]).unwrap();
            let quoted = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let (id, measured) = quoted.trim_end().split_once(',').unwrap();
            format!("{id},,{measured},{rest}\n")
        };
        let file = |rows: String| std::fs::write(folder.path().join("appeals.csv"), format!("{HEADER}{rows}")).unwrap();
        file(findings.iter().map(|one| row(one, ",,,,,")).collect());
        assert_eq!(
            without_files(check(&org, folder.path())),
            without_files(before.clone()),
            "an empty form changes nothing"
        );
        let mut chosen = BTreeMap::new();
        let mut rows = String::new();
        for one in findings.iter().skip(number % 3).step_by(1 + number % 3) {
            *chosen.entry(unit(one)).or_insert(0) += 1;
            rows.push_str(&row(one, &format!("x,x,{}-01,accepted,科长甲,", org.month)));
        }
        file(rows);
        compare(&before, &check(&org, folder.path()), &chosen);
    }
}
