//! The units of the five rules that ask for visits, and how each stands at the horizon.

use super::days::DaySet;
use super::duty::Duty;
use super::needs::Need;
use crate::measures::{Coverage, CycleDue, ManagerMonth, Requirements, Unmet};
use crate::model::CustomerId;
use chrono::NaiveDate;

/// How a unit stands, with what is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Met,
    /// Met if the standing plan rows are carried out.
    Covered,
    /// Days enough are left for it.
    Open,
    /// They are not, or it has failed.
    Lost,
}

impl State {
    /// As in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Covered => "covered",
            Self::Open => "open",
            Self::Lost => "lost",
        }
    }
}

/// One unit of a rule.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub duty: Duty,
    /// None for the manager's share.
    pub customer: Option<CustomerId>,
    /// The date that the customer was pushed aside from.
    pub moved_from: Option<NaiveDate>,
    pub state: State,
    /// So many dates it still asks for; of the share, so many customers.
    pub dates: u32,
    pub until: NaiveDate,
}

/// A customer's unit before the plan is looked at: met, failed, or what it asks for.
pub(super) struct Found {
    pub customer: CustomerId,
    pub unmet: Option<Unmet>,
    pub need: Need,
}

/// All units of the rules that ask for visits of a customer; `left` are the days left.
pub(super) fn of_customers(month: &ManagerMonth, asked: &Requirements, left: DaySet) -> Vec<Found> {
    let mut units = Vec::new();
    let need = |duty, dates, days, until| Need { duty, moved_from: None, dates, days, by_name: false, until };
    let end = month.span.last;
    if asked.must_onsite {
        let state = month.period_state(month.span).unmet_by_anyone();
        for shop in month.due.iter().filter(|shop| month.must_see_onsite(shop)) {
            let unmet = (!shop.is_seen_onsite(month.span)).then(|| state.clone());
            units.push(Found { customer: shop.id, unmet, need: need(Duty::MustOnsite, 1, left, end) });
        }
    }
    if let Some(terms) = &asked.coverage {
        let all = CycleDue::all(terms, month);
        for shop in month.covered_customers() {
            let Coverage { due, count, unmet, .. } = Coverage::of(shop, CycleDue::of(&all, shop), shop.vulnerable);
            let dates = due.saturating_sub(count);
            units.push(Found { customer: shop.id, unmet, need: need(Duty::Coverage, dates, left, end) });
        }
    }
    if let Some(within_days) = asked.new_customer {
        let open = month.open.iter().filter(|shop| !shop.suspended);
        for (shop, opening) in open.filter_map(|shop| Some((shop, month.opening(shop, within_days)?))) {
            let days = DaySet::within(month.month, opening.span).and(left);
            let need = need(Duty::NewCustomer, 1, days, opening.span.last);
            units.push(Found { customer: shop.id, unmet: opening.unmet, need });
        }
    }
    if let Some(within_days) = asked.reschedule {
        for unit in month.displaced(within_days) {
            let stands = || month.day(unit.date).standing().any(|plan| plan.customer == unit.customer);
            let is_ahead = unit.date > month.horizon();
            let mut days = DaySet::within(month.month, unit.around).and(left);
            if month.month.contains(unit.date) && !(is_ahead && stands()) {
                days = days.less(DaySet::of([unit.date]));
            }
            let until = unit.around.last;
            let need =
                Need { duty: Duty::Reschedule, moved_from: Some(unit.date), dates: 1, days, by_name: is_ahead, until };
            units.push(Found { customer: unit.customer, unmet: unit.unmet, need });
        }
    }
    units.retain(|unit| !matches!(unit.unmet, Some(Unmet::NotAssessed(_))));
    units
}
