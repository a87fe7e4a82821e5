//! The rules read a second time, as plainly as possible: loops over everything, no indexes, no cleverness. What the program
//! says of a random organisation is compared with what this reading says. The sections named are those of the contract
//! (SPEC.md), which both readings follow.
//!
//! Tables (`org*`, spoilt by `plant`) become records (`cells`, `fates`, `read`), records a `world` that knows the words of
//! §1; a `rule` lists what may be its units and says of each whether it is one and what of it (`*_rules`, `cadence`).
//! `doubt` then tries what could not be read: a unit is judged again in every world that its unknown cells (`unknown*`)
//! and the rejected rows that may belong to it (`rejected*`) allow. `compare` lays this beside the program's answer,
//! `shrink` makes the folder of a difference small, `cases` are folders small enough to be judged by hand.
//!
//! `ahead` reads what is still to be done in a month (SPEC-month §1) in the same way, trying everything.
//!
//! Where the contract leaves a choice, this reading takes the following. Windows hold no date after the run's H. Rows
//! after `--as-of` take no part in finding strays. The branch of managers without one is one branch, with a horizon of its
//! own. A customer nobody knows is not open, so no reschedule is asked for. The working days "up to the deadline" of a
//! reschedule begin the day after d. The services that count for a period late, in its grace, are taken in the order of
//! their dates, whether they add to it or not. A call of unknown direction is taken for an outgoing one, as an empty cell
//! is, before anything is in doubt. What is not met in an unrecorded month is
//! not assessed rather than pending. A rejected row without any legible date is tried on the dates of a rule one by one; of
//! units of a month it is one of its rows.
//!
//! Rules left to their own tests: travel-speed, geofence, and those of records that hardly can be true.

pub(crate) mod ahead;
pub(crate) mod cadence;
mod cases;
pub(crate) mod cells;
pub(crate) mod compare;
pub(crate) mod day_rules;
pub(crate) mod doubt;
pub(crate) mod draw;
pub(crate) mod fates;
pub(crate) mod month;
pub(crate) mod org;
pub(crate) mod org_days;
pub(crate) mod org_desk;
pub(crate) mod params;
pub(crate) mod period_rules;
pub(crate) mod plant;
pub(crate) mod program;
pub(crate) mod proof_rules;
pub(crate) mod read;
pub(crate) mod records;
pub(crate) mod rejected;
pub(crate) mod rejected_desk;
pub(crate) mod respell;
pub(crate) mod rule;
pub(crate) mod shrink;
pub(crate) mod tally;
pub(crate) mod unknown;
pub(crate) mod unknown_days;
pub(crate) mod variants;
pub(crate) mod visit_rules;
pub(crate) mod world;

pub(crate) type Date = chrono::NaiveDate;
pub(crate) type Time = chrono::NaiveDateTime;

/// One input as rows of cells under canonical headers; written to a file by `program`, read by `read`.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub kind: &'static str,
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(kind: &'static str, header: &[&'static str]) -> Table {
        Table { kind, header: header.to_vec(), rows: Vec::new() }
    }

    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| *h == name)
    }

    /// The cell of a row, empty where the column is missing.
    pub(crate) fn cell<'a>(&self, row: &'a [String], name: &str) -> &'a str {
        self.column(name).map_or("", |at| row[at].as_str())
    }

    pub(crate) fn push(&mut self, cells: &[(&str, &str)]) {
        let mut row = vec![String::new(); self.header.len()];
        for (name, cell) in cells {
            row[self.column(name).unwrap_or_else(|| panic!("no column {name}"))] = cell.to_string();
        }
        self.rows.push(row);
    }

    pub(crate) fn set(&mut self, row: usize, name: &str, cell: &str) {
        if let Some(at) = self.column(name) {
            self.rows[row][at] = cell.to_string();
        }
    }

    pub(crate) fn drop_column(&mut self, name: &str) {
        if let Some(at) = self.column(name) {
            self.header.remove(at);
            self.rows.iter_mut().for_each(|row| drop(row.remove(at)));
        }
    }
}

/// A random organisation with the question asked of it.
#[derive(Clone, Debug)]
pub(crate) struct Org {
    pub month: month::Month,
    pub as_of: Option<Date>,
    pub params: params::Params,
    pub tables: Vec<Table>,
}

impl Org {
    pub(crate) fn table(&self, kind: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.kind == kind)
    }

    pub(crate) fn has(&self, kind: &str) -> bool {
        self.table(kind).is_some()
    }

    pub(crate) fn has_column(&self, kind: &str, name: &str) -> bool {
        self.table(kind).is_some_and(|t| t.column(name).is_some())
    }
}
