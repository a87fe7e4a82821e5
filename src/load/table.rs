//! Reading one file into chunks of rows (SPEC §2.3).

use crate::cell::reason::{Reason, Reject};
use crate::load::archive::Archive;
use crate::load::context::{ParseContext, Terms};
use crate::load::fields::{Content, Fields};
use crate::load::header::{self, Header};
use crate::load::kinds::Row;
use crate::load::layout::Layout;
use crate::load::row::Cells;
use crate::model::{At, Column, Interner, Kind};
use crate::store::arena::Arena;
use crate::store::chunk::{Chunk, Growing, MOST_ROWS, RowRead};
use crate::store::fates::Counts;
use crate::text::charset::decoded::{Decoded, Origin};
use crate::text::charset::{Charset, guess};
use crate::text::csv::reader::Records;
use crate::text::feed::{Feed, Head, Opening, Piece};
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
    /// The sheets that are read of workbooks which have them.
    pub sheets: &'a [String],
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
    let Named { path, shown, .. } = named;
    let opening =
        Opening { path, shown, charset, sheets: reading.sheets, piece: reading.piece, progress: reading.progress };
    Feed::open(&opening, &|text| header::find(text, T::KIND, reading.terms.mapping, shown))
}

/// Reads all rows of a file.
pub fn read<T: Row>(named: Named, reading: &Reading, first: Option<&Layout>) -> Result<FileRows<T>, Trouble> {
    match read_as::<T>(named, reading, first, reading.encoding)? {
        Some(rows) => Ok(rows),
        None => {
            // Far into the file it has turned out not to be UTF-8 throughout.
            let charset = guess::guess(named.path, named.shown)?;
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
struct Body<'a> {
    head: &'a Head<Header>,
    layout: &'a Layout,
    named: Named<'a>,
    reading: &'a Reading<'a>,
}

/// What became of a piece of a file.
struct PartRead<T> {
    number: usize,
    chunks: Vec<Chunk<T>>,
    rejected: Vec<Rejected>,
    legible: Vec<Chunk<T>>,
    counts: Counts,
    read: u64,
    lines: u32,
    /// The encoding was assumed, and this piece is not in it.
    misread: bool,
}

impl Body<'_> {
    /// Takes piece after piece until there are none, or one cannot be used.
    fn work<T: Row>(&self, feed: &Mutex<Feed>, parts: &Mutex<Vec<Result<PartRead<T>, Trouble>>>) {
        let mut bytes = Vec::new();
        loop {
            let next = feed.lock().unwrap_or_else(PoisonError::into_inner).next(&mut bytes);
            let part = match next {
                Ok(None) => return,
                Ok(Some(piece)) => Ok(self.read(&bytes, &piece)),
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

    fn read<T: Row>(&self, bytes: &[u8], piece: &Piece) -> PartRead<T> {
        let head = self.head;
        let mut part = PartRead::new(piece.number);
        let Decoded { text, is_broken } = Decoded::new(bytes, head.charset);
        if is_broken && head.assumed {
            part.misread = true;
            return part;
        }
        let has_nul = memchr::memchr(0, text.as_bytes()).is_some();
        let mut origin = Origin::new(bytes, head.charset);
        let mut context = ParseContext::new(self.reading.terms, self.layout);
        let mut growing = Growing::with_capacity(bytes.len() / 64);
        let mut legible = Legible::new(self);
        let mut records = self.records(&text);
        loop {
            let row = match records.next_row() {
                Ok(row) => row,
                Err(blank) => {
                    part.counts.blank += blank;
                    part.read += blank;
                    break;
                }
            };
            part.counts.blank += row.blank_before;
            part.read += row.blank_before + 1;
            let (line, place) = (row.line, row.place);
            let fields = Fields::new(row, &text);
            let unusable = if row.torn {
                Some(torn(&text[place.0..place.1]))
            } else if is_broken && !origin.is_sound(&text, place) {
                Some(lost(fields, char::REPLACEMENT_CHARACTER, Reason::Undecodable))
            } else if has_nul && memchr::memchr(0, row.bytes_of_fields()).is_some() {
                Some(lost(fields, '\0', Reason::Nul))
            } else {
                None
            };
            let outcome = match unusable {
                Some(reject) => Err(reject),
                None => match fields.content() {
                    Content::Blank => {
                        part.counts.blank += 1;
                        continue;
                    }
                    Content::Total => {
                        part.counts.total += 1;
                        continue;
                    }
                    Content::Cells => {
                        let cut_short = piece.is_last && place.1 == text.len() && !text.ends_with(['\n', '\r']);
                        self.take(fields, line, cut_short, &mut context, &mut growing)
                    }
                },
            };
            if let Err(reject) = outcome {
                let at = At { file: self.named.number, line };
                let bytes: Box<[u8]> = self.original(&mut origin, &text, piece, place).into();
                let mut digest = legible.add(fields, line);
                if reject.why == Reason::Undecodable {
                    // What is lost of two rows may have been different.
                    digest = Interner::hash(&bytes);
                }
                part.rejected.push(Rejected { at, reject, bytes, digest });
            }
            if growing.rows.len() == MOST_ROWS || context.arena.are_full() {
                let full = std::mem::replace(&mut growing, Growing::with_capacity(0));
                part.chunks.push(self.chunk(full, context.take_pools()));
            }
        }
        part.legible = legible.finish();
        part.lines = records.lines();
        part.chunks.push(self.chunk(growing, context.arena));
        part
    }

    /// The records of a piece. A workbook's cells are what they are; elsewhere a stray quote can make several rows one.
    fn records<'t>(&self, text: &'t str) -> Records<'t> {
        let records = Records::new(text.as_bytes(), self.head.header.delimiter, self.head.newline);
        if self.head.sheet.is_some() { records } else { records.below_header(self.layout.width) }
    }

    fn chunk<T: Row>(&self, growing: Growing<T>, arena: Arena) -> Chunk<T> {
        let mut chunk = growing.into_chunk(self.named.number, arena);
        if T::KIND != Kind::Customers {
            self.reading.archive.number(&mut chunk);
        }
        chunk
    }

    fn take<T: Row>(
        &self,
        fields: Fields,
        line: u32,
        cut_short: bool,
        context: &mut ParseContext,
        growing: &mut Growing<T>,
    ) -> Result<(), Reject> {
        // In a sheet no cell can slip into the next column: what stands beyond the header has none.
        if self.head.sheet.is_none() {
            fields.fit(self.layout.width, cut_short)?;
        }
        let mut cells = Cells::new(fields, context);
        let row = T::read(&mut cells)?;
        let manager = cells.manager;
        let read = RowRead { manager, line, digest: cells.digest(), unknown: cells.unknown };
        growing.push(row, read, context);
        Ok(())
    }

    /// A row's own bytes, as they stand in the file.
    fn original<'b>(&'b self, origin: &mut Origin<'b>, text: &str, piece: &Piece, place: (usize, usize)) -> &'b [u8] {
        match &self.head.transcoded {
            Some(transcoded) => transcoded.original(piece.at + place.0, piece.at + place.1),
            None => origin.of(text, place),
        }
    }
}

/// Reads what can be read of rejected rows. Their ids are kept apart: they make nobody a manager or a customer.
struct Legible<'a, T> {
    body: &'a Body<'a>,
    /// Begun with the first of them.
    begun: Option<(ParseContext<'a>, Growing<T>)>,
    chunks: Vec<Chunk<T>>,
}

impl<'a, T: Row> Legible<'a, T> {
    fn new(body: &'a Body<'a>) -> Self {
        Self { body, begun: None, chunks: vec![] }
    }

    /// Keeps a row. The digest of its cells.
    fn add(&mut self, fields: Fields, line: u32) -> u64 {
        let Body { layout, reading, .. } = *self.body;
        let begin = || (ParseContext::of_rejected(reading.terms, layout), Growing::with_capacity(0));
        let (context, growing) = self.begun.get_or_insert_with(begin);
        let mut cells = Cells::new(fields, context);
        let read = T::read(&mut cells);
        let digest = cells.digest();
        let is_undated = T::DATED_BY.is_some_and(|column| cells.unknown.contains(column));
        if is_undated {
            cells.unknown.insert(Column::Date);
        }
        let (manager, unknown) = (cells.manager, cells.unknown);
        context.bad.clear();
        // No cell rejects a row that is rejected already.
        let Ok(row) = read else { return digest };
        growing.push(row, RowRead { manager, line, digest, unknown }, context);
        if growing.rows.len() == MOST_ROWS || context.arena.are_full() {
            self.flush();
        }
        digest
    }

    fn flush(&mut self) {
        if let Some((context, growing)) = self.begun.take() {
            self.chunks.push(growing.into_chunk(self.body.named.number, context.arena));
        }
    }

    fn finish(mut self) -> Vec<Chunk<T>> {
        self.flush();
        self.chunks.retain(|chunk| !chunk.rows.is_empty());
        self.chunks
    }
}

impl<T> PartRead<T> {
    fn new(number: usize) -> Self {
        Self {
            number,
            chunks: vec![],
            rejected: vec![],
            legible: vec![],
            counts: Counts::default(),
            read: 0,
            lines: 0,
            misread: false,
        }
    }
}

/// A line of a record that a stray quote has made of several rows.
fn torn(line: &str) -> Reject {
    Reject { column: None, cell: line.trim_end_matches(['\n', '\r']).into(), why: Reason::RowsInACell }
}

/// A row with a cell that is damaged, which a character shows.
fn lost(fields: Fields, shown_by: char, why: Reason) -> Reject {
    let broken = fields.iter().find(|cell| cell.contains(shown_by)).unwrap_or_default();
    Reject { column: None, cell: broken.into(), why }
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
        *line += part.lines;
        self.counts.join(&part.counts);
        self.read += part.read;
    }

    /// Rows that could be read.
    pub fn len(&self) -> u64 {
        self.chunks.iter().map(|chunk| chunk.rows.len() as u64).sum()
    }
}
