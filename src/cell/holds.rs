//! How a single cell would be read: the same readings that rows are made of, one by one, to be shown.

use crate::cell::cells;
use crate::cell::dates;
use crate::cell::numbers;
use crate::cell::reason::Reason;
use crate::load::mapping::Mapping;
use crate::model::{Column, Kind, Moment, fold, spellings};
use chrono::NaiveDate;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Id,
    Text,
    /// One of a few words.
    Word,
    Date,
    /// A date with a time, or a time alone.
    Moment,
    /// A date, with or without a time.
    DateOrMoment,
    /// A length of time.
    Seconds,
    Minutes,
    Whole,
    Decimal,
    Phones,
    Month,
    Period,
}

/// What a column of a kind holds.
pub fn holds(kind: Kind, column: Column) -> Holds {
    use Column::*;
    match column {
        CustomerId | ManagerId | VisitId | InquiryId => Holds::Id,
        OwnNumber | Number | Phone | Phone2 => Holds::Phones,
        Date | DoneOn | OpenedOn | ClosedOn | JoinedOn | LeftOn | CheckedOn | RescheduledFrom => Holds::Date,
        StartedAt | EndedAt | UploadedAt | SyncedAt | SummaryAt => Holds::Moment,
        CreatedAt | ReceivedAt | RepliedAt | UpdatedOn => Holds::DateOrMoment,
        Seconds => Holds::Seconds,
        Minutes => Holds::Minutes,
        Seq => Holds::Whole,
        Lon | Lat => Holds::Decimal,
        Month => Holds::Month,
        Period => Holds::Period,
        _ if spellings(kind, column).is_some() => Holds::Word,
        _ => Holds::Text,
    }
}

/// A cell as it would be read: nothing where it counts as empty.
pub fn understood(kind: Kind, column: Column, cell: &str, mapping: &Mapping) -> Result<Option<String>, Reason> {
    let word = || {
        let folded = fold(cell);
        let known = mapping.value(kind, column, &folded);
        let all = spellings(kind, column)?;
        let found = all.iter().find(|spellings| spellings.contains(&known.unwrap_or(&folded)));
        found.map(|spellings| spellings[0].to_owned())
    };
    let day = NaiveDate::default();
    let moment = |moment: Moment| match moment.date == day {
        true => moment.clock().long(),
        false => format!("{} {}", moment.date, moment.clock().long()),
    };
    let text = || Some(cell.to_owned());
    let (value, why) = match holds(kind, column) {
        Holds::Text => (text(), Reason::Empty),
        Holds::Id => ((!cells::lost_digits(cell)).then(text).flatten(), Reason::DigitsLost),
        Holds::Word => (word(), Reason::UnknownWord),
        Holds::Date => (dates::date(cell).map(|date| date.to_string()), Reason::NotDate),
        Holds::Moment => (dates::moment(cell, Some(day)).map(moment), Reason::NotMoment),
        Holds::DateOrMoment => (dates::date_or_moment(cell).map(moment), Reason::NotMoment),
        Holds::Seconds => (cells::seconds(cell).map(|seconds| format!("{seconds} s")), Reason::NotDuration),
        Holds::Minutes => (cells::minutes(cell).map(|seconds| format!("{seconds} s")), Reason::NotNumber),
        Holds::Whole => (cells::whole(cell).map(|number| number.to_string()), Reason::NotNumber),
        Holds::Decimal => (cells::decimal(cell).map(|number| number.to_string()), Reason::NotNumber),
        Holds::Phones => (numbers::first(cell, "").map(|_| cell.to_owned()), Reason::NotPhone),
        Holds::Month => (cells::month(cell).map(|month| month.to_string()), Reason::NotMonth),
        Holds::Period => (cells::period(cell).map(|_| cell.to_owned()), Reason::NotPeriod),
    };
    match value {
        Some(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        None if cells::is_empty_mark(cell) => Ok(None),
        None => Err(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_shown_as_they_would_be_read() {
        let mapping = Mapping::parse("[values.visits.mode]\nonsite = '到店'\n", "columns.toml").unwrap();
        let read = |kind, column, cell| understood(kind, column, cell, &mapping);
        let shown = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(read(Kind::Visits, Column::Mode, "到店"), shown("onsite"));
        assert_eq!(read(Kind::Visits, Column::Mode, "巡店"), Err(Reason::UnknownWord));
        assert_eq!(read(Kind::Visits, Column::StartedAt, "2026年9月3日 8时5分"), shown("2026-09-03 08:05:00"));
        assert_eq!(read(Kind::Visits, Column::EndedAt, "8:05"), shown("08:05:00"));
        assert_eq!(read(Kind::Visits, Column::EndedAt, "未签退"), Ok(None));
        assert_eq!(read(Kind::Plans, Column::Date, "3/9/2026"), Err(Reason::NotDate));
        assert_eq!(read(Kind::Calls, Column::Seconds, "00:05:32"), shown("332 s"));
        assert_eq!(read(Kind::Customers, Column::CustomerId, "3.2E+11"), Err(Reason::DigitsLost));
    }
}
