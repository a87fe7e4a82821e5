//! Tables to records, and to rejected rows.

use super::cells::Row;
use super::fates::{late, rejected, rows, superseded, without_strays};
use super::month::Month;
use super::records::{Call, Cell, Check, Customer, DayRow, Inquiry, Manager, Plan, Rejected, Service, Visit};
use super::{Date, Org};
use chrono::Duration;

fn usable<'a>(org: &'a Org, kind: &str) -> Vec<Row<'a>> {
    rows(org, kind).into_iter().filter(|row| !rejected(row)).collect()
}

/// One row an id: the latest.
fn settled<'a>(org: &'a Org, kind: &str, id: &str, stamp: &str) -> Vec<Row<'a>> {
    let rows = usable(org, kind);
    let alike = |a: &Row, b: &Row| a.get(id) == b.get(id);
    (0..rows.len()).filter(|at| !superseded(&rows, *at, stamp, alike)).map(|at| rows[at]).collect()
}

pub(crate) fn customers(org: &Org) -> Vec<Customer> {
    let read = |row: Row| Customer {
        id: row.text("customer_id"),
        manager: row.text("manager_id"),
        branch: row.text("branch"),
        class: row.text("class"),
        suspended: row.yes("suspended"),
        numbers: [row.numbers("phone"), row.numbers("phone2")].concat(),
        cycle: row.text("visit_cycle"),
        batch: row.text("visit_batch"),
        phone: row.text("phone"),
        position: (!row.missing("lon"), !row.missing("lat")),
        info_point: row.yes("info_point"),
        must_onsite: row.yes("must_onsite"),
        vulnerable: row.yes("vulnerable"),
        closed: row.get("status") == "closed",
        opened_on: row.date("opened_on"),
        closed_on: row.date("closed_on"),
        unknown: row.unknown(),
    };
    settled(org, "customers", "customer_id", "updated_on").into_iter().map(read).collect()
}

fn visit(row: &Row) -> Option<Visit> {
    let start = row.time("started_at")?;
    let minutes = row.get("minutes").parse().ok().map(|n| start + Duration::minutes(n));
    let written = if row.unreadable("ended_at") { None } else { row.time("ended_at").or(minutes) };
    Some(Visit {
        manager: row.text("manager_id"),
        customer: row.text("customer_id"),
        mode: row.text("mode"),
        start,
        end: written.filter(|end| *end >= start),
        written_end: written,
        in_minutes: [
            row.in_minutes("started_at"),
            row.in_minutes(if row.missing("ended_at") { "started_at" } else { "ended_at" }),
            row.in_minutes("uploaded_at"),
        ],
        planned: row.yes("planned"),
        outcome: row.or("outcome", "done"),
        reason: row.text("exception_reason"),
        photo: row.text("photo"),
        numbers: row.numbers("phone"),
        tool: row.text("tool"),
        items: row.list("items"),
        uploaded: row.time("uploaded_at"),
        paper: row.get("source") == "paper",
        unknown: row.unknown(),
    })
}

/// Visits and the rows that only tell of a plan (not_visited), less what is stray, not read, superseded. Rows set aside
/// compete with none.
pub(crate) fn visits(org: &Org) -> (Vec<Visit>, Vec<Visit>) {
    let read: Vec<(Row, Visit)> =
        usable(org, "visits").into_iter().filter_map(|row| Some((row, visit(&row)?))).collect();
    let (contacts, others): (Vec<_>, Vec<_>) = read.into_iter().partition(|(_, v)| v.outcome != "not_visited");
    let contacts: Vec<_> = contacts.into_iter().filter(|(_, v)| !late(org, Some(v.date()))).collect();
    let contacts = without_strays(contacts, |(_, v)| v.date());
    let rows: Vec<Row> = contacts.iter().map(|(row, _)| *row).collect();
    let alike = |a: &Row, b: &Row| {
        let same = |name: &str| !a.missing(name) && a.get(name) == b.get(name);
        same("visit_id") && same("manager_id") && (same("customer_id") || a.date("started_at") == b.date("started_at"))
    };
    let used = (0..rows.len()).filter(|at| !superseded(&rows, *at, "uploaded_at", alike));
    let contacts = used.map(|at| contacts[at].1.clone()).collect();
    (contacts, others.into_iter().map(|(_, v)| v).filter(|v| !late(org, Some(v.date()))).collect())
}

/// Plan rows are read whatever `as_of` says.
pub(crate) fn plans(org: &Org) -> Vec<Plan> {
    let read = |row: Row| Plan {
        manager: row.text("manager_id"),
        customer: row.text("customer_id"),
        date: row.date("date").unwrap(),
        seq: row.get("seq").parse().ok(),
        mode: row.text("mode"),
        numbers: row.numbers("phone"),
        tool: row.text("tool"),
        created: row.time("created_at"),
        from: row.date("rescheduled_from"),
        unknown: row.unknown(),
    };
    without_strays(usable(org, "plans").into_iter().map(read).collect(), |p| p.date)
}

/// Who made a call: who is named, or whose number it was made from.
fn caller(org: &Org, row: &Row) -> Option<String> {
    if !row.missing("manager_id") {
        return Some(row.text("manager_id"));
    }
    let own = row.get("own_number");
    let known = rows(org, "managers").into_iter().find(|m| !own.is_empty() && m.get("phone") == own)?;
    Some(known.text("manager_id"))
}

pub(crate) fn calls(org: &Org) -> Vec<Call> {
    let read = |row: Row| {
        Some(Call {
            manager: caller(org, &row)?,
            numbers: row.numbers("number"),
            start: row.time("started_at")?,
            seconds: row.get("seconds").parse().unwrap(),
            direction: row.or("direction", "out"),
            unknown: row.unknown(),
        })
    };
    let read: Vec<Call> = usable(org, "calls").into_iter().filter_map(read).collect();
    without_strays(read.into_iter().filter(|c| !late(org, Some(c.start.date()))).collect(), |c| c.start.date())
}

/// Day records that excuse are read whatever `as_of` says.
pub(crate) fn days(org: &Org) -> Vec<DayRow> {
    let read = |row: Row| DayRow {
        manager: row.text("manager_id"),
        date: row.date("date").unwrap(),
        status: row.or("status", "field"),
        part: row.or("part", "full"),
        synced: row.time("synced_at"),
        summary: row.time("summary_at"),
        unknown: row.unknown(),
    };
    let excusing = |d: &DayRow| org.params.excuse.contains(&d.status.as_str());
    let read: Vec<DayRow> = usable(org, "days").into_iter().map(read).collect();
    without_strays(read.into_iter().filter(|d| excusing(d) || !late(org, Some(d.date))).collect(), |d| d.date)
}

pub(crate) fn managers(org: &Org) -> Vec<Manager> {
    let read = |row: Row| Manager {
        id: row.text("manager_id"),
        branch: row.text("branch"),
        joined_on: row.date("joined_on"),
        left_on: row.date("left_on"),
    };
    settled(org, "managers", "manager_id", "").into_iter().map(read).collect()
}

pub(crate) fn services(org: &Org) -> Vec<Service> {
    let read = |row: Row| Service {
        manager: row.text("manager_id"),
        item: row.text("item"),
        customer: row.text("customer_id"),
        done_on: row.date("done_on").unwrap(),
        period: row.text("period"),
        unknown: row.unknown(),
    };
    let read: Vec<Service> = usable(org, "services").into_iter().map(read).collect();
    read.into_iter().filter(|s| !late(org, Some(s.done_on))).collect()
}

pub(crate) fn inquiries(org: &Org) -> Vec<Inquiry> {
    let read = |row: Row| Inquiry {
        manager: row.text("manager_id"),
        customer: row.text("customer_id"),
        complaint: row.get("kind") == "complaint",
        received: row.date("received_at").unwrap(),
        // A reply dated after `as_of` is not read either.
        replied: row.date("replied_at").filter(|d| !late(org, Some(*d))),
        upheld: row.yes("upheld"),
        duty: row.yes("duty"),
        unknown: row.unknown(),
    };
    let read: Vec<Inquiry> = usable(org, "inquiries").into_iter().map(read).collect();
    read.into_iter().filter(|q| !late(org, Some(q.received))).collect()
}

/// Checks with their dates; those with neither date nor result, or that found nothing out, are set aside.
pub(crate) fn checks(org: &Org) -> Vec<(Check, Option<Date>)> {
    let read = |row: Row| {
        let (result, checked) = (row.get("result"), row.date("checked_on"));
        let nothing = row.missing("result") && !row.unreadable("result");
        let undated = checked.is_none() && !row.unreadable("checked_on");
        if result == "unable" || (nothing && undated) || late(org, checked) {
            return None;
        }
        let check = Check {
            manager: row.text("manager_id"),
            customer: row.text("customer_id"),
            month: Month::parse(row.get("month")).or(checked.map(Month::of)),
            result: result.to_string(),
            random: row.get("draw") != "targeted",
            unknown: row.unknown(),
        };
        Some((check, checked))
    };
    usable(org, "checks").into_iter().filter_map(read).collect()
}

/// The rejected rows of all kinds that can stand in a unit's way (§1.1).
pub(crate) fn rejected_rows(org: &Org) -> Vec<Rejected> {
    let mut out = Vec::new();
    for kind in ["visits", "calls", "plans", "days", "services", "checks"] {
        out.extend(rows(org, kind).iter().filter(|row| rejected(row)).map(|row| rejected_row(org, row)));
    }
    out.retain(|row| may_be_read(org, row));
    out
}

/// A row that is legibly dated after `as_of` would not be read if it were sound; plan rows would, and days that excuse.
fn may_be_read(org: &Org, row: &Rejected) -> bool {
    let first = row.dates.first().copied();
    let excuses = || match row.cell("status") {
        Cell::Text(status) => org.params.excuse.contains(&status.as_str()),
        Cell::Empty => false,
        Cell::Unreadable => true,
    };
    match row.kind {
        "plans" => true,
        "days" => row.cell("date") == Cell::Unreadable || !late(org, first) || excuses(),
        _ => !late(org, first),
    }
}

fn rejected_row(org: &Org, row: &Row) -> Rejected {
    let kind = row.table.kind;
    let id = |name: &str| Some(row.text(name)).filter(|id| !id.is_empty());
    let cell = |name: &&'static str| match () {
        () if row.unreadable(name) => (*name, Cell::Unreadable),
        () if row.missing(name) => (*name, Cell::Empty),
        () => (*name, Cell::Text(row.text(name))),
    };
    let first = |names: &[&str]| names.iter().find_map(|name| row.date(name)).into_iter().collect::<Vec<Date>>();
    let dates = match kind {
        "visits" => first(&["started_at", "ended_at"]),
        "calls" => first(&["started_at"]),
        "plans" => first(&["date"]),
        "services" => first(&["done_on"]),
        "checks" => first(&["checked_on"]),
        _ if row.date("date").is_some() => first(&["date"]),
        _ => {
            let synced = row.date("synced_at").map(|d| [d, d + Duration::days(1)]);
            let summed = row.date("summary_at").map(|d| [d, d - Duration::days(1)]);
            synced.into_iter().chain(summed).flatten().collect()
        }
    };
    Rejected {
        kind,
        manager: if kind == "calls" { caller(org, row) } else { id("manager_id") },
        customer: id("customer_id"),
        dates,
        cells: row.table.header.iter().map(cell).collect(),
    }
}
