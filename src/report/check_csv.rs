//! `check --format csv`: one finding a row, with the columns of the JSON.
//!
//! A CSV file has no place for provenance but its rows: version, month, horizon and the rules' hash stand in each, the
//! input files in the first.

use super::check_json::{self, FindingJson};
use super::document::{Field, Sheet};
use super::{Run, evidence};
use crate::lang::Lang;

const COLUMNS: [&str; 27] = [
    "id",
    "rule",
    "item",
    "clause",
    "severity",
    "party",
    "manager_id",
    "date",
    "period",
    "customer_id",
    "visit_id",
    "count",
    "of",
    "seconds",
    "metres",
    "kmh",
    "limit",
    "measured",
    "required",
    "message",
    "evidence",
    "evidence_total",
    "version",
    "month",
    "horizon",
    "rules_sha256",
    "inputs",
];

/// The findings that are shown.
pub fn build(run: &Run, lang: Lang) -> Sheet {
    let findings = run.judgement.managers.iter().flat_map(|manager| &manager.findings);
    let shown = check_json::findings(run, lang);
    let rows = shown.iter().zip(findings).enumerate().map(|(number, (row, (_, finding)))| {
        let places = evidence::full(run.book, &finding.evidence);
        let inputs = if number == 0 { inputs(run) } else { String::new() };
        fields(run, row, places, inputs).to_vec()
    });
    Sheet { header: COLUMNS.to_vec(), rows: rows.collect() }
}

fn fields(run: &Run, row: &FindingJson, places: String, inputs: String) -> [Field; COLUMNS.len()] {
    let text = |text: &str| Field::Text(text.to_owned());
    let maybe = |text: Option<&str>| Field::Text(text.unwrap_or_default().to_owned());
    let number = |number: Option<u64>| Field::Number(number.map(|number| number.to_string()).unwrap_or_default());
    let decimal = |number: Option<f64>| Field::Number(number.map(|number| number.to_string()).unwrap_or_default());
    [
        text(&row.id),
        text(row.rule),
        maybe(row.item),
        text(row.clause),
        text(row.severity),
        text(row.party),
        text(row.manager_id),
        maybe(row.date.as_deref()),
        maybe(row.period.as_deref()),
        maybe(row.customer_id),
        maybe(row.visit_id),
        number(row.count),
        number(row.of),
        number(row.seconds),
        decimal(row.metres),
        decimal(row.kmh),
        Field::Text(row.limit.as_ref().map(|limit| limit.text()).unwrap_or_default()),
        text(row.measured),
        text(row.required),
        text(row.message),
        Field::Text(places),
        number(Some(row.evidence_total as u64)),
        text(env!("CARGO_PKG_VERSION")),
        Field::Text(run.judgement.month.to_string()),
        Field::Text(run.book.horizon.to_string()),
        text(&run.ruleset.sha256),
        Field::Text(inputs),
    ]
}

/// Per file its name, encoding, SHA-256 and rows by fate.
fn inputs(run: &Run) -> String {
    let describe = |input: &crate::load::Input| {
        let rows = serde_json::to_string(&input.rows).unwrap_or_default();
        format!("{} {} sha256={} {rows}", input.source.shown, input.encoding, input.sha256)
    };
    run.inputs.iter().map(describe).collect::<Vec<_>>().join("; ")
}
