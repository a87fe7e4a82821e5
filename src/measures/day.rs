//! A manager's day: what was planned for it and done on it, what excuses him, and what the day records say (SPEC §1).

use super::plan::{MaybeMove, Move};
use crate::model::{At, Column, CustomerId, DayRecord, DayStatus, Moment, Part, PlanRow, Visit};
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
    /// The moves away from the date, by customer.
    pub(super) moves: &'a [Move],
    /// Rows of any date that may be moves from this one.
    pub(super) maybe_moves: &'a [MaybeMove],
    /// In file order.
    pub records: &'a [DayRecord],
    pub(super) state: DayState,
    /// A working day of the calendar on which the manager is in post.
    pub is_working: bool,
    /// Without any visit, and no day record could speak of it either: assessed by no rule of days.
    pub is_unrecorded: bool,
}

impl<'a> Day<'a> {
    /// S(m,d): the plan rows that no move has taken elsewhere.
    pub fn standing(&self) -> impl Iterator<Item = &'a PlanRow<'a>> + Clone + use<'a> {
        let moves = self.moves;
        self.plans.iter().filter(move |plan| moves_of(moves, plan).is_empty())
    }

    /// Whether no move has taken one of the plan rows elsewhere.
    pub(super) fn stands(&self, plan: &PlanRow) -> bool {
        moves_of(self.moves, plan).is_empty()
    }

    /// The moves that took customers away from the date, by customer.
    pub fn moves(&self) -> &'a [Move] {
        self.moves
    }

    /// Whether a customer has a row in P(m,d) that was not made after the fact (SPEC §3, `unplanned-cap`).
    pub fn is_planned(&self, customer: CustomerId) -> bool {
        let mut rows = self.plans.iter().filter(|plan| plan.customer == customer);
        rows.any(|plan| !self.is_after_the_fact(plan.created))
    }

    /// The on-site rows of S(m,d).
    pub fn onsite_standing(&self) -> impl Iterator<Item = &'a PlanRow<'a>> + Clone + use<'a> {
        self.standing().filter(|plan| plan.is_onsite())
    }

    /// Whether a row or a move was made after the day's first visit had begun (SPEC §3, `first-arrival`).
    pub fn is_after_the_fact(&self, created: Option<Moment>) -> bool {
        created.zip(self.visits.first()).is_some_and(|(created, first)| created > first.started)
    }

    /// How sure it is that a row of the plan stands, those made after the fact left aside.
    pub fn standing_beforehand(&self, plan: &PlanRow<'a>) -> Standing {
        if self.is_after_the_fact(plan.created) {
            return Standing::No;
        }
        let moves = moves_of(self.moves, plan);
        let mut counting = moves.iter().filter(|moved| !self.is_after_the_fact(moved.created));
        let sure = |moved: &Move| !moved.created_unknown || self.visits.is_empty();
        match counting.clone().find(|moved| sure(moved)).or(counting.next()) {
            Some(moved) if sure(moved) => Standing::No,
            Some(moved) => Standing::Unsure { at: moved.at, column: Column::CreatedAt, taken: false },
            None if plan.unknown.contains(Column::CreatedAt) && !self.visits.is_empty() => {
                Standing::Unsure { at: plan.at, column: Column::CreatedAt, taken: true }
            }
            None => self.maybe_moved(plan, |moved| !self.is_after_the_fact(moved.created)),
        }
    }

    /// How sure it is that a row of the plan stands, whenever it was made.
    pub fn standing_at_all(&self, plan: &PlanRow<'a>) -> Standing {
        if self.stands(plan) { self.maybe_moved(plan, |_| true) } else { Standing::No }
    }

    /// Whether one of the moves that count, away from a date that cannot be read, may have taken the row away.
    fn maybe_moved(&self, plan: &PlanRow<'a>, counts: impl Fn(&MaybeMove) -> bool) -> Standing {
        let elsewhere = |moved: &&MaybeMove| moved.customer == plan.customer && moved.date != plan.date;
        match self.maybe_moves.iter().filter(elsewhere).find(|moved| counts(moved)) {
            Some(moved) => Standing::Unsure { at: moved.at, column: Column::RescheduledFrom, taken: true },
            None => Standing::Sure,
        }
    }
}

/// Whether a plan row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Sure,
    /// It hangs on this unknown cell; with the cell taken as empty it is `taken` to stand, or not.
    Unsure {
        at: At,
        column: Column,
        taken: bool,
    },
    No,
}

impl Standing {
    /// Whether it stands with unknown cells taken as empty.
    pub fn is_taken(self) -> bool {
        matches!(self, Self::Sure | Self::Unsure { taken: true, .. })
    }
}

/// The moves that name a plan row's date and customer.
fn moves_of<'a>(moves: &'a [Move], plan: &PlanRow) -> &'a [Move] {
    let from = moves.partition_point(|moved| moved.customer < plan.customer);
    let count = moves[from..].iter().take_while(|moved| moved.customer == plan.customer).count();
    &moves[from..from + count]
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

impl Excuse {
    /// What may excuse: a status that cannot be read, and any part that cannot (SPEC §1.1, periods).
    pub fn possible<'r>(records: impl IntoIterator<Item = &'r DayRecord>, excusing: &[DayStatus]) -> Self {
        let mut excuse = Self::default();
        for record in records {
            if record.unknown.contains(Column::Status) || excusing.contains(&record.status) {
                let any_part = record.unknown.contains(Column::Part);
                excuse.am |= any_part || record.part != Part::Pm;
                excuse.pm |= any_part || record.part != Part::Am;
            }
        }
        excuse
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
