//! One row of a file: its cells by column, read into types. Here are ids, texts and words; the rest is in `values`.

mod meant;
mod values;

use crate::cell::cells::{self, Cell};
use crate::cell::ids;
use crate::cell::reason::{Bad, Reason, Reject};
use crate::cell::words;
use crate::load::context::ParseContext;
use crate::load::fields::Fields;
use crate::load::layout::Layout;
use crate::model::{Column, ColumnSet, Holds, Kind, Photo, Word, YesNo};
use crate::store::arena::{Arena, PhotosAt, TextAt};
use crate::store::row::Row;
use std::borrow::Cow;

/// A row that is read from cells.
pub trait Parse: Row {
    /// Reads a row.
    fn read(cells: &mut Cells) -> Result<Self, Reject>;
}

/// The cells of one row, by column.
pub struct Cells<'r, 'h, 'a> {
    fields: Fields<'r>,
    context: &'h mut ParseContext<'a>,
    pub given: ColumnSet,
    /// The columns whose cell cannot be read; of a rejected row also those of empty key cells.
    pub unknown: ColumnSet,
    pub manager: u16,
}

/// What is unknown in any column stands for a cell that is damaged.
const DAMAGED: &str = "#N/A";
/// No value of a vocabulary.
const NO_WORD: u8 = u8::MAX;

impl<'r, 'h, 'a> Cells<'r, 'h, 'a> {
    pub fn new(fields: Fields<'r>, context: &'h mut ParseContext<'a>) -> Self {
        context.bad.clear();
        Self { fields, context, given: ColumnSet::default(), unknown: ColumnSet::default(), manager: Arena::NONE }
    }

    /// Whether the row is rejected, and only read for what can be read of it.
    pub fn is_rejected(&self) -> bool {
        self.context.of_rejected
    }

    fn layout(&self) -> &'h Layout
    where
        'a: 'h,
    {
        self.context.layout
    }

    fn kind(&self) -> Kind {
        self.layout().kind
    }

    /// A cell as it stands in the file; that of joined columns is made up of their cells.
    fn raw(&self, column: Column) -> &'r str {
        let cell = self.context.layout.place(column).map_or("", |at| self.fields.get(at));
        if self.is_rejected() && cell.contains([char::REPLACEMENT_CHARACTER, '\0']) { DAMAGED } else { cell }
    }

    /// A cell's text; empty where the file has no such column.
    #[inline]
    pub fn text(&mut self, column: Column) -> &'r str {
        let raw = self.raw(column);
        if self.fields.are_clean() { raw } else { cells::clean(raw) }
    }

    /// A cell's bytes, where it is known that the row needs no cleaning: the short way for what most cells hold. Without a
    /// result they are for the general way.
    #[inline]
    fn usual(&self, column: Column) -> &'r [u8] {
        match self.context.layout.place(column) {
            Some(at) if self.fields.are_clean() => self.fields.bytes(at),
            _ => &[],
        }
    }

    #[inline]
    fn is_empty(&self, column: Column) -> bool {
        self.context.layout.place(column).is_none_or(|at| self.fields.bytes(at).is_empty())
    }

    /// A digest of all known cells: rows with the same digest are repeats.
    pub fn digest(&mut self) -> u64 {
        self.context.layout.digest(self.fields, &mut self.context.room)
    }

    pub fn reject(&mut self, column: Column, why: Reason) -> Reject {
        Reject { column: Some(column), cell: self.text(column).into(), why }
    }

    /// Over an unreadable cell that this row is rejected for after all, though it is no key cell.
    pub fn blame(&self, column: Column) -> Option<Reject> {
        let bad = self.context.bad.iter().find(|bad| bad.column == column)?;
        Some(Reject { column: Some(column), cell: bad.cell.clone(), why: bad.why.clone() })
    }

    /// A cell that is there but cannot be read.
    fn note(&mut self, column: Column, cell: &str, why: Reason) {
        self.unknown.insert(column);
        self.context.bad.push(Bad { column, cell: cell.into(), why });
    }

    /// What the columns hold is told once, with the kind; whoever reads them otherwise is caught here.
    fn expect(&self, column: Column, is_so: impl Fn(Holds) -> bool) {
        let kind = self.kind();
        debug_assert!(kind.field(column).is_none_or(|field| is_so(field.holds)), "{}.{}", kind.name(), column.name());
    }

    /// A cell that may be empty; unreadable ones are noted and taken as empty.
    pub fn read<T>(&mut self, column: Column, parse: impl FnOnce(&'r str) -> Cell<T>) -> Option<T> {
        if self.is_empty(column) {
            return None;
        }
        let text = self.text(column);
        match parse(text) {
            Cell::Value(value) => {
                self.given.insert(column);
                Some(value)
            }
            Cell::Empty => None,
            Cell::Unknown(why) => {
                self.note(column, text, why);
                None
            }
        }
    }

    /// Whether a cell holds nothing, or a mark that says so.
    pub fn is_blank(&mut self, column: Column) -> bool {
        self.is_empty(column) || cells::is_empty_mark(self.text(column))
    }

    /// A key cell: empty or unreadable, it rejects the row. In a row that is rejected `instead` stands for it.
    pub fn key<T>(&mut self, column: Column, instead: T, parse: impl FnOnce(&'r str) -> Cell<T>) -> Result<T, Reject> {
        let why = match parse(self.text(column)) {
            Cell::Value(value) => return Ok(value),
            _ if self.is_rejected() => {
                self.unknown.insert(column);
                return Ok(instead);
            }
            Cell::Empty => Reason::Empty,
            Cell::Unknown(why) => why,
        };
        Err(self.reject(column, why))
    }

    /// Free text.
    #[inline]
    pub fn words(&mut self, column: Column) -> Option<&'r str> {
        self.expect(column, |holds| matches!(holds, Holds::Text | Holds::Items));
        self.read(column, cells::text)
    }

    /// A name.
    pub fn name(&mut self, column: Column) -> Option<&'r str> {
        self.expect(column, |holds| holds == Holds::Name);
        self.read(column, cells::name)
    }

    /// A name that is kept.
    pub fn kept_name(&mut self, column: Column) -> TextAt {
        let text = self.name(column).unwrap_or_default();
        self.keep(text)
    }

    pub fn keep(&mut self, text: &str) -> TextAt {
        self.context.arena.keep(text)
    }

    /// Free text of which there are few different ones, by number.
    pub fn pooled(&mut self, column: Column) -> u16 {
        self.known(column).unwrap_or_else(|| {
            let text = self.words(column);
            self.pool(column, text)
        })
    }

    /// A name, likewise.
    pub fn pooled_name(&mut self, column: Column) -> u16 {
        self.known(column).unwrap_or_else(|| {
            let text = self.name(column);
            self.pool(column, text)
        })
    }

    /// The number of a text that the column has had before, or that of none.
    fn known(&mut self, column: Column) -> Option<u16> {
        if self.is_empty(column) {
            return Some(Arena::NONE);
        }
        let text = self.text(column).as_bytes();
        let number = self.context.pooled[column as usize].get(text)?;
        self.given.insert(column);
        Some(number)
    }

    fn pool(&mut self, column: Column, text: Option<&str>) -> u16 {
        let Some(text) = text else { return Arena::NONE };
        let known = &mut self.context.pooled[column as usize];
        known.get(text.as_bytes()).unwrap_or_else(|| {
            let number = self.context.arena.number(text);
            known.put(text, number);
            number
        })
    }

    /// Free text that only what is printed for people needs, by number; other runs take note that it is given.
    pub fn detail(&mut self, column: Column) -> u16 {
        let text = self.words(column);
        if self.context.options.details { self.pool(column, text) } else { Arena::NONE }
    }

    /// A name, likewise.
    pub fn name_detail(&mut self, column: Column) -> u16 {
        if self.context.options.details {
            return self.pooled_name(column);
        }
        self.read(column, cells::name);
        Arena::NONE
    }

    /// A list of texts, by number.
    pub fn listed(&mut self, column: Column) -> u16 {
        if self.is_empty(column) {
            return Arena::NONE;
        }
        let text = self.text(column);
        if let Some(number) = self.context.arena.known_list(text) {
            self.given.insert(column);
            return number;
        }
        match self.words(column) {
            Some(text) => self.context.arena.list_number(text, words::items(text)),
            None => Arena::NONE,
        }
    }

    /// An id that may be missing.
    pub fn id(&mut self, column: Column) -> Cow<'r, str> {
        self.expect(column, |holds| holds == Holds::Id);
        self.read(column, ids::id).unwrap_or_default()
    }

    /// An id by which the row is known.
    pub fn key_id(&mut self, column: Column) -> Result<Cow<'r, str>, Reject> {
        self.expect(column, |holds| holds == Holds::Id);
        self.key(column, Cow::Borrowed(""), ids::id)
    }

    /// Notes whose row it is.
    pub fn manager(&mut self) -> Result<(), Reject> {
        self.manager = match self.context.arena.same_manager(self.usual(Column::ManagerId)) {
            Some(manager) => manager,
            None => {
                let id = self.key_id(Column::ManagerId)?;
                let meant = self.manager_meant(&id)?;
                if meant.is_empty() { Arena::NONE } else { self.context.arena.manager(&meant) }
            }
        };
        Ok(())
    }

    /// The customer's number among those of the chunk.
    pub fn customer(&mut self) -> Result<u16, Reject> {
        if let Some(number) = self.context.arena.recent_customer(self.usual(Column::CustomerId)) {
            return Ok(number);
        }
        let text = self.text(Column::CustomerId);
        let is_name = self.is_name(Column::CustomerId);
        let is_usual = || if ids::is_usual(text) && !is_name { Ok(()) } else { Err(()) };
        match self.context.arena.customer(text, is_usual) {
            Ok(number) => Ok(number),
            Err(()) => {
                let id = self.key_id(Column::CustomerId)?;
                let meant = self.customer_meant(&id)?;
                Ok(self.number_of(&meant))
            }
        }
    }

    /// The customer, where the row names one.
    pub fn customer_if_any(&mut self) -> u16 {
        let id = self.id(Column::CustomerId);
        let meant = match self.customer_meant(&id) {
            Ok(meant) => meant,
            Err(Reject { why, .. }) => {
                self.given.remove(Column::CustomerId);
                self.note(Column::CustomerId, &id, why);
                Cow::default()
            }
        };
        self.number_of(&meant)
    }

    fn number_of(&mut self, customer: &str) -> u16 {
        match customer {
            "" => Arena::NONE,
            id => self.context.arena.customer(id, || Ok::<(), ()>(())).unwrap_or(Arena::NONE),
        }
    }

    fn spelled<T: Word>(&mut self, column: Column) -> Option<T> {
        let bytes = self.context.layout.place(column).map_or(&[][..], |at| self.fields.bytes(at));
        if bytes.is_empty() {
            return None;
        }
        let place = match self.context.words[column as usize].get(bytes) {
            Some(place) => place,
            None => {
                self.expect(column, |holds| holds == Holds::Word(T::VOCABULARY));
                let (raw, kind, mapping) = (self.raw(column), self.kind(), self.context.options.mapping);
                let added = |word: &str| mapping.value(kind, column, word);
                let read = words::word(cells::clean(raw), T::VOCABULARY, &added);
                let place = read.value().map_or(NO_WORD, |place| place as u8);
                self.context.words[column as usize].put(raw, place);
                place
            }
        };
        T::VALUES.get(usize::from(place)).copied()
    }

    /// One of a few words. Its empty marks are only those that are no spelling of a value, as 无 is of "no".
    pub fn word<T: Word>(&mut self, column: Column) -> Option<T> {
        match self.spelled(column) {
            Some(value) => {
                self.given.insert(column);
                Some(value)
            }
            None => self.read(column, |cell| Cell::unread(cell, Reason::UnknownWord)),
        }
    }

    /// A key cell that holds one of a few words.
    pub fn key_word<T: Word>(&mut self, column: Column, instead: T) -> Result<T, Reject> {
        match self.spelled(column) {
            Some(value) => Ok(value),
            None => self.key(column, instead, |cell| Cell::unread(cell, Reason::UnknownWord)),
        }
    }

    /// The photos, and whether there is any.
    pub fn photos(&mut self) -> (PhotosAt, bool) {
        let Some(text) = self.read(Column::Photo, words::photo) else { return Default::default() };
        let mut named = words::photos(text).map(Photo::of);
        let (first, second) = (named.next(), named.next());
        let kept = match (first, second) {
            (Some(first), Some(second)) => {
                let all: Vec<Photo> = [first, second].into_iter().chain(named).collect();
                self.context.arena.keep_photos(&all)
            }
            (one, _) => self.context.arena.keep_photos(one.as_slice()),
        };
        (kept, true)
    }

    /// A yes or no; empty is no.
    pub fn flag(&mut self, column: Column) -> bool {
        self.word(column) == Some(YesNo::Yes)
    }
}
