//! The two readings side by side: what the program's JSON says (SPEC §4.1) against the plain reading.

use super::cadence::cadence;
use super::program::{self, Answer, Style};
use super::read::Visit;
use super::tally::{Tally, Unit};
use super::world::World;
use super::{Org, day_rules, period_rules, proof_rules, visit_rules};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Judge = fn(&World, &str) -> Tally;

/// The rules read twice; cadence beside them.
const RULES: [(&str, Judge); 17] = [
    ("first-arrival", day_rules::first_arrival),
    ("field-time", day_rules::field_time),
    ("plan-adherence", day_rules::plan_adherence),
    ("plan-made", day_rules::plan_made),
    ("unplanned-cap", day_rules::unplanned_cap),
    ("onsite-share", period_rules::onsite_share),
    ("must-onsite", period_rules::must_onsite),
    ("reschedule", visit_rules::reschedule),
    ("daily-sync", day_rules::daily_sync),
    ("visit-upload", visit_rules::visit_upload),
    ("daily-summary", day_rules::daily_summary),
    ("call-proof", proof_rules::call_proof),
    ("coverage", period_rules::coverage),
    ("retention", period_rules::retention),
    ("spot-check-size", period_rules::spot_check_size),
    ("inquiry-reply", visit_rules::inquiry_reply),
    ("new-customer", visit_rules::new_customer),
];
const OVERLAP: (&str, Judge) = ("overlap", visit_rules::overlap);

/// Rules whose results carry count and of.
const SHARES: [&str; 3] = ["plan-adherence", "unplanned-cap", "onsite-share"];

/// What a rule needs and the run lacks: then it is not assessed at all (§2.3, §3).
fn lacks_needs(w: &World, rule: &str) -> bool {
    let has = |kind: &str| w.org.has(kind);
    let column = |kind: &str, name: &str| w.org.has_column(kind, name);
    match rule {
        "first-arrival" | "unplanned-cap" => !has("plans") && !column("visits", "planned"),
        "field-time" => !column("visits", "ended_at") && !column("visits", "minutes"),
        "plan-adherence" | "plan-made" | "reschedule" => !has("plans"),
        "daily-sync" => !column("days", "synced_at"),
        "daily-summary" => !column("days", "summary_at"),
        "visit-upload" => !column("visits", "uploaded_at"),
        "call-proof" => !has("calls"),
        "spot-check-size" => !has("checks"),
        "inquiry-reply" => !column("inquiries", "replied_at"),
        "cadence" => !has("services") && !column("visits", "items"),
        _ => false,
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], |a| a)
}

fn number(value: &Value, key: &str) -> usize {
    value[key].as_u64().unwrap_or(0) as usize
}

/// Where the readings differ; each line begins with the rule or the part of the answer.
pub fn differences(org: &Org) -> Vec<String> {
    let Some(world) = World::new(org).filter(askable) else { return Vec::new() };
    match program::check(org, Style::default(), 1) {
        Err(error) => vec![format!("run: {error}")],
        Ok(answer) => compare(&world, &answer),
    }
}

/// Without a visit, or where neither visits nor plan rows reach M, the program says that it has nothing to check.
pub fn askable(w: &World) -> bool {
    let dates: Vec<_> = w.visits.iter().map(Visit::date).chain(w.plans.iter().map(|p| p.date)).collect();
    !w.visits.is_empty() && dates.iter().any(|d| *d >= w.month.first()) && dates.iter().any(|d| *d <= w.month.last())
}

fn compare(w: &World, answer: &Answer) -> Vec<String> {
    let mut out = Vec::new();
    around_the_rules(w, answer, &mut out);
    for (rule, judge) in RULES.into_iter().chain([OVERLAP]) {
        compare_rule(w, &answer.json, rule, "", &|m| judge(w, m), &mut out);
    }
    for entry in w.params.entries() {
        compare_rule(w, &answer.json, "cadence", entry.item, &|m| cadence(w, m, &entry), &mut out);
    }
    out
}

fn compare_rule(w: &World, json: &Value, rule: &str, item: &str, judge: &dyn Fn(&str) -> Tally, out: &mut Vec<String>) {
    let name = format!("{rule} {item}");
    // A cadence item that nothing can be said of is named at the start of the reason.
    let meant = |n: &Value| text(n, "rule") == rule && (text(n, "reason").starts_with(item) || lacks_needs(w, rule));
    let not_assessed = list(json, "not_assessed").iter().any(meant);
    if lacks_needs(w, rule) != not_assessed && (lacks_needs(w, rule) || !nothing_to_judge(w, judge)) {
        out.push(format!("{name}: wholly not assessed: program {not_assessed}, plain {}", !not_assessed));
        return;
    }
    for m in w.manager_ids() {
        let results: Vec<&Value> = list(json, "results")
            .iter()
            .filter(|r| text(r, "rule") == rule && text(r, "item") == item && text(r, "manager_id") == m)
            .collect();
        if results.len() != usize::from(!not_assessed) {
            out.push(format!("{name}: {} results for {m}, not assessed {not_assessed}", results.len()));
        }
        for result in results {
            compare_result(&name, &m, result, &findings(json, rule, item, &m), judge(&m), out);
        }
    }
}

/// How often the plain reading meets each verdict, by rule.
pub fn count_verdicts(org: &Org, counts: &mut BTreeMap<(&'static str, &'static str), usize>) {
    let Some(w) = World::new(org).filter(askable) else { return };
    for m in w.manager_ids() {
        for (rule, judge) in RULES.into_iter().chain([OVERLAP]) {
            *counts.entry((rule, judge(&w, &m).verdict())).or_default() += 1;
        }
        for entry in w.params.entries() {
            *counts.entry(("cadence", cadence(&w, &m, &entry).verdict())).or_default() += 1;
        }
    }
}

/// The rules of `count_verdicts`.
pub fn rule_names() -> Vec<&'static str> {
    RULES.into_iter().chain([OVERLAP]).map(|(rule, _)| rule).chain(["cadence"]).collect()
}

fn nothing_to_judge(w: &World, judge: &dyn Fn(&str) -> Tally) -> bool {
    w.manager_ids().iter().all(|m| judge(m).verdict() == "not_assessed")
}

fn compare_result(name: &str, m: &str, result: &Value, failing: &[Unit], plain: Tally, out: &mut Vec<String>) {
    let told = (number(result, "assessed"), number(result, "failed"), number(result, "pending"));
    let meant = (plain.assessed, plain.failing.len(), plain.pending);
    let verdicts = (text(result, "verdict"), plain.verdict());
    if told != meant || verdicts.0 != verdicts.1 {
        out.push(format!("{name}: {m}: program {told:?} {}, plain {meant:?} {}", verdicts.0, verdicts.1));
    }
    let rule = name.split(' ').next().unwrap();
    let share = (number(result, "count") as u64, number(result, "of") as u64);
    if SHARES.contains(&rule) && plain.assessed > 0 && plain.share != Some(share) {
        out.push(format!("{name}: {m}: program {share:?}, plain {:?} (count, of)", plain.share));
    }
    let mut expected = plain.failing.clone();
    expected.sort();
    if failing != expected {
        out.push(format!("{name}: {m}: findings: program {failing:?}, plain {expected:?}"));
    }
}

/// The program's findings as units, with the measures the contract gives them.
fn findings(json: &Value, rule: &str, item: &str, m: &str) -> Vec<Unit> {
    let about = |f: &&Value| text(f, "rule") == rule && text(f, "item") == item && text(f, "manager_id") == m;
    let unit = |f: &Value| Unit {
        when: format!("{}{}", text(f, "date"), text(f, "period")),
        customer: text(f, "customer_id").to_string(),
        share: SHARES.contains(&rule).then(|| (number(f, "count") as u64, number(f, "of") as u64)),
        seconds: if rule == "field-time" { f["seconds"].as_i64() } else { None },
    };
    let mut units: Vec<Unit> = list(json, "findings").iter().filter(about).map(unit).collect();
    units.sort();
    units
}

/// Horizon, managers, unknown customers, unrecorded dates, rows by fate, exit code.
fn around_the_rules(w: &World, answer: &Answer, out: &mut Vec<String>) {
    let json = &answer.json;
    let mut same = |what: &str, program: String, plain: String| {
        if program != plain {
            out.push(format!("{what}: program {program}, plain {plain}"));
        }
    };
    same("horizon", text(json, "horizon").to_string(), w.horizon.to_string());
    let ids: BTreeSet<String> = list(json, "managers").iter().map(|m| text(m, "manager_id").to_string()).collect();
    same("managers", format!("{ids:?}"), format!("{:?}", w.manager_ids()));
    for m in w.manager_ids() {
        let remarks =
            list(json, "remarks").iter().filter(|r| text(r, "kind") == "unrecorded" && text(r, "manager_id") == m);
        let told: Vec<String> =
            remarks.flat_map(|r| list(r, "dates")).map(|d| d.as_str().unwrap().to_string()).collect();
        let meant: Vec<String> = w.unrecorded_dates(&m).iter().map(|d| d.to_string()).collect();
        same(&format!("unrecorded {m}"), format!("{told:?}"), format!("{meant:?}"));
    }
    let told: BTreeSet<String> =
        list(json, "unknown_customers").iter().map(|c| c.as_str().unwrap().to_string()).collect();
    let (surely, at_most) = unknown_customers(w);
    if !(told.is_superset(&surely) && told.is_subset(&at_most)) {
        same("unknown customers", format!("{told:?}"), format!("{surely:?} to {at_most:?}"));
    }
    for table in &w.org.tables {
        let inputs = list(json, "inputs").iter().filter(|i| text(i, "kind") == table.kind);
        let rows: u64 = inputs.flat_map(|i| i["rows"].as_object().unwrap().values()).map(|n| n.as_u64().unwrap()).sum();
        same(&format!("rows of {}", table.kind), rows.to_string(), table.rows.len().to_string());
    }
    let violations = list(json, "findings").iter().any(|f| text(f, "severity") == "violation");
    same("exit code 1", (answer.code == 1).to_string(), violations.to_string());
}

/// Customers that no customers file knows: those of rows in M, and those of any row (which rows of other months are read
/// depends on the rules).
fn unknown_customers(w: &World) -> (BTreeSet<String>, BTreeSet<String>) {
    let visits = w.visits.iter().map(|v| (&v.customer, v.date()));
    let rows: Vec<_> = visits.chain(w.plans.iter().map(|p| (&p.customer, p.date))).collect();
    let unknown = |c: &String| w.customer(c).is_none();
    let surely = rows.iter().filter(|(c, date)| unknown(c) && w.month.has(*date)).map(|(c, _)| c.to_string()).collect();
    (surely, rows.iter().filter(|(c, _)| unknown(c)).map(|(c, _)| c.to_string()).collect())
}
