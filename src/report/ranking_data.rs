//! `rank` for machines: CSV, a workbook, and `baifang.rank/1`:
//!
//! ```text
//! schema, version, period, months (those with visits in the data), horizon, min_days
//! rules, inputs, rejected    as in baifang.check/2, without the rules' parameters
//! before      the period that ranks and scores are compared with; null where the data do not reach it
//! standings   one a manager, the ranked first: rank, rank_in_branch (null: not ranked), reason (why not), manager_id,
//!             name, branch, score, months (month, score, days: assessed field-time days),
//!             before (rank, score; null where there is none), lost (rule, points; what cost most first)
//! branches    branch, ranked (how many managers), mean
//! ```

use super::check_csv;
use super::check_json::{input_json, rejected_json};
use super::document::{Field, Keys, Sheet};
use super::ranking::Ranked;
use crate::lang::Lang;
use crate::ranking::{BranchMean, Lost, MonthScore, Points, Standing};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

/// The whole output, key by key.
pub fn tell<K: Keys>(ranked: &Ranked, lang: Lang, keys: &mut K) -> Result<(), K::Error> {
    let (ranking, ruleset) = (ranked.ranking, ranked.ruleset);
    let months: Vec<String> = ranking.months.iter().map(ToString::to_string).collect();
    keys.value("schema", "baifang.rank/1")?;
    keys.value("version", env!("CARGO_PKG_VERSION"))?;
    keys.value("period", ranking.period.to_string())?;
    keys.value("months", months)?;
    keys.value("horizon", ranked.book.horizon.to_string())?;
    keys.value("min_days", ranked.min_days())?;
    keys.value("rules", json!({"path": ruleset.path, "sha256": ruleset.sha256}))?;
    keys.list("inputs", &ranked.accounts.inputs, |input| [input_json(input)])?;
    keys.value("before", ranking.before.map(|period| period.to_string()))?;
    keys.list("standings", &ranked.shown, |one| [standing(ranked, one, lang)])?;
    keys.list("branches", &ranking.branches, |one| [branch(one)])?;
    keys.list("rejected", &ranked.accounts.rejected, |row| [rejected_json(ranked.book, row, lang)])
}

fn standing(ranked: &Ranked, one: &Standing, lang: Lang) -> Value {
    let month =
        |month: &MonthScore| json!({"month": month.month.to_string(), "score": month.score, "days": month.days});
    json!({
        "rank": one.rank,
        "rank_in_branch": one.rank_in_branch,
        "reason": ranked.why_not(one).map(|why| why.get(lang).to_owned()),
        "manager_id": ranked.id(one.id),
        "name": ranked.book.manager_name(one.id),
        "branch": ranked.book.branch(one.id),
        "score": one.score,
        "months": one.months.iter().map(month).collect::<Vec<Value>>(),
        "before": one.before.map(|before| json!({"rank": before.rank, "score": before.score})),
        "lost": one.lost.iter().map(|lost| json!({"rule": lost.rule, "points": lost.points})).collect::<Vec<Value>>(),
    })
}

fn branch(one: &BranchMean) -> Value {
    json!({"branch": one.branch, "ranked": one.ranked, "mean": one.mean})
}

const HEADER: [&str; 22] = [
    "period",
    "rank",
    "rank_in_branch",
    "manager_id",
    "name",
    "branch",
    "score",
    "score_1",
    "score_2",
    "score_3",
    "days_1",
    "days_2",
    "days_3",
    "rank_before",
    "score_before",
    "lost",
    "reason",
    "months",
    "version",
    "horizon",
    "rules_sha256",
    "inputs",
];

/// A manager a row; `score_1` and `days_1` are those of the first of the `months`.
pub fn sheet(ranked: &Ranked, lang: Lang) -> Sheet {
    let mut rows: Vec<Vec<Field>> = ranked.shown.iter().map(|one| row(ranked, one, lang).to_vec()).collect();
    if let Some(inputs) = rows.first_mut().and_then(|row| row.last_mut()) {
        *inputs = Field::Text(check_csv::inputs(&ranked.accounts.inputs));
    }
    Sheet { header: HEADER.to_vec(), rows }
}

fn row(ranked: &Ranked, one: &Standing, lang: Lang) -> [Field; HEADER.len()] {
    fn text(text: impl ToString) -> Field {
        Field::Text(text.to_string())
    }
    fn number(number: Option<impl ToString>) -> Field {
        Field::Number(number.map(|number| number.to_string()).unwrap_or_default())
    }
    let ranking = ranked.ranking;
    let month = |n: usize| one.months.get(n);
    let score = |n| number(month(n).and_then(|month| month.score));
    let days = |n| number(month(n).map(|month| month.days));
    let lost = |lost: &Lost| format!("{} {}", lost.rule, lost.points);
    let months: Vec<String> = ranking.months.iter().map(ToString::to_string).collect();
    let reason = ranked.why_not(one);
    [
        text(ranking.period),
        number(one.rank),
        number(one.rank_in_branch),
        text(ranked.id(one.id)),
        text(ranked.book.manager_name(one.id).unwrap_or_default()),
        text(ranked.book.branch(one.id).unwrap_or_default()),
        number(one.score),
        score(0),
        score(1),
        score(2),
        days(0),
        days(1),
        days(2),
        number(one.before.and_then(|before| before.rank)),
        number(one.before.map(|before| before.score)),
        text(one.lost.iter().map(lost).collect::<Vec<_>>().join("; ")),
        text(reason.as_ref().map_or("", |why| why.get(lang))),
        text(months.join(" ")),
        text(env!("CARGO_PKG_VERSION")),
        text(ranked.book.horizon),
        text(&ranked.ruleset.sha256),
        text(""),
    ]
}
