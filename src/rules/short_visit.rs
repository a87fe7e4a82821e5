//! Integrity: a completed visit takes a few minutes at least.

use super::{ENDS, INTEGRITY, Meta, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, say, words};
use crate::measures::{ManagerMonth, numbered};
use crate::model::{Visit, Whole};
use serde::{Deserialize, Serialize};

pub(super) struct ShortVisit;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    min_minutes: Whole<0, 1440>,
}

impl Rule for ShortVisit {
    type Params = Params;

    const META: Meta = Meta {
        id: "short-visit",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[ENDS],
        title: words("过短拜访", "short visit"),
        assessed: words("每次已完成、有离店时间的实地拜访", "each completed on-site visit with an end"),
        fails: words("用时短于规定分钟数", "it is shorter than the limit"),
        remedy: words("核对到店、离店时间", "check arrival and departure"),
        example: words(
            "2026-09-09 C0024 用时 1:20，要求 ≥ 3 分钟，visits.csv:64",
            "2026-09-09 C0024: 1:20, required ≥ 3 min, visits.csv:64",
        ),
        nothing: words("没有带离店时间的已完成实地拜访", "no completed on-site visit with an end"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let is_unit = |visit: &&Visit| visit.is_onsite() && visit.is_done() && visit.known_end().is_some();
        for (visit, twin) in numbered(month.visits().iter().filter(is_unit).collect()) {
            let Some(end) = visit.known_end() else { continue };
            let seconds = end.since(visit.started);
            if seconds >= i64::from(params.min_minutes.0) * 60 {
                tally.pass();
            } else {
                tally.fail(finding(params, visit, seconds).twin(twin));
            }
        }
    }
}

fn finding(params: &Params, visit: &Visit, seconds: i64) -> Finding {
    let (limit, length) = (params.min_minutes.0, format!("{}:{:02}", seconds / 60, seconds % 60));
    Finding::new(
        When::Date(visit.date()),
        Words::same(&length),
        say(format!("≥ {limit} 分钟"), format!("≥ {limit} min")),
        Evidence::new(visit.at, []),
    )
    .visit(visit)
    .limit(limit)
    .message(format!("用时 {length}，短于 {limit} 分钟"), format!("took {length}, less than {limit} min"))
}
