//! Two results of `check` side by side: what appeared, what vanished, what changed, and what may be why.

mod result;

pub use result::{CheckResult, Finding, Manager, Outcome, SCHEMA};

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Which way something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Worse,
    Better,
    /// It may be either: units are in doubt on one side at least, and what they come to would decide.
    Doubt,
    /// None of these: more or fewer units assessed, say.
    Changed,
}

impl Turn {
    pub fn name(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Doubt => "doubt",
            Self::Changed => "changed",
        }
    }
}

/// A parameter that differs; `None` where the rule is off, or does not have it.
pub struct Parameter<'a> {
    pub rule: &'a str,
    pub name: &'a str,
    pub a: Option<&'a Value>,
    pub b: Option<&'a Value>,
}

/// An input file that differs; its digest on either side, `None` where it is not there.
pub struct InputChange<'a> {
    pub kind: &'a str,
    pub path: &'a str,
    pub a: Option<&'a str>,
    pub b: Option<&'a str>,
}

/// How a manager stands with a rule on either side: `None` where the rule is off or was assessed for nobody.
pub struct VerdictChange<'a> {
    pub manager: &'a str,
    pub rule: &'a str,
    pub item: Option<&'a str>,
    pub a: Option<&'a Outcome>,
    pub b: Option<&'a Outcome>,
    pub turn: Turn,
}

/// A score that differs.
pub struct ScoreChange<'a> {
    pub manager: &'a str,
    pub a: Option<f64>,
    pub b: Option<f64>,
}

/// Findings by id, those that count: what is in doubt has neither appeared nor vanished.
pub struct Findings<'a> {
    pub appeared: Vec<&'a Finding>,
    pub vanished: Vec<&'a Finding>,
    /// On both sides, with another measure, requirement or severity.
    pub changed: Vec<(&'a Finding, &'a Finding)>,
    /// On both sides, counted on one and in doubt or waived on the other.
    pub turned: Vec<(&'a Finding, &'a Finding)>,
    /// In doubt or waived on one side, not there on the other.
    pub apart: Vec<(Option<&'a Finding>, Option<&'a Finding>)>,
}

/// Failed units of a rule, of all managers together.
pub struct RuleCount<'a> {
    pub rule: &'a str,
    pub item: Option<&'a str>,
    pub a: u64,
    pub b: u64,
}

/// Everything that differs.
pub struct Diff<'a> {
    pub a: &'a CheckResult,
    pub b: &'a CheckResult,
    pub inputs: Vec<InputChange<'a>>,
    pub parameters: Vec<Parameter<'a>>,
    pub came: Vec<&'a str>,
    pub went: Vec<&'a str>,
    pub scores: Vec<ScoreChange<'a>>,
    pub verdicts: Vec<VerdictChange<'a>>,
    pub counts: Vec<RuleCount<'a>>,
    /// `None` where ids cannot be compared: the months differ, or one side does not hold all its findings.
    pub findings: Option<Findings<'a>>,
}

type OutcomeKey<'a> = (&'a str, &'a str, Option<&'a str>);

impl<'a> Diff<'a> {
    pub fn of(a: &'a CheckResult, b: &'a CheckResult) -> Self {
        let ids = |result: &'a CheckResult| {
            result.managers.iter().map(|manager| manager.manager_id.as_str()).collect::<BTreeSet<&str>>()
        };
        let (ids_a, ids_b) = (ids(a), ids(b));
        let by_id = a.month == b.month && a.has_all_findings() && b.has_all_findings();
        let rules: Vec<&str> = b.rules.parameters.keys().chain(a.rules.parameters.keys()).map(String::as_str).collect();
        let place = |rule: &str| rules.iter().position(|known| *known == rule);
        let mut verdicts = verdicts(a, b, &ids_a.intersection(&ids_b).copied().collect());
        verdicts.sort_by_key(|verdict| (verdict.manager, place(verdict.rule)));
        let mut parameters = parameters(a, b);
        parameters.sort_by_key(|parameter| place(parameter.rule));
        let mut counts = counts(a, b);
        counts.sort_by_key(|count| place(count.rule));
        Self {
            inputs: inputs(a, b),
            parameters,
            came: ids_b.difference(&ids_a).copied().collect(),
            went: ids_a.difference(&ids_b).copied().collect(),
            scores: scores(a, b),
            counts,
            findings: by_id.then(|| findings(a, b)),
            verdicts,
            a,
            b,
        }
    }

    /// Whether a manager of both sides has more failed units of a rule that is a violation than before.
    pub fn is_worse(&self) -> bool {
        self.verdicts.iter().any(|verdict| verdict.turn == Turn::Worse)
    }

    pub fn is_empty(&self) -> bool {
        let people = self.came.is_empty() && self.went.is_empty() && self.scores.is_empty();
        let findings = self.findings.as_ref().is_none_or(Findings::is_empty);
        people && findings && self.verdicts.is_empty() && self.parameters.is_empty()
    }
}

/// Every key of either side with what each side has under it, where these differ.
fn pairs<K: Ord + Copy, V>(
    a: impl Iterator<Item = (K, V)>,
    b: impl Iterator<Item = (K, V)>,
    same: impl Fn(&V, &V) -> bool,
) -> Vec<(K, Option<V>, Option<V>)> {
    let mut sides: BTreeMap<K, (Option<V>, Option<V>)> = a.map(|(key, value)| (key, (Some(value), None))).collect();
    for (key, value) in b {
        sides.entry(key).or_insert((None, None)).1 = Some(value);
    }
    let differ = |(_, (a, b)): &(K, (Option<V>, Option<V>))| match (a, b) {
        (Some(a), Some(b)) => !same(a, b),
        _ => true,
    };
    sides.into_iter().filter(differ).map(|(key, (a, b))| (key, a, b)).collect()
}

fn inputs<'a>(a: &'a CheckResult, b: &'a CheckResult) -> Vec<InputChange<'a>> {
    let of = |result: &'a CheckResult| {
        let inputs = result.inputs.iter();
        inputs.map(|input| ((input.kind.as_str(), input.path.as_str()), input.sha256.as_str()))
    };
    let found = pairs(of(a), of(b), |a, b| a == b);
    found.into_iter().map(|((kind, path), a, b)| InputChange { kind, path, a, b }).collect()
}

fn parameters<'a>(a: &'a CheckResult, b: &'a CheckResult) -> Vec<Parameter<'a>> {
    let of = |result: &'a CheckResult| {
        let rules = result.rules.parameters.iter();
        let tables = rules.filter_map(|(rule, table)| Some((rule, table.as_object()?)));
        tables.flat_map(|(rule, table)| table.iter().map(move |(name, value)| ((rule.as_str(), name.as_str()), value)))
    };
    let found = pairs(of(a), of(b), |a, b| a == b);
    found.into_iter().map(|((rule, name), a, b)| Parameter { rule, name, a, b }).collect()
}

fn scores<'a>(a: &'a CheckResult, b: &'a CheckResult) -> Vec<ScoreChange<'a>> {
    let of =
        |result: &'a CheckResult| result.managers.iter().map(|manager| (manager.manager_id.as_str(), manager.score));
    let found = pairs(of(a), of(b), |a, b| a == b).into_iter();
    let of_both = found.filter_map(|(manager, a, b)| Some(ScoreChange { manager, a: a?, b: b? }));
    of_both.collect()
}

/// Failed units of a rule that is a violation: surely so many, and so many if all that is in doubt failed.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Failed {
    least: u64,
    most: u64,
}

impl Failed {
    fn of(result: &CheckResult, outcome: &Outcome) -> Self {
        match result.severity(&outcome.rule) {
            Some("violation") => Self { least: outcome.failed, most: outcome.failed.saturating_add(outcome.doubtful) },
            _ => Self::default(),
        }
    }

    /// Nothing got worse or better by doubt alone: only where it holds whatever the units in doubt come to.
    fn turn(self, after: Self) -> Turn {
        if after.least > self.most {
            Turn::Worse
        } else if after.most < self.least {
            Turn::Better
        } else if self == after {
            Turn::Changed
        } else {
            Turn::Doubt
        }
    }
}

/// Of managers of both sides.
fn verdicts<'a>(a: &'a CheckResult, b: &'a CheckResult, managers: &BTreeSet<&str>) -> Vec<VerdictChange<'a>> {
    let of = |result: &'a CheckResult| {
        let outcomes = result.results.iter().filter(|outcome| managers.contains(outcome.manager_id.as_str()));
        outcomes.map(|one| ((one.manager_id.as_str(), one.rule.as_str(), one.item.as_deref()), one))
    };
    // A warning that has become a violation counts for more with the same units.
    let same = |one: &&Outcome, two: &&Outcome| {
        let counts = |outcome: &Outcome| (outcome.failed, outcome.doubtful, outcome.waived);
        one.verdict == two.verdict && counts(one) == counts(two) && Failed::of(a, one) == Failed::of(b, two)
    };
    let change = |((manager, rule, item), one, two): (OutcomeKey<'a>, Option<&'a Outcome>, Option<&'a Outcome>)| {
        let before = one.map_or(Failed::default(), |outcome| Failed::of(a, outcome));
        let after = two.map_or(Failed::default(), |outcome| Failed::of(b, outcome));
        VerdictChange { manager, rule, item, a: one, b: two, turn: before.turn(after) }
    };
    // Not assessed for one, or for nobody: the same to him.
    let says_something = |(_, a, b): &(OutcomeKey, Option<&Outcome>, Option<&Outcome>)| {
        (a.is_some() && b.is_some()) || a.or(*b).is_some_and(|outcome| outcome.verdict != "not_assessed")
    };
    pairs(of(a), of(b), same).into_iter().filter(says_something).map(change).collect()
}

fn counts<'a>(a: &'a CheckResult, b: &'a CheckResult) -> Vec<RuleCount<'a>> {
    let of = |result: &'a CheckResult| {
        let mut sums: BTreeMap<(&str, Option<&str>), u64> = BTreeMap::new();
        for outcome in &result.results {
            let sum = sums.entry((&outcome.rule, outcome.item.as_deref())).or_default();
            *sum = sum.saturating_add(outcome.failed);
        }
        sums.into_iter().filter(|(_, failed)| *failed > 0)
    };
    let found = pairs(of(a), of(b), |a, b| a == b).into_iter();
    found.map(|((rule, item), a, b)| RuleCount { rule, item, a: a.unwrap_or(0), b: b.unwrap_or(0) }).collect()
}

impl Findings<'_> {
    fn is_empty(&self) -> bool {
        let counted = self.appeared.is_empty() && self.vanished.is_empty() && self.changed.is_empty();
        counted && self.turned.is_empty() && self.apart.is_empty()
    }
}

/// In the order of the side that has them.
fn findings<'a>(a: &'a CheckResult, b: &'a CheckResult) -> Findings<'a> {
    let by_id = |result: &'a CheckResult| {
        result.findings.iter().map(|finding| (finding.id.as_str(), finding)).collect::<BTreeMap<&str, &Finding>>()
    };
    let (in_a, in_b) = (by_id(a), by_id(b));
    let lacks = |side: &BTreeMap<&str, &Finding>, finding: &Finding| !side.contains_key(finding.id.as_str());
    let differ =
        |a: &Finding, b: &Finding| (&a.measured, &a.required, &a.severity) != (&b.measured, &b.required, &b.severity);
    let on_both = || b.findings.iter().filter_map(|finding| Some((*in_a.get(finding.id.as_str())?, finding)));
    let only_a = || a.findings.iter().filter(|finding| lacks(&in_b, finding));
    let only_b = || b.findings.iter().filter(|finding| lacks(&in_a, finding));
    let went = only_a().filter(|finding| !finding.counts()).map(|finding| (Some(finding), None));
    let came = only_b().filter(|finding| !finding.counts()).map(|finding| (None, Some(finding)));
    Findings {
        appeared: only_b().filter(|finding| finding.counts()).collect(),
        vanished: only_a().filter(|finding| finding.counts()).collect(),
        changed: on_both().filter(|(a, b)| a.state == b.state && differ(a, b)).collect(),
        turned: on_both().filter(|(a, b)| a.state != b.state).collect(),
        apart: went.chain(came).collect(),
    }
}
