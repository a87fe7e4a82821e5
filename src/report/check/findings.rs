//! The findings, grouped by manager and rule.

use crate::document::{Block, Cell, Column, Document, Findings, Value};
use crate::judgement::{Finding, JudgedManager, Party, Severity, Verdict, When};
use crate::lang::{Lang, Words, counted, say, words};
use crate::report::verdict::{mark, severity_words, tone};
use crate::report::{Run, evidence};

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
    let name = run.manager_name(manager) + &branch;
    let count = |severity| manager.count(rules, Party::Manager, severity);
    let (violations, warnings) = (count(Severity::Violation), count(Severity::Warning));
    let heading = say(
        format!("{name}：违规 {violations} 项，提醒 {warnings} 项"),
        format!("{name}: {}, {}", counted(violations, "violation"), counted(warnings, "warning")),
    );
    document.heading(heading.get(lang));
    for of_rule in shown.chunk_by(|one, two| one.0 == two.0) {
        document.blocks.push(Block::Findings(of_one_rule(run, manager, of_rule, lang)));
    }
}

/// What is shown of a manager's findings by the managers' rules, rule by rule.
pub fn of_manager(run: &Run, manager: &JudgedManager, shown: &[(usize, Finding)], lang: Lang) -> Vec<Findings> {
    let rules = &run.judgement.rules;
    let own: Vec<&(usize, Finding)> = shown.iter().filter(|(rule, _)| rules[*rule].party == Party::Manager).collect();
    own.chunk_by(|one, two| one.0 == two.0).map(|of_rule| of_one_rule(run, manager, of_rule, lang)).collect()
}

fn of_one_rule(run: &Run, manager: &JudgedManager, findings: &[&(usize, Finding)], lang: Lang) -> Findings {
    let number = findings[0].0;
    let (rule, outcome) = (&run.judgement.rules[number], &manager.outcomes[number]);
    let severity = severity_words(rule.severity);
    let item = rule.item.as_ref().map(|item| format!(" {item}")).unwrap_or_default();
    let (failed, assessed) = (outcome.failed, outcome.assessed);
    let (mark, id, clause, title) = (mark(Verdict::Fail), rule.id, &rule.clause, &rule.title);
    let common = common_requirement(findings);
    let required = common.map(|required| format!(" {}", required.get(lang))).unwrap_or_default();
    let caption = say(
        format!("{mark} {id}{item} {clause} {}{required}：{} {failed}/{assessed}", title.zh, severity.zh),
        format!("{mark} {id}{item} {clause} {}{required}: {} {failed}/{assessed}", title.en, severity.en),
    );
    let heads = [
        words("日期", "date"),
        words("客户", "customer"),
        words("测得", "measured"),
        words("要求", "required"),
        words("依据", "lines"),
    ];
    Findings {
        rule: format!("{id}{item}"),
        clause: clause.clone(),
        title: title.get(lang).to_owned(),
        severity: severity.get(lang).to_owned(),
        caption: Cell::toned(caption.get(lang), tone(Verdict::Fail)),
        columns: heads.iter().map(|head| Column::left(head.get(lang))).collect(),
        rows: findings.iter().map(|(_, finding)| row(run, finding, lang)).collect(),
        required: common.map(|required| required.get(lang).to_owned()),
    }
}

fn row(run: &Run, finding: &Finding, lang: Lang) -> [Cell; 5] {
    let when = match finding.when {
        When::Date(date) => Cell::date(date),
        When::Period(period) => Cell::new(period.to_string()),
    };
    let measured = finding.measured.get(lang);
    let value = match (finding.count, finding.of, finding.seconds) {
        (Some(count), Some(of), _) => Some(Value::Share { count, of }),
        (_, _, Some(seconds)) => Some(Value::Seconds(seconds)),
        _ => None,
    };
    [
        when,
        finding.customer.map_or_else(Cell::default, |id| Cell::id(run.book.customers.text(id.0))),
        Cell { value, ..Cell::new(measured) },
        Cell::new(finding.required.get(lang)),
        Cell::new(evidence::short(run.book, &finding.evidence)),
    ]
}

/// What is required, where it is the same of all: it is said once, above them.
fn common_requirement<'a>(findings: &[&'a (usize, Finding)]) -> Option<&'a Words> {
    let (_, first) = findings.first()?;
    findings.iter().all(|(_, finding)| finding.required == first.required).then_some(&first.required)
}
