//! Where the columns of a kind stand in a file, and what makes two rows the same.

use crate::cell::cells::clean;
use crate::load::fields::Fields;
use crate::load::header::Header;
use crate::model::{Column, ColumnSet, Kind, Unit};
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
    /// The unit of lengths of time that their header names.
    pub unit: Option<Unit>,
    /// The columns in the order of the kind's first file: in this order cells are compared.
    order: Vec<Column>,
    /// Columns that the first file does not have.
    beyond: ColumnSet,
    order_delimiter: u8,
    /// Where all files are laid out alike: the fields of known columns, in stretches.
    stretches: Option<Vec<RangeInclusive<usize>>>,
}

/// Whether two rows that differ in a column only are different: visits are sent twice, with other numbers.
fn is_compared(kind: Kind, column: Column) -> bool {
    kind != Kind::Visits || !matches!(column, Column::VisitId | Column::UploadedAt)
}

impl Layout {
    /// The layout of a file, `first` being that of the kind's first file.
    pub fn new(kind: Kind, header: &Header, first: Option<&Layout>) -> Self {
        let mut places = [ABSENT; Column::COUNT];
        let mut known = ColumnSet::default();
        let mut in_order: Vec<(usize, Column)> = Vec::new();
        for (column, fields) in &header.columns {
            places[*column as usize] = fields[0] as u32;
            if is_compared(kind, *column) {
                known.insert(*column);
                in_order.push((fields[0], *column));
            }
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
        let (width, delimiter, unit) = (header.width, header.delimiter, header.unit);
        Self { kind, width, delimiter, places, joined, unit, order, beyond, order_delimiter, stretches }
    }

    #[inline]
    pub fn place(&self, column: Column) -> Option<usize> {
        let place = self.places[column as usize];
        (place != ABSENT).then_some(place as usize)
    }

    /// Whether a field is that of an id which makes a row somebody's.
    pub fn is_key(&self, field: usize) -> bool {
        let keys = [Column::ManagerId, Column::CustomerId].into_iter();
        keys.filter_map(|column| self.place(column)).any(|place| place == field)
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
            Some(stretches) if fields.are_plain() && fields.count() == self.width => match &stretches[..] {
                [all] => hash(fields.stretch(all), 0),
                several => {
                    room.clear();
                    for (number, part) in several.iter().enumerate() {
                        if number > 0 {
                            room.push(char::from(self.delimiter));
                        }
                        room.push_str(fields.stretch(part));
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
        for field in self.kind.fields().iter().filter(|field| is_compared(self.kind, field.column)) {
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
        Cow::Borrowed(if fields.are_clean() { cell } else { clean(cell) })
    }
}

fn hash(text: &str, seed: u64) -> u64 {
    let mut hasher = FixedState::with_seed(seed).build_hasher();
    hasher.write(text.as_bytes());
    // Texts that differ only by zero bytes at the end are told apart by their length.
    hasher.write_usize(text.len());
    hasher.finish()
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

#[cfg(test)]
mod tests {
    use super::super::{Mapping, header};
    use super::*;
    use crate::text::charset::Charset;
    use crate::text::csv::reader::Records;
    use crate::text::feed::Text;
    use proptest::prelude::*;

    /// A plans file of one row: its columns in some order, its cells quoted or not, and a column nobody knows.
    fn file(order: &[&str], cells: &[(&str, String)], delimiter: char, quoted: bool, spaced: bool) -> String {
        let cell = |name: &&str| {
            let text = cells.iter().find(|(known, _)| known == name).map_or("外", |(_, text)| text);
            let text = if spaced { format!(" {text} ") } else { text.to_owned() };
            if quoted || text.contains([delimiter, '"', '\n']) {
                format!("\"{}\"", text.replace('"', "\"\""))
            } else {
                text
            }
        };
        let join = |cells: Vec<String>| cells.join(&delimiter.to_string());
        format!(
            "{}\n{}\n",
            join(order.iter().map(|name| (*name).to_owned()).collect()),
            join(order.iter().map(cell).collect())
        )
    }

    fn digest(text: &str, first: Option<&Layout>) -> (u64, Layout) {
        let start = Text { bytes: text.as_bytes(), charset: Charset::Utf8, newline: b'\n', sheet: None };
        let header = header::find(&start, Kind::Plans, &Mapping::default(), "p.csv").unwrap();
        let layout = Layout::new(Kind::Plans, &header, first);
        let body = &text[header.end..];
        let mut records = Records::new(body.as_bytes(), header.delimiter, b'\n');
        let fields = Fields::new(&records.next_row().unwrap(), body);
        (layout.digest(fields, &mut String::new()), layout)
    }

    proptest! {
        /// The same cells have the same digest in whatever file they stand, and others another.
        #[test]
        fn digests_are_of_cells(
            cells in proptest::collection::vec("[a-c,;甲 ]{0,6}", 4), other in proptest::collection::vec("[a-c,;甲 ]{0,6}", 4),
            quoted in any::<bool>(), spaced in any::<bool>(), delimiter in prop::sample::select(vec![',', ';', '\t']),
            order in Just(vec!["manager_id", "customer_id", "date", "purpose", "x"]).prop_shuffle(),
        ) {
            let names = ["manager_id", "customer_id", "date", "purpose"];
            let named = |cells: &[String]| names.into_iter().zip(cells.iter().map(|cell| clean(cell).to_owned())).collect::<Vec<_>>();
            let plain = ["manager_id", "customer_id", "date", "purpose"];
            let (one, first) = digest(&file(&plain, &named(&cells), ',', false, false), None);
            let (same, _) = digest(&file(&order, &named(&cells), delimiter, quoted, spaced), Some(&first));
            prop_assert_eq!(one, same);
            let (others, _) = digest(&file(&order, &named(&other), delimiter, quoted, spaced), Some(&first));
            prop_assert_eq!(one == others, named(&cells) == named(&other));
        }
    }
}
