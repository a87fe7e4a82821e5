//! How a run ends and what it leaves behind: exit codes, `-o`, pipes, the same bytes every time (SPEC §4).

use crate::harness::*;
use std::process::{Command, Stdio};

const GOOD: &str = "M1,C1,onsite,2026-09-07 08:00,2026-09-07 14:00,\n";
const SHORT: &str = "M1,C1,onsite,2026-09-07 08:00,2026-09-07 09:00,\n";
const UNREADABLE: &str = "M1,C1,swimming,2026-09-07 08:00,,\n";

fn site(rows: &str, severity: &str) -> Site {
    let more = format!("[input]\nmax_rejected_percent = 50\n[rules.field-time]\nseverity = \"{severity}\"\n");
    Site::ruled(&["field-time"], &more).customers(1).visits(rows)
}

#[test]
fn exit_codes_tell_how_it_ended() {
    let code = |rows: &[&str], severity: &str, options: &str| {
        site(&rows.concat(), severity).run(&format!("check --data data {options}")).code
    };
    assert_eq!(code(&[GOOD], "violation", ""), 0);
    assert_eq!(code(&[SHORT], "violation", ""), 1);
    assert_eq!(code(&[SHORT], "warning", ""), 0, "a warning is no violation");
    assert_eq!(code(&[GOOD, UNREADABLE], "violation", ""), 3);
    assert_eq!(code(&[SHORT, UNREADABLE], "violation", ""), 1, "violations go first");
    assert_eq!(code(&[SHORT, UNREADABLE], "warning", ""), 3);
    assert_eq!(code(&[GOOD, UNREADABLE], "violation", "--strict"), 2);
    assert_eq!(code(&[SHORT], "violation", "--month 2020-01"), 2);
    // What counts can be chosen.
    assert_eq!(code(&[SHORT], "violation", "--fail-on violation"), 1);
    assert_eq!(code(&[SHORT], "violation", "--fail-on warning"), 1);
    assert_eq!(code(&[SHORT], "warning", "--fail-on warning"), 1);
    assert_eq!(code(&[GOOD], "warning", "--fail-on warning"), 0);
    assert_eq!(code(&[SHORT], "violation", "--fail-on never"), 0);
    assert_eq!(code(&[SHORT, UNREADABLE], "warning", "--fail-on warning"), 1);
    assert_eq!(code(&[SHORT, UNREADABLE], "violation", "--fail-on never"), 3);
    // How much is shown, and how, makes no difference.
    for options in ["--findings none", "--format json", "--format csv", "--format json --findings none", "--quiet"] {
        assert_eq!(code(&[SHORT], "violation", options), 1, "{options}");
        assert_eq!(code(&[GOOD, UNREADABLE], "violation", options), 3, "{options}");
    }
}

#[test]
fn a_clean_run_has_nothing_to_say_on_stderr() {
    let ran = site(GOOD, "violation").run("check --data data");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let ran = site(&[SHORT, UNREADABLE].concat(), "violation").run("check --data data --quiet");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "data go to stdout");
}

#[test]
fn help_and_version_are_no_errors() {
    let site = Site::bare();
    for line in ["--help", "-h", "--version", "check --help", "check --lang zh --help", "--help --lang zh"] {
        let ran = site.run(line);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}");
        assert!(!ran.out.is_empty(), "{line}");
    }
    assert!(site.run("check --help").out.contains("--as-of"));
    assert_eq!(site.run("").code, 2);
}

/// The names of the files in the site's folder.
fn names(site: &Site) -> Vec<String> {
    let entries = std::fs::read_dir(site.folder.path()).expect("the folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn output_goes_to_the_file_whole() {
    let site = site(SHORT, "violation").with("out.json", "old and much longer than what will be there ".repeat(500));
    let stdout = site.run("check --data data --format json").out;
    let ran = site.run("check --data data --format json -o out.json");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(String::from_utf8(read(&site.path("out.json"))).expect("UTF-8"), stdout);
    assert_eq!(names(&site), ["data", "out.json", "rules.toml"], "no temporary file stays");
    let ran = site.run("check --data data --lang en -o new.txt");
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(
        String::from_utf8(read(&site.path("new.txt"))).expect("UTF-8"),
        site.run("check --data data --lang en").out
    );
}

#[test]
fn a_run_that_fails_writes_nothing() {
    let site = site(SHORT, "violation").with("out.json", "precious");
    for options in
        ["--month 2020-01", "--manager M9", "--rules none.toml", "--visits none.csv", "--findings some", "--nonsense"]
    {
        let ran = site.run(&format!("check --data data --format json -o out.json --rejects rejects {options}"));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{options}");
        assert_eq!(read(&site.path("out.json")), b"precious", "{options}");
        assert_eq!(names(&site), ["data", "out.json", "rules.toml"], "{options}");
    }
    // Neither the report without the rejects, nor the rejects without the report.
    let ran = site.run("check --data data --format json -o out.json --rejects data/visits.csv");
    assert_eq!((ran.code, read(&site.path("out.json")) == b"precious"), (2, true), "{}", ran.err);
    let ran = site.run("check --data data --format json --rejects data/visits.csv");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    let ran = site.run("check --data data --format json -o nowhere/out.json --rejects rejects");
    assert_eq!((ran.code, site.path("rejects").exists()), (2, false), "{}", ran.err);
}

/// More output than a pipe holds, for a reader that has had enough after one line.
#[test]
#[cfg(unix)]
fn a_closed_pipe_ends_the_run_quietly() {
    let rows: String = (0..600).map(|i| format!("M{i},C1,onsite,2026-09-07 08:00,,\n")).collect();
    let site = site(&rows, "violation");
    for format in ["json", "csv", "table"] {
        let full = site.run(&format!("check --data data --format {format}")).out;
        assert!(full.len() > 1 << 16, "{format}: {} bytes fit into a pipe", full.len());
        for output in ["", "-o /dev/stdout"] {
            let script =
                format!("{{ '{PROGRAM}' check --data data --format {format} {output}; echo ended $? >&2; }} | head -1");
            let mut command = Command::new("sh");
            command.args(["-c", &script]).current_dir(site.folder.path()).env("LC_ALL", "C").stdin(Stdio::null());
            let ran = Ran::of(&mut command);
            assert_eq!((ran.out.lines().next(), ran.err.as_str()), (full.lines().next(), "ended 1\n"), "{format}");
        }
    }
}

/// A key of the whole a line, an element of a list a line, so that the file can be searched and compared by lines.
#[test]
fn json_stands_in_lines() {
    let ran = site(&[SHORT, UNREADABLE].concat(), "violation").run("check --data data --format json");
    let json = ran.json();
    let mut lines = ran.out.lines().map(|line| line.trim_end_matches(','));
    assert_eq!(lines.next(), Some("{"));
    for (key, value) in json.value.as_object().expect("an object") {
        let line = lines.next().expect("a line");
        match value.as_array() {
            Some(list) if !list.is_empty() => {
                assert_eq!(line, format!("\"{key}\":["));
                list.iter().for_each(|element| assert_eq!(lines.next(), Some(element.to_string().as_str())));
                assert_eq!(lines.next(), Some("]"));
            }
            _ => assert_eq!(line, format!("\"{key}\":{value}")),
        }
    }
    assert_eq!((lines.next(), lines.next(), ran.out.ends_with("}\n")), (Some("}"), None, true));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_device_stops_the_run() {
    for format in ["json", "csv", "table"] {
        let line = format!("check --data data --format {format}");
        let named = site(SHORT, "violation").run(&format!("{line} -o /dev/full"));
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
        let output = site(SHORT, "violation").command(&line).stdout(full).output().expect("the binary runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        for (code, said) in [(Some(named.code), named.err), (output.status.code(), said)] {
            assert!(code == Some(2) && said.contains("cannot be written"), "{format}: {code:?} {said}");
        }
    }
}

/// Two files of a kind and several managers, judged by one thread and by two, named in any order.
#[test]
fn the_same_input_gives_the_same_bytes() {
    let rows = |from: usize| -> String {
        let row = |i: usize| format!("M{},C{},onsite,2026-09-{:02} 08:{:02},,\n", i % 17, i % 5, i % 28 + 1, i % 60);
        let rows: String = (from..from + 300).map(row).collect();
        format!("{VISITS}{rows}{UNREADABLE}")
    };
    let site = site("", "violation")
        .with("a.csv", rows(0))
        .with("b.csv", rows(7))
        .with("c.csv", "customer_id,name,manager_id\nC1,店,M1\n");
    let orders = [
        "--visits a.csv --visits b.csv --customers c.csv --month 2026-09",
        "--month 2026-09 --customers c.csv --visits b.csv --visits a.csv",
        "--visits b.csv --customers c.csv --visits a.csv --month 2026-09",
    ];
    for format in ["json", "csv", "table"] {
        let mut seen: Vec<String> = Vec::new();
        for threads in ["1", "2"] {
            for order in orders {
                let mut command = site.command(&format!("check --format {format} {order}"));
                let ran = Ran::of(command.env("RAYON_NUM_THREADS", threads));
                assert_eq!(ran.code, 1, "{}", ran.err);
                seen.push(ran.out);
            }
        }
        assert!(seen[0].contains("M16"));
        assert!(seen.iter().all(|out| *out == seen[0]), "{format}");
    }
}

/// Without --rules, ./rules.toml is read; without that, the built-in copy, which is then named by no path.
#[test]
fn rules_come_from_the_option_the_folder_or_the_binary() {
    let limit = |json: &Json| json.value["rules"]["parameters"]["field-time"]["hours"].clone();
    let site = Site::bare().customers(1).visits(GOOD);
    let json = site.check("");
    assert_eq!((limit(&json), json.value["rules"]["path"].is_null()), (serde_json::json!(5), true));
    let site = site
        .with("rules.toml", "[rules.field-time]\nhours = 4\n")
        .with("mine.toml", "[rules.field-time]\nhours = 6.5\n");
    let json = site.check("");
    assert_eq!((limit(&json), &json.value["rules"]["path"]), (serde_json::json!(4), &serde_json::json!("rules.toml")));
    let json = site.check("--rules mine.toml");
    assert_eq!((limit(&json), &json.value["rules"]["path"]), (serde_json::json!(6.5), &serde_json::json!("mine.toml")));
}
