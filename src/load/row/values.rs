//! Dates, lengths of time, telephone numbers and positions of a row. What most cells hold has a short way.

use super::Cells;
use crate::cell::cells::Cell;
use crate::cell::dates;
use crate::cell::lengths;
use crate::cell::numbers;
use crate::cell::periods;
use crate::cell::phones;
use crate::cell::reason::{Reason, Reject};
use crate::model::{Column, Decimals, Holds, Moment, Month, Phone, Points, Position, QualityItem, Unit};
use crate::store::arena::{Numbers, Place};
use chrono::NaiveDate;
use std::borrow::Cow;

impl<'r, 'a> Cells<'r, '_, 'a> {
    pub fn date(&mut self, column: Column) -> Option<NaiveDate> {
        self.expect(column, |holds| holds == Holds::Date);
        if self.is_empty(column) {
            return None;
        }
        if let Some(date) = self.context.dates.usual_date(self.usual(column)) {
            self.given.insert(column);
            return Some(date);
        }
        self.read(column, dates::date)
    }

    pub fn key_date(&mut self, column: Column) -> Result<NaiveDate, Reject> {
        if let Some(date) = self.context.dates.usual_date(self.usual(column)) {
            return Ok(date);
        }
        self.expect(column, |holds| holds == Holds::Date);
        self.key(column, NaiveDate::default(), dates::date)
    }

    /// The month that a check is of: the one it names, else that of its date. Neither is a key cell: where one stands there and
    /// cannot be read, it may be any month.
    pub fn month_or_that_of(&mut self, date: Option<NaiveDate>) -> Result<Month, Reject> {
        if let Some(month) = self.read(Column::Month, periods::month).or(date.map(Month::of)) {
            return Ok(month);
        }
        let is_there = [Column::Month, Column::CheckedOn].into_iter().any(|column| self.unknown.contains(column));
        if !is_there && !self.is_rejected() {
            return Err(self.reject(Column::CheckedOn, Reason::Undated));
        }
        self.unknown.insert(Column::Month);
        Ok(Month::of(NaiveDate::default()))
    }

    /// Points, if any. The cell may be empty, but one that cannot be read rejects its row.
    pub fn points(&mut self, column: Column) -> Result<Option<Points>, Reject> {
        self.expect(column, |holds| holds == Holds::Points);
        let points = self.read(column, numbers::points);
        match self.blame(column).filter(|_| !self.is_rejected()) {
            Some(reject) => Err(reject),
            None => Ok(points),
        }
    }

    /// What market checks look at under a name.
    pub fn quality_item(&self, name: &str) -> Option<&'a QualityItem> {
        self.context.options.quality.find(name)
    }

    /// A moment, which may be a time alone where `day` is given.
    pub fn moment(&mut self, column: Column, day: Option<NaiveDate>) -> Option<Moment> {
        self.expect(column, |holds| holds == Holds::Moment);
        if let Some(moment) = self.context.dates.usual_moment(self.usual(column)) {
            self.given.insert(column);
            return Some(moment);
        }
        self.read(column, |cell| dates::moment(cell, day))
    }

    /// The same at the end of something: 24:00 of a day is one too.
    pub fn end(&mut self, column: Column, day: Option<NaiveDate>) -> Option<Moment> {
        self.expect(column, |holds| holds == Holds::End);
        if let Some(moment) = self.context.dates.usual_moment(self.usual(column)) {
            self.given.insert(column);
            return Some(moment);
        }
        self.read(column, |cell| dates::end(cell, day))
    }

    pub fn key_moment(&mut self, column: Column, day: Option<NaiveDate>) -> Result<Moment, Reject> {
        if let Some(moment) = self.context.dates.usual_moment(self.usual(column)) {
            return Ok(moment);
        }
        self.key(column, Moment::default(), |cell| dates::moment(cell, day))
    }

    /// Whether a cell that was read as this moment says no seconds.
    pub fn is_in_minutes(&mut self, column: Column, moment: Option<Moment>) -> bool {
        moment.is_some_and(|moment| moment.second % 60 == 0) && dates::is_without_seconds(self.text(column))
    }

    /// A moment whose time of day may be left out.
    pub fn date_or_moment(&mut self, column: Column) -> Option<Moment> {
        self.expect(column, |holds| holds == Holds::DateOrMoment);
        if let Some(moment) = self.context.dates.usual_date_or_moment(self.usual(column)) {
            self.given.insert(column);
            return Some(moment);
        }
        self.read(column, dates::date_or_moment)
    }

    pub fn key_date_or_moment(&mut self, column: Column) -> Result<Moment, Reject> {
        self.expect(column, |holds| holds == Holds::DateOrMoment);
        self.key(column, Moment::default(), dates::date_or_moment)
    }

    /// The unit of the lengths of time in a column.
    fn unit(&self, column: Column) -> Unit {
        let usual = self.kind().field(column).and_then(|field| field.holds.unit());
        self.layout().unit.or(usual).unwrap_or(Unit::Second)
    }

    pub fn seconds(&mut self) -> Result<u32, Reject> {
        self.expect(Column::Seconds, |holds| holds == Holds::Seconds);
        let unit = self.unit(Column::Seconds);
        self.key(Column::Seconds, 0, |cell| lengths::seconds(cell, unit))
    }

    /// Minutes, in seconds.
    pub fn minutes(&mut self) -> Option<u64> {
        self.expect(Column::Minutes, |holds| holds == Holds::Minutes);
        let unit = self.unit(Column::Minutes);
        self.read(Column::Minutes, |cell| lengths::minutes(cell, unit))
    }

    /// All numbers of some columns together; parts that are none are noted.
    pub fn phones(&mut self, columns: &[Column]) -> Numbers {
        if !self.context.layout.is_joined() {
            let mut given = columns.iter().filter(|column| !self.is_empty(**column));
            match (given.next(), given.next()) {
                (None, _) => return Numbers::default(),
                (Some(only), None) => {
                    if let Some(number) = phones::usual(self.usual(*only)) {
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
            let before = numbers.len();
            if let Cell::Unknown(why) = phones::phones(&text, self.context.options.area_code, &mut numbers) {
                self.note(*column, &text, why);
            }
            if numbers.len() > before {
                self.given.insert(*column);
            }
        }
        let kept = self.context.arena.several(&numbers);
        self.context.numbers = numbers;
        kept
    }

    /// All numbers of a column, to be kept by their record.
    pub fn own_phones(&mut self, column: Column) -> Box<[Phone]> {
        let numbers = self.phones(&[column]);
        self.context.arena.phones(numbers).iter().copied().collect()
    }

    /// The cells of joined phone columns, put together.
    fn phone_text(&mut self, column: Column) -> Cow<'r, str> {
        let layout = self.context.layout;
        if column != Column::Phone || !layout.is_joined() {
            return Cow::Borrowed(self.text(column));
        }
        Cow::Owned(layout.joined(self.fields))
    }

    /// A key cell that holds phone numbers: those of them that can be read.
    pub fn key_phones(&mut self, column: Column) -> Result<Numbers, Reject> {
        if let Some(number) = phones::usual(self.usual(column)) {
            return Ok(Numbers::one(number));
        }
        let area_code = self.context.options.area_code;
        let mut numbers = std::mem::take(&mut self.context.numbers);
        numbers.clear();
        let read = self.key(column, (), |cell| match phones::phones(cell, area_code, &mut numbers) {
            Cell::Unknown(_) if !numbers.is_empty() => Cell::Value(()),
            read => read,
        });
        let kept = self.context.arena.several(&numbers);
        self.context.numbers = numbers;
        read.map(|()| kept)
    }

    /// A key cell that holds a phone number.
    pub fn key_phone(&mut self, column: Column) -> Result<Phone, Reject> {
        if let Some(number) = phones::usual(self.usual(column)) {
            return Ok(number);
        }
        let area_code = self.context.options.area_code;
        self.key(column, Phone::NONE, |cell| phones::first(cell, area_code))
    }

    /// Longitude and latitude; (0,0) and places that are not on the globe count as empty.
    pub fn place(&mut self) -> Place {
        if let Some(place) = Place::usual(self.usual(Column::Lon), self.usual(Column::Lat)) {
            self.given.insert(Column::Lon);
            self.given.insert(Column::Lat);
            return place;
        }
        let position = match (self.layout().place(Column::Lon), self.layout().place(Column::Lat)) {
            (None, None) => None,
            (Some(lon), Some(lat)) if lon != lat => {
                let lon = self.read(Column::Lon, numbers::degrees);
                let lat = self.read(Column::Lat, numbers::degrees);
                lon.zip(lat).map(|(lon, lat)| Position { lon, lat })
            }
            (Some(_), Some(_)) => self.position(Column::Lon, Column::Lat),
            (Some(_), None) => self.position_or_degrees(Column::Lon, Column::Lat),
            (None, Some(_)) => self.position_or_degrees(Column::Lat, Column::Lon),
        };
        match position {
            None => Place::MISSING,
            Some(Position { lon, lat }) if !numbers::is_on_globe(lon, lat) || (lon, lat) == (0.0, 0.0) => {
                Place::NOWHERE
            }
            Some(position) => self.context.arena.place(position),
        }
    }

    /// With how many decimals the position is written.
    pub fn decimals(&mut self) -> Decimals {
        let both = |cell| numbers::position_as_written(cell).value().map(|(_, decimals)| decimals).unwrap_or_default();
        match (self.layout().place(Column::Lon), self.layout().place(Column::Lat)) {
            (Some(lon), Some(lat)) if lon != lat => {
                Decimals::new(numbers::decimals(self.text(Column::Lon)), numbers::decimals(self.text(Column::Lat)))
            }
            (Some(_), _) => both(self.text(Column::Lon)),
            (None, Some(_)) => both(self.text(Column::Lat)),
            (None, None) => Decimals::default(),
        }
    }

    /// A cell that gives longitude and latitude, by one of their columns.
    fn position(&mut self, column: Column, other: Column) -> Option<Position> {
        let position = self.read(column, numbers::position);
        for set in [&mut self.given, &mut self.unknown] {
            set.set(other, set.contains(column));
        }
        position
    }

    /// Where there is a column for one of them only, its cells may still give both.
    fn position_or_degrees(&mut self, column: Column, other: Column) -> Option<Position> {
        match numbers::position(self.text(column)) {
            Cell::Value(_) => self.position(column, other),
            _ => self.read(column, numbers::degrees).and(None),
        }
    }
}
