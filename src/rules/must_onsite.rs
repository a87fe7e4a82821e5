//! 六.3: customers that must be seen on site are.

use super::{Meta, Need, Rule, settle_unless};
use crate::doubt::{Mended, RejectedVisits, due_cell, may_be_done, may_be_onsite};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::words;
use crate::measures::ManagerMonth;
use crate::model::{Column, Customer, Kind, Period, Visit};
use crate::obstacle::ObstacleKind;
use serde::{Deserialize, Serialize};

pub(super) struct MustOnsite;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

impl Rule for MustOnsite {
    type Params = Params;

    const META: Meta = Meta {
        id: "must-onsite",
        clause: "六.3",
        party: Party::Manager,
        needs: &[Need::Column(Kind::Customers, Column::MustOnsite)],
        title: words("必须实地", "must be seen on site"),
        assessed: words("每个标为必须实地的应拜访户，按月", "the month of each due customer marked must_onsite"),
        fails: words("本月没有任何人的实地拜访（已完成）", "no completed on-site visit by anyone in the month"),
        remedy: words("安排实地拜访该客户", "visit the customer on site"),
        example: words(
            "2026-09 C0162 实地 0 次，要求 ≥ 1 次，customers.csv:163",
            "2026-09 C0162: 0 on site, required ≥ 1, customers.csv:163",
        ),
        nothing: words("没有标为必须实地的应拜访户", "no due customer is marked must_onsite"),
    };

    fn hangs_on(_: &Params) -> &'static [ObstacleKind] {
        &[ObstacleKind::IdsDoNotJoin]
    }

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let unmet = month.period_state(month.span).unmet_by_anyone();
        for customer in month.due.iter().filter(|customer| customer.must_onsite) {
            let met = customer.is_seen_onsite(month.span);
            let mended = || {
                let fits = |visit: &Visit| may_be_onsite(visit) && may_be_done(visit);
                let rejected = || RejectedVisits::to(month, customer.id, month.span, fits).mend_one();
                Mended::by(due_cell(month, customer)).or(rejected)
            };
            settle_unless(tally, met, &unmet, mended, || finding(month, customer));
        }
    }
}

fn finding(month: &ManagerMonth, customer: &Customer) -> Finding {
    let (none, required) = (words("0 次实地", "0 on site"), words("≥ 1 次实地", "≥ 1 on site"));
    let when = When::Period(Period::Month(month.month));
    Finding::new(when, none, required, Evidence::new(customer.at, [])).customer(customer.id).limit(1).message(
        "必须实地拜访的客户本月没有实地拜访",
        "a customer that must be seen on site had no on-site visit in the month",
    )
}
