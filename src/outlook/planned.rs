//! The standing plan rows of the days left: they keep their places and serve what they serve.

use super::days::DaySet;
use super::duty::Duty;
use super::needs::{Need, Needs};
use crate::measures::{ManagerMonth, makes_up};
use crate::model::{CustomerId, PlanRow};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// The rows, by customer, then date.
pub(crate) struct Planned<'a> {
    rows: BTreeMap<CustomerId, Vec<&'a PlanRow<'a>>>,
    /// By customer the days from which a row has moved him away.
    moved: BTreeMap<CustomerId, DaySet>,
    has_created: bool,
}

impl<'a> Planned<'a> {
    pub(super) fn of(month: &ManagerMonth<'a>, left: DaySet) -> Self {
        let mut rows: BTreeMap<CustomerId, Vec<&PlanRow>> = BTreeMap::new();
        for date in left.dates(month.month) {
            for row in month.standing_rows(date) {
                rows.entry(row.customer).or_default().push(row);
            }
        }
        let mut moved: BTreeMap<CustomerId, DaySet> = BTreeMap::new();
        for row in &month.file.plans {
            if let Some(from) = row.moved_from().filter(|from| month.month.contains(*from)) {
                let days = moved.entry(row.customer).or_default();
                *days = days.or(DaySet::of([from]));
            }
        }
        Self { rows, moved, has_created: month.has_created() }
    }

    /// No rows; what has been moved stays so.
    pub(super) fn given_up(&self) -> Self {
        Self { rows: BTreeMap::new(), moved: self.moved.clone(), has_created: self.has_created }
    }

    pub(crate) fn of_customer(&self, customer: CustomerId) -> &[&'a PlanRow<'a>] {
        self.rows.get(&customer).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &'a PlanRow<'a>> {
        self.rows.values().flatten().copied()
    }

    /// The dates of a customer's rows.
    pub(super) fn dates(&self, customer: CustomerId) -> Vec<NaiveDate> {
        let dates: BTreeSet<NaiveDate> = self.of_customer(customer).iter().map(|row| row.date).collect();
        dates.into_iter().collect()
    }

    /// The days of a customer's rows.
    pub(crate) fn days(&self, customer: CustomerId) -> DaySet {
        DaySet::of(self.dates(customer))
    }

    /// The days from which a row has moved a customer away.
    pub(crate) fn moved(&self, customer: CustomerId) -> DaySet {
        self.moved.get(&customer).copied().unwrap_or_default()
    }

    pub(super) fn is_onsite(&self, customer: CustomerId) -> bool {
        self.of_customer(customer).iter().any(|row| row.is_onsite())
    }

    /// Of how many customers each day has rows, and of how many on site.
    pub(super) fn count(&self) -> ([u32; DaySet::MOST], [u32; DaySet::MOST]) {
        let (mut all, mut onsite) = ([0; DaySet::MOST], [0; DaySet::MOST]);
        for rows in self.rows.values() {
            let days =
                |onsite: bool| DaySet::of(rows.iter().filter(|row| !onsite || row.is_onsite()).map(|row| row.date));
            days(false).iter().for_each(|day| all[day] += 1);
            days(true).iter().for_each(|day| onsite[day] += 1);
        }
        (all, onsite)
    }

    /// Whether a row serves a need, carried out in its mode.
    pub(super) fn serves(&self, row: &PlanRow, need: &Need) -> bool {
        need.days.has(row.date.day0() as usize)
            && match need.duty {
                Duty::Coverage => true,
                Duty::MustOnsite | Duty::NewCustomer | Duty::OnsiteShare => row.is_onsite(),
                Duty::Reschedule => {
                    need.moved_from.is_some_and(|from| row.date == from || makes_up(row, from, self.has_created))
                }
            }
    }

    /// On how many dates a need is served.
    pub(super) fn served(&self, customer: CustomerId, need: &Need) -> u32 {
        let rows = self.of_customer(customer).iter().filter(|row| self.serves(row, need));
        DaySet::of(rows.map(|row| row.date)).len()
    }

    /// What remains to be asked when all rows are carried out.
    pub(super) fn remaining(&self, needs: &Needs) -> Needs {
        let customer = needs.customer;
        let mut all = needs.all.clone();
        all.iter_mut().for_each(|need| need.dates = need.dates.saturating_sub(self.served(customer, need)));
        all.retain(|need| need.dates > 0);
        Needs { customer, all, open: needs.open.less(self.days(customer)).less(self.moved(customer)), ..*needs }
    }

    /// The rows that serve none of these needs.
    pub(super) fn idle(&self, needs: &[Needs]) -> Vec<&'a PlanRow<'a>> {
        let of: BTreeMap<CustomerId, &Needs> = needs.iter().map(|needs| (needs.customer, needs)).collect();
        let serves = |row: &PlanRow| {
            let needs = of.get(&row.customer);
            needs.is_some_and(|needs| needs.all.iter().any(|need| self.serves(row, need)))
        };
        self.all().filter(|row| !serves(row)).collect()
    }

    /// The same without some rows.
    pub(super) fn without(&self, rows: &[&PlanRow]) -> Self {
        self.only(|row| !rows.iter().any(|given_up| given_up.at == row.at))
    }

    /// The same with some rows alone.
    pub(super) fn only(&self, keeps: impl Fn(&PlanRow) -> bool) -> Self {
        let of = |all: &Vec<&'a PlanRow<'a>>| all.iter().filter(|row| keeps(row)).copied().collect::<Vec<_>>();
        let rows = self.rows.iter().map(|(customer, all)| (*customer, of(all))).collect();
        Self { rows, ..self.given_up() }
    }
}
