//! Charts as data: what is shown, never where or in which colour. Each says the same in words, for those who cannot see it.

use super::{Align, Cell, Column, Table, Timeline, Tone, Value, Way};
use chrono::NaiveDate;

#[derive(Clone, Debug)]
pub struct Chart {
    pub title: String,
    /// All that the chart shows, in a sentence or two.
    pub alternative: String,
    pub plot: Plot,
}

#[derive(Clone, Debug)]
pub enum Plot {
    /// A bar each, for comparison with one another and the limit.
    Bars {
        bars: Vec<Point>,
        limit: Option<Mark>,
    },
    /// One line through the months, oldest first; a month without a number leaves a gap.
    Line {
        points: Vec<Point>,
        limit: Option<Mark>,
    },
    Days(DayStrip),
    /// Like a way, drawn only where a page can be as wide as it likes; others give the words.
    Timeline(Timeline),
    Way(Way),
}

/// A labelled number; the number is in the chart's own unit, all numbers of a chart in the same.
#[derive(Clone, Debug)]
pub struct Point {
    pub label: String,
    pub number: Option<f64>,
    pub text: String,
}

/// A line across the chart.
#[derive(Clone, Debug)]
pub struct Mark {
    pub number: f64,
    pub text: String,
}

/// A manager's month, day by day.
#[derive(Clone, Debug)]
pub struct DayStrip {
    /// Every date of the month.
    pub days: Vec<StripDay>,
    /// The hours that a whole day asks for, where the rule is on.
    pub limit: Option<Mark>,
    /// What links to the days that there is anything to say of lead to, where nothing tells more of them.
    pub anchors: Vec<String>,
    /// Heads of the columns: date, weekday, field time, first arrival, unplanned, mark.
    pub heads: [String; 6],
}

#[derive(Clone, Debug)]
pub struct StripDay {
    pub date: NaiveDate,
    pub weekday: String,
    pub kind: DayKind,
    /// What kind of day it is, in a word; nothing for a plain working day.
    pub mark: String,
    /// In the field.
    pub seconds: Option<u64>,
    /// Field time as it is shown, bad where the rule found it too short.
    pub field: Cell,
    pub arrival: Cell,
    pub unplanned: Cell,
}

impl StripDay {
    /// Whether there is anything to say of it.
    pub fn is_told(&self) -> bool {
        !matches!(self.kind, DayKind::Open | DayKind::Free) || self.seconds.is_some() || !self.arrival.text.is_empty()
    }
}

/// What a day asks of a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    Working,
    /// Excused in the morning or the afternoon.
    HalfExcused,
    Excused,
    /// No visit, and no day record could speak of it.
    Unrecorded,
    /// No working day of his.
    Free,
    /// After the horizon, or before the first visit loaded.
    Open,
}

impl DayStrip {
    /// The days that there is anything to say of.
    pub fn table(&self) -> Table {
        let [date, weekday, field, arrival, unplanned, mark] = self.heads.clone();
        let right = |head| Column { align: Align::Right, ..Column::left(head) };
        let row = |day: &StripDay| {
            let mark =
                Cell::toned(&day.mark, if day.kind == DayKind::Unrecorded { Tone::Waiting } else { Tone::Faint });
            let (date, weekday) = (Cell::date(day.date), Cell::new(&day.weekday));
            vec![date, weekday, day.field.clone(), day.arrival.clone(), day.unplanned.clone(), mark]
        };
        Table {
            columns: vec![
                Column::left(date),
                Column::left(weekday),
                right(field),
                right(arrival),
                right(unplanned),
                Column::left(mark),
            ],
            rows: self.days.iter().filter(|day| day.is_told()).map(row).collect(),
            headed: true,
            breaks: false,
        }
    }
}

/// `4:59` hours and minutes, cut: a time that is too short by a second must not read as long enough.
pub(crate) fn hours_text(seconds: u64) -> String {
    format!("{}:{:02}", seconds / 3600, seconds / 60 % 60)
}

impl Cell {
    pub fn hours(seconds: u64) -> Self {
        Self::valued(hours_text(seconds), Value::Seconds(seconds))
    }
}
