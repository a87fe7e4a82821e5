//! What reading comes to besides the records: what became of files and rows (SPEC §2.3).

use crate::cell::reason::Bad;
use crate::load::mapping::ColumnsFile;
use crate::load::sources::Source;
use crate::load::table::Rejected;
use crate::model::*;
use crate::store::fates::Counts;
use crate::text::workbook::Sheet;
use chrono::NaiveDate;

/// An input file and what became of its rows.
#[derive(Debug)]
pub struct Input {
    pub source: Source,
    pub sha256: String,
    /// That of a text, or `xlsx` or `xls`.
    pub encoding: &'static str,
    /// `None` where the cells are those of a workbook.
    pub delimiter: Option<char>,
    /// The sheet of a workbook, and those that were not read though none was asked for.
    pub sheet: Option<Sheet>,
    pub head: Vec<u8>,
    /// On which line the header stands, the first being 1.
    pub header_line: u32,
    /// The columns that the file has, in the contract's order.
    pub columns: Vec<Column>,
    /// Headers of columns that another header already gives, and those that name no column.
    pub unused: Vec<String>,
    pub unknown: Vec<String>,
    pub rows: Counts,
    pub bad_cells: u64,
}

impl Input {
    /// The encoding, or the kind of workbook with the sheet's name: `xlsx[拜访]`.
    pub fn format(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{}[{}]", self.encoding, sheet.name),
            None => self.encoding.to_owned(),
        }
    }
}

/// Unreadable cells with the same content, and where the first of them stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCells {
    pub kind: Kind,
    pub bad: Bad,
    pub count: u64,
    pub first: At,
}

/// A row that another one stands for, and that other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Superseded {
    pub kind: Kind,
    pub loser: At,
    pub winner: At,
}

/// What became of the rows.
pub struct Accounts {
    pub inputs: Vec<Input>,
    /// Rows set aside for their dates, which lie far from all others.
    pub stray: Vec<Stray>,
    pub rejected: Vec<Rejected>,
    pub bad_cells: Vec<BadCells>,
    /// In the order of the kinds that rows compete in, then of the file.
    pub superseded: Vec<Superseded>,
    /// Files of the data folder that were not read.
    pub unclaimed: Vec<String>,
    /// The columns.toml files in force.
    pub columns: Vec<ColumnsFile>,
}

/// A row with a date far from all others, as a mistyped year makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stray {
    pub kind: Kind,
    pub manager: ManagerId,
    pub date: NaiveDate,
    pub at: At,
}
