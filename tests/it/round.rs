//! What comes after a month's verdicts, on the samples: the appeals and score sheets that lie beside them, and a round over
//! three months of findings, appeals and notices.

use crate::harness::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn samples(name: &str) -> PathBuf {
    root().join("data-samples").join(name)
}

fn run(line: &[&str]) -> Ran {
    let nowhere = tempfile::tempdir().expect("a folder");
    Ran::of(program(nowhere.path()).args(line))
}

/// What a command says of September as JSON, with a file that lies beside the samples.
fn told(command: &str, folder: &str, option: &str, file: &str) -> Json {
    let (data, file) = (samples(folder), samples(file));
    let paths = [&data, &file].map(|path| path.to_str().expect("UTF-8"));
    let ran = run(&[command, "--data", paths[0], "--month", "2026-09", option, paths[1], "--format", "json"]);
    assert_ne!(ran.code, 2, "{}", ran.err);
    ran.json()
}

const FORMS: [(&str, &str); 2] =
    [("clean", "appeals/appeals-2026-09.csv"), ("office", "appeals/申诉汇总_2026年09月.csv")];

#[test]
fn the_sample_appeals_have_one_of_each_fate() {
    for (folder, form) in FORMS {
        let register = told("appeals", folder, "--appeals", form);
        let states: BTreeSet<String> = register.list("appeals").iter().map(|one| text(&one["state"])).collect();
        let all = ["no_such_finding", "not_counting", "open", "other_month", "rejected", "waived"];
        assert_eq!(states.iter().map(String::as_str).collect::<Vec<_>>(), all, "{folder}");
        let reasons: BTreeSet<&str> = register.list("appeals").iter().filter_map(|one| one["why"].as_str()).collect();
        assert!(reasons.len() >= 6, "four reasons not to count, and two to belong elsewhere: {reasons:?}");
        let checked = told("check", folder, "--appeals", form);
        let input = checked.list("inputs").iter().find(|input| input["kind"] == "appeals").expect("the appeals");
        let fates = checked.fates(&text(&input["path"]));
        assert!(
            fates.contains("superseded 1") && fates.contains("set_aside") && !fates.contains("rejected"),
            "{fates}"
        );
        let waived = checked.list("findings").iter().filter(|finding| finding["state"] == "waived").count();
        assert_eq!(waived, 2, "{folder}");
    }
}

#[test]
fn the_sample_scores_are_of_five_managers_and_condemn_one() {
    let both = [("clean", "quality/quality-checks-2026-09.csv"), ("office", "quality/市场检查评分_2026年09月.csv")];
    for (folder, scores) in both {
        let checked = told("check", folder, "--quality", scores);
        let verdicts = |rule| ["M001", "M004", "M005"].map(|manager| checked.verdict(manager, rule));
        assert_eq!(verdicts("market-check"), ["pass 1/0/0", "pass 1/0/0", "fail 1/1/0"], "{folder}");
        assert_eq!(verdicts("service-quality"), ["pass 1/0/0", "fail 1/1/0", "not_assessed 0/0/0"], "{folder}");
        assert_eq!(checked.share("M004", "service-quality"), "77.5/120", "{folder}");
    }
}

/// Fills in every tenth row of a form, as accepted.
fn fill(form: &PathBuf, filed: &str) -> usize {
    let mut rows = csv::Reader::from_path(form).expect("a form");
    let head = rows.headers().expect("a header").clone();
    let column = |name: &str| head.iter().position(|head| head == name).expect("a column");
    let cells = [("reason", "a meeting"), ("filed_on", filed), ("decision", "accepted"), ("decided_by", "钱守正")];
    let cells = cells.map(|(name, text)| (column(name), text));
    let mut filled: Vec<Vec<String>> = vec![head.iter().map(str::to_owned).collect()];
    let mut count = 0;
    for (number, row) in rows.records().enumerate() {
        let mut row: Vec<String> = row.expect("a row").iter().map(str::to_owned).collect();
        if number % 10 == 0 {
            cells.iter().for_each(|(at, text)| row[*at] = (*text).to_owned());
            count += 1;
        }
        filled.push(row);
    }
    let mut written = csv::Writer::from_path(form).expect("the form");
    filled.iter().for_each(|row| written.write_record(row).expect("written"));
    count
}

/// Check, form, some of it filled in, check, notice; and the month after compares itself with that.
#[test]
fn a_round_over_three_months() {
    let mut site = Site::bare();
    for entry in std::fs::read_dir(samples("clean")).expect("samples") {
        let path = entry.expect("a file").path();
        site = site.with(&format!("data/{}", path.file_name().unwrap().to_str().unwrap()), read(&path));
    }
    let check = |month: &str| site.run(&format!("check --data data --month {month} --format json")).json();
    let mut before: BTreeMap<&str, u64> = BTreeMap::new();
    let mut option = String::new();
    for (month, filed, dated) in [
        ("2026-07", "2026-08-05", "2026-08-10"),
        ("2026-08", "2026-09-04", "2026-09-07"),
        ("2026-09", "2026-10-12", "2026-10-13"),
    ] {
        let first = check(month);
        let form = format!("data/appeals-{month}.csv");
        let ran = site.run(&format!("appeals --data data --month {month} --form {form}"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        let filled = fill(&site.path(&form), filed);
        let second = site.run(&format!("check --data data --month {month} -o {month}.json"));
        assert_eq!(second.code, 1, "{}", second.err);
        let second = check(month);
        let waived = second.list("findings").iter().filter(|finding| finding["state"] == "waived").count();
        assert!(waived > 0 && waived <= filled, "{month}: {waived} of {filled}");
        let total = |json: &Json| json.list("findings").iter().filter(|finding| finding["state"] == "counted").count();
        assert!(total(&second) < total(&first), "{month}");
        assert!(second.list("rejected").is_empty(), "{month}: a form filled in loads without complaint");

        let notice =
            format!("notice --data data --month {month} --dir {month} --date {dated} -o {month}-next.json {option}");
        assert_eq!(site.run(&notice).code, 0);
        let next: Value = serde_json::from_slice(&read(&site.path(&format!("{month}-next.json")))).expect("JSON");
        let of = |key: &str| next[key].as_u64().expect("a count");
        assert_eq!(
            (of("before"), of("now")),
            (of("fixed") + of("repeated") + of("not_verifiable"), of("repeated") + of("new"))
        );
        assert_eq!(of("before") > 0, month != "2026-07", "{next}");
        assert!(site.path(&format!("{month}/通报-{month}.docx")).is_file());
        before.insert(month, of("now"));
        option = format!("--before {month}.json");
    }
    assert_eq!(before.len(), 3);
}
