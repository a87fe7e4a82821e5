//! 六.3: at least half of the due customers are visited on site in the month.

use super::{Meta, Rule, settle};
use crate::headline::{Headline, Measure, ShownLimit};
use crate::judgement::{Evidence, Finding, Party, Tally, When, share_text};
use crate::lang::{Words, say, words};
use crate::measures::{ManagerMonth, Shop};
use crate::model::{At, Percent, Period};
use serde::{Deserialize, Serialize};

pub struct OnsiteShare;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Of the customers due in the month.
    min_percent: Percent,
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
            "本月实地拜访（已完成）的应拜访户少于规定比例",
            "due customers with a completed on-site visit by him are less than the limit's share of his due customers",
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
        Some(ShownLimit { number: least.as_f64(), words: Words::same(format_args!("≥ {least}%")) })
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let of = month.due.len() as u64;
        if of == 0 {
            return;
        }
        let seen = |shop: &Shop| {
            let mut contacts = shop.contacts(month.span);
            contacts.any(|contact| contact.own && contact.is_onsite() && contact.done)
        };
        let count = month.due.iter().filter(|shop| seen(shop)).count() as u64;
        let unmet = month.period_state(month.span).unmet();
        tally.measure(count, of);
        let met = params.min_percent.reached(count, of);
        settle(tally, met, &unmet, || {
            let unseen = month.due.iter().filter(|shop| !seen(shop)).map(|shop| shop.at);
            finding(params, month, count, unseen)
        });
    }
}

fn finding(params: &Params, month: &ManagerMonth, count: u64, unseen: impl Iterator<Item = At>) -> Finding {
    let evidence = Evidence::of(unseen);
    let evidence = evidence.expect("below a share of at most 100% one is missing");
    let (share, least) = (share_text(count, month.due.len() as u64), params.min_percent);
    Finding::new(
        When::Period(Period::Month(month.month)),
        Words::same(&share),
        Words::same(format_args!("≥ {least}%")),
        evidence,
    )
    .share(count, month.due.len() as u64)
    .limit(least.as_f64())
    .message(
        format!("实地拜访 {share} 户，低于应拜访户的 {least}%"),
        format!("{share} of the due customers were visited on site, less than {least}%"),
    )
}
