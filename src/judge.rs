//! Book × ruleset → judgement: one manager at a time, in parallel, merged in the order of ids.

use crate::book::Book;
use crate::judgement::*;
use crate::lang::{Words, words};
use crate::measures::{DayFacts, FileIndex, ManagerMonth};
use crate::model::*;
use crate::rules::config::{ActiveRule, Ruleset};
use crate::rules::terms;
use rayon::prelude::*;

/// Judges the month of these managers; `done` is told of each.
pub fn judge(
    book: &Book,
    ruleset: &Ruleset,
    month: Month,
    managers: &[ManagerId],
    done: &(dyn Fn() + Sync),
) -> Judgement {
    let mut rules = judged_rules(book, ruleset);
    let judge_one = |id: &ManagerId| {
        let judged = judge_manager(book, ruleset, &rules, month, *id);
        done();
        judged
    };
    let judged: Vec<JudgedManager> = managers.par_iter().map(judge_one).collect();
    for (number, rule) in rules.iter_mut().enumerate() {
        let outcomes = judged.iter().map(|manager| &manager.outcomes[number]);
        rule.not_assessed = rule.not_assessed.take().or_else(|| wholly_unassessed(outcomes));
    }
    Judgement { month, rules, managers: judged, obstacles: vec![] }
}

fn judged_rules(book: &Book, ruleset: &Ruleset) -> Vec<JudgedRule> {
    let judged = |rule: &ActiveRule| JudgedRule {
        id: rule.meta.id,
        item: rule.item.clone(),
        clause: rule.clause.clone(),
        title: rule.meta.title.clone(),
        party: rule.meta.party,
        severity: rule.severity,
        weight: rule.weight(),
        not_assessed: rule.meta.needs.iter().find_map(|need| need.missing(book)),
        headline: rule.judge.headline(),
        day: rule.judge.day(),
        limit: rule.judge.limit(),
    };
    ruleset.rules.iter().map(judged).collect()
}

/// The reasons, if no manager has an assessed or pending unit.
fn wholly_unassessed<'a>(outcomes: impl Iterator<Item = &'a RuleOutcome>) -> Option<Words> {
    let mut reasons: Vec<Words> = Vec::new();
    for outcome in outcomes {
        if outcome.verdict() != Verdict::NotAssessed {
            return None;
        }
        reasons.extend(outcome.reason.clone().filter(|reason| !reasons.contains(reason)));
    }
    reasons.into_iter().reduce(|all, next| all.then(&words("；", "; ")).then(&next))
}

fn judge_manager(book: &Book, ruleset: &Ruleset, rules: &[JudgedRule], month: Month, id: ManagerId) -> JudgedManager {
    let file = book.manager(id);
    let index = FileIndex::of(book, &file);
    let view = ManagerMonth::new(book, &ruleset.settings, &index, month);
    let mut outcomes = Vec::with_capacity(rules.len());
    let mut findings = Vec::new();
    for (number, (rule, judged)) in ruleset.rules.iter().zip(rules).enumerate() {
        let mut tally = Tally::default();
        if let Some(missing) = &judged.not_assessed {
            tally.skip(missing.clone());
        } else {
            rule.judge.judge(&view, &mut tally);
            tally.settle_undated();
        }
        let nothing = tally.outcome.verdict() == Verdict::NotAssessed;
        let reason = tally.outcome.reason.take().unwrap_or_else(|| rule.meta.nothing.clone());
        tally.outcome.reason = nothing.then_some(reason);
        tally
            .findings
            .sort_by_cached_key(|finding| (finding.when.to_string(), finding.customer, finding.evidence.lines[0]));
        findings.extend(tally.findings.into_iter().map(|finding| (number, finding)));
        outcomes.push(tally.outcome);
    }
    JudgedManager {
        id,
        score: score(rules, &outcomes),
        unrecorded: view.unrecorded_days(),
        complete: view.period_state(view.span).complete,
        days: DayFacts::of_month(&view, terms::max_gap(ruleset)),
        outcomes,
        findings,
    }
}
