//! What findings took from the points of whom, where scores are made of points (SPEC-month §6).

use super::{Run, score_cell};
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::judgement::{JudgedManager, PointsLost};
use crate::lang::{Lang, Words, say, words};
use crate::model::{Deduction, Scoring, ScoringMode};

/// Beside a rule that left nothing.
pub(super) const VETO: Words = words("（一票否决）", " (a veto: nothing is left)");

/// What the mark beside a score says.
pub(super) const SO_FAR: Words = words(
    "得分后的 ~：暂计，扣分的规则还有未到期的项目",
    "~ beside a score: so far; rules that take points have pending units",
);

/// A table of all managers; nothing where scores are no points.
pub(super) fn add(run: &Run, document: &mut Document, lang: Lang) {
    if run.ruleset.settings.scoring.mode != ScoringMode::Points {
        return;
    }
    add_so_far(run, document, lang);
    let of = |manager: &JudgedManager| {
        let name = run.manager_name(manager);
        rows(run, manager, lang).into_iter().map(move |row| [vec![Cell::new(&name)], row].concat())
    };
    let rows: Vec<Vec<Cell>> = run.judgement.managers.iter().flat_map(of).collect();
    if !rows.is_empty() {
        document.heading(words("扣分", "Points lost").get(lang));
        let columns = [vec![Column::left(words("客户经理", "manager").get(lang))], columns(lang)].concat();
        document.table(Table { columns, rows, headed: true, breaks: false });
    }
}

/// What the mark beside scores says, if one is marked.
pub(super) fn add_so_far(run: &Run, document: &mut Document, lang: Lang) {
    let (rules, scoring) = (&run.judgement.rules, &run.ruleset.settings.scoring);
    if run.judgement.managers.iter().any(|manager| manager.is_scored_so_far(rules, scoring)) {
        document.text(SO_FAR.get(lang));
    }
}

/// A table of one manager; empty where nothing was lost.
pub(super) fn of_manager(run: &Run, manager: &JudgedManager, lang: Lang) -> Table {
    Table { columns: columns(lang), rows: rows(run, manager, lang), headed: true, breaks: false }
}

fn columns(lang: Lang) -> Vec<Column> {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    vec![
        Column::right(text("扣分", "points lost")),
        Column::right(text("不合格数", "failed")),
        Column::left(text("规则", "rule")),
        Column::left(text("内容", "what is judged")),
    ]
}

fn rows(run: &Run, manager: &JudgedManager, lang: Lang) -> Vec<Vec<Cell>> {
    let row = |one: &PointsLost| {
        let rule = run.judgement.rules.iter().find(|rule| rule.id == one.rule);
        let title = rule.map_or(words("", ""), |rule| rule.title.clone());
        let title = if one.veto { title.then(&VETO) } else { title };
        vec![
            score_cell(Some(one.lost), false).with_tone(if one.veto { Tone::Bad } else { Tone::Plain }),
            Cell::integer(one.failed),
            Cell::new(one.rule),
            Cell::new(title.get(lang)),
        ]
    };
    manager.points.iter().flatten().map(row).collect()
}

/// What a finding costs: `2 points each, at most 10; from 5 on nothing is left`.
pub(super) fn cost(deduction: &Deduction) -> Words {
    let each = deduction.per_finding.short();
    let mut all = say(format!("每项扣 {each} 分"), format!("{each} points each"));
    if let Some(cap) = deduction.cap {
        let cap = cap.short();
        all = all.then(&say(format!("，至多扣 {cap} 分"), format!(", at most {cap}")));
    }
    if let Some(veto) = deduction.veto {
        all = all.then(&say(format!("；{veto} 项起一票否决"), format!("; from {veto} on nothing is left")));
    }
    all
}

/// How scores are made, where they are made of points: for who reads them.
pub(super) fn definition(scoring: &Scoring) -> Words {
    let base = scoring.base.short();
    say(
        format!("从 {base} 分起，按 [[points]] 逐项扣分，不低于 0 分；一票否决的为 0 分；存疑、申诉成立的不扣"),
        format!(
            "{base} points, less what findings cost by [[points]], and never below 0; 0 after a veto; what is in doubt or waived costs nothing"
        ),
    )
}
