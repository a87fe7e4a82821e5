//! Whether a list that came back is the honest draw: nothing swapped, nobody added or left out, spares used in order and
//! only where one before them could not be checked.
//!
//! Drawn customers and spares together are always the beginning of the ticket order. So a list is that of the draw if its
//! customers are such a beginning, and long enough.

use super::{Frame, Terms, Tickets};
use crate::book::Book;
use crate::measures::{FileIndex, ManagerMonth};
use crate::model::*;
use crate::parallel;
use std::collections::BTreeMap;

/// Why a list is not the draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Drawn in this place, or a spare before one that is listed, and not on the list.
    LeftOut { place: u64, customer: CustomerId },
    /// On the list, but not drawn: his place, where the manager visited him at all, lies behind one that is left out.
    NotDrawn { place: Option<u64>, customer: CustomerId, at: At },
    /// A spare that was checked although nobody before him was left to stand in for.
    Needless { place: u64, customer: CustomerId, at: At },
    /// More than one row speaks of him.
    Twice { customer: CustomerId, at: At },
}

/// A customer of the honest part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    pub customer: CustomerId,
    pub result: Option<CheckResult>,
    pub checked_on: Option<chrono::NaiveDate>,
    pub at: At,
}

/// A manager's part of a list that came back.
pub struct Returned {
    pub manager: ManagerId,
    pub frame: Frame,
    /// Of each customer of the honest part, in ticket order.
    pub listed: Vec<Listed>,
    pub faults: Vec<Fault>,
    /// Customers that cannot be checked, each with the spare that stands in, if any is left.
    pub replaced: Vec<(CustomerId, Option<CustomerId>)>,
    /// Customers that are to be checked and have no result yet.
    pub open: Vec<CustomerId>,
}

impl Returned {
    pub fn count(&self, result: CheckResult) -> usize {
        self.listed.iter().filter(|listed| listed.result == Some(result)).count()
    }
}

/// Compares the month's rows of the checks with the draw, manager by manager.
pub(crate) fn verify(
    book: &Book,
    settings: &Settings,
    month: Month,
    managers: &[ManagerId],
    terms: &Terms,
) -> Vec<Returned> {
    let tickets = Tickets::new(&terms.seed_text(month));
    let of_manager = |id: &ManagerId| {
        let file = book.manager(*id);
        let index = FileIndex::of(book, &file);
        let frame = Frame::of(&ManagerMonth::new(book, settings, &index, month), terms, &tickets);
        // Those that were chosen are no part of the draw.
        let is_drawn = |check: &Check| check.month == month && check.draw == Draw::Random;
        let rows: Vec<Check> = book.listed_checks(*id).into_iter().filter(is_drawn).collect();
        compare(*id, frame, &rows, terms.spares)
    };
    parallel::map(managers, of_manager)
}

fn compare(manager: ManagerId, frame: Frame, rows: &[Check], spares: u64) -> Returned {
    let mut by_customer: BTreeMap<CustomerId, &Check> = BTreeMap::new();
    let mut faults = Vec::new();
    for row in rows {
        if by_customer.insert(row.customer, row).is_some() {
            faults.push(Fault::Twice { customer: row.customer, at: row.at });
        }
    }
    let size = frame.size as usize;
    let places: BTreeMap<CustomerId, usize> =
        frame.order.iter().enumerate().map(|(place, (_, customer))| (*customer, place)).collect();
    let of_frame = by_customer.keys().filter(|customer| places.contains_key(customer)).count();
    // How far the list may reach: those drawn and their spares, of whom there may be more than are asked for now.
    let reach = (size + spares as usize).max(of_frame).min(frame.order.len());
    let on_list = |(_, customer): &(String, CustomerId)| by_customer.contains_key(customer);
    let last = frame.order[..reach].iter().rposition(on_list).map_or(0, |place| place + 1);
    for (place, one) in (1..).zip(&frame.order[..last.max(size)]) {
        if !on_list(one) {
            faults.push(Fault::LeftOut { place, customer: one.1 });
        }
    }
    for row in by_customer.values() {
        let place = places.get(&row.customer).copied();
        if place.is_none_or(|place| place >= reach) {
            let place = place.map(|place| place as u64 + 1);
            faults.push(Fault::NotDrawn { place, customer: row.customer, at: row.at });
        }
    }
    let listed = frame.order[..reach].iter().filter_map(|(_, customer)| by_customer.get(customer).copied());
    let listed =
        listed.map(|row| Listed { customer: row.customer, result: row.result, checked_on: row.checked_on, at: row.at });
    let mut returned = Returned { manager, listed: listed.collect(), faults, replaced: vec![], open: vec![], frame };
    returned.walk(&places);
    // A nation's frames would fill the memory.
    returned.frame.order = Vec::new();
    returned
}

impl Returned {
    /// Goes through the customers in ticket order: each that cannot be checked calls for one more.
    fn walk(&mut self, places: &BTreeMap<CustomerId, usize>) {
        let mut called = self.frame.size as usize;
        for row in &self.listed {
            let place = places[&row.customer];
            if place >= called {
                if row.result.is_some() || row.checked_on.is_some() {
                    let (place, customer, at) = (place as u64 + 1, row.customer, row.at);
                    self.faults.push(Fault::Needless { place, customer, at });
                }
            } else if row.result == Some(CheckResult::Unable) {
                let spare = self.frame.order.get(called).map(|(_, customer)| *customer);
                self.replaced.push((row.customer, spare));
                called += usize::from(spare.is_some());
            } else if row.result.is_none() {
                self.open.push(row.customer);
            }
        }
        // A spare that is called for and not on the list is open too.
        let missing = self.replaced.iter().filter_map(|(_, spare)| *spare);
        let missing: Vec<CustomerId> =
            missing.filter(|spare| !self.listed.iter().any(|row| row.customer == *spare)).collect();
        self.open.extend(missing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of customers 0, 1, 2 … in ticket order, of which two are drawn.
    fn frame(population: u32) -> Frame {
        let order = (0..population).map(|n| (format!("0.{n:02}"), CustomerId(n))).collect();
        Frame { population: population.into(), order, sha256: String::new(), size: 2 }
    }

    fn row((line, (customer, result)): (u32, &(u32, &str))) -> Check {
        let result = CheckResult::of(result);
        let month = Month::new(2026, 9).unwrap();
        let at = At { file: 0, line: line + 2 };
        let (manager, customer, unknown) = (ManagerId(0), CustomerId(*customer), ColumnSet::default());
        Check { at, month, manager, customer, checked_on: None, result, draw: Draw::Random, unknown }
    }

    fn returned(rows: &[(u32, &str)]) -> Returned {
        let rows: Vec<Check> = (0..).zip(rows).map(row).collect();
        compare(ManagerId(0), frame(6), &rows, 0)
    }

    #[test]
    fn the_beginning_of_the_order_is_honest_with_or_without_spares() {
        for rows in [&[(1, "pass"), (0, "fail")][..], &[(0, "pass"), (1, ""), (2, ""), (3, "")]] {
            assert_eq!(returned(rows).faults, []);
        }
        assert_eq!(returned(&[(0, "pass"), (1, "")]).open, [CustomerId(1)]);
    }

    #[test]
    fn a_swap_leaves_one_out_and_adds_another() {
        let found = returned(&[(0, "pass"), (4, "pass"), (2, "")]);
        let at = At { file: 0, line: 3 };
        let left_out = Fault::LeftOut { place: 2, customer: CustomerId(1) };
        let added = Fault::NotDrawn { place: Some(5), customer: CustomerId(4), at };
        assert_eq!(found.faults, [left_out, added]);
        let stranger = returned(&[(0, "pass"), (1, "pass"), (9, "pass")]);
        let at = At { file: 0, line: 4 };
        assert_eq!(stranger.faults, [Fault::NotDrawn { place: None, customer: CustomerId(9), at }]);
    }

    #[test]
    fn spares_stand_in_one_by_one_for_those_that_cannot_be_checked() {
        let found = returned(&[(0, "unable"), (1, "pass"), (2, "unable"), (3, "pass"), (4, "")]);
        assert_eq!(found.faults, []);
        assert_eq!(found.open, []);
        let pair = |one, two| (CustomerId(one), Some(CustomerId(two)));
        assert_eq!(found.replaced, [pair(0, 2), pair(2, 3)]);
        let needless = returned(&[(0, "pass"), (1, "pass"), (2, "pass")]);
        let at = At { file: 0, line: 4 };
        assert_eq!(needless.faults, [Fault::Needless { place: 3, customer: CustomerId(2), at }]);
        let unlisted = returned(&[(0, "unable"), (1, "pass")]);
        assert_eq!((unlisted.faults.len(), unlisted.open), (0, vec![CustomerId(2)]));
    }

    #[test]
    fn nobody_stands_on_the_list_twice() {
        let found = returned(&[(0, "fail"), (1, "pass"), (0, "pass")]);
        assert_eq!(found.faults, [Fault::Twice { customer: CustomerId(0), at: At { file: 0, line: 4 } }]);
    }
}
