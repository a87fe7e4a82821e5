//! One row of a file: its cells by column, read into types, and what could not be read.

use super::batch::{Numbers, Pools, TextAt};
use super::cells;
use super::fields::Fields;
use super::layout::Layout;
use super::mapping::Mapping;
use super::memo::Memo;
use super::numbers;
use crate::lang::{Words, say, words};
use crate::model::{Column, ColumnSet, Kind, Moment, Phone, Position, Word, YesNo, fold};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::HashMap;

/// Why a row or a cell cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// A key cell holds nothing.
    Empty,
    NotDate,
    /// Not a date with a time of day.
    NotMoment,
    NotMonth,
    NotPeriod,
    NotNumber,
    NotDuration,
    NotPhone,
    /// A word that is none of those the column knows.
    UnknownWord,
    /// An id or number in scientific notation.
    DigitsLost,
    /// Bytes that mean nothing in the file's encoding.
    Undecodable,
    /// More cells than the header has, and something in them.
    TooManyCells {
        cells: usize,
        header: usize,
    },
    /// The file ends inside this row.
    CutShort,
    /// No manager has this telephone number.
    NobodysNumber,
    /// More than one manager has this telephone number.
    SharedNumber,
    /// Neither a month nor a date to place the row by.
    Undated,
}

impl Why {
    pub fn words(&self) -> Words {
        match self {
            Self::Empty => words("必填而为空", "empty, but needed"),
            Self::NotDate => words("不是有效日期", "not a valid date"),
            Self::NotMoment => words("不是有效的日期时间", "not a valid date and time"),
            Self::NotMonth => words("不是月份（应如 2026-10）", "not a month such as 2026-10"),
            Self::NotPeriod => words("不是所属期", "not a period such as 2026-10, 2026-W41, 2026Q4 or 2026H2"),
            Self::NotNumber => words("不是数字", "not a number"),
            Self::NotDuration => words("不是时长", "not a length of time"),
            Self::NotPhone => words("不是电话号码", "not a phone number"),
            Self::UnknownWord => words("未知的取值", "not one of the known values"),
            Self::DigitsLost => words("科学计数法，位数已丢失", "scientific notation: digits were lost"),
            Self::Undecodable => words("此行无法按文件编码解码", "the line cannot be decoded in the file's encoding"),
            Self::TooManyCells { cells, header } => say(
                format!("有 {cells} 个单元格，表头只有 {header} 个"),
                format!("{cells} cells, but the header has {header}"),
            ),
            Self::CutShort => words("文件在此行中断", "the file ends in the middle of this row"),
            Self::NobodysNumber => words("不是任何客户经理的号码", "no manager has this number (managers.phone)"),
            Self::SharedNumber => words("多名客户经理共用此号码", "several managers have this number (managers.phone)"),
            Self::Undated => words("既无月份也无日期", "neither a month nor a date"),
        }
    }
}

/// A cell with what is wrong with it: `started_at "2026-13-01": not a valid date and time`.
pub fn example(column: Option<Column>, cell: &str, why: &Why) -> Words {
    let column = column.map(|column| format!("{} ", column.name())).unwrap_or_default();
    let why = why.words();
    say(format!("{column}“{cell}”：{}", why.zh), format!("{column}\"{cell}\": {}", why.en))
}

/// Why a row is rejected, and over which cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    pub column: Option<Column>,
    pub cell: Box<str>,
    pub why: Why,
}

/// A cell that was taken as empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    pub column: Column,
    pub cell: Box<str>,
    pub why: Why,
}

/// Whose telephone a number is; `None` where several managers share it.
pub type OwnNumbers = HashMap<Phone, Option<Box<str>>>;

/// What reading cells depends on besides the cells.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    pub mapping: &'a Mapping,
    pub area_code: &'a str,
    pub own_numbers: &'a OwnNumbers,
}

/// What goes on from row to row.
pub struct Hand<'a> {
    pub terms: Terms<'a>,
    pub layout: &'a Layout,
    /// For each column what its words were read as: the place of the value among its spellings.
    words: Vec<Memo<u8>>,
    pub pools: Pools,
    pub bad: Vec<Bad>,
    /// Room for digests and joined cells.
    room: String,
}

impl<'a> Hand<'a> {
    pub fn new(terms: Terms<'a>, layout: &'a Layout) -> Self {
        let words = vec![Memo::default(); Column::COUNT];
        Self { terms, layout, words, pools: Pools::default(), bad: vec![], room: String::new() }
    }
}

/// The cells of one row, by column.
pub struct Cells<'r, 'h, 'a> {
    fields: Fields<'r>,
    hand: &'h mut Hand<'a>,
    /// The columns that have been looked at, and those among them whose cells had to be cleaned.
    seen: ColumnSet,
    unclean: bool,
    pub given: ColumnSet,
    pub manager: u16,
}

/// No value of a vocabulary.
const NO_WORD: u8 = u8::MAX;

impl<'r, 'h, 'a> Cells<'r, 'h, 'a> {
    pub fn new(fields: Fields<'r>, hand: &'h mut Hand<'a>) -> Self {
        hand.bad.clear();
        Self { fields, hand, seen: ColumnSet::default(), unclean: false, given: ColumnSet::default(), manager: 0 }
    }

    fn kind(&self) -> Kind {
        self.hand.layout.kind
    }

    /// A cell as it stands in the file; that of joined columns is made up of their cells.
    fn raw(&self, column: Column) -> &'r str {
        self.hand.layout.place(column).map_or("", |at| self.fields.get(at))
    }

    /// A cell's text; empty where the file has no such column.
    #[inline]
    pub fn text(&mut self, column: Column) -> &'r str {
        self.seen.insert(column);
        let raw = self.raw(column);
        match raw.as_bytes() {
            [] => raw,
            [first, .., last] if cells::is_plain(*first) && cells::is_plain(*last) => raw,
            [only] if cells::is_plain(*only) => raw,
            _ => {
                let clean = cells::clean(raw);
                self.unclean |= clean.len() != raw.len();
                clean
            }
        }
    }

    /// A digest of all known cells: rows with the same digest are repeats.
    pub fn digest(&mut self) -> u64 {
        let layout = self.hand.layout;
        for column in layout.known.without(self.seen).iter() {
            self.text(column);
        }
        let plain = !self.unclean && self.fields.gap > 0;
        layout.digest(self.fields, plain, &mut self.hand.room)
    }

    pub fn reject(&mut self, column: Column, why: Why) -> Reject {
        Reject { column: Some(column), cell: self.text(column).into(), why }
    }

    pub fn note_bad(&mut self, column: Column, why: Why) {
        let cell = self.text(column).into();
        self.hand.bad.push(Bad { column, cell, why });
    }

    /// A cell that may be empty; unreadable ones are noted and taken as empty.
    pub fn read<T>(&mut self, column: Column, why: Why, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
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

    /// A key cell: empty or unreadable, it rejects the row.
    pub fn key<T>(&mut self, column: Column, why: Why, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Reject> {
        let text = self.text(column);
        match parse(text) {
            Some(value) => Ok(value),
            None if cells::is_empty_mark(text) => Err(self.reject(column, Why::Empty)),
            None => Err(self.reject(column, why)),
        }
    }

    /// Free text, as it stands.
    pub fn words(&mut self, column: Column) -> Option<&'r str> {
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
        self.hand.pools.keep(text)
    }

    /// Free text of which there are few different ones, by number.
    pub fn pooled(&mut self, column: Column) -> u16 {
        match self.words(column) {
            Some(text) => self.hand.pools.number(text),
            None => Pools::NONE,
        }
    }

    /// A list of texts, by number.
    pub fn listed(&mut self, column: Column) -> u16 {
        match self.words(column) {
            Some(text) => self.hand.pools.list_number(text),
            None => Pools::NONE,
        }
    }

    /// An id that may be missing.
    pub fn id(&mut self, column: Column) -> &'r str {
        let mut id = "";
        let text = self.text(column);
        self.read(column, Why::DigitsLost, |cell| is_id(cell).then(|| id = text));
        id
    }

    fn key_id(&mut self, column: Column) -> Result<&'r str, Reject> {
        let text = self.text(column);
        self.key(column, Why::DigitsLost, |cell| is_id(cell).then_some(text))
    }

    /// Notes whose row it is.
    pub fn manager(&mut self) -> Result<(), Reject> {
        let id = self.key_id(Column::ManagerId)?;
        self.manager = self.hand.pools.manager(id);
        Ok(())
    }

    /// Notes whose row it is: by `manager_id`, or where that is empty by the telephone he called from.
    pub fn manager_or_own_number(&mut self) -> Result<(), Reject> {
        let empty = match self.manager() {
            Err(reject) if reject.why == Why::Empty => reject,
            read => return read,
        };
        if cells::is_empty_mark(self.text(Column::OwnNumber)) {
            return Err(empty);
        }
        let number = self.key_phone(Column::OwnNumber)?;
        match self.hand.terms.own_numbers.get(&number) {
            Some(Some(id)) => {
                self.manager = self.hand.pools.manager(id);
                Ok(())
            }
            Some(None) => Err(self.reject(Column::OwnNumber, Why::SharedNumber)),
            None => Err(self.reject(Column::OwnNumber, Why::NobodysNumber)),
        }
    }

    /// The customer's number among those of the batch.
    pub fn customer(&mut self) -> Result<u16, Reject> {
        let id = self.key_id(Column::CustomerId)?;
        Ok(self.hand.pools.customer(id))
    }

    /// The customer, where the row names one.
    pub fn customer_if_any(&mut self) -> u16 {
        match self.id(Column::CustomerId) {
            "" => Pools::NONE,
            id => self.hand.pools.customer(id),
        }
    }

    fn spelled<T: Word>(&mut self, column: Column) -> Option<T> {
        let raw = self.raw(column);
        if raw.is_empty() {
            return None;
        }
        let place = match self.hand.words[column as usize].get(raw) {
            Some(place) => place,
            None => {
                let folded = fold(cells::clean(raw));
                let added = self.hand.terms.mapping.value(self.kind(), column, &folded);
                let value = T::of(added.unwrap_or(&folded));
                let place = value.and_then(|value| T::SPELLINGS.iter().position(|(known, _)| *known == value));
                let place = place.map_or(NO_WORD, |place| place as u8);
                // A cell that must be cleaned has to be seen as such each time.
                if cells::clean(raw).len() == raw.len() {
                    self.hand.words[column as usize].put(raw, place);
                } else {
                    self.unclean = true;
                }
                place
            }
        };
        self.seen.insert(column);
        T::SPELLINGS.get(usize::from(place)).map(|(value, _)| *value)
    }

    /// One of a few words. Its empty marks are only those that are no spelling of a value, as 无 is of "no".
    pub fn word<T: Word>(&mut self, column: Column) -> Option<T> {
        match self.spelled(column) {
            Some(value) => {
                self.given.insert(column);
                Some(value)
            }
            None => self.read(column, Why::UnknownWord, |_| None),
        }
    }

    /// A key cell that holds one of a few words.
    pub fn key_word<T: Word>(&mut self, column: Column) -> Result<T, Reject> {
        match self.spelled(column) {
            Some(value) => Ok(value),
            None => self.key(column, Why::UnknownWord, |_| None),
        }
    }

    /// Whether the photo cell holds a name, a link or a yes: what says no is no photo.
    pub fn has_photo(&mut self) -> bool {
        let text = self.text(Column::Photo);
        !cells::is_empty_mark(text) && YesNo::of(&fold(text)) != Some(YesNo::No)
    }

    /// A yes or no; empty is no.
    pub fn flag(&mut self, column: Column) -> bool {
        self.word(column) == Some(YesNo::Yes)
    }

    pub fn date(&mut self, column: Column) -> Option<NaiveDate> {
        self.read(column, Why::NotDate, cells::date)
    }

    pub fn key_date(&mut self, column: Column) -> Result<NaiveDate, Reject> {
        self.key(column, Why::NotDate, cells::date)
    }

    /// A moment, which may be a time alone where `day` is given.
    pub fn moment(&mut self, column: Column, day: Option<NaiveDate>) -> Option<Moment> {
        self.read(column, Why::NotMoment, |cell| cells::moment(cell, day))
    }

    /// A moment whose time of day may be left out.
    pub fn date_or_moment(&mut self, column: Column) -> Option<Moment> {
        self.read(column, Why::NotMoment, cells::date_or_moment)
    }

    /// All numbers of some columns together; parts that are none are noted.
    pub fn phones(&mut self, columns: &[Column]) -> Numbers {
        let mut numbers = Vec::new();
        for column in columns {
            let text = self.phone_text(*column);
            if text.is_empty() || cells::is_empty_mark(&text) {
                continue;
            }
            let before = numbers.len();
            if !numbers::phones(&text, self.hand.terms.area_code, &mut numbers) {
                let why = if cells::lost_digits(&text) { Why::DigitsLost } else { Why::NotPhone };
                self.hand.bad.push(Bad { column: *column, cell: text.into(), why });
            }
            if numbers.len() > before {
                self.given.insert(*column);
            }
        }
        self.hand.pools.numbers(numbers)
    }

    /// The cells of joined phone columns, put together.
    fn phone_text(&mut self, column: Column) -> Cow<'r, str> {
        let layout = self.hand.layout;
        if column != Column::Phone || !layout.is_joined() {
            return Cow::Borrowed(self.text(column));
        }
        self.seen.insert(column);
        Cow::Owned(layout.joined(self.fields))
    }

    /// A key cell that holds a phone number.
    pub fn key_phone(&mut self, column: Column) -> Result<Phone, Reject> {
        let area_code = self.hand.terms.area_code;
        let lost = cells::lost_digits(self.text(column));
        let why = if lost { Why::DigitsLost } else { Why::NotPhone };
        self.key(column, why, |cell| numbers::first(cell, area_code))
    }

    /// Longitude and latitude; (0,0) and places that are not on the globe count as empty.
    pub fn position(&mut self) -> Option<Position> {
        let lon = self.read(Column::Lon, Why::NotNumber, cells::decimal);
        let lat = self.read(Column::Lat, Why::NotNumber, cells::decimal);
        let position = Position { lon: lon?, lat: lat? };
        let nowhere = position.lon == 0.0 && position.lat == 0.0;
        let on_globe = (-180.0..=180.0).contains(&position.lon) && (-90.0..=90.0).contains(&position.lat);
        (on_globe && !nowhere).then_some(position)
    }
}

fn is_id(cell: &str) -> bool {
    !cells::is_empty_mark(cell) && !cells::lost_digits(cell)
}
