//! 六.3: customers that must be seen on site are.

use super::{Meta, Need, Rule, settle_unless};
use crate::doubt::{Mended, RejectedVisits, due_cell, may_be_done, may_be_onsite};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::words;
use crate::measures::ManagerMonth;
use crate::model::{Column, Customer, Kind, Month, Period, Scope, Visit};
use crate::obstacle::ObstacleKind;
use serde::{Deserialize, Serialize};

pub(super) struct MustOnsite;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Whether customers below the limit of `service-quality` are to be seen on site in the month after.
    pub from_quality: bool,
}

impl Rule for MustOnsite {
    type Params = Params;

    const META: Meta = Meta {
        id: "must-onsite",
        clause: "六.3",
        party: Party::Manager,
        needs: &[MARKED],
        title: words("必须实地", "must be seen on site"),
        assessed: words(
            "每个标为必须实地的应拜访户，按月；from_quality：也含上月服务质量不合格的",
            "the month of each due customer marked must_onsite; from_quality: or failed by service-quality the month before",
        ),
        fails: words("本月没有任何人的实地拜访（已完成）", "no completed on-site visit by anyone in the month"),
        remedy: words("安排实地拜访该客户", "visit the customer on site"),
        example: words(
            "2026-09 C0162 实地 0 次，要求 ≥ 1 次，customers.csv:163",
            "2026-09 C0162: 0 on site, required ≥ 1, customers.csv:163",
        ),
        nothing: words("没有标为必须实地的应拜访户", "no due customer is marked must_onsite"),
    };

    fn needs(params: &Params) -> &'static [Need] {
        if params.from_quality { &[Need::AnyOf(&[MARKED, Need::File(Kind::Quality)])] } else { Self::META.needs }
    }

    fn widen(params: &Params, month: Month, scope: &mut Scope) {
        if params.from_quality {
            scope.widen(Kind::Quality, month.plus(-1).span());
        }
    }

    fn per_customer(_: &Params) -> bool {
        true
    }

    fn hangs_on(_: &Params) -> &'static [ObstacleKind] {
        &[ObstacleKind::IdsDoNotJoin]
    }

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let unmet = month.period_state(month.span).unmet_by_anyone();
        for customer in month.due.iter().filter(|customer| month.must_see_onsite(customer)) {
            let met = customer.is_seen_onsite(month.span);
            let mended = || {
                let fits = |visit: &Visit| may_be_onsite(visit) && may_be_done(visit);
                let rejected = || RejectedVisits::to(month, customer.id, month.span, fits).mend_one();
                Mended::by(due_cell(month, customer)).or(rejected)
            };
            tally.unit_of(customer.id);
            settle_unless(tally, met, &unmet, mended, || finding(month, customer));
        }
    }
}

/// What tells who is marked.
const MARKED: Need = Need::Column(Kind::Customers, Column::MustOnsite);

fn finding(month: &ManagerMonth, customer: &Customer) -> Finding {
    let scores = if customer.must_onsite { vec![] } else { month.low_scores(customer.id) };
    let (zh, en) = match scores[..] {
        [] => (
            "必须实地拜访的客户本月没有实地拜访",
            "a customer that must be seen on site had no on-site visit in the month",
        ),
        _ => (
            "上月服务质量不合格、必须实地拜访的客户本月没有实地拜访",
            "a customer that must be seen on site after the scores of the month before had no on-site visit in the month",
        ),
    };
    let (none, required) = (words("0 次实地", "0 on site"), words("≥ 1 次实地", "≥ 1 on site"));
    let when = When::Period(Period::Month(month.month));
    let evidence = Evidence::new(customer.at, scores);
    Finding::new(when, none, required, evidence).customer(customer.id).limit(1).message(zh, en)
}
