//! Book × ruleset → judgement: one manager at a time, in parallel, merged in the order of ids.

mod needs;

use crate::appeals;
use crate::book::{Book, Habits};
use crate::judgement::*;
use crate::lang::{Words, words};
use crate::load::Accounts;
use crate::measures::{DayFacts, FileIndex, ItemScores, ManagerMonth, RunFacts};
use crate::model::*;
use crate::obstacles::{self, Obstacle, Obstacles};
use crate::parallel;
use crate::rules::config::{ActiveRule, Ruleset};
use crate::rules::terms;
pub(crate) use needs::missing;

/// What a month is judged by.
struct Terms<'a> {
    book: &'a Book,
    ruleset: &'a Ruleset,
    month: Month,
    /// What stands in the way, as far as the data show it.
    obstacles: Obstacles,
    run: RunFacts<'a>,
    /// Whether it is judged for what is still to be done.
    ahead: bool,
}

/// Judges a month of all its managers, for what stands in the way is told by all of them; `done` is told of each.
pub fn judge(
    book: &Book,
    accounts: &Accounts,
    ruleset: &Ruleset,
    month: Month,
    managers: &[ManagerId],
    done: &(dyn Fn() + Sync),
) -> Judgement {
    judge_as(book, accounts, ruleset, month, managers, done, false)
}

/// Likewise a month that is not over, for who looks ahead in it (SPEC-month §1).
pub(crate) fn judge_ahead(
    book: &Book,
    accounts: &Accounts,
    ruleset: &Ruleset,
    month: Month,
    managers: &[ManagerId],
) -> Judgement {
    judge_as(book, accounts, ruleset, month, managers, &|| (), true)
}

fn judge_as(
    book: &Book,
    accounts: &Accounts,
    ruleset: &Ruleset,
    month: Month,
    managers: &[ManagerId],
    done: &(dyn Fn() + Sync),
    ahead: bool,
) -> Judgement {
    let obstacles = Obstacles::of(book, accounts, ruleset, month, managers);
    let habits = Habits::of(book, month, terms::photo_chars(ruleset));
    let (calls, min_checkins) = (terms::of_proofs(ruleset), terms::min_checkins(ruleset));
    let run = RunFacts { habits: &habits, calls, min_checkins };
    let terms = Terms { book, ruleset, month, obstacles, run, ahead };
    let mut rules = judged_rules(terms.book, terms.ruleset);
    let judge_one = |id: &ManagerId| {
        let judged = judge_manager(&terms, &rules, *id);
        done();
        judged
    };
    let mut judged: Vec<JudgedManager> = parallel::map(managers, judge_one);
    let Terms { book, ruleset, month, mut obstacles, .. } = terms;
    obstacles.list.extend(judged.iter().filter_map(|manager| obstacles::no_visits(book, manager)));
    for (number, rule) in rules.iter_mut().enumerate() {
        let active = &ruleset.rules[number];
        if active.meta.is_of_integrity() {
            let fewest = active.judge.fewest_units();
            obstacles.list.extend(drop_half_failed(number, rule, fewest, &mut judged));
        }
        let outcomes = judged.iter().map(|manager| &manager.outcomes[number]);
        rule.not_assessed = rule.not_assessed.take().or_else(|| wholly_unassessed(outcomes));
    }
    // What is assessed at all is known before: appeals change no other unit.
    let appeals = appeals::waive(book, &ruleset.settings, month, &rules, &mut judged);
    for manager in &mut judged {
        score(&rules, manager, &ruleset.settings.scoring);
    }
    obstacles.list.sort_by_key(|obstacle| obstacle.kind);
    Judgement { month, rules, managers: judged, obstacles: obstacles.list, appeals, labels: habits.labels() }
}

/// How the units of a manager's month passed that rules of days judge: each is told as it would be had it failed
/// (SPEC-month §3). Of rules that are not assessed in the month it says nothing that holds.
pub(crate) fn kept_in(ruleset: &Ruleset, month: &ManagerMonth) -> Vec<(usize, Finding)> {
    let of_days = terms::of_days();
    let rules = ruleset.rules.iter().enumerate().filter(|(_, rule)| of_days.contains(&rule.meta.id));
    let kept = |(number, rule): (usize, &ActiveRule)| {
        let mut tally = Tally::telling();
        rule.judge.judge(month, &mut tally);
        tally.into_kept().into_iter().map(move |finding| (number, finding))
    };
    rules.flat_map(kept).collect()
}

/// Takes a rule out that over half of its units fail, where there are enough of them.
fn drop_half_failed(number: usize, rule: &JudgedRule, fewest: u64, judged: &mut [JudgedManager]) -> Option<Obstacle> {
    let sum = |count: fn(&RuleOutcome) -> u64| judged.iter().map(|manager| count(&manager.outcomes[number])).sum();
    let (failed, assessed) = (sum(|outcome| outcome.failed), sum(|outcome| outcome.assessed));
    let obstacle = obstacles::half_fail(rule.id, failed, assessed, fewest)?;
    for manager in judged {
        manager.outcomes[number] = RuleOutcome { reason: Some(Box::new(HALF_FAIL)), ..RuleOutcome::default() };
        manager.findings.retain(|(of, _)| *of != number);
    }
    Some(obstacle)
}

/// Why a rule is assessed for nobody which hardly anyone could pass.
const HALF_FAIL: Words =
    words("过半不合格：是系统的问题", "over half of its units fail: it is the app, not the people");

fn judged_rules(book: &Book, ruleset: &Ruleset) -> Vec<JudgedRule> {
    let judged = |rule: &ActiveRule| JudgedRule {
        id: rule.meta.id,
        item: rule.item.clone(),
        clause: rule.clause.clone(),
        title: rule.meta.title.clone(),
        party: rule.meta.party,
        severity: rule.severity,
        weight: rule.weight(),
        not_assessed: rule.judge.needs().iter().find_map(|need| missing(*need, book)),
        headline: rule.judge.headline(),
        day: rule.judge.day(),
        limit: rule.judge.limit(),
        scale: rule.judge.scale(),
        per_customer: rule.judge.per_customer(),
        of_today: rule.judge.of_today(),
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
        reasons.extend(outcome.reason.as_deref().filter(|reason| !reasons.contains(reason)).cloned());
    }
    reasons.into_iter().reduce(|all, next| all.then(&words("；", "; ")).then(&next))
}

fn judge_manager(terms: &Terms, rules: &[JudgedRule], id: ManagerId) -> JudgedManager {
    let Terms { book, ruleset, month, obstacles, run, ahead } = terms;
    let file = book.manager(id);
    let index = FileIndex::of(book, &file);
    let mut view = ManagerMonth::new(book, &ruleset.settings, &index, *month);
    view.offset = obstacles.offset;
    view.ahead = *ahead;
    view.run = Some(*run);
    let (mut outcomes, mut customers) = (Vec::with_capacity(rules.len()), Vec::new());
    let mut findings = Vec::new();
    for (number, (rule, judged)) in ruleset.rules.iter().zip(rules).enumerate() {
        let mut tally = Tally::default();
        let bar = || obstacles.bar(rule.hangs_on(), id);
        if let Some(missing) = judged.not_assessed.clone().or_else(bar) {
            tally.skip(missing);
        } else {
            rule.judge.judge(&view, &mut tally);
            tally.settle_undated();
        }
        let nothing = tally.outcome.verdict() == Verdict::NotAssessed;
        let reason = tally.outcome.reason.take().unwrap_or_else(|| Box::new(rule.meta.nothing.clone()));
        tally.outcome.reason = nothing.then_some(reason);
        tally
            .findings
            .sort_by_cached_key(|finding| (finding.when.to_string(), finding.customer, finding.evidence.lines[0]));
        findings.extend(tally.findings.into_iter().map(|finding| (number, finding)));
        outcomes.push(tally.outcome);
        customers.extend(tally.customers.settled().map(|customers| (number, customers)));
    }
    let unvisited = if view.is_unrecorded(*month) { view.due.len() as u64 } else { 0 };
    JudgedManager {
        id,
        score: None,
        points: None,
        unrecorded: view.unrecorded_days(),
        unvisited,
        quality: ItemScores::of_month(&view),
        complete: view.period_state(view.span).complete,
        days: DayFacts::of_month(&view, terms::max_gap(ruleset)),
        outcomes,
        customers,
        findings,
    }
}
