//! `check --format json`: the contract of SPEC §4.1, key by key.

use super::document::Keys;
use super::{Remark, Run};
use crate::book::Book;
use crate::digest::sha256;
use crate::judgement::{Doubt, Finding, JudgedManager, JudgedRule, Limit, Verdict};
use crate::lang::Lang;
use crate::load::{Counts, Rejected};
use crate::model::{At, Column, ManagerId, write_number};
use serde::Serialize;
use serde_json::{Map, Value, json};

#[derive(Serialize)]
struct Rules<'a> {
    path: Option<&'a str>,
    sha256: &'a str,
    parameters: Map<String, Value>,
}

#[derive(Serialize)]
pub(super) struct InputJson<'a> {
    kind: &'static str,
    path: &'a str,
    encoding: &'static str,
    delimiter: Option<char>,
    sheet: Option<&'a str>,
    sha256: &'a str,
    rows: Counts,
    bad_cells: u64,
}

#[derive(Serialize)]
struct ManagerJson<'a> {
    manager_id: &'a str,
    name: Option<&'a str>,
    branch: Option<&'a str>,
    score: Option<f64>,
}

#[derive(Serialize)]
struct ResultJson<'a> {
    manager_id: &'a str,
    rule: &'static str,
    item: Option<&'a str>,
    assessed: u64,
    failed: u64,
    pending: u64,
    verdict: &'static str,
    doubtful: u64,
    waived: u64,
    reason: Option<&'a str>,
    count: Option<u64>,
    of: Option<u64>,
}

#[derive(Serialize)]
struct NotAssessed {
    rule: &'static str,
    /// Of a cadence entry, its item in front.
    reason: String,
}

/// A finding with all its columns; the CSV has the same.
#[derive(Serialize)]
pub struct FindingJson<'a> {
    pub id: String,
    pub rule: &'static str,
    pub item: Option<&'a str>,
    pub clause: &'a str,
    pub severity: &'static str,
    pub party: &'static str,
    pub manager_id: &'a str,
    pub date: Option<String>,
    pub period: Option<String>,
    pub customer_id: Option<&'a str>,
    pub visit_id: Option<&'a str>,
    pub count: Option<u64>,
    pub of: Option<u64>,
    pub seconds: Option<u64>,
    pub metres: Option<f64>,
    pub kmh: Option<f64>,
    pub limit: Option<LimitJson<'a>>,
    pub measured: &'a str,
    pub required: &'a str,
    pub message: &'a str,
    pub evidence: Vec<Place<'a>>,
    pub evidence_total: usize,
    pub state: &'static str,
    pub doubt: Option<DoubtJson<'a>>,
    /// The appeal that waives the unit.
    pub appeal: Option<&'a str>,
}

/// The cell or the line that is in the way of a verdict.
#[derive(Serialize)]
pub struct DoubtJson<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    column: Option<&'static str>,
    note: Option<&'a str>,
}

impl<'a> DoubtJson<'a> {
    fn of(book: &'a Book, doubt: &'a Doubt, lang: Lang) -> Self {
        let note = doubt.note.as_ref().map(|note| note.get(lang));
        Self { place: Place::of(book, doubt.at), column: doubt.column.map(Column::name), note }
    }
}

/// A number, or a text such as `08:30`.
pub struct LimitJson<'a>(&'a Limit);

impl Serialize for LimitJson<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Limit::Number(number) => write_number(*number, serializer),
            Limit::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl LimitJson<'_> {
    pub fn text(&self) -> String {
        match self.0 {
            Limit::Number(number) => number.to_string(),
            Limit::Text(text) => text.clone(),
        }
    }
}

#[derive(Serialize)]
pub struct Place<'a> {
    pub file: &'a str,
    pub line: u32,
}

impl<'a> Place<'a> {
    pub(super) fn of(book: &'a Book, at: At) -> Self {
        Self { file: &book.files[at.file as usize], line: at.line }
    }
}

#[derive(Serialize)]
pub(super) struct RejectedJson<'a> {
    file: &'a str,
    line: u32,
    column: Option<&'static str>,
    cell: &'a str,
    reason: String,
}

/// The whole output in a language. What there is one of for every manager, finding or row is made as it is told.
pub fn tell<K: Keys>(run: &Run, lang: Lang, keys: &mut K) -> Result<(), K::Error> {
    let (judgement, book) = (run.judgement, run.book);
    let rules =
        Rules { path: run.ruleset.path.as_deref(), sha256: &run.ruleset.sha256, parameters: run.ruleset.parameters() };
    keys.value("schema", "baifang.check/2")?;
    keys.value("version", env!("CARGO_PKG_VERSION"))?;
    keys.value("month", judgement.month.to_string())?;
    keys.value("horizon", book.horizon.to_string())?;
    keys.value("rules", rules)?;
    keys.list("inputs", run.inputs, |input| [input_json(input)])?;
    keys.list("managers", &judgement.managers, |manager| [manager_json(run, manager)])?;
    keys.list("results", &judgement.managers, |manager| results(run, manager, lang))?;
    keys.list("not_assessed", &judgement.rules, |rule| not_assessed(rule, lang))?;
    keys.list("findings", &run.shown_by_manager(), |of_manager| findings_json(run, *of_manager, lang))?;
    keys.list("remarks", &run.remarks, |remark| [remark_json(remark, book)])?;
    keys.list("rejected", run.rejected, |row| [rejected_json(book, row, lang)])?;
    keys.list("unknown_customers", &unknown_customers(run), |id| [*id])
}

pub(super) fn input_json(input: &crate::load::Input) -> InputJson<'_> {
    InputJson {
        kind: input.source.kind.name(),
        path: &input.source.shown,
        encoding: input.encoding,
        delimiter: input.delimiter,
        sheet: input.sheet.as_ref().map(|sheet| sheet.name.as_str()),
        sha256: &input.sha256,
        rows: input.rows,
        bad_cells: input.bad_cells,
    }
}

fn manager_json<'a>(run: &'a Run, manager: &JudgedManager) -> ManagerJson<'a> {
    ManagerJson {
        manager_id: run.manager_text(manager.id),
        name: run.book.manager_name(manager.id),
        branch: run.book.branch(manager.id),
        score: manager.score,
    }
}

fn results<'a>(run: &'a Run, manager: &'a JudgedManager, lang: Lang) -> impl Iterator<Item = ResultJson<'a>> {
    let rules = run.judgement.rules.iter().zip(&manager.outcomes);
    rules.filter(|(rule, _)| rule.not_assessed.is_none()).map(move |(rule, outcome)| ResultJson {
        manager_id: run.manager_text(manager.id),
        rule: rule.id,
        item: rule.item.as_deref(),
        assessed: outcome.assessed,
        failed: outcome.failed,
        pending: outcome.pending,
        verdict: outcome.verdict().name(),
        doubtful: outcome.doubtful,
        waived: outcome.waived,
        reason: outcome.reason.as_ref().map(|reason| reason.get(lang)),
        count: outcome.share.filter(|_| outcome.verdict() != Verdict::NotAssessed).map(|(count, _)| count),
        of: outcome.share.filter(|_| outcome.verdict() != Verdict::NotAssessed).map(|(_, of)| of),
    })
}

fn not_assessed(rule: &JudgedRule, lang: Lang) -> Option<NotAssessed> {
    let reason = rule.not_assessed.as_ref()?.get(lang);
    let item = rule.item.as_ref().map(|item| format!("{item}: ")).unwrap_or_default();
    Some(NotAssessed { rule: rule.id, reason: format!("{item}{reason}") })
}

/// The findings that are shown, in order.
pub fn findings<'a>(run: &'a Run, lang: Lang) -> impl Iterator<Item = FindingJson<'a>> {
    run.shown_by_manager().into_iter().flat_map(move |of_manager| findings_json(run, of_manager, lang))
}

fn findings_json<'a>(
    run: &'a Run,
    (manager, findings): (&'a JudgedManager, &'a [(usize, Finding)]),
    lang: Lang,
) -> impl Iterator<Item = FindingJson<'a>> {
    let rules = &run.judgement.rules;
    findings.iter().map(move |(rule, finding)| finding_json(run.book, &rules[*rule], manager.id, finding, lang))
}

fn finding_json<'a>(
    book: &'a Book,
    rule: &'a JudgedRule,
    manager: ManagerId,
    finding: &'a Finding,
    lang: Lang,
) -> FindingJson<'a> {
    use crate::judgement::When;
    FindingJson {
        id: finding_id(book, rule, manager, finding),
        rule: rule.id,
        item: rule.item.as_deref(),
        clause: &rule.clause,
        severity: rule.severity.name(),
        party: rule.party.name(),
        manager_id: book.managers.text(manager.0),
        date: matches!(finding.when, When::Date(_)).then(|| finding.when.to_string()),
        period: matches!(finding.when, When::Period(_)).then(|| finding.when.to_string()),
        customer_id: finding.customer.map(|id| book.customers.text(id.0)),
        visit_id: finding.visit_id.as_deref(),
        count: finding.count,
        of: finding.of,
        seconds: finding.seconds,
        metres: finding.metres,
        kmh: finding.kmh,
        limit: finding.limit.as_ref().map(LimitJson),
        measured: finding.measured.get(lang),
        required: finding.required.get(lang),
        message: finding.message.get(lang),
        evidence: finding.evidence.lines.iter().map(|at| Place::of(book, *at)).collect(),
        evidence_total: finding.evidence.total,
        state: finding.state().name(),
        doubt: finding.doubt.as_ref().map(|doubt| DoubtJson::of(book, doubt, lang)),
        appeal: None,
    }
}

/// The first 12 hex digits of SHA-256 of `rule|item|manager|date or period|customer|visit_id or file:line`.
pub(super) fn finding_id(book: &Book, rule: &JudgedRule, manager: ManagerId, finding: &Finding) -> String {
    let customer = finding.customer.map_or("", |id| book.customers.text(id.0));
    let key = finding.key.map(|key| format!("{} {}", key.date, key.clock().long())).unwrap_or_default();
    let twin = if finding.twin > 1 { format!("#{}", finding.twin) } else { String::new() };
    let manager = book.managers.text(manager.0);
    let item = rule.item.as_deref().unwrap_or_default();
    let text = format!("{}|{item}|{manager}|{}|{customer}|{key}{twin}", rule.id, finding.when);
    format!("F{}", &sha256(text)[..11])
}

/// Every remark has its kind, manager and dates; some kinds say more.
pub(super) fn remark_json(remark: &Remark, book: &Book) -> Value {
    let manager = remark.manager().map(|id| book.managers.text(id.0));
    let dates: Vec<String> = remark.dates().iter().map(|date| date.to_string()).collect();
    let mut json = json!({"kind": remark.kind(), "manager_id": manager, "dates": dates});
    match remark {
        Remark::CalendarYears { years } => json["years"] = json!(years),
        Remark::LeadingZeros { column, ids } => {
            json["column"] = json!(column);
            json["ids"] = json!(ids);
        }
        Remark::UnusedHeaders { file, headers } => {
            json["file"] = json!(file);
            json["headers"] = json!(headers);
        }
        Remark::UnreadSheets { file, sheet, sheets } => {
            json["file"] = json!(file);
            json["sheet"] = json!(sheet);
            json["sheets"] = json!(sheets);
        }
        Remark::UnclaimedFile { file } => json["file"] = json!(file),
        Remark::Unrecorded { .. } | Remark::Stray { .. } | Remark::UnknownManager { .. } => {}
    }
    json
}

pub(super) fn rejected_json<'a>(book: &'a Book, row: &'a Rejected, lang: Lang) -> RejectedJson<'a> {
    RejectedJson {
        file: &book.files[row.at.file as usize],
        line: row.at.line,
        column: row.reject.column.map(Column::name),
        cell: &row.reject.cell,
        reason: row.reject.why.about(&row.reject.cell).get(lang).to_owned(),
    }
}

/// Ids of customers that the archive does not have.
pub fn unknown_customers<'a>(run: &'a Run) -> Vec<&'a str> {
    run.book.unknown_customers().into_iter().map(|id| run.book.customers.text(id.0)).collect()
}
