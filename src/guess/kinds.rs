//! Which kind a table is.

use super::assign;
use super::facts::Facts;
use super::file_words::{self, Named};
use crate::load::{Preview, claimed};
use crate::model::{Column, Field, Kind, Need};

/// What a required column counts for that is there, and against one that is not.
const REQUIRED: f64 = 3.0;
/// A table must have so much to say for itself.
const ENOUGH: f64 = 2.0;
/// What its name counts: where `check` goes by it, as much as two required columns and more.
const CLAIMED: f64 = 7.0;
const SPOKEN: f64 = 4.0;

/// What tells that a table is one of days: a person and a date stand in many.
const OF_DAYS: [Column; 4] = [Column::Status, Column::Part, Column::SyncedAt, Column::SummaryAt];

/// The kind for which a table has most to say: its own name first.
pub(super) fn kind_of(preview: &Preview, facts: &[Facts]) -> Option<Kind> {
    let file = preview.shown.rsplit(['/', '\\']).next().unwrap_or_default();
    let of_sheet = preview.sheet.as_ref().and_then(|sheet| file_words::spoken_of(&sheet.name));
    let of_title = || preview.titles.iter().find_map(|title| file_words::spoken_of(title));
    let spoken = of_sheet.or_else(|| file_words::spoken_of(file)).or_else(of_title);
    let claimed = claimed(file).filter(|kind| spoken == Some(Named::Kind(*kind)));
    let are_shops = facts.iter().any(|facts| facts.header.speaks_of("shop"));
    let best = Kind::ALL.into_iter().map(|kind| {
        let named = match spoken {
            Some(Named::Kind(named)) if named == kind => {
                if claimed.is_some() {
                    CLAIMED
                } else {
                    SPOKEN
                }
            }
            // What is planned is not what was done.
            Some(Named::Kind(Kind::Plans)) if kind == Kind::Visits => f64::NEG_INFINITY,
            // Who is employed is no customer, where no header says so.
            Some(Named::Kind(Kind::Managers)) if kind == Kind::Customers && !are_shops => f64::NEG_INFINITY,
            // Statistics of days tell of each day mostly; of visits or plans they are sums.
            Some(Named::Other) if kind == Kind::Days => -SPOKEN,
            Some(Named::Other) => -CLAIMED,
            _ => 0.0,
        };
        let is_named = spoken == Some(Named::Kind(kind));
        (score(kind, preview, facts, is_named, claimed == Some(kind)) + named, kind)
    });
    let best = best.reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    (best.0 > ENOUGH).then_some(best.1)
}

/// What the columns of a table say for a kind.
fn score(kind: Kind, preview: &Preview, facts: &[Facts], is_named: bool, is_claimed: bool) -> f64 {
    let assigned = assign::columns(kind, preview, facts, |_, _| None, |_| false);
    let found = |column: Column| assigned.iter().find(|one| one.column == column);
    let weight = |field: &Field| match (field.need, found(field.column)) {
        (Need::Key | Need::Required, Some(one)) => REQUIRED * one.score,
        (Need::Key | Need::Required, None) => -REQUIRED,
        (_, Some(one)) => one.score * one.likeness,
        (_, None) => 0.0,
    };
    let mut any_of = kind.fields().iter().filter(|field| field.need == Need::OneOf).peekable();
    let lacks_all = any_of.peek().is_some() && !any_of.any(|field| found(field.column).is_some());
    let required = || kind.fields().iter().filter(|field| field.need.is_required());
    let there = required().filter(|field| found(field.column).is_some()).count();
    let is_anybodys = match kind {
        Kind::Days => !is_named && OF_DAYS.into_iter().all(|column| found(column).is_none()),
        Kind::Managers => assigned.len() < 2,
        _ => false,
    };
    if !is_claimed && (there * 2 < required().count() || is_anybodys) {
        return f64::NEG_INFINITY;
    }
    kind.fields().iter().map(weight).sum::<f64>() - if lacks_all { REQUIRED } else { 0.0 }
}
