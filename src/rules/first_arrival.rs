//! 六.1: the day's first planned on-site customer is reached by the limit.

use super::{Meta, Need, Rule};
use crate::headline::DayMeasure;
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::{Day, ManagerMonth};
use crate::model::{ClockTime, PlanRow, Visit};
use serde::{Deserialize, Serialize};

pub struct FirstArrival;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// The latest arrival that is in time.
    pub by: ClockTime,
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

    const DAY: Option<DayMeasure> = Some(DayMeasure::FirstArrival);

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for day in month.days() {
            let first = first_rows(day);
            if first.clone().next().is_none() || day.excuse.am || day.is_unrecorded {
                continue;
            }
            let there = |visit: &&Visit| visit.is_onsite() && first.clone().any(|plan| plan.customer == visit.customer);
            // Visits come by start: the first one there is the earliest.
            match day.visits.iter().find(there) {
                Some(visit) if visit.started.clock() <= params.by => tally.pass(),
                earliest => tally.fail(finding(params, day, earliest)),
            }
        }
    }
}

/// The on-site rows with the lowest `seq`; without any seq, all of them.
fn first_rows<'a>(day: &Day<'a>) -> impl Iterator<Item = &'a PlanRow<'a>> + Clone + use<'a> {
    let lowest = day.onsite_standing().filter_map(|plan| plan.seq).min();
    day.onsite_standing().filter(move |plan| lowest.is_none() || plan.seq == lowest)
}

fn finding(params: &Params, day: &Day, earliest: Option<&Visit>) -> Finding {
    let plans = first_rows(day).map(|plan| plan.at);
    let measured = match earliest {
        Some(visit) => Words::same(visit.started.clock().long()),
        None => words("未拜访", "no visit"),
    };
    let evidence = match earliest {
        Some(visit) => Evidence::new(visit.at, plans),
        None => Evidence::of(plans).expect("a day is assessed for its first rows"),
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
    Finding::new(When::Date(day.date), measured, Words::same(format_args!("≤ {by}")), evidence)
        .limit_text(by)
        .message(zh, en)
}
