//! 七: a plan says how each customer is visited, and for phone and web by which number or tool.

use super::{Meta, Need, Rule};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::words;
use crate::measures::{ManagerMonth, numbered_rows};
use crate::model::{Column, Kind, Mode};
use serde::{Deserialize, Serialize};

pub(super) struct PlanContact;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

impl Rule for PlanContact {
    type Params = Params;

    const META: Meta = Meta {
        id: "plan-contact",
        clause: "七",
        party: Party::Manager,
        needs: &[Need::File(Kind::Plans), Need::Column(Kind::Plans, Column::Mode)],
        title: words("计划联系方式", "plan contact"),
        assessed: words("本月的每条计划", "each plan row of the month"),
        fails: words(
            "没有注明拜访方式；电话拜访没有号码；网络拜访没有工具",
            "no mode; phone mode without a number; web mode without a tool",
        ),
        remedy: words("制定计划时注明方式、号码或工具", "give mode, number or tool when planning"),
        example: words(
            "2026-09-07 C0033 电话计划无号码，plans.csv:77",
            "2026-09-07 C0033: phone mode without a number, plans.csv:77",
        ),
        nothing: words("本月没有计划", "no plan row in the month"),
    };

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let has_phone = month.book.has_column(Kind::Plans, Column::Phone);
        let has_tool = month.book.has_column(Kind::Plans, Column::Tool);
        for (plan, twin) in numbered_rows(month.plan_rows_of_month()) {
            let (measured, required) = match plan.mode {
                None => (words("无拜访方式", "no mode"), words("拜访方式", "a mode")),
                Some(Mode::Phone) if has_phone && plan.phones.is_empty() => {
                    (words("无号码", "no number"), words("通讯号码", "a number"))
                }
                Some(Mode::Web) if has_tool && plan.tool.is_none() => {
                    (words("无工具", "no tool"), words("网络工具", "a tool"))
                }
                Some(_) => {
                    tally.pass();
                    continue;
                }
            };
            let (zh, en) = (format!("计划{}", measured.zh), format!("the plan row has {}", measured.en));
            let finding = Finding::new(When::Date(plan.date), measured, required, Evidence::new(plan.at, []))
                .plan_row(plan)
                .twin(twin)
                .message(zh, en);
            let read = match plan.mode {
                None => Column::Mode,
                Some(Mode::Phone) => Column::Phone,
                Some(_) => Column::Tool,
            };
            tally.fail_unless(Doubt::first_of(plan.at, plan.unknown, &[read]), finding);
        }
    }
}
