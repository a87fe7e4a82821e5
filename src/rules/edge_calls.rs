//! Integrity: calls are not just as long as they must be.

use super::share_of_month::{self, Said};
use super::{INTEGRITY, Meta, Need, Rule};
use crate::judgement::{Party, Tally};
use crate::lang::{say, words};
use crate::measures::{ManagerMonth, proven_by};
use crate::model::{At, Kind, Percent, Whole};
use serde::{Deserialize, Serialize};

pub(super) struct EdgeCalls;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Proven phone visits of a month that is looked at.
    min_calls: Whole<1, 10_000>,
    /// Above what call-proof asks for, in seconds.
    margin: Whole<0, 3600>,
    percent: Percent,
}

impl Rule for EdgeCalls {
    type Params = Params;

    const META: Meta = Meta {
        id: "edge-calls",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[Need::File(Kind::Calls)],
        title: words("压线通话", "calls just long enough"),
        assessed: words(
            "每名客户经理，本月有通话佐证的电话拜访足够多的",
            "each manager with enough phone visits proven by calls in the month",
        ),
        fails: words(
            "能佐证的通话都只比最短时长多几秒的拜访超过规定比例",
            "over the limit's share of them have no proving call that is more than a few seconds longer than it must be",
        ),
        remedy: words("抽听录音或询问客户，核对通话内容", "ask the customers what was talked about"),
        example: words(
            "2026-09 31/48 (64.6%) 的通话不足 35 秒，要求 ≤ 30%，visits.csv:70、77、79",
            "2026-09: calls of 31/48 (64.6%) under 35 s, required ≤ 30%, visits.csv:70, 77, 79",
        ),
        nothing: words("有通话佐证的电话拜访太少", "too few phone visits proven by calls"),
    };

    const FEWEST_UNITS: u64 = 4;

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let Some(run) = month.run else { return };
        let Some(calls) = run.calls else {
            return tally.skip(words("没有考核通话佐证", "call proof is not judged"));
        };
        let seconds = calls.min_seconds + params.margin.0;
        let proven = proven_by(month, &calls, seconds);
        let of = proven.len() as u64;
        if of < u64::from(params.min_calls.0) {
            return;
        }
        let short: Vec<At> = proven.iter().filter(|(_, longer)| !longer).map(|(visit, _)| visit.at).collect();
        let limit = params.percent;
        share_of_month::cap(tally, month, limit, (short, of), |count| Said {
            required: say(format!("< {seconds} 秒的 ≤ {limit}%"), format!("≤ {limit}% under {seconds} s")),
            message: say(
                format!("{of} 次有通话佐证的电话拜访中 {count} 次的通话不足 {seconds} 秒，超过 {limit}%"),
                format!("the calls of {count} of {of} proven phone visits are under {seconds} s, more than {limit}%"),
            ),
        });
    }
}
