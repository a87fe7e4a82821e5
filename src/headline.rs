//! What of a rule reports show beside its verdict: the measures that head them (六.1, 六.2, 六.3, 七.1), and those of each day.
//! Rules say it of themselves, so that no report knows any of them by its name.

use crate::lang::Words;
use crate::model::{Hours, Percent};

/// A measure that is looked at first.
#[derive(Debug)]
pub struct Headline {
    /// Over a narrow column.
    pub short: Words,
    /// Where there is room.
    pub name: Words,
    pub measure: Measure,
    /// What is counted, of how many: `3 of 12 days`.
    pub counts: fn(u64, u64) -> Words,
}

/// How a headline is counted and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Units kept of units assessed, which are days: `21/22 d`.
    Days,
    /// The rule's share as a percentage: `34.8%`.
    Share,
    /// The rule's share as numbers: `1/46`.
    Count,
}

/// A measure that is shown day by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayMeasure {
    FieldTime,
    FirstArrival,
    Unplanned,
}

/// A rule's limit as it stands beside its measure.
#[derive(Clone, Debug)]
pub struct ShownLimit {
    pub number: LimitNumber,
    pub words: Words,
}

/// The least or the most that a measure may be.
#[derive(Clone, Copy, Debug)]
pub enum LimitNumber {
    /// Of shares and counts.
    Percent(Percent),
    /// Of days in the field.
    Hours(Hours),
}

impl LimitNumber {
    /// In its unit.
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Percent(percent) => percent.as_f64(),
            Self::Hours(hours) => hours.as_f64(),
        }
    }
}

impl ShownLimit {
    pub fn percent(&self) -> Option<Percent> {
        match self.number {
            LimitNumber::Percent(percent) => Some(percent),
            LimitNumber::Hours(_) => None,
        }
    }
}
