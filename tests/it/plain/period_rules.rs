//! The rules whose units are judged over a period: onsite-share, must-onsite, coverage, retention, spot-check-size.

use super::Date;
use super::month::{Month, period};
use super::read::{Customer, Visit};
use super::tally::{Outcome, Tally, Unit};
use super::world::World;
use std::collections::BTreeSet;

/// A unit judged over a period, by a rule that counts visits (§1, pending).
pub fn over_period(w: &World, m: &str, (first, last): (Date, Date), met: bool) -> Outcome {
    let late = w.visits_from().is_none_or(|from| (from - first).num_days() > 10);
    match () {
        () if met => Outcome::Pass,
        () if late || !w.unexcused_working_day(m, first, last) => Outcome::NotAssessed,
        () if w.complete(m, first, last) => Outcome::Fail,
        () => Outcome::Pending,
    }
}

fn span(month: Month) -> (Date, Date) {
    (month.first(), month.last())
}

fn onsite_done<'w>(w: &'w World, c: &Customer) -> Vec<&'w Visit> {
    w.visits.iter().filter(|v| v.customer == c.id && v.onsite() && v.done()).collect()
}

pub fn onsite_share(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    let due = w.due_customers(m);
    if due.is_empty() {
        return tally;
    }
    let seen = |c: &&&Customer| onsite_done(w, c).iter().any(|v| v.manager == m && w.month.has(v.date()));
    let count = due.iter().filter(seen).count();
    let met = count as u64 * 10_000 >= w.params.onsite_min * due.len() as u64;
    let outcome = over_period(w, m, span(w.month), met);
    tally.add(outcome, Unit::period(&w.month.to_string()).share(count, due.len()));
    if tally.assessed > 0 {
        tally.add_share(count, due.len());
    }
    tally
}

pub fn must_onsite(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for c in w.due_customers(m).into_iter().filter(|c| c.must_onsite) {
        let met = onsite_done(w, c).iter().any(|v| w.month.has(v.date()));
        tally.add(over_period(w, m, span(w.month), met), Unit::period(&w.month.to_string()).at(&c.id));
    }
    tally
}

/// w of §3.3: weeks, Monday to Sunday, at most 4, that hold a day of M on which m works.
fn weeks(w: &World, m: &str) -> usize {
    let works = |d: &Date| w.working_day_of(m, *d) && !w.excused_in_full(m, *d);
    let mondays: BTreeSet<Date> = w.month.days().into_iter().filter(works).map(|d| period("week", d).first).collect();
    mondays.len().min(4)
}

/// Visits due over which period, None where the month judges nothing (§3.3).
fn visits_due(w: &World, m: &str, c: &Customer) -> Option<(usize, Month, String)> {
    let (months, name) = match c.cycle.as_str() {
        "bimonthly" => (2, w.month.to_string()),
        "quarterly" => (3, period("quarter", w.month.first()).name),
        _ => (1, w.month.to_string()),
    };
    let extra = if c.vulnerable { w.params.vulnerable_extra } else { 0 };
    if months > 1 {
        let first = w.month.plus(1 - months);
        let ends_here = w.month.number.is_multiple_of(months as u32);
        let loaded = |month: Month| w.visits.iter().any(|v| month.has(v.date()));
        let all_loaded = (0..months).all(|i| loaded(first.plus(i)));
        return (ends_here && all_loaded).then_some((1 + extra, first, name));
    }
    let n = match c.cycle.as_str() {
        "weekly" => 4,
        "biweekly" | "semimonthly" => 2,
        _ => 1,
    };
    let weeks = weeks(w, m);
    (weeks > 0).then(|| (n.min((n * weeks).div_ceil(4)) + extra, w.month, name))
}

pub fn coverage(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for c in w.customers.iter().filter(|c| c.manager == m && w.open(c) && !c.suspended) {
        let Some((due, first, name)) = visits_due(w, m, c) else { continue };
        let whole = (first.first(), w.month.last());
        if c.opened_on.is_some_and(|d| whole.0 <= d && d <= whole.1) {
            continue;
        }
        let visits = w.visits.iter().filter(|v| v.customer == c.id && v.done());
        let dates: BTreeSet<Date> = visits.map(Visit::date).filter(|d| whole.0 <= *d && *d <= whole.1).collect();
        tally.add(over_period(w, m, whole, dates.len() >= due), Unit::period(&name).at(&c.id));
    }
    tally
}

pub fn retention(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for back in (0..w.params.retention_months).rev() {
        let month = w.month.plus(-back);
        let anyone = w.visits.iter().any(|v| month.has(v.date()));
        if !anyone || !w.unexcused_working_day(m, month.first(), month.last()) {
            continue;
        }
        let visits: Vec<&Visit> = w.visits.iter().filter(|v| v.manager == m && month.has(v.date())).collect();
        let by_phone = w.org.has("calls") && visits.iter().any(|v| v.mode == "phone" && w.in_calls(v.date()));
        let called = w.calls.iter().any(|c| c.manager == m && month.has(c.start.date()));
        let met = !visits.is_empty() && (!by_phone || called);
        tally.add(over_period(w, m, span(month), met), Unit::period(&month.to_string()));
    }
    tally
}

pub fn spot_check_size(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    let visited = w.visited_customers(m);
    if visited.is_empty() || !w.checks.iter().any(|c| c.month == w.month) {
        return tally;
    }
    let mine = w.checks.iter().filter(|c| c.manager == m && c.month == w.month);
    let checked: BTreeSet<&String> = mine.map(|c| &c.customer).filter(|c| visited.contains(*c)).collect();
    let needed = (w.params.spot_percent * visited.len() as u64).div_ceil(10_000);
    let met = checked.len() as u64 >= needed;
    tally.add(over_period(w, m, span(w.month), met), Unit::period(&w.month.to_string()));
    tally
}
