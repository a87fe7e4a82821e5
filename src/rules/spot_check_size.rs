//! 七.1: each month at least 2% of a manager's visited customers are spot-checked.

use super::{Meta, Need, Rule, settle};
use crate::headline::{Headline, Measure, ShownLimit};
use crate::judgement::{Evidence, Finding, Party, Tally, When, share_text};
use crate::lang::{Words, say, words};
use crate::measures::{ManagerMonth, Unmet};
use crate::model::{Check, CustomerId, Kind, Percent, Period, Whole};
use chrono::Days;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub struct SpotCheckSize;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Of the customers that the manager visited in the month.
    pub percent: Percent,
    /// Behind the month's last day: how long there may be no check for the month at all.
    within_days: Whole<0, 366>,
}

impl Rule for SpotCheckSize {
    type Params = Params;

    const META: Meta = Meta {
        id: "spot-check-size",
        clause: "七.1",
        party: Party::Section,
        needs: &[Need::File(Kind::Checks)],
        title: words("抽查户数", "spot-check size"),
        assessed: words(
            "本月有拜访的每名客户经理（尚无本月抽查时，月后规定天数内不考核）",
            "the month of each manager with visited customers, once any check for it is loaded or the days for it are over",
        ),
        fails: words(
            "抽查到的本月拜访客户少于拜访户数的规定比例（向上取整）",
            "fewer of his visited customers were checked than the limit's share of them, rounded up",
        ),
        remedy: words("补足抽查户数", "check more of his customers"),
        example: words(
            "2026-09 抽查 0/46，要求 ≥ 1 户，visits.csv:2155",
            "2026-09: 0/46, required ≥ 1 (2% of 46), visits.csv:2155",
        ),
        nothing: words("本月没有拜访过客户", "no visited customers in the month"),
    };

    const HEADLINE: Option<Headline> = Some(Headline {
        short: words("抽查", "checked"),
        name: words("抽查户数", "customers spot-checked"),
        measure: Measure::Count,
        counts: |count, of| say(format!("抽查 {count} / 拜访 {of} 户"), format!("{count} of {of} visited customers")),
    });

    fn limit(params: &Params) -> Option<ShownLimit> {
        let least = params.percent;
        Some(ShownLimit { number: least.as_f64(), words: Words::same(format_args!("≥ {least}%")) })
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let visited = month.shops_visited();
        if visited.count() == 0 {
            return;
        }
        let was_visited = |customer| month.shop_number(customer).is_some_and(|shop| visited.has(shop));
        let counts = |check: &&Check| check.month == month.month && was_visited(check.customer);
        let checks: Vec<&Check> = month.file.checks.iter().filter(counts).collect();
        let checked = checks.iter().map(|check| check.customer).collect::<FxHashSet<CustomerId>>();
        let (count, of) = (checked.len() as u64, visited.count());
        let least = params.percent.ceil_of(of);
        tally.measure(count, of);
        settle(tally, count >= least, &params.unmet(month), || {
            // The checks there are; where there is none, the visits that call for one.
            let visits = month.visits().iter().map(|visit| visit.at);
            let evidence = Evidence::of(checks.iter().map(|check| check.at)).or_else(|| Evidence::of(visits));
            let evidence = evidence.expect("visited customers stand in visits");
            finding(params, month, (count, of, least), evidence)
        });
    }
}

impl Params {
    /// Where nobody has been checked for the month yet, there is time after it to do so.
    fn unmet(&self, month: &ManagerMonth) -> Unmet {
        let in_time = month.span.last + Days::new(u64::from(self.within_days.0));
        match month.period_state(month.span).unmet() {
            Unmet::Failed if !month.book.has_check_for(month.month) && in_time > month.horizon() => Unmet::Pending,
            unmet => unmet,
        }
    }
}

fn finding(params: &Params, month: &ManagerMonth, (count, of, least): (u64, u64, u64), evidence: Evidence) -> Finding {
    let percent = params.percent;
    Finding::new(
        When::Period(Period::Month(month.month)),
        Words::same(share_text(count, of)),
        say(format!("≥ {least} 户（{of} 户的 {percent}%）"), format!("≥ {least} ({percent}% of {of})")),
        evidence,
    )
    .share(count, of)
    .limit(percent.as_f64())
    .message(
        format!("拜访 {of} 户，抽查 {count} 户，应不少于 {least} 户"),
        format!("{count} of {of} visited customers were checked; at least {least} are due"),
    )
}
