//! A header that stands once more among the rows, as where files were put one below the other (SPEC §2.3).

use crate::cell::cells::clean;
use crate::lang::{say, words};
use crate::load::fields::Fields;
use crate::load::header::{self, Header};
use crate::load::header_rows::FirstRow;
use crate::load::mapping::Mapping;
use crate::model::{Column, Kind, POSITIONS, fold};
use crate::trouble::Trouble;
use rustc_hash::FxHashSet;

/// What the rows of a file are held against.
pub(super) struct HeaderAgain<'a> {
    kind: Kind,
    mapping: &'a Mapping,
    header: &'a Header,
    /// The headers of the file itself, folded.
    own: FxHashSet<String>,
    /// Those of ASCII that a row can begin with that is a header, by their first letter; and the others.
    ascii: Vec<Vec<String>>,
    others: FxHashSet<String>,
}

/// What a row is that looks like a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// It names the columns that it stands below, in whatever spelling.
    Same,
    /// What stands below it stands in other columns.
    Other,
}

impl<'a> HeaderAgain<'a> {
    pub(super) fn new(kind: Kind, mapping: &'a Mapping, header: &'a Header) -> Self {
        let own = header.rows.iter().flatten().chain(&header.names).filter(|name| !name.is_empty());
        let own: FxHashSet<String> = own.map(|name| fold(name).into_owned()).collect();
        let known = kind.fields().iter().flat_map(|field| field.names(mapping.headers(kind, field.column)));
        let positions = POSITIONS.iter().map(|name| (*name).to_owned());
        let all: FxHashSet<String> = known.chain(positions).chain(own.iter().cloned()).collect();
        let (mut ascii, mut others) = (vec![vec![]; 128], FxHashSet::default());
        for name in all {
            match name.bytes().next().filter(u8::is_ascii) {
                Some(letter) if name.is_ascii() => ascii[usize::from(letter.to_ascii_lowercase())].push(name),
                _ => drop(others.insert(name)),
            }
        }
        Self { kind, mapping, header, own, ascii, others }
    }

    /// Whether a row is a header.
    pub(super) fn of(&self, fields: &Fields) -> Option<Again> {
        if !self.may_begin(fields.bytes(0)) {
            return None;
        }
        let cell = |at: usize| clean(fields.get(at).trim_start_matches('\u{feff}'));
        let first = (0..fields.count()).map(cell).find(|cell| !cell.is_empty())?;
        if !self.is_known(first) {
            return None;
        }
        let cells: Vec<String> = (0..fields.count()).map(|at| cell(at).to_owned()).collect();
        if self.header.rows.iter().any(|row| is_same(&cells, row)) {
            return Some(Again::Same);
        }
        let filled: Vec<usize> = (0..cells.len()).filter(|at| !cells[*at].is_empty()).collect();
        if filled.len() < 2 {
            return None;
        }
        let row = FirstRow { cells, number: 0, line: 0, place: (0, 0) };
        let again = header::of_row(row, self.kind, self.mapping)?;
        if !again.unknown.iter().all(|name| self.own.contains(&*fold(name))) {
            return None;
        }
        let is_alike = |at: &usize| columns_at(&again, *at).eq(columns_at(self.header, *at));
        let is_same = filled.iter().all(is_alike) && (again.unit.is_none() || again.unit == self.header.unit);
        Some(if is_same { Again::Same } else { Again::Other })
    }

    /// Nearly all rows begin with an id, which is no header.
    #[inline]
    fn may_begin(&self, cell: &[u8]) -> bool {
        match cell.first() {
            Some(letter) if letter.is_ascii_alphanumeric() => {
                let (cell, names) = (cell.trim_ascii_end(), &self.ascii[usize::from(letter.to_ascii_lowercase())]);
                names.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(cell)) || !cell.is_ascii()
            }
            _ => true,
        }
    }

    fn is_known(&self, cell: &str) -> bool {
        let name = fold(cell);
        let names = name.bytes().next().and_then(|letter| self.ascii.get(usize::from(letter)));
        names.is_some_and(|names| names.iter().any(|one| *one == name)) || self.others.contains(&*name)
    }

    /// What is said of rows that stand in other columns than the header names.
    pub(super) fn trouble(&self, shown: &str, line: u32) -> Trouble {
        let first = self.header.line;
        Trouble::new(say(
            format!("这一行又是表头，列的顺序与第 {first} 行的表头不同，下面的行会读错列"),
            format!(
                "the header stands here again with its columns in another order than on line {first}: what is below would be read under the wrong columns"
            ),
        ))
        .file(shown)
        .line(u64::from(line))
        .remedy(words(
            "从这一行起另存为一个文件（同类文件可以有多个，会并成一张表）",
            "put what begins with this line into a file of its own (several files of a kind are one table)",
        ))
    }
}

/// Whether cells are those of a row of the header, one for one.
fn is_same(cells: &[String], row: &[String]) -> bool {
    let cell = |at: usize| cells.get(at).map_or("", String::as_str);
    row.first().is_some_and(|first| !first.is_empty()) && row.iter().enumerate().all(|(at, name)| cell(at) == name)
}

/// The columns that are read from a field.
fn columns_at(header: &Header, at: usize) -> impl Iterator<Item = Column> {
    header.columns.iter().filter(move |(_, fields)| fields.contains(&at)).map(|(column, _)| *column)
}
