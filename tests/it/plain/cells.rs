//! What a cell says (SPEC §2.2): a value, nothing, or what nobody can read.

use super::org::NUMBERS;
use super::{Date, Table, Time};

/// Cells that are there and cannot be read, in whatever column they stand.
pub(crate) const UNREADABLE: [&str; 7] =
    ["甲乙", "#N/A", "138****1234", "1.38E+10", "2026-13-01", "26-1-1", "09/10/2026"];

/// A row as it was written.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub table: &'a Table,
    pub cells: &'a [String],
}

impl<'a> Row<'a> {
    /// The cell, empty where it is empty, unreadable or has no column.
    pub(crate) fn get(&self, name: &str) -> &'a str {
        match self.table.cell(self.cells, name) {
            "-" => "",
            cell if UNREADABLE.contains(&cell) => "",
            cell => cell,
        }
    }

    pub(crate) fn unreadable(&self, name: &str) -> bool {
        UNREADABLE.contains(&self.table.cell(self.cells, name))
    }

    pub(crate) fn missing(&self, name: &str) -> bool {
        self.get(name).is_empty()
    }

    /// The columns whose cells cannot be read.
    pub(crate) fn unknown(&self) -> Vec<&'static str> {
        self.table.header.iter().copied().filter(|name| self.unreadable(name)).collect()
    }

    pub(crate) fn or(&self, name: &str, empty: &str) -> String {
        if self.missing(name) { empty.to_string() } else { self.get(name).to_string() }
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).to_string()
    }

    pub(crate) fn yes(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }

    pub(crate) fn date(&self, name: &str) -> Option<Date> {
        self.get(name).get(..10).map(|d| d.parse().unwrap_or_else(|_| panic!("not a date: {d}")))
    }

    /// A time; a date alone is its midnight.
    pub(crate) fn time(&self, name: &str) -> Option<Time> {
        let cell = self.get(name).replace(' ', "T");
        let whole = match cell.len() {
            0 => return None,
            10 => format!("{cell}T00:00:00"),
            16 => format!("{cell}:00"),
            _ => cell,
        };
        Some(whole.parse().unwrap_or_else(|_| panic!("not a time: {whole}")))
    }

    /// Whether a time was written to the minute only.
    pub(crate) fn in_minutes(&self, name: &str) -> bool {
        self.get(name).len() == 16
    }

    pub(crate) fn numbers(&self, name: &str) -> Vec<String> {
        let cell = self.get(name);
        let (_, known) =
            NUMBERS.iter().find(|(written, _)| *written == cell).unwrap_or_else(|| panic!("number {cell}"));
        known.iter().map(|n| n.to_string()).collect()
    }

    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        self.get(name).split([';', '；']).filter(|i| !i.is_empty()).map(str::to_string).collect()
    }
}
