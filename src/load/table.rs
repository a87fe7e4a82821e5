//! Reading one file into chunks of rows (SPEC §2.3).

use crate::cell::reason::Reject;
use crate::load::accounts::CellCounts;
use crate::load::archive::Archive;
use crate::load::context::Terms;
use crate::load::header::{self, Header};
use crate::load::kinds::Row;
use crate::load::layout::Layout;
use crate::load::piece::{self, PartRead};
use crate::model::{At, Column, Kind};
use crate::store::chunk::Chunk;
use crate::store::fates::Counts;
use crate::text::charset::{Charset, guess};
use crate::text::inside::Storage;
use crate::text::feed::{Feed, Head, Opening};
use crate::text::workbook::Sheet;
use crate::trouble::Trouble;
use std::sync::{Mutex, PoisonError};

/// A row that is not used because it cannot be read, with its own bytes.
#[derive(Clone, Debug)]
pub struct Rejected {
    pub at: At,
    pub reject: Reject,
    pub bytes: Box<[u8]>,
    /// Rows with the same digest are repeats.
    pub digest: u64,
}

/// How a file is written.
#[derive(Clone, Debug)]
pub struct Dialect {
    pub charset: Charset,
    pub delimiter: u8,
    /// The byte order mark and the header's own bytes, to head a file of rejected rows.
    pub head: Vec<u8>,
    /// On which line the header stands.
    pub header_line: u32,
    pub columns: Vec<Column>,
    /// Headers of columns that another header already gives.
    pub unused: Vec<String>,
    /// Headers that name no column of the kind.
    pub unknown: Vec<String>,
    /// The sheet of a workbook; its charset and delimiter are those of the text made of it.
    pub sheet: Option<Sheet>,
}

/// The rows of one file.
pub struct FileRows<T> {
    pub dialect: Dialect,
    pub sha256: String,
    /// In file order.
    pub chunks: Vec<Chunk<T>>,
    pub rejected: Vec<Rejected>,
    /// What can be read of those.
    pub legible: Vec<Chunk<T>>,
    /// The digests of rejected rows that others have been put in place of.
    pub mended: Vec<u64>,
    /// How many cells of each column are filled, and how many of them cannot be read; in rows that are not rejected.
    filled: [u64; Column::COUNT],
    unknown: [u64; Column::COUNT],
    /// Rows that have met their fate already: blank and total, and those passed over.
    pub counts: Counts,
    /// All rows below the header: in the end the fates must add up to them.
    pub read: u64,
}

/// What reading a file depends on besides its bytes.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub terms: Terms<'a>,
    pub encoding: Option<Charset>,
    /// What customers are numbered by, but for the archive's own files.
    pub archive: &'a Archive,
    /// How many bytes are read at a time.
    pub piece: usize,
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// The file to be read: its number in file order, and its name.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    pub number: u32,
    pub path: &'a std::path::Path,
    pub shown: &'a str,
    pub storage: &'a Storage,
}

/// How the kind's first file is laid out: the others are compared with it.
pub fn layout<T: Row>(named: Named, reading: &Reading) -> Result<Layout, Trouble> {
    let (head, _) = open::<T>(named, reading, reading.encoding)?;
    Ok(Layout::new(T::KIND, &head.header, None))
}

fn open<'a, T: Row>(
    named: Named<'a>,
    reading: &Reading<'a>,
    charset: Option<Charset>,
) -> Result<(Head<Header>, Feed<'a>), Trouble> {
    let Named { path, shown, storage, .. } = named;
    let opening = Opening { path, shown, storage, charset, piece: reading.piece, progress: reading.progress };
    Feed::open(&opening, &|text| header::find(text, T::KIND, reading.terms.mapping, shown))
}

/// Reads all rows of a file.
pub fn read<T: Row>(named: Named, reading: &Reading, first: Option<&Layout>) -> Result<FileRows<T>, Trouble> {
    match read_as::<T>(named, reading, first, reading.encoding)? {
        Some(rows) => Ok(rows),
        None => {
            // Far into the file it has turned out not to be UTF-8 throughout.
            let charset = guess::guess(named.storage, named.path, named.shown)?;
            let rows = read_as(named, reading, first, Some(charset))?;
            Ok(rows.expect("an encoding that is not assumed is not given up"))
        }
    }
}

/// `None` where the encoding was assumed and is another.
fn read_as<T: Row>(
    named: Named,
    reading: &Reading,
    first: Option<&Layout>,
    charset: Option<Charset>,
) -> Result<Option<FileRows<T>>, Trouble> {
    let (head, feed) = open::<T>(named, reading, charset)?;
    let layout = Layout::new(T::KIND, &head.header, first);
    let body = Body { head: &head, layout: &layout, named, reading };
    let feed = Mutex::new(feed);
    let parts: Mutex<Vec<Result<PartRead<T>, Trouble>>> = Mutex::new(Vec::new());
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads() {
            scope.spawn(|_| body.work(&feed, &parts));
        }
    });
    let mut read: Vec<PartRead<T>> =
        parts.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect::<Result<_, _>>()?;
    if read.iter().any(|part| part.misread) {
        return Ok(None);
    }
    read.sort_unstable_by_key(|part| part.number);
    let sha256 = feed.into_inner().unwrap_or_else(PoisonError::into_inner).sha256();
    let mut rows = FileRows::new(&head, sha256);
    let mut line = head.line;
    for part in read {
        rows.add(part, &mut line);
    }
    Ok(Some(rows))
}

/// What the pieces of a file have in common.
pub(super) struct Body<'a> {
    pub head: &'a Head<Header>,
    pub layout: &'a Layout,
    pub named: Named<'a>,
    pub reading: &'a Reading<'a>,
}

impl Body<'_> {
    /// Takes piece after piece until there are none, or one cannot be used.
    fn work<T: Row>(&self, feed: &Mutex<Feed>, parts: &Mutex<Vec<Result<PartRead<T>, Trouble>>>) {
        let mut bytes = Vec::new();
        loop {
            let next = feed.lock().unwrap_or_else(PoisonError::into_inner).next(&mut bytes);
            let part = match next {
                Ok(None) => return,
                Ok(Some(piece)) => Ok(piece::read(self, &bytes, &piece)),
                Err(trouble) => Err(trouble),
            };
            let usable = part.as_ref().is_ok_and(|part| !part.misread);
            parts.lock().unwrap_or_else(PoisonError::into_inner).push(part);
            if !usable {
                feed.lock().unwrap_or_else(PoisonError::into_inner).stop();
                return;
            }
        }
    }
}

impl<T: Row> FileRows<T> {
    fn new(head: &Head<Header>, sha256: String) -> Self {
        let header = &head.header;
        let dialect = Dialect {
            charset: head.charset,
            delimiter: header.delimiter,
            head: head.bytes.clone(),
            header_line: header.line,
            columns: header.columns.iter().map(|(column, _)| *column).collect(),
            unused: header.unused.clone(),
            unknown: header.unknown.clone(),
            sheet: head.sheet.clone(),
        };
        Self {
            dialect,
            sha256,
            chunks: vec![],
            rejected: vec![],
            legible: vec![],
            mended: vec![],
            filled: [0; Column::COUNT],
            unknown: [0; Column::COUNT],
            counts: Counts::default(),
            read: 0,
        }
    }

    /// Adds the next piece, whose lines begin behind `line`.
    fn add(&mut self, part: PartRead<T>, line: &mut u32) {
        for mut rejected in part.rejected {
            rejected.at.line += *line + 1;
            self.rejected.push(rejected);
        }
        for mut chunk in part.chunks {
            chunk.first_line = *line;
            if !chunk.rows.is_empty() {
                self.chunks.push(chunk);
            }
        }
        for mut chunk in part.legible {
            chunk.first_line = *line;
            self.legible.push(chunk);
        }
        for column in Kind::fields(T::KIND).iter().map(|field| field.column) {
            self.filled[column as usize] += part.filled.count(column);
            self.unknown[column as usize] += part.unknown.count(column);
        }
        *line += part.lines;
        self.counts.join(&part.counts);
        self.read += part.read;
    }

    /// The cells of columns, but for those of rejected rows.
    pub fn cells(&self) -> Vec<(Column, CellCounts)> {
        let counts = |column: Column| {
            let (filled, unknown) = (self.filled[column as usize], self.unknown[column as usize]);
            (column, CellCounts { filled, unknown })
        };
        let columns = T::KIND.fields().iter().map(|field| counts(field.column));
        columns.filter(|(_, counts)| counts.filled > 0).collect()
    }

    /// Rows that could be read.
    pub fn count(&self) -> u64 {
        self.chunks.iter().map(|chunk| chunk.rows.len() as u64).sum()
    }
}
