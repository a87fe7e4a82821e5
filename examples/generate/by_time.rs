//! Rows that come manager by manager, put in order of time. They wait on disk, a nameless file for each date, so that
//! memory holds the rows of one date at most: some 10 MB of a province, 150 MB of a nation.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use chrono::NaiveDate;

/// In front of each waiting row: its place and its length, four bytes each.
const HEAD: usize = 8;

pub struct ByTime {
    folder: PathBuf,
    dates: BTreeMap<NaiveDate, BufWriter<File>>,
}

impl ByTime {
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), dates: BTreeMap::new() }
    }

    pub fn push(&mut self, date: NaiveDate, place: u32, row: &[u8]) -> Result<()> {
        let file = match self.dates.entry(date) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                let file = tempfile::tempfile_in(&self.folder)
                    .with_context(|| format!("cannot keep rows in {}", self.folder.display()))?;
                new.insert(BufWriter::with_capacity(1 << 16, file))
            }
        };
        file.write_all(&place.to_le_bytes())?;
        file.write_all(&u32::try_from(row.len())?.to_le_bytes())?;
        Ok(file.write_all(row)?)
    }

    pub fn write(self, out: &mut impl Write) -> Result<()> {
        for file in self.dates.into_values() {
            let mut file = file.into_inner()?;
            file.rewind()?;
            let mut waiting = Vec::new();
            file.read_to_end(&mut waiting)?;
            let mut rows = rows(&waiting);
            // Stable: rows of one place stay in the managers' order.
            rows.sort_by_key(|(place, _)| *place);
            rows.into_iter().try_for_each(|(_, row)| out.write_all(row))?;
        }
        Ok(())
    }
}

fn rows(mut waiting: &[u8]) -> Vec<(u32, &[u8])> {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
    let mut rows = Vec::new();
    while let Some((head, rest)) = waiting.split_at_checked(HEAD) {
        let (row, rest) = rest.split_at(number(&head[4..]) as usize);
        rows.push((number(&head[..4]), row));
        waiting = rest;
    }
    rows
}
