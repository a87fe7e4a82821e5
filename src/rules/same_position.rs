//! Integrity: shops that lie apart are not visited from one spot.

use super::{INTEGRITY, Meta, Need, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, say, words};
use crate::measures::{ManagerMonth, onsite_checkins};
use crate::model::{At, Column, CustomerId, Kind, Moment, Period, Position, Visit, Whole, Written};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub(super) struct SamePosition;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// On-site check-ins of a month that is looked at.
    pub min_visits: Whole<1, 10_000>,
    /// So many at one position are too many.
    customers: Whole<2, 10_000>,
}

/// Farther apart, in metres, two shops are not one place.
const APART: f64 = 100.0;

/// Where positions are written so roughly that shops share them.
pub(super) const COARSE: Words = words(
    "过半签到位置不足五位小数，说明不了是否同一处",
    "over half of all check-ins have fewer than five decimals, and so tell no place",
);

/// Where there are too few check-ins to speak of.
pub(super) const FEW: Words = words("带签到位置的实地拜访太少", "too few on-site visits with a check-in");

impl Rule for SamePosition {
    type Params = Params;

    const META: Meta = Meta {
        id: "same-position",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[Need::Column(Kind::Visits, Column::Lon), Need::Column(Kind::Customers, Column::Lon)],
        title: words("同一位置签到", "one position for many"),
        assessed: words(
            "每名客户经理，本月由终端签到的实地拜访足够多的",
            "each manager with enough on-site check-ins from a device in the month",
        ),
        fails: words(
            "同一签到位置（一字不差）用于多户，而这些客户在档案中彼此相距 100 米以上",
            "one position, as written, stands at visits to several customers whom the archive has over 100 m apart",
        ),
        remedy: words("核对这些拜访是否在同一处补签", "find out whether these visits were checked in from one spot"),
        example: words(
            "2026-09 6 户共用签到位置 117.219486, 34.264503，要求 < 5 户，visits.csv:70、74、81",
            "2026-09: 6 customers at 117.219486, 34.264503, required < 5, visits.csv:70, 74, 81",
        ),
        nothing: FEW,
    };

    const FEWEST_UNITS: u64 = 4;

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let Some(run) = month.run else { return };
        let mut uses: FxHashMap<Written, u64> = FxHashMap::default();
        let mut checkins = 0;
        for (_, place) in onsite_checkins(month) {
            checkins += 1;
            *uses.entry(place).or_default() += 1;
        }
        if checkins < run.min_checkins {
            return;
        }
        if run.habits.has_coarse_checkins() {
            return tally.skip(COARSE);
        }
        // Nearly every position is used once.
        uses.retain(|_, uses| *uses >= u64::from(params.customers.0));
        let mut by_place: FxHashMap<Written, Vec<&Visit>> = FxHashMap::default();
        if !uses.is_empty() {
            let often = onsite_checkins(month).filter(|(_, place)| uses.contains_key(place));
            often.for_each(|(visit, place)| by_place.entry(place).or_default().push(visit));
        }
        let shared = by_place.into_iter().map(|(place, visits)| Shared::of(month, place, visits));
        // The position with the most; of several the one that was used first.
        let most = shared.max_by_key(|shared| (shared.visits_by_customer.len(), std::cmp::Reverse(shared.first())));
        match most.filter(|most| most.visits_by_customer.len() >= params.customers.0 as usize) {
            Some(most) => tally.fail(finding(params, month, &most)),
            None => tally.pass(),
        }
    }
}

/// A position with the customers that lie apart: the first with a place in the archive, and those far from it.
struct Shared<'v> {
    place: Written,
    visits_by_customer: BTreeMap<CustomerId, Vec<&'v Visit<'v>>>,
}

impl<'v> Shared<'v> {
    fn of(month: &ManagerMonth, place: Written, visits: Vec<&'v Visit<'v>>) -> Self {
        let mut visits_by_customer: BTreeMap<CustomerId, Vec<&Visit>> = BTreeMap::new();
        for visit in visits {
            visits_by_customer.entry(visit.customer).or_default().push(visit);
        }
        let shop = |id: CustomerId| month.customer(id).and_then(|customer| month.archive_place(&customer));
        let mut first: Option<Position> = None;
        visits_by_customer.retain(|customer, _| match (shop(*customer), first) {
            (Some(there), Some(first)) => there.metres_to(first) > APART,
            (Some(there), None) => {
                first = Some(there);
                true
            }
            (None, _) => false,
        });
        Self { place, visits_by_customer }
    }

    /// Its visits, in the order of time.
    fn visits(&self) -> Vec<&'v Visit<'v>> {
        let mut visits: Vec<&Visit> = self.visits_by_customer.values().flatten().copied().collect();
        visits.sort_unstable_by_key(|visit| (visit.started, visit.at));
        visits
    }

    fn first(&self) -> Option<(Moment, At)> {
        self.visits_by_customer.values().flatten().map(|visit| (visit.started, visit.at)).min()
    }
}

fn finding(params: &Params, month: &ManagerMonth, shared: &Shared) -> Finding {
    let (n, limit, place) = (shared.visits_by_customer.len(), params.customers.0, shared.place);
    let evidence = Evidence::of(shared.visits().into_iter().map(|visit| visit.at));
    Finding::new(
        When::Period(Period::Month(month.month)),
        say(format!("{n} 户同一签到位置"), format!("{n} at one position")),
        say(format!("< {limit} 户"), format!("< {limit} customers")),
        evidence.expect("several customers were visited there"),
    )
    .count(n as u64)
    .limit(limit)
    .message(
        format!("{n} 户的签到位置都是 {place}，而档案中这些客户相距 100 米以上"),
        format!("{n} customers were checked in at {place}, though the archive has them over 100 m apart"),
    )
}
