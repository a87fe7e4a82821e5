//! What people read: tables of 80 columns that need no colour, in two languages.

use crate::harness::trials::Outcome;
use crate::harness::*;

const LONG: &str = "一个名字长得没有道理的客户经理王老五";

/// Everything that can make a line long: names, file names, ids, cells, many dates, many files and groups of troubles.
fn crowded() -> Site {
    let row = |i: usize| {
        let unknown = "一种谁都没有听说过而且写得特别特别长的拜访方式";
        let (day, mode) = (i % 28 + 1, if i.is_multiple_of(13) { unknown } else { "onsite" });
        format!("M{},C-{i:030},{mode},2026-09-{day:02} 08:50,2026-09-{day:02} 09:50,拜访-{i:040},计划外\n", i % 3)
    };
    let rows: String = (1..=40).map(row).collect();
    let visits = format!("manager_id,customer_id,mode,started_at,ended_at,visit_id,planned\n{rows}");
    let customers =
        |m: usize| format!("C{m},店,M{m},{LONG},北环路以东客户服务部第{m}营销管理中心,{}\n", "加盟终端".repeat(m + 3));
    let customers: String = (0..3).map(customers).collect();
    Site::ruled(
        &["field-time", "unplanned-cap", "onsite-share", "must-onsite", "spot-check-size", "plan-made"],
        "[input]\nmax_rejected_percent = 50\n",
    )
    .with("data/customers.csv", format!("customer_id,name,manager_id,manager_name,branch,class\n{customers}"))
    .with("data/拜访记录_2026年第三季度_客户服务部全体客户经理_终稿_修订版_请勿再改.csv", visits)
    .with("data/计划以外的另一份没有人认领的文件名同样长得不讲道理的说明.csv", "x\n")
    .with(
        "data/visits_with_a_very_long_english_name_that_will_not_fit_anywhere_at_all_v2.csv",
        "manager_id,customer_id,mode,started_at,工号\nM1,C1,onsite,2026-09-30 08:00,M1\n",
    )
}

#[test]
fn no_line_is_wider_than_eighty_columns() {
    let site = crowded();
    for lang in ["zh", "en"] {
        for options in ["", "--matrix", "--findings none", "--as-of 2026-09-15 --matrix"] {
            let ran = site.run(&format!("check --data data --month 2026-09 --lang {lang} {options}"));
            assert!(ran.out.lines().count() > 15, "{}{}", ran.out, ran.err);
            let wide: Vec<&str> = ran.out.lines().filter(|line| width(line) > 80).collect();
            assert!(wide.is_empty(), "{lang} {options}: {wide:#?}");
            assert!(ran.out.lines().all(|line| line.trim_end() == line), "no blanks at the end of a line");
        }
    }
}

/// One manager each who passes, fails, is pending and is not assessed.
fn four_verdicts() -> Site {
    let customers = "customer_id,name,manager_id,opened_on\nC1,店,M1,\nC2,店,M2,\nC3,店,M3,\nC4,店,M4,2026-09-05\n";
    Site::judging(&["onsite-share"])
        .with("data/customers.csv", customers)
        .with("data/managers.csv", "manager_id,left_on\nM1,\nM2,2026-09-10\nM3,\nM4,\n")
        .visits("M1,C1,onsite,2026-09-07 08:00,,\nM2,C2,phone,2026-09-08 08:00,,\nM1,C1,onsite,2026-09-15 08:00,,\n")
}

#[test]
fn verdicts_are_told_apart_without_colour() {
    let site = four_verdicts();
    let json = site.check("");
    let verdicts = ["M1", "M2", "M3", "M4"].map(|m| json.verdict(m, "onsite-share"));
    assert_eq!(verdicts, ["pass 1/0/0", "fail 1/1/0", "pending 0/0/1", "not_assessed 0/0/0"]);
    for lang in ["zh", "en"] {
        let shown = site.run(&format!("check --data data --matrix --color never --lang {lang}")).out;
        // In the matrix a manager's line is his id and one cell.
        let cell = |m: &str| -> String {
            let lines = shown.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
            let cells: Vec<String> =
                lines.filter(|words| words.len() == 2 && words[0] == m).map(|words| words[1].to_owned()).collect();
            assert_eq!(cells.len(), 1, "{m} in {shown}");
            cells[0].chars().take(1).collect()
        };
        let mut marks: Vec<String> = ["M1", "M2", "M3", "M4"].map(cell).to_vec();
        assert!(marks.iter().all(|mark| !mark.is_empty() && !mark.chars().all(|c| c.is_ascii_digit())), "{marks:?}");
        marks.sort();
        marks.dedup();
        assert_eq!(marks.len(), 4, "{shown}");
        // And each mark is explained.
        let words = if lang == "zh" {
            ["合格", "不合格", "未到期", "未考核"]
        } else {
            ["pass", "fail", "pending", "not assessed"]
        };
        let legend = shown.lines().find(|line| words.iter().all(|word| line.contains(word)));
        let legend = legend.unwrap_or_else(|| panic!("no legend in {shown}"));
        assert!(marks.iter().all(|mark| legend.contains(mark.as_str())), "{legend}");
    }
}

const ESCAPE: char = '\u{1b}';

#[test]
fn colour_is_for_terminals_or_on_demand() {
    let site = four_verdicts();
    let shown = |options: &str| site.run(&format!("check --data data --lang en {options}")).out;
    let plain = shown("--color never");
    assert!(!plain.contains(ESCAPE));
    assert_eq!(shown(""), plain, "a pipe is no terminal");
    let coloured = shown("--color always");
    assert!(coloured.contains(ESCAPE));
    let mut stripped = String::new();
    let mut inside = false;
    for c in coloured.chars() {
        inside = inside || c == ESCAPE;
        if !inside {
            stripped.push(c);
        }
        inside = inside && c != 'm';
    }
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&stripped), words(&plain), "colour adds nothing but colour");
    for format in ["json", "csv"] {
        assert!(!shown(&format!("--format {format} --color always")).contains(ESCAPE));
    }
}

/// On a terminal, lent by `script`, NO_COLOR takes the colour away.
#[test]
#[cfg(target_os = "linux")]
fn no_color_is_honoured_on_a_terminal() -> Outcome {
    let script = tools::found(&["script"])?;
    let site = four_verdicts();
    let on_terminal = |setting: &str| {
        let line = format!("{PROGRAM} check --data data --lang en");
        let mut command = std::process::Command::new(script);
        command
            .args(["-qec", &line, "/dev/null"])
            .current_dir(site.folder.path())
            .env("LC_ALL", "C")
            .env("TERM", "xterm");
        command.env("NO_COLOR", setting).stdin(std::process::Stdio::null());
        Ran::of(&mut command).out
    };
    let (coloured, plain) = (on_terminal(""), on_terminal("1"));
    assert!(coloured.contains(ESCAPE) && coloured.contains("M3"), "{coloured}");
    assert!(!plain.contains(ESCAPE) && plain.contains("M3"), "{plain}");
    Ok(())
}

/// Five findings of two managers: `--findings` says how many of each rule and manager, in every format, and changes nothing else.
/// Left out, machines get all of them, and people the first three.
#[test]
fn findings_are_limited_in_every_format() {
    let customers = "customer_id,name,manager_id\nC1,店,M1\nC2,店,M2\n";
    let site = Site::judging(&["field-time"]).with("data/customers.csv", customers);
    let site = site.visits(
        "M1,C1,onsite,2026-09-07 08:00,2026-09-07 08:11,\n\
        M1,C1,onsite,2026-09-08 08:00,2026-09-08 08:22,\n\
        M1,C1,onsite,2026-09-09 08:00,2026-09-09 08:44,\n\
        M1,C1,onsite,2026-09-10 08:00,2026-09-10 08:55,\n\
        M2,C2,onsite,2026-09-07 08:00,2026-09-07 08:33,\n",
    );
    let all = site.check("");
    let measured = |json: &Json| json.list("findings").iter().map(|one| text(&one["measured"])).collect::<Vec<_>>();
    assert_eq!(measured(&all), ["0:11:00", "0:22:00", "0:44:00", "0:55:00", "0:33:00"]);
    for (options, shown, in_table) in [
        ("", 5, 4),
        ("--findings all", 5, 5),
        ("--findings 7", 5, 5),
        ("--findings 2", 3, 3),
        ("--findings 0", 0, 0),
        ("--findings none", 0, 0),
    ] {
        let json = site.check(options);
        assert_eq!(json.list("findings").len(), shown, "{options}");
        assert_eq!((&json.value["results"], json.code), (&all.value["results"], 1), "{options}");
        let csv = site.run(&format!("check --data data --format csv {options}"));
        // A row without an id is no finding: it says where an empty table comes from.
        let rows = csv.out.lines().skip(1).filter(|row| !row.starts_with(',')).count();
        assert_eq!((rows, csv.code), (shown, 1), "{options}");
        let table = site.run(&format!("check --data data --lang en {options}"));
        let listed = measured(&all).iter().filter(|measured| table.out.contains(measured.as_str())).count();
        assert_eq!((listed, table.code), (in_table, 1), "{options}: {}", table.out);
        // What is left out is said, and the totals stay those of the whole.
        assert!(table.out.contains("5 violations"), "{}", table.out);
    }
    let cut = site.run("check --data data --lang en --findings 2").out;
    assert!(cut.contains("and 2 more (--findings all lists them)"), "{cut}");
}

#[test]
fn the_matrix_is_shown_on_demand() {
    let site = four_verdicts();
    let (without, with) =
        (site.run("check --data data --lang en").out, site.run("check --data data --lang en --matrix").out);
    assert!(!without.contains("Manager × rule") && with.contains("Manager × rule"), "{with}");
    assert!(with.contains("onsite-share"), "{with}");
}

/// The foot shows the rows of every file by fate, the rules, and the version.
#[test]
fn the_foot_says_where_everything_comes_from() {
    let site = crowded();
    let json = site.check("--month 2026-09");
    for lang in ["zh", "en"] {
        let shown = site.run(&format!("check --data data --month 2026-09 --lang {lang}")).out;
        let rules = text(&json.value["rules"]["sha256"]);
        for told in
            [&rules[..12], json.value["version"].as_str().unwrap_or("?"), "rules.toml", "customers.csv", "2026-09"]
        {
            assert!(shown.contains(told), "{told} in {shown}");
        }
        for input in json.list("inputs") {
            let (hash, encoding) = (text(&input["sha256"]), text(&input["encoding"]));
            assert!(shown.contains(&hash[..8]) && shown.contains(&encoding), "hash and encoding of {}", input["path"]);
        }
    }
    let stray = four_verdicts().with("data/会议纪要.csv", "x\n").run("check --data data --lang zh").out;
    assert!(stray.contains("会议纪要.csv"), "files that no word claims are listed: {stray}");
    let small = four_verdicts().run("check --data data --lang en").out;
    assert!(small.lines().any(|line| line.contains("visits.csv") && line.contains('2')), "{small}");
}

/// Control characters of the data do not reach a terminal.
#[test]
fn data_cannot_move_the_cursor() {
    let customers = "customer_id,name,manager_id,manager_name\nC1,店,M1,\"\u{1b}[31m红\u{7}\"\n";
    let site = Site::judging(&["field-time"])
        .with("data/customers.csv", customers)
        .visits("M1,\u{1b}[2J,onsite,2026-09-07 08:00,,\n");
    let shown = site.run("check --data data --lang en").out;
    assert!(shown.contains('红') && !shown.contains(ESCAPE) && !shown.contains('\u{7}'), "{shown:?}");
}
