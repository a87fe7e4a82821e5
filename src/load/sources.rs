//! Which tables are read, and as what (SPEC §2).

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
    /// What lies there under the name or with the header of a kind and is not read: links to nothing, folders, unknown
    /// formats, files that are called something else.
    pub unread: Vec<(Kind, String)>,
    pub passed_over: Vec<PassedOver>,
}

/// Sheets of a workbook of which others are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    pub file: String,
    /// Those that are no table of a kind.
    pub sheets: Vec<String>,
    pub hidden: Vec<String>,
}

impl Sources {
    /// Brings the files into file order: byte order of the path.
    pub fn sort(&mut self) {
        self.files.sort_by(|a, b| a.shown.as_bytes().cmp(b.shown.as_bytes()));
    }
}
