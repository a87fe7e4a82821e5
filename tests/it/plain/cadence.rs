//! The cadence entries (SPEC §3.2).

use super::Date;
use super::month::{Month, Period, named_period, period};
use super::params::Entry;
use super::records::Customer;
use super::rule::{Judged, Outcome, Rule, Unit};
use super::world::World;
use super::{rejected_desk, unknown};
use chrono::Duration;
use std::collections::BTreeSet;

pub(crate) fn rule(entry: &Entry) -> Rule {
    let [of_units, of_judge, of_unknown, of_rejected, of_brought] = std::array::from_fn(|_| entry.clone());
    let rule = Rule::new("cadence", move |w, m| units(w, m, &of_units), move |w, m, unit| judge(w, m, &of_judge, unit))
        .unknown(move |w, m, unit| unknown::cadence(w, m, &of_unknown, unit))
        .rejected(move |w, m, unit| rejected_desk::cadence(w, m, &of_rejected, unit));
    // A class that cannot be read: in doubt if unserved, else no unit.
    let brought = move |w: &World, _: &str, unit: &Unit| match of_brought.per {
        "customer" => unknown::class(w, &of_brought, &unit.customer),
        _ => None,
    };
    Rule { item: entry.item, brought: Box::new(brought), joins: entry.per == "customer", ..rule }
}

/// A service: from the services file, or an item of a done visit.
#[derive(Clone)]
pub(crate) struct Done {
    pub manager: String,
    pub customer: String,
    pub on: Date,
    pub period: String,
}

/// The services that an entry means, by date.
pub(crate) fn services(w: &World, e: &Entry) -> Vec<Done> {
    let meant = |item: &String| [e.item, e.alias].contains(&item.as_str());
    let desk = w.services.iter().filter(|s| meant(&s.item)).map(|s| Done {
        manager: s.manager.clone(),
        customer: s.customer.clone(),
        on: s.done_on,
        period: s.period.clone(),
    });
    let mode = |mode: &str| e.mode.is_empty() || e.mode == mode;
    let visits = w.visits.iter().filter(|v| v.done() && mode(&v.mode) && v.items.iter().any(meant));
    let field = visits.map(|v| Done {
        manager: v.manager.clone(),
        customer: v.customer.clone(),
        on: v.date(),
        period: String::new(),
    });
    let mut all: Vec<Done> = desk.chain(field).collect();
    all.sort_by_key(|d| d.on);
    all
}

/// The name of a period, where it is of the entry's length.
fn named<'d>(e: &Entry, done: &'d Done) -> Option<&'d str> {
    let name = done.period.as_str();
    let fits = match e.every {
        "week" => name.contains('W'),
        "quarter" => name.contains('Q'),
        "half-year" => name.contains('H'),
        _ => name.contains('-') && !name.contains('W'),
    };
    fits.then_some(name)
}

/// What counts for a period, if services late by the days of grace count for the period before them as long as it has
/// too few. So all periods are gone through from the first on.
/// A period in which nothing was due needs none.
fn counted<'d>(
    e: &Entry,
    mine: &[&'d Done],
    p: &Period,
    is_due: &dyn Fn(&Period) -> bool,
    enough: &dyn Fn(&[&'d Done]) -> bool,
) -> Vec<&'d Done> {
    let belongs = |d: &Done, q: &Period| match named(e, d) {
        Some(name) => name == q.name,
        None => q.first <= d.on && d.on <= q.last,
    };
    let earliest = mine.iter().map(|d| d.on - Duration::days(e.grace_days)).fold(p.first, Date::min);
    let mut late: Vec<bool> = vec![false; mine.len()];
    let mut q = period(e.every, earliest);
    loop {
        let own = (0..mine.len()).filter(|i| !late[*i] && belongs(mine[*i], &q));
        let mut have: Vec<&Done> = own.map(|i| mine[i]).collect();
        for i in 0..mine.len() {
            let in_grace = q.last < mine[i].on && mine[i].on <= q.last + Duration::days(e.grace_days);
            if in_grace && is_due(&q) && named(e, mine[i]).is_none() && !late[i] && !enough(&have) {
                have.push(mine[i]);
                late[i] = true;
            }
        }
        if q == *p {
            return have;
        }
        q = period(e.every, q.last + Duration::days(1));
    }
}

/// The periods that end in M.
fn periods(w: &World, every: &str) -> Vec<Period> {
    let mut out: Vec<Period> = w.month.days().into_iter().map(|d| period(every, d)).collect();
    out.dedup();
    out.retain(|p| w.month.has(p.last));
    out
}

/// Whether the entry is about this customer, apart from his class.
fn marked(e: &Entry, c: &Customer) -> bool {
    match e.only {
        "" => true,
        "info_point" => c.info_point,
        "vulnerable" => c.vulnerable,
        _ => c.must_onsite,
    }
}

fn meant(e: &Entry, c: &Customer) -> bool {
    marked(e, c) && (e.class.is_empty() || e.class.contains(&c.class.as_str()))
}

/// Whether anybody records the item: dated in, or named for, the months the period touches, the one before, the grace.
fn recorded(w: &World, e: &Entry, p: &Period) -> bool {
    let from = Month::of(p.first).plus(-1).first();
    let to = Month::of(p.last).last().max(p.last + Duration::days(e.grace_days));
    let touches = |d: &Done| {
        let by_name = named_period(&d.period).is_some_and(|q| q.first <= to && from <= q.last);
        by_name || (from <= d.on && d.on <= to)
    };
    services(w, e).iter().any(touches)
}

/// Whether the files can tell which customer was served: where no file has the column, nobody could pass (§2.3).
fn customers_told(w: &World) -> bool {
    w.org.has_column("services", "customer_id") || w.org.has_column("visits", "items")
}

fn units(w: &World, m: &str, e: &Entry) -> Vec<Unit> {
    let of_period = |p: Period| Unit { when: p.name, date: p.first, span: (p.first, p.last), ..Unit::default() };
    let units: Vec<Unit> = periods(w, e.every).into_iter().map(of_period).collect();
    if e.per == "manager" {
        return units;
    }
    let customers = w.customers.iter().filter(|c| c.manager == m);
    customers.flat_map(|c| units.iter().map(|u| u.clone().at(&c.id))).collect()
}

fn judge(w: &World, m: &str, e: &Entry, unit: &Unit) -> Option<Judged> {
    let about_customers = e.per == "customer" || !e.class.is_empty() || !e.only.is_empty();
    let p = period(e.every, unit.date);
    if (about_customers && !customers_told(w)) || (!e.required && !recorded(w, e, &p)) {
        return None;
    }
    let all = services(w, e);
    let mine: Vec<&Done> = all.iter().filter(|d| d.manager == m).collect();
    let works = |q: &Period| w.works_in(m, (q.first, q.last));
    // Served, and no file says who was.
    let unnamed = |d: &&Done| {
        let own = named(e, d).map_or(p.first <= d.on && d.on <= p.last, |name| name == p.name);
        own && d.customer.is_empty()
    };
    let untold =
        about_customers && !w.org.has_column("services", "customer_id") && mine.iter().copied().any(|d| unnamed(&d));
    let met = if e.per == "customer" {
        let c = w.customer(&unit.customer).filter(|c| c.manager == m && w.due(c) && meant(e, c))?;
        let here: Vec<&Done> = mine.into_iter().filter(|d| d.customer == c.id).collect();
        let enough = |have: &[&Done]| have.len() >= e.min;
        let is_due = |q: &Period| c.opened_on.is_none_or(|opened| opened < Month::of(q.last).first()) && works(q);
        enough(&counted(e, &here, &p, &is_due, &enough))
    } else if !about_customers {
        let enough = |have: &[&Done]| have.len() >= e.min;
        enough(&counted(e, &mine, &p, &works, &enough))
    } else {
        let due = w.due_customers(m);
        let customers: Vec<&String> = due.into_iter().filter(|c| meant(e, c)).map(|c| &c.id).collect();
        if customers.is_empty() {
            return None;
        }
        let needed = match e.percent {
            Some(percent) => (percent * customers.len()).div_ceil(100),
            None => e.min.min(customers.len()),
        };
        let enough = |have: &[&Done]| {
            let served: BTreeSet<&String> =
                have.iter().map(|d| &d.customer).filter(|c| customers.contains(c)).collect();
            served.len() >= needed
        };
        enough(&counted(e, &mine, &p, &works, &enough))
    };
    if !met && untold {
        return Some(Judged::of(Outcome::NotAssessed));
    }
    Some(Judged::of(outcome(w, m, e, &p, met)))
}

/// Services are counted, not visits: a late start of the visits' window excuses nothing.
fn outcome(w: &World, m: &str, e: &Entry, p: &Period, met: bool) -> Outcome {
    let span = (p.first, p.last);
    let in_grace = e.grace_days > 0 && p.last + Duration::days(e.grace_days) > w.horizon_of(m);
    match () {
        () if met => Outcome::Pass,
        () if !w.works_in(m, span) => Outcome::NotAssessed,
        () if !w.complete(m, span) || in_grace => Outcome::Pending,
        () => Outcome::Fail,
    }
}
