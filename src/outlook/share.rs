//! Whom the on-site share asks for (SPEC-month §1, *share*).

use super::days::DaySet;
use super::duty::Duty;
use super::needs::{Need, Needs};
use super::planned::Planned;
use crate::measures::{ManagerMonth, Shop};
use crate::model::CustomerId;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The share at the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// Due customers seen on site.
    pub count: u64,
    pub of: u64,
    /// So many more are to be.
    pub short: u64,
}

/// The due customers that can still be seen on site: on a day that is open to them, or as it is planned.
pub(super) fn candidates<'m, 'a>(month: &'m ManagerMonth<'a>, planned: &Planned, left: DaySet) -> Vec<&'m Shop<'a>> {
    let unseen = month.due.iter().filter(|shop| !month.has_seen(shop));
    let is_open = |id: CustomerId| !left.less(planned.days(id)).less(planned.moved(id)).is_empty();
    unseen.filter(|shop| is_open(shop.id) || planned.is_onsite(shop.id)).collect()
}

/// Asks so many of the candidates to be seen on site that the total is least: those that need a date on site anyway, those
/// that need any date, the rest.
pub(super) fn choose(
    month: &ManagerMonth,
    short: usize,
    candidates: Vec<&Shop>,
    left: DaySet,
    needs: &mut BTreeMap<CustomerId, Needs>,
) {
    let rank = |id: CustomerId| match needs.get(&id) {
        Some(needs) if needs.is_onsite() => 0,
        Some(_) => 1,
        None => 2,
    };
    let last = |id| month.last_completed(id).map(|contact| contact.date);
    let mut ranked: Vec<(u8, Option<NaiveDate>, CustomerId)> =
        candidates.into_iter().map(|shop| (rank(shop.id), last(shop.id), shop.id)).collect();
    ranked.sort_unstable();
    for (_, _, customer) in ranked.into_iter().take(short) {
        let of_customer = needs.entry(customer).or_insert_with(|| Needs {
            customer,
            all: vec![],
            open: left,
            not_onsite: DaySet::default(),
        });
        of_customer.all.push(Need {
            duty: Duty::OnsiteShare,
            moved_from: None,
            dates: 1,
            days: left,
            by_name: false,
            until: month.span.last,
        });
    }
}
