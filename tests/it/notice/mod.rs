//! Notices and follow-up (SPEC-month §5): what became of subjects, who gets which letter, and what stands in it.

mod docx;
mod letters;
mod property;

use crate::harness::{Site, text};
use serde_json::{Value, json};

/// A month of ten working days of each manager, of which so many are too short for field time.
fn days(month: u32, manager: &str, short: u32) -> String {
    let dates = (1..=28).filter_map(|day| chrono::NaiveDate::from_ymd_opt(2026, month, day));
    let working = dates.filter(|date| !["Sat", "Sun"].contains(&date.format("%a").to_string().as_str()));
    let row = |(n, date): (u32, chrono::NaiveDate)| {
        let end = if n < short { "09:00" } else { "14:00" };
        format!("{manager},C{manager},onsite,{date} 08:00,{date} {end},\n")
    };
    (0..).zip(working.take(10)).map(row).collect()
}

const NO_HOLIDAYS: &str = "[calendar]\nholidays = []\nmakeup_workdays = []\n";

/// Managers M1, M2 … with so many short days of ten in each month.
fn site(more: &str, months: &[(u32, &[u32])]) -> Site {
    let managers = months.iter().map(|(_, short)| short.len()).max().unwrap_or(0);
    let customers: String = (1..=managers).map(|n| format!("CM{n},平安店{n},M{n},经理{n},东郊\n")).collect();
    let rows = months.iter().flat_map(|(month, short)| {
        (1..).zip(short.iter()).map(|(n, short)| days(*month, &format!("M{n}"), *short)).collect::<Vec<_>>()
    });
    Site::ruled(&["field-time"], &format!("{NO_HOLIDAYS}{more}"))
        .with("data/customers.csv", format!("customer_id,name,manager_id,manager_name,branch\n{customers}"))
        .visits(&rows.collect::<String>())
}

fn followed(site: &Site, options: &str) -> Value {
    let ran = site.run(&format!("notice --data data --month 2026-09 --format json {options}"));
    assert_ne!(ran.code, 2, "{options}: {}", ran.err);
    let value = ran.json().value;
    let sum = |keys: &[&str]| keys.iter().map(|key| value[*key].as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum(&["before"]), sum(&["fixed", "repeated", "not_verifiable"]), "{value}");
    assert_eq!(sum(&["now"]), sum(&["repeated", "new"]), "{value}");
    value
}

/// Manager, item or customer, counts, state, reason and since of each subject, as `M1 1→2 repeated 2026-07`.
fn subjects(value: &Value) -> Vec<String> {
    let told = |one: &Value| {
        let optional = |key: &str| one[key].as_str().map(|text| format!(" {text}")).unwrap_or_default();
        let (customer, reason, since) = (optional("customer_id"), optional("reason"), optional("since"));
        let (manager, state) = (text(&one["manager_id"]), text(&one["state"]));
        format!("{manager}{customer} {}→{} {state}{reason}{since}", one["before"], one["now"])
    };
    value["subjects"].as_array().unwrap().iter().map(told).collect()
}

#[test]
fn a_month_is_compared_with_the_latest_of_three_that_judged_the_subject() {
    let site = site("", &[(5, &[9]), (6, &[1, 0, 0, 3]), (7, &[1, 0, 2, 0]), (8, &[2, 2, 0, 0]), (9, &[3, 0, 1, 0])]);
    let value = followed(&site, "");
    assert_eq!(
        subjects(&value),
        ["M1 2→3 repeated 2026-06", "M2 2→0 fixed", "M3 0→1 new 2026-09"],
        "M4 was put right in July, and May is too long ago"
    );
    let sums = ["before", "now", "fixed", "repeated", "not_verifiable", "new"].map(|key| value[key].as_u64().unwrap());
    assert_eq!(sums, [2, 2, 1, 1, 0, 1]);
    let months = json!([
        {"month": "2026-08", "file": null}, {"month": "2026-07", "file": null}, {"month": "2026-06", "file": null}
    ]);
    assert_eq!((&value["schema"], &value["compared"]), (&json!("baifang.followup/1"), &months));
    let all = site.check("--month 2026-09").list("findings").len() as u64;
    let now: u64 = value["subjects"].as_array().unwrap().iter().map(|one| one["now"].as_u64().unwrap()).sum();
    assert_eq!(now, all, "all that check finds");
    assert_eq!(subjects(&followed(&site, "--manager M2")), ["M2 2→0 fixed"]);
}

#[test]
fn months_without_visits_are_passed_over_and_without_any_nothing_is_compared() {
    let one = site("", &[(7, &[2]), (9, &[3])]);
    let value = followed(&one, "");
    assert_eq!(subjects(&value), ["M1 2→3 repeated 2026-07"]);
    assert_eq!(value["compared"].as_array().unwrap().len(), 1);
    let alone = site("", &[(9, &[3])]);
    assert_eq!(subjects(&followed(&alone, "")), ["M1 0→3 new 2026-09"]);
    let ran = alone.run("notice --data data --month 2026-09 --dir out --format md");
    let circular = std::fs::read_to_string(alone.path("out/通报-2026-09.md")).unwrap();
    assert!(circular.contains("No data to compare with") || circular.contains("no data to compare with"), "{circular}");
    assert!(!circular.contains("What repeats"), "{circular}");
    assert!(
        ran.err.contains("before 0 = fixed 0 + repeated 0 + not verifiable 0; now 1 = repeated 0 + new 1"),
        "{}",
        ran.err
    );
}

#[test]
fn what_appeals_took_out_cannot_be_verified() {
    let site = site("", &[(8, &[1]), (9, &[1])]);
    let findings = site.check("--month 2026-09");
    // All the other days of September are taken out with the visits: what is left is waived.
    let id = text(&findings.list("findings")[0]["id"]);
    let row = format!("{id},2026-10-09,accepted,王科长\n");
    let first = days(9, "M1", 1).lines().next().unwrap().to_owned();
    let site = site
        .with("data/appeals.csv", format!("finding_id,filed_on,decision,decided_by\n{row}"))
        .visits(&format!("{}{first}\nM2,CM1,onsite,2026-09-30 08:00,2026-09-30 14:00,\n", days(8, "M1", 1)));
    assert_eq!(subjects(&followed(&site, "")), ["M1 1→0 not_verifiable waived"]);
}

/// Rules of customers: the archive of today, and whose a customer is.
fn archive(rows: &str) -> Site {
    Site::ruled(&["archive", "must-onsite"], &format!("{NO_HOLIDAYS}[rules.archive]\nrequired = ['phone']\n"))
        .with("data/customers.csv", format!("customer_id,name,manager_id,phone,must_onsite\n{rows}"))
        .visits(&(days(8, "M1", 0) + &days(9, "M1", 0) + "M2,CM2,onsite,2026-09-30 08:00,2026-09-30 14:00,\n"))
}

#[test]
fn the_archive_is_compared_only_with_results_of_its_time() {
    let site = archive("C1,店一,M1,,no\nC2,店二,M1,,no\nC3,店三,M1,13800000003,no\nC4,店四,M1,,yes\n");
    let now = followed(&site, "");
    assert_eq!(
        subjects(&now),
        ["M1 C4 1→1 repeated 2026-08", "M1 C1 0→1 new 2026-09", "M1 C2 0→1 new 2026-09", "M1 C4 0→1 new 2026-09"]
    );
    let before = site.run("check --data data --month 2026-08 --format json -o august.json");
    assert_eq!(before.code, 1, "{}", before.err);
    // One is put right, one has gone to a colleague, one is new.
    let site = site.with(
        "data/customers.csv",
        "customer_id,name,manager_id,phone,must_onsite\nC1,店一,M1,13800000001,no\nC2,店二,M2,,no\nC3,店三,M1,,no\nC4,店四,M1,,yes\n",
    );
    let value = followed(&site, "--before august.json");
    assert_eq!(
        subjects(&value),
        [
            "M1 C4 1→1 repeated 2026-08",
            "M1 C1 1→0 fixed",
            "M1 C2 1→0 not_verifiable not_his_customer",
            "M1 C3 0→1 new 2026-09",
            "M1 C4 1→1 repeated 2026-08",
            "M2 C2 0→1 new 2026-09"
        ]
    );
    assert_eq!(value["compared"], json!([{"month": "2026-08", "file": "august.json"}]));
    let ran = site.run("notice --data data --month 2026-09 --dir out --before august.json --lang en --date 2026-10-12");
    assert_ne!(ran.code, 2, "{}", ran.err);
    let ledger = std::fs::read_to_string(site.path("out/台账-2026-09.csv")).unwrap();
    let row = ledger.lines().find(|line| line.contains("not verifiable")).unwrap();
    assert!(
        row.starts_with("\"M1: archive, 店二 (C2)\",M1,archive,,C2,1,0,not verifiable,no customer of his any more,,,"),
        "{row}"
    );
    assert!(row.contains("2026-08 (taken from august.json)"), "{row}");
    assert_eq!(ledger.lines().count(), 7);
    assert!(ledger.contains(",2026-08,2026-10-26,"), "since and deadline: {ledger}");
}

#[test]
fn results_that_cannot_be_compared_with_are_refused() {
    let site = site("", &[(8, &[1]), (9, &[3])]);
    for (month, file, options) in
        [("2026-08", "august.json", ""), ("2026-09", "september.json", ""), ("2026-08", "none.json", "--findings none")]
    {
        site.run(&format!("check --data data --month {month} --format json -o {file} {options}"));
    }
    let site = site.with("other.json", "{\"schema\":\"baifang.followup/1\"}");
    for (options, found) in [
        ("--before september.json", "--before: it is of 2026-09"),
        ("--before august.json --before august.json", "--before: 2026-08 is given twice"),
        ("--before none.json", "it does not list all its findings"),
        ("--before other.json", "it is baifang.followup/1"),
    ] {
        let ran = site.run(&format!("notice --data data --month 2026-09 --dir out {options}"));
        assert_eq!((ran.code, ran.err.contains(found)), (2, true), "{options}: {}", ran.err);
        assert!(!site.path("out").exists());
    }
}

#[test]
fn it_must_be_told_where_to_write_and_nothing_lands_on_an_input() {
    let site = site("", &[(9, &[3])]);
    for (options, found) in [
        ("", "nothing tells where to write"),
        ("--format docx", "nothing tells where to write"),
        ("--format md -o out.md", "-o: only the follow-up goes there"),
        ("-o out.docx --dir out", "-o: only the follow-up goes there"),
        ("--format json --dir out", "--dir: there are no letters as json"),
        ("--format json -o data/visits.csv", "this run reads it"),
        ("--dir out --date soon", "--date: soon is not a date"),
    ] {
        let ran = site.run(&format!("notice --data data --month 2026-09 {options}"));
        assert_eq!((ran.code, ran.err.contains(found)), (2, true), "{options}: {}", ran.err);
    }
    let ran = site.run("notice --data data --month 2026-09 --dir out -o out.json");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(site.path("out/通报-2026-09.docx").is_file() && site.path("out.json").is_file());
}
