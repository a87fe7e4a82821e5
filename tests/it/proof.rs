//! What a spot check proves, in every output that says it, and whom it targets (SPEC-month §7).

use crate::harness::Site;
use serde_json::{Value, json};

/// M1 has visited forty-six customers, M2 ten.
fn site() -> Site {
    let ids = |manager: &'static str, count: usize| (1..=count).map(move |n| (manager, format!("{manager}{n:02}")));
    let all = || ids("M1", 46).chain(ids("M2", 10));
    let customers: String = all().map(|(manager, id)| format!("{id},店,{manager},117.2,34.2\n")).collect();
    let visit = |(place, (manager, id)): (usize, (&str, String))| {
        format!("{manager},{id},onsite,2026-09-{:02} {:02}:{:02}:07\n", place % 28 + 1, 8 + place / 28, place % 28 + 1)
    };
    let visits: String = all().enumerate().map(visit).collect();
    Site::bare()
        .with("data/customers.csv", format!("customer_id,name,manager_id,lon,lat\n{customers}"))
        .with("data/visits.csv", format!("manager_id,customer_id,mode,started_at\n{visits}"))
}

const CHECKS: &str = "month,manager_id,customer_id,checked_on,result,draw\n";

fn manager<'j>(json: &'j Value, id: &str) -> &'j Value {
    json["managers"].as_array().expect("managers").iter().find(|one| one["manager_id"] == id).expect("he is there")
}

#[test]
fn the_check_says_what_the_random_checks_of_each_manager_prove() {
    // Who was targeted was not drawn; whom he had not visited neither; and what is still to be filled in proves nothing.
    let checks = "2026-09,M1,M101,2026-10-01,pass,random\n2026-09,M1,M102,2026-10-01,fail,targeted\n\
                  2026-09,M1,M201,2026-10-01,pass,\n2026-09,M1,M103,,,\n2026-08,M1,M104,2026-09-01,pass,\n";
    let json =
        site().with("data/checks.csv", format!("{CHECKS}{checks}")).check("--month 2026-09 --as-of 2026-10-31").value;
    let proof = json!({"n": 1, "of": 46, "chance": {"5": 0.07, "10": 0.11, "20": 0.22}});
    assert_eq!(manager(&json, "M1")["proof"], proof);
    let nothing = json!({"n": 0, "of": 10, "chance": {"5": 0.0, "10": 0.0, "20": 0.0}});
    assert_eq!(manager(&json, "M2")["proof"], nothing);
    assert_eq!(json["proof"], json!({"checked": 2, "bad": 0, "at_most_percent": 78}));
}

#[test]
fn without_checks_nothing_is_proven() {
    let json = site().check("--month 2026-09").value;
    assert_eq!((&manager(&json, "M1")["proof"], &json["proof"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_customer_is_bad_if_a_result_is_fail_or_none_is_pass() {
    let row = |customer: usize, result: &str| format!("2026-09,M1,M1{customer:02},2026-10-01,{result},\n");
    let mut checks: String = (1..=17).map(|customer| row(customer, "pass")).collect();
    for (customer, results) in [(18, ["unable", "pass"]), (19, ["pass", "fail"]), (20, ["unable", "unable"])] {
        results.iter().for_each(|result| checks.push_str(&row(customer, result)));
    }
    let site = site().with("data/checks.csv", format!("{CHECKS}{checks}"));
    let json = site.check("--month 2026-09 --as-of 2026-10-31").value;
    assert_eq!(json["proof"], json!({"checked": 20, "bad": 2, "at_most_percent": 29}));
    assert_eq!(manager(&json, "M1")["proof"]["n"], 20);
    let line = "report --data data --month 2026-09 --as-of 2026-10-31 --format markdown";
    for (lang, said) in [
        (
            "zh",
            "本月随机抽查有结果的 20 户中，2 户不合格或无法核查：据此有 95% 的把握，全部拜访客户中不实的至多约占 29%",
        ),
        (
            "en",
            "Of 20 customers checked at random, 2 failed or could not be checked: with 95% confidence at most about 29% of all visited customers are bad",
        ),
    ] {
        let report = site.run(&format!("{line} --lang {lang}")).out;
        assert!(report.contains(said) && report.contains("20 / 46"), "{report}");
    }
}

#[test]
fn the_draw_says_what_checking_it_would_prove() {
    let site = site();
    let line = "sample --data data --month 2026-09 --seed s";
    let json = site.run(&format!("{line} --format json")).json().value;
    assert_eq!(manager(&json, "M1")["proof"], json!({"n": 1, "of": 46, "chance": {"5": 0.07, "10": 0.11, "20": 0.22}}));
    let zh = "46 户中抽 1 户：若有 5%（3 户）不实，至少查到一户的机会为 7%；10%（5 户）为 11%；20%（10 户）为 22%";
    let en = "1 of 46 drawn: the chance of meeting a bad one is 7% if 5% (3) are bad, 11% if 10% (5), 22% if 20% (10)";
    for (lang, said) in [("zh", zh), ("en", en)] {
        let list = site.run(&format!("{line} --lang {lang}")).out;
        // Lines are broken where they are too long.
        let joined = |text: &str| text.replace([' ', '\n'], "");
        assert!(joined(&list).contains(&joined(said)), "{list}");
    }
    let all = site.run(&format!("{line} --percent 100 --format json")).json().value;
    assert_eq!(manager(&all, "M2")["proof"]["chance"], json!({"5": 1.0, "10": 1.0, "20": 1.0}));
}

/// Of each manager the customers with most findings of call proof and integrity, of equals the first by id.
#[test]
fn those_whose_records_call_for_it_most_are_targeted() {
    let far =
        |customer: usize, hour: usize| format!("M1,M1{customer:02},onsite,2026-09-30 {hour:02}:00:07,117.3,34.3\n");
    let visits = [far(7, 8), far(7, 10), far(9, 12), far(5, 14)].concat();
    let own = site();
    let text = std::fs::read_to_string(own.path("data/visits.csv")).expect("it was written");
    let text = text.replace("started_at\n", "started_at,lon,lat\n").replace(":07\n", ":07,,\n");
    let site = own.with("data/visits.csv", text + &visits);
    let line = "sample --data data --month 2026-09 --seed s --spares 1";
    let json = site.run(&format!("{line} --targeted 2 --format json")).json().value;
    let chosen = |json: &Value, manager: &str| -> Vec<(Value, Value)> {
        let drawn = self::manager(json, manager)["drawn"].as_array().expect("a list");
        drawn.iter().map(|pick| (pick["draw"].clone(), pick["customer_id"].clone())).collect()
    };
    let (with, without) = (chosen(&json, "M1"), chosen(&site.run(&format!("{line} --format json")).json().value, "M1"));
    assert_eq!(with[..2], without[..], "the draw is what it is");
    assert_eq!(with[2..], [(json!("targeted"), json!("M107")), (json!("targeted"), json!("M105"))]);
    assert_eq!(chosen(&json, "M2").len(), 2, "nothing was found of his");
    // Read back, those targeted are no part of the draw.
    let csv = site.run(&format!("{line} --targeted 2 --format csv")).out;
    let site = site.with("data/checks-2026-09.csv", csv);
    let back = site.check("--month 2026-09").value;
    assert_eq!(back["inputs"][0]["bad_cells"], 0, "{}", back["inputs"][0]);
    let verified = site.run("sample --data data --month 2026-09 --seed s --spares 1 --verify data/checks-2026-09.csv");
    assert_eq!(verified.code, 0, "{}", verified.out);
}
