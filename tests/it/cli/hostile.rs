//! Data and paths that nobody chose on purpose: cells that a spreadsheet would run or a terminal obey, names with blanks and
//! worse, links, folders of thousands of files.

use crate::harness::*;
use std::process::Command;

const OPENERS: [&str; 6] = ["=", "+", "-", "@", "\t", "\r"];

/// All cells of a CSV text.
fn cells(text: &str) -> Vec<String> {
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.into_records().flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn runs(cell: &str) -> bool {
    OPENERS.iter().any(|opener| cell.starts_with(opener)) && cell.parse::<f64>().is_err()
}

/// Every text of the data that gets into the findings: ids of customers, managers and visits, and the name of a file.
#[test]
fn no_cell_of_the_findings_runs_in_a_spreadsheet() {
    for opener in OPENERS {
        let id = |name: &str| format!("\"{opener}{name}|' /C calc'!A1\"");
        let (manager, customer, visit) = (id("m"), id("c"), id("v"));
        let customers =
            format!("customer_id,name,manager_id,must_onsite\n{customer},店,{manager},yes\nC2,店,{manager},\n");
        let site = Site::judging(&["must-onsite", "field-time"]).with("data/customers.csv", customers);
        let visits = format!("{manager},C2,onsite,2026-09-07 08:00,2026-09-07 08:09,{visit}\n");
        let site = site.with(&format!("data/{}visits.csv", opener.trim()), format!("{VISITS}{visits}"));
        let csv = site.run("check --data data --as-of 2026-09-30 --format csv").out;
        let cells = cells(&csv);
        assert_eq!(cells.iter().find(|cell| runs(cell)), None, "{opener:?}");
        let guarded = format!("'{}m|' /C calc'!A1", opener.trim());
        assert!(opener.trim().is_empty() || cells.contains(&guarded), "{opener:?}: {cells:?}");
    }
}

/// Rejected cells are quoted as they stand, blanks and all, but for what acts.
#[test]
fn no_cell_of_the_reasons_runs_in_a_spreadsheet() {
    for opener in OPENERS.into_iter().chain(["＝", "＠", " =", "\u{3000}+", "\u{a0}-"]) {
        let bad =
            format!("M1,C1,\"{opener}cmd\",2026-09-07 08:00,,\nM1,C1,onsite,2026-09-07 08:00,,,\"{opener}more\"\n");
        let site = Site::ruled(&[], "[input]\nmax_rejected_percent = 100\n").customers(1);
        let site = site.visits(&format!("M1,C1,onsite,2026-09-07 08:00,,\n{bad}"));
        let ran = site.run("check --data data --rejects out");
        assert_eq!(ran.code, 3, "{}", ran.err);
        let reasons = String::from_utf8(read(&site.path("out/reasons.csv"))).expect("UTF-8");
        let reasons = reasons.strip_prefix('\u{feff}').expect("Excel tells UTF-8 by it");
        let cells = cells(reasons);
        assert_eq!(cells.iter().find(|cell| runs(cell)), None, "{opener:?}");
        let shown = format!("'{opener}more").replace(['\t', '\r'], "\u{fffd}");
        assert!(cells.contains(&shown), "{opener:?}: {cells:?}");
        // The rows themselves are the file's own bytes: they are to be mended and read again, not to be looked at.
        assert!(read(&site.path("out/visits.csv")).ends_with(bad.as_bytes()));
    }
}

/// Whatever acts on a terminal is replaced in tables and messages; JSON escapes it.
#[test]
fn nothing_that_a_terminal_obeys_gets_to_it() {
    let acting = "\u{1b}]0;x\u{7}\u{8}\u{7f}\u{9b}2J\u{202e}";
    let customers = format!("customer_id,name,manager_id,manager_name,branch\nC1,{acting},M1,{acting},{acting}\n");
    let visits = format!("M1,C{acting},onsite,2026-09-07 08:00,{acting},{acting}\nM{acting},C1,{acting},x,,\n");
    let site = Site::ruled(&["field-time", "archive"], "[input]\nmax_rejected_percent = 100\n");
    let site = site.with("data/customers.csv", customers).visits(&visits).with("data/mine\u{1b}[2J.csv", "x\n");
    for options in ["", "--matrix", "--lang zh", "--color always", "--strict", "--manager X", "--branch X"] {
        let ran = site.run(&format!("check --data data {options}"));
        let colourless = ran.out.replace("\u{1b}[0m", "");
        let text = [&ran.out[..], &ran.err].concat();
        let acts = |c: char| (c.is_control() && c != '\n' && c != '\u{1b}') || c == '\u{202e}';
        assert_eq!(text.chars().find(|c| acts(*c)), None, "{options}");
        let escapes = colourless.matches('\u{1b}').count() - colourless.matches("\u{1b}[").count();
        assert!(escapes == 0 && !text.contains("\u{1b}]") && !text.contains("[2J\u{1b}"), "{options}");
        assert!(options == "--color always" || !text.contains('\u{1b}'), "{options}: {text:?}");
    }
    let json = site.run("check --data data --format json").out;
    assert!(!json.contains(['\u{1b}', '\u{7}', '\u{8}']));
}

/// In the name of a shop and in all that a sheet says of it.
const ACTING: &str = "\u{1b}]0;PWNED\u{7}\u{1b}[2J\u{202e}\u{200b}\u{9b}1m\u{61c}";

fn hostile_sheet() -> Site {
    let cells = format!("\"{ACTING}店\nFORGED  C9\",M1,\"{ACTING}赵\nFORGED\",\"东{ACTING}\",\"路\n{ACTING}号\",=1+1");
    Site::judging(&["onsite-share"])
        .with(
            "data/customers.csv",
            format!("customer_id,name,manager_id,manager_name,branch,address,contact\nC1,{cells}\n"),
        )
        .with(
            "data/plans.csv",
            format!("manager_id,customer_id,date,mode,tool,purpose\nM1,C1,2026-09-08,web,{ACTING},{ACTING}看\n"),
        )
        .visits("M1,C1,onsite,2026-09-07 08:00,,V1\n")
}

/// What of a text would act on who looks at it, newlines apart.
fn acting(text: &str) -> Option<char> {
    let hidden = |c: char| matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    text.chars().find(|c| (c.is_control() && !matches!(c, '\n' | '\u{c}')) || hidden(*c))
}

#[test]
fn nothing_in_a_sheet_acts_on_who_prints_it() {
    let site = hostile_sheet();
    for format in ["text", "html", "csv"] {
        for lang in ["zh", "en"] {
            let ran = site.run(&format!("sheet --data data --date 2026-09-08 --format {format} --lang {lang}"));
            assert_eq!(ran.code, 0, "{}", ran.err);
            assert_eq!(acting(&ran.out), None, "{format}");
            assert!(ran.out.contains("\u{fffd}]0;PWNED\u{fffd}"), "{format}: {}", ran.out);
            assert!(!ran.out.lines().any(|line| line.starts_with("FORGED")), "{format}: {}", ran.out);
        }
    }
    let page = site.run("sheet --data data --date 2026-09-08 --format html").out;
    assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"), "{page}");
    assert!(!page.contains(" style="), "the policy would not let it style: {page}");
    let pages = site.run("sheet --data data --date 2026-09-08 --per-manager sheets --format xlsx");
    assert_eq!(pages.code, 0, "{}", pages.err);
}

/// What other commands show of the same names, in formats for people and for machines.
#[test]
fn nothing_in_any_output_acts_on_who_looks_at_it() {
    let site = hostile_sheet();
    let site = site.with(
        "data/calls.csv",
        format!("manager_id,number,started_at,seconds\nM1,{ACTING}x,2026-09-07 08:00,{ACTING}\n"),
    );
    for line in [
        "check --findings all",
        "check --matrix",
        "check --format csv",
        "check --format json",
        "lint",
        "lint --format json",
        "sample --seed 1",
        "sample --seed 1 --format csv",
        "sample --seed 1 --format json",
        "rank --month 2026-09",
        "rank --month 2026-09 --format csv",
        "rank --month 2026-09 --format html",
        "rank --month 2026-09 --format md",
        "report --format html",
        "report --format md",
        "sheet --date 2026-09-08",
    ] {
        let ran = site.run(&format!("{line} --data data"));
        assert_ne!(ran.code, 2, "{line}: {}", ran.err);
        assert_eq!(acting(&ran.out).or(acting(&ran.err)), None, "{line}");
        if line.ends_with("json") {
            serde_json::from_str::<serde_json::Value>(&ran.out).expect("JSON");
        }
    }
    // JSON keeps what it escapes.
    let json = site.run("check --data data --format json").json();
    assert_eq!(json.list("managers")[0]["name"], format!("{ACTING}赵\nFORGED"));
}

/// A command that is printed to be typed means the same folder, and shows nothing that acts.
#[test]
#[cfg(unix)]
fn printed_commands_can_be_typed() {
    for name in ["a\u{1b}]0;PWNED\u{7}", "x\u{202e}y\nz", "it's $(touch y) `z` \\ \"!\"", "-n", "$'\\x'", " blank "] {
        let site = Site::bare();
        let site = site.with(&format!("{name}/customers.csv"), "customer_id,name,manager_id\nC1,店,M1\n");
        let site = site.with(&format!("{name}/visits.csv"), format!("{VISITS}M1,C1,onsite,2026-09-07 08:00,,\n"));
        let mut command = site.command("init -o c.toml --from");
        command.arg(format!("./{name}"));
        let ran = Ran::of(&mut command);
        assert_eq!((ran.code, acting(&ran.err)), (0, None), "{name:?}: {}", ran.err);
        let typed = ran.err.trim_end().lines().last().expect("a command").trim();
        let script = format!("baifang() {{ '{PROGRAM}' \"$@\"; }}\n{typed} --format json");
        let ran =
            Ran::of(Command::new("bash").args(["-c", &script]).current_dir(site.folder.path()).env("LC_ALL", "C"));
        assert_ne!(ran.code, 2, "{typed}: {}", ran.err);
        assert_eq!(ran.json().list("inputs").len(), 2, "{typed}");
        assert!(!site.path("y").exists());
    }
}

#[test]
fn names_have_blanks_and_chinese_characters() {
    let folder = "一月 数据 (终稿)/第 2 批";
    let site = Site::judging(&["onsite-share"])
        .with(&format!("{folder}/客户档案 全部.csv"), "customer_id,name,manager_id\nC1,店,M1\n")
        .with(&format!("{folder}/拜访记录 9月 (1).csv"), format!("{VISITS}M1,C1,onsite,2026-09-07 08:00,,\n"))
        .with("规则 文件.toml", "[rules.onsite-share]\nmin_percent = 10\n");
    std::fs::create_dir(site.path("结果 目录")).expect("a folder");
    let mut command = site.command("check --format json --data");
    command.args([folder, "--rules", "规则 文件.toml", "-o", "结果 目录/九月 检查.json"]);
    let ran = Ran::of(&mut command);
    assert_ne!(ran.code, 2, "{}", ran.err);
    let written = String::from_utf8(read(&site.path("结果 目录/九月 检查.json"))).expect("UTF-8");
    let json = Ran { out: written, ..ran }.json();
    assert_eq!(json.share("M1", "onsite-share"), "1/1");
    assert_eq!(json.fates("拜访记录 9月 (1).csv"), "used 1");
}

/// The name is not even text in any encoding.
#[test]
#[cfg(target_os = "linux")]
fn a_name_of_any_bytes_is_shown_as_well_as_can_be() {
    use std::os::unix::ffi::OsStrExt;
    let site = Site::judging(&["onsite-share"]).customers(1);
    let name = std::ffi::OsStr::from_bytes(b"data/visits \xff\x1b[2J.csv");
    std::fs::write(site.folder.path().join(name), format!("{VISITS}M1,C1,onsite,2026-09-07 08:00,,\n"))
        .expect("written");
    let ran = site.run("check --data data");
    assert_ne!(ran.code, 2, "{}", ran.err);
    assert!(ran.out.contains("visits \u{fffd}\u{fffd}[2J.csv"), "{}", ran.out);
}

#[test]
#[cfg(unix)]
fn links_are_followed_and_kept() {
    use std::os::unix::fs::symlink;
    let site = Site::judging(&["onsite-share"]).with("real/customers.csv", "customer_id,name,manager_id\nC1,店,M1\n");
    let site = site.with("far/visits.csv", format!("{VISITS}M1,C1,onsite,2026-09-07 08:00,,\n"));
    let site = site.with("far/report.json", "old");
    symlink("../far/visits.csv", site.path("real/visits.csv")).expect("a link");
    symlink("real", site.path("linked")).expect("a link");
    symlink("far/report.json", site.path("report.json")).expect("a link");
    symlink("nowhere.csv", site.path("real/visits-2.csv")).expect("a link to nothing");
    let ran = site.run("check --data linked --format json -o report.json");
    assert_ne!(ran.code, 2, "{}", ran.err);
    assert!(site.path("report.json").symlink_metadata().expect("it is there").is_symlink(), "it stays a link");
    let json = Ran { out: String::from_utf8(read(&site.path("far/report.json"))).expect("UTF-8"), ..ran }.json();
    assert_eq!(json.share("M1", "onsite-share"), "1/1");
    // The same file under two names is read once.
    let ran = site.run("check --data real --visits far/visits.csv --format json");
    assert_eq!(ran.json().list("inputs").len(), 2);
}

/// Reading needs no right to write.
#[test]
#[cfg(unix)]
fn folders_may_be_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::judging(&["onsite-share"]).customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let permit = |mode| {
        std::fs::set_permissions(site.path("data"), std::fs::Permissions::from_mode(mode))
            .expect("permissions are set");
    };
    permit(0o555);
    let ran = site.run("check --data data -o out.txt");
    let refused = site.run("check --data data -o data/out.txt");
    permit(0o755);
    assert_ne!(ran.code, 2, "{}", ran.err);
    // Who may write everywhere writes here too.
    if refused.code == 2 {
        assert!(refused.err.contains("data/out.txt: cannot be written: it is not permitted"), "{}", refused.err);
        assert!(!site.path("data/out.txt").exists());
    }
}

#[test]
fn a_folder_of_ten_thousand_files_is_read_as_one_table() {
    let site = Site::judging(&["onsite-share"]).customers(1);
    for number in 0..10_000 {
        // One in a hundred is of the kind.
        let (name, row) = match number % 100 {
            0 => (format!("visits-{number}.csv"), format!("{VISITS}M1,C1,onsite,2026-09-07 08:00,,V{number}\n")),
            _ => (format!("other-{number}.csv"), String::new()),
        };
        std::fs::write(site.path("data").join(name), row).expect("the file is written");
    }
    let json = site.check("");
    assert_eq!((json.list("inputs").len(), json.remarks("unclaimed_file").len()), (101, 9_900));
    // Nobody reads ten thousand names: a table counts them.
    let table = site.run("check --data data").out;
    assert!(table.lines().count() < 400, "{} lines", table.lines().count());
}

#[test]
fn files_of_windows_editors_are_read() {
    let rules = "\u{feff}[rules.onsite-share]\r\nmin_percent = 10\r\n\r\n[calendar]\r\nmakeup_workdays = [\r\n]\r\n";
    let columns = "\u{feff}[columns.visits]\r\nstarted_at = \"进店\"\r\n";
    let site = Site::bare().customers(1).with("rules.toml", rules).with("data/columns.toml", columns);
    let site = site.with("data/visits.csv", "manager_id,customer_id,mode,进店\r\nM1,C1,onsite,2026-09-07 08:00\r\n");
    let json = site.check("--as-of 2026-09-30");
    assert_eq!(json.value["rules"]["parameters"]["onsite-share"]["min_percent"], 10);
    let broken = site.with("rules.toml", rules.replace("= 10", "= x"));
    assert!(broken.stopped("").contains("rules.toml:2: not valid TOML"));
}

/// A file that grows without end is no table, and a pipe in the folder is none either.
#[test]
#[cfg(target_os = "linux")]
fn what_is_no_file_is_not_waited_for() {
    let site = Site::judging(&["onsite-share"]).customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let made = Command::new("mkfifo").arg(site.path("data/visits-2.csv")).status().expect("mkfifo runs");
    assert!(made.success());
    assert_eq!(site.check("").list("inputs").len(), 2, "a pipe is no file of the folder");
    let ran = site.run("check --data data --calls /dev/null");
    assert!(ran.code == 2 && ran.err.contains("/dev/null: the file is empty"), "{}", ran.err);
}
