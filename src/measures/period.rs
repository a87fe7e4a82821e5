//! How a period stands for a manager, and what becomes of a unit over it whose limit is not met (SPEC §1, *pending*).

use crate::lang::{Words, words};

/// Why nothing is held against a manager whose visits are missing.
pub(crate) const UNRECORDED: Words = words("没有载入他的任何拜访记录", "no visits of his are loaded");

/// Why nothing is asked of a manager who had no day to work on.
pub(super) const NO_WORKING_DAY: Words =
    words("本月没有需要工作的日子", "no working day in the month on which he is not excused");

/// The state of a period for a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodState {
    /// It has begun, and no day after the horizon is left on which he could still work.
    pub complete: bool,
    /// It has begun, and no working day of the calendar is left after the horizon.
    pub(super) over: bool,
    /// It has a working day on which he is not excused in full.
    pub workable: bool,
    /// The visits are loaded from (nearly) its beginning.
    pub(super) visits_loaded: bool,
    /// One of its months is unrecorded.
    pub(super) unrecorded: bool,
}

impl PeriodState {
    /// What an unmet unit that counts visits of the manager's comes to.
    pub fn unmet(self) -> Unmet {
        self.by_visits(self.unmet_without_visits())
    }

    /// What an unmet unit that counts visits of anyone comes to.
    pub fn unmet_by_anyone(self) -> Unmet {
        self.by_visits(self.open_until(self.over))
    }

    /// What an unmet unit that counts no visits comes to.
    pub fn unmet_without_visits(self) -> Unmet {
        self.open_until(self.complete)
    }

    fn by_visits(self, unmet: Unmet) -> Unmet {
        match unmet {
            Unmet::Pending | Unmet::Failed if self.unrecorded => Unmet::NotAssessed(UNRECORDED),
            Unmet::Pending | Unmet::Failed if !self.visits_loaded => Unmet::NotAssessed(words(
                "拜访记录从期初 10 天以后才开始",
                "visits are loaded only from more than 10 days into the period",
            )),
            unmet => unmet,
        }
    }

    fn open_until(self, ended: bool) -> Unmet {
        if !self.workable {
            Unmet::NotAssessed(words(
                "该期内没有需要工作的日子",
                "no working day in the period on which he is not excused",
            ))
        } else if ended {
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
