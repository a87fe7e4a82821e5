//! 五(一).2: there is a visit plan for each working day.

use super::{Meta, Need, Rule};
use crate::doubt::{day_cell, fail_or_doubt, possible_state};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, counted, say, words};
use crate::measures::{Day, Excuse, ManagerMonth};
use crate::model::Kind;
use serde::{Deserialize, Serialize};

pub(super) struct PlanMade;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

impl Rule for PlanMade {
    type Params = Params;

    const META: Meta = Meta {
        id: "plan-made",
        clause: "五(一).2",
        party: Party::Manager,
        needs: &[Need::File(Kind::Plans)],
        title: words("编制计划", "plan made"),
        assessed: words("未免考核的每个工作日", "each working day that is not excused at all"),
        fails: words("当天没有任何拜访计划", "there is no plan row for the day"),
        remedy: words("前一天（或前一周）编好次日计划", "plan the day's visits the day or the week before"),
        example: words(
            "2026-09-03 无计划，要求 ≥ 1 条，visits.csv:27",
            "2026-09-03: no plan row, required ≥ 1, visits.csv:27",
        ),
        nothing: words("没有需考核的工作日", "no working day to assess"),
    };

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for day in month.days() {
            let looked_at = day.is_working && month.in_plans_window(day.date);
            if !looked_at || day.excuse.at_all() || day.is_unrecorded {
                continue;
            }
            if !day.plans.is_empty() {
                tally.keep(|| {
                    let rows = Evidence::of(day.plans.iter().map(|plan| plan.at)).expect("there is one");
                    let n = rows.total as u64;
                    finding(day, say(format!("{n} 条计划"), counted(n, "plan row")), rows)
                });
                continue;
            }
            let visits = day.visits.iter().map(|visit| visit.at);
            let evidence = Evidence::of(visits).or_else(|| Evidence::of(month.calling_rows(day)));
            let evidence = evidence.expect("a manager of the month stands in some row");
            let none = words("无计划", "no plan row");
            let is_out = |excuse: Excuse, _| excuse.at_all();
            fail_or_doubt(
                tally,
                month,
                day.date,
                finding(day, none, evidence),
                day_cell(month, day, is_out),
                |rejected| !rejected.plans.is_empty() || possible_state(month, day, &rejected.days).excuse.at_all(),
            );
        }
    }
}

fn finding(day: &Day, measured: Words, evidence: Evidence) -> Finding {
    Finding::new(When::Date(day.date), measured, words("≥ 1 条计划", "≥ 1 plan row"), evidence)
        .limit(1)
        .message("当天没有拜访计划", "there is no plan row for this working day")
}
