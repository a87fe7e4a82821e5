//! What becomes of every row (SPEC §2.3), counted exactly.

use crate::harness::*;

const CUSTOMERS: &str = "customer_id,name,manager_id,updated_on,must_onsite,note\n";

fn site() -> Site {
    Site::ruled(&["must-onsite", "onsite-share", "field-time"], "[input]\nmax_rejected_percent = 50\n")
}

/// The sum over all fates is the number of rows written, whatever became of them.
fn assert_all_counted(json: &Json, file: &str, written: u64) {
    let rows = json.input(file)["rows"].as_object().expect("rows");
    assert_eq!(rows.values().filter_map(serde_json::Value::as_u64).sum::<u64>(), written, "{rows:?}");
}

#[test]
fn every_fate_at_once() {
    let rows = [
        "M1,C1,onsite,2026-09-07 08:00,,V1,,2026-09-07 17:00",
        "M1,C1,onsite,2026-09-07 08:00,,V1,,2026-09-07 17:00", // repeat
        "M1,C1,onsite,2026-09-07 08:30,,V1,,2026-09-07 18:00", // supersedes both
        "",                                                    // blank
        ",,,,,,,",                                             // blank
        " ,\u{3000},\"\",,,,,",                                // blank
        "合计,3,,,,,,",                                        // total
        ",小计,,,,,,",                                         // total
        "M1,C2,onsite,2026-09-08 08:00,,V2,not_visited,",      // set aside
        "M1,C2,onsite,2027-09-08 08:00,,V3,,",                 // stray: set aside
        "M1,C2,onsite,,,V4,,",                                 // rejected
        "M1,C2,onsite,2026-08-20 08:00,,V5,,",                 // other period
        "M1,C2,phone,2026-09-09 08:00,,V6,,",
    ];
    let header = "manager_id,customer_id,mode,started_at,ended_at,visit_id,outcome,uploaded_at";
    let visits = format!("{header}\n{}\n", rows.join("\n"));
    let json = site().customers(2).with("data/visits.csv", visits).check("--month 2026-09");
    let expected = "used 2, blank 3, total 2, set_aside 2, repeat 1, superseded 1, other_period 1, rejected 1";
    assert_eq!(json.fates("visits.csv"), expected);
    assert_eq!(json.input("visits.csv")["rows"]["mended"], 0);
    assert_all_counted(&json, "visits.csv", rows.len() as u64);
    assert_eq!(json.value["horizon"], "2026-09-09", "the stray visit does not move it");
    assert_eq!(json.remarks("stray").len(), 1);
}

#[test]
fn blank_lines_stand_anywhere() {
    let visits = format!(
        "\n\n{VISITS}\n\n\nM1,C1,onsite,2026-09-07 08:00,,\n\r\n,,,,,\n\
            M1,C1,onsite,2026-09-08 08:00,,\n\n\n"
    );
    let json = site().customers(1).with("data/visits.csv", visits).check("");
    // Only what stands below the header is a row.
    assert_eq!(json.fates("visits.csv"), "used 2, blank 7");
}

#[test]
fn totals_are_told_by_the_first_cell_that_is_not_empty() {
    let rows = "合计,,,,,\n总计,12,,,,\n,,小计,,,\n　合计　,,,,,\n合计户数,,,,,\nM1,合计,onsite,2026-09-07 08:00,,\n";
    let json =
        Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 100\n").customers(1).visits(rows).check("");
    assert_eq!(json.fates("visits.csv"), "used 1, total 4, rejected 1", "longer words are no total");
    assert_eq!(json.list("unknown_customers")[..], ["合计"], "nor is a word behind the first cell");
}

#[test]
fn headers_once_more_and_notes_behind_the_last_row_are_totals() {
    let row = |day: u32| format!("M1,C1,onsite,2026-09-{day:02} 08:00,,\n");
    let joined = format!("{VISITS}{}\u{feff}{VISITS}{}制表人：张三\n\n共2条,审核：李四,,,,\n", row(7), row(8));
    let json = site().customers(1).with("data/visits.csv", joined).check("");
    assert_eq!(json.fates("visits.csv"), "used 2, blank 1, total 3");
    let before = site().customers(1).with("data/visits.csv", format!("{VISITS}制表人：张三\n{}", row(7))).check("");
    assert_eq!(before.fates("visits.csv"), "used 1, rejected 1", "a row follows");
    let roster = "manager_id,name\nM1,石青\n填表说明：手机为工作号\n";
    let json = site().customers(1).visits(&row(7)).with("data/managers.csv", roster).check("");
    assert_eq!(json.fates("managers.csv"), "used 1, total 1");
    let by_name = "manager_id,name\n石青,\n孙赟,\n";
    let json = site().customers(1).visits(&row(7)).with("data/managers.csv", by_name).check("");
    assert_eq!(json.fates("managers.csv"), "used 2", "ids that are names");
}

#[test]
fn paper_rows_left_open_are_set_aside() {
    let rows = "M1,C1,onsite,,paper,\nM1,C1,onsite,--,纸质,\nM1,C1,onsite,2026-09-07 08:00,纸质,\n\
        M1,C2,onsite,,移动终端,\nM1,C2,onsite,,,\n";
    let visits = format!("manager_id,customer_id,mode,started_at,source,visit_id\n{rows}");
    let json = site().customers(2).with("data/visits.csv", visits).check("");
    assert_eq!(json.fates("visits.csv"), "used 1, set_aside 2, rejected 2");
    assert_eq!(json.rejected("visits.csv"), ["5 started_at", "6 started_at"], "device visits need a start");
}

#[test]
fn checks_without_date_and_result_or_unable_are_set_aside() {
    let checks = "month,manager_id,customer_id,checked_on,result\n\
                  2026-09,M1,C1,,\n2026-09,M1,C2,2026-09-20,unable\n2026-09,M1,C3,2026-09-20,无法核查\n\
                  2026-09,M1,C4,2026-09-20,\n2026-09,M1,C5,,pass\n,M1,C6,2026-09-21,合格\n";
    let site = Site::judging(&["spot-check-size"]).customers(6).with("data/checks.csv", checks);
    let json = site.visits("M1,C4,onsite,2026-09-30 08:00,,\n").check("");
    assert_eq!(json.fates("checks.csv"), "used 3, set_aside 3");
    assert_eq!(json.verdict("M1", "spot-check-size"), "pass 1/0/0", "a check with a date but no result counts");
}

/// Exports of two weeks that share a day, the columns in another order and some of them new.
#[test]
fn overlapping_exports_are_repeats() {
    let one = "manager_id,customer_id,mode,started_at,ended_at\nM1,C1,onsite,2026-09-07 08:00,2026-09-07 09:00\n\
               M1,C2,onsite,2026-09-08 08:00,2026-09-08 09:00\n";
    let two = "部门,离店时间,到店时间,拜访方式,客户编码,客户经理编号\n东,\"=\"\"2026-09-08 09:00\"\"\", 2026-09-08 08:00 ,onsite,'C2,M1\n\
               东,2026-09-09 09:00,2026-09-09 08:00,onsite,C1,M1\n";
    let site = site().customers(2).with("data/visits-1.csv", one).with("data/visits-2.csv", two);
    let json = site.check("");
    assert_eq!(json.fates("visits-1.csv"), "used 2");
    assert_eq!(json.fates("visits-2.csv"), "used 1, repeat 1");
    assert_eq!(json.verdict("M1", "field-time"), "fail 3/3/0", "three days of an hour");
    // Cells are compared as text: another spelling of the same time is another row, and so is another value.
    let near = "manager_id,customer_id,mode,started_at,ended_at\nM1,C1,onsite,2026-09-07 08:00:00,2026-09-07 09:00\n\
                M1,C1,实地,2026-09-07 08:00,2026-09-07 09:00\nM1,C1,onsite,2026-09-07 08:00,\n";
    let json = site.with("data/visits-2.csv", near).check("");
    assert_eq!(json.fates("visits-2.csv"), "used 3");
}

#[test]
fn repeats_are_told_in_every_kind() {
    let tables = [
        ("customers", "customer_id,name,manager_id", "C1,店,M1"),
        ("visits", "manager_id,customer_id,mode,started_at", "M1,C1,onsite,2026-09-07 08:00"),
        ("calls", "manager_id,number,started_at,seconds", "M1,13800000001,2026-09-07 08:00,40"),
        ("plans", "manager_id,customer_id,date", "M1,C1,2026-09-07"),
        ("days", "manager_id,date", "M1,2026-09-07"),
        ("managers", "manager_id,name", "M1,王"),
        ("services", "manager_id,item,done_on", "M1,facility-check,2026-09-07"),
        ("inquiries", "manager_id,received_at", "M1,2026-09-07 08:00"),
        ("checks", "month,manager_id,customer_id,result", "2026-09,M1,C1,pass"),
        ("quality-checks", "month,manager_id,customer_id,item,score", "2026-09,M1,C1,明码标价,8"),
    ];
    let site = tables.iter().fold(site(), |site, (kind, header, row)| {
        site.with(&format!("data/{kind}.csv"), format!("{header}\n{row}\n{row}\n"))
    });
    let json = site.check("");
    for (kind, ..) in tables {
        assert_eq!(json.fates(&format!("{kind}.csv")), "used 1, repeat 1", "{kind}");
    }
}

#[test]
fn the_customer_row_updated_last_is_used() {
    let visited = "M1,C1,onsite,2026-09-30 08:00,,\nM1,C2,onsite,2026-09-30 09:00,,\n";
    let due = |rows: &str| {
        let json = site().with("data/customers.csv", format!("{CUSTOMERS}{rows}")).visits(visited).check("");
        (json.verdict("M1", "must-onsite"), json.fates("customers.csv"))
    };
    let answer = |verdict: &str, fates: &str| (verdict.to_owned(), fates.to_owned());
    // The mark of whichever row is used decides whether anything is to be assessed.
    let rows = "C1,店,M1,2026-09-05,yes,a\nC1,店,M1,2026-09-01,no,b\n";
    assert_eq!(due(rows), answer("pass 1/0/0", "used 1, superseded 1"));
    let rows = "C1,店,M1,2026-09-01,yes,a\nC1,店,M1,2026/9/15,no,b\nC2,店,M1,,yes,\n";
    assert_eq!(due(rows), answer("pass 1/0/0", "used 2, superseded 1"));
    let rows = "C1,店,M1,2026-09-01,no,a\nC1,店,M1,2026-09-01,yes,b\n";
    assert_eq!(due(rows), answer("pass 1/0/0", "used 1, superseded 1"), "equals: the latest in file order");
    let rows = "C1,店,M1,2026-09-01,yes,a\nC1,店,M1,,no,b\n";
    assert_eq!(due(rows), answer("pass 1/0/0", "used 1, superseded 1"), "undated rows give way");
    // An unknown column that differs makes no other row.
    let rows = "C1,店,M1,,yes,a\nC1,店,M1,,yes,b\n";
    assert_eq!(due(rows), answer("pass 1/0/0", "used 1, repeat 1"));
}

/// A customer who has gone over to another manager is no longer the first one's.
#[test]
fn a_customer_has_one_manager() {
    let customers = "customer_id,name,manager_id,updated_on\nC1,店,M1,2026-01-05\nC1,店,M2,2026-09-01\n";
    let site = site().with("data/customers.csv", customers);
    let json = site.visits("M2,C1,onsite,2026-09-07 08:00,,\n").check("");
    assert_eq!(json.managers(), ["M2"]);
    assert_eq!(json.share("M2", "onsite-share"), "1/1");
}

#[test]
fn file_order_is_that_of_names_not_of_options() {
    let customers = |mark: &str| format!("customer_id,name,manager_id,must_onsite\nC1,店,M1,{mark}\n");
    let site = site().visits("M1,C1,onsite,2026-09-30 08:00,,\n");
    let site = site.with("b.csv", customers("yes")).with("a.csv", customers("no"));
    for files in ["--customers a.csv --customers b.csv", "--customers b.csv --customers a.csv"] {
        let ran = site.run(&format!("check --format json --visits data/visits.csv {files}"));
        assert_eq!(ran.json().verdict("M1", "must-onsite"), "pass 1/0/0", "{files}");
        assert_eq!(ran.json().fates("a.csv"), "superseded 1", "{files}");
    }
}

#[test]
fn managers_have_one_row_each() {
    let managers = "manager_id,name,branch\nM1,王一,东\nM2,赵二,东\nM1,王一,西\n";
    let site = site().customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n").with("data/managers.csv", managers);
    let json = site.check("");
    assert_eq!(json.fates("managers.csv"), "used 2, superseded 1");
    assert_eq!(json.list("managers")[0]["branch"], "西");
}

#[test]
fn a_visit_uploaded_again_supersedes_and_what_is_set_aside_does_not() {
    let header = "visit_id,manager_id,customer_id,mode,started_at,outcome,uploaded_at\n";
    let fates = |rows: &str| {
        let json = site().customers(1).with("data/visits.csv", format!("{header}{rows}")).check("--as-of 2026-09-30");
        (json.fates("visits.csv"), json.share("M1", "onsite-share"))
    };
    let answer = |fates: &str, share: &str| (fates.to_owned(), share.to_owned());
    // The latest upload wins wherever it stands.
    let later_first = "A,M1,C1,onsite,2026-09-07 08:00,done,2026-09-07 18:00\n\
        A,M1,C1,onsite,2026-09-07 08:00,absent,2026-09-07 17:00\n";
    assert_eq!(fates(later_first), answer("used 1, superseded 1", "1/1"));
    let equal = "A,M1,C1,onsite,2026-09-07 08:00,absent,2026-09-07 17:00\n\
        A,M1,C1,onsite,2026-09-07 08:00,done,2026-09-07 17:00\n";
    assert_eq!(fates(equal), answer("used 1, superseded 1", "1/1"));
    // A row that is set aside competes with none.
    let taken_back = "A,M1,C1,onsite,2026-09-07 08:00,done,2026-09-07 17:00\n\
        A,M1,C1,onsite,2026-09-07 08:00,not_visited,2026-09-08 09:00\n\
                      ,M1,C1,phone,2026-09-07 10:00,done,\n";
    assert_eq!(fates(taken_back), answer("used 2, set_aside 1", "1/1"));
    // Numbers begin anew with each manager and day: only one of the same customer or date stands for another.
    let other = "A,M1,C1,onsite,2026-09-07 08:00,done,2026-09-07 17:00\n\
        A,M1,C2,onsite,2026-09-08 08:00,done,2026-09-08 17:00\n\
        A,M2,C1,onsite,2026-09-07 09:00,done,2026-09-08 17:00\n";
    assert_eq!(fates(other), answer("used 3", "1/1"));
    let chain = "A,M1,C1,onsite,2026-09-07 08:00,done,\n\
        A,M1,C1,onsite,2026-09-08 08:00,done,\nA,M1,C9,onsite,2026-09-08 09:00,absent,\n";
    assert_eq!(fates(chain), answer("used 1, superseded 2", "0/1"), "by one that is superseded too");
    // Sent twice: the earliest upload is used, whatever the number.
    let twice = "A,M1,C1,onsite,2026-09-07 08:00,done,2026-09-08 17:00\n\
        B,M1,C1,onsite,2026-09-07 08:00,done,2026-09-07 17:00\n,M1,C1,onsite,2026-09-07 08:00,done,\n";
    assert_eq!(fates(twice), answer("used 1, repeat 2", "1/1"));
    // Without an id nothing competes; marks of emptiness are no id.
    for mark in ["", "-", "无", "NULL"] {
        let no_id = format!("{mark},M1,C1,onsite,2026-09-07 08:00,,\n{mark},M1,C1,onsite,2026-09-07 09:00,,\n");
        assert_eq!(fates(&no_id), answer("used 2", "1/1"), "{mark:?}");
    }
}

#[test]
fn rows_of_other_months_are_not_looked_at() {
    let rows = "M1,C1,onsite,2026-08-31 08:00,when,\nM1,C1,onsite,2026-09-01 08:00,when,\n\
        M1,C1,onsite,2026-10-01 08:00,when,\n";
    let json = site().customers(1).visits(rows).check("--month 2026-09");
    assert_eq!(json.fates("visits.csv"), "used 1, other_period 2");
    assert_eq!(json.bad_cells("visits.csv"), 1, "columns not needed are not read");
    // Nor what is dated after --as-of.
    let json = site().customers(1).visits(rows).check("--month 2026-09 --as-of 2026-09-30");
    assert_eq!(json.fates("visits.csv"), "used 1, other_period 2");
}

#[test]
fn visits_at_unknown_customers_count() {
    let rows = "M1,C1,onsite,2026-09-07 08:00,2026-09-07 14:00,\n\
        M1,C9,onsite,2026-09-07 14:00,2026-09-07 15:00,\nM1,C8,web,2026-09-07 16:00,,\n\
        M1,C9,web,2026-09-07 16:00,,\n";
    let json = site().customers(1).visits(rows).check("");
    assert_eq!(json.fates("visits.csv"), "used 4");
    assert_eq!(json.list("unknown_customers")[..], ["C8", "C9"]);
    let plans = "manager_id,customer_id,date\nM1,C7,2026-09-07\n";
    let json = site().customers(1).visits(rows).with("data/plans.csv", plans).check("");
    assert_eq!((json.fates("plans.csv").as_str(), json.list("unknown_customers").len()), ("used 1", 3));
}

#[test]
fn a_bad_cell_is_empty_and_listed_by_column_and_value() {
    let rows: String = (1..=12).map(|i| format!("C{i},店,M1,{}\n", if i > 10 { "直营" } else { "加盟终端" })).collect();
    let site = site().with("data/customers.csv", format!("customer_id,name,manager_id,class\n{rows}"));
    let site = site.visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let json = site.check("");
    assert_eq!((json.fates("customers.csv").as_str(), json.bad_cells("customers.csv")), ("used 12", 12));
    let shown = site.run("check --data data --lang zh").out;
    for expected in ["加盟终端", "× 10", "× 2", "[values.customers.class]", "customers.csv:2", "customers.csv:12"]
    {
        assert!(shown.contains(expected), "{expected} in {shown}");
    }
}
