//! `rank --format csv`: a manager a row.

use super::Ranked;
use crate::document::{Field, Sheet};
use crate::lang::Lang;
use crate::ranking::{Lost, Standing};
use crate::report::provenance;

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
pub fn build(ranked: &Ranked, lang: Lang) -> Sheet {
    let mut rows: Vec<Vec<Field>> = ranked.shown.iter().map(|one| row(ranked, one, lang).to_vec()).collect();
    if let Some(inputs) = rows.first_mut().and_then(|row| row.last_mut()) {
        *inputs = Field::Text(provenance::inputs(ranked.accounts));
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
    let lost = |lost: &Lost| format!("{} {}{}", lost.rule, lost.points, if lost.veto { " veto" } else { "" });
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
