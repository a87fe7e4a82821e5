//! Manager × rule.

use crate::document::{Cell, Column, Document, Table};
use crate::judgement::{JudgedManager, JudgedRule, RuleOutcome, Verdict, by_rule};
use crate::lang::{Lang, words};
use crate::report::Run;
use crate::report::verdict::{beside, clause_words, mark, tone};

/// Manager × rule: what is assessed and what failed of it.
pub(super) fn add(run: &Run, document: &mut Document, lang: Lang) {
    document.heading(words("客户经理 × 规则（✗ 不合格数/考核数）", "Manager × rule (✗ failed/assessed)").get(lang));
    let rules = &run.judgement.rules;
    let mut shown: Vec<&JudgedRule> = rules.iter().collect();
    shown.dedup_by_key(|rule| rule.id);
    let mut columns = vec![Column::left(words("客户经理", "manager").get(lang))];
    columns.extend((1..=shown.len()).map(|number| Column::left(number.to_string())));
    let row = |manager: &JudgedManager| {
        let mut row = vec![Cell::new(run.manager_name(manager))];
        row.extend(by_rule(rules, &manager.outcomes).iter().map(|(_, outcome)| cell(outcome)));
        row
    };
    let rows = run.judgement.managers.iter().map(row).collect();
    document.table(Table { columns, rows, headed: true, breaks: true });
    let key = |(number, rule): (usize, &&JudgedRule)| {
        // A rule that is judged entry by entry has a clause for each; here stands that of the rule.
        let meta = run.ruleset.rules.iter().map(|active| active.meta).find(|meta| meta.id == rule.id);
        let clause = meta.map_or(rule.clause.as_str(), |meta| meta.clause);
        [(number + 1).to_string().as_str(), rule.id, clause_words(clause).get(lang), rule.title.get(lang)]
            .map(Cell::new)
            .to_vec()
    };
    let columns = vec![Column::right(""), Column::left(""), Column::left(""), Column::left("")];
    document.table(Table { columns, rows: shown.iter().enumerate().map(key).collect(), headed: false, breaks: false });
}

pub fn cell(outcome: &RuleOutcome) -> Cell {
    let verdict = outcome.verdict();
    let figure = match verdict {
        Verdict::Fail => format!("{}/{}", outcome.failed, outcome.assessed),
        Verdict::Pass => outcome.assessed.to_string(),
        Verdict::Doubtful => outcome.doubtful.to_string(),
        Verdict::Pending => outcome.pending.to_string(),
        Verdict::NotAssessed => String::new(),
    };
    Cell::toned(format!("{}{figure}{}", mark(verdict), beside(outcome)), tone(verdict))
}
