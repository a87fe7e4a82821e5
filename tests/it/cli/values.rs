//! What a cell says (SPEC §2.2): times, durations, booleans, words, numbers.

use crate::harness::*;
use std::collections::BTreeMap;

const ALL_ROWS_MAY_FAIL: &str = "[input]\nmax_rejected_percent = 100\n";

/// Managers V0, V1 …, one visit each with these cells under the header given; 24 hours a day are never reached, so that
/// each finding shows the day's field time.
fn field_times(header: &str, rows: &[String]) -> BTreeMap<String, (String, u64)> {
    let more = format!("[rules.field-time]\nhours = 24\n{ALL_ROWS_MAY_FAIL}");
    let rows: String = rows.iter().enumerate().map(|(i, row)| format!("V{i:02},C1,onsite,{row}\n")).collect();
    let visits = format!("manager_id,customer_id,mode,{header}\n{rows}");
    let json =
        Site::ruled(&["field-time"], &more).customers(1).with("data/visits.csv", visits).check("--as-of 2026-09-30");
    let finding = |finding: &&serde_json::Value| {
        let seconds = finding["seconds"].as_u64().expect("seconds");
        (text(&finding["manager_id"]), (text(&finding["date"]), seconds))
    };
    json.findings("field-time").iter().map(finding).collect()
}

fn assert_times<'a>(header: &str, cases: impl IntoIterator<Item = (&'a str, &'a str, u64)>) {
    let cases: Vec<_> = cases.into_iter().collect();
    let rows: Vec<String> = cases.iter().map(|(row, ..)| (*row).to_owned()).collect();
    let found = field_times(header, &rows);
    for (i, (row, date, seconds)) in cases.iter().enumerate() {
        assert_eq!(found.get(&format!("V{i:02}")), Some(&((*date).to_owned(), *seconds)), "{row}");
    }
}

#[test]
fn every_date_time_style_is_read() {
    let day = "2026-09-07";
    assert_times(
        "started_at,ended_at",
        [
            ("2026-09-07 08:05:31,2026-09-07 09:05:31", day, 3600),
            ("2026-09-07 08:05,2026-09-07 09:05:31", day, 3631),
            ("2026/9/7 8:5:1,2026/09/07 09:05:31", day, 3630),
            ("2026.09.07 08:05:31,2026.9.7 9:05:31", day, 3600),
            ("2026-9-7 8:05,2026-9-7 9:05", day, 3600),
            ("2026-09-07T08:05:31,2026-09-07T09:05:31", day, 3600),
            ("2026年9月7日 8时5分31秒,2026年9月7日 9时5分31秒", day, 3600),
            ("2026年09月07日 08时05分,2026年9月7日 9时5分31秒", day, 3631),
            ("20260907 080531,20260907 090531", day, 3600),
            ("20260907080531,20260907090531", day, 3600),
            ("2026-09-07 08:05:31.999,2026-09-07 09:05:31.001", day, 3600),
            ("=\"2026-09-07 08:05:31\",'2026-09-07 09:05:31", day, 3600),
            // 46272 is 2026-09-07 in the 1900 system; 0.337 of a day is 08:05:16.8, rounded to :17.
            ("46272.337,2026-09-07 09:05:31", day, 3614),
            ("46272.5,46272.75", day, 21600),
            ("46272.25,46272.2501157407", day, 10),
            ("2026/09/07 11:20:00 AM,2026/09/07 01:20:00 PM", day, 7200),
            ("2026/9/7 12:00 AM,2026/9/7 12:30 AM", day, 1800),
            ("2026年9月7日 上午11:20,2026-09-07 下午1时20分", day, 7200),
            ("2026-09-07 星期一 08:05,2026年9月7日（周一）09:05", day, 3600),
            ("2026-09-07T08:05:31+08:00,2026-09-07T01:05:31Z", day, 3600),
            ("2026-09-07 10:05:31+09:00,2026-09-07T02:05:31.500+0000", day, 3600),
            // 1788739531 is 2026-09-07T00:05:31Z: 08:05:31 on the clocks of China.
            ("1788732331,1788739531", day, 7200),
            ("1788732331000,1788739531999", day, 7200),
            ("2026-09-07 22:00,2026-09-07 24:00", day, 7200),
            ("2026-09-07 22:00,2026-09-07 24:00:00", day, 7200),
        ],
    );
}

#[test]
fn unreadable_date_times_reject_their_row() {
    let bad = [
        "26-09-07 08:05",
        "07/09/2026 08:05",
        "09-07-2026 08:05",
        "7.9.2026 08:05",
        "2026-13-01 08:05",
        "2026-02-29 08:05",
        "2026-09-31 08:05",
        "2026-09-00 08:05",
        "2026-09-07 25:00",
        "2026-09-07 24:00",
        "2026-09-07 上午13:05",
        "2026-09-07 08:05-09:05",
        "0000-00-00 00:00:00",
        "1288732331",
        "2026-09-07 08:61",
        "2026-09-07 08:05:60",
        "昨天",
        "8:05",
        "2026年9月31日 8时5分",
        "20260931 080531",
        "20260907250000",
        "",
    ];
    let rows: String = bad.iter().map(|cell| format!("M1,C1,onsite,{cell},,\n")).collect();
    let site = Site::ruled(&["field-time"], ALL_ROWS_MAY_FAIL).customers(1);
    let json = site.visits(&format!("{rows}M1,C1,onsite,2026-09-07 08:05,2026-09-31 09:00,\n")).check("");
    let expected: Vec<String> = (2..2 + bad.len()).map(|line| format!("{line} started_at")).collect();
    assert_eq!(json.rejected("visits.csv"), expected);
    assert_eq!(
        (json.fates("visits.csv"), json.bad_cells("visits.csv")),
        (format!("used 1, rejected {}", bad.len()), 1)
    );
}

#[test]
fn a_time_alone_stands_on_the_date_of_its_row() {
    assert_times(
        "date,started_at,ended_at",
        [
            ("2026-09-07,08:05:31,09:05:31", "2026-09-07", 3600),
            ("2026/9/8,8:05,9:05:31", "2026-09-08", 3631),
            ("20260909,8时5分,9时5分31秒", "2026-09-09", 3631),
            ("46276,08:05,2026-09-11 09:05", "2026-09-11", 3600),
            ("2026-09-07,上午11:20,下午1:20", "2026-09-07", 7200),
            ("2026-09-07,22:00,24:00", "2026-09-07", 7200),
            ("2026年9月14日,2026-09-14 08:05,9:05", "2026-09-14", 3600),
        ],
    );
    // In ended_at also where there is no date column: the visit's date is that of started_at.
    assert_times("started_at,ended_at", [("2026-09-07 08:05,09:05", "2026-09-07", 3600)]);
}

/// A start that is well written is not what is wrong with a row whose date is not.
#[test]
fn the_cell_that_is_wrong_is_blamed() {
    let site = Site::ruled(&["field-time"], ALL_ROWS_MAY_FAIL).customers(1);
    let visits = "manager_id,customer_id,mode,date,started_at\nM1,C1,onsite,2026/8/32,08:05\n\
                  M1,C1,onsite,2026/8/32,halb acht\nM1,C1,onsite,,08:05\nM1,C1,onsite,#N/A,08:05\n\
                  M1,C1,onsite,2026/8/32,2026-09-07 08:05\n";
    let json = site.with("data/visits.csv", visits).check("");
    assert_eq!(json.rejected("visits.csv"), ["2 date", "3 started_at", "4 started_at", "5 date"]);
    assert_eq!(text(&json.list("rejected")[0]["cell"]), "2026/8/32");
    assert_eq!((json.fates("visits.csv").as_str(), json.bad_cells("visits.csv")), ("used 1, rejected 4", 1));
}

#[test]
fn a_unit_in_the_header_decides() {
    let day = "2026-09-07";
    for (header, cell, seconds) in [
        ("拜访时长(分钟)", "25", 1500),
        ("拜访时长(分钟)", "25.0", 1500),
        ("拜访时长(分钟)", "2.5", 150),
        ("拜访时长（秒）", "90", 90),
        ("拜访用时/小时", "1.5", 5400),
        ("拜访用时(毫秒)", "90000", 90),
        ("minutes", "00:25:00", 1500),
        ("minutes", "25分钟", 1500),
    ] {
        assert_times(&format!("started_at,{header}"), [(&*format!("2026-09-07 08:05,{cell}"), day, seconds)]);
    }
}

/// The call log in each unit: who called for two minutes has proven his visit, who called for two seconds has not.
#[test]
fn calls_are_as_long_as_their_header_says() {
    let proven = |header: &str, cell: &str| {
        let json = Site::judging(&["call-proof"])
            .customers(1)
            .with(
                "data/visits.csv",
                "manager_id,customer_id,mode,started_at,phone\nM1,C1,phone,2026-09-07 08:00,13900000000\n",
            )
            .with(
                "data/calls.csv",
                format!("manager_id,number,started_at,{header}\nM1,13900000000,2026-09-07 08:00,{cell}\n"),
            )
            .check("");
        json.verdict("M1", "call-proof")
    };
    for (header, cell) in [
        ("通话时长", "120"),
        ("通话时长", "120.0"),
        ("通话时长(秒)", "2分"),
        ("通话时长(分钟)", "2"),
        ("通话时长/分", "0.6"),
        ("通话时长（毫秒）", "120000"),
        ("时长(小时)", "0.1"),
        ("seconds", "0:02:00"),
    ] {
        assert_eq!(proven(header, cell), "pass 1/0/0", "{header} {cell}");
    }
    for (header, cell) in [("通话时长", "2"), ("通话时长(毫秒)", "2000"), ("通话时长(分钟)", "00:00:02")]
    {
        assert_eq!(proven(header, cell), "fail 1/1/0", "{header} {cell}");
    }
    let site = Site::judging(&["call-proof"])
        .customers(1)
        .visits("M1,C1,phone,2026-09-07 08:00,,\n")
        .with("data/columns.toml", "[columns.calls]\nseconds = '通话费(元)'\n")
        .with("data/calls.csv", "manager_id,number,started_at,通话费(元)\nM1,13900000000,2026-09-07 08:00,2\n");
    let message = site.stopped("");
    assert!(message.contains("calls.csv:1: the header \"通话费(元)\" names the unit \"元\""), "{message}");
}

#[test]
fn minutes_stand_in_for_a_missing_end() {
    assert_times(
        "started_at,ended_at,minutes",
        [
            ("2026-09-07 08:05,,25", "2026-09-07", 1500),
            ("2026-09-07 08:05,2026-09-07 08:15,25", "2026-09-07", 600),
            ("2026-09-07 08:05,未签退,25", "2026-09-07", 1500),
            ("2026-09-07 08:05,,", "2026-09-07", 0),
        ],
    );
    assert_times("started_at,拜访用时（分钟）", [("2026-09-07 08:05,40", "2026-09-07", 2400)]);
}

/// Each spelling in `planned`, told by who has a first arrival to be judged: without a plans file that is who has a
/// planned visit.
#[test]
fn booleans_of_planned() {
    let cases = [
        ("yes", true),
        ("y", true),
        ("true", true),
        ("1", true),
        ("是", true),
        ("有", true),
        ("计划内", true),
        ("计划内拜访", true),
        ("计划", true),
        ("√", true),
        ("✓", true),
        ("对", true),
        ("YES", true),
        ("no", false),
        ("n", false),
        ("false", false),
        ("0", false),
        ("否", false),
        ("无", false),
        ("计划外", false),
        ("计划外拜访", false),
        ("临时", false),
        ("×", false),
        ("✗", false),
        ("错", false),
        ("", false),
    ];
    let rows: String =
        cases.iter().enumerate().map(|(i, (cell, _))| format!("V{i:02},C1,onsite,2026-09-07 08:00,{cell}\n")).collect();
    let visits = format!("manager_id,customer_id,mode,started_at,planned\n{rows}");
    let json = Site::judging(&["first-arrival"]).customers(1).with("data/visits.csv", visits).check("");
    for (i, (cell, planned)) in cases.iter().enumerate() {
        let expected = if *planned { "pass 1/0/0" } else { "not_assessed 0/0/0" };
        assert_eq!(json.verdict(&format!("V{i:02}"), "first-arrival"), expected, "{cell:?}");
    }
    assert_eq!(json.bad_cells("visits.csv"), 0);
}

/// C1 is to be seen on site where marked, and was not; C2 is to be seen where not suspended, and was.
#[test]
fn booleans_of_customers() {
    let marked = ["yes", "Y", "True", "1", "是", "有", "√", "✓", "对"].map(|cell| (cell, "fail 1/1/0", 0));
    let unmarked = ["no", "N", "false", "0", "否", "无", "×", "✗", "错", "", "NaN"].map(|cell| (cell, "pass 1/0/0", 0));
    let unreadable = ["计划内", "vielleicht"].map(|cell| (cell, "pass 1/0/0", 2));
    for (cell, verdict, bad) in marked.into_iter().chain(unmarked).chain(unreadable) {
        let rows = format!("C1,店,M1,{cell},\nC2,店,M1,是,{cell}\n");
        let json = Site::judging(&["must-onsite"])
            .with("data/customers.csv", format!("customer_id,name,manager_id,must_onsite,suspended\n{rows}"))
            .visits("M1,C1,web,2026-09-07 08:00,,\nM1,C2,onsite,2026-09-07 09:00,,\n")
            .check("--as-of 2026-09-30");
        assert_eq!(json.verdict("M1", "must-onsite"), verdict, "{cell:?}");
        assert_eq!(json.bad_cells("customers.csv"), bad, "{cell:?}");
    }
}

/// Customers Ci, visited once in mode i: on-site visits make the share of on-site customers, phone visits want a call.
#[test]
fn every_mode_is_known() {
    let onsite = ["onsite", "实地", "实地拜访", "上门", "上门拜访", "ONSITE"];
    let other = ["phone", "电话", "电话拜访", "web", "网络", "网络拜访", "QQ", "微信", "QQ微信拜访", "qq"];
    let modes: Vec<&str> = onsite.into_iter().chain(other).collect();
    let visit = |(i, mode): (usize, &&str)| format!("M1,C{},{mode},2026-09-07 08:{i:02},13900000000\n", i + 1);
    let rows: String = modes.iter().enumerate().map(visit).collect();
    let json = Site::judging(&["onsite-share", "call-proof"])
        .customers(modes.len())
        .with("data/visits.csv", format!("manager_id,customer_id,mode,started_at,phone\n{rows}"))
        .with("data/calls.csv", "manager_id,number,started_at,seconds\nM1,13800000000,2026-09-07 08:00,40\n")
        .check("");
    assert_eq!(json.share("M1", "onsite-share"), "6/16");
    assert_eq!(json.verdict("M1", "call-proof"), "fail 3/3/0", "three of them are phone visits");
    assert_eq!(json.fates("visits.csv"), "used 16");
}

#[test]
fn every_outcome_is_known() {
    let done = ["done", "已完成", "完成", "正常", "", "-"];
    let not_done = ["absent", "店主不在", "closed", "关门", "emergency", "突发事件", "other", "其他"];
    let cells: Vec<&str> = done.into_iter().chain(not_done).chain(["not_visited", "未拜访", "改天"]).collect();
    let rows: String = cells
        .iter()
        .enumerate()
        .map(|(i, cell)| format!("M1,C{},onsite,2026-09-07 08:{i:02},{cell}\n", i + 1))
        .collect();
    let visits = format!("manager_id,customer_id,mode,started_at,outcome\n{rows}");
    let site = Site::ruled(&["onsite-share"], ALL_ROWS_MAY_FAIL).customers(cells.len()).with("data/visits.csv", visits);
    let json = site.check("");
    assert_eq!(json.share("M1", "onsite-share"), "6/17", "done visits");
    assert_eq!(json.fates("visits.csv"), "used 14, set_aside 2, rejected 1");
    assert_eq!(json.rejected("visits.csv"), [format!("{} outcome", cells.len() + 1)], "a key cell");
}

/// A day of each status with ten minutes in the field: who is excused has no time to make.
#[test]
fn every_day_status_is_known() {
    let read = |cell: &str| {
        let json = Site::judging(&["field-time"])
            .customers(1)
            .visits("M1,C1,onsite,2026-09-07 08:00,2026-09-07 08:10,\n")
            .with("data/days.csv", format!("manager_id,date,status\nM1,2026-09-07,{cell}\n"))
            .check("--as-of 2026-09-30");
        (json.findings("field-time").len(), json.bad_cells("days.csv"))
    };
    for cell in ["field", "拜访", "外勤", "正常", "出勤", "", "无", "正常（外勤）"] {
        assert_eq!(read(cell), (1, 0), "{cell}");
    }
    let excused = [
        "meeting",
        "会议",
        "开会",
        "出差",
        "training",
        "培训",
        "学习",
        "leave",
        "请假",
        "休假",
        "年假",
        "病假",
        "事假",
        "调休",
        "婚假",
        "产假",
        "陪产假",
        "丧假",
        "公休",
        "请假（年假）",
        "请假(探亲)",
        "其他（病假）",
    ];
    for cell in excused {
        assert_eq!(read(cell), (0, 0), "{cell}");
    }
    for cell in ["神游", "正常（补半天）", "请假（培训）"] {
        assert_eq!(read(cell).1, 1, "{cell}");
    }
}

/// Customers with each spelling in a column of theirs; who is due shows in the share of on-site customers.
fn due_with(column: &str, cells: &[&str]) -> (String, u64) {
    let rows: String = cells.iter().enumerate().map(|(i, cell)| format!("C{i},店,M1,{cell}\n")).collect();
    let site = Site::judging(&["onsite-share"])
        .with("data/customers.csv", format!("customer_id,name,manager_id,{column}\n{rows}CX,店,M1,\n"))
        .visits("M1,CX,onsite,2026-09-07 08:00,,\n");
    let json = site.check("");
    assert_eq!(json.fates("customers.csv"), format!("used {}", cells.len() + 1));
    (json.share("M1", "onsite-share"), json.bad_cells("customers.csv"))
}

#[test]
fn every_class_is_known() {
    let classes = [
        "first_batch",
        "第一批现代终端",
        "第一批现代终端客户",
        "second_batch",
        "第二批现代终端",
        "第二批现代终端客户",
        "ordinary",
        "普通终端",
        "普通终端客户",
        "violation",
        "违规客户",
    ];
    assert_eq!(due_with("class", &classes), ("1/12".to_owned(), 0));
    assert_eq!(due_with("class", &["违规客户(停货)", "违规客户（停货）"]), ("1/1".to_owned(), 0), "suspended too");
    assert_eq!(due_with("class", &["加盟终端"]), ("1/2".to_owned(), 1), "a bad cell, taken as empty");
}

#[test]
fn every_cycle_and_status_is_known() {
    let monthly =
        ["weekly", "每周", "biweekly", "每两周", "两周", "semimonthly", "每半月", "半月", "monthly", "每月", ""];
    assert_eq!(due_with("visit_cycle", &monthly), ("1/12".to_owned(), 0));
    // Longer cycles are due in the last month of their period: September ends a quarter, and no pair of months.
    assert_eq!(due_with("visit_cycle", &["bimonthly", "每两月"]), ("1/1".to_owned(), 0));
    assert_eq!(due_with("visit_cycle", &["quarterly", "每季", "每季度"]), ("1/4".to_owned(), 0));
    assert_eq!(due_with("visit_cycle", &["每天"]), ("1/2".to_owned(), 1));
    assert_eq!(due_with("status", &["active", "正常", "营业", ""]), ("1/5".to_owned(), 0));
    assert_eq!(due_with("status", &["closed", "停业", "歇业", "注销"]), ("1/1".to_owned(), 0));
    assert_eq!(due_with("status", &["装修"]), ("1/2".to_owned(), 1));
}

#[test]
fn dates_of_customers_are_read_in_every_style() {
    let before = ["2026-08-31", "2026/8/31", "2026.08.31", "20260831", "2026年8月31日", "46265", "2026-08-31 00:00:00"];
    assert_eq!(due_with("closed_on", &before), ("1/1".to_owned(), 0));
    let behind = ["2026-10-01", "2026/10/1", "2026.10.01", "20261001", "2026年10月1日", "46296"];
    assert_eq!(due_with("closed_on", &behind), ("1/7".to_owned(), 0));
    assert_eq!(due_with("opened_on", &behind), ("1/1".to_owned(), 0));
    assert_eq!(due_with("opened_on", &["2026-02-30", "31.8.2026", "bald"]), ("1/4".to_owned(), 3));
}
