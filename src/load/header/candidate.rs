//! Rows tried as a header: which fields hold which column (SPEC §2.1).

use crate::load::header_rows::{self, FirstRow, HeaderRows};
use crate::load::mapping::Mapping;
use crate::load::names_for_ids;
use crate::model::unit::{self, OtherUnit, Unit};
use crate::model::{Column, ColumnSet, Field, Holds, Kind, Need, is_position};
use crate::text::feed::{HeaderRow, Text};
use std::borrow::Cow;
use std::collections::HashSet;

pub const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];
/// How many rows are looked at for the header; titles stand above it.
pub const TRIES: u64 = 10;

/// A header that was found.
#[derive(Debug)]
pub struct Header {
    pub delimiter: u8,
    /// How many fields it has.
    pub width: usize,
    /// What its columns are called.
    pub names: Vec<String>,
    /// Its rows as they stand; most have one.
    pub rows: Vec<Vec<String>>,
    /// For each column that is there, the fields it is read from: one, or several for joined phone columns.
    pub columns: Vec<(Column, Vec<usize>)>,
    /// Columns of ids that the file has not, but names of those whose ids they are.
    pub by_name: ColumnSet,
    /// The field that tells namesakes apart.
    pub branch: Option<usize>,
    /// Headers of columns that another header already gives.
    pub unused: Vec<String>,
    /// Headers that name no column of the kind.
    pub unknown: Vec<String>,
    /// The unit of lengths of time that the header of their column names.
    pub unit: Option<Unit>,
    /// On which line of the file it stands, the first being 1.
    pub line: u32,
    /// Its bytes, line end included.
    pub start: usize,
    pub end: usize,
}

impl HeaderRow for Header {
    fn delimiter(&self) -> u8 {
        self.delimiter
    }

    fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}

/// A row tried as a header.
pub(super) struct Candidate {
    pub header: Header,
    pub names: Vec<String>,
    pub missing: Vec<&'static Field>,
}

/// The first of the first ten rows that holds all required columns, else the one that comes nearest. A row with those below
/// it that name what it groups is taken before itself.
pub(super) fn look(text: &Text, delimiter: u8, kind: Kind, mapping: &Mapping) -> Option<Candidate> {
    let rows = header_rows::first_rows(text, delimiter, TRIES);
    let mut best: Option<Candidate> = None;
    let mut within = 0;
    for at in (0..rows.len()).take_while(|at| rows[*at].number <= TRIES) {
        let candidates = header_rows::beginning_with(&rows[at..]).into_iter().rev();
        let candidates = candidates.map(|header| {
            let span = &rows[at..at + header.depth()];
            assign(&header, kind, mapping, delimiter, span)
        });
        let candidate = candidates.reduce(|best, next| if rank(&next) > rank(&best) { next } else { best })?;
        // Titles can look like groups: what is a header without them is one.
        if best.as_ref().is_some_and(|best| best.missing.is_empty() && at >= within) {
            break;
        }
        if candidate.missing.is_empty() && within == 0 {
            within = at + candidate.header.rows.len();
        }
        let is_shorter = |best: &Candidate| {
            rank(&candidate) == rank(best)
                && candidate.missing.is_empty()
                && candidate.header.rows.len() < best.header.rows.len()
        };
        if best.as_ref().is_none_or(|best| rank(&candidate) > rank(best) || is_shorter(best)) {
            best = Some(candidate);
        }
    }
    best
}

pub(super) fn assign(rows: &HeaderRows, kind: Kind, mapping: &Mapping, delimiter: u8, span: &[FirstRow]) -> Candidate {
    let (names, spellings) = (rows.names(), rows.spellings());
    let spellings: Vec<Vec<Cow<str>>> = spellings.iter().map(|names| header_rows::folded(names)).collect();
    let folded = &spellings[0];
    let (start, end) = (span[0].place.0, span[span.len() - 1].place.1);
    let (width, line) = (names.len(), span[0].line);
    let mut header = Header {
        delimiter,
        width,
        names: vec![],
        rows: rows.rows.clone(),
        columns: vec![],
        by_name: ColumnSet::default(),
        branch: None,
        unused: vec![],
        unknown: vec![],
        unit: None,
        line,
        start,
        end,
    };
    let mut is_known = vec![false; width];
    for field in kind.fields() {
        let (mut found, mut met): (Vec<usize>, HashSet<usize>) = (vec![], HashSet::new());
        for spelling in &spellings {
            let places = field.places(spelling, mapping.headers(kind, field.column));
            found.extend(places.into_iter().filter(|at| met.insert(*at)));
        }
        found.iter().for_each(|at| is_known[*at] = true);
        if field.column != Column::Phone && found.len() > 1 {
            header.unused.extend(found.drain(1..).map(|at| names[at].clone()));
        }
        if !found.is_empty() {
            header.columns.push((field.column, found));
        }
    }
    add_position(&mut header, kind, folded, &mut is_known);
    add_names(&mut header, kind, mapping, &spellings, &mut is_known);
    header.unit =
        kind.fields().iter().find_map(|field| unit_of(field, &header, &names)).and_then(|(_, unit)| unit.ok()?);
    let strange = (0..width).filter(|at| !is_known[*at] && !names[*at].is_empty());
    header.unknown = strange.map(|at| names[at].clone()).collect();
    let present = |column| header.columns.iter().any(|(there, _)| *there == column);
    let any_of_group = kind.fields().iter().any(|field| field.need == Need::OneOf && present(field.column));
    let is_missing = |field: &&Field| match field.need {
        Need::OneOf => !any_of_group,
        need => need.is_required() && !present(field.column),
    };
    let missing = kind.fields().iter().filter(is_missing).collect();
    Candidate { header, names, missing }
}

/// Names stand for ids that the file has not.
fn add_names(header: &mut Header, kind: Kind, mapping: &Mapping, spellings: &[Vec<Cow<str>>], is_known: &mut [bool]) {
    let has = |column: Column| header.columns.iter().any(|(there, _)| *there == column);
    let names = names_for_ids::find(kind, has, mapping, spellings);
    header.branch = names.branch;
    for (column, at) in names.columns {
        header.columns.push((column, vec![at]));
        header.by_name.insert(column);
        is_known[at] = true;
    }
    in_order(header, kind);
}

/// Brings the columns into the contract's order.
fn in_order(header: &mut Header, kind: Kind) {
    let place = |column: Column| kind.fields().iter().position(|field| field.column == column);
    header.columns.sort_by_key(|(column, _)| place(*column));
}

/// Where no header names longitude or latitude, one may name both.
fn add_position(header: &mut Header, kind: Kind, folded: &[Cow<str>], is_known: &mut [bool]) {
    let degrees = || kind.fields().iter().filter(|field| matches!(field.holds, Holds::Lon | Holds::Lat));
    let is_there = |column| header.columns.iter().any(|(there, _)| *there == column);
    if degrees().any(|field| is_there(field.column)) {
        return;
    }
    if let Some(at) = folded.iter().position(|name| is_position(name)) {
        for field in degrees() {
            header.columns.push((field.column, vec![at]));
            is_known[at] = true;
        }
        in_order(header, kind);
    }
}

/// Where the column of a length of time stands, and what unit its header names.
pub(super) fn unit_of(
    field: &Field,
    header: &Header,
    names: &[String],
) -> Option<(usize, Result<Option<Unit>, OtherUnit>)> {
    field.holds.unit()?;
    let (_, at) = header.columns.iter().find(|(column, _)| *column == field.column)?;
    Some((at[0], unit::named(&names[at[0]])))
}

/// Complete headers before incomplete ones, then the one with more known columns.
pub(super) fn rank(candidate: &Candidate) -> (bool, usize) {
    (candidate.missing.is_empty(), candidate.header.columns.len())
}
