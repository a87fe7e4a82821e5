//! The rules whose units are days: SPEC §3 from first-arrival to unplanned-cap, daily-sync, daily-summary.

use super::records::{Plan, Visit};
use super::rule::{Judged, Outcome, Rule, Unit, days_of_month, passes_if};
use super::world::{World, standing};
use super::{Date, Time, rejected, unknown_days};
use chrono::{NaiveTime, Timelike};
use std::collections::BTreeSet;

/// `field-time` with days = "planned" and the like are told by the parameters; what a rule lacks, by `needs`.
pub(crate) fn rules() -> Vec<Rule> {
    vec![
        Rule::new("first-arrival", days_of_month, first_arrival)
            .passes_fall()
            .unknown(unknown_days::first_arrival)
            .rejected(rejected::first_arrival),
        Rule::new("field-time", days_of_month, field_time)
            .unknown(unknown_days::field_time)
            .rejected(rejected::visits_and_days),
        Rule::new("plan-adherence", days_of_month, plan_adherence)
            .warning()
            .passes_fall()
            .unknown(unknown_days::plan_adherence)
            .rejected(rejected::visits_and_days),
        Rule::new("plan-made", days_of_month, plan_made)
            .warning()
            .unknown(unknown_days::of_day)
            .rejected(rejected::plan_made),
        Rule::new("unplanned-cap", days_of_month, unplanned_cap)
            .passes_fall()
            .unknown(unknown_days::unplanned_cap)
            .rejected(rejected::unplanned_cap),
        Rule::new("daily-sync", days_of_month, daily_sync)
            .warning()
            .unknown(unknown_days::daily_sync)
            .rejected(rejected::days),
        Rule::new("daily-summary", days_of_month, daily_summary)
            .warning()
            .unknown(unknown_days::daily_summary)
            .rejected(rejected::days),
    ]
}

/// Limits `by` are compared in whole minutes.
pub(crate) fn by(time: Time, date: Date, limit: NaiveTime) -> bool {
    time.with_second(0).unwrap() <= date.and_time(limit)
}

/// Customers, each once.
fn distinct<'a>(ids: impl Iterator<Item = &'a String>) -> BTreeSet<&'a String> {
    ids.collect()
}

pub(crate) fn first_visit(w: &World, m: &str, date: Date) -> Option<Time> {
    w.visits_of(m, date).iter().map(|v| v.start).min()
}

/// The plan rows less those made after the fact: a row for d, or a move away from d, created after the start of m's
/// first visit on d.
fn made_in_time(w: &World, m: &str, date: Date) -> Vec<Plan> {
    let first = first_visit(w, m, date);
    let after = |p: &Plan| first.is_some_and(|first| p.created.is_some_and(|at| at > first));
    let stands_aside = |p: &Plan| p.manager == m && (p.date == date || p.moves() == Some(date)) && after(p);
    w.planned.iter().filter(|p| !stands_aside(p)).cloned().collect()
}

/// A failing day of a month that no visit tells of is not assessed.
fn unless_unrecorded(w: &World, m: &str, met: bool) -> Judged {
    match met {
        false if w.unrecorded_month(m, w.month) => Judged::of(Outcome::NotAssessed),
        met => Judged::of(Outcome::passes_if(met)),
    }
}

fn first_arrival(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let plans = made_in_time(w, m, unit.date);
    let rows: Vec<&Plan> = standing(&plans, m, unit.date).into_iter().filter(|p| p.onsite()).collect();
    let asked = w.day_asked(m, unit.date) && !w.excused(m, unit.date).0 && !w.unrecorded(m, unit.date);
    if rows.is_empty() || !asked {
        return None;
    }
    let lowest = rows.iter().filter_map(|p| p.seq).min();
    let first = distinct(rows.iter().filter(|p| lowest.is_none() || p.seq == lowest).map(|p| &p.customer));
    let visits = w.visits_of(m, unit.date);
    let in_time =
        visits.iter().any(|v| v.onsite() && first.contains(&v.customer) && by(v.start, unit.date, w.params.by));
    Some(unless_unrecorded(w, m, in_time))
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

fn field_time(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let date = unit.date;
    let planned = standing(&w.planned, m, date).iter().any(|p| p.onsite());
    let called_for = planned || (w.working_day_of(m, date) && !w.params.field_days_planned);
    if !w.day_asked(m, date) || !called_for || w.excused_in_full(m, date) || w.unrecorded(m, date) {
        return None;
    }
    let halves = if w.excused_at_all(m, date) { 1 } else { 2 };
    let seconds = field_seconds(&w.visits_of(m, date), w.params.max_gap_minutes * 60);
    let judged = unless_unrecorded(w, m, seconds * 2 >= w.params.hours * 3600 * halves);
    Some(Judged { seconds: Some(seconds), ..judged })
}

fn plan_adherence(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let rows = standing(&w.plans, m, unit.date);
    let asked = w.day_asked(m, unit.date) && !w.excused_at_all(m, unit.date) && !w.unrecorded(m, unit.date);
    if rows.is_empty() || !asked {
        return None;
    }
    let visits = w.visits_of(m, unit.date);
    let visited = distinct(visits.iter().map(|v| &v.customer));
    let planned = distinct(rows.iter().map(|p| &p.customer));
    let kept = planned.intersection(&visited).count();
    let count = if w.params.match_customers { kept } else { visited.len() };
    let judged = unless_unrecorded(w, m, count >= planned.len());
    Some(Judged { summed: Some((kept, planned.len())), ..judged }.share(count, planned.len()))
}

fn plan_made(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let date = unit.date;
    let asked = w.day_asked(m, date) && w.working_day_of(m, date) && w.in_window("plans", m, date);
    if !asked || w.excused_at_all(m, date) || w.unrecorded(m, date) {
        return None;
    }
    passes_if(w.plans.iter().any(|p| p.manager == m && p.date == date))
}

fn unplanned_cap(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let date = unit.date;
    let plans_file = w.org.has("plans");
    let has_plans = w.plans.iter().any(|p| p.manager == m && w.month.has(p.date));
    if plans_file && !(has_plans && w.in_window("plans", m, date)) {
        return None;
    }
    let visits = w.visits_of(m, date);
    if visits.is_empty() || !w.day_asked(m, date) || w.excused_in_full(m, date) {
        return None;
    }
    let plans = made_in_time(w, m, date);
    let visited = distinct(visits.iter().map(|v| &v.customer));
    let planned = |c: &String| plans.iter().any(|p| p.manager == m && p.date == date && p.customer == *c);
    let unplanned = visited.iter().filter(|c| !planned(c)).count();
    let met = unplanned as u64 * 10_000 <= w.params.unplanned_max * visited.len() as u64;
    Some(Judged::of(Outcome::passes_if(met)).share(unplanned, visited.len()))
}

/// The dates both duties of the day's records look at.
fn recorded(w: &World, m: &str, date: Date) -> bool {
    let records = w.days.iter().any(|d| d.manager == m && w.month.has(d.date));
    records && w.day_asked(m, date) && w.in_window("days", m, date) && !w.device_failure(m, date)
}

fn daily_sync(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let first = w.visits_of(m, unit.date).iter().filter(|v| !v.paper).map(|v| v.start).min()?;
    if !recorded(w, m, unit.date) {
        return None;
    }
    // Of several stamps the earliest on the date itself holds.
    let stamps = w.day_rows(m, unit.date).into_iter().filter_map(|row| row.synced);
    passes_if(stamps.filter(|s| s.date() == unit.date).min().is_some_and(|s| s <= first))
}

fn daily_summary(w: &World, m: &str, unit: &Unit) -> Option<Judged> {
    let first = first_visit(w, m, unit.date)?;
    if !recorded(w, m, unit.date) {
        return None;
    }
    let latest = w.day_rows(m, unit.date).into_iter().filter_map(|row| row.summary).max();
    passes_if(latest.is_some_and(|s| first <= s && by(s, unit.date, w.params.summary_by)))
}
