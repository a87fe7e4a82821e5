//! Where the columns of a kind stand in a file, and what makes two rows the same.

use super::cells::clean;
use super::fields::Fields;
use super::header::Header;
use crate::model::{Column, ColumnSet, Kind};
use foldhash::quality::FixedState;
use std::borrow::Cow;
use std::hash::{BuildHasher, Hasher};
use std::ops::RangeInclusive;

const ABSENT: u32 = u32::MAX;

/// The columns of a file.
#[derive(Clone, Debug)]
pub struct Layout {
    pub kind: Kind,
    pub width: usize,
    delimiter: u8,
    /// For each column the field it is read from.
    places: [u32; Column::COUNT],
    /// The fields of joined phone columns; empty where there is one such column at most.
    joined: Vec<usize>,
    pub known: ColumnSet,
    /// The columns in the order of the kind's first file: in this order cells are compared.
    order: Vec<Column>,
    /// Columns that the first file does not have.
    beyond: ColumnSet,
    order_delimiter: u8,
    /// Where all files are laid out alike: the fields of known columns, in stretches.
    stretches: Option<Vec<RangeInclusive<usize>>>,
}

impl Layout {
    /// The layout of a file, `first` being that of the kind's first file.
    pub fn new(kind: Kind, header: &Header, first: Option<&Layout>) -> Self {
        let mut places = [ABSENT; Column::COUNT];
        let mut known = ColumnSet::default();
        let mut in_order: Vec<(usize, Column)> = Vec::new();
        for (column, fields) in &header.columns {
            places[*column as usize] = fields[0] as u32;
            known.insert(*column);
            in_order.push((fields[0], *column));
        }
        in_order.sort_unstable_by_key(|(place, _)| *place);
        let phones = header.columns.iter().find(|(column, fields)| *column == Column::Phone && fields.len() > 1);
        let joined = phones.map(|(_, fields)| fields.clone()).unwrap_or_default();
        let order: Vec<Column> = in_order.iter().map(|(_, column)| *column).collect();
        let (order, order_delimiter, alike) = match first {
            None => (order, header.delimiter, true),
            Some(first) => {
                let alike = order == first.order && header.delimiter == first.delimiter && first.joined.is_empty();
                (first.order.clone(), first.delimiter, alike)
            }
        };
        let mut ordered = ColumnSet::default();
        order.iter().for_each(|column| ordered.insert(*column));
        let beyond = known.without(ordered);
        let stretches = (alike && joined.is_empty()).then(|| stretches(in_order.iter().map(|(place, _)| *place)));
        let (width, delimiter) = (header.width, header.delimiter);
        Self { kind, width, delimiter, places, joined, known, order, beyond, order_delimiter, stretches }
    }

    #[inline]
    pub fn place(&self, column: Column) -> Option<usize> {
        let place = self.places[column as usize];
        (place != ABSENT).then_some(place as usize)
    }

    pub fn is_joined(&self) -> bool {
        !self.joined.is_empty()
    }

    /// The cells of joined phone columns as one.
    pub fn joined(&self, fields: Fields) -> String {
        let cells: Vec<&str> =
            self.joined.iter().map(|at| clean(fields.get(*at))).filter(|cell| !cell.is_empty()).collect();
        cells.join("/")
    }

    /// A digest of the known cells of a row, the same for the same cells in whatever file they stand; `room` is memory to
    /// work in.
    pub fn digest(&self, fields: Fields, room: &mut String) -> u64 {
        match &self.stretches {
            Some(stretches) if fields.clean && fields.gap > 0 && fields.len() == self.width => match &stretches[..] {
                [all] => hash(stretch(fields, all), 0),
                several => {
                    room.clear();
                    for part in several {
                        if !room.is_empty() {
                            room.push(char::from(self.delimiter));
                        }
                        room.push_str(stretch(fields, part));
                    }
                    hash(room, 0)
                }
            },
            _ => self.digest_of_cells(fields, room),
        }
    }

    /// The cells in the order of the first file, with its delimiter between them, as plain rows of that file have them.
    fn digest_of_cells(&self, fields: Fields, room: &mut String) -> u64 {
        room.clear();
        for (position, column) in self.order.iter().enumerate() {
            if position > 0 {
                room.push(char::from(self.order_delimiter));
            }
            room.push_str(&self.cell(*column, fields));
        }
        let delimiters = memchr::memchr_iter(self.order_delimiter, room.as_bytes()).count();
        let beyond = || self.beyond.iter().any(|column| !self.cell(column, fields).is_empty());
        if delimiters + 1 == self.order.len() && !beyond() {
            return hash(room, 0);
        }
        // A cell that holds the delimiter, or that the first file has no column for: no plain row is like this one.
        let mut hasher = FixedState::with_seed(1).build_hasher();
        for field in self.kind.fields() {
            let cell = self.cell(field.column, fields);
            hasher.write(cell.as_bytes());
            hasher.write_usize(cell.len());
        }
        hasher.finish()
    }

    fn cell<'r>(&self, column: Column, fields: Fields<'r>) -> Cow<'r, str> {
        if column == Column::Phone && self.is_joined() {
            return Cow::Owned(self.joined(fields));
        }
        let cell = self.place(column).map_or("", |at| fields.get(at));
        Cow::Borrowed(if fields.clean { cell } else { clean(cell) })
    }
}

fn hash(text: &str, seed: u64) -> u64 {
    let mut hasher = FixedState::with_seed(seed).build_hasher();
    hasher.write(text.as_bytes());
    // Texts that differ only by zero bytes at the end are told apart by their length.
    hasher.write_usize(text.len());
    hasher.finish()
}

/// The text from a first to a last field.
fn stretch<'r>(fields: Fields<'r>, places: &RangeInclusive<usize>) -> &'r str {
    let first = *places.start();
    let start = if first == 0 { fields.start } else { fields.ends[first - 1] + fields.gap };
    &fields.text[start as usize..fields.ends[*places.end()] as usize]
}

/// Neighbouring places put together.
fn stretches(places: impl Iterator<Item = usize>) -> Vec<RangeInclusive<usize>> {
    let mut stretches: Vec<RangeInclusive<usize>> = Vec::new();
    for place in places {
        match stretches.last_mut() {
            Some(last) if last.end() + 1 == place => *last = *last.start()..=place,
            _ => stretches.push(place..=place),
        }
    }
    stretches
}
