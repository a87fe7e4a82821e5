//! 六.5: what a meeting or training pushed aside is visited on another planned day.

use super::reschedule_doubt::Unit;
use super::{Meta, Need, Rule};
use crate::doubt::{Mended, open_cell, suspended_cell};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{say, words};
use crate::measures::{Day, ManagerMonth, UNRECORDED, most_days_for, nth_working_day};
use crate::model::{At, Column, CustomerId, DateSpan, Kind, Month, PlanRow, Scope, Whole};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct Reschedule;

/// A deadline that falls into holidays is put off to this working day of the calendar.
const LEAST_WORKING_DAYS: u32 = 2;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// How far from the original date, either way, the visit may be made up for; behind it to the second working day at least.
    within_days: Whole<1, 92>,
}

impl Rule for Reschedule {
    type Params = Params;

    const META: Meta = Meta {
        id: "reschedule",
        clause: "六.5",
        party: Party::Manager,
        needs: &[Need::File(Kind::Plans)],
        title: words("变更补访", "rescheduling"),
        assessed: words(
            "改期的，或免考核日（含半天）计划中而当日未拜访的在营客户，期限在本月的",
            "each open customer moved from a date, or planned on a date excused in full or in part, and not visited on it, with its deadline in the month",
        ),
        fails: words(
            "期限内他或同事都没有按改期的计划（或当日及以后另行制定的计划）拜访",
            "by the deadline neither he nor a colleague has visited by a plan row that names the date or was made on or after it",
        ),
        remedy: words(
            "在新的计划中写明原计划日期并拜访",
            "plan the customer anew, naming the original date, and visit",
        ),
        example: words(
            "2026-09-10 C0263 未补访，要求 2026-09-03 至 2026-09-17 内改期并拜访，plans.csv:3301",
            "2026-09-10 C0263: not made up for, required from 2026-09-03 to 2026-09-17, plans.csv:3301",
        ),
        nothing: words("没有期限在本月的改期拜访", "nothing rescheduled with a deadline in the month"),
    };

    /// A date long before the month may have been made up for one limit earlier still.
    fn widen(params: &Params, month: Month, scope: &mut Scope) {
        let first = month.first() - params.most_days() - params.limit();
        for kind in [Kind::Visits, Kind::Plans, Kind::Days] {
            scope.widen(kind, DateSpan { first, last: month.last() });
        }
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let has_created = month.book.has_column(Kind::Plans, Column::CreatedAt);
        for ((date, customer), rows) in displaced(params, month) {
            let deadline = params.deadline(month, date);
            let around = DateSpan { first: date - params.limit(), last: deadline };
            let behind = DateSpan { first: date + Days::new(1), last: deadline };
            let kept = planned_visits(month, customer, around);
            if kept.iter().any(|plan| makes_up(plan, date, has_created)) {
                tally.pass();
            } else if month.windows().get(Kind::Visits).is_none_or(|window| date < window.first) {
                tally.skip(words("原计划日期早于拜访记录", "the original date lies before the visits loaded"));
            } else if !behind.days().any(|date| month.may_work(date)) {
                tally.skip(words(
                    "期限内没有需要工作的日子",
                    "no working day up to the deadline on which he is not excused",
                ));
            } else if month.is_unrecorded(month.month) {
                tally.skip(UNRECORDED);
            } else if deadline > month.horizon() {
                tally.pending();
            } else {
                let unit = Unit { customer, date, around, has_created };
                mended(month, &unit, &kept).settle(tally, finding(params, (date, deadline), customer, rows));
            }
        }
    }
}

/// Whether cells of the customer or of the rows of his visits, or rejected rows, may take the unit out or make up for it.
fn mended(month: &ManagerMonth, unit: &Unit, kept: &[PlanRow]) -> Mended {
    let customer = month.customer(unit.customer);
    let outside = || customer.as_ref().and_then(|customer| open_cell(customer).or_else(|| suspended_cell(customer)));
    let cell = kept.iter().find_map(|plan| unit.cell(plan)).or_else(outside);
    Mended::by(cell).or(|| unit.by_rejected(month))
}

impl Params {
    fn limit(&self) -> Days {
        Days::new(u64::from(self.within_days.0))
    }

    /// No deadline lies further behind the date.
    fn most_days(&self) -> Days {
        Days::new(most_days_for(LEAST_WORKING_DAYS).max(u64::from(self.within_days.0)))
    }

    fn deadline(&self, month: &ManagerMonth, date: NaiveDate) -> NaiveDate {
        let second = nth_working_day(&month.settings.calendar, date, LEAST_WORKING_DAYS);
        second.max(date + self.limit())
    }
}

/// Visits on dates for which the visitor, the manager himself or another, had planned the customer: the plan rows.
fn planned_visits<'m>(month: &ManagerMonth<'m>, customer: CustomerId, span: DateSpan) -> Vec<PlanRow<'m>> {
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

/// Whether a planned visit stands for that of the date: the row says so, or was made on or after it. What was planned
/// before is a visit due anyhow.
pub(super) fn makes_up(plan: &PlanRow, date: NaiveDate, has_created: bool) -> bool {
    let made_since = || !has_created || plan.created.is_some_and(|created| created.date >= date);
    plan.moved_from() == Some(date) || plan.date > date && made_since()
}

fn visited(day: &Day, customer: CustomerId) -> bool {
    day.visits.iter().any(|visit| visit.customer == customer)
}

/// What was pushed aside and not visited on its date, with its deadline in the month, and the rows that say so.
fn displaced(params: &Params, month: &ManagerMonth) -> BTreeMap<(NaiveDate, CustomerId), Vec<At>> {
    let near = DateSpan { first: month.span.first - params.most_days(), last: month.span.last };
    let dates: BTreeSet<NaiveDate> =
        near.days().filter(|date| month.month.contains(params.deadline(month, *date))).collect();
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

fn finding(params: &Params, (date, deadline): (NaiveDate, NaiveDate), customer: CustomerId, rows: Vec<At>) -> Finding {
    let first = date - params.limit();
    let evidence = Evidence::of(rows).expect("a plan row names the unit");
    Finding::new(
        When::Date(date),
        words("未补访", "not made up for"),
        say(format!("{first} 至 {deadline} 内改期并拜访"), format!("replanned and visited from {first} to {deadline}")),
        evidence,
    )
    .customer(customer)
    .limit(params.within_days.0)
    .message(
        format!("{date} 改期或免考核的客户，{first} 至 {deadline} 没有另行计划并拜访"),
        format!("pushed aside on {date}, and from {first} to {deadline} not both planned anew and visited"),
    )
}
