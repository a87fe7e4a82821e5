//! 五(二)1(3): a new customer is visited soon after opening.

use super::{Meta, Need, Rule, settle_unmet};
use crate::doubt::{Mended, RejectedVisits, may_be_done, may_be_onsite, open_cell, suspended_cell};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{say, words};
use crate::measures::{ManagerMonth, most_days_to_deadline};
use crate::model::{Column, Customer, DateSpan, Kind, Month, Period, Scope, Visit, Whole};
use crate::obstacle::ObstacleKind;
use serde::{Deserialize, Serialize};

pub(super) struct NewCustomer;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Days behind `opened_on`, to the second working day at least.
    pub within_days: Whole<0, 92>,
}

impl Rule for NewCustomer {
    type Params = Params;

    const META: Meta = Meta {
        id: "new-customer",
        clause: "五(二)1(3)",
        party: Party::Manager,
        needs: &[Need::Column(Kind::Customers, Column::OpenedOn)],
        title: words("新户指导", "new customer"),
        assessed: words(
            "入网后期限在本月期满的每户（至少到其后第二个工作日），停货的除外",
            "each customer not suspended whose days since opening, two working days among them, run out in the month",
        ),
        fails: words(
            "期限内没有任何人的实地拜访（已完成）",
            "no completed on-site visit by anyone from the opening to the deadline",
        ),
        remedy: words(
            "入网后及时上门，送达服务手册、标价签",
            "visit soon after opening, with handbook and price labels",
        ),
        example: words(
            "2026-09 C0299 2026-09-02 至 2026-09-09 无实地拜访，customers.csv:300",
            "2026-09 C0299: no on-site visit from 2026-09-02 to 2026-09-09, customers.csv:300",
        ),
        nothing: words("没有期限在本月的新入网客户", "no newly opened customer with a deadline in the month"),
    };

    fn widen(params: &Params, month: Month, scope: &mut Scope) {
        let first = month.first() - most_days_to_deadline(params.within_days.0);
        scope.widen(Kind::Visits, DateSpan { first, last: month.last() });
    }

    fn per_customer(_: &Params) -> bool {
        true
    }

    fn hangs_on(_: &Params) -> &'static [ObstacleKind] {
        &[ObstacleKind::IdsDoNotJoin]
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for customer in month.open.iter().filter(|customer| !customer.suspended) {
            if customer.unknown.contains(Column::OpenedOn) {
                tally.skip(words("入网日期无法识别", "opened_on cannot be read"));
            }
            let Some(opening) = month.opening(customer, params.within_days.0) else { continue };
            let mended = || {
                let fits = |visit: &Visit| may_be_onsite(visit) && may_be_done(visit);
                let rejected = || RejectedVisits::to(month, customer.id, opening.span, fits).mend_one();
                let cell = open_cell(customer).or_else(|| suspended_cell(customer));
                Mended::by(cell).or(rejected)
            };
            let finding = || finding(params, month, customer, opening.span);
            tally.unit_of(customer.id);
            settle_unmet(tally, opening.unmet.as_ref(), mended, finding);
        }
    }
}

fn finding(params: &Params, month: &ManagerMonth, customer: &Customer, span: DateSpan) -> Finding {
    let DateSpan { first, last } = span;
    Finding::new(
        When::Period(Period::Month(month.month)),
        words("无实地拜访", "no on-site visit"),
        say(format!("{first} 至 {last}"), format!("from {first} to {last}")),
        Evidence::new(customer.at, []),
    )
    .customer(customer.id)
    .limit(params.within_days.0)
    .message(
        format!("{first} 入网，至 {last} 没有实地拜访"),
        format!("opened on {first}, and no on-site visit by {last}"),
    )
}
