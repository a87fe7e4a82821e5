//! What was pushed aside on its date, and when and how it can be made up for (六.5).

use super::day::Day;
use super::due::{deadline, most_days_to_deadline};
use super::month::ManagerMonth;
use super::period::{UNRECORDED, Unmet};
use crate::lang::words;
use crate::model::{At, Column, CustomerId, DateSpan, Kind, PlanRow};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// A customer that was moved from a date, or planned on one that is excused, and not visited on it, with the deadline in the
/// month.
pub(crate) struct Displaced<'m> {
    pub date: NaiveDate,
    pub customer: CustomerId,
    /// When it can be made up for: from one limit before the date to the deadline.
    pub around: DateSpan,
    /// The rows that say so.
    pub rows: Vec<At>,
    /// The plan rows by which the customer was visited while it could be made up for.
    pub kept: Vec<PlanRow<'m>>,
    /// What it comes to where nothing has made up for it; none where something has.
    pub unmet: Option<Unmet>,
}

/// Whether a planned visit stands for that of the date: the row says so, or was made on or after it. What was planned
/// before is a visit due anyhow.
pub(crate) fn makes_up(plan: &PlanRow, date: NaiveDate, has_created: bool) -> bool {
    let made_since = || !has_created || plan.created.is_some_and(|created| created.date >= date);
    plan.moved_from() == Some(date) || plan.date > date && made_since()
}

impl<'a> ManagerMonth<'a> {
    /// Whether any file says when plans were made.
    pub fn has_created(&self) -> bool {
        self.book.has_column(Kind::Plans, Column::CreatedAt)
    }

    /// All that was pushed aside, by date and customer.
    pub(crate) fn displaced(&self, within_days: u32) -> Vec<Displaced<'a>> {
        let has_created = self.has_created();
        let limit = Days::new(within_days.into());
        let units = displaced_rows(self, within_days).into_iter().map(|((date, customer), rows)| {
            let deadline = deadline(&self.settings.calendar, date, within_days);
            let around = DateSpan { first: date - limit, last: deadline };
            let kept = planned_visits(self, customer, around);
            let met = kept.iter().any(|plan| makes_up(plan, date, has_created));
            let unmet = (!met).then(|| self.unmet_displaced(date, deadline));
            Displaced { date, customer, around, rows, kept, unmet }
        });
        units.collect()
    }

    fn unmet_displaced(&self, date: NaiveDate, deadline: NaiveDate) -> Unmet {
        let behind = DateSpan { first: date + Days::new(1), last: deadline };
        if self.windows().get(Kind::Visits).is_none_or(|window| date < window.first) {
            Unmet::NotAssessed(words("原计划日期早于拜访记录", "the original date lies before the visits loaded"))
        } else if !behind.days().any(|date| self.may_work(date)) {
            Unmet::NotAssessed(words(
                "期限内没有需要工作的日子",
                "no working day up to the deadline on which he is not excused",
            ))
        } else if self.is_unrecorded(self.month) {
            Unmet::NotAssessed(UNRECORDED)
        } else if deadline > self.horizon() {
            Unmet::Pending
        } else {
            Unmet::Failed
        }
    }
}

/// Visits on dates for which the visitor, the manager himself or another, had planned the customer: the plan rows.
fn planned_visits<'a>(month: &ManagerMonth<'a>, customer: CustomerId, span: DateSpan) -> Vec<PlanRow<'a>> {
    let own = month.plan_rows_in(span).iter().filter(|plan| plan.customer == customer);
    let mut kept: Vec<PlanRow> = own.filter(|plan| visited(&month.day(plan.date), customer)).cloned().collect();
    let mut others = month.book.visits_by_others(customer, month.id);
    others.retain(|(_, date)| span.contains(*date));
    for visits in others.chunk_by(|one, two| one.0 == two.0) {
        let plans = month.book.plans_for(visits[0].0, customer);
        kept.extend(plans.filter(|plan| visits.binary_search(&(plan.manager, plan.date)).is_ok()));
    }
    kept
}

fn visited(day: &Day, customer: CustomerId) -> bool {
    day.visits.iter().any(|visit| visit.customer == customer)
}

/// What was pushed aside and not visited on its date, with its deadline in the month, and the rows that say so.
fn displaced_rows(month: &ManagerMonth, within_days: u32) -> BTreeMap<(NaiveDate, CustomerId), Vec<At>> {
    let near = DateSpan { first: month.span.first - most_days_to_deadline(within_days), last: month.span.last };
    let in_month = |date: &NaiveDate| month.month.contains(deadline(&month.settings.calendar, *date, within_days));
    let dates: BTreeSet<NaiveDate> = near.days().filter(in_month).collect();
    let mut units: BTreeMap<(NaiveDate, CustomerId), Vec<At>> = BTreeMap::new();
    for plan in &month.file.plans {
        if let Some(date) = plan.moved_from().filter(|date| dates.contains(date)) {
            units.entry((date, plan.customer)).or_default().push(plan.at);
        }
    }
    for day in dates.iter().filter(|date| month.excuse(**date).at_all()).map(|date| month.day(*date)) {
        for plan in day.standing() {
            units.entry((day.date, plan.customer)).or_default().push(plan.at);
        }
    }
    let is_asked = |customer: CustomerId| {
        month.customer(customer).is_some_and(|customer| customer.is_open_in(month.month) && !customer.suspended)
    };
    units.retain(|(date, customer), _| is_asked(*customer) && !visited(&month.day(*date), *customer));
    units
}
