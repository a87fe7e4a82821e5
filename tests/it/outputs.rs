//! Where outputs may land, who may read them, and what is read once.
#![cfg(unix)]

use crate::harness::*;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

/// Five visits, one row that is rejected for its telephone number's sake, a plan.
fn site() -> Site {
    Site::ruled(&["onsite-share"], "[input]\nmax_rejected_percent = 100\n")
        .with("data/customers.csv", "customer_id,name,manager_id,phone\nC1,店,M1,13800000001\nC2,铺,M2,13800000002\n")
        .visits("M1,C1,onsite,2026-09-07 08:00,,V1\nM2,C2,onsite,2026-09-07 08:00,,V2\nM1,C1,onsite,soon,,V3\n")
        .with("data/plans.csv", "manager_id,customer_id,date\nM1,C1,2026-09-08\nM2,C2,2026-09-08\n")
        .with("data/columns.toml", "")
}

/// All files below a folder with their bytes, folders with none.
fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(next).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let name = entry.strip_prefix(folder).expect("below it").to_string_lossy().into_owned();
            let bytes = if entry.is_dir() { vec![] } else { read(&entry) };
            left.extend(Some(&entry).filter(|entry| entry.is_dir() && !entry.is_symlink()).cloned());
            found.insert(name, bytes);
        }
    }
    found
}

fn mode(path: &Path) -> u32 {
    path.metadata().expect("it is there").permissions().mode() & 0o777
}

#[test]
fn no_output_lands_on_an_input_by_any_of_its_names() {
    let site = site();
    assert_eq!(site.run("check --data data --rejects old").code, 3);
    fs::create_dir(site.path("links")).expect("a folder");
    fs::create_dir(site.path("pm")).expect("a folder");
    for name in ["links/hard.csv", "pm/2026-09 M1.md", "pm/M1 2026-09-08.txt"] {
        fs::hard_link(site.path("data/visits.csv"), site.path(name)).expect("a hard link");
    }
    symlink("../data/plans.csv", site.path("links/soft.csv")).expect("a link");
    symlink("links", site.path("around")).expect("a link");
    let json = "check --data data --format json --quiet";
    fs::write(site.path("a.json"), site.run(json).out).expect("written");
    fs::write(site.path("b.json"), site.run(json).out).expect("written");
    let before = all(site.folder.path());
    for line in [
        "check --data data -o links/hard.csv",
        "check --data data -o around/../links/hard.csv",
        "check --data data -o around/soft.csv",
        "check --data data -o rules.toml",
        "check --data data --rules ./data/../rules.toml -o rules.toml",
        "check --data data -o data/columns.toml",
        "check --data data --rejects data",
        "check --data data --rejects ./links/../data/",
        "check --data data --mended old --rejects old",
        "check --data data --mended old -o old/reasons.csv",
        "sample --data data --month 2026-09 --seed 1 --format csv -o data/visits.csv",
        "rank --data data --month 2026-09 -o data/visits.csv --format table",
        "lint --data data --format table -o data/plans.csv",
        "explain --data data -o data/visits.csv --format table",
        "sheet --data data --date 2026-09-08 -o data/plans.csv --format csv",
        "sheet --data data --date 2026-09-08 --per-manager pm --format text",
        "report --data data --month 2026-09 --per-manager pm --format md",
        "report --data data --month 2026-09 --format md -o new.md --per-manager pm",
        "report --data data --month 2026-09 --per-manager made/for/it --format md --rejects data",
        "diff a.json b.json -o a.json",
        "diff a.json b.json --format json -o ./links/../b.json",
        "init --from data/visits.csv -o data/visits.csv --force",
        "init --from data/customers.csv data/visits.csv -o rules.toml --force",
    ] {
        let ran = site.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.err);
        assert!(ran.err.contains("this run reads it: no output may be written over it"), "{line}: {}", ran.err);
        assert_eq!(all(site.folder.path()), before, "{line}: nothing is written, no folder is made");
    }
    let ran = site.run("check --data data --rejects old -o old/visits.csv");
    assert!(ran.code == 2 && ran.err.contains("two outputs would be this one file"), "{}", ran.err);
    // Standard output can be a file as well.
    let input = fs::OpenOptions::new().append(true).open(site.path("data/visits.csv")).expect("it opens");
    let mut command = site.command("check --data data");
    let status = command.stdout(input).stderr(Stdio::null()).status().expect("the binary runs");
    assert_eq!(status.code(), Some(2));
    assert_eq!(all(site.folder.path()), before);
}

#[test]
fn what_holds_telephone_numbers_is_the_users_alone() {
    let site = site();
    fs::write(site.path("old.pdf"), "old").expect("written");
    fs::set_permissions(site.path("old.pdf"), fs::Permissions::from_mode(0o644)).expect("set");
    for line in [
        "sheet --data data --date 2026-09-08 -o sheet.pdf",
        "sheet --data data --date 2026-09-08 -o old.pdf",
        "sheet --data data --date 2026-09-08 --per-manager sheets --format csv",
        "sample --data data --month 2026-09 --seed 1 -o sample.csv",
        "check --data data --rejects rejects -o check.json",
    ] {
        assert_ne!(site.run(line).code, 2, "{line}");
    }
    for name in ["sheet.pdf", "sample.csv", "sheets/M1 2026-09-08.csv", "rejects/visits.csv", "rejects/reasons.csv"] {
        assert_eq!(mode(&site.path(name)), 0o600, "{name}");
    }
    assert_eq!(mode(&site.path("old.pdf")), 0o644, "what was there keeps who may read it");
    assert_ne!(mode(&site.path("check.json")), 0o600, "no number stands in it");
    // A cell that cannot be read is shown as it stands, here a number.
    let customers = "customer_id,name,manager_id,phone\nC1,店,M1,138****0001\n";
    let site = site.with("data/customers.csv", customers);
    assert_ne!(site.run("check --data data -o bad.json").code, 2);
    assert_eq!(mode(&site.path("bad.json")), 0o600);
    // Sentences on phone visits without a call name the number that was to be called.
    let unproven = Site::judging(&["call-proof"])
        .with("data/customers.csv", "customer_id,name,manager_id,phone\nC1,店,M1,13800000001\n")
        .with("data/calls.csv", "manager_id,number,started_at,seconds\nM1,13800000002,2026-09-07 08:00,60\nM1,13800000002,2026-09-09 08:00,60\n")
        .visits("M1,C1,phone,2026-09-08 08:00,,\nM1,C1,onsite,2026-09-10 08:00,,\n");
    assert_ne!(unproven.run("report --data data --month 2026-09 -o report.html").code, 2);
    assert_eq!(mode(&unproven.path("report.html")), 0o600);
}

/// Reads the visits from a pipe, where another reading would find nothing any more.
fn piped(site: &Site, line: &str, bytes: &[u8]) -> Ran {
    let mut command = site.command(line);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary runs");
    let mut pipe = child.stdin.take().expect("a pipe");
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || drop(pipe.write_all(&bytes)));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("written");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code().expect("an exit"), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
#[cfg(target_os = "linux")]
fn a_pipe_is_read_once() {
    let site = site();
    let rows = "M1,C1,onsite,2026-09-07 08:00,,V1\nM2,C2,onsite,2026-09-07 08:00,,V2\n";
    let line = "check --customers data/customers.csv --visits /dev/stdin --format json";
    let text = format!("{VISITS}{rows}").into_bytes();
    // Far into the file it turns out not to be UTF-8: read from a file it is opened three times.
    let late = [format!("{VISITS}{}", rows.repeat(20_000)).into_bytes(), gb18030("M1,C1,上门,2026-09-08 08:00,,V9\n")]
        .concat();
    for bytes in [text, late] {
        let ran = piped(&site, line, &bytes);
        assert_ne!(ran.code, 2, "{}", ran.err);
        let json = ran.json();
        assert_eq!(json.input("/dev/stdin")["rows"]["rejected"], 0);
        fs::write(site.path("same.csv"), &bytes).expect("written");
        let again = site.run(&line.replace("/dev/stdin", "same.csv")).json();
        assert_eq!(json.input("/dev/stdin")["rows"], again.input("same.csv")["rows"]);
    }
    // So are the rules, which are looked at twice, and two of a kind.
    let ran =
        piped(&site, "check --data data --rules /dev/stdin --format json", b"[rules.onsite-share]\nmin_percent = 7\n");
    assert_eq!(ran.json().value["rules"]["parameters"]["onsite-share"]["min_percent"], 7);
    let mut bash = Command::new("bash");
    let script = r#""$0" check --customers <(cat data/customers.csv) --visits <(cat data/visits.csv) --visits <(tail -n 2 data/visits.csv | sed '1i manager_id,customer_id,mode,started_at,ended_at,visit_id') --format json"#;
    bash.args(["-c", script, PROGRAM])
        .current_dir(site.folder.path())
        .env("LC_ALL", "C")
        .env("TMPDIR", site.folder.path());
    let ran = Ran::of(&mut bash);
    assert_ne!(ran.code, 2, "{}", ran.err);
    assert_eq!(ran.json().list("inputs").len(), 3);
    let left = all(site.folder.path()).into_keys().filter(|name| name.contains(".baifang-")).count();
    assert_eq!(left, 0, "nothing is left of what was kept");
}

#[test]
#[cfg(target_os = "linux")]
fn a_pipe_without_end_is_stopped() {
    let site = site().with("rules.toml", "[input]\nmax_unpacked_mb = 2\n");
    let said = site.run("check --customers data/customers.csv --visits /dev/zero");
    assert_eq!(said.code, 2);
    assert!(said.err.contains("/dev/zero: there is more in it than 2 MB"), "{}", said.err);
}

/// Every file waits for the others before it is put in place; none of them may keep a file open for that.
#[test]
#[cfg(target_os = "linux")]
fn many_managers_take_few_open_files() {
    let managers = 300;
    let rows = |row: fn(usize) -> String| (0..managers).map(row).collect::<String>();
    let site = Site::judging(&["onsite-share"])
        .with("data/customers.csv", format!("customer_id,name,manager_id\n{}", rows(|n| format!("C{n},店,M{n}\n"))))
        .visits(&rows(|n| format!("M{n},C{n},onsite,2026-09-07 08:00,,V{n}\n")))
        .with(
            "data/plans.csv",
            format!("manager_id,customer_id,date\n{}", rows(|n| format!("M{n},C{n},2026-09-08\n"))),
        );
    for line in [
        "report --month 2026-09 --per-manager out --format md",
        "sheet --date 2026-09-08 --per-manager out --format csv",
    ] {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n 64; exec {PROGRAM} {line} --data data")]);
        let ran = Ran::of(shell.current_dir(site.folder.path()).env("LC_ALL", "C"));
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
        assert_eq!(fs::read_dir(site.path("out")).expect("a folder").count(), managers, "{line}");
        fs::remove_dir_all(site.path("out")).expect("it goes");
    }
}
