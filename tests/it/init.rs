//! `baifang init`: what a starter folder holds, and that the program reads it again.

use crate::harness::{Site, read, zipped};
use baifang::model::Kind;
use rust_xlsxwriter::Workbook;

const SHOP: [(&str, &str); 2] = [("en", "C1,东街小店,M1"), ("zh", "C1,东街小店,M1")];

#[test]
fn a_starter_folder_is_filled_in_and_judged() {
    for (lang, shop) in SHOP {
        let site = Site::bare();
        let ran = site.run(&format!("init start --lang {lang}"));
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
        assert!(ran.err.contains("cd start") && ran.err.contains("baifang check --data data"), "{}", ran.err);
        let (customers, visits) = if lang == "zh" { ("客户档案", "拜访记录") } else { ("customers", "visits") };
        let empty = site.run("check --data start/data");
        assert!(empty.code == 2 && empty.err.contains("there is no customer"), "{}", empty.err);
        let fill = |stem: &str, row: &str| {
            let path = site.path(&format!("start/data/{stem}.csv"));
            let header = String::from_utf8(read(&path)).expect("UTF-8");
            assert_eq!(header.starts_with('\u{feff}'), lang == "zh", "Excel needs the mark");
            std::fs::write(&path, format!("{header}{row}\r\n")).expect("written");
        };
        fill(customers, shop);
        let header = String::from_utf8(read(&site.path(&format!("start/data/{visits}.csv")))).expect("UTF-8");
        let place = |names: [&str; 2]| {
            let found = header.trim_start_matches('\u{feff}').trim_end().split(',').position(|h| names.contains(&h));
            found.unwrap_or_else(|| panic!("{names:?} in {header}"))
        };
        let mut row = vec![""; header.split(',').count()];
        row[place(["manager_id", "客户经理编号"])] = "M1";
        row[place(["customer_id", "客户编码"])] = "C1";
        row[place(["mode", "拜访方式"])] = "实地";
        row[place(["started_at", "到店时间"])] = "2026-09-07 08:00";
        row[place(["ended_at", "离店时间"])] = "2026-09-07 08:30";
        fill(visits, &row.join(","));
        let json = site.run("check --data start/data --rules start/rules.toml --format json").json();
        assert_eq!(json.list("inputs").len(), Kind::ALL.len(), "a file of each kind is claimed");
        assert_eq!(json.fates(&format!("{visits}.csv")), "used 1");
        assert_eq!(json.managers(), ["M1"]);
        assert!(json.list("rejected").is_empty() && json.remarks("unclaimed_file").is_empty());
        assert!(json.remarks("unused_headers").is_empty());
    }
}

#[test]
fn nothing_is_overwritten_unless_forced() {
    let site = Site::bare().with("start/rules.toml", "mine\n").with("start/data/visits.csv", "mine too\n");
    let ran = site.run("init start");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("already there: rules.toml, data/visits.csv") && ran.err.contains("--force"),
        "{}",
        ran.err
    );
    assert_eq!(std::fs::read_dir(site.path("start/data")).expect("the folder").count(), 1, "nothing was written");
    assert!(!site.path("start/README.md").exists());
    assert_eq!(site.run("init start --force").code, 0);
    assert_eq!(read(&site.path("start/rules.toml")), baifang::rules::config::BUILT_IN.as_bytes());
    assert_eq!(site.run("init other -o x").code, 2, "a starter folder goes nowhere else");
    assert!(!site.path("other").exists());
    assert_eq!(site.run("init").code, 0, "the usual folder");
    assert!(site.path("baifang/data/columns.toml").is_file());
}

/// The command by which a starter's README has the columns proposed, in the folder that the README stands in.
#[test]
fn the_readme_of_a_starter_names_a_command_that_runs() {
    for (lang, file) in [("zh", "文件…"), ("en", "FILE…")] {
        let site = Site::bare().with("v.csv", "工号,门店编号,方式,签到时间\nM1,C1,到店,2026-09-01 08:00\n");
        site.run(&format!("init . --lang {lang}"));
        let readme = String::from_utf8(read(&site.path("README.md"))).expect("UTF-8");
        let line = readme.split('`').find(|code| code.starts_with("baifang init --from")).expect("a command");
        let ran = site.run(&line.trim_start_matches("baifang ").replace(file, "v.csv"));
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
    }
}

/// What is shown as understood is what is read: the ids that reject their rows below are marked above.
#[test]
fn cells_are_shown_as_they_are_read() {
    let calls = "客户经理编号,对方号码,呼叫时间,通话时长(分钟)\nM1,13900000000,2026-09-07 08:00,2\n\
                 #N/A,13900000001,2026-09-07 09:00,3\n-,13900000002,2026-09-07 10:00,0.5\n\
                 M1.0,139****0003,2026-09-07T03:00:00Z,1:05\n7.0,13900000004,下午1:20,4\n";
    let site = Site::bare().with("通话记录.csv", calls);
    let ran = site.run("init --from 通话记录.csv --lang en --verbose");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let line = |row: &str| {
        let found = ran.err.lines().find(|line| line.trim_start().starts_with(row));
        found.unwrap_or_else(|| panic!("{row}: {}", ran.err)).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("1 "), "1 M1 13900000000 2026-09-07 08:00:00 0:02:00");
    assert_eq!(line("2 "), "2 ✗ #N/A 13900000001 2026-09-07 09:00:00 0:03:00");
    assert_eq!(line("3 "), "3 ✗ - 13900000002 2026-09-07 10:00:00 0:00:30");
    assert_eq!(line("4 "), "4 M1.0 ✗ 139****0003 2026-09-07 11:00:00 0:01:05");
    assert_eq!(line("5 "), "5 7 13900000004 ✗ 下午1:20 0:04:00");
    assert!(ran.err.contains("通话记录.csv: 1 row can be used, 4 would be rejected"), "{}", ran.err);
}

/// What `check` proposes for a file that lacks columns is what `init` writes for it, or nothing.
#[test]
fn a_remedy_is_what_is_proposed_or_nothing() {
    let customers = "客户编码,客户名称,客户经理编号\nC0001,小店1,K01\nC0002,小店2,K01\n";
    let site = |visits: &str| Site::bare().with("data/客户档案.csv", customers).with("data/拜访记录.csv", visits);
    let reviewed = site(
        "客户经理编号,客户编码,拜访类型,进店打卡,出店打卡,审核时间\n\
         K01,C0001,实地,2026-09-01 08:10,2026-09-01 09:00,2026-09-05 10:00\n\
         K01,C0002,电话,2026-09-01 09:10,2026-09-01 09:20,2026-09-05 10:00\n",
    );
    let said = reviewed.stopped("");
    let lines = "add under [columns.visits] of columns.toml: mode = \"拜访类型\"; started_at = \"进店打卡\"";
    assert!(said.contains(lines) && !said.contains("= \"审核时间\""), "{said}");
    assert_eq!(reviewed.run("init --from data").code, 0);
    let columns = String::from_utf8(read(&reviewed.path("data/columns.toml"))).expect("UTF-8");
    assert!(columns.contains("mode = \"拜访类型\"") && columns.contains("started_at = \"进店打卡\""), "{columns}");
    assert!(reviewed.check("").list("rejected").is_empty());
    let planned = site(
        "客户经理编号,客户编码,拜访方式,创建时间,计划到店时间,离店时间\n\
         K01,C0001,实地,2026-09-01 09:05,2026-09-01 08:00,2026-09-01 09:00\n",
    );
    let said = planned.stopped("");
    assert!(said.contains("no column for started_at of visits") && !said.contains("add under"), "{said}");
    let ran = planned.run("init --from data");
    assert!(ran.err.contains("started_at") && !ran.err.contains("init --from"), "lacking, and no advice: {}", ran.err);
}

/// A file that cannot be read is told, and the others are proposed for; cells and names bring nothing into the TOML.
#[test]
fn it_goes_on_and_nothing_is_brought_in() {
    let word = "\"\"\"\\u006fnsite\"\" = [\"\"随手拍\"\"]\n#\"";
    let visits =
        format!("业务员工号,客户编码,拜访方式,开始时间\nM1,C1,{word},2026-09-01 08:00\nM1,C1,电话,2026-09-02 08:00\n");
    let site = Site::bare()
        .with("data/走访\u{1b}[31m.csv", visits)
        .with("data/客户.csv", "客户编码,店铺名称,业务员工号\nC1,东街,M1\n")
        .with("data/坏.xlsx", "PK\u{3}\u{4}nothing");
    let ran = site.run("init --from data");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("cannot be read: data/坏.xlsx") && !ran.err.contains('\u{1b}'), "{}", ran.err);
    let columns = String::from_utf8(read(&site.path("data/columns.toml"))).expect("UTF-8");
    let parsed: toml::Table = columns.parse().expect("TOML");
    assert!(!parsed["values"].to_string().contains("随手拍"), "{columns}");
    assert_eq!(parsed["columns"]["visits"]["manager_id"].as_str(), Some("业务员工号"));
}

#[test]
fn columns_that_are_separated_by_something_else_are_said_to_be() {
    let rows = "零售户代码|零售户名称|客户经理代码\nC1|东街小店|M1\nC2|西街小店|M2\n";
    let visits = "工号,客户编码,拜访方式,签到时间\nM1,C1,实地,2026-09-01 08:05\n";
    let site = Site::bare().with("data/dim_零售户.txt", rows).with("visits.csv", visits);
    let said = |lang: &str| site.run(&format!("init --from data --lang {lang}"));
    let (zh, en) = (said("zh"), said("en"));
    assert_eq!((zh.code, en.code), (2, 2));
    assert!(zh.err.contains("各列之间是“|”，读不了"), "{}", zh.err);
    assert!(en.err.contains("its columns are separated by \"|\", which is not read"), "{}", en.err);
    let ran = site.run("check --customers data/dim_零售户.txt --visits visits.csv --lang en");
    assert!(ran.code == 2 && ran.err.contains("its columns are separated by \"|\""), "{}", ran.err);
}

#[test]
fn times_without_their_day_are_no_beginnings_of_calls() {
    let rows = "用户号码,通话日期,通话时间,通话时长(秒),对方号码\n15800000001,2026-09-01,14:26:42,172,13800000001\n\
                15800000002,2026-09-02,09:26:42,72,13800000002\n";
    let site = Site::bare().with("data/话单.csv", rows);
    for (lang, said) in [("zh", "“通话时间”只有钟点，没有日期"), ("en", "\"通话时间\" gives times without their day")]
    {
        let ran = site.run(&format!("init --from data --force --lang {lang}"));
        let columns = String::from_utf8(read(&site.path("data/columns.toml"))).expect("UTF-8");
        assert!(ran.err.contains(said) && columns.contains(said), "{}\n{columns}", ran.err);
        assert!(!columns.contains("started_at = \"通话时间\""), "{columns}");
    }
}

/// Several kinds in each archive: the files are named, not the archives.
#[test]
fn packed_files_are_named_by_their_own_names() {
    let shops = "终端号,终端店名,拜访员工号,单位\nC1,东街小店,M1,城东营销部\nC2,西街小店,M1,城东营销部\n";
    let visits = "拜访员工号,终端号,沟通方式,起时\nM1,C1,上门,2026-09-01 08:05\nM1,C2,上门,2026-09-01 09:05\n";
    let (there, back) = (shops.replace('C', "D").replace("M1", "M2"), visits.replace('C', "D").replace("M1", "M2"));
    let site = Site::bare()
        .with("data/城东.zip", zipped(&[("终端.csv", shops), ("流水.csv", visits)]))
        .with("data/城西.ZIP", zipped(&[("终端.csv", &there), ("流水.csv", &back)]));
    let ran = site.run("init --from data --lang en");
    assert!(ran.code == 0 && ran.err.contains("城东.zip/流水.csv  visits"), "{}", ran.err);
    assert!(ran.err.contains("城西.ZIP/流水.csv  visits"), "{}", ran.err);
    let columns = String::from_utf8(read(&site.path("data/columns.toml"))).expect("UTF-8");
    assert!(
        columns.contains("visits = \"流水.csv\"")
            && !columns.contains("\"城东.zip\"")
            && !columns.contains("\"城西.ZIP\""),
        "{columns}"
    );
    let ran = site.run("check --data data --format json --findings none");
    assert_eq!(ran.json().list("inputs").len(), 4, "{}", ran.err);
}

/// A table that nothing needs, and that lacks a column, is left out with a word.
#[test]
fn what_nothing_needs_stops_nothing() {
    let site = Site::bare()
        .with("data/客户表.csv", "客户编码,客户名称,工号\nC1,东街小店,M1\nC2,西街小店,M2\n")
        .with(
            "data/走访.csv",
            "工号,客户编码,拜访方式,签到时间\nM1,C1,实地,2026-09-01 08:05\nM2,C2,实地,2026-09-01 09:05\n",
        )
        .with("data/作业台账.csv", "工号,客户编码,完成日期,甲\nM1,C1,2026-09-01,77\nM2,C2,2026-09-02,78\n");
    for (lang, said) in [("zh", "缺少 item，先不读这个文件"), ("en", "left out for want of item")] {
        let ran = site.run(&format!("init --from data --force --lang {lang}"));
        let columns = String::from_utf8(read(&site.path("data/columns.toml"))).expect("UTF-8");
        assert!(columns.contains(said), "{}\n{columns}", ran.err);
        assert!(columns.contains("# services = \"作业台账.csv\""), "{columns}");
    }
    let ran = site.run("check --data data --format json --findings none");
    assert_eq!(ran.json().list("inputs").len(), 2, "{}", ran.err);
}

/// Where names in the archive are the ids, the visits are of them too, whatever else the header is known for.
#[test]
fn names_that_are_the_ids_are_so_everywhere() {
    let site = Site::bare()
        .with("data/customers.csv", "客户编码,客户名称,客户经理\nC1,东街小店,丁一\nC2,西街小店,方远\n")
        .with("data/columns.toml", "[columns.customers]\nmanager_id = \"客户经理\"\n")
        .with(
            "data/visits.csv",
            "客户经理,客户编码,拜访方式,签到时间\n丁一,C1,实地,2026-09-01 08:05\n方远,C2,实地,2026-09-01 09:05\n",
        );
    let json = site.run("check --data data --format json --findings none").json();
    assert!(json.list("rejected").is_empty(), "{:?}", json.list("rejected"));
    assert_eq!(json.list("managers").len(), 2);
}

#[test]
fn arrivals_that_are_not_read_are_asked_for() {
    let row = |at: usize| format!("丁一,M1,C{at},2026-09-01,8点1{at}分,2026-09-01 09:0{at}:00,实地\n");
    let rows: String = (1..6).map(row).collect();
    let site = Site::bare().with(
        "data/走访登记.csv",
        format!("填写人,走访人工号,客户编码,走访日期,到店时刻,开始答题时间,走访形式\n{rows}"),
    );
    for (lang, said) in
        [("zh", "“到店时刻”像是到店时间，但“8点11分”"), ("en", "\"到店时刻\" seems to be the arrival, but \"8点11分\"")]
    {
        let ran = site.run(&format!("init --from data --force --lang {lang}"));
        let columns = String::from_utf8(read(&site.path("data/columns.toml"))).expect("UTF-8");
        assert!(ran.err.contains(said) && columns.contains(said), "{}\n{columns}", ran.err);
        assert!(!columns.contains("开始答题时间"), "{columns}");
    }
}

/// A sheet for each manager, whom no column names: what is lacking is said, not that there is nothing.
#[test]
fn of_sheets_that_lack_their_manager_that_is_said() {
    let mut book = Workbook::new();
    for name in ["丁一", "方远"] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (at, header) in (0..).zip(["客户编码", "拜访方式", "签到时间", "签退时间", "拜访结果"])
        {
            sheet.write(0, at, header).expect("a header");
        }
        for (at, cell) in (0..).zip(["C1", "实地", "2026-09-01 08:05", "2026-09-01 08:25", "完成"]) {
            sheet.write(1, at, cell).expect("a cell");
        }
    }
    let site = Site::bare().with("data/customers.csv", "客户编码,客户名称,工号\nC1,东街小店,M1\n");
    book.save(site.path("data/九月.xlsx")).expect("a workbook");
    for (lang, said) in
        [("zh", "九月.xlsx[丁一] 像是，但缺少 manager_id"), ("en", "seems to be such, but lacks manager_id")]
    {
        let ran = site.run(&format!("check --data data --lang {lang}"));
        assert!(ran.code == 2 && ran.err.contains(said), "{}", ran.err);
    }
}
