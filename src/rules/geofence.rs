//! Integrity: check-in happens at the customer.

use super::{INTEGRITY, Meta, Need, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When, above_text};
use crate::lang::{Words, words};
use crate::measures::{ManagerMonth, numbered};
use crate::model::{At, Column, Kind, Visit, Whole};
use crate::obstacle::ObstacleKind;
use serde::{Deserialize, Serialize};

pub(super) struct Geofence;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    max_metres: Whole<1, 1_000_000>,
}

impl Rule for Geofence {
    type Params = Params;

    const META: Meta = Meta {
        id: "geofence",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[Need::Column(Kind::Visits, Column::Lon), Need::Column(Kind::Customers, Column::Lon)],
        title: words("签到位置", "geofence"),
        assessed: words("签到与档案都有位置的实地拜访", "each on-site visit with a check-in and an archive position"),
        fails: words(
            "签到位置离档案位置超过规定距离",
            "the check-in lies farther from the archive's position than the limit",
        ),
        remedy: words(
            "核对档案坐标与坐标系（[coordinates]），再核对签到",
            "check the archive's position and the datum ([coordinates]), then the check-in",
        ),
        example: words(
            "2026-09-09 C0023 距档案位置 1840 米，要求 ≤ 500 米，visits.csv:63",
            "2026-09-09 C0023: 1840 m, required ≤ 500 m, visits.csv:63",
        ),
        nothing: words("没有签到与档案都有位置的实地拜访", "no on-site visit with both positions"),
    };

    fn hangs_on(_: &Params) -> &'static [ObstacleKind] {
        &[ObstacleKind::Offset]
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let has_places = |visit: &&Visit| {
            let archive = || month.customer(visit.customer).and_then(|customer| month.archive_place(&customer));
            visit.is_onsite() && month.checkin_place(visit).is_some() && archive().is_some()
        };
        for (visit, twin) in numbered(month.visits().iter().filter(has_places).collect()) {
            let customer = month.customer(visit.customer);
            let archive = customer.and_then(|customer| Some((month.archive_place(&customer)?, customer.at)));
            let (Some(there), Some((shop, at))) = (month.checkin_place(visit), archive) else { continue };
            let limit = f64::from(params.max_metres.0);
            // Nearly all check-ins are so near that the distance need not be reckoned exactly.
            if there.metres_about(shop).1 <= limit || there.metres_to(shop) <= limit {
                tally.pass();
            } else {
                tally.fail(finding(params, visit, at, there.metres_to(shop)).twin(twin));
            }
        }
    }
}

fn finding(params: &Params, visit: &Visit, archive: At, metres: f64) -> Finding {
    let limit = params.max_metres.0;
    let shown = above_text(metres, f64::from(limit));
    Finding::new(
        When::Date(visit.date()),
        Words::same(format_args!("{shown} m")),
        Words::same(format_args!("≤ {limit} m")),
        Evidence::new(visit.at, [archive]),
    )
    .visit(visit)
    .limit(limit)
    .message(
        format!("签到位置离档案位置 {shown} 米，超过 {limit} 米"),
        format!("checked in {shown} m from the archive's position, more than {limit} m"),
    )
    .metres(metres)
}
