//! Over random organisations: both sides add up, what is open now is what `check` finds, and a plain reading of the results of
//! `check` month by month tells the same.

use crate::harness::{program, text};
use crate::plain::compare::askable;
use crate::plain::program::{Style, write_folder};
use crate::plain::world::World;
use crate::plain::{Org, org};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ORGANISATIONS: usize = 30;
const PER_CUSTOMER: [&str; 7] =
    ["must-onsite", "coverage", "new-customer", "archive", "reschedule", "spot-check-result", "service-quality"];

fn asked(org: &Org, folder: &Path, command: &str, month: &str, options: &[&str]) -> Option<Value> {
    let mut asked = program(folder);
    asked.args([command, "--data", ".", "--rules", "rules.toml", "--format", "json", "--month", month]).args(options);
    if let Some(date) = org.as_of {
        asked.args(["--as-of", &date.to_string()]);
    }
    let output = asked.output().unwrap();
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    serde_json::from_slice(&output.stdout).ok()
}

/// Manager, rule and item.
type Group = (String, String, String);

fn group(value: &Value) -> Group {
    let own = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    (own("manager_id"), own("rule"), own("item"))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap()
}

/// The entries of cadence that are judged customer by customer.
fn entries_of_customers(checked: &Value) -> BTreeSet<String> {
    let entries = checked["rules"]["parameters"]["cadence"]["entries"].as_array().into_iter().flatten();
    entries.filter(|entry| entry["per"] == "customer").map(|entry| text(&entry["item"])).collect()
}

fn adds_up(told: &Value, checked: &Value) {
    let sum = |keys: &[&str]| keys.iter().map(|key| number(told, key)).sum::<u64>();
    assert_eq!(sum(&["before"]), sum(&["fixed", "repeated", "not_verifiable"]));
    assert_eq!(sum(&["now"]), sum(&["repeated", "new"]));
    for (key, state) in
        [("fixed", "fixed"), ("repeated", "repeated"), ("not_verifiable", "not_verifiable"), ("new", "new")]
    {
        let of_state = list(told, "subjects").iter().filter(|one| one["state"] == state).count() as u64;
        assert_eq!(number(told, key), of_state);
    }
    let mut now: BTreeMap<Group, u64> = BTreeMap::new();
    for one in list(told, "subjects").iter().filter(|one| number(one, "now") > 0) {
        *now.entry(group(one)).or_default() += number(one, "now");
    }
    let mut found: BTreeMap<Group, u64> = BTreeMap::new();
    for one in list(checked, "findings").iter().filter(|one| one["state"] == "counted") {
        *found.entry(group(one)).or_default() += 1;
    }
    assert_eq!(now, found, "all that check finds");
}

/// State, counts, reason and since of a group that is no customer's, by the results of the months, this one first.
fn expected(group: &Group, months: &[(String, &Value)]) -> Option<String> {
    let result = |checked: &Value| list(checked, "results").iter().find(|one| self::group(one) == *group).cloned();
    let results: Vec<(&str, Option<Value>)> =
        months.iter().map(|(month, checked)| (month.as_str(), result(checked))).collect();
    let count = |one: &Option<Value>, key: &str| one.as_ref().map_or(0, |one| number(one, key));
    let (_, this) = &results[0];
    let assessed: Vec<(&str, u64)> = results[1..]
        .iter()
        .filter(|(_, one)| count(one, "assessed") > 0)
        .map(|(month, one)| (*month, count(one, "failed")))
        .collect();
    let (was, now) = (assessed.first().map_or(0, |(_, failed)| *failed), count(this, "failed"));
    let in_a_row =
        assessed.iter().take_while(|(_, failed)| *failed > 0).last().map_or(results[0].0, |(month, _)| *month);
    let anyone = |one: &&Value| one["rule"] == group.1 && one["item"].as_str().unwrap_or_default() == group.2;
    let all = ["assessed", "pending", "doubtful", "waived"];
    let has_units =
        list(months[0].1, "results").iter().filter(anyone).any(|one| all.iter().any(|key| number(one, key) > 0));
    let told = match (was > 0, now > 0) {
        (false, false) => return None,
        (true, true) => format!("repeated {in_a_row}"),
        (false, true) => format!("new {}", results[0].0),
        (true, false) if count(this, "assessed") > 0 => "fixed".to_owned(),
        (true, false) => {
            let first = ["waived", "doubtful", "pending"].into_iter().find(|key| count(this, key) > 0);
            let reason = match (first, has_units) {
                (Some("doubtful"), _) => "in_doubt",
                (Some(key), _) => key,
                (None, true) => "no_occasion",
                (None, false) => "not_assessed",
            };
            format!("not_verifiable {reason}")
        }
    };
    Some(format!("{was}→{now} {told}"))
}

fn as_told(one: &Value) -> String {
    let behind = one["reason"].as_str().or(one["since"].as_str()).map(|text| format!(" {text}")).unwrap_or_default();
    format!("{}→{} {}{behind}", one["before"], one["now"], text(&one["state"]))
}

/// Months are tried in which the random data have more than one.
#[test]
fn the_follow_up_is_what_the_results_of_each_month_tell() {
    let mut compared = 0;
    let organisations = (0..).map(org::random).filter(|org| World::new(org).is_some_and(|world| askable(&world)));
    for org in organisations.take(ORGANISATIONS) {
        let folder = tempfile::tempdir().unwrap();
        write_folder(&org, Style::default(), folder.path());
        let month = org.month.to_string();
        let told = asked(&org, folder.path(), "notice", &month, &[]).expect("a follow-up");
        let checked = asked(&org, folder.path(), "check", &month, &[]).expect("results");
        adds_up(&told, &checked);
        let earlier: Vec<(String, Value)> = list(&told, "compared")
            .iter()
            .map(|one| text(&one["month"]))
            .map(|month| (month.clone(), asked(&org, folder.path(), "check", &month, &[]).expect("results")))
            .collect();
        let months: Vec<(String, &Value)> = [(month.clone(), &checked)]
            .into_iter()
            .chain(earlier.iter().map(|(month, one)| (month.clone(), one)))
            .collect();
        let of_customers = entries_of_customers(&checked);
        let is_of_customers = |(_, rule, item): &Group| {
            PER_CUSTOMER.contains(&rule.as_str()) || (rule == "cadence" && of_customers.contains(item))
        };
        let groups: BTreeSet<Group> = months
            .iter()
            .flat_map(|(_, checked)| list(checked, "results").iter().map(group))
            .filter(|one| !is_of_customers(one))
            .collect();
        let plain: BTreeMap<Group, String> =
            groups.iter().filter_map(|group| Some((group.clone(), expected(group, &months)?))).collect();
        let program: BTreeMap<Group, String> = list(&told, "subjects")
            .iter()
            .filter(|one| !is_of_customers(&group(one)))
            .map(|one| (group(one), as_told(one)))
            .collect();
        assert_eq!(program, plain);
        compared += earlier.len();
        // The same from the results as from the data.
        let mut options = Vec::new();
        for (month, results) in &earlier {
            let name = format!("before-{month}.result");
            std::fs::write(folder.path().join(&name), results.to_string()).unwrap();
            options.extend(["--before".to_owned(), name]);
        }
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let read = asked(&org, folder.path(), "notice", &month, &options).expect("a follow-up");
        adds_up(&read, &checked);
        let from_results: BTreeMap<Group, String> = list(&read, "subjects")
            .iter()
            .filter(|one| !is_of_customers(&group(one)))
            .map(|one| (group(one), as_told(one)))
            .collect();
        assert_eq!(from_results, program);
    }
    assert!(compared > ORGANISATIONS / 3, "{compared} months were compared with");
}
