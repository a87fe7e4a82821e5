//! What other systems do to files and names.

use crate::harness::{Site, read};

fn site() -> Site {
    let rows: String = (7..=11).map(|day| format!("M1,C1,onsite,2026-09-{day:02} 08:00,,\n")).collect();
    Site::bare().customers(1).visits(&rows)
}

/// Windows' editors end lines with CR LF and put a byte order mark in front.
#[test]
fn rules_and_columns_are_read_however_an_editor_saves_them() {
    let rules = "[rules.onsite-share]\nseverity = \"violation\"\nmin_percent = 60\n";
    let columns = "[columns.visits]\nstarted_at = [\"进店\"]\n";
    let dos = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let visits = "manager_id,customer_id,mode,进店\r\nM1,C1,onsite,2026-09-07 08:00\r\n";
    let site = site().with("data/visits.csv", visits);
    let plain = site.with("rules.toml", rules).with("data/columns.toml", columns);
    let expected = plain.check("");
    let site = plain.with("rules.toml", dos(rules)).with("data/columns.toml", dos(columns));
    let read = site.check("");
    for key in ["results", "findings", "inputs"] {
        assert_eq!(read.value[key], expected.value[key], "{key}");
    }
    let wrong = site.with("rules.toml", dos("[rules.onsite-share]\nseverity = \"violation\"\nmin_percents = 60\n"));
    assert!(wrong.stopped("").contains("rules.toml:3: "), "lines are counted as an editor counts them");
}

#[test]
fn files_that_programs_put_beside_the_data_are_passed_over() {
    let site =
        site().with("data/~$visits.csv", "\u{1}locked").with("data/.visits.csv", "x").with("data/Columns.TOML", "");
    let json = site.check("");
    assert_eq!((json.list("inputs").len(), json.remarks("unclaimed_file").len()), (2, 0));
}

/// The old file is there until the new one stands in its place, and is replaced by it.
#[test]
fn an_output_is_put_in_the_place_of_an_older_one() {
    let site = site().with("out.json", "old");
    assert_ne!(site.run("check --data data --format json -o out.json").code, 2);
    assert!(read(&site.path("out.json")).starts_with(b"{"));
    let names: Vec<_> =
        std::fs::read_dir(site.folder.path()).expect("the folder").map(|e| e.expect("one").file_name()).collect();
    assert_eq!(names.len(), 2, "nothing is left beside it: {names:?}");
}
