//! 六.3: at least half of the due customers are visited on site in the month.

use super::{Meta, Rule, onsite_doubt, settle_unmet};
use crate::headline::{Headline, LimitNumber, Measure, ShownLimit};
use crate::judgement::{Evidence, Finding, Party, Tally, When, share_text};
use crate::lang::{Words, say, words};
use crate::measures::{ManagerMonth, OnsiteShare as Share, Weeks};
use crate::model::{At, Percent, Period};
use crate::obstacle::ObstacleKind;
use serde::{Deserialize, Serialize};

pub(super) struct OnsiteShare;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Of the customers due in the month.
    pub min_percent: Percent,
}

impl Rule for OnsiteShare {
    type Params = Params;

    const META: Meta = Meta {
        id: "onsite-share",
        clause: "六.3",
        party: Party::Manager,
        needs: &[],
        title: words("实地拜访比例", "on-site share"),
        assessed: words("有应拜访户的客户经理，按月", "the month of a manager with due customers"),
        fails: words(
            "本月实地拜访（已完成）的应拜访户少于规定比例；长假按工作周折算，到岗前的拜访不论何人均计入",
            "due customers with a completed on-site visit by him (before he joined: by anyone) are fewer than the limit's share of his due customers; long leave asks for less",
        ),
        remedy: words("用实地拜访补足电话、网络拜访的客户", "visit on site those who were only phoned or messaged"),
        example: words(
            "2026-09 实地 16/46 (34.8%)，要求 ≥ 50%，未实地的客户 customers.csv:152",
            "2026-09: 16/46 (34.8%), required ≥ 50%; not seen: customers.csv:152",
        ),
        nothing: words("没有应拜访户", "no due customers"),
    };

    const HEADLINE: Option<Headline> = Some(Headline {
        short: words("实地", "on-site"),
        name: words("实地拜访户数", "customers visited on site"),
        measure: Measure::Share,
        counts: |count, of| say(format!("实地 {count} / 应拜访 {of} 户"), format!("{count} of {of} due customers")),
    });

    fn limit(params: &Params) -> Option<ShownLimit> {
        let least = params.min_percent;
        Some(ShownLimit { number: LimitNumber::Percent(least), words: Words::same(format_args!("≥ {least}%")) })
    }

    fn hangs_on(_: &Params) -> &'static [ObstacleKind] {
        &[ObstacleKind::IdsDoNotJoin]
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let share = match month.onsite_share(params.min_percent) {
            None => return,
            Some(Err(reason)) => return tally.skip(reason),
            Some(Ok(share)) => share,
        };
        tally.measure(share.count, share.of);
        let mended = || onsite_doubt::mended(month, |due| share.weeks.least(params.min_percent, due));
        settle_unmet(tally, share.unmet.as_ref(), mended, || {
            let unseen = month.due.iter().filter(|shop| !month.has_seen(shop)).map(|shop| shop.at);
            finding(params, month, &share, unseen)
        });
    }
}

fn finding(params: &Params, month: &ManagerMonth, share: &Share, unseen: impl Iterator<Item = At>) -> Finding {
    let Share { count, of: due, least, weeks, .. } = *share;
    let evidence = Evidence::of(unseen).expect("below a share of at most 100% one is missing");
    let percent = params.min_percent;
    let share = share_text(count, due, Some(percent));
    let Weeks { worked, all } = weeks;
    let required = if worked == all {
        Words::same(format_args!("≥ {percent}%"))
    } else {
        say(
            format!("≥ {least} 户（{percent}%，按 {worked}/{all} 周折算）"),
            format!("≥ {least} ({percent}%, for {worked} of {all} weeks)"),
        )
    };
    Finding::new(When::Period(Period::Month(month.month)), Words::same(&share), required, evidence)
        .share(count, due)
        .limit_percent(percent)
        .message(
            format!("实地拜访 {share} 户，应拜访户中应不少于 {least} 户"),
            format!("{share} of the due customers were visited on site; at least {least} are due"),
        )
}
