//! One manager's day with all that is recorded of it, and what came of it (SPEC-month §3). Nothing is counted anew: field time,
//! proofs and verdicts are those of the rules.

mod calls;
mod lines;
mod terms;
mod verdicts;

pub(crate) use calls::Called;
pub(crate) use lines::{Planned, Visited};
pub(crate) use terms::Terms;
pub(crate) use verdicts::{DayVerdict, Stands};

use crate::judgement::{Finding, When};
use crate::measures::{DayState, ManagerMonth, Stretch, field_stretches};
use crate::model::{At, Column, DayRecord};
use chrono::NaiveDate;

/// A manager's date.
pub(crate) struct ManagerDay {
    pub date: NaiveDate,
    /// A working day of the calendar on which he is in post.
    pub is_working: bool,
    pub is_unrecorded: bool,
    /// In file order, and united.
    pub records: Vec<DayRecord>,
    pub state: DayState,
    /// In the order of the plan.
    pub plans: Vec<Planned>,
    /// By start; those that were not made last.
    pub visits: Vec<Visited>,
    pub calls: Vec<Called>,
    /// What the field time is the sum of.
    pub stretches: Option<Vec<Stretch>>,
    pub verdicts: Vec<DayVerdict>,
    /// What other rules found on the date, each with its rule's number.
    pub findings: Vec<(usize, Finding)>,
    /// Rejected rows that name him and the date.
    pub rejected: Vec<At>,
}

impl ManagerDay {
    pub(crate) fn of(terms: &Terms, date: NaiveDate) -> Self {
        let day = terms.month.day(date);
        let is_other = |(rule, finding): &&(usize, Finding)| {
            finding.when == When::Date(date) && !terms.day_rules.contains(&terms.rules[*rule].id)
        };
        Self {
            date,
            is_working: day.is_working,
            is_unrecorded: day.is_unrecorded,
            records: day.records.to_vec(),
            state: **day,
            plans: lines::plans(&day),
            visits: lines::visits(terms, &day),
            calls: calls::of(terms, &day),
            stretches: terms.max_gap.map(|max_gap| field_stretches(day.visits, max_gap)),
            verdicts: verdicts::of(terms, &day),
            findings: terms.judged.findings.iter().filter(is_other).cloned().collect(),
            rejected: rejected(terms.month, date),
        }
    }

    /// The gaps between stretches, which are too long to count: from, until.
    pub(crate) fn gaps(&self) -> Vec<(u32, u32)> {
        let stretches = self.stretches.as_deref().unwrap_or_default();
        stretches.windows(2).map(|pair| (pair[0].end, pair[1].start)).collect()
    }

    /// Seconds in the field.
    pub(crate) fn field_seconds(&self) -> Option<u32> {
        Some(self.stretches.as_ref()?.iter().map(|stretch| stretch.seconds()).sum())
    }

    /// Whether there is anything to say of it.
    pub(crate) fn is_told(&self) -> bool {
        let is_found = |verdict: &DayVerdict| matches!(verdict.stands, Stands::Found(_));
        !self.is_empty() || !self.findings.is_empty() || self.verdicts.iter().any(is_found)
    }

    /// Whether anything at all is recorded of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.plans.is_empty() && self.visits.is_empty() && self.calls.is_empty() && self.records.is_empty()
    }
}

/// Rejected rows whose legible cells name the manager and the date.
fn rejected(month: &ManagerMonth, date: NaiveDate) -> Vec<At> {
    let rejected = &month.file.rejected;
    let visits = rejected.visits.iter().map(|row| (row.at, row.manager, row.date(), row.unknown));
    let calls = rejected.calls.iter().map(|row| (row.at, row.manager, row.started.date, row.unknown));
    let plans = rejected.plans.iter().map(|row| (row.at, row.manager, row.date, row.unknown));
    let days = rejected.days.iter().map(|row| (row.at, row.manager, row.date, row.unknown));
    let all = visits.chain(calls).chain(plans).chain(days);
    let his =
        all.filter(|(_, manager, of, unknown)| *manager == month.id && *of == date && !unknown.contains(Column::Date));
    let mut rows: Vec<At> = his.map(|(at, ..)| at).collect();
    rows.sort_unstable();
    rows
}
