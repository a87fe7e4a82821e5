//! One record a row. Where a cell cannot be read its column stands in `unknown`, and the field holds what an empty cell
//! gives.

use super::month::Month;
use super::{Date, Time};

type Columns = Vec<&'static str>;

/// A record of which some cells may be unknown.
pub(crate) trait Unknown {
    fn columns(&self) -> &[&'static str];

    fn unknown(&self, column: &str) -> bool {
        self.columns().contains(&column)
    }
}

macro_rules! unknown {
    ($($record:ty)*) => {
        $(impl Unknown for $record {
            fn columns(&self) -> &[&'static str] {
                &self.unknown
            }
        })*
    };
}

unknown! { Customer Visit Plan Call DayRow Service Inquiry Check }

#[derive(Clone, Debug, Default)]
pub(crate) struct Customer {
    pub id: String,
    pub manager: String,
    pub branch: String,
    pub class: String,
    pub suspended: bool,
    pub numbers: Vec<String>,
    pub cycle: String,
    pub batch: String,
    pub phone: String,
    /// Longitude and latitude are given.
    pub position: (bool, bool),
    pub info_point: bool,
    pub must_onsite: bool,
    pub vulnerable: bool,
    pub closed: bool,
    pub opened_on: Option<Date>,
    pub closed_on: Option<Date>,
    pub unknown: Columns,
}

impl Customer {
    pub(crate) fn cycle(&self) -> &str {
        if self.cycle.is_empty() { "monthly" } else { &self.cycle }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    pub manager: String,
    pub customer: String,
    pub mode: String,
    pub start: Time,
    /// None also where it lies before the start (§3); the clock looks at what was written.
    pub end: Option<Time>,
    pub written_end: Option<Time>,
    /// start, end, upload were written to the minute.
    pub in_minutes: [bool; 3],
    pub planned: bool,
    pub outcome: String,
    pub reason: String,
    pub photo: String,
    pub numbers: Vec<String>,
    pub tool: String,
    pub items: Vec<String>,
    pub uploaded: Option<Time>,
    pub paper: bool,
    pub unknown: Columns,
}

impl Visit {
    pub(crate) fn date(&self) -> Date {
        self.start.date()
    }

    pub(crate) fn onsite(&self) -> bool {
        self.mode == "onsite"
    }

    pub(crate) fn done(&self) -> bool {
        self.outcome == "done"
    }

    /// An end is written that cannot be read.
    pub(crate) fn end_unknown(&self) -> bool {
        self.unknown("ended_at") || (self.written_end.is_none() && self.unknown("minutes"))
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    pub manager: String,
    pub customer: String,
    pub date: Date,
    pub seq: Option<i64>,
    /// Empty counts as on-site, except for the rule that asks for it.
    pub mode: String,
    pub numbers: Vec<String>,
    pub tool: String,
    pub created: Option<Time>,
    pub from: Option<Date>,
    pub unknown: Columns,
}

impl Plan {
    pub(crate) fn onsite(&self) -> bool {
        self.mode.is_empty() || self.mode == "onsite"
    }

    /// The date it moves a visit away from.
    pub(crate) fn moves(&self) -> Option<Date> {
        self.from.filter(|from| *from != self.date)
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Call {
    pub manager: String,
    pub numbers: Vec<String>,
    pub start: Time,
    pub seconds: i64,
    pub direction: String,
    pub unknown: Columns,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct DayRow {
    pub manager: String,
    pub date: Date,
    pub status: String,
    pub part: String,
    pub synced: Option<Time>,
    pub summary: Option<Time>,
    pub unknown: Columns,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Manager {
    pub id: String,
    pub branch: String,
    pub joined_on: Option<Date>,
    pub left_on: Option<Date>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Service {
    pub manager: String,
    pub item: String,
    pub customer: String,
    pub done_on: Date,
    pub period: String,
    pub unknown: Columns,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Inquiry {
    pub manager: String,
    pub customer: String,
    pub complaint: bool,
    pub received: Date,
    pub replied: Option<Date>,
    pub upheld: bool,
    pub duty: bool,
    pub unknown: Columns,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Check {
    pub manager: String,
    pub customer: String,
    /// None where neither month nor date can be read.
    pub month: Option<Month>,
    pub result: String,
    pub random: bool,
    pub unknown: Columns,
}

/// A cell of a rejected row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Unreadable,
    Text(String),
}

/// A row without one of its key cells (§2.1): what can be read of it may still belong to a unit (§1.1).
#[derive(Clone, Debug)]
pub(crate) struct Rejected {
    pub kind: &'static str,
    /// Who it names; None where that cannot be read.
    pub manager: Option<String>,
    pub customer: Option<String>,
    /// The dates it may be of by what can be read; none: any.
    pub dates: Vec<Date>,
    pub cells: Vec<(&'static str, Cell)>,
}

impl Rejected {
    pub(crate) fn cell(&self, name: &str) -> Cell {
        self.cells.iter().find(|(n, _)| *n == name).map_or(Cell::Empty, |(_, cell)| cell.clone())
    }
}
