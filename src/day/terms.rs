//! What days are told by.

use crate::judgement::{Finding, JudgedManager, JudgedRule};
use crate::measures::{ManagerMonth, Proof};
use crate::model::Visit;

/// What a manager's dates are told by.
pub(crate) struct Terms<'a> {
    pub month: &'a ManagerMonth<'a>,
    pub rules: &'a [JudgedRule],
    pub judged: &'a JudgedManager,
    /// How units of rules of days passed.
    pub kept: &'a [(usize, Finding)],
    /// The rules of which each date is a unit.
    pub day_rules: &'a [&'static str],
    /// Gaps between visits that count as field time, in seconds; `None` where no rule says so.
    pub max_gap: Option<u32>,
    /// The month's phone visits, each with its proof.
    pub proofs: &'a [(&'a Visit<'a>, Proof)],
}
