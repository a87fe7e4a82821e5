//! Whom to visit on a day without a plan: the due customers furthest behind their cycle, in an order that saves way.

use super::line::{Line, of_customer};
use crate::measures::{ManagerMonth, Shop};
use crate::model::{CustomerId, Cycle, DateSpan, Kind, Mode, nearest_next};
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::HashSet;

/// The due customers furthest behind, none of `met` among them, at most `[sheet] proposed`.
pub(super) fn lines(month: &ManagerMonth, date: NaiveDate, met: &HashSet<CustomerId>) -> Vec<(CustomerId, Line)> {
    let mut due: Vec<(&Shop, Behind)> = month
        .due
        .iter()
        .filter(|shop| !met.contains(&shop.id) && shop.opened_on.is_none_or(|opened| opened <= date))
        .map(|shop| (shop, Behind::of(month, shop, date)))
        .collect();
    // Customers come by id, and those as far behind as each other stay so.
    due.sort_by_key(|(_, behind)| Reverse(*behind));
    due.truncate(month.settings.proposed as usize);
    let line = |(place, shop): (usize, &Shop)| (shop.id, of_customer(month, date, shop.id, place, Mode::Onsite));
    let shops = due.into_iter().map(|(shop, _)| (shop, month.archive_place(shop))).collect();
    let route = nearest_next(None, shops).into_iter().map(|(shop, _)| shop);
    (1..).zip(route).map(line).collect()
}

/// How far a customer is behind: the days since the last completed visit, of the days of the cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Behind {
    days: i64,
    cycle: i64,
}

impl Behind {
    /// A customer never visited counts from his opening, or from where the visits begin.
    fn of(month: &ManagerMonth, shop: &Shop, date: NaiveDate) -> Self {
        let before = DateSpan { first: NaiveDate::MIN, last: date.pred_opt().unwrap_or(date) };
        let last = shop.contacts(before).filter(|contact| contact.done).last().map(|contact| contact.date);
        let begin = month.windows().get(Kind::Visits).map_or(date, |window| window.first);
        let since = last.unwrap_or_else(|| shop.opened_on.map_or(begin, |opened| opened.max(begin)));
        let cycle = shop.cycle.unwrap_or(Cycle::Monthly).days().into();
        Self { days: (date - since).num_days(), cycle }
    }
}

impl Ord for Behind {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.days * other.cycle).cmp(&(other.days * self.cycle))
    }
}

impl PartialOrd for Behind {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_cycle_late_is_further_behind_than_a_day() {
        let behind = |days, cycle| Behind { days, cycle };
        assert!(behind(14, 7) > behind(31, 30), "a weekly customer after two weeks, a monthly one after 31 days");
        assert!(behind(8, 7) < behind(60, 30));
        assert_eq!(behind(14, 14).cmp(&behind(30, 30)), std::cmp::Ordering::Equal);
    }
}
