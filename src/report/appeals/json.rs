//! `appeals --format json`: `baifang.appeals/1` (SPEC-month §9).
//!
//! ```text
//! schema, version, month, horizon
//! rules, columns, inputs, obstacles, rejected    as in baifang.check/2, without the rules' parameters
//! appeals     those against findings of the month in the order of these, then the others in file order: finding_id, state
//!             (waived, open, rejected, not_counting, other_month, no_such_finding), why, reason_code, decided_by, filed_on,
//!             decided_on
//! summary     by manager, code and approver: by, key (null: not given), filed, waived, rejected, open, not_counting; only
//!             appeals against findings of the month
//! ```

use crate::appeals::{Counts, Group, summary};
use crate::document::Keys;
use crate::judgement::JudgedAppeal;
use crate::lang::Lang;
use crate::model::Moment;
use crate::report::Run;
use crate::report::obstacles::ObstacleJson;
use crate::report::provenance::{columns_json, input_json, rejected_json, rules_json};
use serde::Serialize;

/// An appeal, here and in `check`'s JSON.
#[derive(Serialize)]
pub struct AppealJson<'a> {
    pub finding_id: &'a str,
    pub state: &'static str,
    pub why: Option<&'a str>,
    pub reason_code: Option<&'a str>,
    pub decided_by: Option<&'a str>,
    pub filed_on: Option<String>,
    pub decided_on: Option<String>,
}

impl<'a> AppealJson<'a> {
    pub fn of(one: &'a JudgedAppeal, lang: Lang) -> Self {
        let date = |moment: Option<Moment>| moment.map(|moment| moment.date.to_string());
        Self {
            finding_id: &one.finding_id,
            state: one.state.name(),
            why: one.why.as_ref().map(|why| why.get(lang)),
            reason_code: one.appeal.reason_code.as_deref(),
            decided_by: one.appeal.decided_by.as_deref(),
            filed_on: date(one.appeal.filed),
            decided_on: date(one.appeal.decided),
        }
    }
}

#[derive(Serialize)]
struct SummaryJson<'a> {
    by: &'static str,
    key: Option<&'a str>,
    filed: u64,
    waived: u64,
    rejected: u64,
    open: u64,
    not_counting: u64,
}

fn summary_json<'a>((group, key, counts): &(Group, Option<&'a str>, Counts)) -> SummaryJson<'a> {
    let Counts { filed, waived, rejected, open, not_counting } = *counts;
    SummaryJson { by: group.name(), key: *key, filed, waived, rejected, open, not_counting }
}

/// The whole output, key by key.
pub fn tell<K: Keys>(run: &Run, lang: Lang, keys: &mut K) -> Result<(), K::Error> {
    let (judgement, book, ruleset) = (run.judgement, run.book, run.ruleset);
    keys.value("schema", "baifang.appeals/1")?;
    keys.value("version", env!("CARGO_PKG_VERSION"))?;
    keys.value("month", judgement.month.to_string())?;
    keys.value("horizon", book.horizon.to_string())?;
    keys.value("rules", rules_json(ruleset, judgement.month.span()))?;
    keys.list("columns", &run.accounts.columns, |file| [columns_json(file)])?;
    keys.list("inputs", &run.accounts.inputs, |input| [input_json(input)])?;
    keys.list("appeals", &judgement.appeals, |appeal| [AppealJson::of(appeal, lang)])?;
    keys.list("summary", &summary(book, &judgement.appeals), |one| [summary_json(one)])?;
    keys.list("obstacles", &judgement.obstacles, |obstacle| [ObstacleJson::of(obstacle, lang)])?;
    keys.list("rejected", &run.accounts.rejected, |row| [rejected_json(book, row, lang)])
}
