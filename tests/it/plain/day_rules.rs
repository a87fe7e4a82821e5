//! The rules whose units are days: SPEC §3 from first-arrival to unplanned-cap, daily-sync, daily-summary.

use super::Date;
use super::read::{Plan, Visit};
use super::tally::{Outcome, Tally, Unit};
use super::world::{World, standing};
use chrono::Duration;
use std::collections::BTreeSet;

/// Customers, each once.
fn distinct<'a>(ids: impl Iterator<Item = &'a String>) -> BTreeSet<&'a String> {
    ids.collect()
}

fn onsite_rows<'w>(w: &'w World, m: &str, date: Date) -> Vec<&'w Plan> {
    standing(&w.planned, m, date).into_iter().filter(|p| p.mode == "onsite").collect()
}

pub fn first_arrival(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for date in w.dates() {
        let rows = onsite_rows(w, m, date);
        if rows.is_empty() || w.excused(m, date).0 || w.unrecorded(m, date) {
            continue;
        }
        let lowest = rows.iter().filter_map(|p| p.seq).min();
        let first = distinct(rows.iter().filter(|p| lowest.is_none() || p.seq == lowest).map(|p| &p.customer));
        let in_time = w
            .visits_of(m, date)
            .into_iter()
            .any(|v| v.onsite() && first.contains(&v.customer) && v.start.time() <= w.params.by);
        tally.add(Outcome::passes_if(in_time), Unit::day(date));
    }
    tally
}

/// Seconds in the field: the day is cut at every start and end; each piece lies in a visit or in a gap.
fn field_seconds(visits: &[&Visit], max_gap: i64) -> i64 {
    let mut spans: Vec<(i64, i64)> = Vec::new();
    for v in visits.iter().filter(|v| v.onsite()) {
        let midnight = v.date().and_hms_opt(0, 0, 0).unwrap();
        let from = (v.start - midnight).num_seconds();
        let to = v.end.map_or(from, |end| (end - midnight).num_seconds().min(24 * 3600));
        spans.push((from, to));
    }
    let mut edges: Vec<i64> = spans.iter().flat_map(|(a, b)| [*a, *b]).collect();
    edges.sort_unstable();
    edges.dedup();
    // Between two neighbouring edges the whole stretch is either visited or a gap.
    let mut total = 0;
    for pair in edges.windows(2) {
        let visited = spans.iter().any(|(a, b)| *a <= pair[0] && pair[1] <= *b);
        if visited || pair[1] - pair[0] <= max_gap {
            total += pair[1] - pair[0];
        }
    }
    total
}

pub fn field_time(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for date in w.dates() {
        let called_for =
            !onsite_rows(w, m, date).is_empty() || (w.working_day_of(m, date) && !w.params.field_days_planned);
        if !called_for || w.excused_in_full(m, date) || w.unrecorded(m, date) {
            continue;
        }
        let halves = if w.excused_at_all(m, date) { 1 } else { 2 };
        let seconds = field_seconds(&w.visits_of(m, date), w.params.max_gap_minutes * 60);
        let unit = Unit { seconds: Some(seconds), ..Unit::day(date) };
        tally.add(Outcome::passes_if(seconds * 2 >= w.params.hours * 3600 * halves), unit);
    }
    tally
}

pub fn plan_adherence(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for date in w.dates() {
        let rows = standing(&w.plans, m, date);
        if rows.is_empty() || w.excused_at_all(m, date) || w.unrecorded(m, date) {
            continue;
        }
        let visits = w.visits_of(m, date);
        let visited = distinct(visits.iter().map(|v| &v.customer));
        let planned = distinct(rows.iter().map(|p| &p.customer));
        let kept = planned.intersection(&visited).count();
        let count = if w.params.match_customers { kept } else { visited.len() };
        tally.add(Outcome::passes_if(count >= planned.len()), Unit::day(date).share(count, planned.len()));
        tally.add_share(kept, planned.len());
    }
    tally
}

pub fn plan_made(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for date in w.dates() {
        let asked = w.working_day_of(m, date) && w.in_plans(date);
        if !asked || w.excused_at_all(m, date) || w.unrecorded(m, date) {
            continue;
        }
        let made = w.plans.iter().any(|p| p.manager == m && p.date == date);
        tally.add(Outcome::passes_if(made), Unit::day(date));
    }
    tally
}

pub fn unplanned_cap(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    let plans_file = w.org.has("plans");
    if plans_file && !w.plans.iter().any(|p| p.manager == m && w.month.has(p.date)) {
        return tally;
    }
    for date in w.dates() {
        let visits = w.visits_of(m, date);
        if visits.is_empty() || (plans_file && !w.in_plans(date)) || w.excused_in_full(m, date) {
            continue;
        }
        let visited = distinct(visits.iter().map(|v| &v.customer));
        let planned = |c: &String| w.planned.iter().any(|p| p.manager == m && p.date == date && p.customer == *c);
        let unplanned = visited.iter().filter(|c| !planned(c)).count();
        let met = unplanned as u64 * 10_000 <= w.params.unplanned_max * visited.len() as u64;
        tally.add(Outcome::passes_if(met), Unit::day(date).share(unplanned, visited.len()));
        tally.add_share(unplanned, visited.len());
    }
    tally
}

/// The dates both duties of the day's records look at.
fn recorded_dates(w: &World, m: &str) -> Vec<Date> {
    let records = w.days.iter().any(|d| d.manager == m && w.month.has(d.date));
    let asked = |d: &Date| records && w.in_days(*d) && !w.device_failure(m, *d);
    w.dates().into_iter().filter(asked).collect()
}

pub fn daily_sync(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for date in recorded_dates(w, m) {
        let visits = w.visits_of(m, date);
        let Some(first) = visits.iter().filter(|v| !v.paper).map(|v| v.start).min() else { continue };
        // Of several stamps the earliest on the date itself holds.
        let stamps: Vec<_> = w.day_rows(m, date).iter().filter_map(|row| row.synced).collect();
        let in_time = stamps.iter().filter(|s| s.date() == date).min().is_some_and(|s| *s <= first);
        tally.add(Outcome::passes_if(in_time), Unit::day(date));
    }
    tally
}

pub fn daily_summary(w: &World, m: &str) -> Tally {
    let mut tally = Tally::default();
    for date in recorded_dates(w, m) {
        let Some(first) = w.visits_of(m, date).iter().map(|v| v.start).min() else { continue };
        let latest = w.day_rows(m, date).iter().filter_map(|row| row.summary).max();
        let limit = date.and_time(w.params.summary_by);
        let in_time = latest.is_some_and(|s| first <= s && s <= limit);
        tally.add(Outcome::passes_if(in_time), Unit::day(date));
    }
    tally
}

/// Dates x ≠ d at most `days` away.
pub fn around(date: Date, limit: i64) -> Vec<Date> {
    (-limit..=limit).filter(|n| *n != 0).map(|n| date + Duration::days(n)).collect()
}
