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
        let horizon = month.horizon();
        let has_workable = |dates: DateSpan| dates.days().any(|date| month.is_workable(date));
        let left = horizon.succ_opt().map(|next| DateSpan { first: period.first.max(next), last: period.last });
        let window = month.windows().get(Kind::Visits);
        let late = |first: chrono::NaiveDate| (first - period.first).num_days() > LATE_START_DAYS;
        Self {
            complete: period.first <= horizon && !left.is_some_and(has_workable),
            workable: has_workable(period),
            visits_loaded: window.is_some_and(|window| !late(window.first)),
        }
    }

    /// What an unmet unit that counts visits comes to.
    pub fn unmet(self) -> Unmet {
        match self.unmet_without_visits() {
            Unmet::Pending | Unmet::Failed if !self.visits_loaded => Unmet::NotAssessed(words(
                "拜访记录从期初 10 天以后才开始",
                "visits are loaded only from more than 10 days into the period",
            )),
            unmet => unmet,
        }
    }

    /// What an unmet unit that counts no visits comes to.
    pub fn unmet_without_visits(self) -> Unmet {
        if !self.workable {
            Unmet::NotAssessed(words(
                "该期内没有需要工作的日子",
                "no working day in the period on which he is not excused",
            ))
        } else if self.complete {
            Unmet::Failed
        } else {
            Unmet::Pending
        }
    }
}

/// What a unit over a period comes to whose limit is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmet {
    NotAssessed(Words),
    Pending,
    Failed,
}
