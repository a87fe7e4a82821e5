//! One struct a kind: a row that could be read, with the place it was read from. Where rows are few they are kept as their
//! records, whose texts are their own.
//!
//! Empty cells are `None`, or the value that SPEC §2.2 gives an empty cell. So are cells that cannot be read, but `unknown`
//! names their columns. Rejected rows are records too, with the key cells they lack in `unknown` as well; a rejected row
//! whose date is told by no cell has `Column::Date` in it, whatever its kind calls its date.

use chrono::NaiveDate;
use std::borrow::Cow;

use super::column::{Column, ColumnSet};
use super::folding::fold;
use super::ids::{CustomerId, ManagerId};
use super::phone::{Phone, Phones};
use super::points::Points;
use super::time::{DateSpan, Moment, Month, Period};
use super::vocabulary::*;
use super::written::{Decimals, Photo, Photos, Written};

/// Where a record starts: the input file by its number in file order, and the 1-based line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At {
    pub file: u32,
    pub line: u32,
}

/// Degrees, in the coordinate system that rules.toml names for the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    pub lon: f64,
    pub lat: f64,
}

/// A shop.
#[derive(Clone, Debug)]
pub struct Customer<'a> {
    pub at: At,
    pub id: CustomerId,
    pub name: &'a str,
    pub manager: ManagerId,
    pub manager_name: Option<&'a str>,
    pub branch: Option<&'a str>,
    /// Kept only for what is printed for people.
    pub address: Option<&'a str>,
    /// Likewise.
    pub contact: Option<&'a str>,
    pub class: Option<Class>,
    pub suspended: bool,
    /// Numbers of `phone` and `phone2`.
    pub phones: Phones<'a>,
    pub position: Option<Position>,
    /// What the position is written with.
    pub decimals: Decimals,
    pub cycle: Option<Cycle>,
    pub info_point: bool,
    pub must_onsite: bool,
    pub vulnerable: bool,
    pub status: Status,
    pub opened_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub updated_on: Option<Moment>,
    /// The columns that hold something readable.
    pub given: ColumnSet,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

impl Customer<'_> {
    /// Open in the month (SPEC §1).
    pub fn is_open_in(&self, month: Month) -> bool {
        let opened = self.opened_on.is_none_or(|date| date <= month.last());
        let still = match self.closed_on {
            Some(date) => date > month.last(),
            None => self.status != Status::Closed,
        };
        opened && still
    }

    /// The position as it is written.
    pub fn written(&self) -> Option<Written> {
        self.position.map(|Position { lon, lat }| Written::new(lon, lat, self.decimals))
    }
}

/// The number that a system gave a record, if any. Few are asked for, so each is looked up only then.
#[derive(Clone, Copy, Debug, Default)]
pub struct RecordNumber<'a> {
    /// Where it stands among others.
    all: &'a str,
    start: u32,
    length: u32,
}

impl<'a> RecordNumber<'a> {
    pub fn new(all: &'a str, start: u32, length: u32) -> Self {
        Self { all, start, length }
    }

    pub fn text(self) -> Option<&'a str> {
        (self.length > 0).then(|| &self.all[self.start as usize..][..self.length as usize])
    }
}

/// One contact with a customer.
#[derive(Clone, Debug)]
pub struct Visit<'a> {
    pub at: At,
    pub id: RecordNumber<'a>,
    pub manager: ManagerId,
    pub customer: CustomerId,
    pub mode: Mode,
    pub started: Moment,
    /// `ended_at`, or `started_at` and `minutes`, as written: it may lie before the start.
    pub ended: Option<Moment>,
    pub planned: bool,
    pub outcome: Outcome,
    /// How many characters the reason has why an outcome is another than done.
    pub reason_chars: u32,
    pub has_photo: bool,
    pub photos: Photos<'a>,
    pub phones: Phones<'a>,
    pub tool: Option<&'a str>,
    pub items: &'a [Box<str>],
    pub uploaded: Option<Moment>,
    pub position: Option<Position>,
    /// What the position is written with.
    pub decimals: Decimals,
    pub source: Source,
    /// The columns of times whose cell says no seconds.
    pub without_seconds: ColumnSet,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

impl Visit<'_> {
    pub fn date(&self) -> NaiveDate {
        self.started.date
    }

    pub fn is_onsite(&self) -> bool {
        self.mode == Mode::Onsite
    }

    pub fn is_done(&self) -> bool {
        self.outcome == Outcome::Done
    }

    /// Whether a device recorded it, as far as that can be read.
    pub fn is_of_device(&self) -> bool {
        self.source == Source::Device && !self.unknown.contains(Column::Source)
    }

    /// Where it was checked in, as it is written.
    pub fn written(&self) -> Option<Written> {
        self.position.map(|Position { lon, lat }| Written::new(lon, lat, self.decimals))
    }

    /// The end, where every cell that tells it could be read.
    pub fn known_end(&self) -> Option<Moment> {
        self.end().filter(|_| !self.unknown.contains(Column::EndedAt))
    }

    /// The end where it does not lie before the start.
    pub fn end(&self) -> Option<Moment> {
        self.ended.filter(|end| *end >= self.started)
    }
}

/// The months in which photos are compared: the month and the two before it.
pub fn photo_months(month: Month) -> DateSpan {
    DateSpan { first: month.plus(-2).first(), last: month.last() }
}

/// A text that stands for photos at so many visits that it names none of them.
#[derive(Clone, Copy, Debug)]
pub struct PhotoLabel {
    pub photo: Photo,
    /// The first visit with it, in file order.
    pub first: At,
    pub visits: u64,
}

/// A phone call of a manager.
#[derive(Clone, Debug)]
pub struct Call {
    pub at: At,
    pub manager: ManagerId,
    pub number: Phone,
    /// Where the cell holds several numbers, those behind the first: any of them may have been called.
    pub others: Box<[Phone]>,
    pub started: Moment,
    pub seconds: u32,
    pub direction: Direction,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

impl Call {
    /// Whether it may have gone to one of these numbers.
    pub fn is_to(&self, numbers: &[Phone]) -> bool {
        numbers.contains(&self.number) || self.others.iter().any(|other| numbers.contains(other))
    }
}

/// A planned visit.
#[derive(Clone, Debug)]
pub struct PlanRow<'a> {
    pub at: At,
    pub manager: ManagerId,
    pub customer: CustomerId,
    pub date: NaiveDate,
    pub seq: Option<u32>,
    pub mode: Option<Mode>,
    pub phones: Phones<'a>,
    pub tool: Option<&'a str>,
    /// Kept only for what is printed for people.
    pub purpose: Option<&'a str>,
    pub created: Option<Moment>,
    pub rescheduled_from: Option<NaiveDate>,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

impl PlanRow<'_> {
    /// An empty mode counts as on-site.
    pub fn is_onsite(&self) -> bool {
        self.mode.is_none_or(|mode| mode == Mode::Onsite)
    }

    /// The other date that a move names.
    pub fn moved_from(&self) -> Option<NaiveDate> {
        self.rescheduled_from.filter(|from| *from != self.date)
    }
}

/// What a manager's day, or half of it, was for.
#[derive(Clone, Copy, Debug)]
pub struct DayRecord {
    pub at: At,
    pub manager: ManagerId,
    pub date: NaiveDate,
    pub status: DayStatus,
    pub part: Part,
    pub synced: Option<Moment>,
    pub summary: Option<Moment>,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

/// A row of the managers file.
#[derive(Clone, Debug)]
pub struct Manager {
    pub at: At,
    pub id: ManagerId,
    pub name: Option<Box<str>>,
    pub branch: Option<Box<str>>,
    /// His own telephones, by which calls may name him.
    pub phones: Box<[Phone]>,
    pub joined_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

impl Manager {
    /// Whether the manager is in post on a date.
    pub fn serves_on(&self, date: NaiveDate) -> bool {
        self.joined_on.is_none_or(|joined| joined <= date) && self.left_on.is_none_or(|left| date <= left)
    }
}

/// A piece of service or desk work.
#[derive(Clone, Debug)]
pub struct Service {
    pub at: At,
    pub manager: ManagerId,
    pub item: Box<str>,
    pub customer: Option<CustomerId>,
    pub done_on: NaiveDate,
    pub period: Option<Period>,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

/// An inquiry or complaint.
#[derive(Clone, Debug)]
pub struct Inquiry {
    pub at: At,
    pub id: Option<Box<str>>,
    pub manager: ManagerId,
    pub customer: Option<CustomerId>,
    pub kind: InquiryKind,
    pub received: Moment,
    pub replied: Option<Moment>,
    pub upheld: bool,
    pub duty: bool,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

/// A customer spot-checked.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    pub at: At,
    pub month: Month,
    pub manager: ManagerId,
    pub customer: CustomerId,
    pub checked_on: Option<NaiveDate>,
    pub result: Option<CheckResult>,
    pub draw: Draw,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

impl Check {
    /// Whether nobody could be asked, or nobody has asked yet.
    pub(crate) fn says_nothing(&self) -> bool {
        let is_empty = |column| !self.unknown.contains(column);
        let lacks_result = self.result.is_none() && is_empty(Column::Result);
        let lacks_date = self.checked_on.is_none() && is_empty(Column::CheckedOn);
        self.result == Some(CheckResult::Unable) || (lacks_result && lacks_date)
    }
}

/// What a market check found at a customer: an item with its score.
#[derive(Clone, Debug)]
pub struct Quality {
    pub at: At,
    pub month: Month,
    pub manager: ManagerId,
    pub customer: CustomerId,
    /// As `[[quality]]` calls it, else as written.
    pub item: Box<str>,
    /// `None` where it is yet to be written down.
    pub score: Option<Points>,
    /// The full score; 0 only in a row that is rejected.
    pub max: Points,
    pub checked_on: Option<NaiveDate>,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

impl Quality {
    /// The item as it is compared.
    pub fn item_key(&self) -> Cow<'_, str> {
        fold(&self.item)
    }
}

/// An appeal against a finding.
#[derive(Clone, Debug)]
pub struct Appeal {
    pub at: At,
    /// As written.
    pub finding_id: Box<str>,
    pub month: Option<Month>,
    /// What was measured when the appeal was filed.
    pub measured: Option<Box<str>>,
    /// The same read as a moment, where it can be; a time alone is one of [`Self::NO_DAY`].
    pub measured_at: Option<Moment>,
    pub reason_code: Option<Box<str>>,
    pub reason: Option<Box<str>>,
    pub evidence: Option<Box<str>>,
    pub filed: Option<Moment>,
    pub decision: Option<Decision>,
    pub decided_by: Option<Box<str>>,
    pub decided: Option<Moment>,
    pub note: Option<Box<str>>,
    /// The cells that cannot be read, as they stand: a form that is written anew loses none.
    pub unread: Box<[(Column, Box<str>)]>,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

impl Appeal {
    pub const NO_DAY: NaiveDate = NaiveDate::MIN;

    /// By what the finding is looked for: ids are compared without case.
    pub fn key(&self) -> String {
        self.finding_id.to_ascii_lowercase()
    }
}
