//! Bad days of `-o`: the run is killed, interrupted, the disk is full, two runs write one file. What was there stays whole
//! until the new file is, and nothing half written is left behind.
#![cfg(unix)]

use crate::harness::program;
use crate::harness::trials::{Missing, Outcome};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const OLD: &str = "the old file, as precious as ever\n";

/// A folder with enough data for an output of some megabytes: each visit leaves findings.
fn site(visits: usize) -> TempDir {
    let site = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(site.path().join("data")).expect("its subfolder");
    // No two at one time, or they were one visit told twice.
    let time = |i: usize| format!("2026-09-{:02} 07:{:02}:{:02}", i % 28 + 1, i % 60, i / 420);
    let row = |i: usize| format!("M{},C1,onsite,{},,{i}\n", i % 7, time(i));
    let rows: String = (0..visits).map(row).collect();
    let write = |name: &str, text: String| fs::write(site.path().join(name), text).expect("the file is written");
    write("data/customers.csv", "customer_id,name,manager_id\nC1,店,M1\n".to_owned());
    write("data/visits.csv", format!("manager_id,customer_id,mode,started_at,ended_at,visit_id,uploaded_at\n{rows}"));
    site
}

fn command(site: &Path, output: &Path) -> Command {
    let mut command = program(site);
    command.args(["check", "--data", "data", "--format", "json", "-o"]).arg(output);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn unfinished(folder: &Path) -> Vec<String> {
    names(folder).into_iter().filter(|name| name.starts_with(".baifang-")).collect()
}

/// What the command writes when nothing disturbs it.
fn undisturbed(site: &Path) -> String {
    let path = site.join("undisturbed.json");
    let status = command(site, &path).status().expect("the binary runs");
    assert_eq!(status.code(), Some(1), "there are violations");
    let text = fs::read_to_string(&path).expect("it was written");
    fs::remove_file(&path).expect("it can go");
    text
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").args([name, &child.id().to_string()]).stderr(Stdio::null()).status();
    status.expect("kill runs");
}

/// Starts the command over an old file, disturbs it after `delay`, and waits for its end.
fn disturbed(site: &Path, with: &str, delay: Duration) -> (ExitStatus, PathBuf) {
    let output = site.join("out.json");
    fs::write(&output, OLD).expect("the old file");
    let mut child = command(site, &output).spawn().expect("the binary runs");
    std::thread::sleep(delay);
    signal(&child, with);
    (child.wait().expect("it ends"), output)
}

/// Delays that grow until the run ends before it is disturbed, at most as many as given. Calls `look` after each.
fn at_any_moment(site: &Path, with: &str, most: usize, mut look: impl FnMut(ExitStatus, &Path)) {
    let started = Instant::now();
    undisturbed(site);
    let whole = started.elapsed();
    for step in 0..most as u32 {
        let (status, output) = disturbed(site, with, whole * (step + 1) / most as u32);
        look(status, &output);
    }
}

#[test]
fn a_killed_run_leaves_the_old_file_or_the_new_one() {
    let site = site(3_000);
    let new = undisturbed(site.path());
    let mut kept = 0;
    at_any_moment(site.path(), "-KILL", 16, |status, output| {
        let found = fs::read_to_string(output).expect("a file is there");
        assert!(found == OLD || found == new, "{} bytes, neither old nor new, after {status}", found.len());
        assert!(found == OLD || status.code() == Some(1) || status.code().is_none(), "{status}");
        kept += usize::from(found == OLD);
        // SIGKILL gives no chance to clean up; the next run is not disturbed by what is left.
        unfinished(site.path()).iter().for_each(|name| fs::remove_file(site.path().join(name)).expect("it can go"));
    });
    assert!(kept > 0, "no run was killed in time");
}

/// Waits for the temporary file and interrupts the run just then.
#[test]
fn an_interrupted_run_takes_its_temporary_file_with_it() {
    for name in ["-INT", "-TERM", "-HUP"] {
        let site = site(6_000);
        let new = undisturbed(site.path());
        let output = site.path().join("out.json");
        let mut met = 0;
        for _ in 0..8 {
            fs::write(&output, OLD).expect("the old file");
            let mut child = command(site.path(), &output).spawn().expect("the binary runs");
            let mut status = None;
            while status.is_none() && unfinished(site.path()).is_empty() {
                status = child.try_wait().expect("it can be asked");
            }
            signal(&child, name);
            let code = child.wait().expect("it ends").code();
            assert_eq!(unfinished(site.path()), [""; 0], "{name}");
            let found = fs::read_to_string(&output).expect("a file is there");
            // The interruption may come when the new file is in its place already.
            assert!(found == OLD || found == new, "{name}: {} bytes, neither old nor new", found.len());
            met += usize::from(code == Some(130) && found == OLD);
        }
        assert!(met > 0, "{name}: no run was interrupted while it wrote");
    }
}

#[test]
fn an_interruption_at_any_moment_leaves_no_temporary_file() {
    let site = site(3_000);
    let new = undisturbed(site.path());
    at_any_moment(site.path(), "-INT", 16, |status, output| {
        let found = fs::read_to_string(output).expect("a file is there");
        assert!(found == OLD || found == new, "{} bytes, neither old nor new, after {status}", found.len());
        assert_eq!(unfinished(site.path()), [""; 0], "after {status}");
    });
}

/// Who has been told to ignore hangups goes on.
#[test]
fn ignored_signals_stay_ignored() {
    let site = site(6_000);
    let output = site.path().join("out.json");
    let program = command(site.path(), &output);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' HUP; exec \"$@\"", "sh"]).arg(program.get_program()).args(program.get_args());
    shell.current_dir(site.path()).env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::null());
    let mut child = shell.spawn().expect("the binary runs");
    while child.try_wait().expect("it can be asked").is_none() && unfinished(site.path()).is_empty() {}
    signal(&child, "-HUP");
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    assert!(output.is_file() && unfinished(site.path()).is_empty());
}

/// Old and new never mix, whoever comes last.
#[test]
fn of_two_runs_that_write_one_file_one_stands_whole() {
    let site = site(3_000);
    let output = site.path().join("out.json");
    let json = undisturbed(site.path());
    let one_manager = |output: &Path| {
        let mut command = command(site.path(), output);
        command.args(["--manager", "M1"]);
        command
    };
    let path = site.path().join("part.json");
    one_manager(&path).status().expect("the binary runs");
    let part = fs::read_to_string(&path).expect("it was written");
    assert_ne!(json, part);
    for _ in 0..4 {
        let mut runs = [command(site.path(), &output), one_manager(&output), command(site.path(), &output)]
            .map(|mut command| command.spawn().expect("the binary runs"));
        for run in &mut runs {
            assert_eq!(run.wait().expect("it ends").code(), Some(1));
        }
        let found = fs::read_to_string(&output).expect("a file is there");
        assert!(found == json || found == part, "{} bytes, neither of the two", found.len());
        assert_eq!(unfinished(site.path()), [""; 0]);
    }
}

/// A small file system of its own, unmounted when dropped.
struct Disk(TempDir);

impl Disk {
    fn mount(options: &str) -> Result<Self, Missing> {
        let disk = Self(tempfile::tempdir().expect("a temporary folder"));
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(disk.0.path()).stderr(Stdio::null());
        let mounted = mount.status().is_ok_and(|status| status.success());
        mounted.then_some(disk).ok_or(Missing::Right("a file system may not be mounted"))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).stderr(Stdio::null()).status();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_keeps_the_old_file() -> Outcome {
    let disk = Disk::mount("size=64k")?;
    let site = site(3_000);
    assert!(undisturbed(site.path()).len() > 1 << 17, "more than fits");
    let output = disk.0.path().join("out.json");
    fs::write(&output, OLD).expect("the old file");
    let rejects = disk.0.path().join("rejects");
    for format in ["json", "csv", "table"] {
        let mut command = program(site.path());
        command.args(["check", "--data", "data", "--format", format, "--rejects"]).arg(&rejects).arg("-o").arg(&output);
        let ran = command.output().expect("the binary runs");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        if format == "json" {
            assert_eq!(ran.status.code(), Some(2), "{said}");
        }
        if ran.status.code() == Some(2) {
            assert!(said.contains("cannot be written: the disk is full") && said.contains("remedy: "), "{said}");
            assert_eq!(fs::read_to_string(&output).expect("it is there"), OLD);
            assert_eq!(names(disk.0.path()), ["out.json"], "{format}");
        }
    }
    Ok(())
}

/// A place where nothing can be written, whoever one is.
#[test]
#[cfg(target_os = "linux")]
fn a_read_only_place_is_named() -> Outcome {
    let disk = Disk::mount("size=64k,ro")?;
    let site = site(10);
    let output = disk.0.path().join("out.json");
    let ran = command(site.path(), &output).output().expect("the binary runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot be written: the place is read-only") && said.contains("remedy: "), "{said}");
    Ok(())
}

/// What a killed run has left goes when the next run writes there, once it is a day old and nobody's any more.
#[test]
fn what_killed_runs_have_left_is_removed() {
    let site = site(30);
    let old = std::time::SystemTime::now() - Duration::from_secs(2 * 86_400);
    // The test's own process is at work; 4194305 is above the numbers that Linux gives.
    let mine = format!(".baifang-{}-x", std::process::id());
    for (name, is_old) in [
        (".baifang-4194305-x", true),
        (".baifang-4194305-y", false),
        (mine.as_str(), true),
        (".baifang-z", true),
        ("baifang-z", true),
    ] {
        let file = fs::File::create(site.path().join(name)).expect("made");
        if is_old {
            file.set_modified(old).expect("made old");
        }
    }
    command(site.path(), &site.path().join("out.json")).status().expect("the binary runs");
    let left: Vec<String> = names(site.path()).into_iter().filter(|name| name.contains("baifang-")).collect();
    let mut expected = vec![".baifang-4194305-y".to_owned(), "baifang-z".to_owned()];
    // Elsewhere than on Linux nothing tells that it is at work.
    expected.extend(cfg!(target_os = "linux").then_some(mine));
    expected.sort();
    assert_eq!(left, expected);
}

/// No output may land on what the run reads.
#[test]
fn nothing_is_written_over_an_input() {
    let site = site(30);
    let write = |name: &str, text: &str| fs::write(site.path().join(name), text).expect("written");
    write("rules.toml", "[input]\nmax_rejected_percent = 100\n");
    write("data/columns.toml", "");
    fs::write(site.path().join("data/bad.visits.csv"), "manager_id,customer_id,mode,started_at\nM1,C1,onsite,soon\n")
        .expect("written");
    std::os::unix::fs::symlink("data/visits.csv", site.path().join("link.csv")).expect("a link");
    let run = |line: &str| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_baifang")).args(line.split(' ')).current_dir(site.path()).output();
        let output = output.expect("the binary runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let before = |name: &str| fs::read(site.path().join(name)).expect("it is there");
    let kept = ["data/visits.csv", "data/bad.visits.csv", "data/columns.toml", "rules.toml"];
    let bytes: Vec<Vec<u8>> = kept.iter().map(|name| before(name)).collect();
    for line in [
        "check --data data -o data/visits.csv",
        "check --data data -o ./data/../data/visits.csv",
        "check --data data -o link.csv",
        "check --data data -o rules.toml",
        "check --data data -o data/columns.toml",
        "check --data data --rejects data",
        "lint --data data -o data/customers.csv --format table",
        "report --data data --format md -o data/visits.csv",
    ] {
        let (code, told) = run(&format!("{line} --lang en"));
        assert_eq!(code, Some(2), "{line}: {told}");
        assert!(told.contains("no output may be written over it"), "{line}: {told}");
    }
    assert!(kept.iter().zip(&bytes).all(|(name, bytes)| before(name) == *bytes));
    assert!(unfinished(site.path()).is_empty() && unfinished(&site.path().join("data")).is_empty());
}
