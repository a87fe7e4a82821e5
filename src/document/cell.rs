//! What stands in a place of a table.

use chrono::NaiveDate;

/// What a cell means, for those formats that can show it besides in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Bad,
    Waiting,
    Faint,
}

/// What a cell holds besides its text, for formats that tell numbers, dates and ids from texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Integer(i64),
    /// With two decimals at most: scores and their changes, percentage points.
    Number(f64),
    /// So many of so many, shown as a percentage.
    Share {
        count: u64,
        of: u64,
    },
    /// A length of time.
    Seconds(u64),
    /// A time of day, in seconds since midnight.
    Clock(u32),
    Date(NaiveDate),
    /// Digits that are no number: ids, digests.
    Id,
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub tone: Tone,
    pub value: Option<Value>,
    /// What it leads to within the document, in formats with links.
    pub link: Option<Box<str>>,
    /// The file beside the document that it leads to, likewise.
    pub file: Option<Box<str>>,
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, ..Self::default() }
    }

    /// A value and how it is shown.
    pub fn valued(text: impl Into<String>, value: Value) -> Self {
        Self { text: text.into(), value: Some(value), ..Self::default() }
    }

    pub fn integer(number: u64) -> Self {
        Self::valued(number.to_string(), Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    pub fn id(text: impl Into<String>) -> Self {
        Self::valued(text, Value::Id)
    }

    pub fn date(date: NaiveDate) -> Self {
        Self::valued(date.to_string(), Value::Date(date))
    }

    /// Leading to an anchor, or to what a page is asked for behind `#`.
    pub fn leading_to(mut self, target: String) -> Self {
        self.link = Some(target.into());
        self
    }

    /// Leading to a file beside the document, by its relative path.
    pub fn opening(mut self, path: &str) -> Self {
        self.file = Some(path.into());
        self
    }

    pub fn with_tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}
