//! What was judged: findings, outcomes, scores. Counted once, here; every format and the exit code read these numbers.

mod appeal;
mod id;
mod scores;
mod shares;
mod tally;

pub(crate) use crate::finding::{Dialled, Doubt, Evidence, Finding, Limit, State, Waiver, When};
pub(crate) use appeal::{AppealState, Appealed, JudgedAppeal};
pub(crate) use id::finding_id;
pub(crate) use scores::{PointsLost, by_rule, lost_by_rule, score};
pub(crate) use shares::{above_text, percent_tenths, percent_text, share_text};
pub(crate) use tally::{SettledCustomers, Tally};

use crate::headline::{DayMeasure, Headline, ShownLimit};
use crate::lang::{Words, words};
use crate::measures::{DayFacts, ItemScores};
use crate::model::*;
use crate::obstacle::Obstacle;
use chrono::NaiveDate;

/// Whose duty a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    Manager,
    /// The customer-service section itself (七).
    Section,
}

impl Party {
    pub fn name(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Section => "section",
        }
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Violation,
    Warning,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Warning => "warning",
        }
    }
}

/// How a manager stands with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    Fail,
    /// Nothing was judged, for all hangs on what could not be read.
    Doubtful,
    Pending,
    NotAssessed,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Doubtful => "doubtful",
            Self::Pending => "pending",
            Self::NotAssessed => "not_assessed",
        }
    }
}

/// What a rule said of one manager.
#[derive(Clone, Debug, Default)]
pub struct RuleOutcome {
    /// Units judged: passed or failed.
    pub assessed: u64,
    pub failed: u64,
    pub pending: u64,
    /// Units in doubt, which are neither assessed nor failed.
    pub doubtful: u64,
    /// Units that accepted appeals took out.
    pub waived: u64,
    /// The summed measure, where it is a share.
    pub share: Option<(u64, u64)>,
    /// Why nothing was assessed, which few have.
    pub reason: Option<Box<Words>>,
}

/// Why nothing was assessed where appeals took out every unit.
pub(crate) const WAIVED: Words = words("申诉成立", "waived");

impl RuleOutcome {
    /// Takes a failed unit out, which added this share.
    pub fn waive(&mut self, share: Option<(u64, u64)>) {
        self.assessed -= 1;
        self.failed -= 1;
        self.waived += 1;
        if let (Some((counted, all)), Some((count, of))) = (self.share, share) {
            self.share = Some((counted - count, all - of));
        }
        if self.assessed == 0 && self.pending == 0 {
            self.share = None;
        }
        if self.verdict() == Verdict::NotAssessed {
            self.reason = Some(Box::new(WAIVED));
        }
    }

    pub fn verdict(&self) -> Verdict {
        match (self.assessed, self.failed, self.doubtful, self.pending) {
            (_, 1.., _, _) => Verdict::Fail,
            (1.., 0, _, _) => Verdict::Pass,
            (0, 0, 1.., _) => Verdict::Doubtful,
            (0, 0, 0, 1..) => Verdict::Pending,
            (0, 0, 0, 0) => Verdict::NotAssessed,
        }
    }
}

/// A rule as the run had it.
#[derive(Clone, Debug)]
pub struct JudgedRule {
    pub id: &'static str,
    /// The cadence entry, where the rule is judged entry by entry.
    pub item: Option<String>,
    pub clause: String,
    pub title: Words,
    pub party: Party,
    pub severity: Severity,
    /// 0 leaves the rule out of scores.
    pub weight: f64,
    /// Why the rule was assessed for nobody.
    pub not_assessed: Option<Words>,
    pub headline: Option<&'static Headline>,
    /// The measure of each day that it judges.
    pub day: Option<DayMeasure>,
    pub limit: Option<ShownLimit>,
    /// So many of what its findings and shares count make one: 100 where they count hundredths.
    pub scale: u64,
    /// Whether each of its units is a customer's, so that who looks back looks at the same customer.
    pub per_customer: bool,
    /// Whether every month is judged by how things are today.
    pub of_today: bool,
}

/// One manager's month.
#[derive(Clone, Debug)]
pub struct JudgedManager {
    pub id: ManagerId,
    /// By rule.
    pub outcomes: Vec<RuleOutcome>,
    /// Of the rules, by number, whose units are customers'.
    pub customers: Vec<(usize, SettledCustomers)>,
    /// By rule, date or period, customer, file, line; the number is the rule's.
    pub findings: Vec<(usize, Finding)>,
    pub score: Option<Points>,
    /// What findings took from it, where it is made of points (SPEC-month §6).
    pub points: Option<Vec<PointsLost>>,
    /// Dates without any visit that no day record could speak of.
    pub unrecorded: Vec<NaiveDate>,
    /// The month is complete for him: nothing of it can still turn out well.
    pub complete: bool,
    /// Of every date of the month.
    pub days: Vec<DayFacts>,
    /// His due customers, where no visit of his in the month is loaded at all.
    pub unvisited: u64,
    /// What market checks found, item by item.
    pub quality: Vec<ItemScores>,
}

impl JudgedManager {
    /// The customers whose units of a rule passed or are pending, if it has such.
    pub(crate) fn settled(&self, rule: usize) -> Option<&SettledCustomers> {
        let place = self.customers.binary_search_by_key(&rule, |(rule, _)| *rule).ok()?;
        Some(&self.customers[place].1)
    }

    /// Findings of a party's rules of a severity.
    pub fn count(&self, rules: &[JudgedRule], party: Party, severity: Severity) -> u64 {
        let judged = rules.iter().zip(&self.outcomes);
        let of_both = judged.filter(|(rule, _)| rule.party == party && rule.severity == severity);
        of_both.map(|(_, outcome)| outcome.failed).sum()
    }
}

/// A month of all managers.
#[derive(Clone)]
pub struct Judgement {
    pub month: Month,
    pub rules: Vec<JudgedRule>,
    /// By manager id.
    pub managers: Vec<JudgedManager>,
    /// What stands in the way of judging, by kind.
    pub obstacles: Vec<Obstacle>,
    /// Those against findings of the month in the order of these, then the others.
    pub appeals: Vec<JudgedAppeal>,
    /// Texts at so many photos that they name none of them.
    pub labels: Vec<PhotoLabel>,
}

impl Judgement {
    /// The same of some managers alone: of the others nothing is copied.
    pub fn of(&self, is_asked: impl Fn(ManagerId) -> bool) -> Self {
        let managers: Vec<JudgedManager> =
            self.managers.iter().filter(|manager| is_asked(manager.id)).cloned().collect();
        // Whose an appeal without a finding is nobody can tell; it is told where everybody is.
        let are_all = managers.len() == self.managers.len();
        let is_theirs = |appeal: &&JudgedAppeal| appeal.finding.map_or(are_all, |finding| is_asked(finding.manager));
        let appeals = self.appeals.iter().filter(is_theirs).cloned().collect();
        let is_in_their_way = |obstacle: &&Obstacle| obstacle.manager.is_none_or(&is_asked);
        let obstacles = self.obstacles.iter().filter(is_in_their_way).cloned().collect();
        Self { month: self.month, rules: self.rules.clone(), managers, obstacles, appeals, labels: self.labels.clone() }
    }

    /// Findings of a severity, of managers and section alike.
    pub fn count(&self, severity: Severity) -> u64 {
        let both = |manager: &JudgedManager| {
            manager.count(&self.rules, Party::Manager, severity) + manager.count(&self.rules, Party::Section, severity)
        };
        self.managers.iter().map(both).sum()
    }
}

impl Judgement {
    /// Units in doubt, of managers and section alike.
    pub fn doubtful(&self) -> u64 {
        self.managers.iter().flat_map(|manager| &manager.outcomes).map(|outcome| outcome.doubtful).sum()
    }

    /// Units that appeals took out, likewise.
    pub fn waived(&self) -> u64 {
        self.managers.iter().flat_map(|manager| &manager.outcomes).map(|outcome| outcome.waived).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(assessed: u64, failed: u64, pending: u64) -> RuleOutcome {
        RuleOutcome { assessed, failed, pending, ..RuleOutcome::default() }
    }

    #[test]
    fn verdicts_follow_from_the_counts() {
        assert_eq!(outcome(3, 0, 0).verdict(), Verdict::Pass);
        assert_eq!(outcome(3, 0, 2).verdict(), Verdict::Pass);
        assert_eq!(outcome(3, 1, 2).verdict(), Verdict::Fail);
        assert_eq!(outcome(0, 0, 1).verdict(), Verdict::Pending);
        assert_eq!(outcome(0, 0, 0).verdict(), Verdict::NotAssessed);
    }
}
