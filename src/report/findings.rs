//! The findings, grouped by manager and rule.

use super::compliance::{manager_name, mark, tone};
use super::document::{Cell, Column, Document, Table};
use super::{Run, evidence};
use crate::judgement::{Finding, JudgedManager, Party, Severity, Verdict};
use crate::lang::{Lang, Words, counted, say, words};

pub(super) fn add(run: &Run, document: &mut Document, lang: Lang) {
    let shown: Vec<(&JudgedManager, &(usize, Finding))> = run.shown(Party::Manager).collect();
    for of_manager in shown.chunk_by(|(one, _), (two, _)| one.id == two.id) {
        let findings: Vec<&(usize, Finding)> = of_manager.iter().map(|(_, finding)| *finding).collect();
        add_manager(run, of_manager[0].0, &findings, document, lang);
    }
    let all: usize = run.judgement.managers.iter().map(|manager| manager.findings.len()).sum();
    let limit = run.findings.unwrap_or(all);
    if limit > 0 && limit < all {
        let more = say(
            format!("（显示前 {limit} 项，共 {all} 项；--findings all 显示全部）"),
            format!("({limit} of {all} findings shown; --findings all shows every one)"),
        );
        document.text(more.get(lang));
    }
}

fn add_manager(run: &Run, manager: &JudgedManager, shown: &[&(usize, Finding)], document: &mut Document, lang: Lang) {
    let rules = &run.judgement.rules;
    let branch = run.book.branch(manager.id).map(|branch| format!(" {branch}")).unwrap_or_default();
    let name = manager_name(run, manager) + &branch;
    let count = |severity| manager.count(rules, Party::Manager, severity);
    let (violations, warnings) = (count(Severity::Violation), count(Severity::Warning));
    let heading = say(
        format!("{name}：违规 {violations} 项，提醒 {warnings} 项"),
        format!("{name}: {}, {}", counted(violations, "violation"), counted(warnings, "warning")),
    );
    document.heading(heading.get(lang));
    for of_rule in shown.chunk_by(|one, two| one.0 == two.0) {
        let number = of_rule[0].0;
        let (rule, outcome) = (&rules[number], &manager.outcomes[number]);
        let severity = match rule.severity {
            Severity::Violation => words("违规", "violation"),
            Severity::Warning => words("提醒", "warning"),
        };
        let item = rule.item.as_ref().map(|item| format!(" {item}")).unwrap_or_default();
        let (failed, assessed) = (outcome.failed, outcome.assessed);
        let (mark, id, clause, title) = (mark(Verdict::Fail), rule.id, &rule.clause, &rule.title);
        let required =
            common_requirement(of_rule).map(|required| format!(" {}", required.get(lang))).unwrap_or_default();
        let caption = say(
            format!("{mark} {id}{item} {clause} {}{required}：{} {failed}/{assessed}", title.zh, severity.zh),
            format!("{mark} {id}{item} {clause} {}{required}: {} {failed}/{assessed}", title.en, severity.en),
        );
        document.caption(caption.get(lang), tone(Verdict::Fail));
        document.table(table(run, of_rule, lang));
    }
}

/// What is required, where it is the same of all: it is said once, above them.
fn common_requirement<'a>(findings: &[&'a (usize, Finding)]) -> Option<&'a Words> {
    let (_, first) = findings.first()?;
    findings.iter().all(|(_, finding)| finding.required == first.required).then_some(&first.required)
}

fn table(run: &Run, findings: &[&(usize, Finding)], lang: Lang) -> Table {
    let has_customers = findings.iter().any(|(_, finding)| finding.customer.is_some());
    let differ = common_requirement(findings).is_none();
    let row = |(_, finding): &&(usize, Finding)| {
        let customer = finding.customer.map_or("", |id| run.book.customers.text(id.0));
        let mut row = vec![Cell::new(finding.when.to_string())];
        row.extend(has_customers.then(|| Cell::new(customer)));
        row.push(Cell::new(finding.measured.get(lang)));
        row.extend(differ.then(|| Cell::new(finding.required.get(lang))));
        row.push(Cell::new(evidence::short(run.book, &finding.evidence)));
        row
    };
    let rows: Vec<Vec<Cell>> = findings.iter().map(row).collect();
    let columns = rows.first().map_or(0, Vec::len);
    Table { columns: vec![Column::left(""); columns], rows, headed: false, breaks: false }
}
