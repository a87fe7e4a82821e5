//! Cells that cannot be read, and rows that are rejected, put into an organisation.

use super::draw::Draw;
use super::{Org, Table};

/// A cell that was made unreadable, and what it said.
#[derive(Clone, Debug)]
pub(crate) struct Plant {
    pub table: usize,
    pub row: usize,
    pub column: &'static str,
    pub said: String,
}

/// Cells with which a row is used all the same.
fn cells(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "customers" => &[
            ("class", "甲乙"),
            ("suspended", "甲乙"),
            ("phone", "138****1234"),
            ("phone2", "138****1234"),
            ("lon", "甲乙"),
            ("lat", "甲乙"),
            ("visit_cycle", "甲乙"),
            ("visit_batch", "#N/A"),
            ("info_point", "甲乙"),
            ("must_onsite", "甲乙"),
            ("vulnerable", "甲乙"),
            ("status", "甲乙"),
            ("opened_on", "2026-13-01"),
            ("closed_on", "2026-13-01"),
        ],
        "visits" => &[
            ("ended_at", "2026-13-01"),
            ("planned", "甲乙"),
            ("exception_reason", "#N/A"),
            ("photo", "#N/A"),
            ("phone", "138****1234"),
            ("tool", "#N/A"),
            ("items", "#N/A"),
            ("uploaded_at", "26-1-1"),
            ("source", "甲乙"),
        ],
        "calls" => &[("direction", "甲乙")],
        "plans" => &[
            ("seq", "甲乙"),
            ("mode", "甲乙"),
            ("phone", "138****1234"),
            ("tool", "#N/A"),
            ("created_at", "甲乙"),
            ("rescheduled_from", "2026-13-01"),
        ],
        "days" => &[("status", "甲乙"), ("part", "甲乙"), ("synced_at", "甲乙"), ("summary_at", "甲乙")],
        "services" => &[("customer_id", "#N/A"), ("period", "甲乙")],
        "inquiries" => &[("kind", "甲乙"), ("replied_at", "甲乙"), ("upheld", "甲乙"), ("duty", "甲乙")],
        "checks" => &[("month", "甲乙"), ("checked_on", "甲乙"), ("result", "甲乙"), ("draw", "甲乙")],
        _ => &[],
    }
}

/// Cells for which a row is rejected.
fn key_cells(kind: &str) -> &'static [(&'static str, &'static str)] {
    match kind {
        "visits" => &[
            ("started_at", "2026-13-01"),
            ("started_at", "2026-13-01"),
            ("mode", "甲乙"),
            ("mode", "甲乙"),
            ("manager_id", ""),
            ("customer_id", "1.38E+10"),
            ("customer_id", ""),
            ("outcome", "甲乙"),
        ],
        "calls" => &[("number", "138****1234"), ("seconds", "甲乙"), ("started_at", "甲乙"), ("number", "1.38E+10")],
        "plans" => &[("date", "26-1-1"), ("customer_id", ""), ("manager_id", "#N/A")],
        "days" => &[("date", "甲乙"), ("manager_id", "-")],
        "services" => &[("item", ""), ("done_on", "09/10/2026"), ("manager_id", "")],
        "inquiries" => &[("received_at", "甲乙")],
        "checks" => &[("manager_id", "#N/A"), ("customer_id", "")],
        _ => &[],
    }
}

/// A few unknown cells, a few rejected rows, most of them in M.
pub(crate) fn planted(org: &Org, seed: u64) -> (Org, Vec<Plant>) {
    let (mut org, mut draw) = (org.clone(), Draw::new(seed ^ 7));
    let mut plants = Vec::new();
    for _ in 0..draw.below(14) {
        plant(&mut org, &mut draw, cells, &mut plants);
    }
    for _ in 0..draw.pick(&[0, 0, 1, 1, 2, 3]) {
        plant(&mut org, &mut draw, key_cells, &mut plants);
    }
    (org, plants)
}

type Spoilt = fn(&str) -> &'static [(&'static str, &'static str)];

fn plant(org: &mut Org, draw: &mut Draw, spoilt: Spoilt, plants: &mut Vec<Plant>) {
    // Customers, visits, plans and days are what most rules read.
    let read = ["customers", "customers", "visits", "plans", "days"];
    let wanted = draw.pick(&read);
    let common = org.tables.iter().position(|t| t.kind == wanted).filter(|_| draw.percent(60));
    let at = common.unwrap_or(draw.below(org.tables.len()));
    let month = org.month.to_string();
    let table = &mut org.tables[at];
    let choices: Vec<_> = spoilt(table.kind).iter().filter(|(name, _)| table.column(name).is_some()).collect();
    if choices.is_empty() || table.rows.is_empty() {
        return;
    }
    let (column, cell) = *draw.pick(&choices);
    let in_month = |table: &Table, row: usize| table.rows[row].iter().any(|cell| cell.starts_with(&month));
    let rows: Vec<usize> = (0..6).map(|_| draw.below(table.rows.len())).collect();
    let row = rows.iter().copied().find(|row| in_month(table, *row)).unwrap_or(rows[0]);
    let mut spoil = |table: &mut Table, column: &'static str, cell: &str| {
        let said = table.cell(&table.rows[row], column).to_string();
        plants.push(Plant { table: at, row, column, said });
        table.set(row, column, cell);
    };
    spoil(table, column, cell);
    // An end that cannot be read has no length beside it.
    if column == "ended_at" && table.column("minutes").is_some() {
        spoil(table, "minutes", "");
    }
    if draw.percent(15) {
        let (column, cell) = *draw.pick(&choices);
        spoil(table, column, cell);
    }
}

/// Some of what was made unreadable made readable again: as it was, or, in cells that are no keys, as another row has it;
/// or the row taken away, where it was rejected.
pub(crate) fn mended(org: &Org, plants: &[Plant], seed: u64) -> Org {
    let (mut org, mut draw) = (org.clone(), Draw::new(seed ^ 8));
    let mut gone: Vec<(usize, usize)> = Vec::new();
    for plant in plants {
        if draw.percent(30) {
            continue;
        }
        let table = &mut org.tables[plant.table];
        let key = key_cells(table.kind).iter().any(|(name, _)| *name == plant.column);
        let other = table.cell(&table.rows[draw.below(table.rows.len())], plant.column).to_string();
        let readable = !super::cells::UNREADABLE.contains(&other.as_str());
        match draw.below(3) {
            0 if key => gone.push((plant.table, plant.row)),
            0 if readable && plant.column != "minutes" => table.set(plant.row, plant.column, &other),
            _ => table.set(plant.row, plant.column, &plant.said),
        }
    }
    gone.sort_unstable();
    gone.dedup();
    for (table, row) in gone.into_iter().rev() {
        org.tables[table].rows.remove(row);
    }
    org
}
