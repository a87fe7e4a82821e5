//! A manager's day: what was planned for it and done on it, what excuses him, and what the day records say (SPEC §1).

use super::plan::Moved;
use crate::model::{DayRecord, DayStatus, Moment, Part, PlanRow, Visit};
use chrono::NaiveDate;
use std::ops::Deref;

/// One manager's date.
#[derive(Clone, Debug)]
pub struct Day<'a> {
    pub date: NaiveDate,
    /// V(m,d): by start, then file order.
    pub visits: &'a [Visit<'a>],
    /// P(m,d): in file order.
    pub plans: &'a [PlanRow<'a>],
    /// What moves took away from the date, by customer.
    pub(super) moved: &'a [Moved],
    /// In file order.
    pub records: &'a [DayRecord],
    pub(super) state: DayState,
    /// A working day of the calendar on which the manager is in post.
    pub is_working: bool,
    /// Without any visit, and no day record could speak of it either: assessed by no rule of days.
    pub is_unrecorded: bool,
}

impl<'a> Day<'a> {
    /// A working day of the manager on which he is not excused in full.
    pub fn is_workable(&self) -> bool {
        self.is_working && !self.excuse.in_full()
    }

    /// S(m,d): the plan rows that no move has taken elsewhere.
    pub fn standing(&self) -> impl Iterator<Item = &'a PlanRow<'a>> + Clone + use<'a> {
        let moved = self.moved;
        self.plans.iter().filter(move |plan| !is_moved(moved, plan))
    }

    /// Whether no move has taken one of the plan rows elsewhere.
    pub(super) fn stands(&self, plan: &PlanRow) -> bool {
        !is_moved(self.moved, plan)
    }

    /// The on-site rows of S(m,d).
    pub fn onsite_standing(&self) -> impl Iterator<Item = &'a PlanRow<'a>> + Clone + use<'a> {
        self.standing().filter(|plan| plan.is_onsite())
    }
}

fn is_moved(moved: &[Moved], plan: &PlanRow) -> bool {
    moved.binary_search(&(plan.date, plan.customer)).is_ok()
}

/// The day records of the date are the day's own.
impl Deref for Day<'_> {
    type Target = DayState;

    fn deref(&self) -> &DayState {
        &self.state
    }
}

/// How much of a day is excused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Excuse {
    pub am: bool,
    pub pm: bool,
}

impl Excuse {
    pub fn in_full(self) -> bool {
        self.am && self.pm
    }

    pub fn at_all(self) -> bool {
        self.am || self.pm
    }
}

/// All day records of one manager and date, united.
#[derive(Clone, Copy, Debug, Default)]
pub struct DayState {
    pub excuse: Excuse,
    pub device_failure: bool,
    /// When the device was synchronised: the earliest on the date itself, else the earliest of any.
    pub synced: Option<Moment>,
    /// When the latest summary was uploaded.
    pub summary: Option<Moment>,
}

impl DayState {
    /// Parts add up, any device failure counts for the whole day, the earliest sync on the date itself (else the earliest
    /// of any) and the latest summary hold.
    pub fn unite(date: NaiveDate, records: &[DayRecord], excusing: &[DayStatus]) -> Self {
        let mut state = Self::default();
        for record in records {
            if excusing.contains(&record.status) {
                state.excuse.am |= record.part != Part::Pm;
                state.excuse.pm |= record.part != Part::Am;
            }
            state.device_failure |= record.status == DayStatus::DeviceFailure;
            state.summary = state.summary.max(record.summary);
        }
        let syncs = || records.iter().filter_map(|record| record.synced);
        state.synced = syncs().filter(|sync| sync.date == date).min().or_else(|| syncs().min());
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{At, ColumnSet, ManagerId};

    fn record(status: DayStatus, part: Part, synced: Option<(&str, u32)>) -> DayRecord {
        DayRecord {
            at: At { file: 0, line: 2 },
            manager: ManagerId(0),
            date: "2026-09-01".parse().unwrap(),
            status,
            part,
            synced: synced.map(|(date, second)| Moment::new(date.parse().unwrap(), second)),
            summary: None,
            unknown: ColumnSet::default(),
        }
    }

    #[test]
    fn several_records_of_a_day_add_up() {
        let date = "2026-09-01".parse().unwrap();
        let excusing = [DayStatus::Leave, DayStatus::Meeting];
        let unite = |records: &[DayRecord]| DayState::unite(date, records, &excusing);
        let am = record(DayStatus::Leave, Part::Am, None);
        let pm = record(DayStatus::Meeting, Part::Pm, None);
        assert_eq!(unite(&[am]).excuse, Excuse { am: true, pm: false });
        assert!(unite(&[am, pm]).excuse.in_full());
        assert!(!unite(&[record(DayStatus::Office, Part::Full, None)]).excuse.at_all());
        assert!(unite(&[am, record(DayStatus::DeviceFailure, Part::Pm, None)]).device_failure);
    }

    #[test]
    fn the_earliest_sync_of_the_day_itself_holds() {
        let date = "2026-09-01".parse().unwrap();
        let field = |sync| record(DayStatus::Field, Part::Full, Some(sync));
        let records = [field(("2026-08-31", 80_000)), field(("2026-09-01", 30_000)), field(("2026-09-01", 29_000))];
        assert_eq!(DayState::unite(date, &records, &[]).synced.unwrap().second, 29_000);
        assert_eq!(DayState::unite(date, &records[..1], &[]).synced.unwrap().second, 80_000);
    }
}
