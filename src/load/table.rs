//! Reading one file into records, and settling what becomes of every row of a kind (SPEC §2.3).

use super::fields::Fields;
use super::header::{self, Header};
use super::lines::{self, Rows};
use super::mapping::Mapping;
use super::records::{Key, Record};
use super::row::{Bad, Cells, Ids, OwnNumbers, Reject, Why};
use super::split::split;
use super::text::{Charset, Text};
use crate::model::{At, Column, Field};
use crate::trouble::Trouble;
use chrono::NaiveDate;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::ops::Range;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Used,
    SetAside,
    Repeat,
    Superseded,
    OtherPeriod,
}

/// Rows of a file by fate; the names are those of the JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub used: u64,
    pub blank: u64,
    pub total: u64,
    pub set_aside: u64,
    pub repeat: u64,
    pub superseded: u64,
    pub other_period: u64,
    pub mended: u64,
    pub rejected: u64,
}

impl Counts {
    /// All rows of the file.
    pub fn sum(&self) -> u64 {
        let Self { used, blank, total, set_aside, repeat, superseded, other_period, mended, rejected } = self;
        used + blank + total + set_aside + repeat + superseded + other_period + mended + rejected
    }

    pub fn add(&mut self, fate: Fate) {
        *match fate {
            Fate::Used => &mut self.used,
            Fate::SetAside => &mut self.set_aside,
            Fate::Repeat => &mut self.repeat,
            Fate::Superseded => &mut self.superseded,
            Fate::OtherPeriod => &mut self.other_period,
        } += 1;
    }
}

/// A row that is not used because it cannot be read, with its own bytes.
#[derive(Clone, Debug)]
pub struct Rejected {
    pub at: At,
    pub reject: Reject,
    pub bytes: Box<[u8]>,
}

/// How a file is written.
#[derive(Clone, Debug)]
pub struct Dialect {
    pub charset: Charset,
    pub delimiter: u8,
    /// The byte order mark and the header's own bytes, to head a file of rejected rows.
    pub head: Vec<u8>,
    pub columns: Vec<Column>,
    /// Headers of columns that another header already gives.
    pub unused: Vec<String>,
}

/// The rows of one file.
pub struct FileRows<T> {
    pub dialect: Dialect,
    /// In file order.
    pub parts: Vec<Part<T>>,
    pub rejected: Vec<Rejected>,
    /// Rows that have met their fate already: blank and total.
    pub counts: Counts,
    /// All rows below the header: in the end the fates must add up to them.
    pub read: u64,
}

/// The rows of a part of a file, with ids numbered as they came.
pub struct Part<T> {
    pub ids: Ids,
    pub rows: Vec<T>,
    pub digests: Vec<u128>,
    /// Bad cells, with the position of their row in `rows`.
    pub bad: Vec<(usize, Bad)>,
}

/// What reading a file depends on besides its bytes.
pub struct Reading<'a> {
    pub mapping: &'a Mapping,
    pub area_code: &'a str,
    pub encoding: Option<Charset>,
    pub own_numbers: &'a OwnNumbers,
}

/// How much of a file is read at a time, beside other parts of it.
const PART_BYTES: usize = 1 << 20;

/// Reads all rows of a file.
pub fn read<T: Record>(raw: &[u8], file: u32, shown: &str, reading: &Reading) -> Result<FileRows<T>, Trouble> {
    let text = Text::new(raw, reading.encoding);
    let header = header::find(&text, T::KIND, reading.mapping, shown)?;
    let bytes = text.bytes();
    let newline = lines::newline(bytes);
    let mut line = 1 + lines::count_lines(newline, &bytes[..header.end]);
    let mut parts = Vec::new();
    for range in split(bytes, header.end, header.delimiter, PART_BYTES) {
        let next = line + lines::count_lines(newline, &bytes[range.clone()]);
        parts.push((range, line));
        line = next;
    }
    let body = Body { text: &text, header: &header, file, shown, newline, reading };
    let read: Vec<Result<PartRead<T>, Trouble>> =
        parts.into_par_iter().map(|(range, line)| body.read(range, line)).collect();
    let mut rows = FileRows::new(&text, &header);
    for part in read {
        rows.add(part?);
    }
    Ok(rows)
}

/// What the parts of a file have in common.
struct Body<'a> {
    text: &'a Text<'a>,
    header: &'a Header,
    file: u32,
    shown: &'a str,
    newline: u8,
    reading: &'a Reading<'a>,
}

/// A part with what it says of the whole file.
struct PartRead<T> {
    part: Part<T>,
    rejected: Vec<Rejected>,
    counts: Counts,
    read: u64,
}

impl Body<'_> {
    fn read<T: Record>(&self, range: Range<usize>, line: u32) -> Result<PartRead<T>, Trouble> {
        let (bytes, header) = (self.text.bytes(), self.header);
        let reading = self.reading;
        let mut cells = Cells::new(T::KIND, reading.mapping, reading.area_code, reading.own_numbers);
        let layout = Layout::new::<T>(header);
        let mut fields = Fields::default();
        let mut part = PartRead {
            part: Part { ids: Ids::default(), rows: vec![], digests: vec![], bad: vec![] },
            rejected: vec![],
            counts: Counts::default(),
            read: 0,
        };
        let mut records = Rows::of_part(bytes, range, header.delimiter, self.newline, line);
        loop {
            let row = match records.next() {
                Ok(row) => row,
                Err(blank) => {
                    part.counts.blank += blank;
                    part.read += blank;
                    break;
                }
            };
            part.counts.blank += row.blank_before;
            part.read += row.blank_before + 1;
            let is_last = row.end == bytes.len();
            if is_last && lines::is_unclosed(&bytes[row.start..row.end], header.delimiter) {
                return Err(unclosed(self.shown, row.line));
            }
            let cut_short = is_last && !matches!(bytes[row.end - 1], b'\n' | b'\r');
            let outcome = if fields.decode(row.record, self.text) {
                if fields.are_blank() {
                    part.counts.blank += 1;
                    continue;
                }
                if fields.are_a_total() {
                    part.counts.total += 1;
                    continue;
                }
                fields.fit(header.width, cut_short).and_then(|()| {
                    layout.fill(&mut cells, &fields);
                    T::read(At { file: self.file, line: row.line }, &mut cells)
                })
            } else {
                Err(undecodable(&row, self.text))
            };
            part.take(outcome, &row, self, &mut cells);
        }
        part.part.ids = cells.ids;
        Ok(part)
    }
}

impl<T: Record> PartRead<T> {
    fn take(&mut self, outcome: Result<T, Reject>, row: &lines::Row, body: &Body, cells: &mut Cells) {
        match outcome {
            Ok(record) => {
                let position = self.part.rows.len();
                self.part.bad.extend(cells.bad.drain(..).map(|bad| (position, bad)));
                self.part.rows.push(record);
                self.part.digests.push(cells.digest());
            }
            Err(reject) => {
                let at = At { file: body.file, line: row.line };
                let bytes = body.text.original(row.start, row.end).into();
                self.rejected.push(Rejected { at, reject, bytes });
            }
        }
    }
}

/// Where each column of a kind is read from.
struct Layout {
    /// For each field of the kind, in its order, the places among a row's fields.
    places: Vec<Vec<usize>>,
}

impl Layout {
    fn new<T: Record>(header: &Header) -> Self {
        let places = |field: &Field| {
            let found = header.columns.iter().find(|(column, _)| *column == field.column);
            found.map(|(_, places)| places.clone()).unwrap_or_default()
        };
        Self { places: T::KIND.fields().iter().map(places).collect() }
    }

    fn fill(&self, cells: &mut Cells, fields: &Fields) {
        cells.clear();
        for places in &self.places {
            cells.push(places.iter().map(|at| fields.get(*at)));
        }
    }
}

fn unclosed(shown: &str, line: u32) -> Trouble {
    use crate::lang::words;
    Trouble::new(words(
        "从这一行起有一个引号一直没有闭合：文件被截断，或某处多了一个引号",
        "a quote opens in the row that starts here and never closes: the file was cut short, or a quote is stray",
    ))
    .file(shown)
    .line(u64::from(line))
    .remedy(words("重新导出该文件，或改正此行", "export the file again, or mend this line"))
}

impl<T: Record> FileRows<T> {
    fn new(text: &Text, header: &Header) -> Self {
        let dialect = Dialect {
            charset: text.charset,
            delimiter: header.delimiter,
            head: [text.mark(), text.original(header.start, header.end)].concat(),
            columns: header.columns.iter().map(|(column, _)| *column).collect(),
            unused: header.unused.clone(),
        };
        Self { dialect, parts: vec![], rejected: vec![], counts: Counts::default(), read: 0 }
    }

    fn add(&mut self, part: PartRead<T>) {
        self.rejected.extend(part.rejected);
        self.counts.blank += part.counts.blank;
        self.counts.total += part.counts.total;
        self.read += part.read;
        self.parts.push(part.part);
    }
}

impl<T> FileRows<T> {
    /// Rows that could be read.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|part| part.rows.len()).sum()
    }
}

fn undecodable(row: &lines::Row, text: &Text) -> Reject {
    let broken = row.record.iter().find(|field| text.decode(field).is_none()).unwrap_or_default();
    Reject { column: None, cell: text.decode_lossy(broken).into(), why: Why::Undecodable }
}

/// All rows of a kind, in file order, and what became of them.
pub struct Table<T> {
    pub rows: Vec<T>,
    pub fates: Vec<Fate>,
    pub bad: Vec<(usize, Bad)>,
    digests: FxHashSet<u128>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: vec![], fates: vec![], bad: vec![], digests: FxHashSet::default() }
    }
}

impl<T: Record> Table<T> {
    /// Adds the next part, bringing ids to the numbers of the run and telling repeats apart. Rows dated after `as_of` count
    /// as not read: they stand for no other row.
    pub fn append(&mut self, part: Part<T>, managers: &[u32], customers: &[u32], as_of: Option<NaiveDate>) {
        let base = self.rows.len();
        self.bad.extend(part.bad.into_iter().map(|(row, bad)| (base + row, bad)));
        for (mut row, digest) in part.rows.into_iter().zip(part.digests) {
            row.renumber(managers, customers);
            let unread = T::AS_OF && as_of.is_some_and(|as_of| row.date().is_some_and(|date| date > as_of));
            self.rows.push(row);
            self.fates.push(match (unread, self.digests.insert(digest)) {
                (true, _) => Fate::OtherPeriod,
                (false, true) => Fate::Used,
                (false, false) => Fate::Repeat,
            });
        }
    }

    /// Of rows that compete for a key the latest version stays, among equals the latest in file order.
    pub fn supersede(&mut self) {
        let Self { rows, fates, .. } = self;
        let mut best: FxHashMap<Key, usize> = FxHashMap::default();
        for (at, row) in rows.iter().enumerate() {
            let Some(key) = row.key().filter(|_| fates[at] == Fate::Used) else { continue };
            let holder = best.entry(key).or_insert(at);
            if *holder == at {
                continue;
            }
            let replaced = row.version() >= rows[*holder].version();
            fates[if replaced { *holder } else { at }] = Fate::Superseded;
            *holder = if replaced { at } else { *holder };
        }
    }

    /// The rows that no other row stands for.
    pub fn standing(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().zip(&self.fates).filter(|(_, fate)| **fate == Fate::Used).map(|(row, _)| row)
    }

    /// Settles the fates that depend on the run: `outside` tells which rows no rule looks at, `aside` which are kept apart.
    pub fn settle(&mut self, outside: impl Fn(&T) -> bool, aside: impl Fn(&T) -> bool) {
        for (row, fate) in self.rows.iter().zip(&mut self.fates) {
            if outside(row) {
                *fate = Fate::OtherPeriod;
            } else if *fate == Fate::Used && aside(row) {
                *fate = Fate::SetAside;
            }
        }
    }
}
