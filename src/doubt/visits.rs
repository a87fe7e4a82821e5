//! Rejected visits, and what they may have been.

use super::Mended;
use crate::measures::ManagerMonth;
use crate::model::{At, Column, CustomerId, DateSpan, ManagerId, Outcome, Visit};
use chrono::NaiveDate;

/// Whether a rejected row may be a record of a visit on site.
pub(crate) fn may_be_onsite(visit: &Visit) -> bool {
    visit.is_onsite() || visit.unknown.contains(Column::Mode)
}

pub(crate) fn may_be_done(visit: &Visit) -> bool {
    visit.is_done() || visit.unknown.contains(Column::Outcome)
}

/// Whether a rejected row that a manager's file has may be his own: a row with an unknown manager may.
pub(crate) fn is_his(month: &ManagerMonth, manager: ManagerId) -> bool {
    manager == month.id || manager == ManagerId::NOBODY
}

/// Rejected visits of a span of dates, those without any legible date apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct RejectedVisits<'m> {
    pub dated: Vec<&'m Visit<'m>>,
    pub undated: Vec<&'m Visit<'m>>,
}

impl<'m> RejectedVisits<'m> {
    /// Those that may be visits in a span, and are as `fits` asks.
    pub(crate) fn of(month: &'m ManagerMonth, span: DateSpan, fits: impl Fn(&Visit) -> bool) -> Self {
        let may_be_visit =
            |visit: &&Visit| visit.outcome != Outcome::NotVisited || visit.unknown.contains(Column::Outcome);
        let mut found = Self::default();
        for visit in month.file.rejected.visits.iter().filter(may_be_visit).filter(|visit| fits(visit)) {
            match date_of(visit) {
                None => found.undated.push(visit),
                Some(date) if span.contains(date) => found.dated.push(visit),
                Some(_) => {}
            }
        }
        found
    }

    /// Those that may be to one of his customers, by anyone: that name the customer, or name the manager and no customer
    /// that can be read.
    pub(crate) fn to(
        month: &'m ManagerMonth,
        customer: CustomerId,
        span: DateSpan,
        fits: impl Fn(&Visit) -> bool,
    ) -> Self {
        Self::of(month, span, |visit| {
            let serves =
                visit.customer == customer || visit.customer == CustomerId::NOBODY && visit.manager == month.id;
            serves && fits(visit)
        })
    }

    /// Where one visit is missing.
    pub(crate) fn mend_one(&self) -> Mended {
        Mended::by_rows(1, &rows(&self.dated), &rows(&self.undated))
    }
}

/// Where visits stand.
fn rows(visits: &[&Visit]) -> Vec<At> {
    visits.iter().map(|visit| visit.at).collect()
}

/// The first legible date of a rejected visit.
pub(super) fn date_of(visit: &Visit) -> Option<NaiveDate> {
    (!visit.unknown.contains(Column::Date)).then_some(visit.date())
}
