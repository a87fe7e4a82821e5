//! What became of an appeal (SPEC-month §4).

use crate::lang::Words;
use crate::model::{Appeal, ManagerId};

/// How an appeal stands in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealState {
    /// It has been accepted and counts: its unit is taken out.
    Waived,
    /// Nobody has decided on it.
    Open,
    Rejected,
    /// It has been accepted, but something is wrong with that.
    NotCounting,
    OtherMonth,
    NoSuchFinding,
}

impl AppealState {
    pub fn name(self) -> &'static str {
        match self {
            Self::Waived => "waived",
            Self::Open => "open",
            Self::Rejected => "rejected",
            Self::NotCounting => "not_counting",
            Self::OtherMonth => "other_month",
            Self::NoSuchFinding => "no_such_finding",
        }
    }
}

/// The finding that an appeal speaks of: the manager, and its place among his findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appealed {
    pub manager: ManagerId,
    pub place: usize,
}

/// An appeal, and what became of it.
#[derive(Clone, Debug)]
pub struct JudgedAppeal {
    pub appeal: Appeal,
    /// As the finding has it; as written, where there is none.
    pub finding_id: String,
    pub finding: Option<Appealed>,
    pub state: AppealState,
    /// Why it does not count.
    pub why: Option<Words>,
}
