//! The rules whose units are judged over a period: onsite-share, must-onsite, coverage, retention, spot-check-size,
//! complaints.

use super::Date;
use super::month::{Month, period, working};
use super::records::{Customer, Visit};
use super::rule::{Judged, Outcome, Rule, Unit, customers_of, the_month};
use super::world::World;
use super::{rejected, rejected_desk, unknown};
use chrono::Duration;
use std::collections::BTreeSet;

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        Rule::new("onsite-share", the_month, onsite_share)
            .joins()
            .unknown(unknown::onsite_share)
            .rejected(rejected::onsite_share),
        Rule::new("must-onsite", customers_of, must_onsite)
            .joins()
            .unknown(unknown::must_onsite)
            .rejected(rejected::of_customer),
        Rule::new("coverage", customers_of, coverage)
            .joins()
            .warning()
            .passes_fall()
            .unknown(unknown::coverage)
            .rejected(rejected::of_customer),
        Rule::new("retention", retention_months, retention)
            .warning()
            .without_weight()
            .rejected(rejected_desk::retention),
        Rule::new("spot-check-size", the_month, spot_check_size)
            .without_weight()
            .unknown(unknown::spot_check_size)
            .rejected(rejected_desk::spot_check_size),
        Rule::new("complaints", the_month, complaints).passes_fall().unknown(unknown::complaints),
    ]
}

fn months_of((first, last): (Date, Date)) -> impl Iterator<Item = Month> {
    (0..).map(move |n| Month::of(first).plus(n)).take_while(move |month| month.first() <= last)
}

/// A unit judged over a period by a rule that counts visits (§1, pending); the month in which no visit of his may be
/// loaded excuses it.
fn over_period(w: &World, m: &str, span: (Date, Date), (met, complete): (bool, bool), month: Option<Month>) -> Outcome {
    let late = w.visits_from(m).is_none_or(|from| (from - span.0).num_days() > 10);
    match () {
        () if met => Outcome::Pass,
        () if late || !w.works_in(m, span) => Outcome::NotAssessed,
        () if month.is_some() && months_of(span).any(|month| w.unrecorded_month(m, month)) => Outcome::NotAssessed,
        () if !complete => Outcome::Pending,
        () => Outcome::Fail,
    }
}

fn onsite_done<'w>(w: &'w World, c: &Customer) -> Vec<&'w Visit> {
    let here = |v: &&Visit| v.customer == c.id && v.onsite() && v.done() && w.month.has(v.date());
    w.visits.iter().filter(here).collect()
}

/// Whether m has seen the customer on site; before he joined it may have been anyone.
pub(crate) fn seen(w: &World, m: &str, c: &Customer) -> bool {
    let before = |v: &Visit| w.joined_on(m).is_some_and(|joined| v.date() < joined);
    onsite_done(w, c).iter().any(|v| v.manager == m || before(v))
}

fn onsite_share(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let due = w.due_customers(m);
    if due.is_empty() {
        return None;
    }
    let count = due.iter().filter(|c| seen(w, m, c)).count();
    let Some(needed) = onsite_needed(w, m, due.len()) else { return Some(Judged::of(Outcome::NotAssessed)) };
    let met = count >= needed;
    let outcome = over_period(w, m, unit.span, (met, w.complete(m, unit.span)), Some(w.month));
    Some(Judged::of(outcome).share(count, due.len()))
}

/// So many of the due customers are to be seen; None where no week is worked.
pub(crate) fn onsite_needed(w: &World, m: &str, due: usize) -> Option<usize> {
    let (weeks, of_calendar) = (weeks(w, |d| w.works(m, d)), weeks(w, working));
    let asked = w.params.onsite_min * weeks as u64 * due as u64;
    (weeks > 0).then(|| asked.div_ceil(10_000 * of_calendar.max(1) as u64) as usize)
}

fn must_onsite(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let c = w.customer(&unit.customer).filter(|c| c.must_onsite && c.manager == m && w.due(c))?;
    let met = !onsite_done(w, c).is_empty();
    let complete = w.complete_for_anyone(m, unit.span);
    Some(Judged::of(over_period(w, m, unit.span, (met, complete), Some(w.month))))
}

/// Weeks, Monday to Sunday, at most 4, that hold a day of M of the kind meant (§3.3).
fn weeks(w: &World, meant: impl Fn(Date) -> bool) -> usize {
    let dates = w.month.days().into_iter().filter(|d| meant(*d));
    dates.map(|d| period("week", d).first).collect::<BTreeSet<Date>>().len().min(4)
}

/// Visits due since which month's first day; None where the month judges nothing (§3.3).
pub(crate) fn visits_due(w: &World, m: &str, c: &Customer) -> Option<(usize, Date)> {
    let extra = if c.vulnerable { w.params.vulnerable_extra } else { 0 };
    let months = match c.cycle() {
        "bimonthly" => 2,
        "quarterly" => 3,
        _ => 1,
    };
    if months > 1 {
        let first = w.month.plus(1 - months);
        let ends_here = w.month.number.is_multiple_of(months as u32);
        let loaded = |month: Month| w.visits.iter().any(|v| month.has(v.date()));
        let all_loaded = (0..months).all(|i| loaded(first.plus(i)));
        return (ends_here && all_loaded).then_some((1 + extra, first.first()));
    }
    let n = match c.cycle() {
        "weekly" => 4,
        "biweekly" | "semimonthly" => 2,
        _ => 1,
    };
    let weeks = weeks(w, |d| w.works(m, d));
    (weeks > 0).then(|| (n.min((n * weeks).div_ceil(4)) + extra, w.month.first()))
}

fn coverage(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let c = w.customer(&unit.customer).filter(|c| c.manager == m && w.open(c) && !w.left_alone(c))?;
    let (due, first) = visits_due(w, m, c)?;
    let span = (first, w.month.last());
    if c.opened_on.is_some_and(|d| span.0 <= d && d <= span.1) {
        return None;
    }
    let visits = w.visits.iter().filter(|v| v.customer == c.id && v.done());
    let dates: BTreeSet<Date> = visits.map(Visit::date).filter(|d| span.0 <= *d && *d <= span.1).collect();
    let progress = (dates.len() >= due, w.complete_for_anyone(m, span));
    Some(Judged::of(over_period(w, m, span, progress, Some(w.month))))
}

fn retention_months(w: &World, _: &str) -> Vec<Unit> {
    (0..w.params.retention_months).rev().map(|back| Unit::month(w.month.plus(-back))).collect()
}

fn retention(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let month = Month::of(unit.date);
    let anyone = w.visits.iter().any(|v| month.has(v.date()));
    if !anyone || !w.works_in(m, month.span()) {
        return None;
    }
    let visits: Vec<&Visit> = w.visits.iter().filter(|v| v.manager == m && month.has(v.date())).collect();
    let by_phone = visits.iter().any(|v| v.mode == "phone" && w.in_window("calls", m, v.date()));
    let called = w.calls.iter().any(|c| c.manager == m && month.has(c.start.date()));
    let met = !visits.is_empty() && (!w.org.has("calls") || !by_phone || called);
    Some(Judged::of(over_period(w, m, unit.span, (met, w.complete(m, unit.span)), Some(month))))
}

fn spot_check_size(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let visited = w.visited_customers(m);
    if visited.is_empty() {
        return None;
    }
    let mine = w.checks.iter().filter(|c| c.manager == m && c.month == Some(w.month) && c.random);
    let checked: BTreeSet<&String> = mine.map(|c| &c.customer).filter(|c| visited.contains(*c)).collect();
    let needed = (w.params.spot_percent * visited.len() as u64).div_ceil(10_000);
    let met = checked.len() as u64 >= needed;
    if !w.checks.iter().any(|c| c.month == Some(w.month)) {
        let until = w.month.last() + Duration::days(w.params.spot_days);
        let outcome = if until > w.horizon_of(m) { Outcome::Pending } else { Outcome::passes_if(met) };
        return Some(Judged::of(outcome));
    }
    Some(Judged::of(over_period(w, m, unit.span, (met, w.complete(m, unit.span)), None)))
}

/// No failure yet is pending; a failure is one at once, unless he had no day to work on.
fn complaints(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let (first, last) = w.window("inquiries", m)?;
    if first > unit.span.1 || last < unit.span.0 {
        return None;
    }
    let counts =
        w.inquiries.iter().filter(|q| q.manager == m && w.month.has(q.received) && q.complaint && q.upheld && q.duty);
    let outcome = match () {
        () if counts.count() > w.params.complaints_max => {
            if w.works_in(m, unit.span) {
                Outcome::Fail
            } else {
                Outcome::NotAssessed
            }
        }
        () if w.complete(m, unit.span) => Outcome::Pass,
        () => Outcome::Pending,
    };
    Some(Judged::of(outcome))
}
