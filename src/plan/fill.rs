//! Days that have room are filled with due customers whose cycle has run out.

use super::place::Result;
use super::row::{NewRow, Placed};
use crate::measures::Shop;
use crate::model::{CustomerId, Cycle};
use crate::outlook::{Ahead, DaySet};
use chrono::{Datelike, Days, NaiveDate};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The dates of rows by customer.
type DatesOf = BTreeMap<CustomerId, Vec<NaiveDate>>;

/// Adds rows up to the room of each day of the span.
pub(super) fn by_cycle(ahead: &Ahead, span: DaySet, before: &[NewRow], placed: &mut Result) {
    if ahead.capacity.per_day.is_none() {
        return;
    }
    let mut rows = rows_ahead(ahead);
    let new =
        placed.rows.iter().map(|row| (row.customer, row.date)).chain(before.iter().map(|row| (row.customer, row.date)));
    new.for_each(|(customer, date)| rows.entry(customer).or_default().push(date));
    for date in span.dates(ahead.month.month) {
        let day = date.day0() as usize;
        let mut overdue: Vec<Overdue> =
            ahead.month.due.iter().filter_map(|shop| Overdue::of(ahead, &rows, shop, date)).collect();
        overdue.sort();
        overdue.truncate(placed.room.all[day] as usize);
        for Overdue { customer, .. } in overdue {
            placed.room.all[day] -= 1;
            rows.entry(customer).or_default().push(date);
            placed.rows.push(Placed { customer, date, onsite: false, from: None, duties: vec![] });
        }
    }
}

/// The dates of the standing rows behind the horizon, in the month and elsewhere.
fn rows_ahead(ahead: &Ahead) -> DatesOf {
    let month = ahead.month;
    let behind = month.file.plans.iter().map(|row| row.date).filter(|date| *date > month.horizon());
    let dates: BTreeSet<NaiveDate> = behind.collect();
    let mut rows = DatesOf::new();
    for date in dates {
        month.standing_rows(date).into_iter().for_each(|row| rows.entry(row.customer).or_default().push(date));
    }
    rows
}

/// A customer whose cycle has run out by a date.
#[derive(PartialEq, Eq)]
struct Overdue {
    /// Days since the last visit, completed or planned; never visited: none.
    since: Option<i64>,
    cycle: i64,
    customer: CustomerId,
}

impl Overdue {
    fn of(ahead: &Ahead, rows: &DatesOf, shop: &Shop, date: NaiveDate) -> Option<Self> {
        let cycle = shop.cycle.unwrap_or(Cycle::Monthly).days();
        let planned = rows.get(&shop.id).map_or(&[][..], Vec::as_slice);
        let soon = date + Days::new(cycle.into());
        let is_planned_soon = planned.iter().any(|row| (date..=soon).contains(row));
        let is_open = shop.opened_on.is_none_or(|opened| opened <= date);
        let is_moved = ahead.planned.moved(shop.id).has(date.day0() as usize);
        if is_planned_soon || is_moved || !is_open {
            return None;
        }
        let completed = ahead.month.last_completed(shop.id).map(|contact| contact.date);
        let last = planned.iter().copied().filter(|row| *row < date).chain(completed).max();
        let since = last.map(|last| (date - last).num_days());
        let has_run_out = since.is_none_or(|since| since >= cycle.into());
        has_run_out.then_some(Self { since, cycle: cycle.into(), customer: shop.id })
    }
}

/// Those never visited first, then by days of cycles.
impl Ord for Overdue {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_cycles = match (self.since, other.since) {
            (Some(one), Some(two)) => (two * self.cycle).cmp(&(one * other.cycle)),
            (one, two) => one.is_some().cmp(&two.is_some()),
        };
        by_cycles.then(self.customer.cmp(&other.customer))
    }
}

impl PartialOrd for Overdue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
