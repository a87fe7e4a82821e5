//! `diff --format json`: `baifang.diff/2`.
//!
//! ```text
//! schema, version
//! a, b         file, version, month, horizon, rules (path, sha256)
//! worse        whether a manager of both sides has more failed units of a rule that is a violation: exit code 1
//! inputs       kind, path, a, b: SHA-256, null where the file is not there
//! parameters   rule, parameter, a, b: null where the rule is off
//! managers     came, went: ids
//! scores       manager_id, a, b
//! verdicts     manager_id, rule, item, turn ("worse", "better", "doubt": units in doubt would decide which, "changed"),
//!              a, b: verdict, assessed, failed, doubtful, waived, pending, or null where the rule was judged for nobody
//! counts       rule, item, a, b: failed units of all managers
//! findings     null where the months differ or a side does not hold all its findings; else appeared, vanished: id, rule,
//!              item, severity, manager_id, date, period, customer_id, visit_id, measured, required; and changed: the
//!              same as b has it, with measured, required and severity of a as "before"; all of these count. Then
//!              turned: of those that count on one side only, as b has them, with the state in a as "before"; and apart:
//!              those that count on neither and are on one side only, with its name as "only_in"
//! ```
//!
//! Only what differs is there.

use super::Compared;
use crate::diff::{CheckResult, Finding, Findings, Outcome};
use serde_json::{Value, json};

pub fn of(compared: &Compared) -> Value {
    let diff = &compared.diff;
    let list = |values: Vec<Value>| Value::Array(values);
    json!({
        "schema": "baifang.diff/2",
        "version": env!("CARGO_PKG_VERSION"),
        "a": side(compared.a, diff.a),
        "b": side(compared.b, diff.b),
        "worse": diff.is_worse(),
        "inputs": list(diff.inputs.iter().map(|one| {
            json!({"kind": one.kind, "path": one.path, "a": one.a, "b": one.b})
        }).collect()),
        "parameters": list(diff.parameters.iter().map(|one| {
            json!({"rule": one.rule, "parameter": one.name, "a": one.a, "b": one.b})
        }).collect()),
        "managers": {"came": diff.came, "went": diff.went},
        "scores": list(diff.scores.iter().map(|one| {
            json!({"manager_id": one.manager, "a": one.a, "b": one.b})
        }).collect()),
        "verdicts": list(diff.verdicts.iter().map(|one| {
            json!({
                "manager_id": one.manager, "rule": one.rule, "item": one.item, "turn": one.turn.name(),
                "a": one.a.map(outcome), "b": one.b.map(outcome),
            })
        }).collect()),
        "counts": list(diff.counts.iter().map(|one| {
            json!({"rule": one.rule, "item": one.item, "a": one.a, "b": one.b})
        }).collect()),
        "findings": diff.findings.as_ref().map(findings),
    })
}

fn side(file: &str, result: &CheckResult) -> Value {
    json!({
        "file": file,
        "version": result.version,
        "month": result.month,
        "horizon": result.horizon,
        "rules": {"path": result.rules.path, "sha256": result.rules.sha256},
    })
}

fn outcome(outcome: &Outcome) -> Value {
    json!({
        "verdict": outcome.verdict,
        "assessed": outcome.assessed,
        "failed": outcome.failed,
        "doubtful": outcome.doubtful,
        "waived": outcome.waived,
        "pending": outcome.pending,
    })
}

fn findings(found: &Findings) -> Value {
    let changed = |(a, b): &(&Finding, &Finding)| {
        let mut told = finding(b);
        told["before"] = json!({"measured": a.measured, "required": a.required, "severity": a.severity});
        told
    };
    let turned = |(a, b): &(&Finding, &Finding)| {
        let mut told = finding(b);
        told["before"] = json!({"state": a.state});
        told
    };
    let apart = |(a, b): &(Option<&Finding>, Option<&Finding>)| {
        let mut told = finding(a.or(*b)?);
        told["only_in"] = if a.is_some() { "a" } else { "b" }.into();
        Some(told)
    };
    json!({
        "appeared": found.appeared.iter().map(|one| finding(one)).collect::<Vec<Value>>(),
        "vanished": found.vanished.iter().map(|one| finding(one)).collect::<Vec<Value>>(),
        "changed": found.changed.iter().map(changed).collect::<Vec<Value>>(),
        "turned": found.turned.iter().map(turned).collect::<Vec<Value>>(),
        "apart": found.apart.iter().filter_map(apart).collect::<Vec<Value>>(),
    })
}

fn finding(one: &Finding) -> Value {
    json!({
        "id": one.id,
        "rule": one.rule,
        "item": one.item,
        "severity": one.severity,
        "manager_id": one.manager_id,
        "date": one.date,
        "period": one.period,
        "customer_id": one.customer_id,
        "visit_id": one.visit_id,
        "measured": one.measured,
        "required": one.required,
        "state": one.state,
    })
}
