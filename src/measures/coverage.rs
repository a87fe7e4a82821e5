//! How often each customer is to be visited (SPEC §3.3), and how often he was.

use super::due::cycle_span;
use super::month::ManagerMonth;
use super::period::{NO_WORKING_DAY, Unmet};
use super::shops::Shop;
use crate::lang::{Words, words};
use crate::model::{Cycle, DateSpan, Month};
use chrono::NaiveDate;

/// Visits due of each cycle: in a month, for bimonthly and quarterly in their period.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CycleTerms {
    pub weekly: u32,
    pub biweekly: u32,
    pub semimonthly: u32,
    pub monthly: u32,
    pub bimonthly: u32,
    pub quarterly: u32,
    /// Visits that a vulnerable customer is due besides.
    pub vulnerable_extra: u32,
}

impl CycleTerms {
    /// Visits due before any extra; `None` where a month's cycle has no week to be visited in.
    fn due(&self, cycle: Cycle, weeks: u32) -> Option<u32> {
        let n = match cycle {
            Cycle::Weekly => self.weekly,
            Cycle::Biweekly => self.biweekly,
            Cycle::Semimonthly => self.semimonthly,
            Cycle::Monthly => self.monthly,
            Cycle::Bimonthly => return Some(self.bimonthly),
            Cycle::Quarterly => return Some(self.quarterly),
        };
        (weeks > 0).then(|| n.min((n * weeks).div_ceil(4)))
    }
}

/// What a cycle asks of the manager in the month.
pub(crate) struct CycleDue {
    pub cycle: Cycle,
    pub span: DateSpan,
    /// Visits due before any extra, or why none are.
    due: Result<u32, Words>,
    extra: u32,
    unmet: Unmet,
}

const CYCLES: [Cycle; 6] =
    [Cycle::Weekly, Cycle::Biweekly, Cycle::Semimonthly, Cycle::Monthly, Cycle::Bimonthly, Cycle::Quarterly];

impl CycleDue {
    /// What every cycle asks.
    pub(crate) fn all(terms: &CycleTerms, month: &ManagerMonth) -> [Self; 6] {
        let weeks = month.weeks_worked();
        CYCLES.map(|cycle| {
            let span = cycle_span(cycle, month.month);
            let due = if span.last != month.span.last {
                Err(words("拜访周期在其他月份期满", "the cycle's period ends in another month"))
            } else if span.first < month.span.first && !all_months_loaded(month, span) {
                Err(words("周期内有月份没有拜访记录", "a month of the period has no visits loaded"))
            } else {
                terms.due(cycle, weeks).ok_or(NO_WORKING_DAY)
            };
            Self { cycle, span, due, extra: terms.vulnerable_extra, unmet: month.period_state(span).unmet_by_anyone() }
        })
    }

    /// Of all cycles that of a customer; an empty one is monthly.
    pub(crate) fn of<'d>(all: &'d [Self], customer: &Shop) -> &'d Self {
        let cycle = customer.cycle.unwrap_or(Cycle::Monthly);
        all.iter().find(|asked| asked.cycle == cycle).expect("every cycle asks for something")
    }
}

/// How a customer stands with a cycle.
pub(crate) struct Coverage<'d> {
    pub asked: &'d CycleDue,
    pub due: u32,
    /// Dates with a completed visit of anyone.
    pub count: u32,
    /// What it comes to where not enough visits are counted; none where it is met.
    pub unmet: Option<Unmet>,
}

impl<'d> Coverage<'d> {
    pub(crate) fn of(customer: &Shop, asked: &'d CycleDue, vulnerable: bool) -> Self {
        let count = dates_done(customer, asked.span).len() as u32;
        let extra = if vulnerable { asked.extra } else { 0 };
        let due = asked.due.as_ref().map_or(0, |usual| usual + extra);
        let is_new = customer.opened_on.is_some_and(|date| asked.span.contains(date));
        let unmet = match &asked.due {
            Err(reason) => Some(Unmet::NotAssessed(reason.clone())),
            Ok(_) if is_new => Some(Unmet::NotAssessed(words("期内新入网", "opened within the period"))),
            Ok(_) if count >= due => None,
            Ok(_) => Some(asked.unmet.clone()),
        };
        Self { asked, due, count, unmet }
    }
}

impl<'a> ManagerMonth<'a> {
    /// His customers whose visits are counted: suspended ones only where they are due too.
    pub fn covered_customers(&self) -> impl Iterator<Item = &Shop<'a>> {
        self.open.iter().filter(|customer| self.settings.include_suspended || !customer.suspended)
    }
}

/// The dates of a span with a completed visit.
pub(crate) fn dates_done(customer: &Shop, span: DateSpan) -> Vec<NaiveDate> {
    // Contacts come by date.
    let mut dates: Vec<NaiveDate> =
        customer.contacts(span).filter(|contact| contact.done).map(|contact| contact.date).collect();
    dates.dedup();
    dates
}

fn all_months_loaded(month: &ManagerMonth, span: DateSpan) -> bool {
    let mut first = Month::of(span.first);
    while first.first() <= span.last {
        if !month.has_visits_in(first) {
            return false;
        }
        first = first.plus(1);
    }
    true
}
