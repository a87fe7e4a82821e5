//! `appeals --format csv`: an appeal a row, in the order of the JSON, with the finding it is against; the input files stand in
//! the first row. What of it appeals files have too is under their headers, and nothing else is: read as one, it says the same.

use super::found;
use super::json::AppealJson;
use crate::document::{Field, Sheet};
use crate::judgement::JudgedAppeal;
use crate::lang::Lang;
use crate::model::Word;
use crate::report::{Run, evidence, provenance};

const COLUMNS: [&str; 23] = [
    "finding_id",
    "state",
    "why",
    "month",
    "reason_code",
    "reason",
    "evidence",
    "filed_on",
    "decision",
    "decided_by",
    "decided_on",
    "note",
    "manager",
    "rule",
    "date_or_period",
    "customer",
    "measured_now",
    "line",
    "version",
    "run_month",
    "horizon",
    "rules_sha256",
    "inputs",
];

pub fn build(run: &Run, lang: Lang) -> Sheet {
    let appeals = run.judgement.appeals.iter().enumerate();
    let rows = appeals.map(|(number, one)| row(run, one, number == 0, lang).to_vec()).collect();
    Sheet { header: COLUMNS.to_vec(), rows }
}

fn row(run: &Run, one: &JudgedAppeal, in_full: bool, lang: Lang) -> [Field; COLUMNS.len()] {
    let told = AppealJson::of(one, lang);
    let found = found(run, one);
    let inputs = if in_full { provenance::inputs(run.accounts) } else { String::new() };
    let own_month = one.finding.map(|_| run.judgement.month).or(one.appeal.month);
    let month = own_month.map(|month| month.to_string()).unwrap_or_default();
    let cells = [
        told.finding_id.to_owned(),
        told.state.to_owned(),
        told.why.unwrap_or_default().to_owned(),
        month,
        told.reason_code.unwrap_or_default().to_owned(),
        one.appeal.reason.as_deref().unwrap_or_default().to_owned(),
        one.appeal.evidence.as_deref().unwrap_or_default().to_owned(),
        told.filed_on.unwrap_or_default(),
        one.appeal.decision.map_or("", Word::name).to_owned(),
        told.decided_by.unwrap_or_default().to_owned(),
        told.decided_on.unwrap_or_default(),
        one.appeal.note.as_deref().unwrap_or_default().to_owned(),
        one.finding.map_or("", |finding| run.manager_text(finding.manager)).to_owned(),
        found.map_or("", |(rule, _)| rule.id).to_owned(),
        found.map(|(_, finding)| finding.when.to_string()).unwrap_or_default(),
        found.and_then(|(_, finding)| finding.customer).map_or("", |id| run.book.customers.text(id.0)).to_owned(),
        found.map_or("", |(_, finding)| finding.measured.get(lang)).to_owned(),
        evidence::place(run.book, one.appeal.at),
        env!("CARGO_PKG_VERSION").to_owned(),
        run.judgement.month.to_string(),
        run.book.horizon.to_string(),
        run.ruleset.sha256.clone(),
        inputs,
    ];
    cells.map(Field::Text)
}
