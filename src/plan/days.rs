//! What a day comes to: customers, the way, the hours in the field.

use super::order::{place, standing};
use super::row::NewRow;
use crate::measures::ManagerMonth;
use crate::model::{CustomerId, Mode, Position};
use crate::outlook::{Ahead, DaySet, recent};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::ops::Add;

/// One day with its standing and new rows.
#[derive(Clone, Debug)]
pub(crate) struct PlannedDay {
    pub date: NaiveDate,
    pub customers: u32,
    pub onsite: u32,
    /// Of them newly planned.
    pub new: u32,
    /// The way from one customer on site to the next, in great circles.
    pub metres: f64,
    /// In the field; None where no visit of his tells how long one takes.
    pub seconds: Option<u64>,
}

pub(super) fn of(ahead: &Ahead, span: DaySet, rows: &[NewRow]) -> Vec<PlannedDay> {
    let month = ahead.month;
    let usual = usual_seconds(month);
    let day = |date: NaiveDate| {
        let standing = standing(month, date).into_iter().map(|row| (row.customer, row.is_onsite()));
        let new = rows.iter().filter(|row| row.date == date);
        let planned: Vec<(CustomerId, bool)> =
            standing.chain(new.clone().map(|row| (row.customer, row.mode == Mode::Onsite))).collect();
        let mut met = BTreeSet::new();
        let onsite: Vec<CustomerId> =
            planned.iter().filter(|(customer, onsite)| *onsite && met.insert(*customer)).map(|(id, _)| *id).collect();
        let places: Vec<Position> = onsite.iter().filter_map(|customer| place(month, *customer)).collect();
        let metres = places.windows(2).map(|two| two[0].metres_to(two[1])).fold(0.0, f64::add);
        let driving = metres * 3.6 / f64::from(month.settings.kmh);
        PlannedDay {
            date,
            customers: planned.iter().map(|(customer, _)| customer).collect::<BTreeSet<_>>().len() as u32,
            onsite: onsite.len() as u32,
            new: new.count() as u32,
            metres,
            seconds: usual.map(|usual| usual * onsite.len() as u64 + driving.round() as u64),
        }
    };
    span.dates(month.month).map(day).collect()
}

/// How long a visit of his on site takes: the median of the last three months, the lower of the middle two.
fn usual_seconds(month: &ManagerMonth) -> Option<u64> {
    let recent = recent(month.horizon());
    let visits = month.visits_in(recent).iter().filter(|visit| visit.is_onsite());
    let mut lengths: Vec<i64> = visits.filter_map(|visit| Some(visit.known_end()?.since(visit.started))).collect();
    lengths.sort_unstable();
    let middle = lengths.get(lengths.len().checked_sub(1)? / 2)?;
    u64::try_from(*middle).ok()
}
