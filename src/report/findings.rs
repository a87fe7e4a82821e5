//! The findings, grouped by manager and rule.

use super::compliance::{manager_name, mark, tone};
use super::document::{Cell, Column, Document, Table};
use super::{Run, evidence};
use crate::judgement::{Finding, JudgedManager, Severity, Verdict};
use crate::lang::{Lang, say, words};

pub(super) fn add(run: &Run, document: &mut Document, lang: Lang) {
    let mut left = run.findings.unwrap_or(usize::MAX);
    let all: usize = run.judgement.managers.iter().map(|manager| manager.findings.len()).sum();
    for manager in run.judgement.managers.iter().filter(|manager| !manager.findings.is_empty()) {
        if left == 0 {
            break;
        }
        let shown = &manager.findings[..manager.findings.len().min(left)];
        left -= shown.len();
        add_manager(run, manager, shown, document, lang);
    }
    let limit = run.findings.unwrap_or(all);
    if limit > 0 && limit < all {
        let more = say(
            format!("(显示前 {limit} 项,共 {all} 项;--findings all 显示全部)"),
            format!("({limit} of {all} findings shown; --findings all shows every one)"),
        );
        document.text(more.get(lang));
    }
}

fn add_manager(
    run: &Run,
    manager: &JudgedManager,
    shown: &[(usize, Finding)],
    document: &mut Document,
    lang: Lang,
) {
    let rules = &run.judgement.rules;
    let (name, branch) = (manager_name(run, manager), run.book.branch(manager.id).unwrap_or_default());
    let counts = (manager.count(rules, Severity::Violation), manager.count(rules, Severity::Warning));
    let heading = say(
        format!("{name} {branch}:违规 {} 项,提醒 {} 项", counts.0, counts.1),
        format!("{name} {branch}: {} violations, {} warnings", counts.0, counts.1),
    );
    document.heading(heading.get(lang));
    for of_rule in shown.chunk_by(|(one, _), (two, _)| one == two) {
        let (number, _) = of_rule[0];
        let (rule, outcome) = (&rules[number], &manager.outcomes[number]);
        let severity = match rule.severity {
            Severity::Violation => words("违规", "violation"),
            Severity::Warning => words("提醒", "warning"),
        };
        let caption = format!(
            "{} {} {} {}, {} {}/{}",
            mark(Verdict::Fail),
            rule.id,
            rule.clause,
            rule.title.get(lang),
            severity.get(lang),
            outcome.failed,
            outcome.assessed
        );
        document.caption(caption, tone(Verdict::Fail));
        document.table(table(run, of_rule, lang));
    }
}

fn table(run: &Run, findings: &[(usize, Finding)], lang: Lang) -> Table {
    let has_customers = findings.iter().any(|(_, finding)| finding.customer.is_some());
    let mut columns = vec![Column::left("")];
    columns.extend(has_customers.then(|| Column::left("")));
    columns.extend([Column::left(""), Column::left(""), Column::left("")]);
    let row = |(_, finding): &(usize, Finding)| {
        let customer = finding.customer.map_or("", |id| run.book.customers.text(id.0));
        let mut row = vec![Cell::new(finding.when.to_string())];
        row.extend(has_customers.then(|| Cell::new(customer)));
        row.push(Cell::new(finding.measured.get(lang)));
        row.push(Cell::new(finding.required.get(lang)));
        row.push(Cell::new(evidence::short(run.book, &finding.evidence)));
        row
    };
    Table { columns, rows: findings.iter().map(row).collect(), headed: false, breaks: false }
}
