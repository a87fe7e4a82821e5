//! Scores of points: what findings take, caps and vetoes, and what is said of it where (SPEC-month §6).

use crate::harness::{Site, text};
use serde_json::{Value, json};

/// Five customers that must be seen on site, of whom the manager has seen one; and what rules.toml says of points.
fn site(points: &str) -> Site {
    let customers: String = (1..=5).map(|n| format!("C{n},店{n},M1,yes\n")).collect();
    let more = format!("[ranking]\nmin_days = 0\n{points}");
    Site::ruled(&["must-onsite", "onsite-share", "spot-check-size"], &more)
        .with("data/customers.csv", format!("customer_id,name,manager_id,must_onsite\n{customers}"))
        .visits("M1,C1,onsite,2026-09-07 08:00,,\nM1,C2,phone,2026-09-30 16:00,,\n")
}

const OF_POINTS: &str = "[scores]\nmode = \"points\"\n";

fn manager(site: &Site, options: &str) -> Value {
    site.check(options).list("managers")[0].clone()
}

fn scored(entries: &str) -> (Value, Value) {
    let found = manager(&site(&format!("{OF_POINTS}{entries}")), "");
    (found["score"].clone(), found["points"].clone())
}

fn entry(rule: &str, rest: &str) -> String {
    format!("[[points]]\nrule = \"{rule}\"\n{rest}\n")
}

#[test]
fn findings_take_points_up_to_a_cap() {
    let lost =
        |rule: &str, failed: u64, lost: f64| json!({"rule": rule, "failed": failed, "lost": lost, "veto": false});
    let (score, points) = scored(&entry("must-onsite", "per_finding = 1.25"));
    assert_eq!((score, points), (json!(95.0), json!([lost("must-onsite", 4, 5.0)])));
    let (score, points) = scored(&entry("must-onsite", "per_finding = 1.25\ncap = 4.5"));
    assert_eq!((score, points), (json!(95.5), json!([lost("must-onsite", 4, 4.5)])));
    let both = entry("onsite-share", "per_finding = 0.07") + &entry("must-onsite", "per_finding = 0.1");
    let (score, points) = scored(&both);
    let told = json!([lost("onsite-share", 1, 0.07), lost("must-onsite", 4, 0.4)]);
    assert_eq!((score, points), (json!(99.53), told), "in the order of the rules");
}

#[test]
fn nothing_is_below_nothing_and_a_veto_leaves_nothing() {
    assert_eq!(scored(&entry("must-onsite", "per_finding = 30")).0, json!(0.0));
    let (score, points) = scored(&entry("must-onsite", "per_finding = 1\nveto = 4"));
    assert_eq!((score, points), (json!(0.0), json!([{"rule": "must-onsite", "failed": 4, "lost": 4.0, "veto": true}])));
    assert_eq!(scored(&entry("must-onsite", "per_finding = 1\nveto = 5")).0, json!(96.0));
    let based = format!("base = 60\n{}", entry("must-onsite", "per_finding = 1"));
    assert_eq!(scored(&based).0, json!(56.0));
}

/// What findings take counts in points alone, and weights in rates alone.
#[test]
fn each_way_of_scoring_goes_by_its_own_numbers() {
    let entries = entry("must-onsite", "per_finding = 1");
    let rate = manager(&site(&entries), "");
    assert_eq!((rate["score"].clone(), rate["points"].clone()), (json!(10.0), Value::Null));
    let points = format!("{OF_POINTS}{entries}[rules.must-onsite]\nweight = 0\n");
    assert_eq!(manager(&site(&points), "")["score"], json!(96.0));
}

#[test]
fn who_is_assessed_by_no_rule_that_takes_points_has_no_score() {
    let site = site(&format!("{OF_POINTS}{}", entry("call-proof", "per_finding = 1")));
    let found = manager(&site, "");
    assert_eq!((found["score"].clone(), found["points"].clone()), (Value::Null, json!([])));
    let ranked = site.run("rank --data data --month 2026-09 --format json").json();
    assert_eq!(ranked.list("standings")[0]["rank"], Value::Null);
    assert_eq!(text(&ranked.list("standings")[0]["reason"]), "2026-09: no score");
}

#[test]
fn a_score_that_may_still_fall_says_so() {
    let site = site(&format!("{OF_POINTS}{}", entry("must-onsite", "per_finding = 1")));
    let early = "--as-of 2026-09-15";
    let found = manager(&site, early);
    assert_eq!((found["score"].clone(), found["points"].clone()), (json!(100.0), json!([])));
    for line in ["check --data data", "rank --data data --month 2026-09", "report --data data --format markdown"] {
        // Markdown would strike out what stands between two such marks.
        let told = site.run(&format!("{line} {early} --lang en")).out.replace("\\~", "~");
        assert!(told.contains("100.00~") && told.contains("so far"), "{line}: {told}");
        let over = site.run(&format!("{line} --lang en")).out;
        assert!(over.contains("96.00") && !over.contains("so far"), "{line}: {over}");
    }
}

#[test]
fn what_was_lost_where_is_told_to_people() {
    let site = site(&format!("{OF_POINTS}{}", entry("must-onsite", "per_finding = 1.5\nveto = 3")));
    for (lang, lost, veto) in [("en", "Points lost", "veto"), ("zh", "扣分", "一票否决")] {
        let told = site.run(&format!("check --data data --lang {lang}")).out;
        assert!(told.contains(lost) && told.contains("6.00") && told.contains(veto), "{told}");
        for line in ["report --data data --format markdown", "rank --data data --month 2026-09"] {
            let told = site.run(&format!("{line} --lang {lang}")).out;
            assert!(told.contains("6.00") && told.contains(veto), "{line}: {told}");
        }
    }
    let ranked = site.run("rank --data data --month 2026-09 --format json").json();
    assert_eq!(ranked.list("standings")[0]["lost"], json!([{"rule": "must-onsite", "points": 6.0}]));
}

#[test]
fn a_rule_says_what_a_finding_costs() {
    let entries = entry("must-onsite", "per_finding = 1.5\ncap = 10\nveto = 7");
    let told = |site: &Site, rule: &str, lang: &str| site.run(&format!("explain {rule} --lang {lang}")).out;
    let of_points = site(&format!("{OF_POINTS}{entries}"));
    let cost = told(&of_points, "must-onsite", "en");
    assert!(cost.contains("1.5 points each, at most 10; from 7 on nothing is left"), "{cost}");
    assert!(cost.contains("[[points]]") && cost.contains("rules.toml:"), "where it is set: {cost}");
    assert!(told(&of_points, "must-onsite", "zh").contains("每项扣 1.5 分，至多扣 10 分；7 项起一票否决"));
    assert!(told(&of_points, "onsite-share", "zh").contains("不计入得分"));
    assert!(told(&site(&entries), "must-onsite", "en").contains("the rule weighs 1"));
    let json = of_points.run("explain must-onsite --format json").json();
    let parameters = json.list("rules")[0]["parameters"].as_array().expect("parameters");
    let set = parameters.iter().find(|parameter| parameter["name"] == "[[points]]").expect("where it is set");
    assert_eq!(set["value"], json!({"rule": "must-onsite", "per_finding": 1.5, "cap": 10, "veto": 7}));
}

/// The entries of a rule that is judged entry by entry take points together.
#[test]
fn entries_of_one_rule_share_its_cap() {
    let services = "manager_id,item,done_on\nM9,作业分析报告,2026-09-07\nM9,月度工作总结,2026-09-07\n";
    let points = format!("{OF_POINTS}{}", entry("cadence", "per_finding = 2\ncap = 3"));
    let site = Site::ruled(&["cadence"], &points)
        .customers(1)
        .visits("M1,C1,onsite,2026-09-01 08:00,,\nM1,C1,onsite,2026-09-30 16:00,,\n")
        .with("data/services.csv", services);
    let found = manager(&site, "");
    assert_eq!(found["points"], json!([{"rule": "cadence", "failed": 2, "lost": 3.0, "veto": false}]));
}
