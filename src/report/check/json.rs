//! `check --format json`: the contract of SPEC §4.1, key by key.

use crate::book::Book;
use crate::document::Keys;
use crate::judgement::{
    Doubt, Finding, JudgedManager, JudgedRule, Limit, PointsLost, RuleOutcome, Verdict, Waiver, When, finding_id,
};
use crate::lang::Lang;
use crate::model::{Column, ManagerId, Points, write_number};
use crate::report::Run;
use crate::report::appeals::json::AppealJson;
use crate::report::obstacles::ObstacleJson;
use crate::report::proof::{CheckedProofJson, DrawProofJson};
use crate::report::provenance::{Place, columns_json, input_json, rejected_json, remark_json};
use crate::sample::{CheckedProof, DrawProof};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

#[derive(Serialize)]
struct Rules<'a> {
    path: Option<&'a str>,
    sha256: &'a str,
    parameters: Map<String, Value>,
}

#[derive(Serialize)]
struct ManagerJson<'a> {
    manager_id: &'a str,
    name: Option<&'a str>,
    branch: Option<&'a str>,
    score: Option<Points>,
    /// Null where scores are no points.
    points: Option<Vec<PointsJson>>,
    /// What the month's random checks of him prove.
    proof: Option<DrawProofJson>,
}

/// What findings took from the points.
#[derive(Serialize)]
struct PointsJson {
    rule: &'static str,
    failed: u64,
    lost: Points,
    veto: bool,
}

impl PointsJson {
    fn of(one: &PointsLost) -> Self {
        let PointsLost { rule, failed, lost, veto } = *one;
        Self { rule, failed, lost, veto }
    }
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
    count: Option<Count>,
    of: Option<Count>,
}

/// What is counted, in its scale: a whole number where it is one.
#[derive(Clone, Copy)]
pub struct Count {
    count: u64,
    scale: u64,
}

impl Count {
    fn whole(self) -> Option<u64> {
        self.count.is_multiple_of(self.scale).then(|| self.count / self.scale)
    }

    fn decimal(self) -> f64 {
        self.count as f64 / self.scale as f64
    }
}

impl Serialize for Count {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_u64(whole),
            None => serializer.serialize_f64(self.decimal()),
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whole() {
            Some(whole) => write!(f, "{whole}"),
            None => write!(f, "{}", self.decimal()),
        }
    }
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
    pub count: Option<Count>,
    pub of: Option<Count>,
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
    pub appeal: Option<WaiverJson<'a>>,
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

    /// `visits.csv:17 ended_at`
    pub fn text(&self) -> String {
        let parts = [self.column, self.note].into_iter().flatten();
        let place = format!("{}:{}", self.place.file, self.place.line);
        parts.fold(place, |text, part| format!("{text} {part}"))
    }
}

/// Why, by whom and when a unit was waived, and where that is written.
#[derive(Serialize)]
pub struct WaiverJson<'a> {
    reason_code: Option<&'a str>,
    decided_by: &'a str,
    decided_on: Option<String>,
    #[serde(flatten)]
    place: Place<'a>,
}

impl<'a> WaiverJson<'a> {
    fn of(book: &'a Book, waiver: &'a Waiver) -> Self {
        Self {
            reason_code: waiver.reason_code.as_deref(),
            decided_by: &waiver.decided_by,
            decided_on: waiver.decided_on.map(|date| date.to_string()),
            place: Place::of(book, waiver.at),
        }
    }

    /// `设备故障 王科长 2026-10-12 appeals.csv:3`
    pub fn text(&self) -> String {
        let place = format!("{}:{}", self.place.file, self.place.line);
        let parts = [self.reason_code, Some(self.decided_by), self.decided_on.as_deref(), Some(&place)];
        parts.into_iter().flatten().collect::<Vec<&str>>().join(" ")
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
    keys.list("columns", &run.accounts.columns, |file| [columns_json(file)])?;
    keys.list("inputs", &run.accounts.inputs, |input| [input_json(input)])?;
    keys.list("managers", &judgement.managers, |manager| [manager_json(run, manager)])?;
    let checked = CheckedProof::of(book, judgement.month, judgement.managers.iter().map(|manager| manager.id));
    keys.value("proof", checked.map(CheckedProofJson::from))?;
    keys.list("results", &judgement.managers, |manager| results(run, manager, lang))?;
    keys.list("not_assessed", &judgement.rules, |rule| not_assessed(rule, lang))?;
    keys.list("findings", &judgement.managers, |manager| findings_of(run, manager, lang))?;
    keys.list("obstacles", &judgement.obstacles, |obstacle| [ObstacleJson::of(obstacle, lang)])?;
    keys.list("appeals", &judgement.appeals, |appeal| [AppealJson::of(appeal, lang)])?;
    keys.list("remarks", &run.remarks, |remark| [remark_json(remark, book)])?;
    keys.list("rejected", &run.accounts.rejected, |row| [rejected_json(book, row, lang)])?;
    keys.list("unknown_customers", &run.unknown_customers(), |id| [*id])
}

fn manager_json<'a>(run: &'a Run, manager: &JudgedManager) -> ManagerJson<'a> {
    ManagerJson {
        manager_id: run.manager_text(manager.id),
        name: run.book.manager_name(manager.id),
        branch: run.book.branch(manager.id),
        score: manager.score,
        points: manager.points.as_ref().map(|points| points.iter().map(PointsJson::of).collect()),
        proof: DrawProof::of_checks(run.book, run.judgement.month, manager.id).map(DrawProofJson::from),
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
        count: share(rule, outcome).map(|(count, _)| count),
        of: share(rule, outcome).map(|(_, of)| of),
    })
}

/// The summed measure, where anything was judged.
fn share(rule: &JudgedRule, outcome: &RuleOutcome) -> Option<(Count, Count)> {
    let (count, of) = outcome.share.filter(|_| outcome.verdict() != Verdict::NotAssessed)?;
    let scaled = |count| Count { count, scale: rule.scale };
    Some((scaled(count), scaled(of)))
}

fn not_assessed(rule: &JudgedRule, lang: Lang) -> Option<NotAssessed> {
    let reason = rule.not_assessed.as_ref()?.get(lang);
    let item = rule.item.as_ref().map(|item| format!("{item}: ")).unwrap_or_default();
    Some(NotAssessed { rule: rule.id, reason: format!("{item}{reason}") })
}

/// The findings that are shown, in order.
pub fn findings<'a>(run: &'a Run, lang: Lang) -> impl Iterator<Item = FindingJson<'a>> {
    run.judgement.managers.iter().flat_map(move |manager| findings_of(run, manager, lang))
}

fn findings_of<'a>(run: &'a Run, manager: &'a JudgedManager, lang: Lang) -> impl Iterator<Item = FindingJson<'a>> {
    let rules = &run.judgement.rules;
    run.shown(manager).map(move |(rule, finding)| finding_json(run.book, &rules[*rule], manager.id, finding, lang))
}

fn finding_json<'a>(
    book: &'a Book,
    rule: &'a JudgedRule,
    manager: ManagerId,
    finding: &'a Finding,
    lang: Lang,
) -> FindingJson<'a> {
    let scaled = |count| Count { count, scale: rule.scale };
    FindingJson {
        id: finding_id(book.names(), rule, manager, finding),
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
        count: finding.count.map(scaled),
        of: finding.of.map(scaled),
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
        appeal: finding.waiver.as_ref().map(|waiver| WaiverJson::of(book, waiver)),
    }
}
