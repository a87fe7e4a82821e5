//! Integrity: nobody is at two customers at a time.

use super::{ENDS, Meta, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::ManagerMonth;
use crate::model::{Moment, Visit};
use serde::{Deserialize, Serialize};

pub struct Overlap;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {}

impl Rule for Overlap {
    type Params = Params;

    const META: Meta = Meta {
        id: "overlap",
        clause: "integrity",
        party: Party::Manager,
        needs: &[ENDS],
        title: words("时间重叠", "overlap"),
        assessed: words("每次有离店时间的实地拜访", "each on-site visit with an end"),
        fails: words(
            "在当天另一客户处的拜访结束之前就开始",
            "it starts before the end of an earlier on-site visit of that day at another customer",
        ),
        remedy: words("核对到店、离店时间", "check arrival and departure"),
        example: words(
            "2026-09-09 C0021 10:05:00 开始，另一户 10:20:00 才结束，visits.csv:61、60",
            "2026-09-09 C0021: begins 10:05:00, another visit ends 10:20:00, visits.csv:61, 60",
        ),
        nothing: words("没有带离店时间的实地拜访", "no on-site visit with an end"),
    };

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for day in &month.dates {
            let mut reached = None;
            for (place, visit) in day.visits.iter().enumerate().filter(|(_, visit)| visit.is_onsite()) {
                let Some(end) = visit.end() else { continue };
                // Who starts when all others have ended need not be held against each of them.
                let latest = if Some(visit.started) < reached { latest(&day.visits[..place], visit) } else { None };
                match latest {
                    Some((end, earlier)) if visit.started < end => tally.fail(finding(visit, earlier, end)),
                    _ => tally.pass(),
                }
                reached = reached.max(Some(end));
            }
        }
    }
}

/// The on-site visit at another customer that ends last of these, with its end.
fn latest<'v>(earlier: &'v [Visit<'v>], visit: &Visit) -> Option<(Moment, &'v Visit<'v>)> {
    let elsewhere = earlier.iter().filter(|earlier| earlier.is_onsite() && earlier.customer != visit.customer);
    elsewhere.filter_map(|earlier| Some((earlier.end()?, earlier))).max_by_key(|(end, _)| *end)
}

fn finding(visit: &Visit, earlier: &Visit, end: Moment) -> Finding {
    let (start, end) = (visit.started.clock().long(), end.clock().long());
    Finding::new(
        When::Date(visit.date()),
        Words::same(&start),
        Words::same(format_args!("≥ {end}")),
        Evidence::new(visit.at, [earlier.at]),
    )
    .visit(visit)
    .limit_text(&end)
    .message(
        format!("{start} 开始，而在另一客户处的拜访到 {end} 才结束"),
        format!("begins at {start}, while a visit at another customer ends at {end}"),
    )
}
