//! One row of a file: its cells by column, read into types.

use crate::cell::cells;
use crate::cell::dates;
use crate::cell::numbers;
use crate::cell::reason::{Bad, Reason, Reject};
use crate::load::context::ParseContext;
use crate::load::fields::Fields;
use crate::model::{Column, ColumnSet, Kind, Moment, Phone, Position, Word, YesNo, fold};
use crate::store::arena::{Arena, Numbers, Place, TextAt};
use chrono::NaiveDate;
use std::borrow::Cow;

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
        Self { fields, context, given: ColumnSet::default(), unknown: ColumnSet::default(), manager: 0 }
    }

    /// Whether the row is rejected, and only read for what can be read of it.
    pub fn is_rejected(&self) -> bool {
        self.context.of_rejected
    }

    fn kind(&self) -> Kind {
        self.context.layout.kind
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

    pub fn note_bad(&mut self, column: Column, why: Reason) {
        let cell = self.text(column);
        self.unknown.insert(column);
        self.context.bad.push(Bad { column, cell: cell.into(), why: why.of(cell) });
    }

    /// A cell that may be empty; unreadable ones are noted and taken as empty.
    pub fn read<T>(&mut self, column: Column, why: Reason, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if self.is_empty(column) {
            return None;
        }
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let value = parse(text);
        if value.is_some() {
            self.given.insert(column);
        } else if !cells::is_empty_mark(text) {
            self.note_bad(column, why);
        }
        value
    }

    /// Whether a cell holds nothing, or a mark that says so.
    pub fn is_blank(&mut self, column: Column) -> bool {
        self.is_empty(column) || cells::is_empty_mark(self.text(column))
    }

    /// A key cell: empty or unreadable, it rejects the row. In a row that is rejected `instead` stands for it.
    pub fn key<T>(
        &mut self,
        column: Column,
        why: Reason,
        instead: T,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Reject> {
        let text = self.text(column);
        match parse(text) {
            Some(value) => Ok(value),
            None if self.is_rejected() => {
                self.unknown.insert(column);
                Ok(instead)
            }
            None if cells::is_empty_mark(text) => Err(self.reject(column, Reason::Empty)),
            None => Err(self.reject(column, why.of(text))),
        }
    }

    /// Free text, as it stands.
    #[inline]
    pub fn words(&mut self, column: Column) -> Option<&'r str> {
        if self.is_empty(column) {
            return None;
        }
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        self.given.insert(column);
        Some(text)
    }

    /// Free text that is kept.
    pub fn kept(&mut self, column: Column) -> TextAt {
        let text = self.words(column).unwrap_or_default();
        self.keep(text)
    }

    pub fn keep(&mut self, text: &str) -> TextAt {
        self.context.arena.keep(text)
    }

    /// Free text of which there are few different ones, by number.
    pub fn pooled(&mut self, column: Column) -> u16 {
        let Some(text) = self.words(column) else { return Arena::NONE };
        let known = &mut self.context.pooled[column as usize];
        known.get(text.as_bytes()).unwrap_or_else(|| {
            let number = self.context.arena.number(text);
            known.put(text, number);
            number
        })
    }

    /// Free text that only what is printed for people needs, by number; other runs take note that it is given.
    pub fn detail(&mut self, column: Column) -> u16 {
        if self.context.terms.details {
            return self.pooled(column);
        }
        self.words(column);
        Arena::NONE
    }

    /// A list of texts, by number.
    pub fn listed(&mut self, column: Column) -> u16 {
        match self.words(column) {
            Some(text) => self.context.arena.list_number(text),
            None => Arena::NONE,
        }
    }

    /// An id that may be missing.
    pub fn id(&mut self, column: Column) -> &'r str {
        if self.is_empty(column) {
            return "";
        }
        let mut id = "";
        let text = self.text(column);
        self.read(column, Reason::DigitsLost, |cell| cells::is_id(cell).then(|| id = text));
        id
    }

    fn key_id(&mut self, column: Column) -> Result<&'r str, Reject> {
        let text = self.text(column);
        self.key(column, Reason::DigitsLost, "", |cell| cells::is_id(cell).then_some(text))
    }

    /// Notes whose row it is.
    pub fn manager(&mut self) -> Result<(), Reject> {
        self.manager = match self.context.arena.same_manager(self.usual(Column::ManagerId)) {
            Some(manager) => manager,
            None => {
                let id = self.key_id(Column::ManagerId)?;
                if id.is_empty() { Arena::NONE } else { self.context.arena.manager(id) }
            }
        };
        Ok(())
    }

    /// Notes whose row it is: by `manager_id`, or where that is empty by the telephone he called from.
    pub fn manager_or_own_number(&mut self) -> Result<(), Reject> {
        if !self.is_blank(Column::ManagerId) || self.is_blank(Column::OwnNumber) {
            return self.manager();
        }
        let number = self.key_phone(Column::OwnNumber)?;
        let why = match self.context.terms.own_numbers.get(&number) {
            Some(Some(id)) => {
                self.manager = self.context.arena.manager(id);
                return Ok(());
            }
            _ if self.is_rejected() => {
                self.unknown.insert(Column::ManagerId);
                self.manager = Arena::NONE;
                return Ok(());
            }
            Some(None) => Reason::SharedNumber,
            None => Reason::NobodysNumber,
        };
        Err(self.reject(Column::OwnNumber, why))
    }

    /// The customer's number among those of the chunk.
    pub fn customer(&mut self) -> Result<u16, Reject> {
        if let Some(number) = self.context.arena.recent_customer(self.usual(Column::CustomerId)) {
            return Ok(number);
        }
        let text = self.text(Column::CustomerId);
        let is_usable = || if cells::is_id(text) { Ok(()) } else { Err(()) };
        match self.context.arena.customer(text, is_usable) {
            Ok(number) => Ok(number),
            Err(()) => self.key_id(Column::CustomerId).map(|_| Arena::NONE),
        }
    }

    /// The customer, where the row names one.
    pub fn customer_if_any(&mut self) -> u16 {
        match self.id(Column::CustomerId) {
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
                let raw = self.raw(column);
                let folded = fold(cells::clean(raw));
                let added = self.context.terms.mapping.value(self.kind(), column, &folded);
                let value = T::of(added.unwrap_or(&folded));
                let place = value.and_then(|value| T::SPELLINGS.iter().position(|(known, _)| *known == value));
                let place = place.map_or(NO_WORD, |place| place as u8);
                self.context.words[column as usize].put(raw, place);
                place
            }
        };
        T::SPELLINGS.get(usize::from(place)).map(|(value, _)| *value)
    }

    /// One of a few words. Its empty marks are only those that are no spelling of a value, as 无 is of "no".
    pub fn word<T: Word>(&mut self, column: Column) -> Option<T> {
        match self.spelled(column) {
            Some(value) => {
                self.given.insert(column);
                Some(value)
            }
            None => self.read(column, Reason::UnknownWord, |_| None),
        }
    }

    /// A key cell that holds one of a few words.
    pub fn key_word<T: Word>(&mut self, column: Column, instead: T) -> Result<T, Reject> {
        match self.spelled(column) {
            Some(value) => Ok(value),
            None => self.key(column, Reason::UnknownWord, instead, |_| None),
        }
    }

    /// Whether the photo cell holds a name, a link or a yes: what says no is no photo.
    pub fn has_photo(&mut self) -> bool {
        if self.is_empty(Column::Photo) {
            return false;
        }
        let text = self.text(Column::Photo);
        // No word for no has more than the five letters of "false".
        let may_be_no = || text.chars().nth(5).is_none() && YesNo::of(&fold(text)) == Some(YesNo::No);
        !text.is_empty() && !cells::is_empty_mark(text) && !may_be_no()
    }

    /// A yes or no; empty is no.
    pub fn flag(&mut self, column: Column) -> bool {
        self.word(column) == Some(YesNo::Yes)
    }

    pub fn date(&mut self, column: Column) -> Option<NaiveDate> {
        if self.is_empty(column) {
            return None;
        }
        if let Some(date) = self.context.dates.usual_date(self.usual(column)) {
            self.given.insert(column);
            return Some(date);
        }
        self.read(column, Reason::NotDate, dates::date)
    }

    pub fn key_date(&mut self, column: Column) -> Result<NaiveDate, Reject> {
        if let Some(date) = self.context.dates.usual_date(self.usual(column)) {
            return Ok(date);
        }
        self.key(column, Reason::NotDate, NaiveDate::default(), dates::date)
    }

    /// A moment, which may be a time alone where `day` is given.
    pub fn moment(&mut self, column: Column, day: Option<NaiveDate>) -> Option<Moment> {
        if let Some(moment) = self.context.dates.usual_moment(self.usual(column)) {
            self.given.insert(column);
            return Some(moment);
        }
        self.read(column, Reason::NotMoment, |cell| dates::moment(cell, day))
    }

    pub fn key_moment(&mut self, column: Column, day: Option<NaiveDate>) -> Result<Moment, Reject> {
        if let Some(moment) = self.context.dates.usual_moment(self.usual(column)) {
            return Ok(moment);
        }
        self.key(column, Reason::NotMoment, Moment::default(), |cell| dates::moment(cell, day))
    }

    /// Whether a cell that was read as this moment says no seconds.
    pub fn is_in_minutes(&mut self, column: Column, moment: Option<Moment>) -> bool {
        moment.is_some_and(|moment| moment.second % 60 == 0) && dates::is_without_seconds(self.text(column))
    }

    /// A moment whose time of day may be left out.
    pub fn date_or_moment(&mut self, column: Column) -> Option<Moment> {
        if let Some(moment) = self.context.dates.usual_date_or_moment(self.usual(column)) {
            self.given.insert(column);
            return Some(moment);
        }
        self.read(column, Reason::NotMoment, dates::date_or_moment)
    }

    pub fn key_date_or_moment(&mut self, column: Column) -> Result<Moment, Reject> {
        self.key(column, Reason::NotMoment, Moment::default(), dates::date_or_moment)
    }

    /// All numbers of some columns together; parts that are none are noted.
    pub fn phones(&mut self, columns: &[Column]) -> Numbers {
        if !self.context.layout.is_joined() {
            let mut given = columns.iter().filter(|column| !self.is_empty(**column));
            match (given.next(), given.next()) {
                (None, _) => return Numbers::default(),
                (Some(only), None) => {
                    if let Some(number) = numbers::usual(self.usual(*only)) {
                        self.given.insert(*only);
                        return Numbers::one(number);
                    }
                }
                _ => {}
            }
        }
        let mut numbers = std::mem::take(&mut self.context.numbers);
        numbers.clear();
        for column in columns {
            let text = self.phone_text(*column);
            if text.is_empty() || cells::is_empty_mark(&text) {
                continue;
            }
            let before = numbers.len();
            if !numbers::phones(&text, self.context.terms.area_code, &mut numbers) {
                let why = if cells::lost_digits(&text) { Reason::DigitsLost } else { Reason::NotPhone.of(&text) };
                self.unknown.insert(*column);
                self.context.bad.push(Bad { column: *column, cell: text.into(), why });
            }
            if numbers.len() > before {
                self.given.insert(*column);
            }
        }
        let kept = self.context.arena.several(&numbers);
        self.context.numbers = numbers;
        kept
    }

    /// The cells of joined phone columns, put together.
    fn phone_text(&mut self, column: Column) -> Cow<'r, str> {
        let layout = self.context.layout;
        if column != Column::Phone || !layout.is_joined() {
            return Cow::Borrowed(self.text(column));
        }
        Cow::Owned(layout.joined(self.fields))
    }

    /// A key cell that holds a phone number.
    pub fn key_phone(&mut self, column: Column) -> Result<Phone, Reject> {
        if let Some(number) = numbers::usual(self.usual(column)) {
            return Ok(number);
        }
        let area_code = self.context.terms.area_code;
        let lost = cells::lost_digits(self.text(column));
        let why = if lost { Reason::DigitsLost } else { Reason::NotPhone };
        self.key(column, why, Phone::NONE, |cell| numbers::first(cell, area_code))
    }

    /// Longitude and latitude; (0,0) and places that are not on the globe count as empty.
    pub fn place(&mut self) -> Place {
        if let Some(place) = Place::usual(self.usual(Column::Lon), self.usual(Column::Lat)) {
            self.given.insert(Column::Lon);
            self.given.insert(Column::Lat);
            return place;
        }
        let lon = self.read(Column::Lon, Reason::NotNumber, cells::decimal);
        let lat = self.read(Column::Lat, Reason::NotNumber, cells::decimal);
        let (Some(lon), Some(lat)) = (lon, lat) else { return Place::MISSING };
        let on_globe = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        if !on_globe || (lon == 0.0 && lat == 0.0) {
            return Place::NOWHERE;
        }
        self.context.arena.place(Position { lon, lat })
    }
}
