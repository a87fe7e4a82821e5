//! Many managers on a few pages: a line each, the lowest score first.

use crate::document::{Cell, Column, Document, Table, Tone};
use crate::judgement::{JudgedManager, Party, Severity};
use crate::lang::{Lang, say, words};
use crate::report::headline::Headlined;
use crate::report::{Run, conclusion};

/// So many lines are four pages.
const MOST: usize = 200;

pub(super) fn body(run: &Run, lang: Lang) -> Document {
    let mut document = Document::default();
    let mut managers: Vec<&JudgedManager> = run.judgement.managers.iter().collect();
    // Who has no score stands last.
    managers.sort_by_key(|one| (one.score.is_none(), one.score));
    let told = say(
        format!("本文件为 {} 名客户经理的摘要，得分低的在前", managers.len()),
        format!("This is a summary of {} managers, the lowest score first", managers.len()),
    );
    let rest = managers.len().saturating_sub(MOST);
    let rest = match rest {
        0 => words("", ""),
        n => say(format!("；另有 {n} 名没有列出"), format!("; {n} more are not listed")),
    };
    let elsewhere = words(
        "。每项发现见网页版、工作簿和各人的月报（--per-manager）；report --all 可全部印出。",
        ". Every finding stands in the web page, in the workbook and in the managers' own reports (--per-manager); report --all prints all of it.",
    );
    document.text(told.then(&rest).then(&elsewhere).get(lang));
    document.table(table(run, &managers[..managers.len().min(MOST)], lang));
    document
}

fn table(run: &Run, managers: &[&JudgedManager], lang: Lang) -> Table {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let headlines = Headlined::all(run.judgement);
    let mut columns = vec![Column::left(text("客户经理", "manager")), Column::left(text("部门", "branch"))];
    columns.push(Column::right(text("得分", "score")));
    columns.extend(headlines.iter().map(|one| Column::right(one.headline.short.get(lang))));
    columns.extend([
        Column::right(text("违规", "violations")),
        Column::right(text("提醒", "warnings")),
        Column::left(text("失分最多（不合格/考核）", "costliest rules (failed/assessed)")),
    ]);
    let rules = &run.judgement.rules;
    let row = |one: &&JudgedManager| {
        let branch = run.book.branch(one.id).unwrap_or_default();
        let mut row = vec![Cell::new(run.manager_name(one)), Cell::new(branch), run.score(one)];
        row.extend(headlines.iter().map(|headline| match headline.outcome(one) {
            Some(outcome) => headline.cell(outcome, lang),
            None => Cell::new("-"),
        }));
        for severity in [Severity::Violation, Severity::Warning] {
            let n = one.count(rules, Party::Manager, severity);
            row.push(Cell::integer(n).with_tone(if n == 0 { Tone::Faint } else { Tone::Plain }));
        }
        row.push(Cell::new(conclusion::why(rules, one).get(lang)));
        row
    };
    Table { columns, rows: managers.iter().map(row).collect(), headed: true, breaks: false }
}
