//! How soon a new customer is to be visited (五(二)1(3)).

use super::due::{deadline, most_days_to_deadline};
use super::month::ManagerMonth;
use super::period::{UNRECORDED, Unmet};
use super::shops::Shop;
use crate::lang::words;
use crate::model::{DateSpan, Kind};
use chrono::Days;

/// A newly opened customer whose deadline lies in the month.
pub(crate) struct Opening {
    /// From the opening to the deadline.
    pub span: DateSpan,
    /// What it comes to where nobody has seen him on site; none where someone has.
    pub unmet: Option<Unmet>,
}

impl ManagerMonth<'_> {
    /// How a customer stands who is to be seen on site within so many days; none where that is not judged in the month.
    pub(crate) fn opening(&self, customer: &Shop, within_days: u32) -> Option<Opening> {
        let opened = customer.opened_on?;
        // Only an opening shortly before the month is worth a look at the calendar.
        let first = self.span.first - most_days_to_deadline(within_days);
        let worth = opened >= first
            && opened <= self.span.last
            && opened.checked_add_days(Days::new(within_days.into())).is_some();
        let last = worth.then(|| deadline(&self.settings.calendar, opened, within_days))?;
        let span = DateSpan { first: opened, last };
        self.month.contains(last).then(|| Opening { span, unmet: self.unmet_opening(customer, span) })
    }

    fn unmet_opening(&self, customer: &Shop, span: DateSpan) -> Option<Unmet> {
        if customer.is_seen_onsite(span) {
            None
        } else if self.windows().get(Kind::Visits).is_none_or(|window| span.first < window.first) {
            Some(Unmet::NotAssessed(words("入网日期早于拜访记录", "opened before the visits loaded")))
        } else if self.is_unrecorded(self.month) {
            Some(Unmet::NotAssessed(UNRECORDED))
        } else if span.last > self.horizon() {
            Some(Unmet::Pending)
        } else {
            Some(Unmet::Failed)
        }
    }
}
