//! README's monthly script, run as it stands there, on fixed dates.
#![cfg(unix)]

use crate::harness::{PROGRAM, root};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The script, and a `mail` that writes down what it is given.
struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
        let section = readme.split_once("\n## Every month by itself\n").expect("the section").1;
        let script = section.split_once("```sh\n").expect("a script").1.split_once("```").expect("its end").0;
        let machine = Self(tempfile::tempdir().expect("a temporary folder"));
        machine.program("monthly.sh", script);
        machine.program("mail", "#!/bin/sh\n{ echo \"$@\"; cat; } >>\"$(dirname \"$0\")/mails\"\n");
        std::os::unix::fs::symlink(PROGRAM, machine.path("baifang")).expect("a link");
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn program(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("written");
        fs::set_permissions(self.path(name), Permissions::from_mode(0o755)).expect("made to run");
    }

    /// Runs the script; its exit code, and what it mailed.
    fn run(&self, exports: &Path, options: &[&str]) -> (i32, String) {
        let _ = fs::remove_file(self.path("mails"));
        let path = format!("{}:{}", self.0.path().display(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("sh");
        command.arg(self.path("monthly.sh")).arg(exports).arg(self.path("reports")).args(options);
        command.env("PATH", path).env("MAILTO", "section@example.org").env("LC_ALL", "C");
        let output = command.current_dir(self.0.path()).stdin(Stdio::null()).output().expect("sh runs");
        assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        (output.status.code().expect("it was not killed"), fs::read_to_string(self.path("mails")).unwrap_or_default())
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

#[test]
fn the_last_month_that_is_over_gets_a_folder_and_its_violations_a_mail() {
    let machine = Machine::new();
    let exports = root().join("data-samples/clean");
    let (code, mails) = machine.run(&exports, &["--as-of", "2026-10-05"]);
    assert_eq!(code, 1);
    assert!(mails.starts_with("-s Visits 2026-09: violations section@example.org\n"), "{mails}");
    assert!(mails.contains("Visiting standard, 2026-09: 6 managers"), "{mails}");
    let json: serde_json::Value = serde_json::from_str(&machine.read("reports/2026-09/check.json")).expect("JSON");
    assert_eq!((&json["month"], &json["horizon"]), (&"2026-09".into(), &"2026-10-05".into()));
    assert!(machine.read("reports/2026-09/check.txt").contains("M003"));
    assert!(machine.read("reports/2026-09/report.html").contains("2026-09"));
    assert!(machine.path("reports/2026-09/rejects/reasons.csv").is_file());
    let before = machine.read("reports/2026-09/check.json");
    let (code, mails) = machine.run(&exports, &["--as-of", "2026-09-20"]);
    assert_eq!(code, 1);
    assert!(mails.starts_with("-s Visits 2026-08: violations"), "{mails}");
    assert!(machine.path("reports/2026-08/check.txt").is_file());
    assert_eq!(machine.read("reports/2026-09/check.json"), before, "another month's folder is left alone");
    let (code, _) = machine.run(&exports, &["--as-of", "2026-10-05"]);
    assert_eq!((code, machine.read("reports/2026-09/check.json")), (1, before), "the same again");
}

#[test]
fn a_run_that_stops_is_mailed_and_leaves_no_folder() {
    let machine = Machine::new();
    let (code, mails) = machine.run(&machine.path("nowhere"), &[]);
    assert_eq!(code, 2);
    assert!(mails.starts_with("-s baifang could not run") && mails.contains("there is no such folder"), "{mails}");
    assert!(!machine.path("reports").exists());
}

#[test]
fn a_clean_month_is_filed_without_a_mail() {
    let machine = Machine::new();
    let exports = machine.path("exports");
    fs::create_dir(&exports).expect("made");
    fs::write(exports.join("customers.csv"), "customer_id,name,manager_id\nC1,东街,M1\n").expect("written");
    let visits = "manager_id,customer_id,mode,started_at\nM1,C1,onsite,2026-09-30 08:00\n";
    fs::write(exports.join("visits.csv"), visits).expect("written");
    let rules = baifang::rules::ALL.iter().map(|rule| rule.meta().id).filter(|id| *id != "onsite-share");
    let off: String = rules.map(|id| format!("[rules.{id}]\nseverity = \"off\"\n")).collect();
    fs::write(machine.path("rules.toml"), off).expect("written");
    let (code, mails) = machine.run(&exports, &[]);
    assert_eq!((code, mails.as_str()), (0, ""));
    assert!(machine.path("reports/2026-09/check.txt").is_file());
    let broken = format!("{visits}{}", "M1,C1,onsite,2026-09-30 09:00\n".repeat(30)) + "M1,C1,onsite,yesterday\n";
    fs::write(exports.join("visits.csv"), broken).expect("written");
    let (code, mails) = machine.run(&exports, &[]);
    assert_eq!(code, 3);
    assert!(mails.starts_with("-s Visits 2026-09: look at the data"), "{mails}");
    let rejected = machine.read("reports/2026-09/rejects/visits.csv");
    assert!(rejected.ends_with("M1,C1,onsite,yesterday\n"), "{rejected}");
    fs::write(exports.join("visits.csv"), visits).expect("written");
    assert_eq!(machine.run(&exports, &[]).0, 0);
    assert!(!machine.path("reports/2026-09/rejects/visits.csv").exists(), "nothing of the run before is left");
}
