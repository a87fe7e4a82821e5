//! 六.5: what a meeting or training pushed aside is visited on another planned day.

use super::{Meta, Need, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{say, words};
use crate::measures::{Day, ManagerMonth};
use crate::model::{At, CustomerId, DateSpan, Kind, Month, Scope, Whole};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub struct Reschedule;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// How far from the original date, either way, the visit may be made up for.
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
            "改期的，或全天免考核日计划中的客户，期限在本月的",
            "each customer moved from a date, or planned on a date excused in full and not visited on it, with its deadline in the month",
        ),
        fails: words(
            "规定天数内没有既列入计划又实际拜访的日子",
            "on no other date within the limit was the customer both planned and visited by him",
        ),
        remedy: words("把客户排入其他拜访日的计划并拜访", "plan the customer on another day and visit"),
        example: words(
            "2026-09-10 C0263 改期，前后 7 天内未补访，plans.csv:3301",
            "2026-09-10 C0263: moved, and not made up for within 7 days, plans.csv:3301",
        ),
        nothing: words("没有期限在本月的改期拜访", "nothing rescheduled with a deadline in the month"),
    };

    /// Dates one limit before the month may have been made up for one limit earlier still.
    fn widen(params: &Params, month: Month, scope: &mut Scope) {
        let first = month.first() - Days::new(u64::from(params.within_days.0) * 2);
        for kind in [Kind::Visits, Kind::Plans, Kind::Days] {
            scope.widen(kind, DateSpan { first, last: month.last() });
        }
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let limit = Days::new(u64::from(params.within_days.0));
        let dates = DateSpan { first: month.span.first - limit, last: month.span.last - limit };
        for ((date, customer), rows) in displaced(month, dates) {
            let around = DateSpan { first: date - limit, last: date + limit };
            let planned = |day: &Day| day.plans.iter().any(|plan| plan.customer == customer);
            let made_up = |day: &Day| day.date != date && visited(day, customer) && planned(day);
            if around.days().any(|date| made_up(&month.day(date))) {
                tally.pass();
            } else if month.windows().get(Kind::Visits).is_none_or(|window| date < window.first) {
                tally.skip(words("原计划日期早于拜访记录", "the original date lies before the visits loaded"));
            } else if around.last > month.horizon() {
                tally.pending();
            } else {
                tally.fail(finding(params, date, customer, rows));
            }
        }
    }
}

fn visited(day: &Day, customer: CustomerId) -> bool {
    day.visits.iter().any(|visit| visit.customer == customer)
}

/// What was pushed aside on these dates and not visited on them, with the rows that say so.
fn displaced(month: &ManagerMonth, dates: DateSpan) -> BTreeMap<(NaiveDate, CustomerId), Vec<At>> {
    let mut units: BTreeMap<(NaiveDate, CustomerId), Vec<At>> = BTreeMap::new();
    for plan in &month.file.plans {
        if let Some(date) = plan.moved_from().filter(|date| dates.contains(*date)) {
            units.entry((date, plan.customer)).or_default().push(plan.at);
        }
    }
    for day in dates.days().filter(|date| month.excuse(*date).in_full()).map(|date| month.day(date)) {
        for plan in day.standing() {
            units.entry((day.date, plan.customer)).or_default().push(plan.at);
        }
    }
    units.retain(|(date, customer), _| !visited(&month.day(*date), *customer));
    units
}

fn finding(params: &Params, date: NaiveDate, customer: CustomerId, rows: Vec<At>) -> Finding {
    let limit = params.within_days.0;
    let evidence = Evidence::of(rows).expect("a plan row names the unit");
    Finding::new(
        When::Date(date),
        words("未补访", "not made up for"),
        say(format!("前后 {limit} 天内计划并拜访"), format!("planned and visited within {limit} days")),
        evidence,
    )
    .customer(customer)
    .limit(limit)
    .message(
        format!("{date} 改期或免考核的客户，前后 {limit} 天内没有列入计划并拜访"),
        format!("pushed aside on {date}, and within {limit} days not both planned and visited on another date"),
    )
}
