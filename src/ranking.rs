//! Who did best in a month or a quarter (SPEC §3.4; 七.3), from the judgements of its months.

use crate::book::Book;
use crate::headline::DayMeasure;
use crate::judgement::{JudgedManager, JudgedRule, Judgement, lost_by_rule};
use crate::lang::Words;
use crate::model::{Every, ManagerId, Month, Period, Points, Settings};
use std::collections::{BTreeMap, BTreeSet};

/// A manager's month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthScore {
    pub month: Month,
    pub score: Option<Points>,
    /// Whether it may still lose points.
    pub so_far: bool,
    /// Field-time days that were assessed or waived.
    pub days: u64,
}

/// What a rule took from a manager, of the 100 points of a month, in the mean of his months.
#[derive(Clone, Debug)]
pub struct Lost {
    pub rule: &'static str,
    pub title: Words,
    pub points: Points,
    /// Whether it left nothing of a month's points.
    pub veto: bool,
}

/// How a manager stood in the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    pub score: Points,
    pub rank: Option<usize>,
}

/// A manager in a ranking.
#[derive(Clone, Debug)]
pub struct Standing {
    pub id: ManagerId,
    /// Of each month that the ranking speaks of.
    pub months: Vec<MonthScore>,
    /// The mean of his months.
    pub score: Option<Points>,
    /// Units in doubt, which count for nothing.
    pub doubtful: u64,
    /// Units that appeals took out.
    pub waived: u64,
    /// `None` where a month has too few assessed field-time days, or no score at all.
    pub rank: Option<usize>,
    pub rank_in_branch: Option<usize>,
    pub before: Option<Before>,
    /// What cost him most first.
    pub lost: Vec<Lost>,
}

impl Standing {
    /// Whether a month of it may still lose points.
    pub fn is_so_far(&self) -> bool {
        self.months.iter().any(|month| month.so_far)
    }

    /// The months that keep him out of the ranking.
    pub fn short_months(&self, min_days: u32) -> impl Iterator<Item = &MonthScore> {
        self.months.iter().filter(move |month| month.days < u64::from(min_days) || month.score.is_none())
    }
}

/// The mean score of a branch's ranked managers.
#[derive(Clone, Debug)]
pub struct BranchMean {
    pub branch: Option<String>,
    pub ranked: usize,
    pub mean: Points,
}

/// A ranking of all managers.
#[derive(Clone, Debug)]
pub struct Ranking {
    pub period: Period,
    /// The months of the period that the data have visits of.
    pub months: Vec<Month>,
    /// The ranked in the order of their ranks, then the others; by id where they are equal.
    pub standings: Vec<Standing>,
    /// The best first.
    pub branches: Vec<BranchMean>,
    /// The period before, where the data have visits of all its months.
    pub before: Option<Period>,
}

/// The months of a month or quarter.
pub(crate) fn months_of(period: Period) -> Vec<Month> {
    let first = Month::of(period.span().first);
    (0..12).map(|n| first.plus(n)).take_while(|month| month.first() <= period.span().last).collect()
}

/// The month or quarter before.
pub(crate) fn period_before(period: Period) -> Period {
    let last = Month::of(period.span().first).plus(-1);
    match period.length() {
        Every::Quarter => Period::containing(Every::Quarter, last.first()),
        _ => Period::Month(last),
    }
}

impl Ranking {
    /// From the judgements of all managers in the months of the period, and in those of the period before where the data
    /// have all of them.
    pub fn of(
        book: &Book,
        period: Period,
        judgements: &[Judgement],
        before: Option<&[Judgement]>,
        settings: &Settings,
    ) -> Self {
        let mut standings = ranked(book, judgements, settings);
        if let Some(before) = before {
            let earlier = ranked(book, before, settings);
            let stood = |one: &Standing| Some((one.id, Before { score: one.score?, rank: one.rank }));
            let earlier: BTreeMap<ManagerId, Before> = earlier.iter().filter_map(stood).collect();
            standings.iter_mut().for_each(|one| one.before = earlier.get(&one.id).copied());
        }
        Self {
            period,
            months: judgements.iter().map(|judgement| judgement.month).collect(),
            branches: branch_means(book, &standings),
            before: before.map(|_| period_before(period)),
            standings,
        }
    }
}

fn ranked(book: &Book, judgements: &[Judgement], settings: &Settings) -> Vec<Standing> {
    let ids: BTreeSet<ManagerId> = judgements.iter().flat_map(|one| one.managers.iter().map(|one| one.id)).collect();
    let mut standings: Vec<Standing> = ids.into_iter().map(|id| standing(id, judgements, settings)).collect();
    let may_rank = |one: &Standing| one.score.filter(|_| one.short_months(settings.min_days).next().is_none());
    let scores: Vec<(Option<Points>, Option<&str>)> =
        standings.iter().map(|one| (may_rank(one), book.branch(one.id))).collect();
    let mut all: Vec<Points> = Vec::new();
    let mut of_branch: BTreeMap<Option<&str>, Vec<Points>> = BTreeMap::new();
    for (score, branch) in scores.iter().filter_map(|(score, branch)| Some((score.as_ref()?, branch))) {
        all.push(*score);
        of_branch.entry(*branch).or_default().push(*score);
    }
    let best_first = |scores: &mut Vec<Points>| scores.sort_by_key(|score| std::cmp::Reverse(*score));
    best_first(&mut all);
    of_branch.values_mut().for_each(best_first);
    // One more than there are better ones: equal scores share a rank.
    let rank = |own: Points, among: &[Points]| 1 + among.partition_point(|score| *score > own);
    for (one, (score, branch)) in standings.iter_mut().zip(&scores) {
        one.rank = score.map(|own| rank(own, &all));
        one.rank_in_branch = score.map(|own| rank(own, &of_branch[branch]));
    }
    standings.sort_by_key(|one| (one.rank.is_none(), one.rank, one.id));
    standings
}

fn standing(id: ManagerId, judgements: &[Judgement], settings: &Settings) -> Standing {
    let of_month = |judgement: &Judgement| {
        let (manager, rules) = (judged(judgement, id), &judgement.rules);
        let score = manager.and_then(|manager| manager.score);
        let so_far = manager.is_some_and(|manager| manager.is_scored_so_far(rules, &settings.scoring));
        let days = manager.map_or(0, |manager| field_days(rules, manager));
        MonthScore { month: judgement.month, score, so_far, days }
    };
    let months: Vec<MonthScore> = judgements.iter().map(of_month).collect();
    let score = Points::mean(months.iter().filter_map(|month| month.score));
    let outcomes = || judgements.iter().filter_map(|judgement| judged(judgement, id)).flat_map(|one| &one.outcomes);
    let doubtful = outcomes().map(|outcome| outcome.doubtful).sum();
    let waived = outcomes().map(|outcome| outcome.waived).sum();
    let lost = lost(id, judgements);
    Standing { id, score, doubtful, waived, months, rank: None, rank_in_branch: None, before: None, lost }
}

/// A manager's month; judgements have their managers by id.
fn judged(judgement: &Judgement, id: ManagerId) -> Option<&JudgedManager> {
    let place = judgement.managers.binary_search_by_key(&id, |manager| manager.id).ok()?;
    judgement.managers.get(place)
}

/// A day that an appeal took out was worked all the same.
fn field_days(rules: &[JudgedRule], manager: &JudgedManager) -> u64 {
    let judged = rules.iter().zip(&manager.outcomes);
    judged
        .filter(|(rule, _)| rule.day == Some(DayMeasure::FieldTime))
        .map(|(_, outcome)| outcome.assessed + outcome.waived)
        .sum()
}

fn lost(id: ManagerId, judgements: &[Judgement]) -> Vec<Lost> {
    let mut sums: Vec<(&JudgedRule, f64, bool)> = Vec::new();
    let mut months = 0;
    for judgement in judgements {
        let scored = |manager: &&JudgedManager| manager.score.is_some();
        let Some(manager) = judged(judgement, id).filter(scored) else { continue };
        months += 1;
        for (rule, hundredths, left_nothing) in lost_by_rule(&judgement.rules, manager) {
            match sums.iter_mut().find(|(known, ..)| known.id == rule.id) {
                Some((_, sum, veto)) => (*sum, *veto) = (*sum + hundredths, *veto || left_nothing),
                None => sums.push((rule, hundredths, left_nothing)),
            }
        }
    }
    let lost = |(rule, sum, veto): (&JudgedRule, f64, bool)| {
        let points = Points((sum / f64::from(months)).round() as i64);
        Lost { rule: rule.id, title: rule.title.clone(), points, veto }
    };
    let mut lost: Vec<Lost> = sums.into_iter().map(lost).collect();
    lost.sort_by_key(|lost| (std::cmp::Reverse((lost.veto, lost.points)), lost.rule));
    lost
}

fn branch_means(book: &Book, standings: &[Standing]) -> Vec<BranchMean> {
    let mut scores: BTreeMap<Option<&str>, Vec<Points>> = BTreeMap::new();
    for one in standings.iter().filter(|one| one.rank.is_some()) {
        scores.entry(book.branch(one.id)).or_default().extend(one.score);
    }
    let mean = |(branch, scores): (Option<&str>, Vec<Points>)| {
        let mean = Points::mean(scores.iter().copied())?;
        Some(BranchMean { branch: branch.map(str::to_owned), ranked: scores.len(), mean })
    };
    let mut means: Vec<BranchMean> = scores.into_iter().filter_map(mean).collect();
    means.sort_by_key(|branch| std::cmp::Reverse(branch.mean));
    means
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_their_months_and_the_one_before() {
        let quarter = Period::parse("2026Q1").unwrap();
        let months: Vec<String> = months_of(quarter).iter().map(Month::to_string).collect();
        assert_eq!(months, ["2026-01", "2026-02", "2026-03"]);
        assert_eq!(period_before(quarter).to_string(), "2025Q4");
        assert_eq!(period_before(Period::parse("2026-01").unwrap()).to_string(), "2025-12");
    }
}
