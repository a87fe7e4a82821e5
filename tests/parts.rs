//! Files that are read in several parts: lines, fates and verdicts are those of a file read in one.

use serde_json::Value;
use std::fmt::Write as _;
use std::process::Command;

/// About four megabytes of visits with notes that hold newlines and quotes, and the lines of its unusable rows.
fn visits() -> (String, Vec<u64>, u64) {
    let mut text = String::from("visit_id,manager_id,customer_id,mode,started_at,ended_at,note\n");
    let (mut line, mut bad, mut rows) = (2, Vec::new(), 0);
    for number in 0..40_000_u64 {
        let day = number % 28 + 1;
        let note = match number % 7 {
            0 => "\"two\nlines, and a \"\"quoted\"\" word\"".to_owned(),
            3 => "\"three\n\n\"\"lines\"".to_owned(),
            5 => "an inch is 1\"".to_owned(),
            _ => "x".repeat(40),
        };
        let mode = if number % 3_001 == 7 { "by balloon" } else { "onsite" };
        if mode != "onsite" {
            bad.push(line);
        }
        let times = format!("2026-09-{day:02} 08:{:02}:00,2026-09-{day:02} 09:00:00", number % 60);
        writeln!(text, "V{number},M1,C{},{mode},{times},{note}", number % 50).unwrap();
        line += 1 + note.matches('\n').count() as u64;
        rows += 1;
    }
    (text, bad, rows)
}

#[test]
fn lines_and_fates_hold_across_the_borders_of_parts() {
    let folder = tempfile::tempdir().unwrap();
    let (text, bad, rows) = visits();
    assert!(text.len() > 3 << 20, "several parts");
    std::fs::write(folder.path().join("visits.csv"), &text).unwrap();
    std::fs::write(folder.path().join("customers.csv"), "customer_id,name,manager_id\nC1,甲店,M1\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_baifang"))
        .args(["check", "--data", ".", "--format", "json", "--findings", "all"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let lines: Vec<u64> =
        json["rejected"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, bad);
    let fates = &json["inputs"].as_array().unwrap().iter().find(|input| input["kind"] == "visits").unwrap()["rows"];
    assert_eq!(fates["used"], rows - bad.len() as u64);
    // Each finding of a visit names the line on which that visit stands.
    let all: Vec<&str> = text.lines().collect();
    let named = json["findings"].as_array().unwrap().iter().filter(|finding| !finding["visit_id"].is_null());
    let mut seen = 0;
    for finding in named {
        let line = finding["evidence"][0]["line"].as_u64().unwrap();
        let start = format!("{},", finding["visit_id"].as_str().unwrap());
        assert!(all[line as usize - 1].starts_with(&start), "{finding}");
        seen += 1;
    }
    assert!(seen > 1_000, "{seen} findings of visits");
}
