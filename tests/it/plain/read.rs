//! Tables to records, with the fates of §2.3 that matter to verdicts: not read, repeat, superseded, set aside.

use super::month::Month;
use super::org::NUMBERS;
use super::{Date, Org, Table, Time};
use chrono::Duration;

#[derive(Clone, Debug)]
pub struct Customer {
    pub id: String,
    pub manager: String,
    pub class: String,
    pub suspended: bool,
    pub numbers: Vec<String>,
    pub cycle: String,
    pub info_point: bool,
    pub must_onsite: bool,
    pub vulnerable: bool,
    pub closed: bool,
    pub opened_on: Option<Date>,
    pub closed_on: Option<Date>,
}

#[derive(Clone, Debug)]
pub struct Visit {
    pub manager: String,
    pub customer: String,
    pub mode: String,
    pub start: Time,
    /// None also where it lies before the start (§3).
    pub end: Option<Time>,
    pub planned: bool,
    pub outcome: String,
    pub numbers: Vec<String>,
    pub items: Vec<String>,
    pub uploaded: Option<Time>,
    pub paper: bool,
}

impl Visit {
    pub fn date(&self) -> Date {
        self.start.date()
    }

    pub fn onsite(&self) -> bool {
        self.mode == "onsite"
    }

    pub fn done(&self) -> bool {
        self.outcome == "done"
    }
}

#[derive(Clone, Debug)]
pub struct Plan {
    pub manager: String,
    pub customer: String,
    pub date: Date,
    pub seq: Option<u32>,
    pub mode: String,
    pub numbers: Vec<String>,
    pub from: Option<Date>,
}

#[derive(Clone, Debug)]
pub struct Call {
    pub manager: String,
    pub number: String,
    pub start: Time,
    pub seconds: i64,
    pub direction: String,
}

#[derive(Clone, Debug)]
pub struct DayRow {
    pub manager: String,
    pub date: Date,
    pub status: String,
    pub part: String,
    pub synced: Option<Time>,
    pub summary: Option<Time>,
}

#[derive(Clone, Debug)]
pub struct Manager {
    pub id: String,
    pub joined_on: Option<Date>,
    pub left_on: Option<Date>,
}

#[derive(Clone, Debug)]
pub struct Service {
    pub manager: String,
    pub item: String,
    pub customer: String,
    pub done_on: Date,
    pub period: String,
}

#[derive(Clone, Debug)]
pub struct Inquiry {
    pub manager: String,
    pub customer: String,
    pub received: Date,
    pub replied: Option<Date>,
}

#[derive(Clone, Debug)]
pub struct Check {
    pub manager: String,
    pub customer: String,
    pub month: Month,
}

fn or<'a>(cell: &'a str, empty: &'a str) -> String {
    if cell.is_empty() { empty.to_string() } else { cell.to_string() }
}

fn date(cell: &str) -> Option<Date> {
    cell.get(..10).map(|d| d.parse().unwrap_or_else(|_| panic!("not a date: {cell}")))
}

fn time(cell: &str) -> Option<Time> {
    let cell = if cell.len() == 16 { format!("{cell}:00") } else { cell.to_string() };
    (!cell.is_empty()).then(|| cell.replace(' ', "T").parse().unwrap_or_else(|_| panic!("not a time: {cell}")))
}

fn numbers(cell: &str) -> Vec<String> {
    let (_, known) = NUMBERS.iter().find(|(written, _)| *written == cell).unwrap_or_else(|| panic!("number {cell}"));
    known.iter().map(|n| n.to_string()).collect()
}

fn yes(cell: &str) -> bool {
    cell == "yes"
}

/// The rows of a kind that are read, repeats dropped; a row dated after `as_of` is not read.
fn rows<'a>(org: &'a Org, kind: &str, dated: &str) -> Vec<Row<'a>> {
    let mut out: Vec<Row> = Vec::new();
    let Some(table) = org.table(kind) else { return out };
    for cells in &table.rows {
        let row = Row { table, cells };
        let late = org.as_of.is_some_and(|limit| date(row.get(dated)).is_some_and(|d| d > limit));
        if !late && !out.iter().any(|earlier| earlier.cells == cells) {
            out.push(row);
        }
    }
    out
}

#[derive(Clone, Copy)]
struct Row<'a> {
    table: &'a Table,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    fn get(&self, name: &str) -> &'a str {
        self.table.cell(self.cells, name)
    }
}

/// Of rows with the same non-empty id the one with the latest stamp is used, else the latest in file order (§2.3).
fn settle<'a>(rows: Vec<Row<'a>>, id: &str, stamp: &str) -> Vec<Row<'a>> {
    let superseded = |at: usize| {
        let mine = rows[at];
        rows.iter().enumerate().any(|(other, row)| {
            let same = other != at && !mine.get(id).is_empty() && row.get(id) == mine.get(id);
            same && (time_or_date(row.get(stamp)), other) > (time_or_date(mine.get(stamp)), at)
        })
    };
    (0..rows.len()).filter(|at| !superseded(*at)).map(|at| rows[at]).collect()
}

fn time_or_date(cell: &str) -> Option<Time> {
    if cell.len() == 10 { date(cell).map(|d| d.and_hms_opt(0, 0, 0).unwrap()) } else { time(cell) }
}

pub fn customers(org: &Org) -> Vec<Customer> {
    let read = |row: Row| Customer {
        id: row.get("customer_id").to_string(),
        manager: row.get("manager_id").to_string(),
        class: row.get("class").to_string(),
        suspended: yes(row.get("suspended")),
        numbers: [numbers(row.get("phone")), numbers(row.get("phone2"))].concat(),
        cycle: or(row.get("visit_cycle"), "monthly"),
        info_point: yes(row.get("info_point")),
        must_onsite: yes(row.get("must_onsite")),
        vulnerable: yes(row.get("vulnerable")),
        closed: row.get("status") == "closed",
        opened_on: date(row.get("opened_on")),
        closed_on: date(row.get("closed_on")),
    };
    settle(rows(org, "customers", ""), "customer_id", "updated_on").into_iter().map(read).collect()
}

/// Visits, not_visited rows among them; paper rows that nobody filled in are set aside.
pub fn visits(org: &Org) -> Vec<Visit> {
    let read = |row: Row| {
        let start = time(row.get("started_at"))?;
        let minutes = row.get("minutes").parse().ok().map(|n| start + Duration::minutes(n));
        let end = time(row.get("ended_at")).or(minutes).filter(|end| *end >= start);
        Some(Visit {
            manager: row.get("manager_id").to_string(),
            customer: row.get("customer_id").to_string(),
            mode: row.get("mode").to_string(),
            start,
            end,
            planned: yes(row.get("planned")),
            outcome: or(row.get("outcome"), "done"),
            numbers: numbers(row.get("phone")),
            items: row.get("items").split([';', '；']).filter(|i| !i.is_empty()).map(str::to_string).collect(),
            uploaded: time(row.get("uploaded_at")),
            paper: row.get("source") == "paper",
        })
    };
    settle(rows(org, "visits", "started_at"), "visit_id", "uploaded_at").into_iter().filter_map(read).collect()
}

/// Plan rows are read whatever `as_of` says.
pub fn plans(org: &Org) -> Vec<Plan> {
    let read = |row: Row| Plan {
        manager: row.get("manager_id").to_string(),
        customer: row.get("customer_id").to_string(),
        date: date(row.get("date")).unwrap(),
        seq: row.get("seq").parse().ok(),
        mode: or(row.get("mode"), "onsite"),
        numbers: numbers(row.get("phone")),
        from: date(row.get("rescheduled_from")),
    };
    rows(org, "plans", "").into_iter().map(read).collect()
}

pub fn calls(org: &Org) -> Vec<Call> {
    let owner = |row: Row| match row.get("own_number") {
        "" => Some(row.get("manager_id").to_string()),
        own => {
            let managers = org.table("managers")?;
            let found = managers.rows.iter().find(|m| managers.cell(m, "phone") == own)?;
            Some(managers.cell(found, "manager_id").to_string())
        }
    };
    let read = |row: Row| {
        Some(Call {
            manager: owner(row)?,
            number: numbers(row.get("number")).concat(),
            start: time(row.get("started_at"))?,
            seconds: row.get("seconds").parse().unwrap(),
            direction: or(row.get("direction"), "out"),
        })
    };
    rows(org, "calls", "started_at").into_iter().filter_map(read).collect()
}

pub fn days(org: &Org) -> Vec<DayRow> {
    let read = |row: Row| DayRow {
        manager: row.get("manager_id").to_string(),
        date: date(row.get("date")).unwrap(),
        status: or(row.get("status"), "field"),
        part: or(row.get("part"), "full"),
        synced: time(row.get("synced_at")),
        summary: time(row.get("summary_at")),
    };
    rows(org, "days", "date").into_iter().map(read).collect()
}

pub fn managers(org: &Org) -> Vec<Manager> {
    let read = |row: Row| Manager {
        id: row.get("manager_id").to_string(),
        joined_on: date(row.get("joined_on")),
        left_on: date(row.get("left_on")),
    };
    settle(rows(org, "managers", ""), "manager_id", "").into_iter().map(read).collect()
}

pub fn services(org: &Org) -> Vec<Service> {
    let read = |row: Row| Service {
        manager: row.get("manager_id").to_string(),
        item: row.get("item").to_string(),
        customer: row.get("customer_id").to_string(),
        done_on: date(row.get("done_on")).unwrap(),
        period: row.get("period").to_string(),
    };
    rows(org, "services", "done_on").into_iter().map(read).collect()
}

pub fn inquiries(org: &Org) -> Vec<Inquiry> {
    let read = |row: Row| Inquiry {
        manager: row.get("manager_id").to_string(),
        customer: row.get("customer_id").to_string(),
        received: date(row.get("received_at")).unwrap(),
        // A reply dated after `as_of` is not read either.
        replied: date(row.get("replied_at")).filter(|d| org.as_of.is_none_or(|limit| *d <= limit)),
    };
    rows(org, "inquiries", "received_at").into_iter().map(read).collect()
}

/// Checks with neither date nor result, or that found nothing out, are set aside.
pub fn checks(org: &Org) -> Vec<Check> {
    let read = |row: Row| {
        let (result, checked) = (row.get("result"), date(row.get("checked_on")));
        if result == "unable" || (result.is_empty() && checked.is_none()) {
            return None;
        }
        Some(Check {
            manager: row.get("manager_id").to_string(),
            customer: row.get("customer_id").to_string(),
            month: Month::parse(row.get("month")).or(checked.map(Month::of))?,
        })
    };
    rows(org, "checks", "checked_on").into_iter().filter_map(read).collect()
}
