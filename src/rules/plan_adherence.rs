//! 六.2: as many customers are visited as were planned (journey-plan adherence).

use super::{Meta, Need, Rule};
use crate::doubt::{day_cell, fail_or_doubt, possible_state};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When, share_text};
use crate::lang::{Words, counted, say, words};
use crate::measures::{Day, Headcount, ManagerMonth, Standing, UNRECORDED};
use crate::model::{CustomerId, Kind, PlanRow, Visit};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub(super) struct PlanAdherence;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    r#match: Match,
}

/// What must agree with the plan.
#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Match {
    /// The number of customers.
    Count,
    /// The customers themselves.
    Customers,
}

impl Rule for PlanAdherence {
    type Params = Params;

    const META: Meta = Meta {
        id: "plan-adherence",
        clause: "六.2",
        party: Party::Manager,
        needs: &[Need::File(Kind::Plans)],
        title: words("计划执行", "plan adherence"),
        assessed: words("有计划且未免考核的每一天", "each day with standing plan rows that is not excused at all"),
        fails: words(
            "实际拜访户数少于计划户数（或计划客户有未拜访的）",
            "fewer customers are visited than planned (or, by setting, a planned customer is not visited)",
        ),
        remedy: words(
            "未能拜访的客户改期并在计划中注明原计划日期",
            "move what could not be visited to another day, naming the original date in the plan",
        ),
        example: words(
            "2026-09-01 拜访 7/10 户，要求 ≥ 10 户，未拜访的计划行 plans.csv:1909",
            "2026-09-01: 7/10, required ≥ 10 customers; not visited: plans.csv:1909",
        ),
        nothing: words("没有需考核的计划日", "no planned day to assess"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for day in month.days() {
            let Headcount { standing: of, kept, visited, .. } = month.headcount(day);
            if of == 0 || day.excuse.at_all() || day.is_unrecorded {
                continue;
            }
            tally.measure(kept, of);
            let count = match params.r#match {
                Match::Count => visited,
                Match::Customers => kept,
            };
            if count >= of {
                tally.keep(|| finding(day, count, of));
                continue;
            }
            if month.is_unrecorded(month.month) {
                tally.skip(UNRECORDED);
                continue;
            }
            let finding = finding(day, count, of);
            fail_or_doubt(tally, month, day.date, finding, cell(params, month, day), |rejected| {
                let out = possible_state(month, day, &rejected.days).excuse.at_all();
                out || is_kept(params, surely_standing(day), day, &rejected.visits)
            });
        }
    }
}

/// Whether the customers who stand in the plan are kept, rejected visits taken as well as they may be.
fn is_kept(params: &Params, standing: FxHashSet<CustomerId>, day: &Day, rejected: &[&Visit]) -> bool {
    let mut visited: FxHashSet<CustomerId> = day.visits.iter().map(|visit| visit.customer).collect();
    let (named, anybody): (Vec<&Visit>, Vec<&Visit>) =
        rejected.iter().partition(|visit| visit.customer != CustomerId::NOBODY);
    visited.extend(named.iter().map(|visit| visit.customer));
    let count = match params.r#match {
        Match::Count => visited.len(),
        Match::Customers => visited.intersection(&standing).count(),
    };
    count + anybody.len() >= standing.len()
}

/// The customers of the rows that surely stand.
fn surely_standing(day: &Day) -> FxHashSet<CustomerId> {
    let surely = |plan: &&PlanRow| day.standing_at_all(plan) == Standing::Sure;
    day.standing().filter(surely).map(|plan| plan.customer).collect()
}

/// The cell over which a day is in doubt: its excuse, or the rows that may be moves from it.
fn cell(params: &Params, month: &ManagerMonth, day: &Day) -> Option<Doubt> {
    let unsure = day.standing().find_map(|plan| match day.standing_at_all(plan) {
        Standing::Unsure { at, column, .. } => Some(Doubt::cell(at, column)),
        _ => None,
    });
    let of_plan = unsure.filter(|_| is_kept(params, surely_standing(day), day, &[]));
    of_plan.or_else(|| day_cell(month, day, |excuse, _| excuse.at_all()))
}

fn finding(day: &Day, count: u64, of: u64) -> Finding {
    let visited: FxHashSet<CustomerId> = day.visits.iter().map(|visit| visit.customer).collect();
    let unvisited = day.standing().filter(|plan| !visited.contains(&plan.customer)).map(|plan| plan.at);
    let evidence = Evidence::of(unvisited).or_else(|| Evidence::of(day.standing().map(|plan| plan.at)));
    let evidence = evidence.expect("a day is assessed for its standing rows");
    Finding::new(
        When::Date(day.date),
        Words::same(share_text(count, of, None)),
        say(format!("≥ {of} 户"), format!("≥ {}", counted(of, "customer"))),
        evidence,
    )
    .share(count, of)
    .limit(of as f64)
    .message(format!("计划 {of} 户，拜访 {count} 户"), format!("{} visited, {of} planned", counted(count, "customer")))
}
