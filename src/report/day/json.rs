//! `day --format json`: `baifang.day/1` (SPEC-month §3).
//!
//! ```text
//! schema, version, month, horizon, date, manager_id, name, branch
//! rules, columns, inputs     as in baifang.check/2, rules without their parameters
//! working_day, unrecorded    whether it is a working day of his; whether nothing is recorded of it
//! excused                    null, full, am or pm
//! synced_at, summary_at      those that hold of the day's records, null where there are none
//! records                    day records: status, part, synced_at, summary_at, file, line
//! plans                      rows of the date, and moves away from it: customer_id, customer_name, seq, mode, created_at, state
//!                            (standing, moved), moved_from, moved_to (dates or null), moved_by (file, line or null),
//!                            after_first_visit (made when the day's first visit had begun), visited, file, line
//! visits                     by start, those not made last: visit_id, customer_id, customer_name, mode, outcome, started_at,
//!                            ended_at, seconds, planned (null: nothing tells), metres (from the archive's position),
//!                            uploaded_at, source, proof (null: none is asked for; proven, number_unknown, no_call, too_short,
//!                            other_number, taken), call (the call that proves it, or lies nearest: file, line), unknown
//!                            (columns whose cells cannot be read), file, line
//! calls                      number, customer_ids (whose number it is), started_at, seconds, direction, proves (the visit: file,
//!                            line, customer_id; or null), file, line
//! field_time                 null without the rule; else seconds, max_gap_seconds, stretches (from, until, seconds, visits,
//!                            at_customers), gaps (from, until, seconds: too long to count)
//! verdicts                   each rule of days: rule, clause, verdict, state (of a finding), finding_id, measured, required,
//!                            message, reason (of what is not assessed), doubt (file, line, column), evidence
//! findings                   of other rules on the date, likewise
//! rejected                   rejected rows that may belong to the date: file, line
//! obstacles                  as in baifang.check/2
//! ```

use super::told::Told;
use crate::day::{Called, DayVerdict, Planned, Stands, Visited};
use crate::document::Keys;
use crate::judgement::{Finding, finding_id};
use crate::lang::Lang;
use crate::load::Accounts;
use crate::measures::{Excuse, Proof};
use crate::model::{At, ClockTime, Column, DayRecord, Word};
use crate::report::manner::shop_name;
use crate::report::obstacles::ObstacleJson;
use crate::report::provenance::{Place, columns_json, input_json, rules_json};
use crate::report::sentence;
use serde_json::{Value, json};

/// The whole output, key by key.
pub fn tell<K: Keys>(told: &Told, accounts: &Accounts, lang: Lang, keys: &mut K) -> Result<(), K::Error> {
    let (run, day, id) = (told.run, told.day, told.judged.id);
    keys.value("schema", "baifang.day/1")?;
    keys.value("version", env!("CARGO_PKG_VERSION"))?;
    keys.value("month", run.judgement.month.to_string())?;
    keys.value("horizon", run.book.horizon_of(id).to_string())?;
    keys.value("date", day.date.to_string())?;
    keys.value("manager_id", run.manager_text(id))?;
    keys.value("name", run.book.manager_name(id))?;
    keys.value("branch", run.book.branch(id))?;
    keys.value("rules", rules_json(run.ruleset, run.judgement.month.span()))?;
    keys.list("columns", &accounts.columns, |file| [columns_json(file)])?;
    keys.list("inputs", &accounts.inputs, |input| [input_json(input)])?;
    keys.value("working_day", day.is_working)?;
    keys.value("unrecorded", day.is_unrecorded)?;
    keys.value("excused", excused(day.state.excuse))?;
    keys.value("synced_at", day.state.synced.map(|at| at.to_string()))?;
    keys.value("summary_at", day.state.summary.map(|at| at.to_string()))?;
    keys.list("records", &day.records, |record| [record_json(told, record)])?;
    keys.list("plans", &day.plans, |line| [plan_json(told, line)])?;
    keys.list("visits", &day.visits, |visit| [visit_json(told, visit)])?;
    keys.list("calls", &day.calls, |call| [call_json(told, call)])?;
    keys.value("field_time", field_time(told))?;
    keys.list("verdicts", &day.verdicts, |verdict| [verdict_json(told, verdict, lang)])?;
    keys.list("findings", &day.findings, |(rule, finding)| [finding_json(told, *rule, finding, lang)])?;
    keys.list("rejected", &day.rejected, |at| [place(told, *at)])?;
    keys.list("obstacles", &run.judgement.obstacles, |obstacle| [ObstacleJson::of(obstacle, lang)])
}

fn place(told: &Told, at: At) -> Value {
    let Place { file, line } = Place::of(told.run.book, at);
    json!({"file": file, "line": line})
}

/// With its place in the data.
fn placed(told: &Told, at: At, mut value: Value) -> Value {
    let Place { file, line } = Place::of(told.run.book, at);
    value["file"] = json!(file);
    value["line"] = json!(line);
    value
}

fn excused(excuse: Excuse) -> Option<&'static str> {
    match (excuse.am, excuse.pm) {
        (true, true) => Some("full"),
        (true, false) => Some("am"),
        (false, true) => Some("pm"),
        (false, false) => None,
    }
}

fn record_json(told: &Told, record: &DayRecord) -> Value {
    let value = json!({
        "status": record.status.name(),
        "part": record.part.name(),
        "synced_at": record.synced.map(|at| at.to_string()),
        "summary_at": record.summary.map(|at| at.to_string()),
    });
    placed(told, record.at, value)
}

fn plan_json(told: &Told, line: &Planned) -> Value {
    let value = json!({
        "customer_id": told.id(line.customer),
        "customer_name": shop_name(told.run.book, line.customer),
        "seq": line.seq,
        "mode": line.mode.map(Word::name),
        "created_at": line.created.map(|at| at.to_string()),
        "state": line.state(),
        "moved_from": line.from.map(|date| date.to_string()),
        "moved_to": line.to.map(|(date, _)| date.to_string()),
        "moved_by": line.to.map(|(_, at)| place(told, at)),
        "after_first_visit": line.is_late,
        "visited": line.is_visited,
    });
    placed(told, line.at, value)
}

fn visit_json(told: &Told, visit: &Visited) -> Value {
    let value = json!({
        "visit_id": visit.id.as_deref(),
        "customer_id": told.id(visit.customer),
        "customer_name": shop_name(told.run.book, visit.customer),
        "mode": visit.mode.name(),
        "outcome": visit.outcome.name(),
        "started_at": visit.started.map(|at| at.to_string()),
        "ended_at": visit.ended.map(|at| at.to_string()),
        "seconds": visit.seconds(),
        "planned": visit.is_planned,
        "metres": visit.metres().map(|metres| (metres * 100.0).round() / 100.0),
        "uploaded_at": visit.uploaded.map(|at| at.to_string()),
        "source": visit.source.name(),
        "proof": visit.proof.as_ref().map(Proof::name),
        "call": visit.proof.as_ref().and_then(Proof::call).map(|call| place(told, call.at)),
        "unknown": visit.unknown.iter().map(Column::name).collect::<Vec<&str>>(),
    });
    placed(told, visit.at, value)
}

fn call_json(told: &Told, called: &Called) -> Value {
    let call = &called.call;
    let numbers: Vec<String> = [&call.number].into_iter().chain(&call.others).map(ToString::to_string).collect();
    let proves = called.proves.map(|(at, customer)| {
        let mut proves = place(told, at);
        proves["customer_id"] = json!(told.id(customer));
        proves
    });
    let value = json!({
        "number": numbers.join("/"),
        "customer_ids": called.customers.iter().map(|id| told.id(*id)).collect::<Vec<&str>>(),
        "started_at": call.started.to_string(),
        "seconds": call.seconds,
        "direction": call.direction.name(),
        "proves": proves,
    });
    placed(told, call.at, value)
}

fn field_time(told: &Told) -> Value {
    let Some(stretches) = &told.day.stretches else { return Value::Null };
    let clock = |second: u32| ClockTime(second).long();
    let stretches = stretches.iter().map(|stretch| {
        json!({
            "from": clock(stretch.start),
            "until": clock(stretch.end),
            "seconds": stretch.seconds(),
            "visits": stretch.visits,
            "at_customers": stretch.at_customers,
        })
    });
    let gaps = told
        .day
        .gaps()
        .into_iter()
        .map(|(from, until)| json!({"from": clock(from), "until": clock(until), "seconds": until - from}));
    json!({
        "seconds": told.day.field_seconds(),
        "max_gap_seconds": told.max_gap,
        "stretches": stretches.collect::<Vec<Value>>(),
        "gaps": gaps.collect::<Vec<Value>>(),
    })
}

fn verdict_json(told: &Told, verdict: &DayVerdict, lang: Lang) -> Value {
    let mut value = match &verdict.stands {
        Stands::Found(finding) => finding_json(told, verdict.rule, finding, lang),
        Stands::Kept(finding) => {
            let mut kept = finding_json(told, verdict.rule, finding, lang);
            // It is told as one that failed would be, and is none.
            for key in ["finding_id", "state", "message"] {
                kept[key] = Value::Null;
            }
            kept
        }
        Stands::NotAssessed(why) => {
            let rule = &told.run.judgement.rules[verdict.rule];
            json!({"rule": rule.id, "clause": rule.clause, "finding_id": null, "state": null, "customer_id": null,
                "measured": null, "required": null, "message": null, "reason": why.get(lang), "doubt": null, "evidence": []})
        }
    };
    value["verdict"] = json!(verdict.stands.verdict().name());
    value
}

fn finding_json(told: &Told, rule: usize, finding: &Finding, lang: Lang) -> Value {
    let book = told.run.book;
    let rule = &told.run.judgement.rules[rule];
    let doubt = finding.doubt.as_ref().map(|doubt| {
        let mut told_at = place(told, doubt.at);
        told_at["column"] = json!(doubt.column.map(Column::name));
        told_at
    });
    json!({
        "rule": rule.id,
        "clause": rule.clause,
        "finding_id": finding_id(book.names(), rule, told.judged.id, finding),
        "state": finding.state().name(),
        "customer_id": finding.customer.map(|id| told.id(id)),
        "measured": finding.measured.get(lang),
        "required": finding.required.get(lang),
        "message": sentence::of(book, finding).get(lang),
        "reason": null,
        "doubt": doubt,
        "evidence": finding.evidence.lines.iter().map(|at| place(told, *at)).collect::<Vec<Value>>(),
    })
}
