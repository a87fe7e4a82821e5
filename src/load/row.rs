//! One row of a file: its cells by column, read into types, and what could not be read.

use super::cells;
use super::mapping::Mapping;
use super::numbers;
use crate::lang::{Words, say, words};
use crate::model::{
    Column, ColumnSet, CustomerId, Interner, Kind, ManagerId, Moment, Phone, Position, Word, YesNo, fold,
};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::ops::Range;

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

/// The ids met so far, in numbers of their own.
#[derive(Debug, Default)]
pub struct Ids {
    pub managers: Interner,
    pub customers: Interner,
}

/// Between the cells of a row: a character that no export holds.
const SEPARATOR: char = '\u{1f}';
const ABSENT: u8 = u8::MAX;

/// Whose telephone a number is; `None` where several managers share it.
pub type OwnNumbers = HashMap<Phone, Option<Box<str>>>;

/// The cells of one row at a time, by column.
pub struct Cells<'a> {
    kind: Kind,
    mapping: &'a Mapping,
    area_code: &'a str,
    own_numbers: &'a OwnNumbers,
    /// The place of each column among the kind's fields.
    slots: [u8; Column::COUNT],
    /// The cleaned cells of the row in the kind's order, a separator behind each; columns not in the file are empty.
    text: String,
    spans: Vec<(usize, usize)>,
    pub ids: Ids,
    pub bad: Vec<Bad>,
    pub given: ColumnSet,
}

impl<'a> Cells<'a> {
    pub fn new(kind: Kind, mapping: &'a Mapping, area_code: &'a str, own_numbers: &'a OwnNumbers) -> Self {
        let mut slots = [ABSENT; Column::COUNT];
        for (slot, field) in kind.fields().iter().enumerate() {
            slots[field.column as usize] = slot as u8;
        }
        Self {
            kind,
            mapping,
            area_code,
            own_numbers,
            slots,
            text: String::new(),
            spans: Vec::new(),
            ids: Ids::default(),
            bad: Vec::new(),
            given: ColumnSet::default(),
        }
    }

    /// Begins a new row; its cells follow by [`Self::push`], one for each field of the kind.
    pub fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
        self.bad.clear();
        self.given = ColumnSet::default();
    }

    /// The row's next cell, put together from the texts of the fields it is read from.
    pub fn push<'t>(&mut self, fields: impl IntoIterator<Item = &'t str>) {
        let start = self.text.len();
        for field in fields {
            let cell = cells::clean(field);
            if self.text.len() > start && !cell.is_empty() {
                self.text.push('/');
            }
            self.text.push_str(cell);
        }
        self.spans.push((start, self.text.len()));
        self.text.push(SEPARATOR);
    }

    /// A digest of all known cells: rows with the same digest are repeats.
    pub fn digest(&self) -> u128 {
        xxhash_rust::xxh3::xxh3_128(self.text.as_bytes())
    }

    /// A cell's text; empty where the file has no such column.
    pub fn text(&self, column: Column) -> &str {
        let (start, end) = self.spans[usize::from(self.slots[column as usize])];
        &self.text[start..end]
    }

    pub fn reject(&self, column: Column, why: Why) -> Reject {
        Reject { column: Some(column), cell: self.text(column).into(), why }
    }

    pub fn note_bad(&mut self, column: Column, why: Why) {
        let cell = self.text(column).into();
        self.bad.push(Bad { column, cell, why });
    }

    fn holds_nothing(&self, column: Column) -> bool {
        cells::is_empty_mark(self.text(column))
    }

    /// A cell that may be empty; unreadable ones are noted and taken as empty.
    pub fn read<T>(&mut self, column: Column, why: Why, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if self.holds_nothing(column) {
            return None;
        }
        let value = parse(self.text(column));
        match value {
            Some(_) => self.given.insert(column),
            None => self.note_bad(column, why),
        }
        value
    }

    /// A key cell: empty or unreadable, it rejects the row.
    pub fn key<T>(&mut self, column: Column, why: Why, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Reject> {
        if self.holds_nothing(column) {
            return Err(self.reject(column, Why::Empty));
        }
        parse(self.text(column)).ok_or_else(|| self.reject(column, why))
    }

    /// Free text, as it stands.
    pub fn words(&mut self, column: Column) -> Option<Box<str>> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let text = text.into();
        self.given.insert(column);
        Some(text)
    }

    /// An id that may be missing.
    pub fn id(&mut self, column: Column) -> Option<Box<str>> {
        self.read(column, Why::DigitsLost, |cell| (!cells::lost_digits(cell)).then(|| cell.into()))
    }

    /// Where the id of a key cell stands in `text`.
    fn key_id(&mut self, column: Column) -> Result<Range<usize>, Reject> {
        self.key(column, Why::DigitsLost, |cell| (!cells::lost_digits(cell)).then_some(()))?;
        let (start, end) = self.spans[usize::from(self.slots[column as usize])];
        Ok(start..end)
    }

    /// The manager's number, in this file's own numbering.
    pub fn manager(&mut self) -> Result<ManagerId, Reject> {
        let id = self.key_id(Column::ManagerId)?;
        Ok(ManagerId(self.ids.managers.number(&self.text[id])))
    }

    /// The manager by `manager_id`, or where that is empty by the telephone he called from.
    pub fn manager_or_own_number(&mut self) -> Result<ManagerId, Reject> {
        let empty = match self.manager() {
            Err(reject) if reject.why == Why::Empty => reject,
            read => return read,
        };
        if self.holds_nothing(Column::OwnNumber) {
            return Err(empty);
        }
        let number = self.key_phone(Column::OwnNumber)?;
        match self.own_numbers.get(&number) {
            Some(Some(id)) => Ok(ManagerId(self.ids.managers.number(id))),
            Some(None) => Err(self.reject(Column::OwnNumber, Why::SharedNumber)),
            None => Err(self.reject(Column::OwnNumber, Why::NobodysNumber)),
        }
    }

    /// The customer's number, in this file's own numbering.
    pub fn customer(&mut self) -> Result<CustomerId, Reject> {
        let id = self.key_id(Column::CustomerId)?;
        Ok(CustomerId(self.ids.customers.number(&self.text[id])))
    }

    /// The customer, where the row names one.
    pub fn customer_if_any(&mut self) -> Option<CustomerId> {
        let id = self.id(Column::CustomerId)?;
        Some(CustomerId(self.ids.customers.number(&id)))
    }

    fn spelled<T: Word>(&self, column: Column, cell: &str) -> Option<T> {
        let folded = fold(cell);
        let added = self.mapping.value(self.kind, column, &folded);
        T::of(added.unwrap_or(&folded))
    }

    /// One of a few words. Its empty marks are only those that are no spelling of a value, as 无 is of "no".
    pub fn word<T: Word>(&mut self, column: Column) -> Option<T> {
        match self.spelled(column, self.text(column)) {
            Some(value) => {
                self.given.insert(column);
                Some(value)
            }
            None => self.read(column, Why::UnknownWord, |_| None),
        }
    }

    /// A key cell that holds one of a few words.
    pub fn key_word<T: Word>(&mut self, column: Column) -> Result<T, Reject> {
        let value = self.spelled(column, self.text(column));
        self.key(column, Why::UnknownWord, |_| value)
    }

    /// Whether the photo cell holds a name, a link or a yes: what says no is no photo.
    pub fn has_photo(&mut self) -> bool {
        let said = self.spelled::<YesNo>(Column::Photo, self.text(Column::Photo));
        said != Some(YesNo::No) && !self.holds_nothing(Column::Photo)
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

    /// All numbers of a cell; parts that are none are noted.
    pub fn phones(&mut self, column: Column) -> Vec<Phone> {
        if self.holds_nothing(column) {
            return Vec::new();
        }
        let (numbers, readable) = numbers::phones(self.text(column), self.area_code);
        if !readable {
            let lost = cells::lost_digits(self.text(column));
            self.note_bad(column, if lost { Why::DigitsLost } else { Why::NotPhone });
        }
        if !numbers.is_empty() {
            self.given.insert(column);
        }
        numbers
    }

    /// A key cell that holds a phone number.
    pub fn key_phone(&mut self, column: Column) -> Result<Phone, Reject> {
        let area_code = self.area_code;
        let lost = cells::lost_digits(self.text(column));
        let why = if lost { Why::DigitsLost } else { Why::NotPhone };
        self.key(column, why, |cell| numbers::phones(cell, area_code).0.first().copied())
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
