//! The rules whose units are single visits, plan rows, customers or inquiries.

use super::day_rules::by;
use super::month::{days, deadline, working_day_after};
use super::records::{Plan, Unknown, Visit};
use super::rule::{Judged, Outcome, Rule, Unit, customers_of, passes_if, plans_of_month, visits_of_month};
use super::world::{World, standing};
use super::{Date, Time, rejected, unknown, unknown_days};
use chrono::{Duration, Timelike};
use std::collections::BTreeSet;

pub(crate) fn rules() -> Vec<Rule> {
    vec![
        Rule::new("exception-evidence", visits_of_month, exception_evidence).unknown(unknown::exception_evidence),
        Rule::new("reschedule", put_off, reschedule).unknown(unknown::reschedule).rejected(rejected::reschedule),
        Rule::new("paper-fallback", visits_of_month, paper_fallback)
            .warning()
            .unknown(unknown_days::of_day)
            .rejected(rejected::days),
        Rule::new("plan-ahead", plans_of_month, plan_ahead).warning().unknown(unknown::plan_ahead),
        Rule::new("visit-upload", visits_of_month, visit_upload)
            .unknown(unknown::visit_upload)
            .rejected(rejected::days),
        Rule::new("plan-contact", plans_of_month, plan_contact).unknown(unknown::plan_contact),
        Rule::new("web-proof", visits_of_month, web_proof).unknown(unknown::web_proof),
        Rule::new("archive", customers_of, archive).warning().passes_fall().unknown(unknown::archive),
        Rule::new("inquiry-reply", inquiries_of, inquiry_reply).unknown(unknown::inquiry_reply),
        Rule::new("new-customer", customers_of, new_customer)
            .joins()
            .unknown(unknown::new_customer)
            .rejected(rejected::of_customer),
        Rule::new("overlap", visits_of_month, overlap).warning().without_weight(),
        Rule::new("short-visit", visits_of_month, short_visit).warning().without_weight(),
        Rule::new("clock", visits_of_month, clock).warning().without_weight(),
    ]
}

/// Tests on cells: Some(met) where the column is there (§2.3); a unit counts while one test applies to it.
fn all_of(tests: &[Option<bool>]) -> Option<Judged> {
    let applying: Vec<bool> = tests.iter().flatten().copied().collect();
    if applying.is_empty() { None } else { passes_if(applying.iter().all(|met| *met)) }
}

fn exception_evidence(w: &World, _: &str, unit: &Unit) -> Option<Judged> {
    let v = &w.visits[unit.row];
    if v.done() {
        return None;
    }
    let column = |name: &str| w.org.has_column("visits", name);
    let reason = column("exception_reason").then(|| v.reason.chars().count() >= 2);
    let photo = (column("photo") && v.onsite() && !v.paper).then_some(!v.photo.is_empty());
    all_of(&[reason, photo])
}

fn paper_fallback(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let v = &w.visits[unit.row];
    if !v.paper || !w.in_window("days", m, v.date()) {
        return None;
    }
    passes_if(w.device_failure(m, v.date()))
}

fn plan_ahead(w: &World, _: &str, unit: &Unit) -> Option<Judged> {
    let p = &w.plans[unit.row];
    passes_if(p.created.is_some_and(|at| at.date() < p.date))
}

fn plan_contact(w: &World, _: &str, unit: &Unit) -> Option<Judged> {
    let p = &w.plans[unit.row];
    let column = |name: &str| w.org.has_column("plans", name);
    let number = (column("phone") && p.mode == "phone").then_some(!p.numbers.is_empty());
    let tool = (column("tool") && p.mode == "web").then_some(!p.tool.is_empty());
    all_of(&[Some(!p.mode.is_empty()), number, tool])
}

fn web_proof(w: &World, _: &str, unit: &Unit) -> Option<Judged> {
    let v = &w.visits[unit.row];
    if v.mode != "web" {
        return None;
    }
    let accepted = w.params.tools.is_empty() || w.params.tools.contains(&v.tool.as_str());
    passes_if(!v.tool.is_empty() && accepted)
}

fn visit_upload(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let v = &w.visits[unit.row];
    if v.paper || w.device_failure(m, v.date()) {
        return None;
    }
    passes_if(v.uploaded.is_some_and(|at| by(at, v.date(), w.params.upload_by)))
}

/// A number may be one of an archive where it has 7 to 12 digits.
fn archive(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let c = w.customer(&unit.customer).filter(|c| c.manager == m && w.open(c))?;
    let column = |name: &str| w.org.has_column("customers", name);
    let given = |name: &str, cell: &str| column(name).then_some(!cell.is_empty());
    let digits = |n: &String| (7..=12).contains(&n.len());
    all_of(&[
        given("phone", &c.phone),
        (column("lon") && column("lat")).then_some(c.position == (true, true)),
        given("visit_cycle", &c.cycle),
        given("visit_batch", &c.batch),
        given("class", &c.class),
        (column("phone") || column("phone2")).then(|| c.numbers.iter().all(digits)),
    ])
}

/// Every (c, d) a move of m's names, or that stands on a day on which he is excused.
fn put_off(w: &World, m: &str) -> Vec<Unit> {
    let mut units: BTreeSet<(Date, String)> = BTreeSet::new();
    for p in w.plans.iter().filter(|p| p.manager == m) {
        units.extend(p.moves().map(|from| (from, p.customer.clone())));
        units.insert((p.date, p.customer.clone()));
    }
    units.into_iter().map(|(d, c)| Unit::day(d).at(&c)).collect()
}

/// Whether one manager visited c on x by a row that makes up for d.
fn made_up(w: &World, c: &str, d: Date, x: Date) -> bool {
    let created = w.org.has_column("plans", "created_at");
    let makes_up = |p: &Plan| {
        let later = x > d && (!created || p.created.is_some_and(|at| at.date() >= d));
        p.customer == c && p.date == x && (p.moves() == Some(d) || later)
    };
    w.plans.iter().filter(|p| makes_up(p)).any(|p| w.visits_of(&p.manager, x).iter().any(|v| v.customer == c))
}

fn reschedule(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let (d, limit) = (unit.date, w.params.reschedule_days);
    let until = deadline(d, limit);
    let c = w.customer(&unit.customer).filter(|c| w.open(c) && !c.suspended)?;
    let moved = w.plans.iter().any(|p| p.manager == m && p.customer == c.id && p.moves() == Some(d));
    let stands = standing(&w.plans, m, d).iter().any(|p| p.customer == c.id);
    let visited = w.visits_of(m, d).iter().any(|v| v.customer == c.id);
    if visited || !w.month.has(until) || !(moved || (stands && w.excused_at_all(m, d))) {
        return None;
    }
    let met = days(d - Duration::days(limit), until).into_iter().any(|x| made_up(w, &c.id, d, x));
    let out_of_sight = w.visits_from(m).is_none_or(|from| d < from);
    let nothing_left = !w.works_in(m, (d + Duration::days(1), until));
    let outcome = match () {
        () if met => Outcome::Pass,
        () if out_of_sight || nothing_left => Outcome::NotAssessed,
        () if until > w.horizon_of(m) => Outcome::Pending,
        () if w.unrecorded_month(m, w.month) => Outcome::NotAssessed,
        () => Outcome::Fail,
    };
    Some(Judged::of(outcome))
}

fn new_customer(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let c = w.customer(&unit.customer).filter(|c| c.manager == m && w.open(c) && !c.suspended)?;
    let opened = c.opened_on?;
    let until = deadline(opened, w.params.new_customer_days);
    if !w.month.has(until) {
        return None;
    }
    let in_time = |v: &&Visit| v.customer == c.id && opened <= v.date() && v.date() <= until;
    let met = w.visits.iter().filter(in_time).any(|v| v.onsite() && v.done());
    let outcome = match () {
        () if met => Outcome::Pass,
        () if w.visits_from(m).is_none_or(|from| opened < from) => Outcome::NotAssessed,
        () if w.unrecorded_month(m, w.month) => Outcome::NotAssessed,
        () if until > w.horizon_of(m) => Outcome::Pending,
        () => Outcome::Fail,
    };
    Some(Judged::of(outcome))
}

fn inquiries_of(w: &World, m: &str) -> Vec<Unit> {
    let mine = w.inquiries.iter().enumerate().filter(|(_, q)| q.manager == m);
    mine.map(|(row, q)| Unit::day(q.received).at(&q.customer).row(row)).collect()
}

fn inquiry_reply(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let q = &w.inquiries[unit.row];
    let until = working_day_after(q.received, w.params.reply_working_days);
    if !w.month.has(until) {
        return None;
    }
    let outcome = match q.replied {
        Some(replied) => Outcome::passes_if(replied <= until),
        None if until > w.horizon_of(m) => Outcome::Pending,
        None => Outcome::Fail,
    };
    Some(Judged::of(outcome))
}

/// A rejected visit of his on the date may be the one that explains it.
fn overlap(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let v = &w.visits[unit.row];
    let rejected = |r: &super::records::Rejected| {
        r.kind == "visits" && r.manager.as_deref() == Some(m) && r.dates.contains(&v.date())
    };
    if !v.onsite() || v.end.is_none() || w.rejected.iter().any(rejected) {
        return None;
    }
    let inside = w.visits.iter().enumerate().any(|(row, e)| {
        let earlier = (e.start, row) < (v.start, unit.row) && e.date() == v.date();
        earlier && e.manager == m && e.onsite() && e.customer != v.customer && e.end.is_some_and(|end| v.start < end)
    });
    passes_if(!inside)
}

fn short_visit(w: &World, _: &str, unit: &Unit) -> Option<Judged> {
    let v = &w.visits[unit.row];
    if !v.onsite() || !v.done() {
        return None;
    }
    passes_if((v.end? - v.start).num_seconds() >= w.params.min_minutes * 60)
}

/// In whole minutes where either is written so.
fn before(one: Time, other: Time, in_minutes: bool) -> bool {
    let cut = |t: Time| if in_minutes { t.with_second(0).unwrap() } else { t };
    cut(one) < cut(other)
}

fn clock(w: &World, _: &str, unit: &Unit) -> Option<Judged> {
    let v = &w.visits[unit.row];
    let [start, end, upload] = v.in_minutes;
    let column = |name: &str| w.org.has_column("visits", name);
    let ended = (column("ended_at") || column("minutes"))
        .then(|| v.written_end.is_none_or(|e| !before(e, v.start, start || end) && e.date() == v.date()));
    let uploaded = column("uploaded_at").then(|| v.uploaded.is_none_or(|at| !before(at, v.start, start || upload)));
    let judged = all_of(&[ended, uploaded])?;
    let unknown = v.end_unknown() || v.unknown("uploaded_at");
    (judged.outcome == Outcome::Fail || !unknown).then_some(judged)
}
