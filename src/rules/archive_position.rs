//! Integrity: a receiver hardly ever gives the archive's very digits.

use super::same_position::{COARSE, FEW};
use super::share_of_month::{self, Said};
use super::{INTEGRITY, Meta, Need, Rule};
use crate::judgement::{Party, Tally};
use crate::lang::{Words, say, words};
use crate::measures::{ManagerMonth, onsite_checkins};
use crate::model::{At, Column, Kind, Percent};
use serde::{Deserialize, Serialize};

pub(super) struct ArchivePosition;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    percent: Percent,
}

impl Rule for ArchivePosition {
    type Params = Params;

    const META: Meta = Meta {
        id: "archive-position",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[Need::Column(Kind::Visits, Column::Lon), Need::Column(Kind::Customers, Column::Lon)],
        title: words("照抄档案位置", "the archive's position"),
        assessed: words(
            "每名客户经理，本月由终端签到的实地拜访足够多的",
            "each manager with enough on-site check-ins from a device in the month",
        ),
        fails: words(
            "签到位置与档案位置一字不差的超过规定比例",
            "over the limit's share of his check-ins are, as written, exactly the archive's position",
        ),
        remedy: words("核对这些签到是否照抄档案", "find out whether these check-ins were copied from the archive"),
        example: words(
            "2026-09 96/160 (60.0%)，要求 ≤ 20%，visits.csv:70、72、73",
            "2026-09: 96/160 (60.0%), required ≤ 20%, visits.csv:70, 72, 73",
        ),
        nothing: FEW,
    };

    const FEWEST_UNITS: u64 = 4;

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let Some(run) = month.run else { return };
        let mut of = 0;
        let mut copied: Vec<At> = Vec::new();
        for (visit, place) in onsite_checkins(month) {
            of += 1;
            if month.customer(visit.customer).and_then(|customer| customer.written()) == Some(place) {
                copied.push(visit.at);
            }
        }
        if of < run.min_checkins {
            return;
        }
        if run.habits.has_coarse_checkins() {
            return tally.skip(COARSE);
        }
        let limit = params.percent;
        share_of_month::cap(tally, month, limit, (copied, of), |count| Said {
            required: Words::same(format_args!("≤ {limit}%")),
            message: say(
                format!("{of} 次实地签到中 {count} 次的位置与档案一字不差，超过 {limit}%"),
                format!("{count} of {of} on-site check-ins have exactly the archive's position, more than {limit}%"),
            ),
        });
    }
}
