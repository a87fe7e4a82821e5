//! What `outlook` and `plan` say: of the samples, in every format and language, and where they cannot.

use super::{new_rows, number};
use crate::harness::{Site, root, width};
use crate::plain::compare::{list, text};
use crate::plain::records::Plan;
use chrono::{Duration, NaiveDate};
use serde_json::Value;

/// The samples in the middle of September.
fn samples() -> Site {
    let mut site = Site::bare();
    for entry in std::fs::read_dir(root().join("data-samples/clean")).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("data/{}", path.file_name().unwrap().to_str().unwrap());
        site = site.with(&name, std::fs::read(path).unwrap());
    }
    site
}

const MID: &str = "--data data --as-of 2026-09-15";

#[test]
fn the_samples_m004_is_told_in_the_middle_of_the_month() {
    let site = samples();
    let ran = site.run(&format!("outlook {MID} --format json"));
    let json = ran.json();
    let m004 = json.list("managers").iter().find(|m| m["manager_id"] == "M004").unwrap();
    let share = &m004["share"];
    assert_eq!(m004["onsite_to_see"], share["short"], "whom the share asks for are all that are to be seen on site");
    let onsite: Vec<&Value> = list(m004, "customers").iter().filter(|c| c["onsite"] == true).collect();
    let with_share = onsite.iter().filter(|c| list(c, "for").contains(&"onsite-share".into()));
    assert_eq!(with_share.count(), number(share, "short"));
    assert_eq!(m004["together"], "without_plan", "his days are full of others");

    // With room for two more customers a day there is a plan that mends it.
    let site = site.with("rules.toml", "[outlook]\nper_day = 14\nonsite_per_day = 9\n");
    let ran = site.run(&format!("plan {MID} --month 2026-09 --quiet -o data/plans-new.csv"));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let after = site.run(&format!("outlook {MID} --format json")).json();
    let m004 = after.list("managers").iter().find(|m| m["manager_id"] == "M004").unwrap();
    assert!(list(m004, "units").iter().all(|unit| unit["state"] == "met" || unit["state"] == "covered"), "{m004}");
    assert_eq!(m004["dates_needed"], m004["dates_covered"]);
}

#[test]
fn every_format_is_written_in_both_languages() {
    let site = samples();
    for (command, formats) in [("outlook", ["html", "csv", "json"]), ("plan", ["html", "csv", "xlsx"])] {
        for lang in ["zh", "en"] {
            let table = site.run(&format!("{command} {MID} --lang {lang}"));
            assert!([0, 1].contains(&table.code), "{}", table.err);
            for line in table.out.lines() {
                assert!(width(line) <= 80, "{command} {lang}: {line}");
            }
            assert!(table.out.contains("M004 逄燕德"));
            for format in formats {
                let ran = site.run(&format!("{command} {MID} --lang {lang} --quiet -o out.{format}"));
                assert_eq!((ran.code, ran.err.as_str()), (table.code, ""), "{command} {lang} {format}");
                let bytes = std::fs::read(site.path(&format!("out.{format}"))).unwrap();
                assert!(!bytes.is_empty());
                let again = site.run(&format!("{command} {MID} --lang {lang} --quiet -o again.{format}"));
                assert_eq!(again.code, table.code);
                assert!(bytes == std::fs::read(site.path(&format!("again.{format}"))).unwrap(), "the same bytes");
            }
        }
    }
    let ran = site.run(&format!("outlook {MID} --per-manager pages --lang zh"));
    assert_eq!((ran.code, std::fs::read_dir(site.path("pages")).unwrap().count()), (0, 6), "{}", ran.err);
}

/// A plan in Chinese headers and words, or as a workbook, is read back as one in English is.
#[test]
fn a_plan_is_read_back_however_it_is_written() {
    let covered = |format: &str, lang: &str| {
        let site = samples();
        let ran = site.run(&format!("plan {MID} --month 2026-09 --lang {lang} --quiet -o data/plans-new.{format}"));
        assert_eq!(ran.code, 1, "{}", ran.err);
        let json = site.run(&format!("outlook {MID} --format json")).json();
        json.list("managers").iter().map(|m| (m["dates_covered"].clone(), m["together"].clone())).collect::<Vec<_>>()
    };
    let one = covered("csv", "en");
    assert_eq!(one, covered("csv", "zh"));
    assert_eq!(one, covered("xlsx", "zh"));
}

#[test]
fn a_month_is_looked_at_while_it_is_not_over_and_shortly_before() {
    let site = samples();
    for (command, line, said) in [
        ("outlook", "--month 2026-09", "the month is over: use check"),
        ("outlook", "", "the month is over: use check"),
        ("outlook", "--month 2026-11", "lies too far ahead"),
        ("outlook", "--month last", "the month is over: use check"),
        ("plan", "--month 2026-09", "the month is over: use check"),
        ("plan", "--week 2026-09-21", "the month is over: use check"),
        ("plan", "--week 2026-09-21 --month 2026-09", "cannot be used with"),
        ("plan", "--week 2026-10-05 --created yesterday", "is not a date and time"),
        ("plan", "--as-of 2026-09-15 --week 2026-09-07", "no day is left"),
        ("outlook", "-o out.pdf", "writes no pdf"),
    ] {
        let ran = site.run(&format!("{command} --data data {line}"));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{line}");
        assert!(ran.err.contains(said), "{line}: {}", ran.err);
    }
    let october = site.run("outlook --data data --month 2026-10 --format json").json();
    let first = &october.list("managers")[0];
    assert_eq!((first["days_left"][0].as_str(), &first["share"]["count"]), (Some("2026-10-08"), &Value::from(0)));
}

/// K is the lower of the middle two of his dates with visits, half-excused ones left out, and all managers' where his are few.
#[test]
fn capacity_is_what_is_usual() {
    let first = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let mut visits = String::new();
    let mut days = "manager_id,date,status,part\n".to_string();
    for day in 0..12 {
        let date = first + Duration::days(day);
        // 1, 2, 3, 4 customers in turn, half of them by phone; on two half-excused days twenty.
        let customers = if day < 2 { 20 } else { 1 + day % 4 };
        for c in 1..=customers {
            let mode = if c % 2 == 1 { "onsite" } else { "phone" };
            visits += &format!("M1,C{c},{mode},{date} 08:{c:02},,\n");
        }
        if day < 2 {
            days += &format!("M1,{date},leave,pm\n");
        }
    }
    let archive: String = (1..=30).map(|i| format!("C{i},店{i},{}\n", if i > 25 { "M2" } else { "M1" })).collect();
    let site = Site::bare().with("data/customers.csv", format!("customer_id,name,manager_id\n{archive}"));
    let site = site.visits(&visits).with("data/days.csv", days);
    let capacity = |site: &Site| {
        let json = site.run("outlook --data data --month 2026-09 --format json").json();
        let of = |m: &Value| (m["capacity"].clone(), m["onsite_capacity"].clone(), text(m, "together").to_string());
        json.list("managers").iter().map(of).collect::<Vec<_>>()
    };
    // Ten dates: 3 4 1 2 3 4 1 2 3 4, on site 2 2 1 1 2 2 1 1 2 2.
    assert_eq!(capacity(&site)[0], (3.into(), 2.into(), "yes".to_string()));
    assert_eq!(capacity(&site)[1], (3.into(), 2.into(), "yes".to_string()), "M2 has no dates of his own");
    let site = site.with("rules.toml", "[outlook]\nper_day = 7\n[managers]\nignore = [\"M1\"]\n");
    let unknown = capacity(&site);
    assert_eq!(unknown, [(7.into(), Value::Null, "unknown".to_string())], "nobody is left who tells how many on site");
    let ran = site.with("rules.toml", "[outlook]\nper_day = 0\n").run("outlook --data data --month 2026-09");
    assert!(ran.err.contains("a whole number from 1 to 200, or \"median\""), "{}", ran.err);
}

/// A move away from a day that is to come is planned anew, by a row that names it.
#[test]
fn what_is_pushed_aside_ahead_is_planned_by_name() {
    let site = Site::judging(&["reschedule"]).customers(2).visits("M1,C1,phone,2026-10-12 08:00,,\n");
    let plans = "manager_id,customer_id,date,mode,created_at,rescheduled_from\n\
                 M1,C1,2026-10-20,onsite,2026-10-01,\nM1,C2,2026-10-20,onsite,2026-10-01,\n";
    let days = "manager_id,date,status\nM1,2026-10-20,training\n";
    let site = site.with("data/plans.csv", plans).with("data/days.csv", days);
    let json = site.run("outlook --data data --format json").json();
    let units = list(&json.list("managers")[0], "units");
    assert_eq!(units.len(), 2, "{units:?}");
    assert!(units.iter().all(|unit| unit["state"] == "open" && unit["until"] == "2026-10-27"), "{units:?}");
    let ran = site.run("plan --data data --month 2026-10 --quiet -o data/plans-new.csv");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows = new_rows(&site);
    let from = |row: &Plan| row.from.map(|date| date.to_string());
    let mut named: Vec<_> =
        rows.iter().filter(|row| row.from.is_some()).map(|row| (row.customer.as_str(), from(row))).collect();
    named.sort();
    let twentieth = Some("2026-10-20".to_string());
    assert_eq!(named, [("C1", twentieth.clone()), ("C2", twentieth)], "{rows:?}");
    let after = site.run("outlook --data data --format json").json();
    let states: Vec<&Value> = list(&after.list("managers")[0], "units").iter().map(|unit| &unit["state"]).collect();
    assert_eq!(states, ["covered", "covered"]);
}

/// In the monthly report a month that is not over has a part that says what is still to be done in it.
#[test]
fn the_report_of_a_month_that_is_not_over_says_what_is_left() {
    let site = samples();
    for (options, stands) in [("--as-of 2026-09-15", true), ("", false)] {
        let ran = site.run(&format!("report --data data --month 2026-09 {options} --format md --lang en"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(ran.out.contains("Still to be done this month"), stands);
    }
}

/// A day with more rows than it holds takes no more room as long as all of them stand: another may be emptied instead.
#[test]
fn a_crowded_day_stays_whole_while_another_is_emptied() {
    let rows = "M1,C2,2026-07-30,onsite\nM1,C2,2026-07-31,onsite\nM1,C3,2026-07-31,onsite\n";
    let visited: String = (1..=29).map(|day| format!("M2,Z1,onsite,2026-07-{day:02} 09:00,,\n")).collect();
    let site = Site::ruled(&["coverage", "must-onsite"], "[outlook]\nper_day = 1\nonsite_per_day = 1\n")
        .with("data/customers.csv", "customer_id,name,manager_id\nC2,a,M1\nC3,b,M1\nC5,c,M1\nZ1,z,M2\n")
        .with("data/plans.csv", format!("manager_id,customer_id,date,mode\n{rows}"))
        .visits(&visited);
    let together = |site: &Site| {
        let ran = site.run("outlook --data data --month 2026-07 --manager M1 --format json");
        assert_ne!(ran.code, 2, "{}", ran.err);
        (ran.code, ran.json().list("managers")[0]["together"].clone())
    };
    assert_eq!(together(&site), (0, "without_plan".into()), "C2 and C3 keep the 31st, C5 takes the 30th");
    let site =
        site.with("data/customers.csv", "customer_id,name,manager_id\nC2,a,M1\nC3,b,M1\nC5,c,M1\nC6,d,M1\nZ1,z,M2\n");
    assert_eq!(together(&site), (1, "no".into()), "there are two days for C5 and C6, but one of them is crowded");
}
