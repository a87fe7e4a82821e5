//! Who has been seen on site (六.3).

use super::month::ManagerMonth;
use super::period::{NO_WORKING_DAY, Unmet};
use super::shops::Shop;
use crate::book::Contact;
use crate::lang::Words;
use crate::model::{DateSpan, Percent};

/// The weeks of the month with days to work on: his, and the calendar's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weeks {
    pub worked: u32,
    pub all: u32,
}

impl Weeks {
    /// So many of `due` customers are to be seen: less after long leave.
    pub(crate) fn least(self, percent: Percent, due: u64) -> u64 {
        percent.ceil_of_part(due, self.worked, self.all)
    }
}

/// The on-site share of a month.
pub(crate) struct OnsiteShare {
    pub count: u64,
    /// His due customers.
    pub of: u64,
    /// So many are to be seen.
    pub least: u64,
    pub weeks: Weeks,
    /// What it comes to where fewer are; none where it is met.
    pub unmet: Option<Unmet>,
}

impl ManagerMonth<'_> {
    /// Whether he has visited a customer on site and found him; who took the customer over answers for those before him.
    pub fn has_seen(&self, shop: &Shop) -> bool {
        let joined = self.file.record.as_ref().and_then(|record| record.joined_on);
        let counts = |contact: &Contact| contact.own || joined.is_some_and(|joined| contact.date < joined);
        shop.contacts(self.span).any(|contact| contact.is_onsite() && contact.done && counts(contact))
    }

    /// None where he has no due customers; or why nothing is asked of him.
    pub(crate) fn onsite_share(&self, min: Percent) -> Option<Result<OnsiteShare, Words>> {
        let of = self.due.len() as u64;
        if of == 0 {
            return None;
        }
        let weeks = Weeks { worked: self.weeks_worked(), all: self.weeks_of_calendar() };
        if weeks.worked == 0 {
            return Some(Err(NO_WORKING_DAY));
        }
        let least = weeks.least(min, of);
        let count = self.due.iter().filter(|shop| self.has_seen(shop)).count() as u64;
        let unmet = (count < least).then(|| self.period_state(self.span).unmet());
        Some(Ok(OnsiteShare { count, of, least, weeks, unmet }))
    }
}

impl Shop<'_> {
    /// Whether anyone has visited the customer on site and found him.
    pub fn is_seen_onsite(&self, span: DateSpan) -> bool {
        self.contacts(span).any(|contact| contact.is_onsite() && contact.done)
    }
}
