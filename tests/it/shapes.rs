//! The same month in every shape that other programs would give its files (`examples/generate/shape.rs`) is judged alike.

use crate::harness::trials::{Missing, Outcome};
use crate::harness::{Ran, program, tools};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// As in `benches/peer/shapes.py`; the first is what the others are compared with.
const SHAPES: [&str; 12] = [
    "plain",
    "time",
    "quoted",
    "empty-quotes",
    "crlf",
    "tab",
    "gb18030",
    "falling",
    "repeating",
    "time+empty-quotes+repeating",
    "all",
    "all-gb18030",
];

/// What is said of the month, but for where rows stand and what the files are.
fn judged(generate: &Path, shape: &str) -> Result<Value, Missing> {
    let folder = tempfile::tempdir().expect("a folder");
    let made = Command::new(generate)
        .args(["--managers", "7", "--customers", "26", "--months", "1", "--shape", shape, "--out"])
        .arg(folder.path())
        .status()
        .expect("it runs");
    assert!(made.success(), "{shape}");
    let mut check = program(folder.path());
    let ran = Ran::of(check.args(["check", "--data", ".", "--format", "json", "--findings", "all"]));
    assert_eq!(ran.code, 1, "{shape}: {}", ran.err);
    let mut said = ran.json().value;
    let fates: Vec<Value> =
        said["inputs"].as_array().expect("inputs").iter().map(|file| file["rows"].clone()).collect();
    for finding in said["findings"].as_array_mut().expect("findings") {
        finding
            .as_object_mut()
            .expect("a finding")
            .retain(|field, _| !["id", "visit_id", "evidence"].contains(&&**field));
    }
    let kept = ["managers", "results", "not_assessed", "findings"].map(|key| said[key].take());
    Ok(Value::from([&kept[..], &fates].concat()))
}

#[test]
fn every_shape_is_judged_like_the_first() -> Outcome {
    let generate = tools::example("generate")?;
    let plain = judged(&generate, SHAPES[0])?;
    assert!(plain[1].as_array().is_some_and(|results| results.len() > 7), "there are results");
    for shape in &SHAPES[1..] {
        let other = judged(&generate, shape)?;
        assert!(other == plain, "{shape} is judged in another way than {}", SHAPES[0]);
    }
    Ok(())
}
