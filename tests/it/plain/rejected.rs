//! What a rejected row may have been (SPEC §1.1): added to a failed unit that it may belong to, in each way its legible
//! cells allow. A row without any legible date is tried on the unit's own.

use super::day_rules::first_visit;
use super::month::days as dates_of;
use super::records::{Cell, DayRow, Plan, Rejected, Visit};
use super::rule::{Change, Choices, Unit};
use super::unknown::{change, end_of, midnight};
use super::world::{World, stand_in};
use super::{Date, Time};
use chrono::Duration;
use std::collections::BTreeSet;

/// Nobody's customer: one more that may have been visited.
pub(crate) const STRANGER: &str = "?";

pub(crate) fn parse<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

pub(crate) fn time(text: &str) -> Option<Time> {
    match text.len() {
        10 => parse::<Date>(text).map(midnight),
        16 => parse(&format!("{}:00", text.replace(' ', "T"))),
        _ => parse(&text.replace(' ', "T")),
    }
}

/// What the cell says, what an empty one means, or all that an unreadable one may say.
pub(crate) fn either(cell: Cell, empty: &str, any: &[&str]) -> Vec<String> {
    match cell {
        Cell::Text(text) => vec![text],
        Cell::Empty => vec![empty.to_string()],
        Cell::Unreadable => any.iter().map(|s| s.to_string()).collect(),
    }
}

pub(crate) fn moment(cell: Cell, unreadable: Time) -> Option<Time> {
    match cell {
        Cell::Text(text) => time(&text),
        Cell::Empty => None,
        Cell::Unreadable => Some(unreadable),
    }
}

pub(crate) fn of_kind<'w>(w: &'w World, kind: &'static str) -> impl Iterator<Item = &'w Rejected> {
    w.rejected.iter().filter(move |r| r.kind == kind)
}

fn may_be_on(r: &Rejected, date: Date) -> bool {
    r.dates.is_empty() || r.dates.contains(&date)
}

/// Whether the row names m, and may be of the date.
fn of_day<'w>(w: &'w World, kind: &'static str, m: &str, date: Date) -> Vec<&'w Rejected> {
    of_kind(w, kind).filter(|r| r.manager.as_deref() == Some(m) && may_be_on(r, date)).collect()
}

/// To a unit of a customer belongs what names him, or names nobody legibly and is m's.
pub(crate) fn of_unit<'w>(w: &'w World, kind: &'static str, m: &str, customer: &str) -> Vec<&'w Rejected> {
    let belongs = |r: &&Rejected| match &r.customer {
        Some(c) => c == customer,
        None => r.manager.as_deref() == Some(m),
    };
    of_kind(w, kind).filter(belongs).collect()
}

// ---- visits

/// The visits a row may have been: m's or whose it says, at one of the customers or whom it says.
pub(crate) fn visits(r: &Rejected, m: &str, date: Date, customers: &[String]) -> Vec<Visit> {
    visits_from(r, m, midnight(date), customers)
}

/// The same, begun then where the row does not say when.
fn visits_from(r: &Rejected, m: &str, begun: Time, customers: &[String]) -> Vec<Visit> {
    let date = begun.date();
    if matches!(r.cell("outcome"), Cell::Text(outcome) if outcome == "not_visited") {
        return Vec::new();
    }
    let start = moment(r.cell("started_at"), begun).unwrap_or(begun);
    let minutes = match r.cell("minutes") {
        Cell::Text(n) => parse(&n).map(|n| start + Duration::minutes(n)),
        Cell::Empty => None,
        Cell::Unreadable => Some(midnight(date + Duration::days(1))),
    };
    let end = moment(r.cell("ended_at"), midnight(date + Duration::days(1))).or(minutes);
    let ids = r.customer.as_ref().map_or(customers.to_vec(), |c| vec![c.clone()]);
    let visit = |customer: String| Visit {
        manager: r.manager.clone().unwrap_or(m.to_string()),
        customer,
        mode: either(r.cell("mode"), "onsite", &["onsite"])[0].clone(),
        start,
        end: end.filter(|end| *end >= start),
        written_end: end,
        outcome: either(r.cell("outcome"), "done", &["done"])[0].clone(),
        items: match r.cell("items") {
            Cell::Text(items) => items.split([';', '；']).map(str::to_string).collect(),
            _ => Vec::new(),
        },
        ..Visit::default()
    };
    ids.into_iter().map(visit).collect()
}

pub(crate) fn add_visit(v: Visit) -> Change {
    change(move |w| w.visits.push(v.clone()))
}

/// The rejected visits of a day, each with the plan row it may stand for where no plans file is.
fn visits_of_day(w: &World, m: &str, date: Date) -> Vec<Choices> {
    let planned = w.planned.iter().filter(|p| p.manager == m && p.date == date).map(|p| p.customer.clone());
    let known: BTreeSet<String> = planned.chain([STRANGER.to_string()]).collect();
    let customers: Vec<String> = known.into_iter().collect();
    let mut out: Vec<Choices> = Vec::new();
    for r in of_day(w, "visits", m, date) {
        let mut choices: Choices = Vec::new();
        let says = r.cell("planned");
        let may_be_planned = !w.org.has("plans") && (says == Cell::Unreadable || says == Cell::Text("yes".to_string()));
        let visits = starts(w, r, m, date).into_iter().flat_map(|begun| visits_from(r, m, begun, &customers));
        for v in visits {
            if may_be_planned {
                let (v, row) = (v.clone(), stand_in(&v));
                choices.push(change(move |w| {
                    w.visits.push(v.clone());
                    w.planned.push(row.clone());
                }));
            }
            if !may_be_planned || says == Cell::Unreadable {
                choices.push(add_visit(v));
            }
        }
        out.push(choices);
    }
    out
}

/// When a visit may have begun that says nothing of it: at midnight, or so far behind or before another of the day that the
/// gap between them just counts as time in the field.
fn starts(w: &World, r: &Rejected, m: &str, date: Date) -> Vec<Time> {
    let mut all = vec![midnight(date)];
    if matches!(r.cell("started_at"), Cell::Text(_)) {
        return all;
    }
    let gap = Duration::minutes(w.params.max_gap_minutes);
    for v in w.visits_of(m, date) {
        all.extend([v.start - gap, v.end.unwrap_or(v.start) + gap]);
    }
    // As late as a row of the plan was made it is not made after the fact.
    all.extend(w.plans.iter().filter(|p| p.manager == m).filter_map(|p| p.created));
    all.retain(|start| start.date() == date);
    all
}

/// Visits of a customer's unit: on the dates at which one more counts.
pub(crate) fn of_customer(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let customer = vec![unit.customer.clone()];
    let opened = w.customer(&unit.customer).and_then(|c| c.opened_on);
    let mut free = dates_of(unit.span.0, unit.span.1);
    free.retain(|d| !w.visits.iter().any(|v| v.customer == unit.customer && v.date() == *d && v.done()));
    free.truncate(4);
    free.extend(opened);
    let rows = of_unit(w, "visits", m, &unit.customer);
    let dates = |r: &Rejected| if r.dates.is_empty() { free.clone() } else { r.dates.clone() };
    let on = |r: &Rejected, date: Date| visits(r, m, date, &customer);
    rows.iter().map(|r| dates(r).into_iter().flat_map(|d| on(r, d)).map(add_visit).collect()).collect()
}

/// Those of m at a due customer he has not seen.
pub(crate) fn onsite_share(w: &World, m: &str, _: &Unit) -> Vec<Choices> {
    let unseen = w.due_customers(m).into_iter().filter(|c| !super::period_rules::seen(w, m, c));
    let customers: Vec<String> = unseen.map(|c| c.id.clone()).take(3).collect();
    // A row that names a customer is his, whoever it does not name.
    let names = |r: &Rejected| r.customer.as_ref().is_some_and(|c| w.customer(c).is_some_and(|c| c.manager == m));
    let his = |r: &&Rejected| r.manager.as_deref() == Some(m) || (r.manager.is_none() && names(r));
    let rows = of_kind(w, "visits").filter(his);
    let date = |r: &Rejected| r.dates.first().copied().unwrap_or(w.month.first());
    rows.map(|r| visits(r, m, date(r), &customers).into_iter().map(add_visit).collect()).collect()
}

// ---- days

/// The day records a row may have been.
fn day_rows(w: &World, r: &Rejected, m: &str, date: Date) -> Vec<DayRow> {
    let any = ["field", "meeting", "training", "leave", "office", "device_failure"];
    let first = first_visit(w, m, date).unwrap_or(midnight(date));
    let mut out = Vec::new();
    for status in either(r.cell("status"), "field", &any) {
        for part in either(r.cell("part"), "full", &["full", "am", "pm"]) {
            out.push(DayRow {
                manager: m.to_string(),
                date,
                status: status.clone(),
                part,
                synced: moment(r.cell("synced_at"), midnight(date)),
                summary: moment(r.cell("summary_at"), first),
                unknown: Vec::new(),
            });
        }
    }
    out
}

pub(crate) fn days(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let add = |row: DayRow| change(move |w| w.days.push(row.clone()));
    let rows = of_day(w, "days", m, unit.date);
    rows.into_iter().map(|r| day_rows(w, r, m, unit.date).into_iter().map(add).collect()).collect()
}

pub(crate) fn visits_and_days(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    [visits_of_day(w, m, unit.date), days(w, m, unit)].concat()
}

// ---- plans

/// The plan rows a row may have been.
fn plans(r: &Rejected, m: &str, date: Date, customers: &[String], seqs: &[&str], made: Time) -> Vec<Plan> {
    let mut out = Vec::new();
    for customer in r.customer.as_ref().map_or(customers.to_vec(), |c| vec![c.clone()]) {
        for seq in either(r.cell("seq"), "", seqs) {
            out.push(Plan {
                manager: r.manager.clone().unwrap_or(m.to_string()),
                customer: customer.clone(),
                date,
                seq: parse(&seq),
                mode: either(r.cell("mode"), "", &["onsite"])[0].clone(),
                created: moment(r.cell("created_at"), made),
                from: moment(r.cell("rescheduled_from"), midnight(date)).map(|t| t.date()),
                ..Plan::default()
            });
        }
    }
    out
}

fn add_plan(p: Plan) -> Change {
    change(move |w| {
        w.plans.push(p.clone());
        w.planned.push(p.clone());
    })
}

/// The rejected plan rows of a day, at the customers visited on it.
fn plans_of_day(w: &World, m: &str, date: Date) -> Vec<Choices> {
    let visited: BTreeSet<String> = w.visits_of(m, date).iter().map(|v| v.customer.clone()).collect();
    let customers: Vec<String> = visited.into_iter().chain([STRANGER.to_string()]).collect();
    let eve = midnight(date - Duration::days(1));
    let rows = of_day(w, "plans", m, date);
    // First of all, or with the first where its number cannot be read.
    let lowest = w.planned.iter().filter(|p| p.manager == m && p.date == date).filter_map(|p| p.seq).min().unwrap_or(1);
    let (before, same) = ((lowest - 1).to_string(), lowest.to_string());
    let seqs = [before.as_str(), same.as_str(), ""];
    rows.into_iter().map(|r| plans(r, m, date, &customers, &seqs, eve).into_iter().map(add_plan).collect()).collect()
}

pub(crate) fn plan_made(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    [plans_of_day(w, m, unit.date), days(w, m, unit)].concat()
}

pub(crate) fn first_arrival(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    [visits_and_days(w, m, unit), plans_of_day(w, m, unit.date)].concat()
}

pub(crate) fn unplanned_cap(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    first_arrival(w, m, unit)
}

/// Visits on the day itself, and visits and plan rows that make up for it, whoever's.
pub(crate) fn reschedule(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let customer = vec![unit.customer.clone()];
    let until = super::month::deadline(unit.date, w.params.reschedule_days);
    let range = dates_of(unit.date - Duration::days(w.params.reschedule_days), until);
    let managers: BTreeSet<&String> =
        w.plans.iter().map(|p| &p.manager).chain(w.visits.iter().map(|v| &v.manager)).collect();
    let mut out: Vec<Choices> = Vec::new();
    // Only dates at which the other half, or another rejected row, may stand.
    let worth = |r: &Rejected, x: &Date| {
        let planned = w.plans.iter().any(|p| p.customer == unit.customer && p.date == *x);
        let visited = w.visits.iter().any(|v| v.customer == unit.customer && v.date() == *x);
        let told = w.rejected.iter().any(|r| r.dates.contains(x));
        may_be_on(r, *x) && (planned || visited || told || *x == unit.date)
    };
    for r in of_unit(w, "visits", m, &unit.customer) {
        let mut choices: Choices = Vec::new();
        for x in range.iter().filter(|x| worth(r, x)) {
            for k in managers.iter().filter(|k| r.manager.as_ref().is_none_or(|m| m == **k)) {
                choices.extend(visits(r, k, *x, &customer).into_iter().map(add_visit));
            }
        }
        out.push(choices);
    }
    for r in of_unit(w, "plans", m, &unit.customer) {
        let mut choices: Choices = Vec::new();
        for x in range.iter().filter(|x| worth(r, x)) {
            for k in managers.iter().filter(|k| r.manager.as_ref().is_none_or(|m| m == **k)) {
                for mut p in plans(r, k, *x, &customer, &[""], end_of(unit.date)) {
                    if r.cell("rescheduled_from") == Cell::Unreadable {
                        p.from = Some(unit.date);
                    }
                    choices.push(add_plan(p));
                }
            }
        }
        out.push(choices);
    }
    out
}
