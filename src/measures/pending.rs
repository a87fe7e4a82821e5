//! What becomes of a unit over a period whose limit is not met (SPEC §1, *pending* and *complete*).

use super::month::ManagerMonth;
use crate::lang::{Words, words};
use crate::model::{DateSpan, Kind};

/// How late the visits may begin in a period and still count for all of it.
const LATE_START_DAYS: i64 = 10;

/// The state of a period for a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodState {
    /// It has begun, and no day after the horizon is left on which he could still work.
    pub complete: bool,
    /// It has a working day on which he is not excused in full.
    pub workable: bool,
    /// The visits are loaded from (nearly) its beginning.
    pub visits_loaded: bool,
}

impl PeriodState {
    pub(super) fn of(month: &ManagerMonth, period: DateSpan) -> Self {
        let mut workable = period.days().filter(|date| month.is_workable(*date));
        let horizon = month.horizon();
        let window = month.book.windows.get(Kind::Visits);
        let late = |first: chrono::NaiveDate| (first - period.first).num_days() > LATE_START_DAYS;
        Self {
            complete: period.first <= horizon && !period.days().any(|date| date > horizon && month.is_workable(date)),
            workable: workable.next().is_some(),
            visits_loaded: window.is_some_and(|window| !late(window.first)),
        }
    }

    /// Why an unmet unit that counts visits is not to be assessed at all.
    pub fn not_assessed(self) -> Option<Words> {
        self.off_duty().or_else(|| {
            let why = words(
                "拜访记录从期初 10 天以后才开始",
                "visits are loaded only from more than 10 days into the period",
            );
            (!self.visits_loaded).then_some(why)
        })
    }

    /// Why an unmet unit that counts no visits is not to be assessed at all.
    pub fn off_duty(self) -> Option<Words> {
        let why = words("该期内没有需要工作的日子", "no working day in the period on which he is not excused");
        (!self.workable).then_some(why)
    }
}
