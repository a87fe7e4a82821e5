//! Whether a period is over for a manager, and whether anything is recorded of it (SPEC §1, *complete*, *unrecorded*).

use super::day::Excuse;
use super::month::ManagerMonth;
use super::period::{PeriodState, Unmet};
use super::rows::{on_date, within};
use crate::model::{Column, DateSpan, DayRecord, DayStatus, Kind, Month};
use chrono::{Days, NaiveDate};

/// How late the visits may begin in a period and still count for all of it.
const LATE_START_DAYS: i64 = 10;

impl ManagerMonth<'_> {
    /// How a unit over a period stands while its limit is not met.
    pub fn period_state(&self, period: DateSpan) -> PeriodState {
        let of = || state_of(self, period);
        if period == self.span { *self.state.get_or_init(of) } else { of() }
    }

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

/// How a period stands for a manager.
fn state_of(month: &ManagerMonth, period: DateSpan) -> PeriodState {
    let window = month.windows().get(Kind::Visits);
    let late = |first: NaiveDate| (first - period.first).num_days() > LATE_START_DAYS;
    let calendar = &month.settings.calendar;
    PeriodState {
        complete: is_complete(month, period),
        over: is_over(month, period, |date| calendar.is_working_day(date)),
        workable: period.days().any(|date| month.may_work(date)),
        visits_loaded: window.is_some_and(|window| !late(window.first)),
        unrecorded: months_of(period).any(|of| month.is_unrecorded(of)),
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
