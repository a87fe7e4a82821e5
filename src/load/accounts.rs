//! What reading comes to besides the records: what became of files and rows (SPEC §2.3).

use crate::cell::reason::{Bad, Reject};
use crate::load::context::Counted;
use crate::load::folders::Folder;
use crate::load::header::Header;
use crate::load::mapping::ColumnsFile;
use crate::load::sources::{PassedOver, Source, Unread};
use crate::model::*;
use crate::store::fates::Counts;
use crate::text::feed::Head;
use crate::text::workbook::Sheet;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An input file: how it is written, and what became of its rows.
#[derive(Debug)]
pub struct FileInfo {
    /// In file order.
    pub number: u32,
    pub source: Source,
    pub sha256: String,
    /// That of a text, or the format of a workbook.
    pub encoding: &'static str,
    /// `None` where the cells are those of a workbook.
    pub delimiter: Option<char>,
    /// The sheet of a workbook.
    pub sheet: Option<Sheet>,
    /// The byte order mark and the header's own bytes, to head a file of rejected rows.
    pub head: Vec<u8>,
    /// On which line the header stands, the first being 1.
    pub header_line: u32,
    /// The columns that the file has, in the contract's order.
    pub columns: Vec<Column>,
    /// Headers of columns that another header already gives, and those that name no column.
    pub unused: Vec<String>,
    pub unknown: Vec<String>,
    /// Rows by fate, as far as it is known.
    pub rows: Counts,
    /// All rows below the header: in the end the fates must add up to them.
    pub read: u64,
    /// How many rows name their manager or customer by name.
    pub named: Counted,
    /// Columns of ids that the file has not, but names in their place.
    pub by_name: ColumnSet,
    pub bad_cells: u64,
    /// The cells of columns, but for those of rejected rows.
    pub cells: Vec<(Column, CellCounts)>,
}

/// The cells of a column that are not empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellCounts {
    pub filled: u64,
    /// Of them those that cannot be read.
    pub unknown: u64,
}

impl CellCounts {
    /// Fewer unknown cells than this in a column are slips.
    const LEAST: u64 = 10;

    pub fn join(&mut self, other: Self) {
        self.filled += other.filled;
        self.unknown += other.unknown;
    }

    /// Enough of the column cannot be read to stand in the way (SPEC §1.2): from 5% on, and from 10 cells on.
    pub fn is_obstacle(self) -> bool {
        self.unknown >= Self::LEAST && self.unknown * 20 >= self.filled
    }

    /// So much of it that its empty cells say nothing.
    pub fn is_unreadable(self) -> bool {
        self.is_obstacle() && self.unknown * 2 > self.filled
    }
}

/// The cells of each column over all files of its kind.
pub fn cells_of(inputs: &[FileInfo]) -> BTreeMap<(Kind, Column), CellCounts> {
    let mut columns: BTreeMap<(Kind, Column), CellCounts> = BTreeMap::new();
    for input in inputs {
        for (column, counts) in &input.cells {
            columns.entry((input.source.kind, *column)).or_default().join(*counts);
        }
    }
    columns
}

impl FileInfo {
    /// A file of which only the beginning has been read.
    pub fn new(number: u32, source: &Source, head: &Head<Header>) -> Self {
        let Head { header, sheet, .. } = head;
        Self {
            number,
            source: source.clone(),
            sha256: String::new(),
            encoding: sheet.as_ref().map_or(head.charset.name(), |sheet| sheet.format),
            delimiter: sheet.is_none().then_some(char::from(header.delimiter)),
            sheet: sheet.clone(),
            head: head.bytes.clone(),
            header_line: header.line,
            columns: header.columns.iter().map(|(column, _)| *column).collect(),
            unused: header.unused.clone(),
            unknown: header.unknown.clone(),
            rows: Counts::default(),
            read: 0,
            named: Counted::default(),
            by_name: header.by_name,
            bad_cells: 0,
            cells: vec![],
        }
    }

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

/// A row that is not used because it cannot be read, with its own bytes.
#[derive(Clone, Debug)]
pub struct Rejected {
    pub at: At,
    pub reject: Reject,
    pub bytes: Box<[u8]>,
    /// Rows with the same digest are repeats.
    pub digest: u64,
}

/// What became of the rows.
pub struct Accounts {
    pub inputs: Arc<Vec<FileInfo>>,
    /// Rows set aside for their dates, which lie far from all others.
    pub stray: Vec<Stray>,
    pub rejected: Vec<Rejected>,
    pub bad_cells: Vec<BadCells>,
    /// How many sorts of them there are, whosever they are.
    pub sorts_of_bad_cells: u64,
    /// In the order of the kinds that rows compete in, then of the file.
    pub superseded: Vec<Superseded>,
    /// Files of the data folder that were not read.
    pub unclaimed: Vec<String>,
    /// What lies in the data folder under the name or with the header of a kind and was not read.
    pub unread: Vec<Unread>,
    /// Sheets of workbooks of which others were read.
    pub passed_over: Vec<PassedOver>,
    /// Folders in the data folder that hold tables.
    pub folders: Vec<Folder>,
    /// The columns.toml files in force.
    pub columns: Vec<ColumnsFile>,
    /// Whether they are told to one manager: of others' rows there are only numbers.
    pub are_own: bool,
}

impl Accounts {
    /// What of them is a manager's business: of rows that cannot be used those that name him, given in file order. Of
    /// everything else, which may be anybody's, only the numbers are left.
    pub fn of_one(&self, id: ManagerId, naming: impl IntoIterator<Item = At>) -> Self {
        let rejected = |at| self.rejected.binary_search_by_key(&at, |row| row.at).ok();
        Self {
            inputs: Arc::clone(&self.inputs),
            stray: self.stray.iter().filter(|row| row.manager == id).copied().collect(),
            rejected: naming.into_iter().filter_map(rejected).map(|at| self.rejected[at].clone()).collect(),
            bad_cells: vec![],
            sorts_of_bad_cells: self.sorts_of_bad_cells,
            superseded: vec![],
            unclaimed: vec![],
            unread: vec![],
            passed_over: vec![],
            folders: vec![],
            columns: self.columns.clone(),
            are_own: true,
        }
    }

    /// How many rows were rejected, whoever's they are.
    pub fn rows_rejected(&self) -> u64 {
        self.inputs.iter().map(|input| input.rows.rejected).sum()
    }

    /// How many cells could not be read, likewise.
    pub fn cells_unread(&self) -> u64 {
        self.inputs.iter().map(|input| input.bad_cells).sum()
    }

    /// Whether what is told of cells that cannot be used may hold telephone numbers.
    pub fn tell_phones(&self) -> bool {
        let is_phone =
            |column: Column| matches!(column, Column::Phone | Column::Phone2 | Column::Number | Column::OwnNumber);
        self.rejected.iter().any(|row| row.reject.column.is_none_or(is_phone))
            || self.bad_cells.iter().any(|group| is_phone(group.bad.column))
    }
}

/// A row with a date far from all others, as a mistyped year makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stray {
    pub kind: Kind,
    pub manager: ManagerId,
    pub date: NaiveDate,
    pub at: At,
}
