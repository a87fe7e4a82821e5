//! Rules of managers, all managers together.

use crate::judgement::{JudgedRule, Judgement, Party, Severity, by_rule, percent_tenths};

/// Of several things the first are named.
pub(super) const NAMED: usize = 3;
/// A share of fewer units says little beside others.
pub(super) const TELLING: u64 = 10;

/// A rule, and what came of it.
pub(super) struct RuleSum<'j> {
    pub rule: &'j JudgedRule,
    pub assessed: u64,
    pub failed: u64,
    /// Managers who were judged by it, and who failed.
    pub judged: u64,
    pub failing: u64,
    /// What was assessed and what failed of each manager, in their order.
    pub of_managers: Vec<(u64, u64)>,
}

impl RuleSum<'_> {
    pub(super) fn fails(&self) -> bool {
        self.failed > 0
    }

    pub(super) fn is_violation(&self) -> bool {
        self.rule.severity == Severity::Violation
    }

    /// Units that pass, in tenths of a percent.
    pub(super) fn rate(&self) -> Option<i64> {
        (self.assessed > 0).then(|| percent_tenths(self.assessed - self.failed, self.assessed) as i64)
    }
}

/// All rules of managers in the order of the contract.
pub(super) fn of(judgement: &Judgement) -> Vec<RuleSum<'_>> {
    let mut sums: Vec<RuleSum> = vec![];
    for (at, manager) in judgement.managers.iter().enumerate() {
        let of_managers = by_rule(&judgement.rules, &manager.outcomes).into_iter();
        let of_managers = of_managers.filter(|(rule, _)| rule.party == Party::Manager);
        for (number, (rule, outcome)) in of_managers.enumerate() {
            if at == 0 {
                sums.push(RuleSum { rule, assessed: 0, failed: 0, judged: 0, failing: 0, of_managers: vec![] });
            }
            let sum = &mut sums[number];
            sum.assessed += outcome.assessed;
            sum.failed += outcome.failed;
            sum.judged += u64::from(outcome.assessed > 0);
            sum.failing += u64::from(outcome.failed > 0);
            sum.of_managers.push((outcome.assessed, outcome.failed));
        }
    }
    sums
}

/// Those that fail, violations alone where there are any.
pub(super) fn gravest<'s, 'j>(sums: &'s [RuleSum<'j>]) -> Vec<&'s RuleSum<'j>> {
    let failed: Vec<&RuleSum> = sums.iter().filter(|sum| sum.fails()).collect();
    let has_violations = failed.iter().any(|sum| sum.is_violation());
    failed.into_iter().filter(|sum| sum.is_violation() == has_violations).collect()
}
