//! The record numbers of visits. None lets a row stand for another: two visits of one manager that share a number differ in
//! customer and date.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::records::{Manager, Visit, visit_id};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// Every visit has its own, in the order of the rows.
    Rising,
    /// Every visit has its own, against the order of each manager's rows.
    Falling,
    /// The place among the manager's visits of the day: the same few numbers for everybody, every day.
    Repeating,
}

pub struct Numbers {
    numbering: Numbering,
    manager: u32,
    date: NaiveDate,
    last: u32,
    /// Customer and number of the manager's visits so far.
    given: HashSet<(usize, u32)>,
}

impl Numbers {
    pub fn new(numbering: Numbering) -> Self {
        Self { numbering, manager: 0, date: NaiveDate::default(), last: 0, given: HashSet::new() }
    }

    pub fn next(&mut self, manager: &Manager, visit: &Visit) -> String {
        match self.numbering {
            Numbering::Rising => visit.id(manager),
            Numbering::Falling => visit_id(manager, 99_999 - visit.seq),
            Numbering::Repeating => format!("V{:05}", self.of_the_day(manager, visit)),
        }
    }

    fn of_the_day(&mut self, manager: &Manager, visit: &Visit) -> u32 {
        if self.manager != manager.number {
            *self = Self { manager: manager.number, ..Self::new(self.numbering) };
        }
        if self.date != visit.start.date {
            (self.date, self.last) = (visit.start.date, 0);
        }
        self.last += 1;
        // The customer has this number from another day.
        while !self.given.insert((visit.customer, self.last)) {
            self.last += 1;
        }
        self.last
    }
}
