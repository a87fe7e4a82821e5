//! The same organisation told another way, and what must stay the same.

use super::draw::Draw;
use super::{Date, Org, Table};
use serde_json::Value;
use std::collections::BTreeSet;

/// Everything of an answer that is a verdict, line by line, sorted.
pub(crate) fn verdicts(json: &Value) -> Vec<String> {
    of_managers(json, |_| true)
}

/// The verdicts on some of the managers.
pub(crate) fn of_managers(json: &Value, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines = vec![format!("horizon {}", json["horizon"])];
    let mut take = |part: &str, keys: &[&str]| {
        for value in json[part].as_array().unwrap() {
            if value["manager_id"].as_str().is_none_or(&wanted) {
                let cells: Vec<String> = keys.iter().map(|k| value[k].to_string()).collect();
                lines.push(format!("{part} {}", cells.join(" ")));
            }
        }
    };
    take("managers", &["manager_id", "score"]);
    take(
        "results",
        &["manager_id", "rule", "item", "assessed", "failed", "pending", "doubtful", "verdict", "count", "of"],
    );
    take("not_assessed", &["rule"]);
    take("remarks", &["kind", "manager_id", "dates"]);
    take(
        "findings",
        &[
            "manager_id",
            "rule",
            "item",
            "id",
            "state",
            "severity",
            "date",
            "period",
            "customer_id",
            "count",
            "of",
            "seconds",
            "metres",
            "kmh",
        ],
    );
    lines.retain(|line| !line.starts_with("remarks") || line.starts_with("remarks \"unrecorded\""));
    lines.sort();
    lines
}

pub(crate) fn first_difference(one: &[String], other: &[String]) -> Option<String> {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (one.iter().collect(), other.iter().collect());
    let gone: Vec<_> = a.difference(&b).take(3).collect();
    let new: Vec<_> = b.difference(&a).take(3).collect();
    (one != other).then(|| format!("{} and {} lines, gone {gone:#?}, new {new:#?}", one.len(), other.len()))
}

pub(crate) fn rows_by_fate(json: &Value, kind: &str) -> u64 {
    let inputs = json["inputs"].as_array().unwrap().iter().filter(|i| i["kind"] == kind);
    inputs.flat_map(|i| i["rows"].as_object().unwrap().values()).map(|n| n.as_u64().unwrap()).sum()
}

/// Drops rows whose order decides something: same start of a manager's visits, same ids.
pub(crate) fn without_ties(org: &Org) -> Org {
    let mut org = org.clone();
    for table in &mut org.tables {
        let keys: &[&[&str]] = match table.kind {
            "visits" => &[&["manager_id", "started_at"], &["visit_id"]],
            "plans" => &[&["manager_id", "customer_id", "date"]],
            "inquiries" => &[&["manager_id", "customer_id", "received_at"]],
            "customers" => &[&["customer_id"]],
            "managers" => &[&["manager_id"]],
            _ => &[],
        };
        for key in keys {
            let mut seen = BTreeSet::new();
            let copy = table.clone();
            table.rows.retain(|row| {
                // A start written to the minute ties with the same one written to the second.
                let whole = |cell: &str| if cell.len() == 16 { format!("{cell}:00") } else { cell.to_string() };
                let cells: Vec<String> = key.iter().map(|name| whole(copy.cell(row, name))).collect();
                cells.iter().all(String::is_empty) || seen.insert(cells)
            });
        }
    }
    org
}

pub(crate) fn shuffled(org: &Org, seed: u64) -> Org {
    let (mut org, mut draw) = (org.clone(), Draw::new(seed ^ 1));
    org.tables.iter_mut().for_each(|t| draw.shuffle(&mut t.rows));
    org
}

/// Overlapping exports: copies of rows further down.
pub(crate) fn repeated(org: &Org, seed: u64) -> Org {
    let (mut org, mut draw) = (org.clone(), Draw::new(seed ^ 2));
    for table in &mut org.tables {
        for _ in 0..draw.below(6) {
            if !table.rows.is_empty() {
                let from = draw.below(table.rows.len());
                let to = from + 1 + draw.below(table.rows.len() - from);
                table.rows.insert(to, table.rows[from].clone());
            }
        }
    }
    org
}

/// Whether no kind's dates fall into groups (§1, stray): more rows change what is stray.
pub(crate) fn without_gaps(org: &Org) -> bool {
    org.tables.iter().all(|table| {
        let dated = ["started_at", "date", "done_on", "received_at", "checked_on"];
        let Some(at) = dated.iter().find_map(|name| table.column(name)) else { return true };
        let mut dates: Vec<Date> = table.rows.iter().filter_map(|row| row[at].get(..10)?.parse().ok()).collect();
        dates.sort_unstable();
        dates.windows(2).all(|pair| (pair[1] - pair[0]).num_days() <= 31)
    })
}

/// Without what `--as-of` says not to read (SPEC §1, horizon).
pub(crate) fn cut(org: &Org) -> Org {
    let mut org = org.clone();
    let limit = org.as_of.unwrap().to_string();
    let late = |cell: &str| cell.len() >= 10 && cell[..10] > *limit;
    for table in &mut org.tables {
        let dated = match table.kind {
            "visits" | "calls" => "started_at",
            "days" => "date",
            "services" => "done_on",
            "inquiries" => "received_at",
            "checks" => "checked_on",
            _ => continue,
        };
        let copy = table.clone();
        // Day records that excuse are read whatever the date.
        let excuses = |row: &Vec<String>| org.params.excuse.contains(&copy.cell(row, "status"));
        table.rows.retain(|row| !late(copy.cell(row, dated)) || (copy.kind == "days" && excuses(row)));
        if let Some(replied) = table.column("replied_at") {
            table.rows.iter_mut().filter(|row| late(&row[replied])).for_each(|row| row[replied].clear());
        }
    }
    org
}

pub(crate) const TWIN: &str = "M555";

/// With one more manager, who does everything M001 does at customers of his own: no window and no month gets longer.
pub(crate) fn with_twin(org: &Org, seed: u64) -> Org {
    let mut org = org.clone();
    for table in &mut org.tables {
        let Some(manager) = table.column("manager_id") else { continue };
        let mut twins: Vec<Vec<String>> = table.rows.iter().filter(|row| row[manager] == "M001").cloned().collect();
        for row in &mut twins {
            row[manager] = TWIN.to_string();
            for name in ["customer_id", "visit_id", "inquiry_id"] {
                if let Some(cell) = table.column(name).map(|at| &mut row[at]).filter(|cell| !cell.is_empty()) {
                    cell.insert(0, 'T');
                }
            }
            if let (Some(phone), "managers") = (table.column("phone"), table.kind) {
                row[phone] = super::org::own_number(TWIN);
            }
        }
        insert_anywhere(table, twins, seed);
    }
    org
}

fn insert_anywhere(table: &mut Table, rows: Vec<Vec<String>>, seed: u64) {
    let mut draw = Draw::new(seed ^ 3);
    // In their order, so that ties among them stay as they are.
    let mut places: Vec<usize> = rows.iter().map(|_| draw.below(table.rows.len() + 1)).collect();
    places.sort_unstable();
    for (row, place) in rows.into_iter().zip(places).rev() {
        table.rows.insert(place, row);
    }
}

/// Rows that end as blank or total, or are rejected and name neither a manager nor a customer (SPEC §1.1, §2.3): in the
/// middle of others, with their ids, some at later dates.
pub(crate) fn with_unusable(org: &Org, seed: u64) -> Org {
    let (mut org, mut draw) = (org.clone(), Draw::new(seed ^ 4));
    for table in &mut org.tables {
        for _ in 0..draw.below(5) {
            if table.rows.is_empty() {
                continue;
            }
            let mut row = table.rows[draw.below(table.rows.len())].clone();
            match draw.below(4) {
                0 => row.iter_mut().for_each(String::clear),
                1 => {
                    row.iter_mut().for_each(String::clear);
                    row[draw.below(2)] = draw.pick(&["合计", "总计", "小计"]).to_string();
                }
                _ => {
                    let later = org.month.plus(1).first().to_string();
                    row.iter_mut().filter(|c| c.len() == 19).for_each(|c| c.replace_range(..10, &later));
                    for name in ["manager_id", "own_number", "customer_id"] {
                        if let Some(at) = table.column(name) {
                            row[at] = draw.pick(&["", "-", "1.38E+10", "#N/A"]).to_string();
                        }
                    }
                }
            }
            let place = draw.below(table.rows.len() + 1);
            table.rows.insert(place, row);
        }
    }
    org
}

/// Unusable rows, and cells that cannot be read in rows that are used.
pub(crate) fn with_junk(org: &Org, seed: u64) -> Org {
    let (mut org, mut draw) = (with_unusable(org, seed), Draw::new(seed ^ 6));
    let names = [
        "opened_on",
        "visit_cycle",
        "ended_at",
        "planned",
        "direction",
        "seq",
        "status",
        "period",
        "replied_at",
        "result",
    ];
    for table in &mut org.tables {
        for name in names {
            if let (Some(at), true) = (table.column(name), !table.rows.is_empty()) {
                let row = draw.below(table.rows.len());
                table.rows[row][at] = "甲乙".to_string();
            }
        }
    }
    org
}
