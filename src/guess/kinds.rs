//! Which kind a table is.

use super::assign;
use super::facts::Facts;
use super::file_words::{self, Named};
use super::guessed::FileGuess;
use crate::load::{Preview, claimed};
use crate::model::{Column, Field, Kind, Need, fold_header};

/// What a required column counts for that is there, and against one that is not.
const REQUIRED: f64 = 3.0;
/// A table must have so much to say for itself.
const ENOUGH: f64 = 2.0;
/// What its name counts: where `check` goes by it, as much as two required columns and more.
const CLAIMED: f64 = 7.0;
const SPOKEN: f64 = 4.0;

/// What tells that a table is one of days: a person and a date stand in many.
const OF_DAYS: [Column; 4] = [Column::Status, Column::Part, Column::SyncedAt, Column::SummaryAt];

/// In an archive each customer has a row of his own, or a few.
const OF_EACH: f64 = 0.5;
/// A column of a few words has so many at most that may be statuses.
const STATUSES: usize = 12;

/// The kind for which a table has most to say: its own name first.
pub(super) fn kind_of(preview: &Preview, facts: &[Facts]) -> Option<Kind> {
    let file = preview.shown.rsplit(['/', '\\']).next().unwrap_or_default();
    let of_sheet = preview.sheet.as_ref().and_then(|sheet| file_words::spoken_of(&sheet.name));
    let of_title = || preview.titles.iter().find_map(|title| file_words::spoken_of(title));
    let spoken = of_sheet.or_else(|| file_words::spoken_of(file)).or_else(of_title);
    let claimed = claimed(file).filter(|kind| spoken == Some(Named::Kind(*kind)));
    if claimed.is_none() && are_orders(preview, facts) {
        return None;
    }
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
        Kind::Customers => {
            found(Column::CustomerId).is_some_and(|one| facts[one.at[0]].uniqueness() < OF_EACH) && !is_claimed
        }
        Kind::Days => !is_named && OF_DAYS.into_iter().all(|column| found(column).is_none()),
        Kind::Managers => assigned.len() < 2,
        _ => false,
    };
    if !is_claimed && (there * 2 < required().count() || is_anybodys) {
        return f64::NEG_INFINITY;
    }
    kind.fields().iter().map(weight).sum::<f64>() - if lacks_all { REQUIRED } else { 0.0 }
}

/// Whether a table is one of orders: each has a number of its own, and an amount.
fn are_orders(preview: &Preview, facts: &[Facts]) -> bool {
    const NUMBERS: [&str; 9] =
        ["订单号", "订单编号", "订单编码", "订货单号", "销售单号", "orderno", "orderid", "ordernumber", "ordercode"];
    let letters = |header: &str| fold_header(header).replace([' ', '_', '-', '.'], "");
    let is_number = |header: &String| NUMBERS.iter().any(|word| letters(header).contains(word));
    let any_speaks = |concept: &str| facts.iter().any(|facts| facts.header.speaks_of(concept));
    // Of visits too it may be told what was ordered.
    let are_visits = any_speaks("visit") || any_speaks("start");
    preview.header.iter().any(is_number) && any_speaks("fee") && !are_visits
}

/// Of a table that is taken for one of days, but for no word that says what they were, while words stand in another column
/// that may say it: nothing is proposed, for every row of it would count as a day in the field.
pub(super) fn leave_open(preview: &Preview, facts: &[Facts], guess: &mut FileGuess) {
    let found = |column: Column| guess.guesses.iter().any(|one| one.column == column);
    if guess.kind != Some(Kind::Days) || OF_DAYS.into_iter().any(found) {
        return;
    }
    let is_used = |at: usize| guess.guesses.iter().any(|one| one.at.contains(&at));
    let may_tell = |at: &usize| {
        let one = &facts[*at];
        let spoken = &one.header.whole;
        let is_of_people = ["rep", "name", "branch", "team", "id"].iter().any(|concept| one.header.speaks_of(concept));
        let is_time = one.are(|cell| cell.bytes().any(|byte| byte.is_ascii_digit()));
        let is_word = one.are_words() && one.values.len() <= STATUSES && !is_time;
        is_word && !is_of_people && (spoken.explained < 1.0 || spoken.is_generic())
    };
    if !(0..preview.header.len()).filter(|at| !is_used(*at)).any(|at| may_tell(&at)) {
        return;
    }
    let file = preview.shown.rsplit(['/', '\\']).next().unwrap_or_default();
    if claimed(file) == Some(Kind::Days) {
        guess.missing.extend(Kind::Days.field(Column::Status));
    } else {
        *guess = FileGuess::of_none(None);
    }
}
