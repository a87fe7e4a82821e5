//! `check --format csv`: one finding a row, with the columns of the JSON.
//!
//! A CSV file has no place for provenance but its rows: version, month, horizon and the rules' hash stand in each, the
//! input files, obstacles and remarks in the first. A run that shows no finding writes one row that holds nothing but these.

use super::json::{self, FindingJson};
use crate::document::{Field, Sheet};
use crate::lang::Lang;
use crate::report::{Run, obstacles, provenance};

const FINDING: [&str; 25] = [
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
    "state",
    "doubt",
    "appeal",
];
const PROVENANCE: [&str; 7] = ["version", "month", "horizon", "rules_sha256", "inputs", "obstacles", "remarks"];

/// The findings that are shown.
pub fn build(run: &Run, lang: Lang) -> Sheet {
    let mut rows: Vec<Vec<Field>> = json::findings(run, lang).map(finding).collect();
    if rows.is_empty() {
        rows.push(FINDING.map(|_| text("")).to_vec());
    }
    for (number, row) in rows.iter_mut().enumerate() {
        row.extend(origin(run, number == 0, lang));
    }
    Sheet { header: [&FINDING[..], &PROVENANCE[..]].concat(), rows }
}

fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

fn number<T: ToString>(number: Option<T>) -> Field {
    Field::Number(number.map(|number| number.to_string()).unwrap_or_default())
}

fn finding(row: FindingJson) -> Vec<Field> {
    let maybe = |given: Option<&str>| text(given.unwrap_or_default());
    let places: Vec<String> = row.evidence.iter().map(|place| format!("{}:{}", place.file, place.line)).collect();
    let limit = row.limit.as_ref().map(|limit| limit.text());
    let cells: [Field; FINDING.len()] = [
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
        number(row.metres),
        number(row.kmh),
        maybe(limit.as_deref()),
        text(row.measured),
        text(row.required),
        text(row.message),
        text(&places.join(";")),
        number(Some(row.evidence_total)),
        text(row.state),
        text(&row.doubt.map(|doubt| doubt.text()).unwrap_or_default()),
        text(&row.appeal.map(|appeal| appeal.text()).unwrap_or_default()),
    ];
    cells.to_vec()
}

fn origin(run: &Run, in_full: bool, lang: Lang) -> [Field; PROVENANCE.len()] {
    let remarks = run.remarks.iter().map(|remark| remark.words(run.book).get(lang).to_owned());
    let (inputs, obstacles, remarks) = match in_full {
        true => (
            provenance::inputs(run.accounts),
            obstacles::in_a_line(&run.judgement.obstacles, lang),
            remarks.collect::<Vec<_>>().join("; "),
        ),
        false => Default::default(),
    };
    let (month, horizon) = (run.judgement.month.to_string(), run.book.horizon.to_string());
    let hash = run.ruleset.sha256.as_str();
    [env!("CARGO_PKG_VERSION"), &month, &horizon, hash, &inputs, &obstacles, &remarks].map(text)
}
