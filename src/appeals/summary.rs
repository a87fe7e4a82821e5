//! How many appeals were filed by manager, code and approver, and what became of them.

use crate::book::Book;
use crate::judgement::{AppealState, JudgedAppeal};
use std::collections::BTreeMap;

/// What appeals are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Manager,
    Code,
    Approver,
}

impl Group {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Code => "code",
            Self::Approver => "approver",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub filed: u64,
    pub waived: u64,
    pub rejected: u64,
    pub open: u64,
    pub not_counting: u64,
}

/// By manager, then code, then approver; within each by name, those that name none last. Only appeals against findings of the
/// month are counted.
pub(crate) fn summary<'a>(book: &'a Book, appeals: &'a [JudgedAppeal]) -> Vec<(Group, Option<&'a str>, Counts)> {
    let mut groups: BTreeMap<(Group, bool, Option<&str>), Counts> = BTreeMap::new();
    for one in appeals {
        let Some(finding) = one.finding else { continue };
        let keys = [
            (Group::Manager, Some(book.managers.text(finding.manager.0))),
            (Group::Code, one.appeal.reason_code.as_deref()),
            (Group::Approver, one.appeal.decided_by.as_deref()),
        ];
        for (group, key) in keys {
            let counts = groups.entry((group, key.is_none(), key)).or_default();
            counts.filed += 1;
            match one.state {
                AppealState::Waived => counts.waived += 1,
                AppealState::Rejected => counts.rejected += 1,
                AppealState::Open => counts.open += 1,
                AppealState::NotCounting => counts.not_counting += 1,
                AppealState::OtherMonth | AppealState::NoSuchFinding => {}
            }
        }
    }
    groups.into_iter().map(|((group, _, key), counts)| (group, key, counts)).collect()
}
