//! Which rows of the data a command looks at.

use crate::model::{DateSpan, Kind, Month, Scope};
use crate::rules::config::Ruleset;
use crate::rules::terms;
use chrono::NaiveDate;

/// Which rows a command looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// Those that rules look at when they judge the month, and so many months before it.
    OfMonths {
        before: i32,
    },
    /// Likewise; and of the month, if it is not over, those that it is looked ahead in by.
    OfReport {
        before: i32,
    },
    /// What plans of these dates need.
    OfDates(DateSpan),
    /// What is still to be done in the month and so many before it, and what was done so far.
    Ahead {
        before: i32,
    },
    All,
}

impl Rows {
    pub(super) fn scope(self, ruleset: &Ruleset, month: Month, horizon: NaiveDate) -> Scope {
        match self {
            Self::OfMonths { before } => {
                let months = (0..=before).map(|back| ruleset.scope(month.plus(-back)));
                months.reduce(Scope::union).expect("the month itself is one of them")
            }
            Self::OfReport { before } => {
                let scope = Self::OfMonths { before }.scope(ruleset, month, horizon);
                let is_over = horizon >= month.last();
                if is_over { scope } else { scope.union(Self::Ahead { before: 0 }.scope(ruleset, month, horizon)) }
            }
            Self::OfDates(dates) => {
                let months = Month::of(dates.first).span().union(Month::of(dates.last).span());
                let mut scope = Scope::everywhere(dates);
                scope.widen(Kind::Plans, months);
                scope.widen(Kind::Days, months);
                scope.widen(Kind::Visits, DateSpan { first: NaiveDate::MIN, last: months.last });
                terms::widen_to_still_due(ruleset, dates, &mut scope);
                // Scores of the month before may call for a visit on site.
                scope.widen(Kind::Quality, Month::of(dates.first).plus(-1).span());
                scope
            }
            Self::Ahead { before } => {
                /// A horizon before the month lies in the month before it, and two months before that tell what is usual.
                const LOOK_BACK: i32 = 3;
                /// A visit that is planned within a cycle need not be planned again.
                const LONGEST_CYCLE: u64 = 92;
                let first = month.plus(-before);
                let mut scope = Self::OfMonths { before }.scope(ruleset, month, horizon);
                scope.widen(Kind::Visits, DateSpan { first: NaiveDate::MIN, last: month.last() });
                scope.widen(Kind::Days, DateSpan { first: first.plus(-LOOK_BACK).first(), last: month.last() });
                scope.widen(Kind::Plans, month.span().widened(LONGEST_CYCLE));
                scope
            }
            Self::All => Scope::unlimited(),
        }
    }
}
