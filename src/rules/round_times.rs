//! Integrity: visits hardly begin at full five minutes.

use super::share_of_month::{self, Said};
use super::{INTEGRITY, Meta, Rule};
use crate::judgement::{Party, Tally};
use crate::lang::{Words, say, words};
use crate::measures::ManagerMonth;
use crate::model::{At, Percent, Visit, Whole};
use serde::{Deserialize, Serialize};

pub(super) struct RoundTimes;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Visits of a month that is looked at.
    min_visits: Whole<1, 10_000>,
    percent: Percent,
}

/// By chance one start in so many seconds is at a full five minutes.
const FULL: u32 = 5 * 60;

impl Rule for RoundTimes {
    type Params = Params;

    const META: Meta = Meta {
        id: "round-times",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[],
        title: words("整点时间", "round times"),
        assessed: words(
            "每名客户经理，本月由终端记录的拜访足够多的",
            "each manager with enough device visits in the month",
        ),
        fails: words(
            "恰在整五分零秒开始的拜访超过规定比例",
            "over the limit's share of them start at a full five minutes and 00 seconds",
        ),
        remedy: words("核对到店时间是否由人填写", "find out whether the times were filled in by hand"),
        example: words(
            "2026-09 88/240 (36.7%)，要求 ≤ 10%，visits.csv:70、72、75",
            "2026-09: 88/240 (36.7%), required ≤ 10%, visits.csv:70, 72, 75",
        ),
        nothing: words("由终端记录的拜访太少", "too few device visits"),
    };

    const FEWEST_UNITS: u64 = 4;

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let Some(run) = month.run else { return };
        let visits: Vec<&Visit> = month.visits().iter().filter(|visit| visit.is_of_device()).collect();
        let of = visits.len() as u64;
        if of < u64::from(params.min_visits.0) {
            return;
        }
        if run.habits.has_full_minutes() {
            let reason = words("过半开始时间没有秒数", "at least half of all starts have no seconds");
            return tally.skip(reason);
        }
        let round = visits.iter().filter(|visit| visit.started.second.is_multiple_of(FULL));
        let round: Vec<At> = round.map(|visit| visit.at).collect();
        let limit = params.percent;
        share_of_month::cap(tally, month, limit, (round, of), |count| Said {
            required: Words::same(format_args!("≤ {limit}%")),
            message: say(
                format!("{of} 次拜访中 {count} 次恰在整五分零秒开始，超过 {limit}%"),
                format!("{count} of {of} visits start at a full five minutes and 00 seconds, more than {limit}%"),
            ),
        });
    }
}
