//! What scripts read: JSON with exactly the keys of SPEC §4.1, and the findings as CSV.

use crate::harness::*;
use serde_json::{Value, json};

/// Two customers to be seen on site, one of them not; short days; phone visits without a call, one without an id; a
/// rejected row, a stray visit, an unknown customer and a date without any visit.
fn site() -> Site {
    let rules = "[input]\nmax_rejected_percent = 50\n[rules.field-time]\nseverity = \"warning\"\n";
    Site::ruled(&["field-time", "onsite-share", "must-onsite", "call-proof", "plan-made", "first-arrival"], rules)
        .with(
            "data/customers.csv",
            "customer_id,name,manager_id,must_onsite,manager_name,branch\nC1,店,M1,yes,王,东\n\
                C2,店,M1,yes,王,东\nC3,店,M1,,王,东\nC4,店,M2,,赵,西\n",
        )
        .with(
            "data/visits.csv",
            "manager_id,customer_id,mode,started_at,ended_at,visit_id,planned,phone\n\
             M1,C1,onsite,2026-09-07 08:40,2026-09-07 09:40,V7,yes,\n\
             M1,C1,phone,2026-09-08 08:00,,V8,no,13800000001\n\
             M1,C1,phone,2026-09-09 08:00,,,no,13800000001\n\
             M1,C9,web,2026-09-11 08:00,,V9,no,\n\
             M1,C1,sailing,2026-09-14 08:00,,V10,no,\n\
             M1,C1,web,2062-09-14 08:00,,V11,no,\n",
        )
        .with(
            "data/calls.csv",
            "manager_id,number,started_at,seconds\n\
            M1,13900000001,2026-09-08 08:00,40\nM1,13900000001,2026-09-09 08:00,40\n",
        )
}

fn whole() -> Json {
    site().check("--as-of 2026-09-30")
}

/// The keys of an object, in order.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("an object, not {value}")).keys().map(String::as_str).collect()
}

const TOP: [&str; 17] = [
    "schema",
    "version",
    "month",
    "horizon",
    "rules",
    "columns",
    "inputs",
    "managers",
    "proof",
    "results",
    "not_assessed",
    "findings",
    "obstacles",
    "appeals",
    "remarks",
    "rejected",
    "unknown_customers",
];
const INPUT: [&str; 8] = ["kind", "path", "encoding", "delimiter", "sheet", "sha256", "rows", "bad_cells"];
const ROWS: [&str; 9] =
    ["used", "blank", "total", "set_aside", "repeat", "superseded", "other_period", "mended", "rejected"];
const RESULT: [&str; 12] = [
    "manager_id",
    "rule",
    "item",
    "assessed",
    "failed",
    "pending",
    "verdict",
    "doubtful",
    "waived",
    "reason",
    "count",
    "of",
];
const FINDING: [&str; 25] = [
    "id",
    "rule",
    "item",
    "clause",
    "severity",
    "party",
    "manager_id",
    "date",
    "period",
    "customer_id",
    "visit_id",
    "count",
    "of",
    "seconds",
    "metres",
    "kmh",
    "limit",
    "measured",
    "required",
    "message",
    "evidence",
    "evidence_total",
    "state",
    "doubt",
    "appeal",
];

#[test]
fn json_has_exactly_the_keys_of_the_contract() {
    let json = site().check("");
    let each = |list: &str, expected: &[&str]| {
        assert!(!json.list(list).is_empty(), "{list} has something to look at");
        json.list(list).iter().for_each(|value| assert_eq!(keys(value), expected, "{list}"));
    };
    assert_eq!(keys(&json.value), TOP);
    assert_eq!(keys(&json.value["rules"]), ["path", "sha256", "parameters"]);
    each("inputs", &INPUT);
    json.list("inputs").iter().for_each(|input| assert_eq!(keys(&input["rows"]), ROWS));
    each("managers", &["manager_id", "name", "branch", "score", "points", "proof"]);
    each("results", &RESULT);
    each("not_assessed", &["rule", "reason"]);
    each("findings", &FINDING);
    for finding in json.list("findings") {
        finding["evidence"]
            .as_array()
            .expect("a list")
            .iter()
            .for_each(|place| assert_eq!(keys(place), ["file", "line"]));
    }
    assert!(!json.remarks("unrecorded").is_empty() && !json.remarks("stray").is_empty());
    json.remarks("unrecorded").iter().for_each(|remark| assert_eq!(keys(remark), ["kind", "manager_id", "dates"]));
    // Other remarks may say more, never less.
    json.list("remarks").iter().for_each(|remark| assert_eq!(keys(remark)[..3], ["kind", "manager_id", "dates"]));
    each("rejected", &["file", "line", "column", "cell", "reason"]);
    assert_eq!(json.list("unknown_customers")[..], ["C9"]);
}

fn is_hex(value: &Value, digits: usize) -> bool {
    value.as_str().is_some_and(|text| {
        text.len() == digits && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

#[test]
fn json_values_have_the_types_of_the_contract() {
    let json = whole();
    let top = &json.value;
    assert_eq!(
        (&top["schema"], &top["month"], &top["horizon"]),
        (&json!("baifang.check/2"), &json!("2026-09"), &json!("2026-09-30"))
    );
    assert!(top["version"].is_string() && is_hex(&top["rules"]["sha256"], 64));
    assert_eq!(top["rules"]["path"], "rules.toml");
    assert_eq!(top["rules"]["parameters"]["onsite-share"], json!({"severity": "violation", "min_percent": 50}));
    assert_eq!(top["rules"]["parameters"]["field-time"]["severity"], "warning");
    assert_eq!(top["rules"]["parameters"]["coverage"], Value::Null, "a rule that is off has no parameters");
    for input in json.list("inputs") {
        assert!(is_hex(&input["sha256"], 64) && input["bad_cells"].is_u64() && input["delimiter"] == ",", "{input}");
        assert!(input["rows"].as_object().expect("rows").values().all(Value::is_u64));
    }
    for result in json.list("results") {
        assert!(
            ["assessed", "failed", "pending", "doubtful", "waived"].iter().all(|key| result[key].is_u64()),
            "{result}"
        );
        let verdict = result["verdict"].as_str().expect("a verdict");
        assert!(["pass", "fail", "doubtful", "pending", "not_assessed"].contains(&verdict));
        assert_eq!(result["reason"].is_string(), verdict == "not_assessed", "a reason where it is needed: {result}");
        assert_eq!(result["item"], Value::Null, "only cadence has items");
        assert_eq!(result["count"].is_u64(), result["of"].is_u64());
    }
    for finding in json.list("findings") {
        let digits = finding["id"].as_str().and_then(|id| id.strip_prefix('F')).map(Value::from);
        assert!(digits.is_some_and(|digits| is_hex(&digits, 11)), "{finding}");
        assert_eq!((&finding["state"], &finding["doubt"]), (&json!("counted"), &Value::Null));
        assert!(["violation", "warning"].contains(&finding["severity"].as_str().expect("a severity")));
        assert!(["manager", "section"].contains(&finding["party"].as_str().expect("a party")));
        assert!(
            ["rule", "clause", "manager_id", "measured", "required", "message"]
                .iter()
                .all(|key| finding[key].is_string())
        );
        assert_ne!(finding["date"].is_string(), finding["period"].is_string(), "either a date or a period: {finding}");
        let evidence = finding["evidence"].as_array().expect("a list");
        assert!(
            !evidence.is_empty() && evidence.iter().all(|place| place["file"].is_string() && place["line"].is_u64())
        );
        assert!(finding["evidence_total"].as_u64() >= Some(evidence.len() as u64));
    }
    let numbers = |rule: &str| (json.findings(rule)[0]["limit"].clone(), json.findings(rule)[0]["count"].clone());
    assert_eq!(numbers("onsite-share"), (json!(50), json!(1)));
    assert_eq!(numbers("first-arrival"), (json!("08:30"), Value::Null), "a limit that is a time is a text");
    assert_eq!(json.findings("field-time")[0]["seconds"], 3600);
}

/// Rules that nobody can be judged by stand in `not_assessed`, with the reason, and nowhere else.
#[test]
fn what_is_wholly_not_assessed_has_a_reason_and_no_results() {
    let json = whole();
    let rules: Vec<String> = json.list("not_assessed").iter().map(|entry| text(&entry["rule"])).collect();
    assert_eq!(rules, ["plan-made"]);
    assert!(text(&json.list("not_assessed")[0]["reason"]).contains("plans"));
    assert!(json.list("results").iter().all(|result| result["rule"] != "plan-made"));
    // The others have a line for every manager, by manager and in the order of the contract.
    let order = ["first-arrival", "field-time", "onsite-share", "must-onsite", "call-proof"];
    let expected: Vec<String> = ["M1", "M2"].iter().flat_map(|m| order.map(|rule| format!("{m} {rule}"))).collect();
    let found =
        json.list("results").iter().map(|result| format!("{} {}", text(&result["manager_id"]), text(&result["rule"])));
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

/// Sorted by manager, rule, date or period, customer, file and line.
#[test]
fn findings_stand_in_the_order_of_the_contract() {
    let json = whole();
    let found: Vec<String> = json
        .list("findings")
        .iter()
        .map(|finding| {
            let when = finding["date"].as_str().or(finding["period"].as_str()).unwrap_or("");
            format!(
                "{} {} {when} {}",
                text(&finding["manager_id"]),
                text(&finding["rule"]),
                finding["customer_id"].as_str().unwrap_or("")
            )
        })
        .collect();
    let expected = [
        "M1 first-arrival 2026-09-07 C1",
        "M1 field-time 2026-09-07 ",
        "M1 field-time 2026-09-08 ",
        "M1 field-time 2026-09-09 ",
        "M1 field-time 2026-09-11 ",
        "M1 onsite-share 2026-09 ",
        "M1 must-onsite 2026-09 C2",
        "M1 call-proof 2026-09-08 C1",
        "M1 call-proof 2026-09-09 C1",
    ];
    // Whether first-arrival names its customer is its own business.
    assert_eq!(found[0].trim_end_matches("C1"), expected[0].trim_end_matches("C1"));
    assert_eq!(found[1..], expected[1..]);
}

/// The digests were computed apart from the program, over the texts beside them.
#[test]
fn finding_ids_can_be_recomputed() {
    let json = whole();
    let id = |rule: &str, at: usize| text(&json.findings(rule)[at]["id"]);
    assert_eq!(id("field-time", 0), "Fb23b2f2b7db", "field-time||M1|2026-09-07||");
    assert_eq!(id("onsite-share", 0), "F956d1b1c04d", "onsite-share||M1|2026-09||");
    assert_eq!(id("must-onsite", 0), "F95e0192c301", "must-onsite||M1|2026-09|C2|");
    assert_eq!(id("call-proof", 0), "F6592caeff3e", "call-proof||M1|2026-09-08|C1|2026-09-08 08:00:00");
    assert_eq!(id("call-proof", 1), "Fa9b5322b86d", "call-proof||M1|2026-09-09|C1|2026-09-09 08:00:00");
    let mut ids: Vec<String> = json.list("findings").iter().map(|finding| text(&finding["id"])).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), json.list("findings").len(), "no two findings share an id");
}

/// Evidence lists at most twenty lines and counts them all.
#[test]
fn evidence_is_cut_at_twenty_lines() {
    let rows: String = (1..=25).map(|i| format!("M1,C{i},web,2026-09-07 08:00,,\n")).collect();
    let json = Site::judging(&["onsite-share"]).customers(25).visits(&rows).check("--as-of 2026-09-30");
    let finding = &json.findings("onsite-share")[0];
    assert_eq!((finding["evidence"].as_array().map(Vec::len), &finding["evidence_total"]), (Some(20), &json!(25)));
}

/// Terminals show the first of many; files hold them all.
#[test]
fn every_rejected_row_is_listed() {
    let rows: String = (1..=40).map(|i| format!("M1,C1,mode {i},2026-09-07 08:00,,\n")).collect();
    let site = Site::ruled(&["must-onsite"], "[input]\nmax_rejected_percent = 100\n").customers(1);
    let json = site.visits(&format!("M1,C1,onsite,2026-09-07 08:00,,\n{rows}")).check("");
    let expected: Vec<String> = (3..=42).map(|line| format!("{line} mode")).collect();
    assert_eq!(json.rejected("visits.csv"), expected);
    assert_eq!(json.list("rejected")[39]["cell"], "mode 40");
}

/// A duty of the section is nobody's violation in the score, though it is a violation.
#[test]
fn findings_of_the_section_say_so() {
    let checks = "month,manager_id,customer_id,checked_on,result\n2026-09,M1,C9,2026-09-20,pass\n";
    let site = Site::judging(&["spot-check-size", "onsite-share"]).customers(1).with("data/checks.csv", checks);
    let json = site.visits("M1,C1,onsite,2026-09-07 08:00,,\n").check("--as-of 2026-09-30");
    let found: Vec<_> = json.list("findings").iter().map(|finding| (&finding["rule"], &finding["party"])).collect();
    assert_eq!(found, [(&json!("spot-check-size"), &json!("section"))]);
    assert_eq!((json.code, &json.list("managers")[0]["score"]), (1, &json!(100.0)));
}

#[test]
fn the_version_is_that_of_the_binary() {
    let version = text(&whole().value["version"]);
    let said = Site::bare().run("--version").out;
    assert_eq!(said.lines().next(), Some(format!("baifang {version}").as_str()));
    assert_eq!(Site::bare().run("-V").out, format!("baifang {version}\n"));
}

/// Weighted means of the rules that are assessed and not pending (SPEC §3.4).
#[test]
fn scores_weigh_what_is_assessed() {
    let score = |weights: &str, options: &str| {
        let site = Site::ruled(&["field-time", "must-onsite", "onsite-share"], weights)
            .with("data/customers.csv", "customer_id,name,manager_id,must_onsite\nC1,店,M1,yes\nC2,店,M1,yes\n")
            .visits(
                "M1,C1,onsite,2026-09-07 08:00,2026-09-07 14:00,\nM1,C1,onsite,2026-09-08 08:00,2026-09-08 09:00,\n",
            );
        site.check(options).list("managers")[0]["score"].as_f64()
    };
    // field-time 1 of 2 failed, must-onsite 1 of 2, on-site share 1 of 2 due customers: passed.
    let over = "--as-of 2026-09-30";
    let mean = (0.5 + 0.5 + 1.0) / 3.0 * 100.0;
    let close = |found: Option<f64>, expected: f64| found.is_some_and(|found| (found - expected).abs() < 0.01);
    assert!(close(score("", over), mean), "{:?}", score("", over));
    assert!(close(
        score("[rules.onsite-share]\nweight = 2\n[rules.field-time]\nweight = 0\n", over),
        (0.5 + 2.0) / 3.0 * 100.0
    ));
    assert!(close(score("[rules.onsite-share]\nseverity = \"warning\"\n", over), (0.5 + 0.5 + 0.5) / 2.5 * 100.0));
    // Before the month is over the customer not yet seen is pending, and his rule counts for nothing.
    assert!(close(score("", ""), (0.5 + 1.0) / 2.0 * 100.0));
}

fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|record| record.expect("a record").iter().map(str::to_owned).collect());
    (header, rows.collect())
}

#[test]
fn csv_is_the_findings_of_the_json() {
    let json = whole();
    let ran = site().run("check --data data --as-of 2026-09-30 --format csv");
    let (header, rows) = table(&ran.out);
    assert_eq!(header[..FINDING.len()], FINDING);
    assert_eq!((ran.code, rows.len()), (1, json.list("findings").len()));
    for (row, finding) in rows.iter().zip(json.list("findings")) {
        for (name, cell) in
            header.iter().zip(row).filter(|(name, _)| *name != "evidence" && finding.get(name).is_some())
        {
            let expected = match &finding[name] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!(*cell, expected, "{name}");
        }
    }
}

/// Ids that a spreadsheet would run are guarded in CSV and nowhere else.
#[test]
fn csv_cells_do_not_run_in_a_spreadsheet() {
    for id in ["=1+1", "+1", "-1+1", "@SUM(A1)"] {
        let customers = format!("customer_id,name,manager_id,must_onsite\n{id},店,M1,yes\nC2,店,M1,\n");
        let site = Site::judging(&["must-onsite"]).with("data/customers.csv", customers);
        let site = site.visits("M1,C2,onsite,2026-09-07 08:00,,\n");
        assert_eq!(site.check("--as-of 2026-09-30").findings("must-onsite")[0]["customer_id"], id);
        let (header, rows) = table(&site.run("check --data data --as-of 2026-09-30 --format csv").out);
        let place = header.iter().position(|name| name == "customer_id").expect("the column");
        assert_eq!(rows[0][place], format!("'{id}"));
        let runs = |cell: &&String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert_eq!(rows[0].iter().find(runs), None);
    }
}

#[test]
fn csv_begins_with_a_mark_only_when_asked() {
    let line = "check --data data --as-of 2026-09-30 --format csv";
    let (plain, marked) = (site().run(line).out, site().run(&format!("{line} --bom")).out);
    assert_eq!(marked, format!("\u{feff}{plain}"));
    assert!(!plain.starts_with('\u{feff}'));
}

#[test]
fn csv_without_findings_still_tells_where_it_comes_from() {
    let site = Site::judging(&["must-onsite"]).customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n");
    let (json, csv) = (site.check(""), site.run("check --data data --format csv").out);
    assert!(json.list("findings").is_empty());
    let inputs = json.list("inputs").iter().map(|input| text(&input["sha256"]));
    for told in inputs.chain([text(&json.value["rules"]["sha256"]), "2026-09-07".to_owned()]) {
        assert!(csv.contains(&told), "{told} in {csv}");
    }
}

/// People's formats follow the locale; machine formats are English unless --lang is given.
#[test]
fn machine_formats_speak_english_unless_told_otherwise() {
    let site = site();
    let said = |locale: &str, options: &str| {
        let mut command = site.command(&format!("check --data data {options}"));
        Ran::of(command.env("LC_ALL", locale)).out
    };
    let chinese = |text: &str| text.contains("要求") || text.contains("小时");
    for format in ["json", "csv"] {
        assert!(!chinese(&said("zh_CN.UTF-8", &format!("--format {format}"))), "{format}");
        assert!(chinese(&said("C", &format!("--format {format} --lang zh"))), "{format}");
    }
    assert!(chinese(&said("zh_CN.UTF-8", "")) && !chinese(&said("C", "")) && !chinese(&said("en_GB.UTF-8", "")));
    // LC_ALL goes before LANG, as everywhere.
    let by_lang = |lc_all: &str| {
        let mut command = site.command("check --data data");
        Ran::of(command.env("LC_ALL", lc_all).env("LANG", "zh_CN.UTF-8")).out
    };
    assert!(chinese(&by_lang("")) && !chinese(&by_lang("C")));
    assert!(chinese(&said("C", "--lang zh")) && !chinese(&said("zh_CN.UTF-8", "--lang en")));
    // Only words change with the language.
    let numbers = |options: &str| {
        let json = site.check(options);
        json.list("findings")
            .iter()
            .map(|finding| [&finding["id"], &finding["seconds"], &finding["limit"]].map(Value::to_string))
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers("--lang zh"), numbers("--lang en"));
}
