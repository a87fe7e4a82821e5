//! The cadence entries (SPEC §3.2).

use super::Date;
use super::month::{Month, Period, period};
use super::params::Entry;
use super::read::Customer;
use super::tally::{Outcome, Tally, Unit};
use super::world::World;
use std::collections::BTreeSet;

/// A service of a manager: from the services file, or an item of a done visit.
struct Done {
    manager: String,
    item: String,
    customer: String,
    on: Date,
    period: String,
}

fn all_done(w: &World) -> Vec<Done> {
    let desk = w.services.iter().map(|s| Done {
        manager: s.manager.clone(),
        item: s.item.clone(),
        customer: s.customer.clone(),
        on: s.done_on,
        period: s.period.clone(),
    });
    let field = w.visits.iter().filter(|v| v.done()).flat_map(|v| {
        v.items.iter().map(|item| Done {
            manager: v.manager.clone(),
            item: item.clone(),
            customer: v.customer.clone(),
            on: v.date(),
            period: String::new(),
        })
    });
    desk.chain(field).collect()
}

/// Whether a period's name is of the entry's length.
fn names_length(every: &str, name: &str) -> bool {
    match every {
        "week" => name.contains('W'),
        "quarter" => name.contains('Q'),
        "half-year" => name.contains('H'),
        _ => name.contains('-') && !name.contains('W'),
    }
}

fn falls_in(every: &str, done: &Done, p: &Period) -> bool {
    if names_length(every, &done.period) { done.period == p.name } else { p.first <= done.on && done.on <= p.last }
}

/// The periods that end in M.
fn periods(w: &World, every: &str) -> Vec<Period> {
    let mut out: Vec<Period> = w.month.days().into_iter().map(|d| period(every, d)).collect();
    out.dedup();
    out.retain(|p| w.month.has(p.last));
    out
}

fn meant(e: &Entry, c: &Customer) -> bool {
    let marked = match e.only {
        "" => true,
        "info_point" => c.info_point,
        "vulnerable" => c.vulnerable,
        _ => c.must_onsite,
    };
    marked && (e.class.is_empty() || e.class.contains(&c.class.as_str()))
}

/// Services are counted, not visits: a late start of the visits' window excuses nothing.
fn outcome(w: &World, m: &str, p: &Period, met: bool) -> Outcome {
    match () {
        () if met => Outcome::Pass,
        () if !w.unexcused_working_day(m, p.first, p.last) => Outcome::NotAssessed,
        () if w.complete(m, p.first, p.last) => Outcome::Fail,
        () => Outcome::Pending,
    }
}

/// Whether the files can tell which customer was served: where no file has the column, nobody could pass (§2.3).
fn customers_told(w: &World) -> bool {
    w.org.has_column("services", "customer_id") || w.org.has_column("visits", "items")
}

pub fn cadence(w: &World, m: &str, e: &Entry) -> Tally {
    let mut tally = Tally::default();
    let about_customers = e.per == "customer" || !e.class.is_empty() || !e.only.is_empty();
    if about_customers && !customers_told(w) {
        return tally;
    }
    let done = all_done(w);
    let due = w.due_customers(m);
    let customers: Vec<&Customer> = due.into_iter().filter(|c| meant(e, c)).collect();
    for p in periods(w, e.every) {
        if !done.iter().any(|d| Month::of(d.on) == Month::of(p.first)) {
            continue;
        }
        let counted =
            |d: &&Done| d.manager == m && [e.item, e.alias].contains(&d.item.as_str()) && falls_in(e.every, d, &p);
        let mine: Vec<&Done> = done.iter().filter(counted).collect();
        if e.per == "customer" {
            for c in &customers {
                let met = mine.iter().filter(|d| d.customer == c.id).count() >= e.min;
                tally.add(outcome(w, m, &p, met), Unit::period(&p.name).at(&c.id));
            }
        } else if !about_customers {
            tally.add(outcome(w, m, &p, mine.len() >= e.min), Unit::period(&p.name));
        } else if !customers.is_empty() {
            let served: BTreeSet<&String> =
                customers.iter().map(|c| &c.id).filter(|c| mine.iter().any(|d| d.customer == **c)).collect();
            let met = served.len() >= e.min.min(customers.len());
            tally.add(outcome(w, m, &p, met), Unit::period(&p.name));
        }
    }
    tally
}
