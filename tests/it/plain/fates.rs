//! What becomes of rows (SPEC §2.3), in its order, as far as verdicts hang on it: repeat, rejected, stray, not read, superseded.

use super::cells::Row;
use super::{Date, Org, Time};

/// The rows of a kind, repeats dropped.
pub(crate) fn rows<'a>(org: &'a Org, kind: &str) -> Vec<Row<'a>> {
    let Some(table) = org.table(kind) else { return Vec::new() };
    let mut out: Vec<Row> = Vec::new();
    for cells in table.rows.iter().filter(|cells| !blank_or_total(cells)) {
        if !out.iter().any(|earlier| earlier.cells == cells) {
            out.push(Row { table, cells });
        }
    }
    if kind == "visits" { sent_once(out) } else { out }
}

fn blank_or_total(cells: &[String]) -> bool {
    let first = cells.iter().find(|c| !c.is_empty());
    first.is_none_or(|c| ["合计", "总计", "小计"].contains(&c.as_str()))
}

/// Visits that differ in nothing but visit_id and uploaded_at are one visit sent twice: the earliest uploaded is used.
fn sent_once(rows: Vec<Row>) -> Vec<Row> {
    let rest = |row: &Row| {
        let mut cells = row.cells.to_vec();
        for name in ["visit_id", "uploaded_at"] {
            if let Some(at) = row.table.column(name) {
                cells[at].clear();
            }
        }
        cells
    };
    let rests: Vec<Vec<String>> = rows.iter().map(rest).collect();
    let stamp = |at: usize| (rows[at].missing("uploaded_at"), rows[at].time("uploaded_at"), at);
    let sent_before = |at: usize| (0..rows.len()).any(|other| rests[other] == rests[at] && stamp(other) < stamp(at));
    (0..rows.len()).filter(|at| !sent_before(*at)).map(|at| rows[at]).collect()
}

/// Whether a key cell is missing (§2.1).
pub(crate) fn rejected(row: &Row) -> bool {
    let keys: &[&str] = match row.table.kind {
        "customers" => &["customer_id", "manager_id"],
        "visits" => &["manager_id", "customer_id", "mode"],
        "calls" if row.table.column("manager_id").is_some() => &["manager_id", "number", "started_at", "seconds"],
        "calls" => &["own_number", "number", "started_at", "seconds"],
        "plans" => &["manager_id", "customer_id", "date"],
        "days" => &["manager_id", "date"],
        "managers" => &["manager_id"],
        "services" => &["manager_id", "item", "done_on"],
        "inquiries" => &["manager_id", "received_at"],
        "checks" => &["manager_id", "customer_id"],
        other => panic!("no such kind: {other}"),
    };
    let visit = row.table.kind == "visits";
    let may_lack_start = row.get("outcome") == "not_visited" || row.get("source") == "paper";
    let start = visit && row.missing("started_at") && (row.unreadable("started_at") || !may_lack_start);
    keys.iter().any(|key| row.missing(key)) || start || (visit && row.unreadable("outcome"))
}

/// Dated after `--as-of`: not read (§1, horizon).
pub(crate) fn late(org: &Org, date: Option<Date>) -> bool {
    org.as_of.is_some_and(|limit| date.is_some_and(|d| d > limit))
}

/// Which of the dates are stray (§1): those in a small group, beside a larger one, with more than 31 days between.
pub(crate) fn strays(dates: &[Date]) -> Vec<bool> {
    let mut sorted = dates.to_vec();
    sorted.sort_unstable();
    let mut groups: Vec<Vec<Date>> = Vec::new();
    for date in sorted {
        match groups.last_mut() {
            Some(group) if (date - *group.last().unwrap()).num_days() <= 31 => group.push(date),
            _ => groups.push(vec![date]),
        }
    }
    let largest = groups.iter().map(Vec::len).max().unwrap_or(0);
    let stray = |date: &Date| {
        let size = groups.iter().find(|group| group.contains(date)).unwrap().len();
        size < largest && (size <= 5 || size * 100 < dates.len())
    };
    dates.iter().map(stray).collect()
}

/// The rows less the stray ones.
pub(crate) fn without_strays<T>(rows: Vec<T>, date: impl Fn(&T) -> Date) -> Vec<T> {
    let stray = strays(&rows.iter().map(date).collect::<Vec<_>>());
    rows.into_iter().zip(stray).filter(|(_, stray)| !stray).map(|(row, _)| row).collect()
}

/// Of rows that are alike the one with the latest stamp is used, else the latest in file order: one such row supersedes.
pub(crate) fn superseded(rows: &[Row], at: usize, stamp: &str, alike: impl Fn(&Row, &Row) -> bool) -> bool {
    let key = |at: usize| -> (Option<Time>, usize) { (rows[at].time(stamp), at) };
    (0..rows.len()).any(|other| other != at && alike(&rows[at], &rows[other]) && key(other) > key(at))
}
