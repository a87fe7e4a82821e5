//! Which tables are read, and as what (SPEC §2).

use crate::lang::Words;
use crate::load::folders::Folder;
use crate::model::Kind;
use crate::text::inside::Storage;
use std::path::PathBuf;

/// A table of the run: a file of text, or a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub kind: Kind,
    pub path: PathBuf,
    /// The name that evidence shows: within the data folder its file name, else the path as given; of several sheets also
    /// the sheet's: `visits.xlsx[东城]`.
    pub shown: String,
    pub storage: Storage,
}

/// The tables of the run in file order, and what else lay in the data folder.
#[derive(Debug, Default)]
pub struct Sources {
    pub files: Vec<Source>,
    /// Names of files that no kind claims, or whose format is not read.
    pub unclaimed: Vec<String>,
    pub unread: Vec<Unread>,
    /// What is claimed by no kind, but would be of one but for columns that it lacks: told where the run needs such a table.
    pub near: Vec<Unread>,
    pub passed_over: Vec<PassedOver>,
    pub folders: Vec<Folder>,
}

/// What lies there under the name or with the header of a kind, and is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub source: Source,
    pub why: Why,
    /// What would have it read, where that can be told from its cells.
    pub remedy: Option<Words>,
}

/// Why it is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is a link to nothing, a folder, of a format that is not read, or is called something else.
    NoTable,
    /// The sheet is hidden.
    Hidden,
    /// Columns that a table of the kind must have cannot be found.
    Lacks(Vec<&'static str>),
    /// It is a matrix with a column a day, from the first to the last named.
    Matrix(String, String),
    /// It begins with rows like those of a sheet that is read, which is named.
    NoHeader(String),
}

/// Sheets of a workbook of which others are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    pub file: String,
    /// Those that are no table of a kind.
    pub sheets: Vec<String>,
    /// Those that could be tables of another kind than the workbook's name says, but have too few of its columns.
    pub unclear: Vec<String>,
    pub hidden: Vec<String>,
}

impl Unread {
    pub(super) fn new(source: Source, why: Why) -> Self {
        Self { source, why, remedy: None }
    }
}

impl Sources {
    /// Brings the files into file order: byte order of the path.
    pub fn sort(&mut self) {
        self.files.sort_by(|a, b| a.shown.as_bytes().cmp(b.shown.as_bytes()));
    }
}
