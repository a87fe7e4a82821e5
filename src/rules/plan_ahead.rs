//! 五(一).2: plans are made before their day.

use super::{Meta, Need, Rule};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::{ManagerMonth, numbered_rows};
use crate::model::{Column, Kind, PlanRow};
use serde::{Deserialize, Serialize};

pub(super) struct PlanAhead;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

impl Rule for PlanAhead {
    type Params = Params;

    const META: Meta = Meta {
        id: "plan-ahead",
        clause: "五(一).2",
        party: Party::Manager,
        needs: &[Need::File(Kind::Plans), Need::Column(Kind::Plans, Column::CreatedAt)],
        title: words("提前编制", "plan made ahead"),
        assessed: words("本月的每条计划", "each plan row of the month"),
        fails: words("没有制定时间，或不早于计划日期", "its making is not dated, or not before the row's date"),
        remedy: words("最迟前一天编好计划", "make the plan the day before at the latest"),
        example: words(
            "2026-09-15 的计划制定于 2026-09-15 07:50:00，plans.csv:120",
            "2026-09-15: made 2026-09-15 07:50:00, plans.csv:120",
        ),
        nothing: words("本月没有计划", "no plan row in the month"),
    };

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for (plan, twin) in numbered_rows(month.plan_rows_of_month()) {
            if plan.created.is_some_and(|created| created.date < plan.date) {
                tally.pass();
            } else {
                let doubt = Doubt::first_of(plan.at, plan.unknown, &[Column::CreatedAt]);
                tally.fail_unless(doubt, finding(plan).twin(twin));
            }
        }
    }
}

fn finding(plan: &PlanRow) -> Finding {
    let measured = match plan.created {
        Some(created) => Words::same(created),
        None => words("无制定时间", "not dated"),
    };
    let required = Words::same(format_args!("< {}", plan.date));
    Finding::new(When::Date(plan.date), measured, required, Evidence::new(plan.at, []))
        .plan_row(plan)
        .limit_text(plan.date)
        .message("计划不是提前编制的", "the plan row was not made before its day")
}
