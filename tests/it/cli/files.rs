//! Which files are read, as what, and under which headers (SPEC §2, §2.1).

use crate::harness::*;

fn made(customer: &str) -> String {
    format!("manager_id,customer_id,mode,started_at\nM1,{customer},onsite,2026-09-07 08:00\n")
}

/// Kind and name of each input, in order.
fn inputs(json: &Json) -> Vec<String> {
    json.list("inputs").iter().map(|input| format!("{} {}", text(&input["kind"]), text(&input["path"]))).collect()
}

fn unclaimed(json: &Json) -> Vec<String> {
    json.remarks("unclaimed_file").iter().map(|remark| text(&remark["file"])).collect()
}

#[test]
fn names_hold_a_word_of_their_kind() {
    let visits = [
        "visits.csv",
        "2026-09_VISITS_v2.TSV",
        "visits09.txt",
        "9月visits.csv",
        "my-visits (1).csv",
        "客户经理拜访记录.csv",
        "走访记录.csv",
    ];
    for name in visits {
        let json = Site::judging(&["must-onsite"]).customers(1).with(&format!("data/{name}"), made("C1")).check("");
        assert_eq!(json.fates(name), "used 1", "{name}");
        assert!(unclaimed(&json).is_empty());
    }
    // English words are bounded by non-letters; what is no table is not claimed either.
    let others = ["revisits.csv", "visitsx.csv", "invisits_09.csv", "visits.doc", "notes.csv", "visits"];
    let site = others.iter().fold(Site::judging(&["must-onsite"]).customers(1), |site, name| {
        site.with(&format!("data/{name}"), made("C1"))
    });
    let json = site.with("data/visits.csv", made("C1")).check("");
    assert_eq!(inputs(&json), ["customers customers.csv", "visits visits.csv"]);
    let mut expected = others.map(str::to_owned);
    expected.sort();
    assert_eq!(unclaimed(&json), expected);
}

#[test]
fn the_longest_word_decides() {
    // 拜访计划 (four characters) before 抽查 (two), 客户经理名单 before 人员, call-log before calls.
    let site = Site::judging(&["must-onsite"]).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let site = site
        .with("data/customers.csv", "customer_id,name,manager_id\nC1,店,M1\n")
        .with("data/抽查用拜访计划.csv", "manager_id,customer_id,date\nM1,C1,2026-09-07\n")
        .with("data/人员_客户经理名单.csv", "manager_id\nM1\n")
        .with("data/visits of customers.csv", "customer_id,name,manager_id\nC2,店,M1\n");
    let json = site.check("");
    let expected = [
        "visits visits.csv",
        "customers visits of customers.csv",
        "customers customers.csv",
        "managers 人员_客户经理名单.csv",
        "plans 抽查用拜访计划.csv",
    ];
    let mut found = inputs(&json);
    found.sort();
    let mut expected = expected.map(str::to_owned);
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn every_kind_has_its_words() {
    let tables = [
        ("customers", "客户档案 客户信息 零售户 customers", "customer_id,name,manager_id\nC1,店,M1\n"),
        (
            "visits",
            "拜访记录 走访记录 visits",
            "manager_id,customer_id,mode,started_at\nM1,C1,onsite,2026-09-07 08:00\n",
        ),
        (
            "calls",
            "calls call-log 通话记录 通讯记录 话单",
            "manager_id,number,started_at,seconds\nM1,13800000001,2026-09-07 08:00,40\n",
        ),
        ("plans", "plans 拜访计划", "manager_id,customer_id,date\nM1,C1,2026-09-07\n"),
        ("days", "days 日工作记录 考勤", "manager_id,date\nM1,2026-09-07\n"),
        ("managers", "managers 客户经理名单 人员", "manager_id\nM1\n"),
        ("services", "services 服务记录 作业记录", "manager_id,item,done_on\nM1,facility-check,2026-09-07\n"),
        ("inquiries", "inquiries 咨询投诉", "manager_id,received_at\nM1,2026-09-07 08:00\n"),
        ("checks", "checks 抽查", "manager_id,customer_id,month,result,checked_on\nM1,C1,2026-09,pass,2026-09-07\n"),
        (
            "quality",
            "quality-checks 质量检查 市场检查 服务评分",
            "manager_id,customer_id,month,item,score\nM1,C1,2026-09,明码标价,8\n",
        ),
    ];
    let mut site = Site::judging(&["must-onsite"]);
    let mut expected = Vec::new();
    for (kind, words, table) in tables {
        for word in words.split(' ') {
            site = site.with(&format!("data/x {word} 1.csv"), table);
            expected.push(format!("{kind} x {word} 1.csv"));
        }
    }
    let mut found = inputs(&site.check(""));
    assert_eq!(found.len(), expected.len());
    assert!(
        found.is_sorted_by_key(|name| name.split_once(' ').map(|(_, path)| path.as_bytes().to_vec())),
        "byte order of the path"
    );
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn files_are_named_directly_and_several_are_one_table() {
    let site =
        Site::judging(&["onsite-share"]).with("one/any name", "customer_id,name,manager_id\nC1,店,M1\nC2,店,M1\n");
    let site = site.with("one/a.dat", made("C1")).with("two/b.dat", made("C2"));
    let mut command = site.command("check --format json --visits one/a.dat --visits two/b.dat --customers");
    let json = Ran::of(command.arg("one/any name")).json();
    assert_eq!(json.share("M1", "onsite-share"), "2/2");
    assert_eq!(inputs(&json), ["visits one/a.dat", "customers one/any name", "visits two/b.dat"]);
}

/// Named files come on top of the folder's; one that is both is read once.
#[test]
fn named_files_join_those_of_the_folder() {
    let site = Site::judging(&["onsite-share"]).customers(2).with("data/visits.csv", made("C1"));
    let json = site.with("more.csv", made("C2")).check("--visits more.csv --visits data/visits.csv");
    assert_eq!(json.share("M1", "onsite-share"), "2/2");
    assert_eq!(json.list("inputs").len(), 3);
}

#[test]
fn titles_stand_above_the_header() {
    let titles = "拜访记录,,,\n制表：张某,,,2026-10-01\n\n";
    let table = format!("{titles}{}", made("C1"));
    let json = Site::judging(&["must-onsite"]).customers(1).with("data/visits.csv", table).check("");
    assert_eq!(json.fates("visits.csv"), "used 1");
    // The tenth row is the last that can be the header.
    let nine = format!("{}{}", "标题,,\n".repeat(9), made("C1"));
    assert_eq!(Site::judging(&[]).customers(1).with("data/visits.csv", nine).check("").fates("visits.csv"), "used 1");
    let ten = format!("{}{}", "标题,,\n".repeat(10), made("C1"));
    Site::judging(&[]).customers(1).with("data/visits.csv", ten).stopped("");
}

/// Every header of every kind that SPEC §2.1 marks as required, under each of its aliases.
#[test]
fn required_columns_have_aliases() {
    let customer_id = ["customer_id", "客户编码", "客户编号", "客户代码", "零售户编码", "许可证号"];
    let manager_id = ["manager_id", "客户经理编号", "客户经理编码", "客户经理工号", "工号"];
    let name = ["name", "客户名称", "店名", "客户简称"];
    let mode = ["mode", "拜访方式"];
    let started_at = ["started_at", "到店时间", "到达时间", "签到时间", "开始时间", "拜访时间"];
    for i in 0..6 {
        let pick = |names: &[&'static str]| names[i % names.len()];
        let customers = format!("{},{},{}\nC1,店,M1\n", pick(&customer_id), pick(&name), pick(&manager_id));
        let visits = format!(
            "{},{},{},{}\nM1,C1,onsite,2026-09-07 08:00\n",
            pick(&manager_id),
            pick(&customer_id),
            pick(&mode),
            pick(&started_at)
        );
        let json = Site::judging(&["onsite-share"])
            .with("data/customers.csv", customers)
            .with("data/visits.csv", visits)
            .check("");
        assert_eq!(json.share("M1", "onsite-share"), "1/1");
    }
}

/// Aliases hold in every kind that has the column, but those of telephones and the like only where they stand.
#[test]
fn aliases_hold_across_kinds_where_they_can() {
    let site = Site::judging(&["call-proof"])
        .with("data/visits.csv", "工号,许可证号,拜访方式,呼叫时间\nM1,C1,phone,2026-09-07 08:00\n")
        .with("data/calls.csv", "客户经理编码,被叫号码,到店时间,时长\nM1,13800000001,2026-09-07 08:01,40\n");
    let customers = |phone: &str| format!("客户代码,店名,客户经理工号,{phone}\nC1,店,M1,13800000001\n");
    let site = site.with("data/customers.csv", customers("订货电话"));
    assert_eq!(site.check("").verdict("M1", "call-proof"), "pass 1/0/0");
    // 拨打号码 is the telephone of a visit, not of a customer: the archive then knows no number.
    let site = site.with("data/customers.csv", customers("拨打号码"));
    assert_eq!(site.check("").verdict("M1", "call-proof"), "");
}

#[test]
fn headers_match_without_case_blanks_and_width() {
    let visits = " Manager_ID ,ＣＵＳＴＯＭＥＲ＿ＩＤ,\u{3000}Mode,STARTED_AT,拜访时长（分钟）\nM1,C1,onsite,2026-09-07 08:00,5\n";
    let json = Site::judging(&["field-time"]).customers(1).with("data/visits.csv", visits).check("");
    assert_eq!(json.by_manager("field-time", "seconds")["M1"], 300);
}

#[test]
fn the_first_name_present_is_the_column_and_later_ones_are_unused() {
    let visits = "客户编号,客户编码,manager_id,工号,mode,started_at,未知\nC9,C1,M1,M9,onsite,2026-09-07 08:00,x\n";
    let json = Site::judging(&["onsite-share"]).customers(1).with("data/visits.csv", visits).check("");
    assert_eq!(json.share("M1", "onsite-share"), "1/1");
    let remarks = json.remarks("unused_headers");
    assert_eq!(remarks.len(), 1);
    assert_eq!(remarks[0]["file"], "visits.csv");
    let mut headers: Vec<String> = remarks[0]["headers"].as_array().expect("a list").iter().map(text).collect();
    headers.sort();
    assert_eq!(headers, ["客户编号", "工号"], "an extra column is ignored without a word");
}

/// Columns with different telephone headers are joined: each of their numbers proves.
#[test]
fn telephone_columns_are_joined() {
    let customers =
        "customer_id,name,manager_id,客户电话,订货电话\nC1,店,M1,13800000001,13800000002\nC2,店,M1,,13800000003\n";
    let visits = "M1,C1,phone,2026-09-07 08:00,,\nM1,C1,phone,2026-09-07 09:00,,\nM1,C2,phone,2026-09-07 10:00,,\n";
    let calls = "manager_id,number,started_at,seconds\nM1,13800000001,2026-09-07 08:00,40\n\
        M1,13800000002,2026-09-07 09:00,40\nM1,13800000003,2026-09-07 10:00,40\n";
    let site = Site::judging(&["call-proof"])
        .with("data/customers.csv", customers)
        .visits(visits)
        .with("data/calls.csv", calls);
    let json = site.check("");
    assert_eq!(json.verdict("M1", "call-proof"), "pass 3/0/0");
    assert!(json.remarks("unused_headers").is_empty());
}

const COLUMNS: &str = "[columns.visits]\nstarted_at = \"进店\"\ncustomer_id = [\"门店\", \"铺号\"]\n\
                       [values.visits.mode]\nonsite = [\"到店\"]\n[values.customers.class]\nordinary = [\"加盟终端\"]\n";

fn foreign() -> Site {
    Site::judging(&["onsite-share"])
        .with("data/customers.csv", "customer_id,name,manager_id,class\nC1,店,M1,加盟终端\nC2,店,M1,普通终端\n")
        .with("data/visits.csv", "工号,铺号,拜访方式,进店,started_at\nM1,C1,到店,2026-09-07 08:00,昨天\n")
}

#[test]
fn columns_toml_adds_names_and_spellings() {
    let json = foreign().with("data/columns.toml", COLUMNS).check("");
    assert_eq!(json.share("M1", "onsite-share"), "1/2");
    assert_eq!(json.bad_cells("customers.csv"), 0);
    assert_eq!(json.remarks("unused_headers")[0]["headers"][0], "started_at", "added names come first");
    assert!(unclaimed(&json).is_empty(), "columns.toml itself is no stray file");
    let json = foreign().with("mine.toml", COLUMNS).check("--columns mine.toml");
    assert_eq!(json.share("M1", "onsite-share"), "1/2");
    // The file named stands instead of the folder's.
    let site = foreign().with("mine.toml", COLUMNS).with("data/columns.toml", "[columns.visits]\nmode = \"x\"\n");
    assert_eq!(site.check("--columns mine.toml").share("M1", "onsite-share"), "1/2");
    site.stopped("");
}

#[test]
fn calls_are_of_whoever_has_the_number() {
    let customers = "customer_id,name,manager_id,phone\nC1,店,M1,13800000001\nC2,店,M2,13800000001\n";
    let managers = "工号,手机,办公电话\nM1,155-0000-0001/155-0000-0009,0516-83900001\nM2,15500000002,\n";
    let calls = "本机号码,对方号码,通话开始时间,通话时长\n83900001,13800000001,2026-09-07 08:00,40\n\
                 +8615500000009,13800000001,2026-09-07 10:00,40\n\
                     15500000002,13800000001,2026-09-07 12:00,40\n\
                     15500000003,13800000001,2026-09-07 08:00,40\n";
    let visits = "M1,C1,phone,2026-09-07 08:00,,\nM1,C1,phone,2026-09-07 10:00,,\n\
        M2,C2,phone,2026-09-07 12:00,,\nM2,C2,phone,2026-09-07 08:00,,\n";
    let site =
        Site::ruled(&["call-proof"], "[input]\nmax_rejected_percent = 25\n").with("data/customers.csv", customers);
    let json = site.visits(visits).with("data/managers.csv", managers).with("data/calls.csv", calls).check("");
    assert_eq!(json.verdict("M1", "call-proof"), "pass 2/0/0", "by the office and the second mobile number");
    assert_eq!(json.verdict("M2", "call-proof"), "fail 2/1/0");
    assert_eq!(json.rejected("calls.csv"), ["5 own_number"], "nobody's number");
}
