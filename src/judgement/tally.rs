//! Where a rule counts its units.

use super::{Doubt, Finding, RuleOutcome};
use crate::lang::{Words, say};
use crate::model::{At, CustomerId};
use std::collections::BTreeSet;

/// The customers of a rule's units that passed or are pending, where it is judged customer by customer; the others have findings.
#[derive(Clone, Debug, Default)]
pub struct SettledCustomers {
    pub passed: Vec<CustomerId>,
    pub pending: Vec<CustomerId>,
}

impl SettledCustomers {
    /// These, if there are any, in no more room than they need: a nation has millions.
    pub fn settled(mut self) -> Option<Self> {
        self.passed.shrink_to_fit();
        self.pending.shrink_to_fit();
        (!self.passed.is_empty() || !self.pending.is_empty()).then_some(self)
    }
}

/// Where a rule counts its units.
#[derive(Debug, Default)]
pub struct Tally {
    pub outcome: RuleOutcome,
    pub customers: SettledCustomers,
    /// The customer whose unit is counted next.
    customer: Option<CustomerId>,
    /// Those that count and those in doubt.
    pub findings: Vec<Finding>,
    /// Units that passed, told as they would be had they failed; `None` where nobody asks how what passed was measured.
    kept: Option<Vec<Finding>>,
    /// Failed units that rejected rows without a date might mend, each with these rows and its share.
    undated: Vec<Undated>,
    /// The share of the unit that is counted next.
    share: Option<(u64, u64)>,
}

/// A failed unit, the rejected rows without a date that might mend it, and its share.
type Undated = (Finding, Vec<At>, Option<(u64, u64)>);

/// A rejected row without a date puts no more failed units than this in doubt (SPEC §1.1).
const MOST_PER_UNDATED_ROW: usize = 10;

impl Tally {
    pub fn pass(&mut self) {
        self.add_share();
        self.customers.passed.extend(self.customer.take());
        self.outcome.assessed += 1;
    }

    /// One that tells how what passed was measured.
    pub fn telling() -> Self {
        Self { kept: Some(vec![]), ..Self::default() }
    }

    /// How that was.
    pub fn into_kept(self) -> Vec<Finding> {
        self.kept.unwrap_or_default()
    }

    /// A unit that passes, and for who asks how it was measured.
    pub fn keep(&mut self, finding: impl FnOnce() -> Finding) {
        self.pass();
        if let Some(kept) = &mut self.kept {
            kept.push(finding());
        }
    }

    pub fn fail(&mut self, mut finding: Finding) {
        finding.share_in_result = self.share;
        self.customer = None;
        self.add_share();
        self.outcome.assessed += 1;
        self.outcome.failed += 1;
        self.findings.push(finding);
    }

    pub fn pending(&mut self) {
        self.add_share();
        self.customers.pending.extend(self.customer.take());
        self.outcome.pending += 1;
    }

    /// A unit that some reading of what could not be read fails, and another does not.
    pub fn doubt(&mut self, mut finding: Finding, doubt: Doubt) {
        (self.share, self.customer) = (None, None);
        self.outcome.doubtful += 1;
        finding.doubt = Some(doubt);
        self.findings.push(finding);
    }

    /// A unit that failed, or is in doubt where something is in the way.
    pub fn fail_unless(&mut self, doubt: Option<Doubt>, finding: Finding) {
        match doubt {
            Some(doubt) => self.doubt(finding, doubt),
            None => self.fail(finding),
        }
    }

    /// A failed unit that rejected rows without any legible date might mend: what becomes of it is known when all such
    /// units are, for a row has only one date.
    pub fn fail_unless_undated(&mut self, rows: Vec<At>, finding: Finding) {
        if rows.is_empty() {
            return self.fail(finding);
        }
        self.customer = None;
        self.undated.push((finding, rows, self.share.take()));
    }

    /// Decides on the units that rows without a date might mend: in doubt, unless there are too many dates for so few rows.
    pub fn settle_undated(&mut self) {
        let units = std::mem::take(&mut self.undated);
        let rows: BTreeSet<At> = units.iter().flat_map(|(_, rows, _)| rows).copied().collect();
        let dates: BTreeSet<String> = units.iter().map(|(finding, ..)| finding.when.to_string()).collect();
        let (n, r) = (dates.len(), rows.len());
        for (mut finding, rows, share) in units {
            self.share = share;
            if n <= r * MOST_PER_UNDATED_ROW {
                let note = say(format!("这 {n} 个日期中至多 {r} 个"), format!("at most {r} of these {n}"));
                self.doubt(finding, Doubt { note: Some(note), ..Doubt::row(rows[0]) });
            } else {
                finding.evidence.add(rows[0]);
                self.fail(finding);
            }
        }
    }

    /// A unit that cannot be judged; the first reason is given if nothing else is.
    pub fn skip(&mut self, reason: Words) {
        (self.share, self.customer) = (None, None);
        self.outcome.reason.get_or_insert_with(|| Box::new(reason));
    }

    /// Whose unit is counted next, where the rule is judged customer by customer.
    pub fn unit_of(&mut self, customer: CustomerId) {
        self.customer = Some(customer);
    }

    /// The share that the unit measures, which is counted next; of one in doubt nothing is summed.
    pub fn measure(&mut self, count: u64, of: u64) {
        self.share = Some((count, of));
    }

    fn add_share(&mut self) {
        if let Some((count, of)) = self.share.take() {
            let (counted, all) = self.outcome.share.unwrap_or_default();
            self.outcome.share = Some((counted + count, all + of));
        }
    }
}
