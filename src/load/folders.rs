//! Folders in the data folder: they are not looked into, and what tables stand there is said.

use crate::load::file_names::is_table;
use std::path::Path;

/// So deep, and so many, tables are looked for.
const DEEPEST: usize = 4;
const MOST: usize = 10_000;

/// A folder in the data folder that holds tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    pub name: String,
    /// Their names within it.
    pub tables: Vec<String>,
}

impl Folder {
    /// Its tables, as they are called from the data folder.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        self.tables.iter().map(|table| format!("{}/{table}", self.name))
    }
}

/// What tables a folder holds; `None` without any.
pub(super) fn look(name: &str, path: &Path) -> Option<Folder> {
    let mut tables = Vec::new();
    add_tables(path, "", DEEPEST, &mut tables);
    tables.sort();
    (!tables.is_empty()).then(|| Folder { name: name.to_owned(), tables })
}

/// Adds the tables of a folder; what cannot be read, and links, are passed over.
fn add_tables(path: &Path, within: &str, deep: usize, tables: &mut Vec<String>) {
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(file_type) = entry.file_type() else { continue };
        if name.starts_with(['.', '~']) || tables.len() >= MOST {
            continue;
        }
        if file_type.is_file() && is_table(&name) {
            tables.push(format!("{within}{name}"));
        } else if file_type.is_dir() && deep > 1 {
            add_tables(&entry.path(), &format!("{within}{name}/"), deep - 1, tables);
        }
    }
}
