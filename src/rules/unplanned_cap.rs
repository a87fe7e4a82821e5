//! 六.2: customers visited without a plan are at most a fifth of the day's.

use super::{Meta, Need, Rule};
use crate::headline::{DayMeasure, Headline, Measure, ShownLimit};
use crate::judgement::{Evidence, Finding, Party, Tally, When, share_text};
use crate::lang::{Words, say, words};
use crate::measures::{Headcount, ManagerMonth, PlanSource};
use crate::model::{CustomerId, Percent};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub struct UnplannedCap;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Of the customers visited on the day.
    pub max_percent: Percent,
}

impl Rule for UnplannedCap {
    type Params = Params;

    const META: Meta = Meta {
        id: "unplanned-cap",
        clause: "六.2",
        party: Party::Manager,
        needs: &[Need::PlannedVisits],
        title: words("计划外拜访", "unplanned visits"),
        assessed: words(
            "有拜访且未全天免考核的每一天",
            "each day with visits, not excused in full, for which plans are loaded",
        ),
        fails: words(
            "计划外户数超过当天拜访户数的规定比例",
            "customers visited without a plan row are more than the limit's share of the day's customers",
        ),
        remedy: words(
            "经常需要的拜访应列入计划；变更应在计划中登记",
            "plan the visits that recur, and record changes in the plan",
        ),
        example: words(
            "2026-09-01 计划外 2/7 (28.6%)，要求 ≤ 20%，visits.csv:2156、2159",
            "2026-09-01: 2/7 (28.6%), required ≤ 20%, visits.csv:2156, 2159",
        ),
        nothing: words("没有需考核的拜访日", "no day with visits to assess"),
    };

    const HEADLINE: Option<Headline> = Some(Headline {
        short: words("计划外", "unplanned"),
        name: words("计划外拜访达标天数", "days with few unplanned visits"),
        measure: Measure::Days,
        counts: |count, of| say(format!("{count} / {of} 人·天"), format!("{count} of {of} days")),
    });

    const DAY: Option<DayMeasure> = Some(DayMeasure::Unplanned);

    fn limit(params: &Params) -> Option<ShownLimit> {
        let cap = params.max_percent;
        Some(ShownLimit { number: cap.as_f64(), words: Words::same(format_args!("≤ {cap}%")) })
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        if month.plan_source() == PlanSource::File && month.plan_rows_of_month().is_empty() {
            return tally.skip(words("本月没有该客户经理的计划", "he has no plan row in the month"));
        }
        for day in month.days() {
            if day.visits.is_empty() || day.excuse.in_full() || !month.in_plans_window(day.date) {
                continue;
            }
            let Headcount { unplanned: count, visited: of, .. } = month.headcount(day);
            tally.add_share(count, of);
            if params.max_percent.caps(count, of) {
                tally.pass();
                continue;
            }
            let planned: FxHashSet<CustomerId> = day.plans.iter().map(|plan| plan.customer).collect();
            let unplanned = day.visits.iter().filter(|visit| !planned.contains(&visit.customer)).map(|visit| visit.at);
            let evidence = Evidence::of(unplanned).expect("above a cap of at least 0 there is one");
            let (share, cap) = (share_text(count, of), params.max_percent);
            tally.fail(
                Finding::new(
                    When::Date(day.date),
                    Words::same(&share),
                    Words::same(format_args!("≤ {cap}%")),
                    evidence,
                )
                .share(count, of)
                .limit(cap.as_f64())
                .message(
                    format!("计划外 {share} 户，超过当天拜访户数的 {cap}%"),
                    format!("{share} of the day's customers were not planned, more than {cap}%"),
                ),
            );
        }
    }
}
