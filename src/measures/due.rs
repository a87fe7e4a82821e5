//! Who is due to be visited in a month, and over how many weeks (SPEC §1 *due customers*, §3.3).

use super::month::ManagerMonth;
use super::shops::Shop;
use crate::model::{Calendar, Customer, Cycle, DateSpan, Month};
use chrono::{Datelike, Days, NaiveDate};

/// A month in which more weeks than this are worked asks for no more than one with as many.
const MOST_WEEKS: usize = 4;

/// The period of a cycle that a month lies in: two or three calendar months for the seldom ones.
pub(crate) fn cycle_span(cycle: Cycle, month: Month) -> DateSpan {
    let months = match cycle {
        Cycle::Bimonthly => 2,
        Cycle::Quarterly => 3,
        _ => 1,
    };
    let first = month.plus(-((month.number() as i32 - 1) % months));
    DateSpan { first: first.first(), last: first.plus(months - 1).last() }
}

impl<'a> ManagerMonth<'a> {
    pub(super) fn due_customers(&self) -> Vec<Shop<'a>> {
        self.open.iter().filter(|shop| self.is_due_in(shop, self.month)).copied().collect()
    }

    /// Customers due to be visited in any month, by id.
    pub fn due_in(&self, month: Month) -> Vec<Shop<'a>> {
        if month == self.month {
            return self.due.clone();
        }
        self.shops().filter(|shop| self.is_due_in(shop, month)).collect()
    }

    /// Whether one of his customers is due to be visited in a month.
    pub fn is_due_in(&self, customer: &Customer, month: Month) -> bool {
        let is_new = customer.opened_on.is_some_and(|opened| month.contains(opened));
        let cycle = customer.cycle.unwrap_or(Cycle::Monthly);
        customer.is_open_in(month)
            && !is_new
            && (self.settings.include_suspended || !customer.suspended)
            && cycle_span(cycle, month).last == month.last()
    }

    /// The weeks of the month that hold a working day of his on which he is not excused in full.
    pub fn weeks_worked(&self) -> u32 {
        weeks(self.span.days().filter(|date| self.may_work(*date)))
    }

    /// The weeks of the month that hold a working day of the calendar.
    pub fn weeks_of_calendar(&self) -> u32 {
        weeks(self.span.days().filter(|date| self.settings.calendar.is_working_day(*date)))
    }
}

/// The Monday–Sunday weeks of dates in their order, at most four.
fn weeks(dates: impl Iterator<Item = NaiveDate>) -> u32 {
    let mut weeks: Vec<_> = dates.map(|date| date.iso_week()).collect();
    weeks.dedup();
    weeks.len().min(MOST_WEEKS) as u32
}

/// The n-th working day of the calendar behind a date.
pub(crate) fn nth_working_day(calendar: &Calendar, date: NaiveDate, n: u32) -> NaiveDate {
    let behind = date.iter_days().skip(1).filter(|date| calendar.is_working_day(*date));
    behind.take(n as usize).last().unwrap_or(date)
}

/// A deadline that falls into holidays is put off to this working day of the calendar.
const LEAST_WORKING_DAYS: u32 = 2;

/// So many days behind a date, and not before the calendar's second working day behind it.
pub(crate) fn deadline(calendar: &Calendar, date: NaiveDate, within_days: u32) -> NaiveDate {
    let second = nth_working_day(calendar, date, LEAST_WORKING_DAYS);
    second.max(date + Days::new(within_days.into()))
}

/// No deadline lies further behind its date.
pub(crate) fn most_days_to_deadline(within_days: u32) -> Days {
    Days::new(most_days_for(LEAST_WORKING_DAYS).max(within_days.into()))
}

/// More days than the n-th working day can lie behind a date, by any calendar of the State Council.
pub(crate) fn most_days_for(working_days: u32) -> u64 {
    /// More days than any run of holidays has.
    const LONGEST_HOLIDAY: u64 = 14;
    u64::from(working_days) * 2 + LONGEST_HOLIDAY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nth_working_day_is_the_calendars() {
        let date = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let calendar = Calendar {
            years: [2026].into(),
            holidays: [date("2026-09-25")].into(),
            makeup_workdays: [date("2026-09-20")].into(),
        };
        assert_eq!(nth_working_day(&calendar, date("2026-09-14"), 3), date("2026-09-17"));
        assert_eq!(nth_working_day(&calendar, date("2026-09-18"), 3), date("2026-09-22"), "over a worked Sunday");
        assert_eq!(nth_working_day(&calendar, date("2026-09-23"), 3), date("2026-09-29"), "over a holiday");
    }
}
