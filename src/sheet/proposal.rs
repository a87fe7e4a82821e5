//! Whom to visit on a day without a plan: the due customers furthest behind their cycle, in an order that saves way.

use super::{Line, of_customer};
use crate::measures::{ManagerMonth, Shop};
use crate::model::{CustomerId, Cycle, DateSpan, Kind, Mode, Position};
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
    (1..).zip(nearest_next(shops)).map(line).collect()
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
        let cycle = match shop.cycle.unwrap_or(Cycle::Monthly) {
            Cycle::Weekly => 7,
            Cycle::Biweekly => 14,
            Cycle::Semimonthly => 15,
            Cycle::Monthly => 30,
            Cycle::Bimonthly => 61,
            Cycle::Quarterly => 91,
        };
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

/// From the first that has a position always to the nearest one left; those without a position come last, as they came.
fn nearest_next<T: Copy>(mut left: Vec<(T, Option<Position>)>) -> Vec<T> {
    let mut ordered = Vec::with_capacity(left.len());
    let mut next = left.iter().position(|(_, place)| place.is_some());
    while let Some(at) = next {
        let (item, here) = left.remove(at);
        ordered.push(item);
        let metres = |place: &Option<Position>| here.zip(*place).map(|(here, there)| here.metres_to(there));
        let near = left.iter().enumerate().filter_map(|(at, (_, place))| Some((at, metres(place)?)));
        next = near.min_by(|one, two| one.1.total_cmp(&two.1)).map(|(at, _)| at);
    }
    ordered.extend(left.into_iter().map(|(item, _)| item));
    ordered
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

    #[test]
    fn the_way_goes_to_the_nearest_and_ends_with_those_of_no_place() {
        let at = |lon: f64| Some(Position { lon, lat: 34.0 });
        let shops = vec![("nowhere", None), ("first", at(117.0)), ("far", at(117.9)), ("near", at(117.1))];
        assert_eq!(nearest_next(shops), ["first", "near", "far", "nowhere"]);
        assert!(nearest_next::<u8>(vec![]).is_empty());
    }
}
