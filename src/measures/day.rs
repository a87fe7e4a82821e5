//! A manager's day: what excuses him, and what the day records say of it (SPEC §1).

use crate::model::{DayRecord, DayStatus, Moment, Part};
use chrono::NaiveDate;

/// Where plan rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanSource {
    /// The plans file.
    File,
    /// Planned visits stand for plan rows.
    PlannedVisits,
    /// Nothing tells what was planned.
    None,
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
pub(super) struct DayState {
    pub excuse: Excuse,
    pub device_failure: bool,
    pub synced: Option<Moment>,
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
    use crate::model::{At, ManagerId};

    fn record(status: DayStatus, part: Part, synced: Option<(&str, u32)>) -> DayRecord {
        DayRecord {
            at: At { file: 0, line: 2 },
            manager: ManagerId(0),
            date: "2026-09-01".parse().unwrap(),
            status,
            part,
            synced: synced.map(|(date, second)| Moment::new(date.parse().unwrap(), second)),
            summary: None,
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
