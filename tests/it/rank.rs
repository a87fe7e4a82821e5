//! The ranking of a month and of a quarter.

use crate::harness::golden::{SHOWN, golden};
use crate::harness::trials::Outcome;
use crate::harness::{self, Site, root, text, tools};
use serde_json::{Value, json};

fn clean() -> String {
    root().join("data-samples/clean").display().to_string()
}

fn rank(site: &Site, options: &str) -> Value {
    let ran = site.run(&format!("rank --data data --format json {options}"));
    assert_eq!(ran.code, 0, "{options}: {}", ran.err);
    ran.json().value
}

/// Id, rank and score of each, in the order told.
fn standings(value: &Value) -> Vec<(String, Value, Value)> {
    let all = value["standings"].as_array().expect("a list").iter();
    all.map(|one| (text(&one["manager_id"]), one["rank"].clone(), one["score"].clone())).collect()
}

/// A month of ten working days of each manager, of which so many are too short for field time.
fn days(month: u32, manager: &str, short: u32) -> String {
    let dates = (1..=28).filter(|day| {
        let date = chrono::NaiveDate::from_ymd_opt(2026, month, *day).expect("a date");
        !["Sat", "Sun"].contains(&date.format("%a").to_string().as_str())
    });
    dates
        .take(10)
        .zip(0..)
        .map(|(day, n)| {
            let end = if n < short { "09:00" } else { "14:00" };
            let row = format!("2026-{month:02}-{day:02}");
            format!("{manager},C{manager},onsite,{row} 08:00,{row} {end},\n")
        })
        .collect()
}

/// Managers M1, M2 … with so many short days of ten in each month.
fn site(months: &[(u32, &[u32])]) -> Site {
    let managers = months.iter().map(|(_, short)| short.len()).max().unwrap_or(0);
    let customers: String =
        (1..=managers).map(|n| format!("CM{n},店,M{n},{}\n", if n % 2 == 1 { "东郊" } else { "西关" })).collect();
    let rows = months.iter().flat_map(|(month, short)| {
        (1..).zip(short.iter()).map(|(n, short)| days(*month, &format!("M{n}"), *short)).collect::<Vec<_>>()
    });
    Site::ruled(&["field-time"], "[calendar]\nholidays = []\n")
        .with("data/customers.csv", format!("customer_id,name,manager_id,branch\n{customers}"))
        .visits(&rows.collect::<String>())
}

#[test]
fn a_quarter_is_the_mean_of_its_months_and_ties_share_a_rank() {
    // Scores by month: M1 100, 90, 100; M2 90, 100, 100; M3 80, 80, 80; M4 100, 100, 70.
    let site = site(&[(7, &[0, 1, 2, 0]), (8, &[1, 0, 2, 0]), (9, &[0, 0, 2, 3])]);
    let found = rank(&site, "--quarter 2026Q3");
    let told = |id: &str, rank: u32, score: f64| (id.to_owned(), json!(rank), json!(score));
    assert_eq!(
        standings(&found),
        [told("M1", 1, 96.67), told("M2", 1, 96.67), told("M4", 3, 90.0), told("M3", 4, 80.0)]
    );
    assert_eq!((&found["period"], &found["months"]), (&json!("2026Q3"), &json!(["2026-07", "2026-08", "2026-09"])));
    let in_branch = found["standings"].as_array().expect("a list").iter().map(|one| &one["rank_in_branch"]);
    assert!(in_branch.eq([1, 1, 2, 2]), "{found}");
    let branches =
        json!([{"branch": "西关", "ranked": 2, "mean": 93.34}, {"branch": "东郊", "ranked": 2, "mean": 88.34}]);
    assert_eq!(found["branches"], branches);
    assert_eq!(found["standings"][3]["lost"], json!([{"rule": "field-time", "points": 20.0}]));
    // Without --quarter it is that of the horizon; a month is ranked by itself.
    assert_eq!(standings(&rank(&site, "")), standings(&found));
    assert_eq!(standings(&rank(&site, "--month 2026-09"))[3], told("M4", 4, 70.0));
}

/// Where no day is assessed nobody is ranked, and the way out is told; so it is where a month is not over, and others lack.
#[test]
fn why_nobody_is_ranked_is_told() {
    let rules =
        "[calendar]\nholidays = []\n[rules.field-time]\nseverity = \"off\"\n[rules.clock]\nseverity = \"warning\"\n";
    let site = site(&[(7, &[0, 1]), (8, &[0, 1])]).with("off.toml", rules);
    let out = site.run("rank --data data --rules off.toml").out;
    assert!(out.contains("Field time was assessed on no day") && out.contains("min_days = 0"), "{out}");
    let out = site.run("rank --data data --as-of 2026-08-12").out;
    assert!(!out.contains("was assessed on no day"), "{out}");
    for told in ["The period is not over", "without visits in the data: 2026-09"] {
        assert!(out.contains(told), "{out}");
    }
    assert!(!site.run("rank --data data --as-of 2026-08-31").out.contains("The period is not over"));
}

/// 9 days are too few, 10 are enough; who is not ranked takes nobody's place.
#[test]
fn who_has_too_few_days_is_told_apart() {
    let site = site(&[(7, &[0, 1]), (8, &[0, 1]), (9, &[0, 1])]);
    let visits = site.path("data/visits.csv");
    let rows = std::fs::read_to_string(&visits).expect("visits");
    std::fs::write(&visits, rows.replacen("M1,CM1,onsite,2026-08-03", "M2,CM1,onsite,2026-08-15", 1)).expect("written");
    let found = rank(&site, "--quarter 2026Q3");
    let order: Vec<(String, Value)> = standings(&found).into_iter().map(|(id, rank, _)| (id, rank)).collect();
    assert_eq!(order, [("M2".to_owned(), json!(1)), ("M1".to_owned(), Value::Null)]);
    assert_eq!(found["standings"][1]["reason"], "2026-08: 9 assessed days of at least 10");
    assert_eq!(found["standings"][1]["months"][1], json!({"month": "2026-08", "score": 100.0, "days": 9}));
    let lower = Site::ruled(&["field-time"], "[ranking]\nmin_days = 9\n");
    let rules = std::fs::read_to_string(lower.path("rules.toml")).expect("rules");
    std::fs::write(site.path("rules.toml"), rules).expect("written");
    assert_eq!(rank(&site, "--quarter 2026Q3")["standings"][0]["manager_id"], "M1");
}

#[test]
fn a_quarter_is_compared_with_the_one_before_where_the_data_have_it() {
    let months: [(u32, &[u32]); 6] =
        [(4, &[0, 1]), (5, &[0, 1]), (6, &[0, 1]), (7, &[2, 0]), (8, &[2, 0]), (9, &[2, 0])];
    let both = rank(&site(&months), "--quarter 2026Q3");
    assert_eq!(
        (&both["before"], &both["standings"][0]["before"]),
        (&json!("2026Q2"), &json!({"rank": 2, "score": 90.0}))
    );
    assert_eq!(both["standings"][1]["before"], json!({"rank": 1, "score": 100.0}));
    let table = site(&months).run("rank --data data --quarter 2026Q3 --lang en").out;
    assert!(table.contains("+10.00 (2→1)") && table.contains("-20.00 (1→2)"), "{table}");
    let less = rank(&site(&months[1..]), "--quarter 2026Q3");
    assert_eq!((&less["before"], &less["standings"][0]["before"]), (&Value::Null, &Value::Null));
    let month = rank(&site(&months), "--month 2026-07");
    assert_eq!((&month["before"], &month["standings"][0]["before"]["rank"]), (&json!("2026-06"), &json!(2)));
}

/// Months to come are left out and said; the rank is always among all, whoever is shown.
#[test]
fn what_is_shown_does_not_change_what_is_ranked() {
    let site = site(&[(7, &[0, 1, 2, 3]), (8, &[0, 1, 2, 3])]);
    let ran = site.run("rank --data data --lang en");
    assert!(
        ran.out.starts_with("Ranking, 2026Q3") && ran.out.contains("without visits in the data: 2026-09"),
        "{}",
        ran.out
    );
    let ids = |options: &str| -> Vec<(String, Value)> {
        standings(&rank(&site, options)).into_iter().map(|(id, rank, _)| (id, rank)).collect()
    };
    let told = |id: &str, rank: u32| (id.to_owned(), json!(rank));
    assert_eq!(ids("--top 2"), [told("M1", 1), told("M2", 2)]);
    assert_eq!(ids("--manager M3"), [told("M3", 3)]);
    assert_eq!(ids("--branch 西关"), [told("M2", 2), told("M4", 4)]);
    assert_eq!(ids("--branch 西关 --top 1"), [told("M2", 2)]);
}

/// The scores of a quarter's months are those that `check` gives each of them.
#[test]
fn scores_are_those_of_check() {
    let site = Site::bare();
    let ranked = site.run(&format!("rank --data {} --format json", clean())).json().value;
    for (n, month) in ["2026-07", "2026-08", "2026-09"].iter().enumerate() {
        let check = site.run(&format!("check --data {} --month {month} --format json --findings none", clean())).json();
        for manager in check.list("managers") {
            let one = ranked["standings"].as_array().expect("a list").iter();
            let one = one.clone().find(|one| one["manager_id"] == manager["manager_id"]).expect("he is ranked");
            assert_eq!(one["months"][n]["score"], manager["score"], "{month} {manager}");
        }
    }
}

/// The ending of a name decides, in capitals too.
#[test]
fn endings_in_capitals_are_understood() {
    let site = site(&[(7, &[0, 1, 2, 3])]);
    for (name, begins) in [("A.PDF", "%PDF-"), ("A.XLSX", "PK"), ("A.Json", "{"), ("A.HTM", "<!DOCTYPE html>")] {
        assert_eq!(site.run(&format!("rank --data data --month 2026-07 -o {name}")).code, 0, "{name}");
        let bytes = std::fs::read(site.path(name)).expect("it is written");
        assert!(bytes.to_ascii_lowercase().starts_with(begins.to_lowercase().as_bytes()), "{name}");
    }
}

/// Rows for machines have what people read; a workbook has the same bytes each time.
#[test]
fn csv_and_workbook_hold_the_ranking() {
    let site = Site::ruled(&SHOWN, "");
    let csv = site.run(&format!("rank --data {} --format csv", clean())).out;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let place = |name: &str| header.iter().position(|own| own == name).expect("the column is there");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let column = |name: &str| rows.iter().map(|row| row[place(name)].to_owned()).collect::<Vec<_>>();
    assert_eq!(column("rank"), ["1", "2", "3", "4", "5", "6"]);
    assert_eq!((&rows[0][place("manager_id")], &rows[0][place("score")]), ("M001", "100.00"));
    assert!(rows[5][place("lost")].starts_with("call-proof "));
    assert_eq!(site.run(&format!("rank --data {} -o a.xlsx", clean())).code, 0);
    assert_eq!(site.run(&format!("rank --data {} -o b.xlsx", clean())).code, 0);
    assert_eq!(harness::read(&site.path("a.xlsx")), harness::read(&site.path("b.xlsx")));
}

#[test]
fn the_quarter_of_the_sample_data() {
    let site = Site::ruled(&SHOWN, "");
    // What stands below the ranking, files and rules, has tests of its own.
    let told = |options: &str| {
        let out = site.run(&format!("rank --data {} --quarter 2026Q3 {options}", clean())).out;
        let foot = ["\nData\n", "\n数据\n"].iter().find_map(|head| out.find(head)).expect("a foot");
        out[..foot].to_owned()
    };
    golden("rank.en.txt", &told("--lang en"));
    golden("rank.zh.txt", &told("--lang zh --top 3"));
}

/// Every format of documents says the same.
#[test]
fn documents_hold_the_ranking() -> Outcome {
    let site = Site::ruled(&SHOWN, "");
    let line = format!("rank --data {} --quarter 2026Q3 --lang zh", clean());
    let (markdown, page) =
        (site.run(&format!("{line} --format md")).out, site.run(&format!("{line} --format html")).out);
    assert!(markdown.contains("| 1 | M001 孙赟 | 东郊营销部 | 1 | 100.00 | 100.00 | 100.00 | 100.00 |"), "{markdown}");
    assert!(
        page.starts_with("<!doctype html>") && page.contains("M001 孙赟") && page.contains("通话佐证 10.85"),
        "{page}"
    );
    let pages = ["a.pdf", "b.pdf"].map(|name| {
        assert_eq!(site.run(&format!("{line} -o {name}")).code, 0);
        harness::read(&site.path(name))
    });
    assert!(pages[0].starts_with(b"%PDF-") && pages[0] == pages[1]);
    let text = tools::poppler("pdftotext", &["-layout"], &site.path("a.pdf"))?;
    assert!(text.contains("M001 孙赟") && text.contains("通话佐证"), "{text}");
    let told = site.run(&format!("{line} --format json")).json().value;
    for (manager, _, score) in standings(&told) {
        assert!(text.contains(&format!("{:.2}", score.as_f64().expect("a score"))), "{manager} {score}: {text}");
    }
    Ok(())
}
