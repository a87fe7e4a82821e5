//! `check` for people: per manager the four headline measures, then what they rest on.

pub mod csv;
mod findings;
mod foot;
pub mod json;
mod matrix;
mod section;

pub use findings::{apart, of_manager as findings_of};
pub use foot::{add_data, not_assessed, unassessed};
pub use matrix::cell as matrix_cell;
pub use section::{HEADING as SECTION_HEADING, body as section_body};

use super::headline::Headlined;
use super::{Run, appeals, obstacles, points};
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::judgement::{JudgedManager, Party, Severity};
use crate::lang::{Lang, Words, counted, say, words};

/// The whole report.
pub fn build(run: &Run, with_matrix: bool, lang: Lang) -> Document {
    let mut document = Document::default();
    head(run, &mut document, lang);
    obstacles::add(&run.judgement.obstacles, &mut document, lang);
    if !run.judgement.obstacles.is_empty() {
        document.heading(words("考核结果", "Results").get(lang));
    }
    document.table(headline_table(run, lang));
    document.text(legend().get(lang));
    if let Some(waived) = appeals::legend(run) {
        document.text(waived.get(lang));
    }
    points::add(run, &mut document, lang);
    if with_matrix {
        matrix::add(run, &mut document, lang);
    }
    findings::add(run, &mut document, lang);
    appeals::add_left(run, &mut document, lang);
    section::add(run, &mut document, lang);
    foot::add(run, &mut document, lang);
    document.text(summary(run).get(lang));
    document
}

fn head(run: &Run, document: &mut Document, lang: Lang) {
    let (month, horizon) = (run.judgement.month, run.book.horizon);
    let managers = run.judgement.managers.len() as u64;
    let title = say(
        format!("拜访规范检查 {month}：{managers} 名客户经理，数据截止 {horizon}"),
        format!("Visiting standard, {month}: {}, data to {horizon}", counted(managers, "manager")),
    );
    document.title(title.get(lang));
    if let Some(notice) = run.incomplete() {
        document.text(notice.get(lang));
    }
}

fn headline_table(run: &Run, lang: Lang) -> Table {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let mut columns = vec![Column::left(text("客户经理", "manager")), Column::left(text("部门", "branch")).if_wide()];
    let headlines = Headlined::all(run.judgement);
    let head = |one: &Headlined| Column::left(format!("{}\n{}", one.headline.short.get(lang), one.limit(lang)));
    columns.extend(headlines.iter().map(head));
    columns.push(Column::right(text("违规", "viola-\ntions")));
    columns.push(Column::right(text("提醒", "warn-\nings")));
    columns.push(Column::right(text("得分", "score")));
    let rows = run.judgement.managers.iter().map(|manager| headline_row(run, &headlines, manager, lang));
    Table { columns, rows: rows.collect(), headed: true, breaks: false }
}

fn headline_row(run: &Run, headlines: &[Headlined], manager: &JudgedManager, lang: Lang) -> Vec<Cell> {
    let rules = &run.judgement.rules;
    let mut row =
        vec![Cell::new(run.manager_name(manager)), Cell::new(run.book.branch(manager.id).unwrap_or_default())];
    let cell = |one: &Headlined| one.outcome(manager).map(|outcome| one.cell(outcome, lang)).unwrap_or_default();
    row.extend(headlines.iter().map(cell));
    for severity in [Severity::Violation, Severity::Warning] {
        let count = manager.count(rules, Party::Manager, severity);
        let bad = severity == Severity::Violation && count > 0;
        row.push(Cell::integer(count).with_tone(if bad { Tone::Bad } else { Tone::Plain }));
    }
    row.push(run.score(manager));
    row
}

fn legend() -> Words {
    words(
        "✓ 合格  ✗ 不合格  ? 存疑  ~ 未到期  - 未考核    天：达标天数/考核天数",
        "✓ pass  ✗ fail  ? in doubt  ~ pending  - not assessed  d: days kept/assessed",
    )
}

fn summary(run: &Run) -> Words {
    let judgement = run.judgement;
    let managers = judgement.managers.len() as u64;
    let (violations, warnings) = (judgement.count(Severity::Violation), judgement.count(Severity::Warning));
    let doubtful = judgement.doubtful();
    let unsure = match doubtful {
        0 => words("", ""),
        n => say(format!("，存疑 {n} 项"), format!(", {n} in doubt")),
    };
    let waived = match judgement.waived() {
        0 => words("", ""),
        n => say(format!("，申诉成立 {n} 项"), format!(", {n} waived")),
    };
    let all = say(
        format!("合计：{managers} 名客户经理，违规 {violations} 项，提醒 {warnings} 项"),
        format!(
            "In all: {}, {}, {}",
            counted(managers, "manager"),
            counted(violations, "violation"),
            counted(warnings, "warning")
        ),
    );
    all.then(&unsure).then(&waived)
}
