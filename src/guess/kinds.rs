//! Which kind a table is.

use super::assign;
use super::facts::Facts;
use super::file_words;
use crate::load::{Preview, claimed};
use crate::model::{Field, Kind, Need};

/// What a required column counts for that is there, and against one that is not.
const REQUIRED: f64 = 3.0;
/// A table must have so much to say for itself.
const ENOUGH: f64 = 2.0;
/// What its name counts: where `check` goes by it, as much as two required columns and more.
const CLAIMED: f64 = 7.0;
const SPOKEN: f64 = 4.0;

/// The kind for which a table has most to say: its own name first.
pub(super) fn kind_of(preview: &Preview, facts: &[Facts]) -> Option<Kind> {
    let file = preview.shown.rsplit(['/', '\\']).next().unwrap_or_default();
    let of_sheet = preview.sheet.as_ref().and_then(|sheet| file_words::spoken_of(&sheet.name));
    let spoken = of_sheet.or_else(|| file_words::spoken_of(file));
    let is_claimed = spoken.is_some() && claimed(file) == spoken;
    let score = |kind: Kind| {
        let assigned = assign::columns(kind, preview, facts, |_, _| None);
        let found = |field: &Field| assigned.iter().find(|one| one.column == field.column);
        let weight = |field: &Field| match (field.need, found(field)) {
            (Need::Key | Need::Required, Some(one)) => REQUIRED * one.score,
            (Need::Key | Need::Required, None) => -REQUIRED,
            (_, Some(one)) => one.score * one.likeness,
            (_, None) => 0.0,
        };
        let mut any_of = kind.fields().iter().filter(|field| field.need == Need::OneOf).peekable();
        let lacks_all = any_of.peek().is_some() && !any_of.any(|field| found(field).is_some());
        let required = || kind.fields().iter().filter(|field| field.need.is_required());
        let there = required().filter(|field| found(field).is_some()).count();
        if !(is_claimed && spoken == Some(kind)) && there * 2 < required().count() {
            return f64::NEG_INFINITY;
        }
        let named = match spoken {
            Some(named) if named == kind => {
                if is_claimed {
                    CLAIMED
                } else {
                    SPOKEN
                }
            }
            _ => 0.0,
        };
        kind.fields().iter().map(weight).sum::<f64>() + named - if lacks_all { REQUIRED } else { 0.0 }
    };
    let best = Kind::ALL.into_iter().map(|kind| (score(kind), kind)).reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    (best.0 > ENOUGH).then_some(best.1)
}
