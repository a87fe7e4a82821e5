//! `day`: what it says of a date is what `check` says, and what the records say.

mod page;
mod proofs;

use crate::harness::golden::{SHOWN, golden, masked};
use crate::harness::{Json, Ran, Site, program, root, text, width};
use serde_json::Value;
use std::collections::BTreeMap;

/// A day of the sample on which much is wrong.
const DAY: &str = "M005 2026-09-04";

/// `day` on the samples as they are.
fn day(line: &str) -> Ran {
    Ran::of(program(root()).args("day --data data-samples/clean --quiet".split(' ')).args(line.split(' ')))
}

/// Rules that no golden shows are off.
fn shown_rules() -> String {
    let others = baifang::rules::ALL.iter().map(|rule| rule.meta().id).filter(|id| !SHOWN.contains(id));
    others.map(|id| format!("[rules.{id}]\nseverity = \"off\"\n")).collect()
}

#[test]
fn a_day_reads_as_it_did() {
    let rules = shown_rules();
    let site = Site::bare().with("rules.toml", &rules);
    let data = root().join("data-samples/clean");
    for (name, line) in [("day.zh.txt", "--lang zh"), ("day.en.txt", "--lang en"), ("day.json", "--format json")] {
        let ran = site.run(&format!("day {DAY} --data {} {line}", data.display()));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}");
        for line in ran.out.lines().filter(|_| name.ends_with(".txt")) {
            assert!(width(line) <= 80, "{name}: {line}");
        }
        golden(name, &masked(&ran.out, &rules));
    }
}

fn list<'v>(json: &'v Value, key: &str) -> &'v Vec<Value> {
    json[key].as_array().unwrap_or_else(|| panic!("{key} is a list"))
}

/// Days added up are the month: each rule of days passes and fails as often, and every finding of a date stands on its day.
#[test]
fn the_days_of_a_month_add_up_to_what_check_says() {
    let check =
        Ran::of(program(root()).args("check --data data-samples/clean --month 2026-09 --format json".split(' ')))
            .json();
    let mut counted: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut found: Vec<String> = vec![];
    for date in 1..=30 {
        let json = day(&format!("M005 2026-09-{date:02} --format json")).json().value;
        for verdict in list(&json, "verdicts") {
            let (passed, failed) = counted.entry(text(&verdict["rule"])).or_default();
            match verdict["verdict"].as_str() {
                Some("pass") => *passed += 1,
                Some("fail") => *failed += 1,
                _ => assert!(verdict["reason"].is_string(), "{verdict}"),
            }
        }
        let all = list(&json, "verdicts").iter().chain(list(&json, "findings"));
        found.extend(all.filter_map(|one| one["finding_id"].as_str()).map(str::to_owned));
    }
    let of_m005 = |value: &&Value| value["manager_id"] == "M005";
    for (rule, (passed, failed)) in counted {
        let result = check.list("results").iter().filter(of_m005).find(|result| result["rule"] == rule.as_str());
        let result = result.unwrap_or_else(|| panic!("{rule} is among the results"));
        let number = |key: &str| result[key].as_u64().expect("a number");
        assert_eq!((passed + failed, failed), (number("assessed"), number("failed")), "{rule}");
    }
    let dated = check.list("findings").iter().filter(of_m005).filter(|finding| finding["date"].is_string());
    let mut expected: Vec<String> = dated.map(|finding| text(&finding["id"])).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

/// One day of one manager, all at hand.
fn small() -> Site {
    Site::bare()
        .with(
            "data/customers.csv",
            "customer_id,name,manager_id,manager_name,lon,lat,phone\n\
             C1,东街店,M1,张三,117.20,34.20,13700000001\nC2,西街店,M1,张三,117.21,34.20,13700000002\nC3,南街店,M2,李四,,,\nC4,北街店,M3,李四,,,\n",
        )
        .with(
            "data/visits.csv",
            "manager_id,customer_id,mode,started_at,ended_at,outcome,lon,lat,uploaded_at\n\
             M1,C1,onsite,2026-09-07 08:10:00,2026-09-07 09:00:00,done,117.20,34.20,2026-09-07 09:05:00\n\
             M1,C2,onsite,2026-09-07 09:30:00,2026-09-07 10:00:00,absent,117.22,34.20,\n\
             M1,C1,onsite,2026-09-07 11:00:01,2026-09-07 11:10:00,done,,,\n\
             M1,C2,phone,2026-09-07 14:00:00,,done,,,\n",
        )
        .with(
            "data/plans.csv",
            "manager_id,customer_id,date,seq,mode,created_at,rescheduled_from\n\
             M1,C1,2026-09-07,1,onsite,2026-09-06 17:00,\nM1,C2,2026-09-07,2,onsite,2026-09-06 17:00,\n\
             M1,C2,2026-09-09,1,onsite,2026-09-07 07:00,2026-09-07\n",
        )
        .with("data/calls.csv", "manager_id,number,started_at,seconds\nM1,13700000002,2026-09-07 14:01:00,95\n")
        .with("data/days.csv", "manager_id,date,status,synced_at,summary_at\nM1,2026-09-07,field,2026-09-07 07:50,2026-09-07 17:00\n")
}

#[test]
fn every_record_of_the_day_stands_in_it() {
    let site = small();
    let json = site.run("day M1 2026-09-07 --data data --format json").json().value;
    let field = &json["field_time"];
    assert_eq!(field["seconds"], 110 * 60 + 599, "08:10 to 10:00 with a gap of 30 minutes, and 11:00:01 to 11:10");
    assert_eq!(list(field, "stretches").len(), 2);
    assert_eq!(list(field, "gaps")[0]["seconds"], 3601);
    let plans: Vec<_> =
        list(&json, "plans").iter().map(|plan| (text(&plan["customer_id"]), text(&plan["state"]))).collect();
    assert_eq!(plans, [("C1".into(), "standing".into()), ("C2".into(), "moved".into())]);
    assert_eq!(
        (&json["plans"][1]["moved_to"], &json["plans"][1]["moved_by"]["line"]),
        (&"2026-09-09".into(), &4.into())
    );
    let visits = list(&json, "visits");
    assert_eq!((visits.len(), &visits[0]["metres"], &visits[1]["outcome"]), (4, &0.0.into(), &"absent".into()));
    assert!(visits[1]["metres"].as_f64().is_some_and(|metres| (900.0..940.0).contains(&metres)), "{}", visits[1]);
    assert_eq!((&visits[3]["proof"], &visits[3]["call"]["line"]), (&"proven".into(), &2.into()));
    let call = &json["calls"][0];
    assert_eq!((&call["customer_ids"][0], &call["proves"]["customer_id"]), (&"C2".into(), &"C2".into()));
    let of_rule = |id: &str| list(&json, "verdicts").iter().find(|verdict| verdict["rule"] == id).unwrap().clone();
    let first = of_rule("first-arrival");
    assert_eq!(
        (&first["verdict"], &first["measured"], &first["required"]),
        (&"pass".into(), &"08:10:00".into(), &"≤ 08:30".into())
    );
    let time = of_rule("field-time");
    assert_eq!((&time["verdict"], &time["measured"]), (&"fail".into(), &"1:59:59".into()));
    assert_eq!(of_rule("daily-sync")["verdict"], "pass");
}

#[test]
fn a_manager_is_named_by_id_or_by_a_name_that_he_alone_has() {
    let site = small();
    let by_id = site.run("day M1 2026-09-07 --data data --lang zh");
    let by_name = site.run("day 张三 2026-09-07 --data data --lang zh");
    assert_eq!((by_id.code, &by_id.out), (0, &by_name.out));
    for (line, said) in [
        ("day 李四 2026-09-07 --data data", "MANAGER: 2 are called 李四: M2, M3"),
        ("day M9 2026-09-07 --data data", "MANAGER: the month has no M9"),
        ("day M1 yesterday --data data", "DATE: yesterday is not a date"),
        ("day M1 2026-12-07 --data data", "2026-12"),
        ("day M1 2026-09-07 --data data -o day.pdf", "-o: day writes no pdf"),
    ] {
        let ran = site.run(line);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{line}");
        assert!(ran.err.contains(said), "{line}: {}", ran.err);
    }
}

/// A date after the data end, and one of which nothing is recorded, are told as such.
#[test]
fn a_date_without_records_is_told_as_one() {
    let site = small();
    let json: Json = site.run("day M1 2026-09-06 --data data --format json").json();
    assert_eq!((&json.value["working_day"], json.list("visits").len()), (&false.into(), 0));
    assert!(json.list("verdicts").iter().all(|verdict| verdict["verdict"] == "not_assessed"));
    let ran = site.run("day M1 2026-09-06 --data data --lang en");
    assert!(ran.out.contains("Nothing is recorded of this date"), "{}", ran.out);
    let after = site.run("day M1 2026-09-09 --data data --format json").json();
    assert!(after.list("verdicts").iter().all(|verdict| verdict["verdict"] == "not_assessed"));
    assert_eq!(after.list("plans")[0]["moved_from"], "2026-09-07");
}
