//! How a cell of a column is read, to be shown and to be guessed by: the parsers that rows are read with.

use super::cells::{self, Cell};
use super::{dates, ids, lengths, numbers, periods, phones, words};
use crate::model::{Field, Holds, Moment, Points, Position, Unit};
use chrono::NaiveDate;

/// What a cell's meaning depends on besides its column.
#[derive(Clone, Copy)]
pub(crate) struct Sense<'a> {
    /// The unit that the header names.
    pub unit: Option<Unit>,
    /// Whether a time alone has a day to lie on.
    pub has_day: bool,
    /// The canonical name that a folded word stands for besides.
    pub added: &'a dyn Fn(&str) -> Option<&'static str>,
}

impl Sense<'_> {
    /// That of a header without a unit and a column without words of its own.
    pub(crate) const PLAIN: Sense<'static> = Sense { unit: None, has_day: true, added: &|_| None };
}

/// A cell as it is read, in words.
pub(crate) fn understood(field: &Field, cell: &str, sense: Sense) -> Cell<String> {
    let cell = cells::clean(cell);
    // A time alone is shown as such: no cell has so early a date.
    let nowhere = NaiveDate::MIN;
    let day = sense.has_day.then_some(nowhere);
    let moment = |moment: Moment| match (moment.date - nowhere).num_days() {
        0 => moment.clock().long(),
        1 => "24:00:00".to_owned(),
        _ => moment.to_string(),
    };
    let length = |seconds: u64| format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let unit = sense.unit.or(field.holds.unit()).unwrap_or(Unit::Second);
    match field.holds {
        Holds::Id => ids::id(cell).map(|id| id.into_owned()),
        Holds::Name => cells::name(cell).map(str::to_owned),
        Holds::Text => cells::text(cell).map(str::to_owned),
        Holds::Items => cells::text(cell).map(|cell| words::items(cell).collect::<Vec<_>>().join(";")),
        Holds::Photo => words::photo(cell).map(str::to_owned),
        Holds::Word(words) => words::word(cell, words, sense.added).map(|place| words.spellings[place][0].to_owned()),
        Holds::Date => dates::date(cell).map(|date| date.to_string()),
        Holds::Moment => dates::moment(cell, day).map(moment),
        Holds::End => dates::end(cell, day).map(moment),
        Holds::DateOrMoment => dates::date_or_moment(cell).map(moment),
        Holds::Seconds => lengths::seconds(cell, unit).map(|seconds| length(seconds.into())),
        Holds::Minutes => lengths::minutes(cell, unit).map(length),
        Holds::Whole => numbers::whole(cell).map(|number| number.to_string()),
        Holds::Lon => degrees(cell, |position| position.lon),
        Holds::Lat => degrees(cell, |position| position.lat),
        Holds::Phones => numbers_of(cell),
        Holds::Month => periods::month(cell).map(|month| month.to_string()),
        Holds::Points => numbers::points(cell).map(Points::short),
        Holds::Period => periods::period(cell).map(|_| cell.to_owned()),
    }
}

/// One of the two degrees of a position, by itself or in one cell with the other.
fn degrees(cell: &str, of: impl Fn(Position) -> f64) -> Cell<String> {
    let shown = |degrees: f64| degrees.to_string();
    match (numbers::degrees(cell), numbers::position(cell)) {
        (Cell::Unknown(_), Cell::Value(position)) => Cell::Value(shown(of(position))),
        (read, _) => read.map(shown),
    }
}

fn numbers_of(cell: &str) -> Cell<String> {
    let mut numbers = Vec::new();
    let shown = |numbers: &[crate::model::Phone]| {
        let each: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        each.join(" / ")
    };
    match phones::phones(cell, "", &mut numbers) {
        Cell::Value(()) => Cell::Value(shown(&numbers)),
        Cell::Empty => Cell::Empty,
        Cell::Unknown(why) => Cell::Unknown(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::Reason;
    use crate::model::{Column, Kind};

    #[test]
    fn cells_are_shown_as_they_are_read() {
        let added = |word: &str| (word == "到店").then_some("onsite");
        let read = |kind: Kind, column, cell| {
            understood(kind.field(column).unwrap(), cell, Sense { added: &added, ..Sense::PLAIN })
        };
        let shown = |text: &str| Cell::Value(text.to_owned());
        assert_eq!(read(Kind::Visits, Column::Mode, "到店"), shown("onsite"));
        assert_eq!(read(Kind::Visits, Column::Mode, "巡店"), Cell::Unknown(Reason::UnknownWord));
        assert_eq!(read(Kind::Visits, Column::StartedAt, "2026年9月3日 8时5分"), shown("2026-09-03 08:05:00"));
        assert_eq!(read(Kind::Visits, Column::EndedAt, "8:05"), shown("08:05:00"));
        assert_eq!(read(Kind::Visits, Column::EndedAt, "未签退"), Cell::Empty);
        assert_eq!(read(Kind::Plans, Column::Date, "3/9/2026"), Cell::Unknown(Reason::NotDate));
        assert_eq!(read(Kind::Calls, Column::Seconds, "00:05:32"), shown("0:05:32"));
        assert_eq!(read(Kind::Customers, Column::CustomerId, "3.2E+11"), Cell::Unknown(Reason::DigitsLost));
        assert_eq!(read(Kind::Customers, Column::CustomerId, "#N/A"), Cell::Unknown(Reason::ErrorValue));
        assert_eq!(read(Kind::Customers, Column::CustomerId, "-"), Cell::Empty);
        assert_eq!(read(Kind::Customers, Column::Lat, "117.2,34.5"), shown("34.5"));
        let minutes = Sense { unit: Some(Unit::Minute), ..Sense::PLAIN };
        assert_eq!(understood(Kind::Calls.field(Column::Seconds).unwrap(), "2", minutes), shown("0:02:00"));
    }
}
