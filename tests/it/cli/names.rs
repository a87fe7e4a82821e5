//! Names where a file has no ids (SPEC §2.1).

use crate::harness::*;

const MANAGERS: &str =
    "工号,姓名,营销部,手机\nM1,张伟,东城,13900000001\nM2,张伟,西城,13900000002\nM3,李娜,东城,13900000003\n";
const CUSTOMERS: &str =
    "customer_id,name,manager_id,branch\nC1,好店,M1,东城\nC2,美店,M2,西城\nC3,好店,M3,东城\nC4,独店,M3,东城\n";

fn site() -> Site {
    let rules = "[input]\nmax_rejected_percent = 100\n";
    Site::ruled(&["must-onsite"], rules).with("data/managers.csv", MANAGERS).with("data/customers.csv", CUSTOMERS)
}

/// Managers by name: namesakes are told apart by their branch, else nobody is meant, and the reason names them.
#[test]
fn managers_are_found_by_name_and_branch() {
    let visits = "客户经理,营销部,客户编码,拜访方式,到店时间\n\
        张伟,东城,C1,实地,2026-09-07 08:05\n张　伟,西城,C2,实地,2026-09-07 08:05\n李娜,,C3,实地,2026-09-07 08:05\n\
        张伟,,C1,实地,2026-09-08 08:05\n王强,东城,C1,实地,2026-09-09 08:05\n";
    let json = site().with("data/visits.csv", visits).check("");
    assert_eq!(json.fates("visits.csv"), "used 3, rejected 2");
    assert_eq!(json.rejected("visits.csv"), ["5 manager_id", "6 manager_id"]);
    assert_eq!(json.managers(), ["M1", "M2", "M3"]);
    let reasons: Vec<String> = json.list("rejected").iter().map(|row| text(&row["reason"])).collect();
    assert_eq!(reasons, ["several have this name: M1, M2", "no file tells the id of anyone with this name"]);
    let named = json.remarks("named");
    assert_eq!((&named[0]["managers"], &named[0]["columns"]), (&3.into(), &vec!["manager_id"].into()));
}

/// Shops by name: of one name the one that is his who was there.
#[test]
fn customers_are_found_by_name_and_owner() {
    let visits = "工号,店名,拜访方式,到店时间\nM1,好店,实地,2026-09-07 08:05\nM3,好店,实地,2026-09-07 08:05\n\
        M2,好店,实地,2026-09-07 08:05\nM2,独店,实地,2026-09-07 08:05\nM1,新店,实地,2026-09-08 08:05\n";
    let json = site().with("data/visits.csv", visits).check("");
    assert_eq!(json.fates("visits.csv"), "used 4, rejected 1");
    assert_eq!(json.rejected("visits.csv"), ["4 customer_id"]);
    assert_eq!(json.remarks("named")[0]["customers"], 3);
    let unknown: Vec<String> = json.list("unknown_customers").iter().map(text).collect();
    assert_eq!(unknown, ["新店"]);
}

/// A name that stands in the column of ids, as where an export changed on the way.
#[test]
fn a_name_among_ids_is_known() {
    let visits = "工号,客户编码,拜访方式,到店时间\nM3,C3,实地,2026-09-07 08:05\n李娜,C4,实地,2026-09-08 08:05\n张伟,C1,实地,2026-09-08 08:05\n";
    let json = site().with("data/visits.csv", visits).check("");
    assert_eq!(
        (json.fates("visits.csv"), json.managers()),
        ("used 2, rejected 1".into(), vec!["M1".into(), "M2".into(), "M3".into()])
    );
    assert_eq!(json.remarks("named")[0]["managers"], 1);
}

/// No file has ids: the names are the ids; a name of two branches is two people, and a list of all who work there makes
/// nobody a manager who has no customers.
#[test]
fn where_no_file_has_ids_names_are_the_ids() {
    let customers = "许可证号,客户名称,客户经理,营销部\nC1,a,张伟,东城\nC2,b,张伟,东城\nC3,c,张伟,东城\nC4,d,张伟,西城\nC5,e,张伟,西城\nC6,f,张伟,西城\nC7,g,李娜,东城\n";
    let visits = "营销部,客户经理,许可证号,拜访方式,到店时间\n东城,张伟,C1,实地,2026-09-07 08:05\n西城,张伟,C4,实地,2026-09-07 08:05\n东城,李娜,C7,实地,2026-09-07 08:05\n";
    let managers = "姓名,营销部,手机\n张伟,东城,13900000001\n张伟,西城,13900000002\n李娜,东城,13900000003\n周正,机关,13900000009\n";
    let calls = "主叫号码,对方号码,呼叫时间,时长\n13900000003,13800000001,2026-09-07 09:00:00,40\n";
    let site = Site::judging(&["must-onsite"]).with("data/customers.csv", customers).with("data/visits.csv", visits);
    let json = site.with("data/managers.csv", managers).with("data/calls.csv", calls).check("");
    assert_eq!(json.managers(), ["张伟（东城）", "张伟（西城）", "李娜"]);
    assert_eq!(
        ["visits.csv", "calls.csv", "managers.csv"].map(|file| json.fates(file)),
        ["used 3", "used 1", "used 3, rejected 1"]
    );
}

/// Names are found in every kind, in sheets of the list too, and calls by the telephone before the name.
#[test]
fn names_are_found_in_every_kind() {
    let visits = "工号,客户编码,拜访方式,到店时间\nM3,C3,实地,2026-09-07 08:05\n";
    let plans = "客户经理,店名,计划日期\n李娜,独店,2026-09-07\n";
    let days = "客户经理姓名,日期,状态\n李娜,2026-09-07,请假\n";
    let calls = "客户经理,本机号码,对方号码,呼叫时间,时长\n张伟,13900000002,13800000001,2026-09-07 09:00:00,40\n李娜,,13800000001,2026-09-07 10:00:00,40\n张伟,13700000009,13800000001,2026-09-07 11:00:00,40\n";
    let site = site().with("data/visits.csv", visits).with("data/plans.csv", plans);
    let json = site.with("data/days.csv", days).with("data/calls.csv", calls).check("");
    let fates = ["plans.csv", "days.csv", "calls.csv"].map(|file| json.fates(file));
    assert_eq!(fates, ["used 1", "used 1", "used 2, rejected 1"]);
    assert_eq!(json.rejected("calls.csv"), ["4 manager_id"]);
}
