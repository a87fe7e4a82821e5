//! Where the columns of a kind stand in a file, and what makes two rows the same.

use super::cells::clean;
use super::fields::Fields;
use super::header::Header;
use crate::model::{Column, ColumnSet, Kind};
use std::borrow::Cow;
use std::ops::RangeInclusive;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

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
        let stretches = (alike && joined.is_empty()).then(|| stretches(in_order.iter().map(|(place, _)| *place)));
        let (width, delimiter) = (header.width, header.delimiter);
        Self { kind, width, delimiter, places, joined, known, order, order_delimiter, stretches }
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

    /// A digest of the known cells of a row, the same for the same cells in whatever file they stand. `clean` says that no
    /// cell has anything around it; `room` is memory to work in.
    pub fn digest(&self, fields: Fields, clean: bool, room: &mut String) -> u64 {
        match &self.stretches {
            Some(stretches) if clean && fields.len() == self.width => match &stretches[..] {
                [all] => xxh3_64(stretch(fields, all).as_bytes()),
                several => {
                    room.clear();
                    for part in several {
                        if !room.is_empty() {
                            room.push(char::from(self.delimiter));
                        }
                        room.push_str(stretch(fields, part));
                    }
                    xxh3_64(room.as_bytes())
                }
            },
            _ => self.digest_of_cells(fields, room),
        }
    }

    /// The cells in the order of the first file, with its delimiter between them, as plain rows of that file have them.
    fn digest_of_cells(&self, fields: Fields, room: &mut String) -> u64 {
        let delimiter = char::from(self.order_delimiter);
        let mut ordered = ColumnSet::default();
        let mut ambiguous = false;
        room.clear();
        for (position, column) in self.order.iter().enumerate() {
            if position > 0 {
                room.push(delimiter);
            }
            let cell = self.cell(*column, fields);
            ambiguous |= cell.contains(delimiter);
            room.push_str(&cell);
            ordered.insert(*column);
        }
        let beyond = self.known.without(ordered);
        ambiguous |= beyond.iter().any(|column| !self.cell(column, fields).is_empty());
        if !ambiguous {
            return xxh3_64(room.as_bytes());
        }
        // A cell that holds the delimiter, or that the first file has no column for: no plain row is like this one.
        room.clear();
        for field in self.kind.fields() {
            let cell = self.cell(field.column, fields);
            room.push_str(&format!("{}:", cell.len()));
            room.push_str(&cell);
        }
        xxh3_64_with_seed(room.as_bytes(), 1)
    }

    fn cell<'r>(&self, column: Column, fields: Fields<'r>) -> Cow<'r, str> {
        if column == Column::Phone && self.is_joined() {
            return Cow::Owned(self.joined(fields));
        }
        Cow::Borrowed(self.place(column).map_or("", |at| clean(fields.get(at))))
    }
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
