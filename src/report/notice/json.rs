//! `notice --format json`: `baifang.followup/1` (SPEC-month §9).
//!
//! ```text
//! schema, version, month, horizon
//! rules, columns, inputs, obstacles, rejected    as in baifang.check/2, without the rules' parameters
//! compared      the months before that were looked back to, the latest first: month, file (of results that were taken; null: it
//!               was judged from today's files)
//! before, now, fixed, repeated, not_verifiable, new    how many subjects: before = fixed + repeated + not_verifiable, now =
//!               repeated + new
//! subjects      by manager, rule, item and customer: manager_id, rule, item, customer_id, before and now (findings), state (new,
//!               repeated, fixed, not_verifiable), reason (waived, in_doubt, pending, not_his_customer, no_occasion,
//!               not_assessed), since
//! ```

use super::Notices;
use crate::document::Keys;
use crate::followup::{Compared, Followed};
use crate::lang::Lang;
use crate::report::obstacles::ObstacleJson;
use crate::report::provenance::{columns_json, input_json, rejected_json, rules_json};
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct SubjectJson<'a> {
    manager_id: &'a str,
    rule: &'a str,
    item: Option<&'a str>,
    customer_id: Option<&'a str>,
    before: u64,
    now: u64,
    state: &'static str,
    reason: Option<&'static str>,
    since: Option<String>,
}

fn subject_json(one: &Followed) -> SubjectJson<'_> {
    SubjectJson {
        manager_id: &one.subject.manager,
        rule: &one.subject.rule,
        item: one.subject.item.as_deref(),
        customer_id: one.subject.customer.as_deref(),
        before: one.before,
        now: one.now,
        state: one.outcome.name(),
        reason: one.outcome.reason().map(|reason| reason.name()),
        since: one.since.map(|month| month.to_string()),
    }
}

fn compared_json(one: &Compared) -> serde_json::Value {
    json!({"month": one.month.to_string(), "file": one.file})
}

/// The whole output, key by key.
pub(crate) fn tell<K: Keys>(notices: &Notices, lang: Lang, keys: &mut K) -> Result<(), K::Error> {
    let run = notices.run;
    let (judgement, book, ruleset, counts) = (run.judgement, run.book, run.ruleset, notices.followed.counts());
    keys.value("schema", "baifang.followup/1")?;
    keys.value("version", env!("CARGO_PKG_VERSION"))?;
    keys.value("month", judgement.month.to_string())?;
    keys.value("horizon", book.horizon.to_string())?;
    keys.value("rules", rules_json(ruleset, judgement.month.span()))?;
    keys.list("columns", &run.accounts.columns, |file| [columns_json(file)])?;
    keys.list("inputs", &run.accounts.inputs, |input| [input_json(input)])?;
    keys.list("compared", &notices.followed.compared, |one| [compared_json(one)])?;
    let sums = [
        ("before", counts.before),
        ("now", counts.now),
        ("fixed", counts.fixed),
        ("repeated", counts.repeated),
        ("not_verifiable", counts.not_verifiable),
        ("new", counts.new),
    ];
    sums.into_iter().try_for_each(|(key, sum)| keys.value(key, sum))?;
    keys.list("subjects", &notices.followed.followed, |one| [subject_json(one)])?;
    keys.list("obstacles", &judgement.obstacles, |obstacle| [ObstacleJson::of(obstacle, lang)])?;
    keys.list("rejected", &run.accounts.rejected, |row| [rejected_json(book, row, lang)])
}
