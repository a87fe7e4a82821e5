//! `rank --format json`: `baifang.rank/1`.
//!
//! ```text
//! schema, version, period, months (those with visits in the data), horizon, min_days
//! rules, columns, inputs, obstacles, rejected    as in baifang.check/2, without the rules' parameters
//! before      the period that ranks and scores are compared with; null where the data do not reach it
//! standings   one a manager, the ranked first: rank, rank_in_branch (null: not ranked), reason (why not), manager_id,
//!             name, branch, score, doubtful (units that do not count, for they are in doubt), waived (by appeals), months (month, score, days: assessed or waived field-time days),
//!             before (rank, score; null where there is none), lost (rule, points; what cost most first)
//! branches    branch, ranked (how many managers), mean
//! ```

use super::Ranked;
use crate::document::Keys;
use crate::lang::Lang;
use crate::ranking::{BranchMean, MonthScore, Standing};
use crate::report::obstacles::ObstacleJson;
use crate::report::provenance::{columns_json, input_json, rejected_json, rules_json};
use serde_json::{Value, json};

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
    keys.value("rules", rules_json(ruleset, ranking.period.span()))?;
    keys.list("columns", &ranked.accounts.columns, |file| [columns_json(file)])?;
    keys.list("inputs", &ranked.accounts.inputs, |input| [input_json(input)])?;
    keys.value("before", ranking.before.map(|period| period.to_string()))?;
    keys.list("standings", &ranked.shown, |one| [standing(ranked, one, lang)])?;
    keys.list("branches", &ranking.branches, |one| [branch(one)])?;
    keys.list("obstacles", ranked.obstacles, |obstacle| [ObstacleJson::of(obstacle, lang)])?;
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
        "doubtful": one.doubtful,
        "waived": one.waived,
        "months": one.months.iter().map(month).collect::<Vec<Value>>(),
        "before": one.before.map(|before| json!({"rank": before.rank, "score": before.score})),
        "lost": one.lost.iter().map(|lost| json!({"rule": lost.rule, "points": lost.points})).collect::<Vec<Value>>(),
    })
}

fn branch(one: &BranchMean) -> Value {
    json!({"branch": one.branch, "ranked": one.ranked, "mean": one.mean})
}
