//! The order of a day's new rows: behind those that stand, by a short way.

use super::row::NewRow;
use crate::measures::ManagerMonth;
use crate::model::{CustomerId, PlanRow, Position, nearest_next, two_opt};
use crate::outlook::Ahead;
use chrono::NaiveDate;

/// Orders the rows of each day, and numbers them on behind the day's highest number.
pub(super) fn settle(ahead: &Ahead, rows: &mut Vec<NewRow>) {
    rows.sort_by_key(|row| (row.date, row.customer));
    let month = ahead.month;
    let mut ordered = Vec::with_capacity(rows.len());
    for of_date in rows.chunk_by(|one, two| one.date == two.date) {
        let date = of_date[0].date;
        let standing = standing(month, date);
        let start = standing.iter().rev().find_map(|row| place(month, row.customer));
        let shops = of_date.iter().map(|row| (row.clone(), place(month, row.customer))).collect();
        let mut route = nearest_next(start, shops);
        two_opt(start, &mut route);
        let highest = month.day(date).plans.iter().filter_map(|row| row.seq).max();
        // Where rows stand without any number, one would put the new rows before them.
        let first = highest.or(standing.is_empty().then_some(0)).map(|highest| highest.saturating_add(1));
        for (number, (row, _)) in (0..).zip(route) {
            ordered.push(NewRow { seq: first.map(|first| first.saturating_add(number)), ..row });
        }
    }
    *rows = ordered;
}

/// The standing rows of a date in their order.
pub(super) fn standing<'a>(month: &ManagerMonth<'a>, date: NaiveDate) -> Vec<&'a PlanRow<'a>> {
    let mut rows = month.standing_rows(date);
    rows.sort_by_key(|row| (row.seq.is_none(), row.seq, row.at));
    rows
}

pub(super) fn place(month: &ManagerMonth, customer: CustomerId) -> Option<Position> {
    month.archive_place(&*month.customer(customer)?)
}
