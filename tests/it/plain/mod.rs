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
//! Where the contract leaves a choice, this reading takes the following. Windows hold no date after the run's H. Rows
//! after `--as-of` take no part in finding strays. The branch of managers without one is one branch, with a horizon of its
//! own. A customer nobody knows is not open, so no reschedule is asked for. The working days "up to the deadline" of a
//! reschedule begin the day after d. The services that count for a period late, in its grace, are taken in the order of
//! their dates, whether they add to it or not. A call of unknown direction is taken for an outgoing one, as an empty cell
//! is, before anything is in doubt. A rejected row without any legible date is tried on the dates of a rule one by one; of
//! units of a month it is one of its rows.
//!
//! Rules left to their own tests: travel-speed, geofence, and those of records that hardly can be true.

pub mod cadence;
mod cases;
pub mod cells;
pub mod compare;
pub mod day_rules;
pub mod doubt;
pub mod draw;
pub mod fates;
pub mod month;
pub mod org;
pub mod org_days;
pub mod org_desk;
pub mod params;
pub mod period_rules;
pub mod plant;
pub mod program;
pub mod proof_rules;
pub mod read;
pub mod records;
pub mod rejected;
pub mod rejected_desk;
pub mod respell;
pub mod rule;
pub mod shrink;
pub mod tally;
pub mod unknown;
pub mod unknown_days;
pub mod variants;
pub mod visit_rules;
pub mod world;

pub type Date = chrono::NaiveDate;
pub type Time = chrono::NaiveDateTime;

/// One input as rows of cells under canonical headers; written to a file by `program`, read by `read`.
#[derive(Clone, Debug)]
pub struct Table {
    pub kind: &'static str,
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(kind: &'static str, header: &[&'static str]) -> Table {
        Table { kind, header: header.to_vec(), rows: Vec::new() }
    }

    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| *h == name)
    }

    /// The cell of a row, empty where the column is missing.
    pub fn cell<'a>(&self, row: &'a [String], name: &str) -> &'a str {
        self.column(name).map_or("", |at| row[at].as_str())
    }

    pub fn push(&mut self, cells: &[(&str, &str)]) {
        let mut row = vec![String::new(); self.header.len()];
        for (name, cell) in cells {
            row[self.column(name).unwrap_or_else(|| panic!("no column {name}"))] = cell.to_string();
        }
        self.rows.push(row);
    }

    pub fn set(&mut self, row: usize, name: &str, cell: &str) {
        if let Some(at) = self.column(name) {
            self.rows[row][at] = cell.to_string();
        }
    }

    pub fn drop_column(&mut self, name: &str) {
        if let Some(at) = self.column(name) {
            self.header.remove(at);
            self.rows.iter_mut().for_each(|row| drop(row.remove(at)));
        }
    }
}

/// A random organisation with the question asked of it.
#[derive(Clone, Debug)]
pub struct Org {
    pub month: month::Month,
    pub as_of: Option<Date>,
    pub params: params::Params,
    pub tables: Vec<Table>,
}

impl Org {
    pub fn table(&self, kind: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.kind == kind)
    }

    pub fn has(&self, kind: &str) -> bool {
        self.table(kind).is_some()
    }

    pub fn has_column(&self, kind: &str, name: &str) -> bool {
        self.table(kind).is_some_and(|t| t.column(name).is_some())
    }
}
