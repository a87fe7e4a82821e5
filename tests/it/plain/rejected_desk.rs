//! What a rejected call, check or service may have been (SPEC §1.1).

use super::month::Month;
use super::params::Entry;
use super::proof_rules;
use super::records::{Call, Cell, Check, Rejected, Service, Visit};
use super::rejected::{STRANGER, add_visit, either, moment, of_kind, of_unit, parse, time, visits};
use super::rule::{Choices, Unit};
use super::unknown::{change, midnight, number_unknown, proof};
use super::world::World;
use std::collections::BTreeSet;

pub(crate) fn retention(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let month = Month::of(unit.date);
    let stranger = vec![STRANGER.to_string()];
    let mut out: Vec<Choices> = Vec::new();
    for r in of_kind(w, "visits").filter(|r| r.manager.as_deref() == Some(m)) {
        let date = r.dates.first().copied().unwrap_or(month.first());
        out.push(visits(r, m, date, &stranger).into_iter().map(add_visit).collect());
    }
    for r in of_kind(w, "calls").filter(|r| r.manager.as_deref() == Some(m)) {
        let start = midnight(r.dates.first().copied().unwrap_or(month.first()));
        let call = Call { manager: m.to_string(), start, ..Call::default() };
        out.push(vec![change(move |w| w.calls.push(call.clone()))]);
    }
    out
}

/// A call that may prove the visit, or a check that may.
pub(crate) fn call_proof(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let v = &w.visits[unit.row];
    let numbers = proof_rules::numbers(w, v);
    let mut out: Vec<Choices> = Vec::new();
    for r in of_kind(w, "calls").filter(|r| r.manager.as_deref() == Some(m)) {
        let seconds = match r.cell("seconds") {
            Cell::Text(n) => parse(&n).unwrap_or(0),
            _ => w.params.call_min_seconds,
        };
        let start = moment(r.cell("started_at"), v.start).unwrap_or(v.start);
        let call = Call { manager: m.to_string(), start, seconds, ..Call::default() };
        let direction = match r.cell("direction") {
            Cell::Text(direction) => w.params.directions.contains(&direction.as_str()),
            Cell::Empty => w.params.directions.contains(&"out"),
            Cell::Unreadable => true,
        };
        let number = match r.cell("number") {
            Cell::Text(written) => {
                let known = super::org::NUMBERS.iter().find(|(w, _)| *w == written).map_or(&[][..], |(_, n)| n);
                known.iter().any(|n| numbers.contains(&n.to_string())) || number_unknown(w, v)
            }
            _ => true,
        };
        if proof_rules::near(w, v, &call) && direction && number {
            out.push(vec![proof(w, m, &v.customer)]);
        }
    }
    let customers = vec![v.customer.clone()];
    for r in of_unit(w, "checks", m, &unit.customer) {
        out.push(checks(w, r, m, &customers, false));
    }
    out
}

/// The checks for M a row may have been.
fn checks(w: &World, r: &Rejected, m: &str, customers: &[String], random: bool) -> Choices {
    let of_month = match (r.cell("month"), r.cell("checked_on")) {
        (Cell::Text(month), _) => Month::parse(&month) == Some(w.month),
        (Cell::Empty, Cell::Text(date)) => time(&date).is_some_and(|t| w.month.has(t.date())),
        (Cell::Empty, Cell::Empty) => false,
        _ => true,
    };
    let result = either(r.cell("result"), "", &["pass"])[0].clone();
    let undated = r.cell("checked_on") == Cell::Empty;
    let set_aside = result == "unable" || (result.is_empty() && undated);
    let targeted = r.cell("draw") == Cell::Text("targeted".to_string());
    let his = r.manager.as_deref().is_none_or(|k| k == m);
    if !of_month || set_aside || !his || (random && targeted) {
        return Vec::new();
    }
    let ids = r.customer.as_ref().map_or(customers.to_vec(), |c| vec![c.clone()]);
    let check = |customer: String| Check {
        manager: m.to_string(),
        customer,
        month: Some(w.month),
        result: result.clone(),
        random: !targeted,
        ..Check::default()
    };
    let add = |c: Check| change(move |w| w.checks.push(c.clone()));
    ids.into_iter().map(check).map(add).collect()
}

/// Visits of m at customers that were checked, checks of customers that m visited.
pub(crate) fn spot_check_size(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let visited = w.visited_customers(m);
    let mine = w.checks.iter().filter(|c| c.manager == m && c.month == Some(w.month));
    let checked: BTreeSet<String> = mine.map(|c| c.customer.clone()).collect();
    let alone: Vec<String> = checked.difference(&visited).take(3).cloned().collect();
    let mut out: Vec<Choices> = Vec::new();
    for r in of_kind(w, "visits").filter(|r| r.manager.as_deref() == Some(m)) {
        let date = r.dates.first().copied().unwrap_or(unit.date);
        out.push(visits(r, m, date, &alone).into_iter().map(add_visit).collect());
    }
    let unchecked: Vec<String> = visited.difference(&checked).take(3).cloned().collect();
    for r in of_kind(w, "checks") {
        let named = r.customer.as_ref().is_some_and(|c| visited.contains(c));
        if named || (r.customer.is_none() && r.manager.as_deref() == Some(m)) {
            out.push(checks(w, r, m, &unchecked, true));
        }
    }
    out
}

// ---- services

pub(crate) fn cadence(w: &World, m: &str, e: &Entry, unit: &Unit) -> Vec<Choices> {
    let per_customer = !unit.customer.is_empty();
    let about_customers = per_customer || !e.class.is_empty() || !e.only.is_empty();
    let mine = w.due_customers(m).into_iter().map(|c| c.id.clone()).take(6).collect();
    let customers: Vec<String> = if per_customer { vec![unit.customer.clone()] } else { mine };
    let belongs = |r: &&Rejected| {
        let named = r.manager.as_deref() == Some(m);
        let his = named || (r.manager.is_none() && per_customer);
        let nobodys = r.kind == "services" && r.cell("customer_id") == Cell::Empty;
        his && match &r.customer {
            Some(c) => !per_customer || *c == unit.customer,
            None => !about_customers || (named && !nobodys),
        }
    };
    let mut out: Vec<Choices> = Vec::new();
    for r in of_kind(w, "services").filter(belongs) {
        let item = either(r.cell("item"), e.item, &[e.item])[0].clone();
        let done = r.dates.first().copied().unwrap_or(unit.date);
        let ids = r.customer.as_ref().map_or(customers.clone(), |c| vec![c.clone()]);
        let ids = if about_customers { ids } else { vec![String::new()] };
        let service = |customer: String| Service {
            manager: m.to_string(),
            item: item.clone(),
            customer,
            done_on: done,
            period: either(r.cell("period"), "", &[&unit.when])[0].clone(),
            unknown: Vec::new(),
        };
        let add = |s: Service| change(move |w| w.services.push(s.clone()));
        out.push(ids.into_iter().map(service).map(add).collect());
    }
    for r in of_kind(w, "visits").filter(belongs) {
        let date = r.dates.first().copied().unwrap_or(unit.date);
        let mode = if e.mode.is_empty() { "onsite" } else { e.mode };
        let of_item = |mut v: Visit| {
            v.mode = either(r.cell("mode"), mode, &[mode])[0].clone();
            if r.cell("items") == Cell::Unreadable {
                v.items = vec![e.item.to_string()];
            }
            v
        };
        out.push(visits(r, m, date, &customers).into_iter().map(of_item).map(add_visit).collect());
    }
    out
}
