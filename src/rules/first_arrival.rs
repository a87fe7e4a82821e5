//! 六.1: the day's first planned on-site customer is reached by the limit.

use super::{Meta, Need, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::ManagerMonth;
use crate::model::{ClockTime, PlanRow, Visit};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub struct FirstArrival;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The latest arrival that is in time.
    by: ClockTime,
}

impl Rule for FirstArrival {
    type Params = Params;

    const META: Meta = Meta {
        id: "first-arrival",
        clause: "六.1",
        party: Party::Manager,
        needs: &[Need::PlannedVisits],
        title: words("首户到达", "first arrival"),
        assessed: words(
            "有实地拜访计划且上午未免考核的每一天",
            "each day with on-site plan rows, its morning not excused",
        ),
        fails: words(
            "未在规定时刻前到达当天计划的第一户",
            "the day's first planned on-site customer is not reached by the limit",
        ),
        remedy: words(
            "按计划顺序从第一户开始拜访；临时变更应提前改计划",
            "begin the day at the first customer of the plan; change the plan beforehand where the route changes",
        ),
        example: words(
            "2026-09-02 测得 08:55:24，要求 ≤ 08:30，visits.csv:1354",
            "2026-09-02: 08:55:24, required ≤ 08:30, visits.csv:1354",
        ),
        nothing: words("没有需考核的实地计划日", "no day to assess with on-site plan rows"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for date in month.days() {
            let first = first_customers(month.onsite_standing_on(date));
            if first.is_empty() || month.excuse(date).am || month.is_unrecorded(date) {
                continue;
            }
            let there = |visit: &&Visit| visit.is_onsite() && first.iter().any(|plan| plan.customer == visit.customer);
            // Visits come by start: the first one there is the earliest.
            match month.visits_on(date).iter().find(there) {
                Some(visit) if visit.started.clock() <= params.by => tally.pass(),
                earliest => tally.fail(finding(params, date, &first, earliest)),
            }
        }
    }
}

/// The rows with the lowest `seq`; without any seq, all of them.
fn first_customers<'a>(rows: impl Iterator<Item = &'a PlanRow<'a>>) -> Vec<&'a PlanRow<'a>> {
    let rows: Vec<&PlanRow> = rows.collect();
    let lowest = rows.iter().filter_map(|plan| plan.seq).min();
    rows.into_iter().filter(|plan| lowest.is_none() || plan.seq == lowest).collect()
}

fn finding(params: &Params, date: NaiveDate, first: &[&PlanRow], earliest: Option<&Visit>) -> Finding {
    let plans = first.iter().map(|plan| plan.at);
    let measured = match earliest {
        Some(visit) => Words::same(visit.started.clock().long()),
        None => words("未拜访", "no visit"),
    };
    let evidence = match earliest {
        Some(visit) => Evidence::new(visit.at, plans),
        None => Evidence::new(first[0].at, plans.skip(1)),
    };
    let by = params.by;
    let (zh, en) = match earliest {
        Some(visit) => (
            format!("{} 才到达当天计划第一户，应不晚于 {by}", visit.started.clock().long()),
            format!("the first planned customer was reached at {}, later than {by}", visit.started.clock().long()),
        ),
        None => (
            format!("当天计划第一户没有实地拜访，应不晚于 {by} 到达"),
            format!("the first planned customer was not visited on site; {by} is the limit"),
        ),
    };
    Finding::new(When::Date(date), measured, Words::same(format_args!("≤ {by}")), evidence)
        .limit_text(by)
        .message(zh, en)
}
