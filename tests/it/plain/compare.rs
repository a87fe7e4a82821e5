//! The two readings side by side: what the program's JSON says (SPEC §4.1) against the plain reading.

use super::program::{self, Answer, Style};
use super::records::Visit;
use super::rule::Rule;
use super::tally::{Finding, Tally};
use super::world::World;
use super::{Org, cadence, day_rules, period_rules, proof_rules, visit_rules};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The rules read twice; of cadence one an entry.
pub(crate) fn rules(w: &World) -> Vec<Rule> {
    let mut rules = day_rules::rules();
    rules.extend(period_rules::rules());
    rules.extend(visit_rules::rules());
    rules.extend(proof_rules::rules());
    rules.extend(w.params.entries().iter().map(cadence::rule));
    rules
}

/// Rules whose results carry count and of.
const SHARES: [&str; 3] = ["plan-adherence", "unplanned-cap", "onsite-share"];

/// What a rule needs and the run lacks: then it is not assessed at all (§2.3, §3).
fn lacks_needs(w: &World, rule: &str) -> bool {
    let has = |kind: &str| w.org.has(kind);
    let column = |kind: &str, name: &str| w.org.has_column(kind, name);
    match rule {
        "first-arrival" | "unplanned-cap" => !has("plans") && !column("visits", "planned"),
        "field-time" | "short-visit" | "overlap" => !column("visits", "ended_at") && !column("visits", "minutes"),
        "plan-adherence" | "plan-made" | "reschedule" => !has("plans"),
        "plan-ahead" => !column("plans", "created_at"),
        "plan-contact" => !column("plans", "mode"),
        "paper-fallback" => !column("days", "status"),
        "daily-sync" => !column("days", "synced_at"),
        "daily-summary" => !column("days", "summary_at"),
        "visit-upload" => !column("visits", "uploaded_at"),
        "web-proof" => !column("visits", "tool"),
        "call-proof" => !has("calls"),
        "spot-check-size" | "spot-check-result" => !has("checks"),
        "inquiry-reply" => !column("inquiries", "replied_at"),
        "complaints" => ["kind", "upheld", "duty"].iter().any(|name| !column("inquiries", name)),
        "cadence" => !has("services") && !column("visits", "items"),
        _ => false,
    }
}

/// An integrity rule that fails over half of its units tells of the app, not of the people (§1.2, half_fail).
fn half_fails(rule: &str, tallies: &BTreeMap<String, Tally>) -> bool {
    let assessed: usize = tallies.values().map(|t| t.assessed).sum();
    let failed: usize = tallies.values().map(|t| t.failing.len()).sum();
    ["overlap", "short-visit", "clock"].contains(&rule) && assessed >= 40 && failed * 2 > assessed
}

/// What the plain reading says of a rule, by manager; None where it is not assessed at all.
pub(crate) fn tallies(w: &World, rule: &Rule) -> Option<BTreeMap<String, Tally>> {
    let by_manager: BTreeMap<String, Tally> =
        w.manager_ids().into_iter().map(|m| (m.clone(), Tally::of(w, &m, rule))).collect();
    (!lacks_needs(w, rule.name) && !half_fails(rule.name, &by_manager)).then_some(by_manager)
}

pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

pub(crate) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], |a| a)
}

fn number(value: &Value, key: &str) -> usize {
    value[key].as_u64().unwrap_or(0) as usize
}

/// Where the readings differ; each line begins with the rule or the part of the answer.
pub(crate) fn differences(org: &Org) -> Vec<String> {
    let Some(world) = World::new(org).filter(askable) else { return Vec::new() };
    match program::check(org, Style::default(), 1) {
        Err(error) => vec![format!("run: {error}")],
        Ok(answer) => compare(&world, &answer),
    }
}

/// Without a visit, or where neither visits nor plan rows reach M, the program says that it has nothing to check.
pub(crate) fn askable(w: &World) -> bool {
    let dates: Vec<_> = w.visits.iter().map(Visit::date).chain(w.plans.iter().map(|p| p.date)).collect();
    !w.visits.is_empty() && dates.iter().any(|d| *d >= w.month.first()) && dates.iter().any(|d| *d <= w.month.last())
}

fn compare(w: &World, answer: &Answer) -> Vec<String> {
    let mut out = Vec::new();
    around_the_rules(w, answer, &mut out);
    let rules = rules(w);
    let read: Vec<_> = rules.iter().map(|rule| (rule, tallies(w, rule))).collect();
    for (rule, plain) in &read {
        compare_rule(w, &answer.json, rule, plain.as_ref(), &mut out);
    }
    compare_scores(w, &answer.json, &read, &mut out);
    out
}

fn compare_rule(w: &World, json: &Value, rule: &Rule, plain: Option<&BTreeMap<String, Tally>>, out: &mut Vec<String>) {
    let name = format!("{} {}", rule.name, rule.item);
    // A cadence item that nothing can be said of is named at the start of the reason.
    let meant = |n: &Value| {
        text(n, "rule") == rule.name && (text(n, "reason").starts_with(rule.item) || lacks_needs(w, rule.name))
    };
    let not_assessed = list(json, "not_assessed").iter().any(meant);
    let nothing = plain.is_none_or(|tallies| tallies.values().all(|t| t.verdict() == "not_assessed"));
    if plain.is_none() != not_assessed && (plain.is_none() || !nothing) {
        out.push(format!("{name}: wholly not assessed: program {not_assessed}, plain {}", !not_assessed));
        return;
    }
    for (m, tally) in plain.into_iter().flatten() {
        let results: Vec<&Value> = list(json, "results")
            .iter()
            .filter(|r| text(r, "rule") == rule.name && text(r, "item") == rule.item && text(r, "manager_id") == m)
            .collect();
        if results.len() != usize::from(!not_assessed) {
            out.push(format!("{name}: {} results for {m}, not assessed {not_assessed}", results.len()));
        }
        for result in results {
            compare_result(&name, m, result, &findings(json, rule, m), tally, out);
        }
    }
}

/// How often the plain reading meets each verdict, by rule.
pub(crate) fn count_verdicts(org: &Org, counts: &mut BTreeMap<(&'static str, &'static str), usize>) {
    let Some(w) = World::new(org).filter(askable) else { return };
    for rule in rules(&w) {
        for tally in tallies(&w, &rule).into_iter().flat_map(BTreeMap::into_values) {
            *counts.entry((rule.name, tally.verdict())).or_default() += 1;
        }
    }
}

type Findings = (Vec<Finding>, Vec<Finding>);

fn compare_result(name: &str, m: &str, result: &Value, told: &Findings, plain: &Tally, out: &mut Vec<String>) {
    let numbers = ["assessed", "failed", "pending", "doubtful"].map(|key| number(result, key));
    let meant = [plain.assessed, plain.failing.len(), plain.pending, plain.doubtful.len()];
    let verdicts = (text(result, "verdict"), plain.verdict());
    if numbers != meant || verdicts.0 != verdicts.1 {
        out.push(format!("{name}: {m}: program {numbers:?} {}, plain {meant:?} {}", verdicts.0, verdicts.1));
    }
    let rule = name.split(' ').next().unwrap();
    let share = (number(result, "count"), number(result, "of"));
    if SHARES.contains(&rule) && plain.assessed > 0 && plain.share != Some(share) {
        out.push(format!("{name}: {m}: program {share:?}, plain {:?} (count, of)", plain.share));
    }
    for (what, told, plain) in [("findings", &told.0, &plain.failing), ("in doubt", &told.1, &plain.doubtful)] {
        let mut plain = plain.clone();
        plain.sort();
        if *told != plain {
            let only = |one: &[Finding], other: &[Finding]| {
                one.iter().filter(|f| !other.contains(f)).cloned().collect::<Vec<_>>()
            };
            let (told, plain) = (only(told, &plain), only(&plain, told));
            out.push(format!("{name}: {m}: {what}: program alone {told:?}, plain alone {plain:?}"));
        }
    }
}

/// The program's findings, counted and in doubt, with the measures the contract gives them.
fn findings(json: &Value, rule: &Rule, m: &str) -> Findings {
    let about = |f: &&Value| text(f, "rule") == rule.name && text(f, "item") == rule.item && text(f, "manager_id") == m;
    let finding = |f: &Value, counted: bool| Finding {
        when: format!("{}{}", text(f, "date"), text(f, "period")),
        customer: text(f, "customer_id").to_string(),
        share: (counted && SHARES.contains(&rule.name)).then(|| (number(f, "count"), number(f, "of"))),
        seconds: if counted && rule.name == "field-time" { f["seconds"].as_i64() } else { None },
    };
    let of_state = |state: &str| {
        let mut out: Vec<Finding> = list(json, "findings")
            .iter()
            .filter(about)
            .filter(|f| text(f, "state") == state)
            .map(|f| finding(f, state == "counted"))
            .collect();
        out.sort();
        out
    };
    (of_state("counted"), of_state("doubtful"))
}

/// §3.4: all entries of cadence together are one rule.
fn compare_scores(w: &World, json: &Value, read: &[(&Rule, Option<BTreeMap<String, Tally>>)], out: &mut Vec<String>) {
    for m in w.manager_ids() {
        let mut by_rule: BTreeMap<&str, (usize, usize, usize, f64)> = BTreeMap::new();
        for (rule, tallies) in read {
            let Some(tally) = tallies.as_ref().and_then(|t| t.get(&m)) else { continue };
            let sum = by_rule.entry(rule.name).or_default();
            *sum = (sum.0 + tally.assessed, sum.1 + tally.failing.len(), sum.2 + tally.pending, rule.weight);
        }
        let scored = by_rule.values().filter(|(n, _, pending, weight)| *n > 0 && *pending == 0 && *weight > 0.0);
        let parts: Vec<(f64, f64)> =
            scored.map(|(n, k, _, weight)| (weight * (1.0 - *k as f64 / *n as f64), *weight)).collect();
        let weights: f64 = parts.iter().map(|p| p.1).sum();
        let plain = (weights > 0.0).then(|| parts.iter().map(|p| p.0).sum::<f64>() / weights * 100.0);
        let told = list(json, "managers").iter().find(|v| text(v, "manager_id") == m).and_then(|v| v["score"].as_f64());
        let same = match (told, plain) {
            (Some(a), Some(b)) => (a - b).abs() < 0.01,
            (None, None) => true,
            _ => false,
        };
        if !same {
            out.push(format!("score: {m}: program {told:?}, plain {plain:?}"));
        }
    }
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
    let kinds: BTreeSet<&str> = list(json, "obstacles").iter().map(|o| text(o, "kind")).collect();
    let unseen = |m: &String| !w.due_customers(m).is_empty() && w.unrecorded_month(m, w.month);
    let no_visits = w.manager_ids().iter().any(unseen);
    same("obstacle no_visits", kinds.contains("no_visits").to_string(), no_visits.to_string());
    if w.manager_ids().iter().any(|m| w.horizon_of(m) < w.horizon) {
        same("obstacle branch_ends_early", kinds.contains("branch_ends_early").to_string(), "true".to_string());
    }
    let counted = |f: &Value| text(f, "severity") == "violation" && text(f, "state") == "counted";
    let violations = list(json, "findings").iter().any(counted);
    let hindered = !kinds.is_empty() || !list(json, "rejected").is_empty();
    let code = if violations { 1 } else { 3 * i32::from(hindered) };
    same("exit code", answer.code.to_string(), code.to_string());
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
