//! Scores: the share of units that pass (SPEC §3.4), or points that findings take (SPEC-month §6).

use super::{JudgedManager, JudgedRule, RuleOutcome};
use crate::model::{Deduction, Points, Scoring, ScoringMode};

/// What the findings of a rule took from a manager's points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsLost {
    pub rule: &'static str,
    pub failed: u64,
    pub lost: Points,
    /// So many failed that nothing is left.
    pub veto: bool,
}

/// Outcomes by rule, the entries of a rule that is judged entry by entry put together.
pub(crate) fn by_rule<'r>(rules: &'r [JudgedRule], outcomes: &[RuleOutcome]) -> Vec<(&'r JudgedRule, RuleOutcome)> {
    let mut merged: Vec<(&JudgedRule, RuleOutcome)> = Vec::with_capacity(rules.len());
    for (rule, outcome) in rules.iter().zip(outcomes) {
        match merged.last_mut() {
            Some((last, sum)) if last.id == rule.id => {
                sum.assessed += outcome.assessed;
                sum.failed += outcome.failed;
                sum.pending += outcome.pending;
                sum.doubtful += outcome.doubtful;
                sum.waived += outcome.waived;
            }
            _ => merged.push((rule, outcome.clone())),
        }
    }
    merged
}

/// Scores a manager, whose outcomes are final.
pub(crate) fn score(rules: &[JudgedRule], manager: &mut JudgedManager, scoring: &Scoring) {
    match scoring.mode {
        ScoringMode::Rate => manager.score = rate(rules, &manager.outcomes),
        ScoringMode::Points => {
            let judged = with_deductions(rules, &manager.outcomes, scoring);
            let lost: Vec<PointsLost> = judged.iter().filter_map(points_lost).collect();
            let is_scored = judged.iter().any(|(_, outcome, _)| outcome.assessed > 0);
            manager.score = is_scored.then(|| left(&lost, scoring.base));
            manager.points = Some(lost);
        }
    }
}

/// The rules whose findings take points, with what they take.
fn with_deductions<'a>(
    rules: &'a [JudgedRule],
    outcomes: &[RuleOutcome],
    scoring: &'a Scoring,
) -> Vec<(&'a JudgedRule, RuleOutcome, &'a Deduction)> {
    let by_rule = by_rule(rules, outcomes).into_iter();
    by_rule.filter_map(|(rule, outcome)| Some((rule, outcome, scoring.deduction(rule.id)?))).collect()
}

fn points_lost((rule, outcome, deduction): &(&JudgedRule, RuleOutcome, &Deduction)) -> Option<PointsLost> {
    let failed = outcome.failed;
    let taken = Points(deduction.per_finding.0.saturating_mul(i64::try_from(failed).unwrap_or(i64::MAX)));
    let lost = deduction.cap.map_or(taken, |cap| taken.min(cap));
    let veto = deduction.veto.is_some_and(|veto| failed >= u64::from(veto));
    (failed > 0).then_some(PointsLost { rule: rule.id, failed, lost, veto })
}

/// What is left of the base.
fn left(lost: &[PointsLost], base: Points) -> Points {
    let taken = lost.iter().fold(0_i64, |sum, one| sum.saturating_add(one.lost.0));
    match lost.iter().any(|one| one.veto) {
        true => Points(0),
        false => Points(base.0.saturating_sub(taken).max(0)),
    }
}

impl JudgedManager {
    /// Whether the score may still lose points, for units of a rule that takes some are pending.
    pub fn is_scored_so_far(&self, rules: &[JudgedRule], scoring: &Scoring) -> bool {
        let judged = rules.iter().zip(&self.outcomes);
        let mut pending = judged.filter(|(rule, outcome)| outcome.pending > 0 && scoring.deduction(rule.id).is_some());
        self.score.is_some() && pending.next().is_some()
    }
}

/// The rules that count for a score: assessed, with nothing pending, and weighing something.
fn weighed<'r>(
    rules: &'r [JudgedRule],
    outcomes: &[RuleOutcome],
) -> impl Iterator<Item = (&'r JudgedRule, RuleOutcome)> {
    let counts = |(rule, outcome): &(&JudgedRule, RuleOutcome)| {
        rule.weight > 0.0 && outcome.assessed > 0 && outcome.pending == 0
    };
    by_rule(rules, outcomes).into_iter().filter(counts)
}

/// A manager's score (SPEC §3.4): 100 × Σ weight × (1 − failed ÷ assessed) ÷ Σ weight, over rules that were assessed, have
/// nothing pending and weigh something; to two decimals. `None` where there is no such rule.
fn rate(rules: &[JudgedRule], outcomes: &[RuleOutcome]) -> Option<Points> {
    let (mut earned, mut possible) = (0.0, 0.0);
    for (rule, outcome) in weighed(rules, outcomes) {
        earned += rule.weight * (outcome.assessed - outcome.failed) as f64 / outcome.assessed as f64;
        possible += rule.weight;
    }
    (possible > 0.0).then(|| Points((earned / possible * 10_000.0).round() as i64))
}

/// What each rule took from a manager's score, in hundredths of a point, where it took any; and whether it left nothing.
pub(crate) fn lost_by_rule<'r>(rules: &'r [JudgedRule], manager: &JudgedManager) -> Vec<(&'r JudgedRule, f64, bool)> {
    let Some(points) = &manager.points else {
        return shares_lost(rules, &manager.outcomes).into_iter().map(|(rule, lost)| (rule, lost, false)).collect();
    };
    let rule = |id: &str| rules.iter().find(|rule| rule.id == id);
    points.iter().filter_map(|one| Some((rule(one.rule)?, one.lost.0 as f64, one.veto))).collect()
}

/// What each rule that counts takes from a score of shares, in hundredths of its 100 points.
fn shares_lost<'r>(rules: &'r [JudgedRule], outcomes: &[RuleOutcome]) -> Vec<(&'r JudgedRule, f64)> {
    let weighed: Vec<(&JudgedRule, RuleOutcome)> = weighed(rules, outcomes).collect();
    let possible: f64 = weighed.iter().map(|(rule, _)| rule.weight).sum();
    let lost = |(rule, outcome): &(&'r JudgedRule, RuleOutcome)| {
        let share = outcome.failed as f64 / outcome.assessed as f64;
        (*rule, 10_000.0 * rule.weight * share / possible)
    };
    weighed.iter().filter(|(_, outcome)| outcome.failed > 0).map(lost).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgement::{Party, Severity};
    use crate::lang::words;

    fn rule(id: &'static str, weight: f64) -> JudgedRule {
        JudgedRule {
            id,
            item: None,
            clause: String::new(),
            title: words("", ""),
            party: Party::Manager,
            severity: Severity::Violation,
            weight,
            not_assessed: None,
            headline: None,
            day: None,
            limit: None,
            per_customer: false,
            of_today: false,
            scale: 1,
        }
    }

    fn outcome(assessed: u64, failed: u64, pending: u64) -> RuleOutcome {
        RuleOutcome { assessed, failed, pending, ..RuleOutcome::default() }
    }

    #[test]
    fn scores_weigh_rules_and_leave_out_what_is_open_or_weightless() {
        let rules = [rule("a", 1.0), rule("b", 0.5), rule("c", 1.0), rule("d", 0.0)];
        let outcomes = [outcome(4, 1, 0), outcome(2, 2, 0), outcome(1, 0, 1), outcome(5, 5, 0)];
        assert_eq!(rate(&rules, &outcomes), Some(Points(5000)));
        assert_eq!(rate(&rules[2..], &outcomes[2..]), None);
        assert_eq!(rate(&rules[..1], &[outcome(3, 1, 0)]), Some(Points(6667)));
        let lost = shares_lost(&rules, &outcomes);
        let lost: Vec<(&str, u64)> = lost.iter().map(|(rule, points)| (rule.id, points.round() as u64)).collect();
        assert_eq!(lost, [("a", 1667), ("b", 3333)]);
    }

    #[test]
    fn entries_of_one_rule_weigh_together() {
        let rules = [rule("a", 1.0), rule("b", 1.0), rule("b", 1.0)];
        let outcomes = [outcome(1, 0, 0), outcome(3, 3, 0), outcome(1, 1, 0)];
        assert_eq!(rate(&rules, &outcomes), Some(Points(5000)));
        let with_pending = [outcome(1, 0, 0), outcome(3, 3, 0), outcome(0, 0, 1)];
        assert_eq!(rate(&rules, &with_pending), Some(Points(10_000)));
    }

    #[test]
    fn findings_take_points_up_to_a_cap_or_all_of_them() {
        let take = |per_finding, cap: Option<i64>, veto, failed| {
            let deduction = Deduction { per_finding: Points(per_finding), cap: cap.map(Points), veto };
            points_lost(&(&rule("a", 1.0), outcome(9, failed, 0), &deduction)).map(|one| (one.lost.0, one.veto))
        };
        assert_eq!(take(150, None, None, 3), Some((450, false)));
        assert_eq!(
            (take(150, Some(450), None, 3), take(150, Some(449), None, 3)),
            (Some((450, false)), Some((449, false)))
        );
        assert_eq!((take(150, None, Some(3), 2), take(150, None, Some(3), 3)), (Some((300, false)), Some((450, true))));
        assert_eq!(take(150, None, Some(1), 0), None);
        let lost = |lost, veto| PointsLost { rule: "a", failed: 1, lost: Points(lost), veto };
        assert_eq!(left(&[lost(9_999, false)], Points(10_000)), Points(1));
        assert_eq!(left(&[lost(9_000, false), lost(2_000, false)], Points(10_000)), Points(0));
        assert_eq!(left(&[lost(1, true)], Points(10_000)), Points(0));
    }
}
