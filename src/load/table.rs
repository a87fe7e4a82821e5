//! Reading one file into records, and settling what becomes of every row of a kind (SPEC §2.3).

use super::header::{self, Header};
use super::lines::{self, Rows};
use super::mapping::Mapping;
use super::records::{Key, Record};
use super::row::{Bad, Cells, Ids, OwnNumbers, Reject, Why};
use super::text::{Charset, Text};
use crate::model::{At, Column, Names};
use crate::trouble::Trouble;
use chrono::NaiveDate;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

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
    pub ids: Ids,
    pub rows: Vec<T>,
    pub digests: Vec<u128>,
    /// Bad cells, with the position of their row in `rows`.
    pub bad: Vec<(usize, Bad)>,
    pub rejected: Vec<Rejected>,
    /// Rows that have met their fate already: blank and total.
    pub counts: Counts,
    /// All rows below the header: in the end the fates must add up to them.
    pub read: u64,
}

/// What reading a file depends on besides its bytes.
pub struct Reading<'a> {
    pub mapping: &'a Mapping,
    pub area_code: &'a str,
    pub encoding: Option<Charset>,
    pub own_numbers: &'a OwnNumbers,
}

/// Reads all rows of a file.
pub fn read<T: Record>(raw: &[u8], file: u32, shown: &str, reading: &Reading) -> Result<FileRows<T>, Trouble> {
    let text = Text::new(raw, reading.encoding);
    let header = header::find(&text, T::KIND, reading.mapping, shown)?;
    let mut cells = Cells::new(T::KIND, reading.mapping, reading.area_code, reading.own_numbers);
    let mut rows = FileRows::new(&text, &header);
    let mut records = Rows::new(text.bytes(), header.delimiter);
    let mut in_body = false;
    loop {
        let row = match records.next() {
            Ok(row) => row,
            Err(blank) => {
                rows.counts.blank += blank;
                rows.read += blank;
                break;
            }
        };
        if !in_body {
            in_body = row.start == header.start;
            continue;
        }
        rows.counts.blank += row.blank_before;
        rows.read += row.blank_before + 1;
        let at = At { file, line: row.line };
        let is_last = row.end == text.bytes().len();
        if is_last && lines::is_unclosed(&text.bytes()[row.start..row.end], header.delimiter) {
            return Err(unclosed(shown, row.line));
        }
        rows.take(at, &row, &text, &header, &mut cells, is_last);
    }
    rows.ids = cells.ids;
    Ok(rows)
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
        Self {
            dialect,
            ids: Ids::default(),
            rows: vec![],
            digests: vec![],
            bad: vec![],
            rejected: vec![],
            counts: Counts::default(),
            read: 0,
        }
    }

    fn take(&mut self, at: At, row: &lines::Row, text: &Text, header: &Header, cells: &mut Cells, is_last: bool) {
        let fields: Option<Vec<Cow<str>>> = row.record.iter().map(|field| text.decode(field)).collect();
        let outcome = match &fields {
            None => Err(undecodable(row, text)),
            Some(fields) if is_blank(fields) => {
                self.counts.blank += 1;
                return;
            }
            Some(fields) if is_total(fields) => {
                self.counts.total += 1;
                return;
            }
            Some(fields) => {
                let ended = matches!(text.bytes()[row.end - 1], b'\n' | b'\r');
                fits(fields, header, is_last && !ended).and_then(|()| {
                    fill::<T>(cells, fields, header);
                    T::read(at, cells)
                })
            }
        };
        match outcome {
            Ok(record) => {
                let position = self.rows.len();
                self.bad.extend(cells.bad.drain(..).map(|bad| (position, bad)));
                self.rows.push(record);
                self.digests.push(cells.digest());
            }
            Err(reject) => {
                let bytes = text.original(row.start, row.end).into();
                self.rejected.push(Rejected { at, reject, bytes });
            }
        }
    }
}

fn undecodable(row: &lines::Row, text: &Text) -> Reject {
    let broken = row.record.iter().find(|field| text.decode(field).is_none()).unwrap_or_default();
    Reject { column: None, cell: text.decode_lossy(broken).into(), why: Why::Undecodable }
}

fn is_blank(fields: &[Cow<str>]) -> bool {
    fields.iter().all(|field| super::cells::clean(field).is_empty())
}

fn is_total(fields: &[Cow<str>]) -> bool {
    let first = fields.iter().map(|field| super::cells::clean(field)).find(|cell| !cell.is_empty());
    first.is_some_and(|cell| matches!(cell.trim_end_matches([':', '\u{ff1a}']), "合计" | "总计" | "小计"))
}

/// Cells beyond the header would be lost, and a last row that stops early was cut off.
fn fits(fields: &[Cow<str>], header: &Header, unended: bool) -> Result<(), Reject> {
    let beyond = fields.iter().skip(header.width).find(|cell| !super::cells::clean(cell).is_empty());
    if let Some(cell) = beyond {
        let why = Why::TooManyCells { cells: fields.len(), header: header.width };
        return Err(Reject { column: None, cell: cell.as_ref().into(), why });
    }
    if unended && fields.len() < header.width {
        let cell = fields.last().map(|cell| cell.as_ref().into()).unwrap_or_default();
        return Err(Reject { column: None, cell, why: Why::CutShort });
    }
    Ok(())
}

fn fill<T: Record>(cells: &mut Cells, fields: &[Cow<str>], header: &Header) {
    cells.clear();
    for field in T::KIND.fields() {
        let found = header.columns.iter().find(|(column, _)| *column == field.column);
        let places = found.map_or(&[][..], |(_, places)| places);
        cells.push(places.iter().map(|at| fields.get(*at).map_or("", |cell| cell)));
    }
}

/// All rows of a kind, in file order, and what became of them.
pub struct Table<T> {
    pub rows: Vec<T>,
    pub fates: Vec<Fate>,
    pub bad: Vec<(usize, Bad)>,
    digests: HashSet<u128>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: vec![], fates: vec![], bad: vec![], digests: HashSet::new() }
    }
}

impl<T: Record> Table<T> {
    /// Adds the next file, bringing ids to the numbers of the run and telling repeats apart. Rows dated after `as_of` count
    /// as not read: they stand for no other row.
    pub fn append(&mut self, file: FileRows<T>, managers: &Names, customers: &Names, as_of: Option<NaiveDate>) {
        let (managers, customers) = (managers.renumber(&file.ids.managers), customers.renumber(&file.ids.customers));
        let base = self.rows.len();
        self.bad.extend(file.bad.into_iter().map(|(row, bad)| (base + row, bad)));
        for (mut row, digest) in file.rows.into_iter().zip(file.digests) {
            row.renumber(&managers, &customers);
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
        let mut best: HashMap<Key, usize> = HashMap::new();
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
