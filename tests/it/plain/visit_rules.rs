//! The rules whose units are visits, plan rows, customers or inquiries with a deadline: overlap, visit-upload, reschedule,
//! new-customer, inquiry-reply.

use super::Date;
use super::day_rules::around;
use super::month::working_day_after;
use super::read::Visit;
use super::tally::{Outcome, Tally, Unit};
use super::world::{World, standing};
use chrono::Duration;
use std::collections::BTreeSet;

/// The manager's visits of M, in file order.
fn of_month<'w>(w: &'w World, m: &str) -> Vec<&'w Visit> {
    w.visits.iter().filter(|v| v.manager == m && w.month.has(v.date())).collect()
}

pub fn overlap(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    let visits: Vec<&Visit> = of_month(w, m).into_iter().filter(|v| v.onsite()).collect();
    for (i, v) in visits.iter().enumerate().filter(|(_, v)| v.end.is_some()) {
        let inside = visits.iter().enumerate().any(|(j, e)| {
            let earlier = (e.start, j) < (v.start, i) && e.date() == v.date();
            earlier && e.customer != v.customer && e.end.is_some_and(|end| v.start < end)
        });
        tally.add(Outcome::passes_if(!inside), Unit::day(v.date()).at(&v.customer));
    }
    tally
}

pub fn visit_upload(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for v in of_month(w, m).into_iter().filter(|v| !v.paper && !w.device_failure(m, v.date())) {
        let limit = v.date().and_time(w.params.upload_by);
        let in_time = v.uploaded.is_some_and(|at| at <= limit);
        tally.add(Outcome::passes_if(in_time), Unit::day(v.date()).at(&v.customer));
    }
    tally
}

pub fn reschedule(w: &World, m: &str) -> Tally {
    let limit = w.params.reschedule_days;
    let mine = || w.plans.iter().filter(|p| p.manager == m);
    // Every (c, d) a move names, or that stands on a day excused in full.
    let mut units: BTreeSet<(Date, String)> = BTreeSet::new();
    for p in mine() {
        if let Some(from) = p.from.filter(|from| *from != p.date) {
            units.insert((from, p.customer.clone()));
        }
        if w.excused_in_full(m, p.date) && standing(&w.plans, m, p.date).iter().any(|s| s.customer == p.customer) {
            units.insert((p.date, p.customer.clone()));
        }
    }
    let mut tally = Tally::default();
    for (d, c) in units {
        let visited = |on: Date| w.visits_of(m, on).iter().any(|v| v.customer == c);
        let deadline = d + Duration::days(limit);
        if visited(d) || !w.month.has(deadline) {
            continue;
        }
        let planned = |on: Date| mine().any(|p| p.date == on && p.customer == c);
        let outcome = if around(d, limit).into_iter().any(|x| visited(x) && planned(x)) {
            Outcome::Pass
        } else if w.visits_from().is_none_or(|from| d < from) {
            Outcome::NotAssessed
        } else if deadline > w.horizon {
            Outcome::Pending
        } else {
            Outcome::Fail
        };
        tally.add(outcome, Unit::day(d).at(&c));
    }
    tally
}

pub fn new_customer(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for c in w.customers.iter().filter(|c| c.manager == m && w.open(c)) {
        let Some(opened) = c.opened_on else { continue };
        let deadline = opened + Duration::days(w.params.new_customer_days);
        if !w.month.has(deadline) {
            continue;
        }
        let met = w
            .visits
            .iter()
            .any(|v| v.customer == c.id && v.onsite() && v.done() && opened <= v.date() && v.date() <= deadline);
        let outcome = match () {
            () if met => Outcome::Pass,
            () if w.visits_from().is_none_or(|from| opened < from) => Outcome::NotAssessed,
            () if deadline > w.horizon => Outcome::Pending,
            () => Outcome::Fail,
        };
        tally.add(outcome, Unit::period(&w.month.to_string()).at(&c.id));
    }
    tally
}

pub fn inquiry_reply(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for q in w.inquiries.iter().filter(|q| q.manager == m) {
        let deadline = working_day_after(q.received, w.params.reply_working_days);
        if !w.month.has(deadline) {
            continue;
        }
        let outcome = match q.replied {
            Some(replied) => Outcome::passes_if(replied <= deadline),
            None if deadline > w.horizon => Outcome::Pending,
            None => Outcome::Fail,
        };
        tally.add(outcome, Unit::day(q.received).at(&q.customer));
    }
    tally
}
