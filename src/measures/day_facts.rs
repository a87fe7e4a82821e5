//! What is told of a manager's date, counted once, when he is judged: reports recount nothing.

use super::day::{Day, Excuse};
use super::field_time::field_seconds;
use super::month::ManagerMonth;
use crate::model::{ClockTime, DateSpan, DayRecord, DayStatus, Kind, Part};
use chrono::NaiveDate;

/// One manager's date.
#[derive(Clone, Debug)]
pub struct DayFacts {
    pub date: NaiveDate,
    /// From the first date with visits to the horizon.
    pub is_in_reach: bool,
    /// A working day of the calendar on which the manager is in post.
    pub is_working: bool,
    pub excuse: Excuse,
    /// Without any visit, though something was to be expected, and no day record could speak of it.
    pub is_unrecorded: bool,
    pub in_plans_window: bool,
    /// Customers of V(m,d), and those of them without a row in P(m,d).
    pub visited: u32,
    pub unplanned: u32,
    /// Seconds in the field; `None` where no rule says which gaps between visits count.
    pub field_seconds: Option<u32>,
    /// The start of the day's first on-site visit.
    pub first_onsite: Option<ClockTime>,
    /// The start of the day's last visit.
    pub last_start: Option<ClockTime>,
    /// What the day records say besides field work, each once.
    pub statuses: Box<[(DayStatus, Part)]>,
}

impl DayFacts {
    /// Of every date of the month. Gaps between visits of at most `max_gap` seconds count as field time.
    pub fn of_month(month: &ManagerMonth, max_gap: Option<u32>) -> Vec<Self> {
        let window = month.windows().get(Kind::Visits);
        let reach = window.map(|window| DateSpan { first: window.first, last: month.horizon() });
        let unrecorded = month.unrecorded_days();
        let of_day = |day: &Day| {
            let heads = month.headcount(day);
            Self {
                date: day.date,
                is_in_reach: reach.is_some_and(|reach| reach.contains(day.date)),
                is_working: day.is_working,
                excuse: day.excuse,
                is_unrecorded: unrecorded.contains(&day.date),
                in_plans_window: month.in_plans_window(day.date),
                visited: heads.visited as u32,
                unplanned: heads.unplanned as u32,
                field_seconds: max_gap.map(|max_gap| field_seconds(day.visits, max_gap)),
                first_onsite: day.visits.iter().find(|visit| visit.is_onsite()).map(|visit| visit.started.clock()),
                last_start: day.visits.last().map(|visit| visit.started.clock()),
                statuses: statuses(day.records),
            }
        };
        month.dates.iter().map(of_day).collect()
    }
}

fn statuses(records: &[DayRecord]) -> Box<[(DayStatus, Part)]> {
    let mut all = Vec::new();
    for record in records.iter().filter(|record| record.status != DayStatus::Field) {
        let said = (record.status, record.part);
        if !all.contains(&said) {
            all.push(said);
        }
    }
    all.into()
}
