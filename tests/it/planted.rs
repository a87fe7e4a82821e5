//! What the generator plants in a city the check finds, and nothing else (SPEC-month §7): a manager each has records that hardly
//! can be true, of one kind each.

use crate::harness::trials::{Missing, Outcome};
use crate::harness::{Ran, Site, program, tools};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::Command;

/// Rule, and who breaks it (`examples/generate/parts.rs`).
const PLANTED: [(&str, &str); 6] = [
    ("excused-visit", "M007"),
    ("photo-reuse", "M008"),
    ("same-position", "M009"),
    ("archive-position", "M010"),
    ("round-times", "M011"),
    ("edge-calls", "M012"),
];

/// The check of a city in a style of files.
fn checked(style: &str) -> Result<Value, Missing> {
    let generate = tools::example("generate")?;
    let folder = tempfile::tempdir().expect("a folder");
    let made = Command::new(generate)
        .args(["--managers", "14", "--months", "2", "--style", style, "--out"])
        .arg(folder.path())
        .status()
        .expect("it runs");
    assert!(made.success());
    let ran = Ran::of(program(folder.path()).args(["check", "--data", ".", "--format", "json", "--findings", "none"]));
    assert!([1, 3].contains(&ran.code), "{}", ran.err);
    Ok(ran.json().value)
}

#[test]
fn what_is_planted_is_found_and_nothing_else() -> Outcome {
    for style in ["clean", "office"] {
        let json = checked(style)?;
        for (rule, planted) in PLANTED {
            let results = json["results"].as_array().expect("results").iter().filter(|result| result["rule"] == rule);
            let (mut failing, mut assessed) = (BTreeSet::new(), 0);
            for result in results {
                assessed += usize::from(result["assessed"] != 0);
                if result["verdict"] == "fail" {
                    failing.insert(result["manager_id"].as_str().expect("an id"));
                }
            }
            assert_eq!(failing, BTreeSet::from([planted]), "{rule} in {style}");
            // Only who was at a meeting can be found elsewhere at the time.
            assert!(assessed >= if rule == "excused-visit" { 1 } else { 10 }, "{rule} in {style}: {assessed}");
        }
        let labels =
            json["remarks"].as_array().expect("remarks").iter().filter(|remark| remark["kind"] == "photo_label");
        assert_eq!(labels.count(), 0);
        let half_fail =
            json["obstacles"].as_array().expect("obstacles").iter().filter(|one| one["kind"] == "half_fail");
        assert_eq!(half_fail.count(), 0);
    }
    Ok(())
}

/// A text at over twenty visits is none of a photo: who looks for it finds the first of them.
#[test]
fn what_is_taken_for_a_label_is_listed() {
    let visits = |n: usize| -> String {
        (1..=n).map(|day| format!("M1,C1,onsite,2026-09-{day:02} 09:00:07,现场照片-1.jpg\n")).collect()
    };
    let head = "manager_id,customer_id,mode,started_at,photo\nM1,C1,onsite,2026-09-01 08:00:07,\n";
    let site = Site::bare().with("data/customers.csv", "customer_id,name,manager_id\nC1,店,M1\n");
    let site = site.with("data/visits.csv", format!("{head}{}", visits(21)));
    let label =
        json!({"kind": "photo_label", "manager_id": null, "dates": [], "file": "visits.csv", "line": 3, "visits": 21});
    assert_eq!(site.check("--month 2026-09").remarks("photo_label"), [&label]);
    let said = site.run("check --data data --month 2026-09 --lang zh").out.replace('\n', "");
    assert!(said.contains("visits.csv:3 的照片名在 21 次拜访中出现，当作标签，不查重复"), "{said}");
    let site = site.with("data/visits.csv", format!("{head}{}", visits(20)));
    assert!(site.check("--month 2026-09").remarks("photo_label").is_empty());
}
