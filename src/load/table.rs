//! Reading one file into chunks of rows (SPEC §2.3).

use crate::lang::{say, words};
use crate::load::accounts::{CellCounts, FileInfo, Rejected};
use crate::load::body::Body;
use crate::load::context::Reading;
use crate::load::header::{self, Header};
use crate::load::header_again::HeaderAgain;
use crate::load::layout::Layout;
use crate::load::options::Options;
use crate::load::piece::{self, PartRead};
use crate::load::row::Parse;
use crate::load::sources::Source;
use crate::model::{Column, Kind};
use crate::parallel;
use crate::store::chunk::Chunk;
use crate::store::row::Row;
use crate::text::charset::{Charset, guess};
use crate::text::feed::{Feed, Head, Opening};
use crate::trouble::Trouble;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The rows of one file.
pub struct FileRows<T> {
    /// Its rows by fate are those that have met theirs already: blank and total, and those passed over.
    pub info: FileInfo,
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
}

/// How the kind's first file is laid out: the others are compared with it.
pub fn layout<T: Parse>(source: &Source, reading: Reading) -> Result<Layout, Trouble> {
    let (head, _) = open::<T>(source, reading, reading.options.encoding, &|_| ())?;
    Ok(Layout::new(T::KIND, &head.header, None))
}

fn open<'a, T: Parse>(
    source: &'a Source,
    reading: Reading<'a>,
    charset: Option<Charset>,
    progress: &'a (dyn Fn(u64) + Sync),
) -> Result<(Head<Header>, Feed<'a>), Trouble> {
    let Source { path, shown, storage, .. } = source;
    let Options { piece, mapping, max_unpacked, .. } = *reading.options;
    let opening = Opening { path, shown, storage, charset, most: max_unpacked, piece, progress };
    Feed::open(&opening, &|text| header::find(text, T::KIND, mapping, shown))
}

/// Of a file with more rejected rows than this nobody mends them; each of them is kept with its bytes.
const MOST_REJECTED: usize = 1_000_000;

/// Reads all rows of a file.
pub fn read<T: Parse>(
    number: u32,
    source: &Source,
    reading: Reading,
    first: Option<&Layout>,
) -> Result<FileRows<T>, Trouble> {
    match read_as::<T>(number, source, reading, first, reading.options.encoding)? {
        Some(rows) => Ok(rows),
        None => {
            // Far into the file it has turned out not to be UTF-8 throughout.
            let charset = guess::guess(&source.storage, &source.path, &source.shown)?;
            let rows = read_as(number, source, reading, first, Some(charset))?;
            Ok(rows.expect("an encoding that is not assumed is not given up"))
        }
    }
}

/// `None` where the encoding was assumed and is another.
fn read_as<T: Parse>(
    number: u32,
    source: &Source,
    reading: Reading,
    first: Option<&Layout>,
    charset: Option<Charset>,
) -> Result<Option<FileRows<T>>, Trouble> {
    let (head, feed) = open::<T>(source, reading, charset, reading.options.progress)?;
    let layout = Layout::new(T::KIND, &head.header, first);
    let again = HeaderAgain::new(T::KIND, reading.options.mapping, &head.header);
    let body = Body { number, shown: &source.shown, head: &head, layout: &layout, again: &again, reading };
    let (feed, rejected) = (Mutex::new(feed), AtomicUsize::new(0));
    let parts: Mutex<Vec<Result<PartRead<T>, Trouble>>> = Mutex::new(Vec::new());
    parallel::on_all_threads(&|| work(&body, &feed, &rejected, &parts));
    let parts = parts.into_inner().unwrap_or_else(PoisonError::into_inner);
    if parts.iter().flatten().any(|part| part.misread) {
        return Ok(None);
    }
    if let Some(line) = other_header(&parts) {
        return Err(again.trouble(&source.shown, head.line + line + 1));
    }
    let mut read: Vec<PartRead<T>> = parts.into_iter().collect::<Result<_, _>>()?;
    read.sort_unstable_by_key(|part| part.number);
    let mut rows = FileRows::new(FileInfo::new(number, source, &head));
    rows.info.sha256 = feed.into_inner().unwrap_or_else(PoisonError::into_inner).sha256();
    let mut line = head.line;
    for part in read {
        rows.add(part, &mut line);
    }
    rows.info.cells = rows.cells();
    Ok(Some(rows))
}

/// Takes piece after piece until there are none, one cannot be used, or more rows are rejected than can be kept.
fn work<T: Parse>(
    body: &Body,
    feed: &Mutex<Feed>,
    rejected: &AtomicUsize,
    parts: &Mutex<Vec<Result<PartRead<T>, Trouble>>>,
) {
    let mut bytes = Vec::new();
    loop {
        let next = feed.lock().unwrap_or_else(PoisonError::into_inner).next(&mut bytes);
        let part = match next {
            Ok(None) => return,
            Ok(Some(piece)) => {
                let part: PartRead<T> = piece::read(body, &bytes, &piece);
                let more = part.rejected.len();
                let is_too_many = rejected.fetch_add(more, Ordering::Relaxed) + more > MOST_REJECTED;
                if is_too_many { Err(too_many(body.shown)) } else { Ok(part) }
            }
            Err(trouble) => Err(trouble),
        };
        let usable = part.as_ref().is_ok_and(|part| !part.misread && part.other_header.is_none());
        parts.lock().unwrap_or_else(PoisonError::into_inner).push(part);
        if !usable {
            feed.lock().unwrap_or_else(PoisonError::into_inner).stop();
            return;
        }
    }
}

/// The first line, counted from the first below the header, that is a header with the columns in another order. All pieces
/// before it have been read.
fn other_header<T>(parts: &[Result<PartRead<T>, Trouble>]) -> Option<u32> {
    let parts = || parts.iter().flatten();
    let first = parts().filter(|part| part.other_header.is_some()).min_by_key(|part| part.number)?;
    let before: u32 = parts().filter(|part| part.number < first.number).map(|part| part.lines).sum();
    first.other_header.map(|line| before + line)
}

/// More rejected rows than can be kept.
fn too_many(shown: &str) -> Trouble {
    Trouble::new(say(
        format!("无法使用的行超过 {MOST_REJECTED} 行，不再读下去"),
        format!("more than {MOST_REJECTED} rows of it cannot be used, and it is not read on"),
    ))
    .file(shown)
    .remedy(words(
        "检查是否选错文件、列名对应（columns.toml）或编码（--encoding）",
        "check for a wrong file, column mapping (columns.toml) or --encoding",
    ))
}

impl<T: Row> FileRows<T> {
    fn new(info: FileInfo) -> Self {
        Self {
            info,
            chunks: vec![],
            rejected: vec![],
            legible: vec![],
            mended: vec![],
            filled: [0; Column::COUNT],
            unknown: [0; Column::COUNT],
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
        self.info.rows.join(&part.counts);
        self.info.read += part.read;
        self.info.named.join(part.named);
    }

    /// The cells of columns, but for those of rejected rows.
    fn cells(&self) -> Vec<(Column, CellCounts)> {
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
