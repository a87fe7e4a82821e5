//! Integrity: nobody is at two customers at a time.

use super::{ENDS, INTEGRITY, Meta, Rule};
use crate::doubt::has_rejected_visit;
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::{ManagerMonth, numbered};
use crate::model::{Moment, Visit};
use serde::{Deserialize, Serialize};

pub(super) struct Overlap;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

impl Rule for Overlap {
    type Params = Params;

    const META: Meta = Meta {
        id: "overlap",
        clause: INTEGRITY,
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
        for day in month.dates.iter().filter(|day| !has_rejected_visit(month, day.date)) {
            let is_unit = |visit: &&Visit| visit.is_onsite() && visit.known_end().is_some();
            let (mut last, mut last_elsewhere): (Option<&Visit>, Option<&Visit>) = (None, None);
            for (visit, twin) in numbered(day.visits.iter().filter(is_unit).collect()) {
                let at_another = |other: &&Visit| other.customer != visit.customer;
                let latest = last.filter(at_another).or(last_elsewhere.filter(at_another));
                match latest.and_then(|earlier| Some((earlier, earlier.end()?))) {
                    Some((earlier, end)) if visit.started < end => tally.fail(finding(visit, earlier, end).twin(twin)),
                    _ => tally.pass(),
                }
                (last, last_elsewhere) = with(visit, last, last_elsewhere);
            }
        }
    }
}

/// The visit that ends last, and of those at other customers than its own the one that does, with one more.
fn with<'v>(
    visit: &'v Visit<'v>,
    last: Option<&'v Visit<'v>>,
    elsewhere: Option<&'v Visit<'v>>,
) -> (Option<&'v Visit<'v>>, Option<&'v Visit<'v>>) {
    let Some(longest) = last else { return (Some(visit), None) };
    let same = visit.customer == longest.customer;
    if visit.end() >= longest.end() {
        return (Some(visit), if same { elsewhere } else { last });
    }
    let is_next = !same && elsewhere.is_none_or(|other| visit.end() >= other.end());
    (last, if is_next { Some(visit) } else { elsewhere })
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
