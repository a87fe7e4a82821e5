//! Appeals (SPEC-month §4): which count, what they take out, the register and the form.

mod form;
mod property;

use crate::harness::{Json, Site, text};
use serde_json::{Value, json};
use std::path::Path;

const HEADER: &str = "finding_id,month,measured,reason_code,reason,filed_on,decision,decided_by,decided_on\n";

/// M1's ten working days of a month, the first three too short for field time, and M2's, all long enough.
fn visits() -> String {
    let day = |manager: &str, day: u32, end: &str| {
        format!("{manager},C1,onsite,2026-09-{day:02} 08:00,2026-09-{day:02} {end},\n")
    };
    let days = [1, 2, 3, 4, 7, 8, 9, 10, 11, 14];
    let short = |n: &u32| if *n < 4 { "09:00" } else { "14:00" };
    days.iter().map(|n| day("M1", *n, short(n)) + &day("M2", *n, "14:00")).collect()
}

fn site(more: &str) -> Site {
    let site = Site::ruled(&["field-time"], &format!("[calendar]\nholidays = []\nmakeup_workdays = []\n{more}"));
    site.with("data/customers.csv", "customer_id,name,manager_id,manager_name\nC1,店,M1,赵永\nC2,店,M2,钱芳\n")
        .visits(&visits())
}

/// The ids of M1's findings, by date.
fn ids(site: &Site) -> Vec<String> {
    site.check("--month 2026-09").list("findings").iter().map(|finding| text(&finding["id"])).collect()
}

fn appealed(site: Site, rows: &str) -> Site {
    site.with("data/appeals.csv", format!("{HEADER}{rows}"))
}

/// State and reason of each appeal of the month, as `waived` or `not_counting: …`.
fn states(checked: &Json) -> Vec<String> {
    let told = |appeal: &Value| match appeal["why"].as_str() {
        Some(why) => format!("{}: {why}", text(&appeal["state"])),
        None => text(&appeal["state"]),
    };
    checked.list("appeals").iter().map(told).collect()
}

/// What becomes of one appeal against M1's first finding, whose row ends so.
fn fate(more: &str, cells: &str) -> String {
    let site = site(more);
    let id = &ids(&site)[0];
    let site = appealed(site, &format!("{id},{cells}\n"));
    let checked = site.check("--month 2026-09");
    let waived = checked.list("findings").iter().filter(|finding| finding["state"] == "waived").count();
    let state = states(&checked).remove(0);
    assert_eq!(waived, usize::from(state == "waived"), "{cells}");
    state
}

#[test]
fn an_accepted_appeal_takes_its_unit_out_of_all_figures() {
    let site = site("");
    let before = site.check("--month 2026-09");
    assert_eq!(before.verdict("M1", "field-time"), "fail 10/3/0");
    let ids = ids(&site);
    let row = |id: &str| format!("{id},2026-09,1:00:00,设备故障,坏了,2026-10-09,accepted,王科长,2026-10-12\n");
    let site = appealed(site, &row(&ids[0]));
    let after = site.check("--month 2026-09");
    assert_eq!(after.verdict("M1", "field-time"), "fail 9/2/0");
    assert_eq!(after.value["results"][0]["waived"], 1);
    assert_eq!(after.value["results"][1], before.value["results"][1], "no other unit changes");
    let finding = &after.list("findings")[0];
    assert_eq!((&finding["id"], &finding["state"]), (&json!(ids[0]), &json!("waived")));
    let appeal = json!({"reason_code": "设备故障", "decided_by": "王科长", "decided_on": "2026-10-12", "file": "appeals.csv", "line": 2});
    assert_eq!(finding["appeal"], appeal);
    let score = |checked: &Json| checked.value["managers"][0]["score"].as_f64().unwrap();
    assert_eq!((score(&before), score(&after)), (70.0, 77.78));
    let told = json!({"finding_id": ids[0], "state": "waived", "why": null, "reason_code": "设备故障",
        "decided_by": "王科长", "filed_on": "2026-10-09", "decided_on": "2026-10-12"});
    assert_eq!(after.value["appeals"], json!([told]));
    let table = site.run("check --data data --month 2026-09 --matrix").out;
    for part in ["✗2/9 *1", "Waived by appeals: 1", "设备故障 王科长 2026-10-12 appeals.csv:2", "1 waived"] {
        assert!(table.contains(part), "{part}: {table}");
    }
    let report = site.run("report --data data --month 2026-09 --format md").out;
    assert!(report.contains("设备故障 王科长 2026-10-12 appeals.csv:2") && report.contains("1 waived"), "{report}");
}

#[test]
fn where_all_is_waived_nothing_is_assessed_and_the_run_is_clean() {
    let site = site("");
    let only = "[rules.field-time]\nseverity = 'violation'\n";
    assert_eq!(site.check("--month 2026-09").code, 1, "{only}");
    let rows: String = ids(&site).iter().map(|id| format!("{id},,,,,2026-09-30,通过,王科长,\n")).collect();
    // Of M1 only the short days are left.
    let short: String = visits().lines().filter(|row| row.ends_with("09:00,")).map(|row| format!("{row}\n")).collect();
    let site = appealed(site, &rows).visits(&(short + "M2,C2,onsite,2026-09-30 08:00,2026-09-30 14:00,\n"));
    let checked = site.check("--month 2026-09");
    let result = &checked.value["results"][0];
    assert_eq!(checked.verdict("M1", "field-time"), "not_assessed 0/0/0");
    assert_eq!((&result["waived"], &result["reason"]), (&json!(3), &json!("waived")));
    assert_eq!(checked.value["not_assessed"], json!([]), "it was assessed, but for the appeals");
    assert_eq!((checked.value["managers"][0]["score"].is_null(), checked.code), (true, 0));
}

#[test]
fn a_waived_unit_leaves_the_summed_share() {
    let site = Site::ruled(&["unplanned-cap"], "").customers(3);
    let header = "manager_id,customer_id,mode,started_at,ended_at,planned\n";
    let rows = "M1,C1,onsite,2026-09-01 08:00,2026-09-01 09:00,yes\nM1,C2,onsite,2026-09-01 10:00,2026-09-01 11:00,no\n\
                M1,C1,onsite,2026-09-02 08:00,2026-09-02 09:00,yes\n";
    let site = site.with("data/visits.csv", format!("{header}{rows}"));
    assert_eq!(site.check("--month 2026-09").share("M1", "unplanned-cap"), "1/3");
    let id = &ids(&site)[0];
    let site = appealed(site, &format!("{id},,1/2 (50%),,,2026-09-30,accepted,王科长,\n"));
    let checked = site.check("--month 2026-09");
    assert_eq!(
        (checked.share("M1", "unplanned-cap"), checked.verdict("M1", "unplanned-cap")),
        ("0/1".into(), "pass 1/0/0".into())
    );
}

#[test]
fn each_reason_why_an_accepted_appeal_does_not_count_is_told() {
    let named = "[appeals]\napprovers = ['王科长', 'K1']\ncodes = ['设备故障']\n";
    for (more, cells, state) in [
        ("", "2026-09,1:00:00,,,2026-10-09,accepted,王科长,", "waived"),
        ("", ",,,,2026-10-09,同意,王科长,", "waived"),
        (named, ",,设备 故障,,2026-10-09,成立,ｋ1,", "waived"),
        ("", ",01:00,,,2026-10-09,accepted,王科长,", "waived"),
        ("", ",0.0416666666666667,,,2026-10-09,accepted,王科长,", "waived"),
        ("", ",1:00:01,,,2026-10-09,accepted,王科长,", "not_counting: the finding has changed"),
        ("", ",####,,,2026-10-09,accepted,王科长,", "not_counting: what was measured cannot be read"),
        ("", ",,,,2026-10-09,accepted,,", "not_counting: nobody is named who decided"),
        ("", ",,,,2026-10-09,accepted,无,", "not_counting: nobody is named who decided"),
        ("", ",,,,2026-10-09,accepted,m2,", "not_counting: who decided is a manager"),
        ("", ",,,,2026-10-09,accepted,钱 芳,", "not_counting: who decided is a manager"),
        (named, ",,设备故障,,2026-10-09,accepted,李科长,", "not_counting: who decided is none of [appeals] approvers"),
        (named, ",,公务,,2026-10-09,accepted,王科长,", "not_counting: the reason code is none of [appeals] codes"),
        (named, ",,,,2026-10-09,accepted,王科长,", "not_counting: the reason code is none of [appeals] codes"),
        ("", ",,,,,accepted,王科长,", "not_counting: it is not dated"),
        ("", ",,,,昨天,accepted,王科长,", "not_counting: the date of filing cannot be read"),
        ("", ",,,坏了,2026-10-09,待定,王科长,", "not_counting: the decision cannot be read"),
        (
            "",
            ",1:00:01,,,,accepted,,",
            "not_counting: the finding has changed; nobody is named who decided; it is not dated",
        ),
        ("", ",,,坏了,,,,", "open"),
        ("", ",9:99,,,,驳回,,", "rejected"),
    ] {
        assert_eq!(fate(more, cells), state, "{cells}");
    }
}

#[test]
fn working_days_are_counted_from_the_month_or_the_notice_if_later() {
    let late = |day| format!("not_counting: filed late: {day} was the last day");
    for (terms, filed, state) in [
        ("", "2026-10-14 23:59", "waived".to_owned()),
        ("", "2026-10-15", late("2026-10-14")),
        ("", "2020-01-01", "waived".to_owned()),
        ("notice_date = 2026-10-09", "2026-10-23", "waived".to_owned()),
        ("notice_date = '2026-10-09'", "2026-10-24", late("2026-10-23")),
        ("notice_date = 2026-08-01", "2026-10-15", late("2026-10-14")),
        ("working_days = 1", "2026-10-01", "waived".to_owned()),
        ("working_days = 1", "2026-10-02", late("2026-10-01")),
        ("working_days = 0", "2031-01-01", "waived".to_owned()),
        ("working_days = 0", "", "waived".to_owned()),
    ] {
        assert_eq!(
            fate(&format!("[appeals]\n{terms}\n"), &format!(",,,,{filed},accepted,王科长,")),
            state,
            "{terms} {filed}"
        );
    }
    for (terms, line) in
        [("codes = ['']", 1), ("working_days = -1", 1), ("notice_date = 'soon'", 1), ("approver = []", 1)]
    {
        let stopped = site(&format!("[appeals]\n{terms}\n")).stopped("--month 2026-09");
        assert!(stopped.contains("[appeals]") && stopped.lines().count() > line, "{stopped}");
    }
}

#[test]
fn of_appeals_against_one_finding_the_latest_decision_is_used() {
    let one = |rows: &[&str]| {
        let site = site("");
        let id = ids(&site)[0].clone();
        let rows: String = rows.iter().map(|cells| format!("{id},,,,{cells}\n")).collect();
        let checked = appealed(site, &rows.to_uppercase()).check("--month 2026-09 --as-of 2026-09-14");
        (states(&checked), checked.fates("appeals.csv"))
    };
    let (accepted, rejected) =
        ("坏了,2026-10-09,accepted,王科长,2026-10-12", "坏了,2026-10-09,rejected,王科长,2026-10-13");
    let undecided = "又坏了,2026-10-10,,,";
    assert_eq!(one(&[rejected, accepted]), (vec!["rejected".into()], "used 1, superseded 1".into()));
    assert_eq!(
        one(&[accepted, undecided]),
        (vec!["waived".into()], "used 1, superseded 1".into()),
        "empty is earliest"
    );
    assert_eq!(
        one(&[undecided, "再报,2026-10-10,accepted,王科长,"]),
        (vec!["waived".into()], "used 1, superseded 1".into())
    );
    assert_eq!(one(&[accepted, accepted]), (vec!["waived".into()], "used 1, repeat 1".into()));
    // A row in which nothing is appealed competes with none.
    assert_eq!(one(&[accepted, ",,,王科长,2026-10-30"]), (vec!["waived".into()], "used 1, set_aside 1".into()));
}

#[test]
fn appeals_against_no_finding_of_the_month_are_told_apart() {
    let site = site("");
    let ids = ids(&site);
    let rows = format!(
        "F00000000001,2026-08,,,x,2026-09-01,accepted,王科长,\nF00000000002,2026-09,,,x,,,,\nF00000000003,,,,x,,驳回,,\n\
         ,,,,x,,,,\n{},2026-08,,甲,x,2026-10-09,通过,王科长,\n{},,,甲,x,,,,\n{},,,,x,2026-10-09,通过,,\n",
        ids[2], ids[1], ids[0]
    );
    let site = appealed(site, &rows);
    let checked = site.check("--month 2026-09");
    let missing = "no_such_finding: no such finding now: were the data corrected?";
    let expected = [
        "not_counting: nobody is named who decided",
        "open",
        "waived",
        "other_month: it is of 2026-08",
        missing,
        missing,
    ];
    assert_eq!(states(&checked), expected, "by finding, then as they stand");
    assert_eq!(checked.rejected("appeals.csv"), ["5 finding_id"]);
    let ran = site.run("appeals --data data --month 2026-09 --format json");
    let told = ran.json();
    assert_eq!((ran.code, &told.value["schema"]), (3, &json!("baifang.appeals/1")));
    assert_eq!(told.value["appeals"], checked.value["appeals"]);
    let group = |by: &str, key: Value, counts: [u64; 5]| {
        let [filed, waived, rejected, open, not_counting] = counts;
        json!({"by": by, "key": key, "filed": filed, "waived": waived, "rejected": rejected, "open": open, "not_counting": not_counting})
    };
    let summary = json!([
        group("manager", json!("M1"), [3, 1, 0, 1, 1]),
        group("code", json!("甲"), [2, 1, 0, 1, 0]),
        group("code", json!(null), [1, 0, 0, 0, 1]),
        group("approver", json!("王科长"), [1, 1, 0, 0, 0]),
        group("approver", json!(null), [2, 0, 0, 1, 1]),
    ]);
    assert_eq!(told.value["summary"], summary);
    for (lang, parts) in [
        ("zh", ["没有审批人", "不是本月结论的申诉", "数据更正过？", "王科长"]),
        ("en", ["nobody is named", "no finding of the month", "data corrected?", "王科长"]),
    ] {
        let register = site.run(&format!("appeals --data data --month 2026-09 --lang {lang}")).out;
        parts.iter().for_each(|part| assert!(register.contains(part), "{part}: {register}"));
    }
    let table = site.run("check --data data --month 2026-09").out;
    assert!(
        table.contains("Appeals that do not count") && table.contains("1 appeal of other months: 2026-08 (1)"),
        "{table}"
    );
    // What nobody can say whose it is stands where all are.
    let of_other = site.check("--month 2026-09 --manager M2");
    assert_eq!(of_other.value["appeals"], json!([]));
    let csv = site.run("appeals --data data --month 2026-09 --format csv").out;
    assert_eq!(csv.lines().count(), 7, "{csv}");
    // Read as an appeals file the register says the same.
    let again = site.with("data/appeals.csv", csv).check("--month 2026-09");
    assert_eq!(states(&again), expected);
}

#[test]
fn diff_tells_what_has_been_waived_and_ranking_counts_waived_days_as_worked() {
    let site = site("");
    let save =
        |site: &Site, name: &str| site.run(&format!("check --data data --month 2026-09 --format json -o {name}"));
    save(&site, "a.json");
    let id = ids(&site)[0].clone();
    let site = appealed(site, &format!("{id},,,,,2026-09-30,accepted,王科长,\n"));
    save(&site, "b.json");
    let told = site.run("diff a.json b.json");
    assert!(told.code == 0 && told.out.contains("✗ 2/9 *1") && told.out.contains("waived"), "{}", told.out);
    let ranked = site.run("rank --data data --month 2026-09 --format json").json();
    let first = ranked.list("standings").iter().find(|one| one["manager_id"] == "M1").unwrap();
    assert_eq!((&first["waived"], &first["months"][0]["days"], &first["rank"]), (&json!(1), &json!(10), &json!(2)));
}

/// The program's own folder for a test's files.
fn data(site: &Site) -> std::path::PathBuf {
    Path::new(site.folder.path()).join("data")
}
