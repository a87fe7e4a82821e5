//! 七.1: each month at least 2% of a manager's visited customers are spot-checked.

use super::{Meta, Need, Rule, settle_unless};
use crate::doubt::{Mended, RejectedVisits, is_his};
use crate::headline::{Headline, LimitNumber, Measure, ShownLimit};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When, share_text};
use crate::lang::{Words, say, words};
use crate::measures::{ManagerMonth, Unmet};
use crate::model::{At, Check, Column, CustomerId, Draw, Kind, Percent, Period, Visit, Whole};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

pub(super) struct SpotCheckSize;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
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
        Some(ShownLimit { number: LimitNumber::Percent(least), words: Words::same(format_args!("≥ {least}%")) })
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let sample = Sample::of(month);
        if sample.visited.is_empty() {
            return;
        }
        let (count, of) = sample.counted();
        let least = params.percent.ceil_of(of);
        tally.measure(count, of);
        let mended = || mended(params, month, &sample);
        settle_unless(tally, count >= least, &params.unmet(month), mended, || {
            // The checks there are; where there is none, the visits that call for one.
            let checks = month.file.checks.iter().filter(|check| check.month == month.month && is_random(check));
            let checks = checks.filter(|check| sample.visited.contains(&check.customer)).map(|check| check.at);
            let evidence = Evidence::of(checks).or_else(|| Evidence::of(month.visits().iter().map(|visit| visit.at)));
            let evidence = evidence.expect("visited customers stand in visits");
            finding(params, month, (count, of, least), evidence)
        });
    }
}

/// Targeted checks do not count.
fn is_random(check: &Check) -> bool {
    check.draw == Draw::Random
}

/// Whom the manager visited, and of whom a check was drawn.
#[derive(Clone, Default)]
struct Sample {
    visited: FxHashSet<CustomerId>,
    drawn: FxHashSet<CustomerId>,
    /// Visits and checks of customers that cannot be read.
    visits_of_anyone: usize,
    checks_of_anyone: usize,
}

impl Sample {
    fn of(month: &ManagerMonth) -> Self {
        let checks = month.file.checks.iter().filter(|check| check.month == month.month && is_random(check));
        Self {
            visited: month.visits().iter().map(|visit| visit.customer).collect(),
            drawn: checks.map(|check| check.customer).collect(),
            ..Self::default()
        }
    }

    /// How many of the visited customers were checked, and how many were visited; what may be of anyone is of whom it does
    /// most for.
    fn counted(&self) -> (u64, u64) {
        let checked = self.drawn.intersection(&self.visited).count();
        let newly_visited = self.visits_of_anyone.min(self.drawn.len() - checked);
        let visited = self.visited.len() + newly_visited;
        let newly_checked = self.checks_of_anyone.min(visited - checked - newly_visited);
        ((checked + newly_visited + newly_checked) as u64, visited as u64)
    }

    /// With another check.
    fn check(&mut self, check: &Check) {
        match check.customer {
            CustomerId::NOBODY => self.checks_of_anyone += 1,
            customer => drop(self.drawn.insert(customer)),
        }
    }

    /// With other visits, those among them that a check makes count.
    fn visit(&mut self, visits: &[&Visit]) {
        for visit in visits {
            match visit.customer {
                CustomerId::NOBODY => self.visits_of_anyone += 1,
                customer if self.drawn.contains(&customer) => drop(self.visited.insert(customer)),
                _ => {}
            }
        }
    }
}

/// Whether checks of an unknown month, or rejected checks and visits, may be of the month and enough.
fn mended(params: &Params, month: &ManagerMonth, sample: &Sample) -> Mended {
    let is_met = |sample: &Sample| {
        let (count, of) = sample.counted();
        count >= params.percent.ceil_of(of)
    };
    let lacks_month = |check: &&Check| check.unknown.contains(Column::Month);
    let mut with = sample.clone();
    let unsure: Vec<&Check> = month.file.checks.iter().filter(|check| lacks_month(check) && is_random(check)).collect();
    unsure.iter().for_each(|check| with.check(check));
    if is_met(&with) {
        return Mended::by(unsure.first().map(|check| Doubt::cell(check.at, Column::Month)));
    }
    let checks = month
        .file
        .rejected
        .checks
        .iter()
        .filter(|check| is_his(month, check.manager) && is_random(check) && !check.says_nothing());
    let (undated, dated): (Vec<&Check>, Vec<&Check>) = checks.partition(lacks_month);
    let dated: Vec<&Check> = dated.into_iter().filter(|check| check.month == month.month).collect();
    let visits = RejectedVisits::of(month, month.span, |visit| is_his(month, visit.manager));
    let rows = |checks: &[&Check], visits: &[&Visit]| -> Vec<At> {
        checks.iter().map(|check| check.at).chain(visits.iter().map(|visit| visit.at)).collect()
    };
    dated.iter().for_each(|check| with.check(check));
    with.visit(&visits.dated);
    if is_met(&with) {
        return Mended::by(rows(&dated, &visits.dated).first().map(|at| Doubt::row(*at)));
    }
    let mut with = sample.clone();
    unsure.iter().chain(&dated).chain(&undated).for_each(|check| with.check(check));
    with.visit(&visits.dated);
    with.visit(&visits.undated);
    if is_met(&with) { Mended::ByUndated(rows(&undated, &visits.undated)) } else { Mended::No }
}

impl Params {
    /// Where nobody has been checked for the month yet, there is time after it to do so.
    fn unmet(&self, month: &ManagerMonth) -> Unmet {
        match month.book.has_check_for(month.month) {
            true => month.period_state(month.span).unmet(),
            // Nobody has been checked so far: how long the section may take is all that counts.
            false => month.unmet_after(self.within_days.0),
        }
    }
}

fn finding(params: &Params, month: &ManagerMonth, (count, of, least): (u64, u64, u64), evidence: Evidence) -> Finding {
    let percent = params.percent;
    Finding::new(
        When::Period(Period::Month(month.month)),
        Words::same(share_text(count, of, Some(percent))),
        say(format!("≥ {least} 户（{of} 户的 {percent}%）"), format!("≥ {least} ({percent}% of {of})")),
        evidence,
    )
    .share(count, of)
    .limit_percent(percent)
    .message(
        format!("拜访 {of} 户，抽查 {count} 户，应不少于 {least} 户"),
        format!("{count} of {of} visited customers were checked; at least {least} are due"),
    )
}
