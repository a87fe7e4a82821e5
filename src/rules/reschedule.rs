//! 六.5: what a meeting or training pushed aside is visited on another planned day.

use super::reschedule_doubt::Unit;
use super::{Meta, Need, Rule, settle_unmet};
use crate::doubt::{Mended, open_cell, suspended_cell};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{say, words};
use crate::measures::{Displaced, ManagerMonth, most_days_to_deadline};
use crate::model::{DateSpan, Kind, Month, Scope, Whole};
use chrono::Days;
use serde::{Deserialize, Serialize};

pub(super) struct Reschedule;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// How far from the original date, either way, the visit may be made up for; behind it to the second working day at least.
    pub within_days: Whole<1, 92>,
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
            "改期的，或免考核日（含半天）计划中而当日未拜访的在营客户，期限在本月的",
            "each open customer moved from a date, or planned on a date excused in full or in part, and not visited on it, with its deadline in the month",
        ),
        fails: words(
            "期限内他或同事都没有按改期的计划（或当日及以后另行制定的计划）拜访",
            "by the deadline neither he nor a colleague has visited by a plan row that names the date or was made on or after it",
        ),
        remedy: words(
            "在新的计划中写明原计划日期并拜访",
            "plan the customer anew, naming the original date, and visit",
        ),
        example: words(
            "2026-09-10 C0263 未补访，要求 2026-09-03 至 2026-09-17 内改期并拜访，plans.csv:3301",
            "2026-09-10 C0263: not made up for, required from 2026-09-03 to 2026-09-17, plans.csv:3301",
        ),
        nothing: words("没有期限在本月的改期拜访", "nothing rescheduled with a deadline in the month"),
    };

    /// A date long before the month may have been made up for one limit earlier still.
    fn widen(params: &Params, month: Month, scope: &mut Scope) {
        let first =
            month.first() - most_days_to_deadline(params.within_days.0) - Days::new(params.within_days.0.into());
        for kind in [Kind::Visits, Kind::Plans, Kind::Days] {
            scope.widen(kind, DateSpan { first, last: month.last() });
        }
    }

    fn per_customer(_: &Params) -> bool {
        true
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for unit in month.displaced(params.within_days.0) {
            tally.unit_of(unit.customer);
            settle_unmet(tally, unit.unmet.as_ref(), || mended(month, &unit), || finding(params, &unit));
        }
    }
}

/// Whether cells of the customer or of the rows of his visits, or rejected rows, may take the unit out or make up for it.
fn mended(month: &ManagerMonth, displaced: &Displaced) -> Mended {
    let customer = month.customer(displaced.customer);
    let outside = || customer.as_ref().and_then(|customer| open_cell(customer).or_else(|| suspended_cell(customer)));
    let unit = Unit::of(month, displaced);
    let cell = displaced.kept.iter().find_map(|plan| unit.cell(plan)).or_else(outside);
    Mended::by(cell).or(|| unit.by_rejected(month))
}

fn finding(params: &Params, displaced: &Displaced) -> Finding {
    let (date, customer) = (displaced.date, displaced.customer);
    let DateSpan { first, last: deadline } = displaced.around;
    let evidence = Evidence::of(displaced.rows.iter().copied()).expect("a plan row names the unit");
    Finding::new(
        When::Date(date),
        words("未补访", "not made up for"),
        say(format!("{first} 至 {deadline} 内改期并拜访"), format!("replanned and visited from {first} to {deadline}")),
        evidence,
    )
    .customer(customer)
    .limit(params.within_days.0)
    .message(
        format!("{date} 改期或免考核的客户，{first} 至 {deadline} 没有另行计划并拜访"),
        format!("pushed aside on {date}, and from {first} to {deadline} not both planned anew and visited"),
    )
}
