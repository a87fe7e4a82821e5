//! The line for cron in `docs/unattended.md`, run as it stands there, on fixed dates.
#![cfg(unix)]

use crate::harness::{PROGRAM, root};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A machine with the program, on which cron runs the line; what is printed cron would mail.
struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        let machine = Self(tempfile::tempdir().expect("a temporary folder"));
        std::os::unix::fs::symlink(PROGRAM, machine.path("baifang")).expect("a link");
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs the line with these exports; its exit code, and the mail.
    fn run(&self, exports: &Path, options: &str) -> (i32, String) {
        let page = fs::read_to_string(root().join("docs/unattended.md")).expect("the page");
        let lines = page.split_once("```cron\n").expect("lines for cron").1.split_once("```").expect("their end").0;
        let line = lines.lines().find(|line| line.contains("baifang")).expect("the program's");
        // Five fields say when.
        let command = line.splitn(6, ' ').nth(5).expect("a command");
        let command = command.replace("/srv/exports", "\"$EXPORTS\"").replace("/srv/reports", "\"$REPORTS\"");
        let path = format!("{}:{}", self.0.path().display(), std::env::var("PATH").unwrap_or_default());
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{command} {options}")]).env("PATH", path);
        shell.env("EXPORTS", exports).env("REPORTS", self.path("reports"));
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            shell.env_remove(name);
        }
        let output = shell.current_dir(self.0.path()).stdin(Stdio::null()).output().expect("sh runs");
        let mail = [output.stdout, output.stderr].concat();
        (output.status.code().expect("it was not killed"), String::from_utf8(mail).expect("UTF-8"))
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

#[test]
fn the_last_month_that_is_over_gets_a_folder_and_a_mail() {
    let machine = Machine::new();
    let exports = root().join("data-samples/clean");
    let (code, mail) = machine.run(&exports, "--as-of 2026-10-05");
    assert_eq!(code, 1);
    assert!(mail.contains("2026-09") && mail.contains("M004") && mail.contains("index.html"), "{mail}");
    assert!(mail.lines().count() <= 12, "{mail}");
    let json: serde_json::Value = serde_json::from_str(&machine.read("reports/2026-09/check.json")).expect("JSON");
    assert_eq!((&json["month"], &json["horizon"]), (&"2026-09".into(), &"2026-10-05".into()));
    let before = machine.read("reports/2026-09/check.json");
    let (code, mail) = machine.run(&exports, "--as-of 2026-09-20");
    assert_eq!(code, 1);
    assert!(mail.lines().next().is_some_and(|line| line.contains("2026-08")), "{mail}");
    assert!(machine.path("reports/2026-08/index.html").is_file());
    assert_eq!(machine.read("reports/2026-09/check.json"), before, "another month's folder is left alone");
    let (code, _) = machine.run(&exports, "--as-of 2026-10-05");
    assert_eq!((code, machine.read("reports/2026-09/check.json")), (1, before), "the same again");
}

#[test]
fn the_mail_speaks_as_rules_toml_says() {
    let machine = Machine::new();
    fs::write(machine.path("rules.toml"), "[output]\nlang = \"zh\"\n").expect("written");
    let (_, mail) = machine.run(&root().join("data-samples/clean"), "--as-of 2026-10-05");
    assert!(mail.starts_with("2026-09 拜访规范执行情况\n"), "{mail}");
}

#[test]
fn a_run_that_stops_is_mailed_and_leaves_no_folder() {
    let machine = Machine::new();
    let (code, mail) = machine.run(&machine.path("nowhere"), "");
    assert_eq!(code, 2);
    assert!(mail.contains("there is no such folder"), "{mail}");
    assert!(!machine.path("reports").exists());
}

#[test]
fn a_clean_month_is_filed_and_what_could_not_be_read_told() {
    let machine = Machine::new();
    let exports = machine.path("exports");
    fs::create_dir(&exports).expect("made");
    fs::write(exports.join("customers.csv"), "customer_id,name,manager_id\nC1,东街,M1\n").expect("written");
    let visits = "manager_id,customer_id,mode,started_at\nM1,C1,onsite,2026-09-30 08:00\n";
    fs::write(exports.join("visits.csv"), visits).expect("written");
    let rules = baifang::rules::ALL.iter().map(|rule| rule.meta().id).filter(|id| *id != "onsite-share");
    let off: String = rules.map(|id| format!("[rules.{id}]\nseverity = \"off\"\n")).collect();
    fs::write(machine.path("rules.toml"), off).expect("written");
    assert_eq!(machine.run(&exports, "").0, 0);
    assert!(machine.path("reports/2026-09/check.txt").is_file());
    let broken = format!("{visits}{}", "M1,C1,onsite,2026-09-30 09:00\n".repeat(30)) + "M1,C1,onsite,yesterday\n";
    fs::write(exports.join("visits.csv"), broken).expect("written");
    assert_eq!(machine.run(&exports, "").0, 3);
    let rejected = machine.read("reports/2026-09/rejects/visits.csv");
    assert!(rejected.ends_with("M1,C1,onsite,yesterday\n"), "{rejected}");
    fs::write(exports.join("visits.csv"), visits).expect("written");
    assert_eq!(machine.run(&exports, "").0, 0);
    assert!(!machine.path("reports/2026-09/rejects").exists(), "nothing of the run before is left");
}
