//! Foreign exports, invented but lifelike, read by what `init --from` proposes for them.
//!
//! `tests/foreign/canonical` holds one office's September under the program's own headers; each other folder holds a part of
//! it as another system would export it. What is proposed must read them to the same verdicts, after two edits at most.

use crate::harness::{Json, PROGRAM, Ran, Site, read, root};
use serde_json::Value;
use std::path::PathBuf;

const MANAGERS: &str = "staff/通讯录.csv";
const ARCHIVE: &str = "archive/零售户一览.csv";
const FIELD_APP: &str = "field-app/外勤签到明细.csv";
const BILL: &str = "bill/语音详单_202609.csv";
const PBX: &str = "pbx/cdr-2026-09.csv";
const PLANS: &str = "crm/周计划导出.csv";
const ATTENDANCE: &str = "attendance/打卡汇总.csv";

/// An edit by hand: what stands in the proposal, and what it becomes.
type Edit = (&'static str, &'static str);

fn file(name: &str) -> PathBuf {
    root().join("tests/foreign").join(name)
}

/// `init --from` these files; the columns.toml it writes, after the edits.
fn propose(site: &Site, files: &[&str], edits: &[Edit]) -> String {
    assert!(edits.len() <= 2, "nobody edits more");
    let ran = Ran::of(site.command("init --from").args(files.iter().map(|name| file(name))));
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let path = site.path("columns.toml");
    let mut columns = String::from_utf8(read(&path)).expect("UTF-8");
    for (from, to) in edits {
        assert_eq!(columns.matches(from).count(), 1, "{from} in {columns}");
        columns = columns.replace(from, to);
    }
    std::fs::write(path, columns).expect("written");
    ran.err
}

/// `check` of files by kind; what no foreign file gives is canonical.
fn check(site: &Site, foreign: &[(&str, &str)], canonical: &[&str]) -> Json {
    let mut command = site.command("check --format json --month 2026-09 --strict");
    for (kind, name) in foreign {
        command.arg(format!("--{kind}")).arg(file(name));
    }
    for kind in canonical {
        command.arg(format!("--{kind}")).arg(file(&format!("canonical/{kind}.csv")));
    }
    if !foreign.is_empty() {
        command.args(["--columns", "columns.toml"]);
    }
    let ran = Ran::of(&mut command);
    assert_ne!(ran.code, 2, "{}", ran.err);
    ran.json()
}

/// What is judged, and how: nothing of it depends on where the rows came from.
fn verdicts(json: &Json) -> (&Value, &Value, Vec<[&Value; 5]>) {
    let keys = ["rule", "manager_id", "date", "customer_id", "measured"];
    let findings = json.list("findings").iter().map(|finding| keys.map(|key| &finding[key])).collect();
    (&json.value["results"], &json.value["not_assessed"], findings)
}

/// The foreign files, and as much of the month as the canonical ones give besides, are judged as the month itself.
fn same(files: &[&str], foreign: &[(&str, &str)], others: &[&str], edits: &[Edit]) {
    let site = Site::bare();
    propose(&site, files, edits);
    let read = check(&site, foreign, others);
    let kinds: Vec<&str> = foreign.iter().map(|(kind, _)| *kind).chain(others.iter().copied()).collect();
    let expected = check(&site, &[], &kinds);
    assert_eq!(verdicts(&read), verdicts(&expected), "{files:?}");
    assert!(read.list("rejected").is_empty() && read.list("unknown_customers").is_empty());
    assert!(expected.list("findings").len() > 20, "the month has something to find");
}

#[test]
fn visits_of_a_field_app() {
    same(&[FIELD_APP], &[("visits", FIELD_APP)], &["customers"], &[]);
}

#[test]
fn calls_of_a_mobile_operators_bill() {
    let files = [("calls", BILL), ("managers", MANAGERS)];
    same(&[BILL, MANAGERS], &files, &["customers", "visits"], &[]);
}

#[test]
fn calls_of_a_telephone_exchange() {
    let files = [("calls", PBX), ("managers", MANAGERS)];
    same(&[PBX, MANAGERS], &files, &["customers", "visits"], &[]);
}

/// It has two ids of shops and two of people. By itself nothing tells which one visits speak of; with them it is told.
#[test]
fn an_archive_with_two_ids() {
    let edit = [("# customer_id = \"客户编码\"", "customer_id = \"许可证号\"")];
    same(&[ARCHIVE], &[("customers", ARCHIVE)], &["visits"], &edit);
    same(&[ARCHIVE, FIELD_APP], &[("customers", ARCHIVE), ("visits", FIELD_APP)], &[], &[]);
}

#[test]
fn plans_of_a_customer_system() {
    same(&[PLANS], &[("plans", PLANS)], &["customers", "visits"], &[]);
}

#[test]
fn attendance_and_a_list_of_staff() {
    same(&[ATTENDANCE], &[("days", ATTENDANCE)], &["customers", "visits"], &[]);
    same(&[MANAGERS], &[("managers", MANAGERS)], &["customers", "visits"], &[]);
}

/// From the files as they are to the right table: one proposal, nothing edited, and the command that it names.
#[test]
fn all_of_them_together() {
    let files = [ARCHIVE, FIELD_APP, BILL, PLANS, ATTENDANCE, MANAGERS];
    let site = Site::bare();
    let said = propose(&site, &files, &[]);
    let next = said.lines().map(str::trim).find(|line| line.starts_with("baifang check")).expect("what to run next");
    let mut words = next.split(' ').skip(1);
    let mut command = site.command("");
    command.args(words.by_ref().map(|word| word.trim_matches('"')));
    command.args(["--format", "json", "--strict"]);
    let read = Ran::of(&mut command).json();
    let expected = check(&site, &[], &["customers", "visits", "calls", "plans", "days", "managers"]);
    assert_eq!(verdicts(&read), verdicts(&expected));
    assert_eq!(read.list("inputs").len(), 6);
}

#[test]
fn what_is_proposed_is_shown_and_nothing_is_overwritten() {
    let site = Site::bare();
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = flat(&propose(&site, &[FIELD_APP], &[]));
    for part in ["外勤签到明细.csv visits 290 ", "visits.mode: 到店 → onsite × 194"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!said.contains("not used") && said.len() < 1000, "it is short: {said}");
    let all = flat(&Ran::of(site.command("init -o - --verbose --from").arg(file(FIELD_APP))).err);
    for part in ["(utf-8)", "manager_id 业务员工号 likely", "not used: ", "拜访时长"] {
        assert!(all.contains(part), "{part} in {all}");
    }
    let columns = String::from_utf8(read(&site.path("columns.toml"))).expect("UTF-8");
    for line in ["manager_id = \"业务员工号\"   # likely: ", "onsite = \"到店\"   # × 194, guessed by the word"]
    {
        assert!(columns.contains(line), "{line} in {columns}");
    }
    let again = Ran::of(site.command("init --from").arg(file(FIELD_APP)));
    assert!(again.code == 2 && again.err.contains("columns.toml: it is there already"), "{}", again.err);
    let shown = Ran::of(site.command("init -o - --quiet --from").arg(file(FIELD_APP)));
    assert_eq!((shown.code, shown.out, shown.err.as_str()), (0, columns.clone(), ""));
    let zh = Ran::of(site.command("init -o - --lang zh --from").arg(file(FIELD_APP)));
    assert!(zh.err.contains("拜访记录 visits") && zh.out.contains("很可能：表头意思相近"), "{}", zh.err);
    let folder = Ran::of(site.command("init new --from").arg(file("field-app")));
    let of_folder = String::from_utf8(read(&site.path("new/columns.toml"))).expect("UTF-8");
    assert!(folder.code == 0 && of_folder.contains("[files]\nvisits = \"外勤签到明细.csv\""), "{of_folder}");
}

/// A word without a likely meaning is left to whoever knows it, with how often it stands there.
#[test]
fn what_cannot_be_guessed_is_left_open() {
    let site = Site::bare()
        .with("w.csv", "城市,天气\n徐州,晴\n")
        .with("v.csv", "工号,门店编号,方式,签到时间\nM1,C1,顺访,2026-09-01 08:00\nM1,C2,到店,2026-09-01 09:00\n");
    let ran = site.run("init -o - --from v.csv w.csv");
    let said = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(ran.out.contains("# … = \"顺访\"   # × 1, with one of these for …: onsite, phone, web"), "{}", ran.out);
    assert!(said.contains("v.csv: 1 row can be used, 1 would be rejected, the first: mode \"顺访\""), "{}", ran.err);
    assert!(said.contains("w.csv:1: its kind cannot be told, so it is not used. Headers: 城市, 天气"), "{}", ran.err);
    assert!(said.contains("baifang check --visits v.csv --customers FILE --columns columns.toml"), "{}", ran.err);
    let none = site.run("init --from w.csv");
    assert!(none.code == 2 && none.err.contains("its kind cannot be told"), "{}", none.err);
    assert!(!site.path("columns.toml").exists());
}

/// The field app's table as a workbook, with titles above, and the archive packed: they are proposed for as what they hold.
#[test]
fn workbooks_and_packed_files_are_read_too() {
    let site = Site::bare();
    let text = String::from_utf8(read(&file(FIELD_APP))).expect("UTF-8");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "外勤签到明细").expect("a title");
    for (row, line) in (2..).zip(text.trim_start_matches('\u{feff}').lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    book.save(site.path("app.xlsx")).expect("a workbook");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &read(&file(ARCHIVE))).expect("packed");
    let site = site.with("shops.csv.gz", packed.finish().expect("packed"));
    let ran = site.run("init --from app.xlsx shops.csv.gz");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let said = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("app.xlsx visits 290 ") && said.contains("shops.csv.gz customers "), "{said}");
    assert!(
        String::from_utf8_lossy(&read(&site.path("columns.toml")))
            .contains("# app.xlsx (sheet \"Sheet1\", header in line 3)")
    );
    let json = site.run("check --visits app.xlsx --customers shops.csv.gz --columns columns.toml --format json").json();
    let expected = check(&site, &[], &["customers", "visits"]);
    assert_eq!(verdicts(&json), verdicts(&expected));
    assert!(json.list("rejected").is_empty());
}

/// A folder whose files are named and headed as the program knows them needs no columns.toml, and is named as a folder.
#[test]
fn what_is_known_already_needs_no_proposal() {
    let site = Site::bare();
    let ran = Ran::of(site.command("init -o - --from").arg(file("canonical")));
    assert!(!ran.out.contains("13852051001"), "telephones are nobody's business: {}", ran.out);
    let said = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
    let folder = file("canonical").display().to_string();
    assert!(said.contains("Every header and word is known"), "{said}");
    assert!(said.ends_with(&format!("baifang check --data {folder}")), "{said}");
    let is_comment = |line: &str| line.is_empty() || line.starts_with(['#', '[']);
    assert!(ran.out.lines().all(is_comment), "{}", ran.out);
}

/// What lacks a column is not said to be known, though each header that there is may be.
#[test]
fn what_lacks_a_column_is_not_known() {
    let site = Site::bare().with("客户.csv", "客户编码,客户经理,地理位置,\nC1,张工,徐州,\n");
    let ran = site.run("init --from 客户.csv --verbose");
    assert!(!ran.err.contains("Every header and word is known"), "{}", ran.err);
    assert!(ran.err.contains("not used: 地理位置\n"), "{}", ran.err);
    assert!(ran.err.contains("columns.toml is written: look at it"), "{}", ran.err);
}

/// A canonical file in other words: a new header, and of each row the cells that it wants.
fn retold(kind: &str, header: &str, row: impl Fn(&dyn Fn(&str) -> String) -> Vec<String>) -> String {
    let text = String::from_utf8(read(&file(&format!("canonical/{kind}.csv")))).expect("UTF-8");
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let columns: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let retell = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |name: &str| cells[columns.iter().position(|column| *column == name).expect("a column")].to_owned();
        row(&cell).join(",") + "\r\n"
    };
    lines.map(retell).fold(format!("{header}\r\n"), |text, line| text + &line)
}

fn word<'a>(words: &[(&str, &'a str)], value: &str) -> &'a str {
    words.iter().find(|(known, _)| *known == value).expect("a known value").1
}

/// Proposed for as a folder, the command that is printed judges it as the month itself, nothing edited.
fn folder_is_judged(site: &Site, folder: &str) {
    let ran = Ran::of(site.command("init --from").arg(folder));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let next = ran.err.lines().last().expect("what to run next").trim();
    let program = PROGRAM;
    let pasted = next.replacen("baifang", &format!("'{program}'"), 1) + " --format json --strict";
    let mut shell = std::process::Command::new("sh");
    let read = Ran::of(shell.current_dir(site.path("")).args(["-c", &pasted])).json();
    let expected = check(site, &[], &["customers", "visits", "calls"]);
    let columns = String::from_utf8_lossy(&self::read(&site.path(&format!("{folder}/columns.toml")))).into_owned();
    assert_eq!(verdicts(&read), verdicts(&expected), "{columns}");
}

/// Names that say nothing, a shop's name under 经营户, bare 起 and 止, and a folder that a shell would read something into.
#[cfg(unix)]
#[test]
fn exports_without_names() {
    let modes = [("onsite", "实地走访"), ("phone", "电话走访"), ("web", "微信走访")];
    let outcomes = [("done", "正常"), ("absent", "店主不在")];
    let ways = [("out", "去电"), ("in", "来电")];
    let customers = retold(
        "customers",
        "序,经营户编号,经营户,片区,专管员编号,地址,户主手机,档级,拜访周期,批次,X,Y",
        |cell| {
            let cells = "customer_id name branch manager_id address phone class visit_cycle visit_batch lon lat";
            std::iter::once("1".to_owned()).chain(cells.split(' ').map(cell)).collect()
        },
    );
    let visits = retold(
        "visits",
        "经营户编号,专管员编号,拜访类型,起,止,情况,图片,上传于,X坐标,Y坐标",
        |cell| {
            let (mode, outcome) =
                (word(&modes, &cell("mode")).to_owned(), word(&outcomes, &cell("outcome")).to_owned());
            let times = ["started_at", "ended_at"].map(cell);
            let rest = ["photo", "uploaded_at", "lon", "lat"].map(cell);
            ["customer_id", "manager_id"]
                .map(cell)
                .into_iter()
                .chain([mode])
                .chain(times)
                .chain([outcome])
                .chain(rest)
                .collect()
        },
    );
    let calls = retold("calls", "专管员编号,号码,呼叫时间,秒数,呼叫", |cell| {
        let way = word(&ways, &cell("direction")).to_owned();
        ["manager_id", "number", "started_at", "seconds"].map(cell).into_iter().chain([way]).collect()
    });
    let site = Site::bare()
        .with("九月 $x `y`/导出1.csv", customers)
        .with("九月 $x `y`/导出2.csv", visits)
        .with("九月 $x `y`/导出3.csv", calls);
    folder_is_judged(&site, "九月 $x `y`");
}

/// A distribution system's English headers, and date and times in columns of their own.
#[cfg(unix)]
#[test]
fn exports_with_english_headers() {
    let modes = [("onsite", "In-store"), ("phone", "Telephone"), ("web", "企微")];
    let outcomes = [("done", "Completed"), ("absent", "Owner absent")];
    let ways = [("out", "Outgoing"), ("in", "Incoming")];
    let header = "Outlet Code,Outlet Name,Sales Rep Code,Region,Outlet Grade,Street Address,Mobile,Longitude,Latitude,Visit Frequency,Route No";
    let customers = retold("customers", header, |cell| {
        let cells = "customer_id name manager_id branch class address phone lon lat visit_cycle visit_batch";
        cells.split(' ').map(cell).collect()
    });
    let header = "Record No,Rep Code,Outlet Code,Contact Type,Visit Date,Check-in Time,Check-out Time,Result,Photo,Upload Time,Check-in Lng,Check-in Lat";
    let visits = retold("visits", header, |cell| {
        let (mode, outcome) = (word(&modes, &cell("mode")), word(&outcomes, &cell("outcome")));
        let time = |name: &str| cell(name).split(' ').nth(1).unwrap_or_default().to_owned();
        let mut cells = ["visit_id", "manager_id", "customer_id"].map(cell).to_vec();
        cells.extend([mode.to_owned(), cell("date").replace('-', "."), time("started_at"), time("ended_at")]);
        cells.push(outcome.to_owned());
        cells.extend(["photo", "uploaded_at", "lon", "lat"].map(cell));
        cells
    });
    let calls = retold("calls", "Rep Code,Call Type,Remote Number,Start Time,Talk Time", |cell| {
        let way = word(&ways, &cell("direction")).to_owned();
        vec![cell("manager_id"), way, cell("number"), cell("started_at"), cell("seconds")]
    });
    let site =
        Site::bare().with("dms/Outlets.csv", customers).with("dms/StoreVisits.csv", visits).with("dms/Log.csv", calls);
    folder_is_judged(&site, "dms");
}

/// The sheet that was asked for is to be read again, and a file named twice is one.
#[test]
fn the_next_command_reads_what_was_read() {
    let site = Site::bare();
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "本表由系统导出").expect("a cell");
    let sheet = book.add_worksheet().set_name("九月 明细").expect("a name");
    let rows = ["工号,客户编码,拜访方式,签到时间", "M1,C1,实地,2026-09-01 08:00"];
    for (row, line) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    book.save(site.path("v.xlsx")).expect("a workbook");
    let all = site.run("init --from v.xlsx -o -");
    assert!(all.code == 0 && all.err.contains("v.xlsx[九月 明细]"), "{}", all.err);
    let mut command = site.command("init --from v.xlsx v.xlsx -o -");
    let ran = Ran::of(command.args(["--sheet", "九月 明细"]));
    let next = "baifang check --visits v.xlsx --customers FILE --sheet \"九月 明细\"\n";
    assert!(ran.code == 0 && ran.err.ends_with(next), "{}", ran.err);
}
