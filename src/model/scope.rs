//! Spans of dates by kind: what a run looks at, and what is loaded.

use super::kind::Kind;
use super::time::DateSpan;
use chrono::NaiveDate;

/// The dates that the run looks at, for each kind.
#[derive(Clone, Debug)]
pub struct Scope {
    spans: [DateSpan; Kind::ALL.len()],
}

impl Scope {
    /// All dates there are.
    pub fn unlimited() -> Self {
        Self::everywhere(DateSpan { first: NaiveDate::MIN, last: NaiveDate::MAX })
    }

    pub fn everywhere(span: DateSpan) -> Self {
        Self { spans: [span; Kind::ALL.len()] }
    }

    pub fn span(&self, kind: Kind) -> DateSpan {
        self.spans[kind as usize]
    }

    /// What either looks at, and for each kind what lies between.
    pub fn union(mut self, other: Self) -> Self {
        for kind in Kind::ALL {
            self.widen(kind, other.span(kind));
        }
        self
    }

    /// Looks at `span` too.
    pub fn widen(&mut self, kind: Kind, span: DateSpan) {
        self.spans[kind as usize] = self.spans[kind as usize].union(span);
    }
}

/// For each kind the span from the first to the last date in it, of anyone.
#[derive(Clone, Debug, Default)]
pub struct Windows {
    spans: [Option<DateSpan>; Kind::ALL.len()],
}

impl Windows {
    pub fn get(&self, kind: Kind) -> Option<DateSpan> {
        self.spans[kind as usize]
    }

    pub fn contain(&self, kind: Kind, date: NaiveDate) -> bool {
        self.get(kind).is_some_and(|span| span.contains(date))
    }

    /// Reaches over these dates too.
    pub fn add(&mut self, kind: Kind, dates: DateSpan) {
        let span = &mut self.spans[kind as usize];
        *span = Some(span.map_or(dates, |span| span.union(dates)));
    }
}
