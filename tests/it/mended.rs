//! Rejects make a round trip: written out, corrected, read again, and every row counts exactly once (SPEC §2.3).

use crate::harness::program;
use serde_json::Value;
use std::path::Path;
use std::process::Output;

const VISITS: &str = "manager_id,customer_id,mode,started_at\n\
                      M1,C1,onsite,2026-09-01 08:00\n\
                      M1,C1,顺路,2026-09-02 08:00\n\
                      M1,C1,onsite,2026-09-31 08:00\n";

/// A folder of exports with two unusable visits, and their rejects written out.
fn exports() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("exports")).unwrap();
    write("exports/customers.csv", "customer_id,name,manager_id\nC1,甲店,M1\n");
    write("exports/visits.csv", VISITS);
    write("rules.toml", "[input]\nmax_rejected_percent = 100\n");
    let output = check(folder.path(), &["--rejects", "rejects"]);
    assert!(matches!(output.status.code(), Some(1 | 3)), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn check(folder: &Path, options: &[&str]) -> Output {
    let command = ["check", "--data", "exports", "--month", "2026-09", "--format", "json"];
    program(folder).args(command).args(options).output().unwrap()
}

fn rows(output: &Output) -> Vec<(String, Value)> {
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let inputs = json["inputs"].as_array().unwrap().iter();
    inputs.map(|input| (input["path"].as_str().unwrap().to_owned(), input["rows"].clone())).collect()
}

fn stops(output: &Output, message: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{said}");
    assert!(said.contains(message), "{said}");
}

#[test]
fn corrected_rows_join_and_their_originals_count_as_mended() {
    let folder = exports();
    let rejected = folder.path().join("rejects/visits.csv");
    let text = std::fs::read_to_string(&rejected).unwrap();
    // One row is corrected; the other stays as it is, and is rejected again.
    std::fs::write(&rejected, text.replace("顺路", "onsite")).unwrap();
    let rows = rows(&check(folder.path(), &["--mended", "rejects"]));
    let of = |path: &str| rows.iter().find(|(shown, _)| shown == path).map(|(_, rows)| rows.clone()).unwrap();
    let original = of("exports/visits.csv".trim_start_matches("exports/"));
    assert_eq!((&original["used"], &original["mended"], &original["rejected"]), (&1.into(), &2.into(), &0.into()));
    let mended = of("rejects/visits.csv");
    assert_eq!((&mended["used"], &mended["mended"], &mended["rejected"]), (&1.into(), &0.into(), &1.into()));
}

#[test]
fn the_verdicts_are_those_of_a_file_that_was_right_from_the_start() {
    let folder = exports();
    let rejected = folder.path().join("rejects/visits.csv");
    let text = std::fs::read_to_string(&rejected).unwrap();
    std::fs::write(&rejected, text.replace("顺路", "onsite").replace("09-31", "09-30")).unwrap();
    let mended: Value = serde_json::from_slice(&check(folder.path(), &["--mended", "rejects"]).stdout).unwrap();
    let right = VISITS.replace("顺路", "onsite").replace("09-31", "09-30");
    std::fs::write(folder.path().join("exports/visits.csv"), right).unwrap();
    let clean: Value = serde_json::from_slice(&check(folder.path(), &[]).stdout).unwrap();
    assert_eq!(mended["results"], clean["results"]);
    assert_eq!(mended["horizon"], clean["horizon"]);
}

#[test]
fn a_row_lost_on_the_way_stops_the_run() {
    let folder = exports();
    let rejected = folder.path().join("rejects/visits.csv");
    let text = std::fs::read_to_string(&rejected).unwrap();
    let shorter: Vec<&str> = text.lines().take(2).collect();
    std::fs::write(&rejected, shorter.join("\n")).unwrap();
    let said = "rejects/visits.csv: 2 rows expected, 1 found";
    stops(&check(folder.path(), &["--mended", "rejects", "--lang", "en"]), said);
}

#[test]
fn an_original_that_has_changed_stops_the_run() {
    let folder = exports();
    std::fs::write(folder.path().join("exports/visits.csv"), format!("{VISITS}M1,C1,onsite,2026-09-03 08:00\n"))
        .unwrap();
    let said = "visits.csv: the file has changed since its rejected rows were written out";
    stops(&check(folder.path(), &["--mended", "rejects", "--lang", "en"]), said);
}

#[test]
fn a_row_that_can_be_read_after_all_does_not_count_twice() {
    let folder = exports();
    std::fs::write(folder.path().join("exports/columns.toml"), "[values.visits.mode]\nonsite = ['顺路']\n").unwrap();
    let said = "visits.csv:3: this line has been mended, but can now be read: it would count twice";
    stops(&check(folder.path(), &["--mended", "rejects", "--lang", "en"]), said);
}

#[test]
fn rows_of_a_file_that_is_not_given_stop_the_run() {
    let folder = exports();
    std::fs::rename(folder.path().join("exports/visits.csv"), folder.path().join("exports/visits-2.csv")).unwrap();
    let said = "rejects/visits.csv: its rows come from visits.csv, which is not among the inputs";
    stops(&check(folder.path(), &["--mended", "rejects", "--lang", "en"]), said);
}

#[test]
fn a_folder_that_holds_no_reasons_stops_the_run() {
    let folder = exports();
    std::fs::write(folder.path().join("rejects/reasons.csv"), "a,b\n1,2\n").unwrap();
    let said = "rejects/reasons.csv: it is not as --rejects writes it";
    stops(&check(folder.path(), &["--mended", "rejects", "--lang", "en"]), said);
    std::fs::remove_file(folder.path().join("rejects/reasons.csv")).unwrap();
    stops(&check(folder.path(), &["--mended", "rejects", "--lang", "en"]), "there is no such file");
}
