//! What `[[cadence]]` entries still ask for at the customers of a day (SPEC §4.3), counted as they will be judged.

use super::Rule;
use super::cadence::{Cadence, is_recorded, lacks_customers, periods_before};
use super::cadence_entry::{Entry, Per};
use super::cadence_served::Judging;
use super::config::Ruleset;
use crate::lang::say;
use crate::measures::{Asked, ManagerMonth, Rendered, Shop, StillDue};
use crate::model::{DateSpan, Kind, Month, Period, Scope, fold};
use chrono::NaiveDate;
use std::borrow::Cow;

fn entries(ruleset: &Ruleset) -> impl Iterator<Item = &Entry> {
    let of_cadence = ruleset.rules.iter().filter(|rule| rule.meta.id == Cadence::META.id);
    of_cadence.filter_map(|rule| rule.judge.params().downcast_ref())
}

/// Looks at all that may have served in the periods of these dates already, and at what tells whether anyone records it.
pub(crate) fn widen(ruleset: &Ruleset, dates: DateSpan, scope: &mut Scope) {
    for entry in entries(ruleset).filter(|entry| entry.asks_for_customers()) {
        for period in [dates.first, dates.last].map(|date| Period::containing(entry.every, date).span()) {
            let first = match entry.has_grace() {
                true => NaiveDate::MIN,
                false => Month::of(period.first).plus(-1).first(),
            };
            for kind in [Kind::Services, Kind::Days] {
                scope.widen(kind, DateSpan { first, last: period.last });
            }
        }
    }
}

/// The services that customers of a manager lack on a date in the period that holds it, entry by entry.
pub(crate) fn still_due(ruleset: &Ruleset, month: &ManagerMonth, date: NaiveDate) -> Vec<StillDue> {
    let of_customers = entries(ruleset).filter(|entry| entry.asks_for_customers() && !lacks_customers(month));
    of_customers.filter_map(|entry| of_entry(entry, month, date)).collect()
}

fn of_entry(entry: &Entry, month: &ManagerMonth, date: NaiveDate) -> Option<StillDue> {
    let names: Vec<Cow<str>> = entry.names().map(fold).collect();
    let asked = Asked { names: &names, mode: entry.mode, every: entry.every };
    let period = Period::containing(entry.every, date);
    if !entry.required && !is_recorded(entry, month, asked, period) {
        return None;
    }
    let earlier = periods_before(entry, month, asked, period);
    let judging = Judging { entry, month, asked, periods: vec![period], earlier };
    let (demand, done) = judging.served(&[]).pop()?;
    // A sheet printed again later asks for what it asked for then.
    let before: Vec<Rendered> = done.into_iter().filter(|service| service.date < date).collect();
    let served = demand.count(&before);
    let is_enough = entry.per == Per::Manager && served.count >= demand.due;
    let lacking = |shop: &Shop| (shop.id, demand.due_of(shop).saturating_sub(served.times(shop)));
    let customers =
        demand.customers.iter().filter(|_| !is_enough).map(lacking).filter(|(_, times)| *times > 0).collect();
    let name = say(entry.aliases.first().unwrap_or(&entry.item).as_str(), entry.item.as_str());
    Some(StillDue { name, mode: entry.mode, customers })
}
