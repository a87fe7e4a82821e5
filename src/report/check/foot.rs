//! The foot of a report: what became of every row, what could not be read, what was not assessed, and by what rules.

use crate::document::{Cell, Column, Document, Table};
use crate::judge;
use crate::judgement::JudgedRule;
use crate::lang::{Lang, words};
use crate::model::Kind;
use crate::report::verdict::clause_words;
use crate::report::{Remark, Run, rows};
use crate::rules::config::ActiveRule;

pub(super) fn add(run: &Run, document: &mut Document, lang: Lang) {
    document.heading(words("数据", "Data").get(lang));
    add_data(run, document, lang);
    let unassessed = unassessed(run);
    if !unassessed.is_empty() {
        document.heading(words("未考核的规则", "Not assessed").get(lang));
        document.table(not_assessed(&unassessed, lang));
    }
    let not_given = not_given(run, lang);
    if !not_given.rows.is_empty() {
        document.heading(words("没有给出的文件，以及有了之后会增加什么", "Not given, and what it would add").get(lang));
        document.table(not_given);
    }
    document.heading(words("来源", "Provenance").get(lang));
    document.table(rows::digests(run.accounts, lang));
    document.text(rows::provenance(run.ruleset).get(lang));
}

/// The kinds of which there is no file, each with the rules that wait for it and what else it is good for.
fn not_given(run: &Run, lang: Lang) -> Table {
    let row = |kind: Kind| {
        let waits = |rule: &&ActiveRule| {
            let needs = rule.judge.needs().iter();
            needs.filter(|need| judge::missing(**need, run.book).is_some()).any(|need| need.is_of(kind))
        };
        let mut rules: Vec<&str> = run.ruleset.rules.iter().filter(waits).map(|rule| rule.meta.id).collect();
        rules.dedup();
        let besides = match kind {
            Kind::Managers => words("姓名、部门、话单中的本机号码", "names, branches, own numbers in call bills"),
            Kind::Days => words("会议、培训、请假免考核", "meetings, training and leave excuse"),
            Kind::Services => words("不在拜访中完成的服务和内业", "services and desk work without a visit"),
            _ => words("", ""),
        };
        let (comma, semicolon) = (words("、", ", "), words("；", "; "));
        let parts = [rules.join(comma.get(lang)), besides.get(lang).to_owned()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        vec![Cell::new(kind.name()), Cell::new(parts.join(semicolon.get(lang)))]
    };
    let absent = Kind::ALL.into_iter().filter(|kind| !run.book.has_file(*kind));
    // Appeals are missed by nobody who has none.
    let adds = |row: &Vec<Cell>| row.iter().all(|cell| !cell.text.is_empty());
    let columns = vec![Column::left(""), Column::left("")];
    Table { columns, rows: absent.map(row).filter(adds).collect(), headed: false, breaks: false }
}

/// What became of every row, what could not be read, and what else there is to remark.
pub fn add_data(run: &Run, document: &mut Document, lang: Lang) {
    document.table(rows::by_fate(&run.accounts.inputs, lang));
    rows::add_rejected(run.book, run.accounts, document, lang);
    if run.is_own {
        document.text(rows::only_counted(run.accounts.cells_unread()).get(lang));
    }
    if !run.accounts.bad_cells.is_empty() {
        document.text(rows::BAD_CELLS.get(lang));
        rows::add_bad_cells(run.book, &run.accounts.bad_cells, document, lang);
    }
    let unknown = run.unknown_customers();
    if !unknown.is_empty() {
        document.text(rows::unknown_customers(&unknown, lang).get(lang));
    }
    if let Some(count) = rows::of_no_customer(run.book.items.of_unknown_customers) {
        document.text(count.get(lang));
    }
    let is_unclaimed = |remark: &&Remark| matches!(remark, Remark::UnclaimedFile { .. });
    let (unclaimed, others): (Vec<&Remark>, Vec<&Remark>) = run.remarks.iter().partition(is_unclaimed);
    for remark in others.into_iter().chain(unclaimed.iter().take(rows::SHOWN).copied()) {
        document.text(remark.words(run.book).get(lang));
    }
    rows::add_rest(document, unclaimed.len(), lang);
}

/// The rules that were assessed for nobody.
pub fn unassessed<'a>(run: &Run<'a>) -> Vec<&'a JudgedRule> {
    run.judgement.rules.iter().filter(|rule| rule.not_assessed.is_some()).collect()
}

/// Rule, clause and the reason.
pub fn not_assessed(rules: &[&JudgedRule], lang: Lang) -> Table {
    let row = |rule: &&JudgedRule| {
        let reason = rule.not_assessed.as_ref().map_or("", |reason| reason.get(lang));
        let item = rule.item.as_ref().map(|item| format!(" {item}")).unwrap_or_default();
        vec![
            Cell::new(format!("{}{item}", rule.id)),
            Cell::new(clause_words(&rule.clause).get(lang)),
            Cell::new(reason),
        ]
    };
    let heads = [words("规则", "rule"), words("条款", "clause"), words("原因", "reason")];
    let columns = heads.map(|head| Column::left(head.get(lang))).to_vec();
    Table { columns, rows: rules.iter().map(row).collect(), headed: false, breaks: false }
}
