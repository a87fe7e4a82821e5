//! The section's own duties (七), in a block apart from the managers'.

use crate::document::{Cell, Column, Document, Table, Tone};
use crate::judgement::{JudgedRule, Party, State, Verdict};
use crate::lang::{Lang, Words, words};
use crate::report::verdict::{clause_words, tone, verdict_words};
use crate::report::{Run, evidence};

pub(super) fn add(run: &Run, document: &mut Document, lang: Lang) {
    let body = body(run, lang);
    if !body.blocks.is_empty() {
        document.heading(HEADING.get(lang));
        document.blocks.extend(body.blocks);
    }
}

pub const HEADING: Words = words("服务科自身职责（七）", "Duties of the section itself (七)");

/// Who passes which duty, and what was found; nothing where no such rule is on.
pub fn body(run: &Run, lang: Lang) -> Document {
    let mut document = Document::default();
    let rules = run.judgement.rules.iter().enumerate();
    let own: Vec<(usize, &JudgedRule)> = rules.filter(|(_, rule)| rule.party == Party::Section).collect();
    document.table(verdicts(run, &own, lang));
    document.table(findings(run, lang));
    document
}

fn verdicts(run: &Run, own: &[(usize, &JudgedRule)], lang: Lang) -> Table {
    let count = |at: usize, wanted| {
        let verdicts = run.judgement.managers.iter().map(|manager| manager.outcomes[at].verdict());
        verdicts.filter(|verdict| *verdict == wanted).count() as u64
    };
    // Doubt is rare, and the column would make the table too wide.
    let any_in_doubt = own.iter().any(|(at, _)| count(*at, Verdict::Doubtful) > 0);
    let mut shown = vec![Verdict::Pass, Verdict::Fail, Verdict::Doubtful, Verdict::Pending, Verdict::NotAssessed];
    shown.retain(|verdict| *verdict != Verdict::Doubtful || any_in_doubt);
    let heads = [words("规则", "rule"), words("条款", "clause"), words("内容", "duty")];
    let mut columns: Vec<Column> = heads.iter().map(|head| Column::left(head.get(lang))).collect();
    columns.extend(shown.iter().map(|verdict| Column::right(verdict_words(*verdict).get(lang))));
    let row = |(at, rule): &(usize, &JudgedRule)| {
        let mut row =
            vec![Cell::new(rule.id), Cell::new(clause_words(&rule.clause).get(lang)), Cell::new(rule.title.get(lang))];
        for verdict in &shown {
            let n = count(*at, *verdict);
            row.push(Cell::integer(n).with_tone(if n > 0 { tone(*verdict) } else { Tone::Faint }));
        }
        row
    };
    Table { columns, rows: own.iter().map(row).collect(), headed: true, breaks: false }
}

fn findings(run: &Run, lang: Lang) -> Table {
    let heads = [
        words("客户经理", "manager"),
        words("日期", "date"),
        words("测得", "measured"),
        words("要求", "required"),
        words("依据", "lines"),
    ];
    let columns = heads.map(|head| Column::left(head.get(lang))).to_vec();
    let mut rows = Vec::new();
    let own = |manager| run.shown_of(manager, Party::Section, State::Counted).map(move |found| (manager, found));
    for (manager, (_, finding)) in run.judgement.managers.iter().flat_map(own) {
        let cells = [
            run.manager_name(manager),
            finding.when.to_string(),
            finding.measured.get(lang).to_owned(),
            finding.required.get(lang).to_owned(),
            evidence::short(run.book, &finding.evidence),
        ];
        rows.push(cells.map(Cell::new).to_vec());
    }
    Table { columns, rows, headed: false, breaks: false }
}
