//! What becomes of a unit over a period whose limit is not met (SPEC §1, *pending*, *complete*, *unrecorded*).

use super::day::Excuse;
use super::month::ManagerMonth;
use super::rows::{on_date, within};
use crate::lang::{Words, words};
use crate::model::{Column, DateSpan, DayRecord, DayStatus, Kind, Month};
use chrono::{Days, NaiveDate};

/// How late the visits may begin in a period and still count for all of it.
const LATE_START_DAYS: i64 = 10;

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
    over: bool,
    /// It has a working day on which he is not excused in full.
    pub workable: bool,
    /// The visits are loaded from (nearly) its beginning.
    visits_loaded: bool,
    /// One of its months is unrecorded.
    unrecorded: bool,
}

impl PeriodState {
    pub(super) fn of(month: &ManagerMonth, period: DateSpan) -> Self {
        let window = month.windows().get(Kind::Visits);
        let late = |first: NaiveDate| (first - period.first).num_days() > LATE_START_DAYS;
        let calendar = &month.settings.calendar;
        Self {
            complete: is_complete(month, period),
            over: is_over(month, period, |date| calendar.is_working_day(date)),
            workable: period.days().any(|date| month.may_work(date)),
            visits_loaded: window.is_some_and(|window| !late(window.first)),
            unrecorded: months_of(period).any(|of| month.is_unrecorded(of)),
        }
    }

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

impl ManagerMonth<'_> {
    /// A working day of his on which he is surely not excused in full: for units over a period, what may be an excuse is one.
    pub fn may_work(&self, date: NaiveDate) -> bool {
        let records = on_date(&self.file.days, date, |day| day.date);
        self.is_working_day(date) && !Excuse::possible(records, &self.settings.excuse).in_full()
    }

    /// The days of the month behind the horizon on which he works or has planned to, and is not excused in full: while there
    /// are any, the month is not complete for him.
    pub fn days_left(&self) -> Vec<NaiveDate> {
        let behind = self.span.days().filter(|date| *date > self.horizon());
        behind.filter(|date| is_left(self, *date)).collect()
    }

    /// Whether nothing tells of a month that is over for him: no visit, and no day record of a day at work. Who looks ahead
    /// asks what is left to be done, whatever is recorded.
    pub fn is_unrecorded(&self, month: Month) -> bool {
        if self.ahead {
            return false;
        }
        const AT_WORK: [DayStatus; 3] = [DayStatus::Field, DayStatus::Office, DayStatus::DeviceFailure];
        let span = month.span();
        let says_so = |day: &DayRecord| AT_WORK.contains(&day.status) && !day.unknown.contains(Column::Status);
        let worked = || within(&self.file.days, span, |day| day.date).iter().any(says_so);
        self.visits_in(span).is_empty()
            && !worked()
            && span.days().any(|date| self.may_work(date))
            && is_complete(self, span)
    }
}

impl ManagerMonth<'_> {
    /// What a duty of the section in the month comes to that nobody has been seen to yet: it has so many days after the month.
    pub fn unmet_after(&self, days: u32) -> Unmet {
        let in_time = self.span.last + Days::new(u64::from(days));
        if in_time > self.horizon() { Unmet::Pending } else { Unmet::Failed }
    }
}

/// No day on which he could still work is left after the horizon; a day planned by him is one to work on.
fn is_complete(month: &ManagerMonth, period: DateSpan) -> bool {
    is_over(month, period, |date| is_left(month, date))
}

fn is_left(month: &ManagerMonth, date: NaiveDate) -> bool {
    let to_work = month.is_working_day(date) || !month.standing_rows(date).is_empty();
    to_work && !month.excuse(date).in_full()
}

/// It has begun, and no such day is left after the horizon.
fn is_over(month: &ManagerMonth, period: DateSpan, is_left: impl Fn(NaiveDate) -> bool) -> bool {
    let horizon = month.horizon();
    let left = horizon.succ_opt().map(|next| DateSpan { first: period.first.max(next), last: period.last });
    period.first <= horizon && !left.is_some_and(|left| left.days().any(is_left))
}

/// The months that a period lies in.
fn months_of(period: DateSpan) -> impl Iterator<Item = Month> {
    std::iter::successors(Some(Month::of(period.first)), |month| Some(month.plus(1)))
        .take_while(move |month| month.first() <= period.last)
}

/// What a unit over a period comes to whose limit is not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmet {
    NotAssessed(Words),
    Pending,
    Failed,
}
