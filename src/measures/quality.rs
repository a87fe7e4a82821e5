//! What market checks found in a month (SPEC-month §6).

use super::month::ManagerMonth;
use crate::model::{At, Column, Customer, CustomerId, ManagerId, Month, Percent, Points, Quality};
use std::collections::{BTreeMap, BTreeSet};

/// Scores of a customer of which all are of the month, or may be.
#[derive(Clone, Debug, Default)]
pub(crate) struct CustomerScores<'r> {
    /// Those of the month as far as it can be read.
    pub of_month: Vec<&'r Quality>,
    /// Those of another month, which may be of any.
    elsewhere: Vec<&'r Quality>,
}

/// Points of a full score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    pub got: u64,
    pub full: u64,
}

impl Score {
    fn of<'r>(rows: impl IntoIterator<Item = &'r Quality>) -> Self {
        let mut sum = Self::default();
        rows.into_iter().for_each(|row| sum.add(row));
        sum
    }

    /// Points are never below 0.
    fn add(&mut self, row: &Quality) {
        self.got += row.score.unwrap_or_default().0.unsigned_abs();
        self.full += row.max.0.unsigned_abs();
    }

    /// Of nothing nothing is asked.
    pub(crate) fn reaches(self, min: Percent) -> bool {
        min.reached(self.got, self.full)
    }

    /// `7.5/10`
    pub(crate) fn text(self) -> String {
        let short = |hundredths: u64| Points(hundredths as i64).short();
        format!("{}/{}", short(self.got), short(self.full))
    }
}

impl<'r> CustomerScores<'r> {
    /// Those of each customer who has any in the month, as the rows have it.
    pub(crate) fn all(rows: impl IntoIterator<Item = &'r Quality>, month: Month) -> BTreeMap<CustomerId, Self> {
        let mut all: BTreeMap<CustomerId, Self> = BTreeMap::new();
        for row in rows {
            let scores = all.entry(row.customer).or_default();
            match row.month == month {
                true => scores.of_month.push(row),
                false if is_of_any_month(row) => scores.elsewhere.push(row),
                false => {}
            }
        }
        all.retain(|_, scores| !scores.of_month.is_empty());
        all
    }

    pub(crate) fn sum(&self) -> Score {
        Score::of(self.of_month.iter().copied())
    }

    /// The first row whose month cannot be read, if with these rows in the month or not the limit can be reached.
    pub(crate) fn mended_by(&self, min: Percent) -> Option<&'r Quality> {
        let (unsure, sure): (Vec<&Quality>, Vec<&Quality>) =
            self.of_month.iter().copied().partition(|row| is_of_any_month(row));
        let all = || unsure.iter().chain(&self.elsewhere).copied();
        // Each row by itself takes the sum nearer to the limit or farther from it.
        let helps = |row: &&Quality| Score::of([*row]).reaches(min);
        let best = Score::of(sure.into_iter().chain(all().filter(helps)));
        all().next().filter(|_| best.reaches(min))
    }

    /// Whether it is below a limit, whatever cannot be read.
    pub(crate) fn is_surely_below(&self, min: Percent) -> bool {
        !self.sum().reaches(min) && self.mended_by(min).is_none()
    }

    /// The items below the limit, the worst first.
    pub(crate) fn low_items(&self, min: Percent) -> Vec<(&'r str, Score)> {
        let of_row = |row: &&'r Quality| (&*row.item, Score::of([*row]));
        let mut low: Vec<(&str, Score)> =
            self.of_month.iter().map(of_row).filter(|(_, score)| !score.reaches(min)).collect();
        low.sort_by(|(_, one), (_, other)| {
            let (one, other) =
                (u128::from(one.got) * u128::from(other.full), u128::from(other.got) * u128::from(one.full));
            one.cmp(&other)
        });
        low
    }
}

impl ManagerMonth<'_> {
    /// Whether a customer must be seen on site: by his mark, or by what market checks found in the month before.
    pub fn must_see_onsite(&self, customer: &Customer) -> bool {
        customer.must_onsite || !self.low_scores(customer.id).is_empty()
    }

    /// The scores of the month before for which a customer must be seen on site, where rules.toml says so.
    pub fn low_scores(&self, customer: CustomerId) -> Vec<At> {
        let Some(min) = self.settings.onsite_below else { return vec![] };
        let rows = self.book.quality_of(customer);
        let managers: BTreeSet<ManagerId> = rows.iter().map(|row| row.manager).collect();
        let of_manager = |manager: ManagerId| {
            let own = rows.iter().filter(|row| row.manager == manager);
            CustomerScores::all(own, self.month.plus(-1)).into_values()
        };
        let low = managers.into_iter().flat_map(of_manager).filter(|scores| scores.is_surely_below(min));
        low.flat_map(|scores| scores.of_month.into_iter().map(|row| row.at)).collect()
    }
}

fn is_of_any_month(row: &Quality) -> bool {
    row.unknown.contains(Column::Month)
}

/// What market checks found of an item.
#[derive(Clone, Debug)]
pub struct ItemScores {
    pub item: Box<str>,
    /// How often it was looked at.
    pub rows: u64,
    pub sum: Score,
}

impl ItemScores {
    /// The items of a manager's month, in the order of rules.toml, others behind them by name.
    pub(crate) fn of_month(month: &ManagerMonth) -> Vec<Self> {
        let mut items: BTreeMap<(usize, &str), Self> = BTreeMap::new();
        for row in month.file.quality.iter().filter(|row| row.month == month.month) {
            let place = month.settings.quality.place(&row.item).unwrap_or(usize::MAX);
            let new = || Self { item: row.item.clone(), rows: 0, sum: Score::default() };
            let item = items.entry((place, &row.item)).or_insert_with(new);
            item.rows += 1;
            item.sum.add(row);
        }
        items.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ColumnSet;

    /// A score of 10 points, of the month asked for or the one before.
    fn row(score: i64, is_of_month: bool, month_is_legible: bool) -> Quality {
        let mut unknown = ColumnSet::default();
        unknown.set(Column::Month, !month_is_legible);
        let (manager, customer) = (ManagerId(0), CustomerId(0));
        let month = Month::new(2026, if is_of_month { 9 } else { 8 }).unwrap();
        let (score, max) = (Some(Points(score * 100)), Points(1000));
        Quality { at: At::default(), month, manager, customer, item: "".into(), score, max, checked_on: None, unknown }
    }

    fn scores(rows: &[Quality]) -> (bool, bool) {
        let all = CustomerScores::all(rows, Month::new(2026, 9).unwrap());
        let (scores, min) = (&all[&CustomerId(0)], Percent::whole(80));
        (scores.sum().reaches(min), scores.is_surely_below(min))
    }

    #[test]
    fn a_month_that_cannot_be_read_may_be_any() {
        assert_eq!(scores(&[row(8, true, true)]), (true, false));
        assert_eq!(scores(&[row(7, true, true)]), (false, true));
        assert_eq!(scores(&[row(7, true, true), row(9, false, false)]), (false, false), "it may be of this month");
        assert_eq!(scores(&[row(6, true, true), row(9, false, false)]), (false, true), "and not be enough");
        assert_eq!(scores(&[row(8, true, true), row(7, true, false)]), (false, false), "it may be of another");
        assert_eq!(scores(&[row(7, true, false)]), (false, false), "there may be none at all");
    }
}
