//! Two results of `check` compared: what appeared, vanished and changed, what may be why, and when it got worse.

use crate::harness::{self, Site, text};
use baifang::diff::CheckResult;
use serde_json::{Value, json};

const RULES: [&str; 2] = ["unplanned-cap", "short-visit"];

/// Two managers, of whom M1 makes one of four visits unplanned, and M2 a short one.
fn visits(month: &str) -> String {
    let of_m1: String = (1..=4)
        .map(|n| {
            let planned = if n == 1 { "no" } else { "yes" };
            format!("M1,C{n},onsite,{month}-07 0{n}:00,{month}-07 0{n}:20,V{n},{planned}\n")
        })
        .collect();
    format!("{of_m1}M2,C5,onsite,{month}-08 08:00,{month}-08 08:02,V5,yes\n")
}

fn site() -> Site {
    let customers: String = (1..=5).map(|n| format!("C{n},店{n},M{}\n", if n < 5 { 1 } else { 2 })).collect();
    let header = "manager_id,customer_id,mode,started_at,ended_at,visit_id,planned\n";
    let rows = visits("2026-08") + &visits("2026-09");
    // Record numbers are those of one month.
    let rows: String = rows.lines().enumerate().map(|(n, row)| row.replace(",V", &format!(",V{n}-")) + "\n").collect();
    Site::judging(&RULES)
        .with("data/customers.csv", format!("customer_id,name,manager_id\n{customers}"))
        .with("data/visits.csv", format!("{header}{rows}"))
}

fn check(site: &Site, options: &str, to: &str) {
    let ran = site.run(&format!("check --data data --format json {options} -o {to}"));
    assert!([0, 1].contains(&ran.code), "{}", ran.err);
}

fn diff(site: &Site, a: &str, b: &str) -> (i32, Value) {
    let ran = site.run(&format!("diff {a} {b} --format json"));
    (ran.code, ran.json().value)
}

/// Rules for a check besides those of the site: all others stay off.
fn rules(site: &Site, name: &str, more: &str) {
    let own = std::fs::read_to_string(site.path("rules.toml")).expect("the site's rules");
    std::fs::write(site.path(name), format!("{own}{more}")).expect("written");
}

#[test]
fn a_stricter_limit_makes_findings_appear_and_is_named() {
    let site = site();
    rules(&site, "lax.toml", "[rules.unplanned-cap]\nmax_percent = 25\n");
    check(&site, "--month 2026-09 --rules lax.toml", "a.json");
    check(&site, "--month 2026-09", "b.json");
    let (code, found) = diff(&site, "a.json", "b.json");
    assert_eq!((code, &found["worse"]), (1, &json!(true)));
    let parameter = json!({"rule": "unplanned-cap", "parameter": "max_percent", "a": 25, "b": 20});
    assert_eq!(found["parameters"], json!([parameter]));
    let outcome = |verdict: &str, failed: u64| json!({"verdict": verdict, "assessed": 1, "failed": failed, "doubtful": 0, "waived": 0, "pending": 0});
    let verdict = json!({
        "manager_id": "M1", "rule": "unplanned-cap", "item": null, "turn": "worse",
        "a": outcome("pass", 0), "b": outcome("fail", 1),
    });
    assert_eq!(found["verdicts"], json!([verdict]));
    let appeared = found["findings"]["appeared"].as_array().expect("a list");
    assert_eq!(
        (appeared.len(), &appeared[0]["date"], &appeared[0]["measured"]),
        (1, &json!("2026-09-07"), &json!("1/4 (25.0%)"))
    );
    assert_eq!((&found["findings"]["vanished"], &found["inputs"]), (&json!([]), &json!([])));
    // The other way round it is better, and no worse.
    let (code, back) = diff(&site, "b.json", "a.json");
    assert_eq!((code, &back["worse"], &back["verdicts"][0]["turn"]), (0, &json!(false), &json!("better")));
    assert_eq!(back["findings"]["vanished"].as_array().map(Vec::len), Some(1));
}

/// A limit that moves without changing a verdict changes what the finding asks for.
#[test]
fn a_finding_of_both_sides_says_what_changed() {
    let site = site();
    rules(&site, "strict.toml", "[rules.unplanned-cap]\nmax_percent = 10\n");
    check(&site, "--month 2026-09", "a.json");
    check(&site, "--month 2026-09 --rules strict.toml", "b.json");
    let (code, found) = diff(&site, "a.json", "b.json");
    assert_eq!((code, &found["verdicts"]), (0, &json!([])));
    let changed = &found["findings"]["changed"][0];
    assert_eq!((&changed["required"], &changed["before"]["required"]), (&json!("≤ 10%"), &json!("≤ 20%")));
    let table = site.run("diff a.json b.json --lang en").out;
    assert!(table.contains("1/4 (25.0%), ≤ 20% → ≤ 10%"), "{table}");
}

#[test]
fn a_corrected_export_is_named_and_its_findings_vanish() {
    let site = site();
    check(&site, "--month 2026-09", "a.json");
    let path = site.path("data/visits.csv");
    let rows = std::fs::read_to_string(&path).expect("visits");
    std::fs::write(&path, rows.replace("V5-1,no", "V5-1,yes")).expect("written");
    check(&site, "--month 2026-09", "b.json");
    let (code, found) = diff(&site, "a.json", "b.json");
    assert_eq!((code, found["inputs"].as_array().map(Vec::len)), (0, Some(1)), "{found}");
    assert_eq!(found["inputs"][0]["path"], "visits.csv");
    assert_eq!(found["findings"]["vanished"][0]["rule"], "unplanned-cap");
    assert_eq!((&found["scores"][0]["manager_id"], &found["scores"][0]["b"]), (&json!("M1"), &json!(100.0)));
}

/// Of two months only verdicts and counts can be compared, for every finding has another date.
#[test]
fn months_are_compared_by_verdicts() {
    let site = site();
    check(&site, "--month 2026-08", "a.json");
    check(&site, "--month 2026-09", "b.json");
    let (code, found) = diff(&site, "a.json", "b.json");
    assert_eq!((code, &found["verdicts"], &found["findings"]), (0, &json!([]), &Value::Null));
    assert_eq!((&found["a"]["month"], &found["b"]["month"]), (&json!("2026-08"), &json!("2026-09")));
    assert!(site.run("diff a.json b.json --lang zh").out.contains("月份不同"));
}

/// Where not all findings are there, none has vanished.
#[test]
fn findings_that_were_left_out_have_not_vanished() {
    let site = site();
    check(&site, "--month 2026-09", "a.json");
    check(&site, "--month 2026-09 --findings none", "b.json");
    let (code, found) = diff(&site, "a.json", "b.json");
    assert_eq!((code, &found["findings"]), (0, &Value::Null));
    assert!(site.run("diff a.json b.json --lang en").out.contains("--findings"));
}

/// The same units weigh more once their rule is a violation, and less once it is none any more.
#[test]
fn a_warning_that_becomes_a_violation_is_worse() {
    let site = site();
    check(&site, "--month 2026-09", "warning.json");
    rules(&site, "strict.toml", "[rules.short-visit]\nseverity = \"violation\"\n");
    check(&site, "--month 2026-09 --rules strict.toml", "violation.json");
    for (a, b, code, turn) in [("warning", "violation", 1, "worse"), ("violation", "warning", 0, "better")] {
        let (found_code, found) = diff(&site, &format!("{a}.json"), &format!("{b}.json"));
        let verdicts = found["verdicts"].as_array().expect("a list");
        let [verdict] = &verdicts[..] else { panic!("only M2's short visit: {verdicts:?}") };
        assert_eq!((found_code, &verdict["rule"], &verdict["turn"]), (code, &json!("short-visit"), &json!(turn)));
    }
}

/// A manager of one side only is said to have come or gone; nothing of his got worse. Nor do warnings.
#[test]
fn who_came_or_went_is_told() {
    let site = site();
    check(&site, "--month 2026-09 --manager M2", "a.json");
    check(&site, "--month 2026-09", "b.json");
    let (code, found) = diff(&site, "a.json", "b.json");
    assert_eq!((code, &found["managers"]), (0, &json!({"came": ["M1"], "went": []})));
    let (code, found) = diff(&site, "b.json", "a.json");
    assert_eq!((code, &found["managers"]), (0, &json!({"came": [], "went": ["M1"]})));
    rules(&site, "lax.toml", "[rules.short-visit]\nmin_minutes = 1\n");
    check(&site, "--month 2026-09 --manager M2 --rules lax.toml", "lax.json");
    let (code, found) = diff(&site, "lax.json", "a.json");
    assert_eq!(
        (code, &found["verdicts"][0]["rule"], &found["verdicts"][0]["turn"]),
        (0, &json!("short-visit"), &json!("changed"))
    );
}

#[test]
fn the_same_result_differs_in_nothing() {
    let site = site();
    check(&site, "--month 2026-09", "a.json");
    let ran = site.run("diff a.json a.json --lang en");
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("nothing differs"), "{}", ran.out);
    let zh = site.run("diff a.json a.json --lang zh").out;
    assert!(zh.contains("没有任何变化"), "{zh}");
}

/// By doubt alone nothing gets worse or better; it is a change of its own.
#[test]
fn what_hangs_on_doubt_is_neither_worse_nor_better() {
    let site = site();
    check(&site, "--month 2026-09", "a.json");
    let mut unsure: Value = serde_json::from_slice(&harness::read(&site.path("a.json"))).expect("JSON");
    let of_cap = |one: &&mut Value| one["rule"] == "unplanned-cap";
    let result = unsure["results"].as_array_mut().expect("a list").iter_mut().find(of_cap).expect("it is judged");
    result["failed"] = json!(0);
    result["assessed"] = json!(0);
    result["doubtful"] = json!(1);
    result["verdict"] = json!("doubtful");
    let finding = unsure["findings"].as_array_mut().expect("a list").iter_mut().find(of_cap).expect("it failed");
    finding["state"] = json!("doubtful");
    std::fs::write(site.path("b.json"), unsure.to_string()).expect("written");
    for (from, to) in [("a.json", "b.json"), ("b.json", "a.json")] {
        let (code, found) = diff(&site, from, to);
        assert_eq!((code, &found["worse"]), (0, &json!(false)), "{found}");
        assert_eq!(found["verdicts"][0]["turn"], "doubt");
        let turned = found["findings"]["turned"].as_array().expect("a list");
        assert_eq!((turned.len(), &found["findings"]["appeared"]), (1, &json!([])));
        assert_ne!(turned[0]["state"], turned[0]["before"]["state"]);
    }
    let told = site.run("diff a.json b.json --lang en").out;
    assert!(told.contains("hangs on doubt") && told.contains("better, 1 that hang on doubt"), "{told}");
}

/// A file that no run of `check` wrote ends with a result all the same.
#[test]
fn impossible_counts_stop_nothing() {
    let site = site();
    check(&site, "--month 2026-09", "a.json");
    let mut wild: Value = serde_json::from_slice(&harness::read(&site.path("a.json"))).expect("JSON");
    for outcome in wild["results"].as_array_mut().expect("a list") {
        outcome["failed"] = json!(u64::MAX);
        outcome["verdict"] = json!("\u{1b}[31mfail");
    }
    wild["rules"]["parameters"]["unplanned-cap"] = json!([1]);
    std::fs::write(site.path("b.json"), wild.to_string()).expect("written");
    let ran = site.run("diff a.json b.json --lang en");
    assert!([0, 1].contains(&ran.code) && !ran.out.contains('\u{1b}'), "{}{}", ran.out, ran.err);
    assert_eq!(site.run("diff b.json a.json --format json").json().value["schema"], "baifang.diff/2");
}

/// What `check` writes is what `diff` reads, key by key: the contract's shape as both know it.
#[test]
fn a_result_keeps_the_shape_that_is_read() {
    let site = site();
    check(&site, "--month 2026-09", "a.json");
    let written = std::fs::read_to_string(site.path("a.json")).expect("a result");
    let read = CheckResult::parse(&written, "a.json").expect("it is read");
    let value: Value = serde_json::from_str(&written).expect("JSON");
    assert_eq!((read.month.as_str(), read.findings.len()), ("2026-09", 2));
    for (key, list) in
        [("managers", read.managers.len()), ("results", read.results.len()), ("inputs", read.inputs.len())]
    {
        assert_eq!(value[key].as_array().map(Vec::len), Some(list), "{key}");
    }
    let ids: Vec<String> = value["findings"].as_array().expect("a list").iter().map(|one| text(&one["id"])).collect();
    assert_eq!(read.findings.iter().map(|one| one.id.clone()).collect::<Vec<_>>(), ids);
    // A key that goes missing is missed.
    for key in ["version", "month", "horizon", "rules", "inputs", "managers", "results", "not_assessed", "findings"] {
        let mut less = value.clone();
        less.as_object_mut().expect("an object").remove(key);
        let error = CheckResult::parse(&less.to_string(), "less.json").expect_err(key).to_string();
        assert!(error.contains(key) && error.starts_with("less.json:1: "), "{key}: {error}");
    }
}
