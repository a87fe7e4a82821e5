//! Paper visit-plan sheets through the command line: what stands on them, in every format, and the way back into the data.

use crate::harness::trials::{Missing, Outcome};
use crate::harness::{self, Json, Site, root, tools};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const PLANS: &str = "manager_id,customer_id,date,seq,mode,phone,tool,purpose,rescheduled_from\n";

/// One manager with so many customers, all planned for 2026-10-09, some with rare characters in their names.
fn site(customers: usize) -> Site {
    let (mut archive, mut plans) = (CUSTOMERS.to_owned(), PLANS.to_owned());
    for i in 1..=customers {
        let name = ["㛃𬭳䶮便利店", "喆昇堃犇超市", "东关烟酒行（机场路）"][i % 3];
        writeln!(archive, "C{i:03},{name}{i},M1,王㛃,东郊营销部,机场路{i}号,李𬭳,1380000{i:04},2026-01-05").unwrap();
        writeln!(plans, "M1,C{i:03},2026-10-09,{i},onsite,,,新品宣传,").unwrap();
    }
    let visits = "M1,C001,onsite,2026-09-28 08:00,2026-09-28 08:20,\nM1,C001,phone,2026-09-29 09:00,,\n";
    Site::bare().with("data/customers.csv", archive).with("data/plans.csv", plans).visits(visits)
}

const CUSTOMERS: &str = "customer_id,name,manager_id,manager_name,branch,address,contact,phone,opened_on\n";

fn sheet(site: &Site, options: &str) -> String {
    let ran = site.run(&format!("sheet --data data {options}"));
    assert_eq!(ran.code, 0, "{options}: {}", ran.err);
    ran.out
}

fn text_of(pdf: &Path) -> Result<String, Missing> {
    tools::poppler("pdftotext", &["-layout"], pdf)
}

#[test]
fn every_customer_is_on_the_sheet_whatever_his_name() -> Outcome {
    for count in [1, 14, 45] {
        let site = site(count);
        for lang in ["zh", "en"] {
            sheet(&site, &format!("--date 2026-10-09 --lang {lang} -o sheet.pdf"));
            let text = text_of(&site.path("sheet.pdf"))?;
            for i in 1..=count {
                let name = format!("{}{i}", ["㛃𬭳䶮便利店", "喆昇堃犇超市", "东关烟酒行（机场路）"][i % 3]);
                assert!(text.contains(&format!("C{i:03}")), "{count}, {lang}: C{i:03}");
                // A long name may go on below; what stands on its line is found.
                let start: String = name.chars().take(6).collect();
                assert!(text.contains(&start), "{count}, {lang}: {start}");
            }
            let pages = text.matches('\u{c}').count();
            let head = if lang == "zh" { "客户签名" } else { "signature" };
            assert!(text.matches(head).count() >= pages, "the header on each of {pages} pages");
            let last = if lang == "zh" {
                format!("第 {pages} 页，共 {pages} 页")
            } else {
                format!("page {pages} of {pages}")
            };
            assert!(text.contains(&last), "{last}");
            assert!(text.contains("20261009-M1-1-"), "the number");
        }
    }
    Ok(())
}

#[test]
fn the_words_on_a_sheet_are_those_of_the_plan_and_the_archive() {
    let site = Site::bare()
        .with(
            "data/customers.csv",
            "customer_id,name,manager_id,manager_name,branch,address,contact,phone,class,must_onsite,vulnerable\n\
             C1,东关店,M1,王昇,东郊,机场路1号,李堃,13800000001,ordinary,yes,no\n\
             C2,西关店,M1,王昇,东郊,机场路2号,张喆,13800000002/051680000002,first_batch,no,yes\n\
             C3,南关店,M1,王昇,东郊,机场路3号,赵犇,13800000003,,no,no\n",
        )
        .with(
            "data/plans.csv",
            format!(
                "{PLANS}M1,C3,2026-10-09,3,web,,微信,新品宣传,\nM1,C2,2026-10-09,2,phone,,,,\n\
                 M1,C1,2026-10-09,1,,,,陈列维护,\nM1,CX,2026-10-09,9,phone,13900000009,,,\nM1,C9,2026-10-09,4,onsite,,,,\n\
                 M1,C9,2026-10-12,1,onsite,,,,2026-10-09\n"
            ),
        )
        .visits("M1,C1,onsite,2026-09-28 08:00,,\nM1,C1,phone,2026-09-29 09:00,,\nM1,C1,web,2026-10-09 09:00,,\n");
    let text = sheet(&site, "--date 2026-10-09 --lang zh");
    let expected = "客户拜访计划表                                             编号 20261009-M1-1-32
M1 王昇  东郊  2026-10-09 星期五                                   计划拜访 4 户
================================================================================
  1 东关店  C1 普通终端 【须实地】  实地
    地址：机场路1号  联系人：李堃  电话：13800000001
    内容：陈列维护  上次：2026-09-29 电话
    到店时间 __:__ 离店时间 __:__ [ ]店主不在 [ ]关门 [ ]突发事件 [ ]其他
    照片号 ______ 备注 ________________ 客户签名 ____________
--------------------------------------------------------------------------------
  2 西关店  C2 第一批现代终端 【弱势】  电话 13800000002 / 051680000002
";
    assert!(text.starts_with(expected), "{text}");
    for said in
        ["网络 微信", "9 （档案中没有此客户）  CX  电话 13900000009", "上次：无记录", "最多 1 户", "08:30", "17:30"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("C9"), "moved to the 12th");
    let english = sheet(&site, "--date 2026-10-09 --lang en");
    assert!(english.lines().all(|line| harness::width(line) <= 80), "{english}");
    for said in ["at most 1 today (no more than 20%", "by 08:30", "by 17:30", "[on site only]", "Friday"] {
        assert!(english.contains(said), "{said}: {english}");
    }
}

/// Three customers planned on the month's last day; what was done for whom, row by row of services.csv.
fn recurring(services: &str) -> Site {
    Site::bare()
        .with(
            "data/customers.csv",
            "customer_id,name,manager_id,class\nC1,甲,M1,first_batch\nC2,乙,M1,ordinary\nC3,丙,M1,second_batch\n",
        )
        .with("data/plans.csv", format!("{PLANS}M1,C1,2026-09-30,1,onsite,,,,\nM1,C2,2026-09-30,2,phone,13800000002,,,\nM1,C3,2026-09-30,3,onsite,,,,\n"))
        .with("data/services.csv", format!("manager_id,customer_id,item,done_on\n{services}"))
        .visits("M1,C1,onsite,2026-09-30 09:00,,\n")
}

#[test]
fn what_recurs_and_is_lacking_stands_on_the_sheet_as_it_will_be_judged() -> Outcome {
    let services = "M1,C1,business-data,2026-09-02\nM1,C3,设施维护,2026-09-30\nM1,C3,经营信息告知,2026-08-31\nM1,C3,设施维护,2026-08-20\n\
        M1,C3,improvement-review,2026-09-01\nM9,C2,business-data,2026-09-03\n";
    let site = recurring(services);
    let text = sheet(&site, "--date 2026-09-30 --lang en");
    let due_of = |name: &str| {
        let (_, behind) = text.split_once(name).expect("he is planned");
        let own = behind.split("Arrived").next().expect("his part");
        own.split_once("Still due: ").map_or(String::new(), |(_, due)| due.trim().replace('\u{a0}', " "))
    };
    // Nobody records a customer-analysis; what was done on the day itself was asked for in its morning.
    let expected = ["[ ] facility-check", "[ ] business-data", "[ ] business-data  [ ] facility-check"];
    assert_eq!(["甲", "乙", "丙"].map(due_of), expected, "{text}");
    // Whoever does none of it on that day is found by the rule for just these.
    let before = services.replace("M1,C3,设施维护,2026-09-30\n", "");
    let check = recurring(&before).check("--month 2026-09");
    let found = check.findings("cadence").into_iter().filter(|one| !one["customer_id"].is_null());
    let found: Vec<String> =
        found.map(|one| format!("{} {}", harness::text(&one["customer_id"]), harness::text(&one["item"]))).collect();
    assert_eq!(found, ["C2 business-data", "C3 business-data", "C1 facility-check", "C3 facility-check"]);
    let chinese = sheet(&site, "--date 2026-09-30 --lang zh --format html");
    assert_eq!(chinese.matches("本期待办：<span class=\"whole\">☐\u{a0}").count(), 3, "{chinese}");
    sheet(&site, "--date 2026-09-30 --lang zh -o sheet.pdf");
    let paper = text_of(&site.path("sheet.pdf"))?;
    assert!(paper.contains("设施维护") && paper.matches("本期待办").count() == 3, "{paper}");
    // Where the rule is off, nothing is asked for.
    let off = site.with("rules.toml", "[rules.cadence]\nseverity = \"off\"\n");
    assert!(!sheet(&off, "--date 2026-09-30 --lang en").contains("Still due"));
    Ok(())
}

#[test]
fn the_standard_s_numbers_come_from_rules_toml() {
    let rules = "[rules.unplanned-cap]\nmax_percent = 50\n[rules.first-arrival]\nby = \"09:15\"\n[rules.visit-upload]\nseverity = \"off\"\n";
    let text = sheet(&site(4).with("rules.toml", rules), "--date 2026-10-09 --lang en");
    assert!(text.contains("at most 4 today (no more than 50%") && text.contains("by 09:15"), "{text}");
    assert!(!text.contains("uploaded"), "{text}");
}

#[test]
fn a_day_without_a_plan_gets_proposals_in_the_order_of_the_way() {
    let archive = "customer_id,name,manager_id,visit_cycle,lon,lat,suspended,opened_on\n\
        C1,甲,M1,monthly,117.30,34.0,no,\nC2,乙,M1,weekly,117.10,34.0,no,\nC3,丙,M1,monthly,117.20,34.0,no,\n\
        C4,丁,M1,monthly,,,no,\nC5,戊,M1,monthly,117.15,34.0,yes,\nC6,己,M1,monthly,117.12,34.0,no,\n";
    let visits = "M1,C1,onsite,2026-09-01 08:00,,\nM1,C2,onsite,2026-09-04 08:00,,\nM1,C3,onsite,2026-09-02 08:00,,\n\
        M1,C4,onsite,2026-09-02 09:00,,\nM1,C6,onsite,2026-09-29 08:00,,\nM1,C5,onsite,2026-08-03 08:00,,\n";
    let site = Site::bare()
        .with("data/customers.csv", archive)
        .visits(visits)
        .with("data/days.csv", "manager_id,date,status\nM1,2026-10-12,leave\n")
        .with("rules.toml", "[sheet]\nproposed = 4\n");
    let text = sheet(&site, "--date 2026-10-09 --lang en");
    assert!(text.contains("There is no plan for this day"), "{text}");
    // C2 is five cycles behind; from it the way goes to C3, C1; C4 has no position. C6 was seen lately, C5 is suspended.
    let order: Vec<&str> = text.lines().filter_map(|line| line.split("  C").nth(1)?.get(..1)).collect();
    assert_eq!(order, ["2", "3", "1", "4"], "{text}");
    // In a week nobody is proposed twice: four on Monday's sheet, the fifth on Tuesday's.
    let csv = sheet(&site, "--week 2026-10-23 --format csv");
    let days: Vec<&str> = csv.lines().skip(1).map(|line| line.split(',').nth(4).unwrap()).collect();
    assert_eq!(days, ["2026-10-19", "2026-10-19", "2026-10-19", "2026-10-19", "2026-10-20"], "{csv}");
    // A day off, a day of leave: there is nothing to print.
    for date in ["2026-10-11", "2026-10-12"] {
        let ran = site.run(&format!("sheet --data data --date {date} -o none.pdf"));
        assert_eq!((ran.code, site.path("none.pdf").exists()), (2, false), "{}", ran.err);
        assert!(ran.err.contains(&format!("there is no sheet for {date}")), "{}", ran.err);
    }
}

#[test]
fn the_same_data_give_the_same_bytes_in_every_format() {
    let (one, two) = (site(20), site(20));
    for format in ["pdf", "html", "text", "csv", "xlsx"] {
        let file = format!("out.{format}");
        for (site, threads) in [(&one, "1"), (&two, "2")] {
            let line = format!("sheet --data data --week 2026-10-09 --lang zh --format {format} -o {file}");
            let ran = site.command(&line).env("RAYON_NUM_THREADS", threads).output().unwrap();
            assert!(ran.status.success());
        }
        assert!(harness::read(&one.path(&file)) == harness::read(&two.path(&file)), "{format}");
    }
}

#[test]
fn each_manager_gets_a_file_of_his_own() {
    let site = Site::bare()
        .with("data/customers.csv", "customer_id,name,manager_id,manager_name\nC1,甲,a/1,王昇\nC2,乙,a:1,王昇\n")
        .with("data/plans.csv", format!("{PLANS}a/1,C1,2026-10-09,1,onsite,,,,\na:1,C2,2026-10-09,1,onsite,,,,\n"))
        .visits("a/1,C1,onsite,2026-09-28 08:00,,\n");
    sheet(&site, "--date 2026-10-09 --per-manager out");
    let mut names: Vec<String> = std::fs::read_dir(site.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["a_1 王昇 2026-10-09-2.pdf", "a_1 王昇 2026-10-09.pdf"]);
    assert!(harness::read(&site.path("out").join(&names[0])).starts_with(b"%PDF-"));
    sheet(&site, "--date 2026-10-09 --per-manager keyed --format csv --manager a/1");
    assert_eq!(std::fs::read_dir(site.path("keyed")).unwrap().count(), 1);
}

#[test]
fn a_sheet_left_empty_changes_no_verdict() {
    let site = site(5);
    let before = site.check("--month 2026-10");
    for format in ["csv", "xlsx"] {
        for lang in ["zh", "en"] {
            let file = format!("visits-paper.{format}");
            sheet(&site, &format!("--date 2026-10-09 --lang {lang} -o data/{file}"));
            let after = site.check("--month 2026-10");
            assert_eq!(after.fates(&file), "set_aside 5", "{lang}");
            assert_eq!(verdicts(&before), verdicts(&after), "{file}, {lang}");
            std::fs::remove_file(site.path("data").join(file)).unwrap();
        }
    }
}

/// Verdict and counts of each manager and rule.
fn verdicts(json: &Json) -> BTreeMap<String, String> {
    let result = |result: &serde_json::Value| {
        let key = format!("{} {} {}", result["manager_id"], result["rule"], result["item"]);
        let keys = ["verdict", "assessed", "failed", "pending", "count", "of"];
        (key, keys.map(|key| result[key].to_string()).join(" "))
    };
    json.list("results").iter().map(result).collect()
}

/// What a rule asks only of visits recorded with a device, or only of paper: synchronisation, upload, photo, check-in.
const BY_SOURCE: [&str; 10] = [
    "daily-sync",
    "visit-upload",
    "paper-fallback",
    "exception-evidence",
    "geofence",
    "travel-speed",
    "clock",
    "same-position",
    "archive-position",
    "round-times",
];

/// The device data of a day, written on the sheet by hand and keyed in, are judged as the device's own were.
#[test]
fn a_sheet_filled_in_tells_what_the_device_would_have_told() {
    let (manager, date) = ("M003", "2026-09-14");
    let samples = root().join("data-samples/clean");
    let mut site = Site::bare();
    for entry in std::fs::read_dir(&samples).unwrap() {
        let path = entry.unwrap().path();
        site = site.with(&format!("data/{}", path.file_name().unwrap().to_str().unwrap()), harness::read(&path));
    }
    let days = String::from_utf8(harness::read(&site.path("data/days.csv"))).unwrap();
    let failed: String = days.lines().map(|line| format!("{}\n", failing(line, manager, date))).collect();
    let site = site.with("data/days.csv", failed);
    let device = site.check("--month 2026-09");

    sheet(&site, &format!("--date {date} --manager {manager} --format csv -o sheet.csv"));
    let mut reader = csv::Reader::from_path(site.path("data/visits.csv")).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let at = |name: &str| names.iter().position(|known| known == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let (his, others): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| &row[at("manager_id")] == manager && row[at("started_at")].starts_with(date));
    assert!(his.len() > 5, "a day with visits");
    let mut writer = csv::Writer::from_path(site.path("data/visits.csv")).unwrap();
    writer.write_record(&names).unwrap();
    others.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();

    // Who was visited is filled in on his row, who was not planned in a row more; the others stay as they are.
    let mut reader = csv::Reader::from_path(site.path("sheet.csv")).unwrap();
    let keyed = reader.headers().unwrap().clone();
    let printed: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let customer = keyed.iter().position(|name| name == "customer_id").unwrap();
    let mut writer = csv::Writer::from_path(site.path("data/visits-paper.csv")).unwrap();
    writer.write_record(&keyed).unwrap();
    for visit in &his {
        let on_sheet = printed.iter().find(|row| row[customer] == visit[at("customer_id")]);
        let told = |name: &str| names.iter().position(|known| known == name).map_or("", |at| &visit[at]);
        let cell = |(number, name): (usize, &'_ str)| match (name, on_sheet) {
            ("name" | "date" | "source" | "note", Some(row)) => row[number].to_owned(),
            ("source", None) => "paper".to_owned(),
            _ => told(name).to_owned(),
        };
        writer.write_record(keyed.iter().enumerate().map(cell)).unwrap();
    }
    let unvisited = printed.iter().filter(|row| his.iter().all(|visit| visit[at("customer_id")] != row[customer]));
    unvisited.for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();

    let paper = site.check("--month 2026-09");
    let of_all = |json: &Json| {
        let mut all = verdicts(json);
        all.retain(|key, _| !BY_SOURCE.iter().any(|rule| key.contains(&format!("\"{rule}\""))));
        all
    };
    assert_eq!(of_all(&device), of_all(&paper));
    assert_eq!(paper.verdict(manager, "paper-fallback"), format!("pass {}/0/0", his.len()), "a day of device failure");
}

/// A row of the days file, as a device failure if it is that of the manager and date.
fn failing(line: &str, manager: &str, date: &str) -> String {
    let mut cells: Vec<&str> = line.split(',').collect();
    if cells.contains(&manager) && cells.contains(&date) {
        cells[2] = "device_failure";
    }
    cells.join(",")
}

#[test]
fn what_cannot_be_printed_is_said() {
    let site = site(1);
    for (options, said) in [
        ("", "it is not said for which day"),
        ("--date 9.10.2026", "--date: 9.10.2026 is not a date"),
        ("--week yesterday", "--week: yesterday is not a date"),
        ("--date 12026-10-09", "--date: 12026-10-09 is not a date"),
        ("--date 0026-10-09", "--date: 0026-10-09 cannot be used"),
        ("--date 2026-10-09 --manager M9", "--manager"),
        ("--date 2026-10-09 --week 2026-10-09", "cannot be used with"),
        ("--date 2026-10-09 --month 2026-10", "--month"),
    ] {
        let ran = site.run(&format!("sheet --data data {options}"));
        assert_eq!(ran.code, 2, "{options}");
        assert!(ran.err.contains(said), "{options}: {}", ran.err);
    }
}

/// 𪚥 is in no usual font: where one has it, it is printed, else 〓 and said; it is found in the file all the same.
#[test]
fn a_character_that_the_font_lacks_is_not_lost() -> Outcome {
    let archive = "customer_id,name,manager_id\nC1,𪚥记商店,M1\n";
    let plans = format!("{PLANS}M1,C1,2026-10-09,1,onsite,,,,\n");
    let site = Site::bare().with("data/customers.csv", archive).with("data/plans.csv", plans);
    let site = site.visits("M1,C1,onsite,2026-09-28 08:00,,\n");
    for options in ["-o sheet.pdf", "--per-manager out"] {
        let ran = site.run(&format!("sheet --data data --date 2026-10-09 --lang en {options}"));
        assert_eq!(ran.code, 0);
        let said = "no font has these characters, 〓 is printed instead: 𪚥 (U+2A6A5)\n";
        assert!(["", said].contains(&ran.err.as_str()), "{}", ran.err);
    }
    assert_eq!(site.run("sheet --data data --date 2026-10-09 --quiet -o sheet.pdf").err, "");
    let text = text_of(&site.path("sheet.pdf"))?;
    assert!(text.contains("𪚥记商店"), "{text}");
    Ok(())
}

/// On paper from a line printer too no line begins with a comma (GB/T 15834—2011, 5.1), and nothing is lost by that.
#[test]
fn no_printed_line_begins_with_a_comma() {
    for blanks in 0..8 {
        let address = format!("{}{}", "x".repeat(blanks), "街，".repeat(60));
        let site = site(1).with(
            "data/customers.csv",
            format!("customer_id,name,manager_id,address,contact\nC001,店1,M1,\"{address}\",甲\n"),
        );
        let text = sheet(&site, "--date 2026-10-10 --lang zh --format text");
        let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
        assert!(lines.iter().all(|line| !line.starts_with(['，', '：', '。'])), "{text}");
        assert!(lines.concat().contains(&address), "{text}");
    }
}

#[test]
fn today_and_tomorrow_are_days() {
    let site = site(3);
    for day in ["--week today", "--week tomorrow"] {
        let ran = site.run(&format!("sheet --data data {day}"));
        // Whether there is a working day left depends on the clock; that it is understood does not.
        assert!(ran.code == 0 || ran.err.contains("there is no sheet for"), "{}", ran.err);
    }
}
