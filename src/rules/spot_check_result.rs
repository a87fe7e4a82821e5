//! 七.2(1): a customer that was spot-checked had indeed been visited.

use super::{Meta, Need, Rule};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::words;
use crate::measures::ManagerMonth;
use crate::model::{At, Check, CheckResult, Column, CustomerId, Kind, Period};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub(super) struct SpotCheckResult;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

impl Rule for SpotCheckResult {
    type Params = Params;

    const META: Meta = Meta {
        id: "spot-check-result",
        clause: "七.2(1)",
        party: Party::Manager,
        needs: &[Need::File(Kind::Checks)],
        title: words("抽查结果", "spot-check result"),
        assessed: words("本月抽查他的每户（有结果的）", "each of his customers checked for the month with a result"),
        fails: words("有一次结果为不合格", "any of the results is fail"),
        remedy: words("与客户、服务手册核对，按规定处理", "compare with the customer and the service handbook"),
        example: words("2026-09 C0071 抽查不合格，checks.csv:12", "2026-09 C0071: fail, checks.csv:12"),
        nothing: words("本月没有抽查他的客户", "none of his customers was checked for the month"),
    };

    fn per_customer(_: &Params) -> bool {
        true
    }

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let mut of_customers: BTreeMap<CustomerId, Vec<&Check>> = BTreeMap::new();
        for check in &month.file.checks {
            of_customers.entry(check.customer).or_default().push(check);
        }
        for (customer, checks) in of_customers {
            let of_month: Vec<&Check> = checks.iter().copied().filter(|check| check.month == month.month).collect();
            if of_month.iter().all(|check| check.result.is_none()) {
                continue;
            }
            tally.unit_of(customer);
            let fails = |check: &&&Check| check.result == Some(CheckResult::Fail);
            let failed: Vec<At> = of_month.iter().filter(fails).map(|check| check.at).collect();
            let sure = of_month.iter().filter(fails).find(|check| !check.unknown.contains(Column::Month));
            let Some(evidence) = Evidence::of(failed) else {
                match checks.iter().find(|check| may_fail(month, check)) {
                    None => tally.pass(),
                    Some(check) => {
                        let doubt = Doubt::first_of(check.at, check.unknown, &[Column::Result, Column::Month]);
                        tally.fail_unless(doubt, finding(month, customer, Evidence::new(check.at, [])));
                    }
                }
                continue;
            };
            let doubt = evidence.lines.first().map(|at| Doubt::cell(*at, Column::Month)).filter(|_| sure.is_none());
            tally.fail_unless(doubt, finding(month, customer, evidence));
        }
    }
}

/// Whether a check that does not fail the customer as far as it can be read may do so.
fn may_fail(month: &ManagerMonth, check: &Check) -> bool {
    let (no_month, no_result) = (check.unknown.contains(Column::Month), check.unknown.contains(Column::Result));
    let is_of_month = no_month || check.month == month.month;
    is_of_month && (no_result || no_month && check.result == Some(CheckResult::Fail))
}

fn finding(month: &ManagerMonth, customer: CustomerId, evidence: Evidence) -> Finding {
    let when = When::Period(Period::Month(month.month));
    Finding::new(when, words("不合格", "fail"), words("合格", "pass"), evidence)
        .customer(customer)
        .message("抽查结果不合格", "the spot check did not confirm the visit")
}
