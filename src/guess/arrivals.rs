//! Arrivals that are written in a way that is not read: no other time of a visit may stand for them.

use super::assigned::Assigned;
use super::concepts::{Header, likeness};
use super::facts::Facts;
use super::shapes::{is_code, is_date, is_phone, is_picture, is_position};
use crate::load::Preview;
use crate::model::{Column, Kind, fold_header};

/// What headers say of somebody who arrives.
const ARRIVAL: [&str; 18] = [
    "到店", "到达", "抵", "到访", "到户", "到场", "到点", "实到", "实巡", "进店", "进门", "进场", "进户", "入店",
    "签到", "arriv", "checkin", "check-in",
];
/// A header must name the beginning so well.
const TELLING: f64 = 0.6;

fn is_arrival(header: &str) -> bool {
    let folded = fold_header(header);
    let bare = folded.split('(').next().unwrap_or_default().trim();
    matches!(bare, "到" | "进") || ARRIVAL.iter().any(|word| folded.contains(word))
}

/// The place of a header that names the arrival, below which nothing is read as a time, where no arrival is read.
pub(super) fn unread(kind: Kind, preview: &Preview, facts: &[Facts]) -> Option<usize> {
    let field = kind.field(Column::StartedAt).filter(|_| kind == Kind::Visits)?;
    let is_named = |header: &Header| likeness(header, kind, field) >= TELLING;
    let arrivals = || (0..facts.len()).filter(|at| is_arrival(&preview.header[*at]) && is_named(&facts[*at].header));
    let is_read = |at: usize| facts[at].fit(kind, field) >= 0.5;
    if arrivals().any(is_read) {
        return None;
    }
    let has_digit = |cell: &str| cell.bytes().any(|byte| byte.is_ascii_digit());
    let is_else = |cell: &str| {
        let is_long = is_code(cell) && !cell.bytes().all(|byte| byte.is_ascii_digit());
        is_date(cell) || is_picture(cell) || is_long || cell.len() > 6 && (is_position(cell) || is_phone(cell))
    };
    arrivals().find(|at| facts[*at].are(|cell| has_digit(cell) && !is_else(cell)))
}

/// Takes what stands for an arrival that is not read.
pub(super) fn leave_open(unread: Option<usize>, preview: &Preview, pairs: &mut Vec<Assigned>) {
    let is_it = |one: &Assigned| one.column != Column::StartedAt || is_arrival(&preview.header[one.at[0]]);
    pairs.retain(|one| unread.is_none() || one.likeness == 1.0 || is_it(one));
}
