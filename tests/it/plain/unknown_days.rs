//! What an unknown cell may say for the rules of days (SPEC §1.1).

use super::Date;
use super::day_rules::by;
use super::records::{DayRow, Unknown, Visit};
use super::rule::{Choices, Unit};
use super::unknown::{change, end_of, midnight};
use super::world::{World, stand_in};
use chrono::Duration;

const STATUSES: [&str; 5] = ["meeting", "training", "leave", "office", "device_failure"];

/// Every rule of days: the day's status and part.
pub(crate) fn day(w: &World, m: &str, date: Date) -> Vec<Choices> {
    let mut out = Vec::new();
    for (i, _) in w.days.iter().enumerate().filter(|(_, row)| row.manager == m && row.date == date) {
        if w.days[i].unknown("status") {
            let says = |status: &'static str| change(move |w| w.days[i].status = status.to_string());
            out.push(STATUSES.into_iter().map(says).collect());
        }
        if w.days[i].unknown("part") {
            let says = |part: &'static str| change(move |w| w.days[i].part = part.to_string());
            out.push(["am", "pm"].into_iter().map(says).collect());
        }
    }
    out
}

/// Rows that may or may not stand on the date: those another row of the customer may move away.
fn moves(w: &World, m: &str, date: Date) -> Vec<Choices> {
    let mut out: Vec<Choices> = Vec::new();
    for (i, q) in w.plans.iter().enumerate() {
        let named = w.plans.iter().any(|p| p.manager == m && p.date == date && p.customer == q.customer);
        if q.manager == m && q.date != date && named && q.unknown("rescheduled_from") {
            out.push(vec![change(move |w| {
                w.plans[i].from = Some(date);
                w.planned[i].from = Some(date);
            })]);
        }
    }
    out
}

/// Without a plans file: visits that may have been planned.
fn maybe_planned(w: &World, m: &str, date: Date) -> Vec<Choices> {
    let asked = |v: &&Visit| !w.org.has("plans") && v.manager == m && v.date() == date && v.unknown("planned");
    let planned = |v: &Visit| {
        let row = stand_in(v);
        vec![change(move |w| w.planned.push(row.clone()))]
    };
    w.visits.iter().filter(asked).map(planned).collect()
}

pub(crate) fn first_arrival(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let date = unit.date;
    let mut out = [day(w, m, date), moves(w, m, date), maybe_planned(w, m, date)].concat();
    let lowest = w.planned.iter().filter(|p| p.manager == m && p.date == date).filter_map(|p| p.seq).min().unwrap_or(1);
    for (i, p) in w.planned.iter().enumerate().filter(|(_, p)| p.manager == m) {
        let here = p.date == date;
        if here && p.unknown("mode") {
            out.push(vec![change(move |w| w.planned[i].mode = "phone".to_string())]);
        }
        if here && p.unknown("seq") {
            let first = |seq: i64| change(move |w| w.planned[i].seq = Some(seq));
            out.push(vec![first(lowest - 1), first(lowest)]);
        }
        if (here || p.moves() == Some(date)) && p.unknown("created_at") {
            out.push(vec![change(move |w| w.planned[i].created = Some(end_of(date)))]);
        }
    }
    out
}

pub(crate) fn field_time(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let date = unit.date;
    let mut out = [day(w, m, date), moves(w, m, date)].concat();
    for (i, _) in w.planned.iter().enumerate().filter(|(_, p)| p.manager == m && p.date == date && p.unknown("mode")) {
        out.push(vec![change(move |w| w.planned[i].mode = "phone".to_string())]);
    }
    for (i, v) in w.visits.iter().enumerate().filter(|(_, v)| v.manager == m && v.date() == date) {
        if v.onsite() && v.end_unknown() {
            out.push(vec![change(move |w| w.visits[i].end = Some(midnight(date + Duration::days(1))))]);
        }
    }
    out
}

pub(crate) fn plan_adherence(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    [day(w, m, unit.date), moves(w, m, unit.date)].concat()
}

pub(crate) fn of_day(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    day(w, m, unit.date)
}

pub(crate) fn unplanned_cap(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let date = unit.date;
    let mut out = [day(w, m, date), maybe_planned(w, m, date)].concat();
    let rows = w.planned.iter().enumerate().filter(|(_, p)| p.manager == m && p.date == date);
    for (i, _) in rows.filter(|(_, p)| p.unknown("created_at")) {
        out.push(vec![change(move |w| w.planned[i].created = Some(end_of(date)))]);
    }
    out
}

pub(crate) fn daily_sync(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let date = unit.date;
    let mut out = day(w, m, date);
    for (i, row) in w.days.iter().enumerate().filter(|(_, row)| row.manager == m && row.date == date) {
        if row.unknown("synced_at") {
            out.push(vec![change(move |w| w.days[i].synced = Some(midnight(date)))]);
        }
    }
    for (i, v) in w.visits.iter().enumerate().filter(|(_, v)| v.manager == m && v.date() == date) {
        if v.unknown("source") {
            out.push(vec![change(move |w| w.visits[i].paper = true)]);
        }
    }
    out
}

/// Whatever it says, unless a readable one after the limit decides: the latest holds. It is not asked whether any time would
/// do, so the day is taken out.
pub(crate) fn daily_summary(w: &World, m: &str, unit: &Unit) -> Vec<Choices> {
    let mut out = day(w, m, unit.date);
    let late = |row: &DayRow| row.summary.is_some_and(|s| !by(s, unit.date, w.params.summary_by));
    if w.day_rows(m, unit.date).into_iter().any(late) {
        return out;
    }
    for (i, row) in w.days.iter().enumerate().filter(|(_, row)| row.manager == m && row.date == unit.date) {
        if row.unknown("summary_at") {
            out.push(vec![change(move |w| w.days[i].status = "device_failure".to_string())]);
        }
    }
    out
}
