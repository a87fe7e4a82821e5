//! 六.2: customers visited without a plan are at most a fifth of the day's.

use super::{Meta, Need, Rule};
use crate::doubt::{RejectedRows, day_cell, fail_or_doubt, possible_state};
use crate::headline::{DayMeasure, Headline, LimitNumber, Measure, ShownLimit};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When, share_text};
use crate::lang::{Words, say, words};
use crate::measures::{Day, Headcount, ManagerMonth, PlanSource};
use crate::model::{Column, CustomerId, Percent, PlanRow, Visit};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub(super) struct UnplannedCap;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
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
            "计划外户数超过当天拜访户数的规定比例（当天首次拜访开始后才编制的计划行不算）",
            "customers visited without a plan row are more than the limit's share of the day's customers; rows made after the day's first visit began do not count",
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
        Some(ShownLimit { number: LimitNumber::Percent(cap), words: Words::same(format_args!("≤ {cap}%")) })
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
            tally.measure(count, of);
            if params.max_percent.caps(count, of) {
                // A row that may have been made after the fact may not count.
                match fewest_planned(month, day).filter(|(count, _)| !params.max_percent.caps(*count, of)) {
                    None => tally.keep(|| finding(params, day, count, of)),
                    Some((_, doubt)) => tally.doubt(finding(params, day, count, of), doubt),
                }
                continue;
            }
            let cell = most_planned(month, day).filter(|(count, _)| params.max_percent.caps(*count, of));
            let cell = cell.map(|(_, doubt)| doubt);
            let cell = cell.or_else(|| day_cell(month, day, |excuse, _| excuse.in_full()));
            let finding = finding(params, day, count, of);
            fail_or_doubt(tally, month, day.date, finding, cell, |rejected| mends(params, month, day, rejected));
        }
    }
}

/// How many customers were not planned if every row that may have been made after the fact was, and the cell this hangs on.
fn fewest_planned(month: &ManagerMonth, day: &Day) -> Option<(u64, Doubt)> {
    let unsure = |plan: &&PlanRow| plan.unknown.contains(Column::CreatedAt);
    let doubt = day.plans.iter().find(unsure).map(|plan| Doubt::cell(plan.at, Column::CreatedAt))?;
    let surely = planned(day).filter(|plan| !unsure(plan)).map(|plan| plan.customer).collect();
    (month.plan_source() == PlanSource::File).then(|| (unplanned(day, &surely).len() as u64, doubt))
}

/// How many were not planned if every visit that may have been planned was, and the cell this hangs on.
fn most_planned(month: &ManagerMonth, day: &Day) -> Option<(u64, Doubt)> {
    let maybe = |visit: &&Visit| visit.unknown.contains(Column::Planned);
    let doubt = day.visits.iter().find(maybe).map(|visit| Doubt::cell(visit.at, Column::Planned))?;
    let mut at_most: FxHashSet<CustomerId> = planned(day).map(|plan| plan.customer).collect();
    at_most.extend(day.visits.iter().filter(maybe).map(|visit| visit.customer));
    (month.plan_source() == PlanSource::PlannedVisits).then(|| (unplanned(day, &at_most).len() as u64, doubt))
}

/// Whether a day no longer fails with these rejected rows: plan rows for customers who were visited, and visits to
/// customers who were planned.
fn mends(params: &Params, month: &ManagerMonth, day: &Day, rejected: &RejectedRows) -> bool {
    let by_visits = month.plan_source() == PlanSource::PlannedVisits;
    let says_planned = |visit: &&&Visit| visit.planned || visit.unknown.contains(Column::Planned);
    let mut planned: FxHashSet<CustomerId> = planned(day).map(|plan| plan.customer).collect();
    let mut visited: FxHashSet<CustomerId> = day.visits.iter().map(|visit| visit.customer).collect();
    let beforehand = rejected.plans.iter().filter(|plan| !day.is_after_the_fact(plan.created));
    let plan_rows = beforehand.map(|plan| plan.customer);
    let told = rejected.visits.iter().chain(&rejected.unmade);
    let in_their_stead = told.filter(|_| by_visits).filter(says_planned).map(|visit| visit.customer);
    let maybe = day.visits.iter().filter(|visit| by_visits && visit.unknown.contains(Column::Planned));
    planned.extend(maybe.map(|visit| visit.customer));
    planned.extend(plan_rows.clone().chain(in_their_stead).filter(|customer| *customer != CustomerId::NOBODY));
    // Visits to customers who were not planned would not help.
    let named = rejected.visits.iter().map(|visit| visit.customer);
    visited.extend(named.filter(|customer| planned.contains(customer)));
    let unplanned = visited.difference(&planned).count();
    let of_anybody = plan_rows.filter(|customer| *customer == CustomerId::NOBODY).count();
    let anybody = rejected.visits.iter().filter(|visit| visit.customer == CustomerId::NOBODY);
    let to_anybody = match by_visits {
        true => anybody.filter(says_planned).count(),
        false => anybody.count().min(planned.difference(&visited).count() + of_anybody.saturating_sub(unplanned)),
    };
    let (count, of) = (unplanned.saturating_sub(of_anybody), visited.len() + to_anybody);
    possible_state(month, day, &rejected.days).excuse.in_full() || params.max_percent.caps(count as u64, of as u64)
}

/// The rows of P(m,d), those made after the fact left aside.
fn planned<'d, 'a>(day: &'d Day<'a>) -> impl Iterator<Item = &'a PlanRow<'a>> + use<'d, 'a> {
    day.plans.iter().filter(|plan| !day.is_after_the_fact(plan.created))
}

fn unplanned(day: &Day, planned: &FxHashSet<CustomerId>) -> FxHashSet<CustomerId> {
    let customers = day.visits.iter().map(|visit| visit.customer);
    customers.filter(|customer| !planned.contains(customer)).collect()
}

fn finding(params: &Params, day: &Day, count: u64, of: u64) -> Finding {
    let planned: FxHashSet<CustomerId> = planned(day).map(|plan| plan.customer).collect();
    let unplanned = day.visits.iter().filter(|visit| !planned.contains(&visit.customer)).map(|visit| visit.at);
    let evidence = Evidence::of(unplanned).or_else(|| Evidence::of(day.visits.iter().map(|visit| visit.at)));
    let evidence = evidence.expect("a day is assessed for its visits");
    let cap = params.max_percent;
    let share = share_text(count, of, Some(cap));
    Finding::new(When::Date(day.date), Words::same(&share), Words::same(format_args!("≤ {cap}%")), evidence)
        .share(count, of)
        .limit_percent(cap)
        .message(
            format!("计划外 {share} 户，超过当天拜访户数的 {cap}%"),
            format!("{share} of the day's customers were not planned, more than {cap}%"),
        )
}
