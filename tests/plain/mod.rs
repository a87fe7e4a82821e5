//! The rules read a second time, as plainly as possible: loops over everything, no indexes, no cleverness. What the program
//! says of a random organisation is compared with what this reading says. The sections named are those of the contract
//! (SPEC.md), which both readings follow.

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
pub mod respell;
pub mod rule;
pub mod shrink;
pub mod tally;
pub mod unknown;
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
