//! What a kind's rows are, from their cells to the records that rules read (SPEC §2.1, §2.3).

use crate::cell::cells;
use crate::cell::periods;
use crate::cell::reason::{Reason, Reject};
use crate::load::row::Cells;
use crate::model::*;
use crate::store::arena::{Arena, Numbers, TextAt};
use crate::store::chunk::Placed;
use chrono::NaiveDate;

/// A row of a kind, as it is kept.
pub trait Row: Copy + Send + Sync + 'static {
    const KIND: Kind;
    /// What a row is opened as.
    type Record<'a>: Send;

    /// Reads a row.
    fn read(cells: &mut Cells) -> Result<Self, Reject>;

    /// The record, with all that the row refers to.
    fn open<'a>(placed: &Placed<'a, Self>) -> Self::Record<'a>;

    /// The customer's number among those of the chunk.
    fn customer(&self) -> Option<u16> {
        None
    }

    /// A record number, for which rows compete.
    fn id(&self) -> TextAt {
        TextAt::default()
    }

    /// A hash of the record number.
    fn id_hash(&self) -> u32 {
        0
    }

    /// Among competing rows the latest version is used.
    fn version(&self) -> Option<Moment> {
        None
    }

    /// The date that windows, horizon and `--as-of` go by.
    fn date(&self) -> Option<NaiveDate>;

    /// Another date for which a rule may look at this row.
    fn other_date(&self) -> Option<NaiveDate> {
        None
    }

    /// Whether a run that looks at this span of dates looks at this row.
    fn is_within(&self, span: DateSpan) -> bool {
        match (self.date(), self.other_date()) {
            (None, None) => true,
            (date, other) => {
                date.is_some_and(|date| span.contains(date)) || other.is_some_and(|date| span.contains(date))
            }
        }
    }

    /// The same with the columns of it that cannot be read, over which it may be.
    fn may_be_within(&self, span: DateSpan, unknown: impl FnOnce() -> ColumnSet) -> bool {
        self.is_within(span) || Self::NAMES_ANOTHER.is_some_and(|column| unknown().contains(column))
    }

    /// The column that tells the date by which it is of a period; where that cannot be read, the row may be of any.
    const DATED_BY: Option<Column>;

    /// A column that may name another date or period for which a rule looks at the row; where it is there but cannot be
    /// read, that may be any.
    const NAMES_ANOTHER: Option<Column> = None;

    /// Whether it is read though it is dated after `--as-of`.
    fn is_read_late(&self, _unknown: ColumnSet, _excusing: &[DayStatus]) -> bool {
        false
    }

    /// When it was uploaded, where rows that differ in nothing else, nor in their record numbers, are one that was sent twice.
    fn uploaded(&self) -> Option<Moment> {
        None
    }

    /// A row that is kept but speaks of no visit or no check.
    fn is_set_aside(&self) -> bool {
        false
    }

    /// Whether it has a position that counts as empty: (0,0), or one off the globe.
    fn is_nowhere(&self) -> bool {
        false
    }
}

/// A row of a calls file.
#[derive(Clone, Copy, Debug)]
pub struct CallRow {
    number: Phone,
    started: Moment,
    seconds: u32,
    direction: Direction,
}

impl Row for CallRow {
    const KIND: Kind = Kind::Calls;
    const DATED_BY: Option<Column> = Some(Column::StartedAt);
    type Record<'a> = Call;

    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager_or_own_number()?;
        Ok(Self {
            number: cells.key_phone(Column::Number)?,
            started: cells.key_moment(Column::StartedAt, None)?,
            seconds: cells.seconds()?,
            direction: cells.word(Column::Direction).unwrap_or(Direction::Out),
        })
    }

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> Call {
        let Self { number, started, seconds, direction } = *placed.row;
        let unknown = placed.unknown();
        Call { at: placed.at, manager: placed.manager, number, started, seconds, direction, unknown }
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.started.date)
    }
}

/// A row of a days file.
#[derive(Clone, Copy, Debug)]
pub struct DayRow {
    date: NaiveDate,
    status: DayStatus,
    part: Part,
    synced: Option<Moment>,
    summary: Option<Moment>,
}

impl Row for DayRow {
    const KIND: Kind = Kind::Days;
    const DATED_BY: Option<Column> = Some(Column::Date);
    type Record<'a> = DayRecord;

    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        let date = cells.key_date(Column::Date)?;
        cells.manager()?;
        let day = (!cells.unknown.contains(Column::Date)).then_some(date);
        Ok(Self {
            date,
            status: cells.word(Column::Status).unwrap_or(DayStatus::Field),
            part: cells.word(Column::Part).unwrap_or(Part::Full),
            synced: cells.moment(Column::SyncedAt, day),
            summary: cells.moment(Column::SummaryAt, day),
        })
    }

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> DayRecord {
        let Self { date, status, part, synced, summary } = *placed.row;
        let unknown = placed.unknown();
        DayRecord { at: placed.at, manager: placed.manager, date, status, part, synced, summary, unknown }
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.date)
    }

    /// Leave is known beforehand. A status that cannot be read may be one that excuses.
    fn is_read_late(&self, unknown: ColumnSet, excusing: &[DayStatus]) -> bool {
        excusing.contains(&self.status) || unknown.contains(Column::Status)
    }
}

/// A row of a managers file.
#[derive(Clone, Copy, Debug)]
pub struct ManagerRow {
    name: u16,
    branch: u16,
    /// His own telephones, by which calls may name him.
    pub phones: Numbers,
    joined_on: Option<NaiveDate>,
    left_on: Option<NaiveDate>,
}

impl Row for ManagerRow {
    const KIND: Kind = Kind::Managers;
    const DATED_BY: Option<Column> = None;
    type Record<'a> = Manager<'a>;

    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        Ok(Self {
            name: cells.pooled_name(Column::Name),
            branch: cells.pooled(Column::Branch),
            phones: cells.phones(&[Column::Phone]),
            joined_on: cells.date(Column::JoinedOn),
            left_on: cells.date(Column::LeftOn),
        })
    }

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> Manager<'a> {
        let Self { name, branch, joined_on, left_on, .. } = *placed.row;
        let arena = placed.arena();
        let (name, branch) = (arena.text(name), arena.text(branch));
        let unknown = placed.unknown();
        Manager { at: placed.at, id: placed.manager, name, branch, joined_on, left_on, unknown }
    }

    fn date(&self) -> Option<NaiveDate> {
        None
    }
}

/// A row of a services file.
#[derive(Clone, Copy, Debug)]
pub struct ServiceRow {
    item: u16,
    customer: u16,
    done_on: NaiveDate,
    period: Option<Period>,
}

impl Row for ServiceRow {
    const KIND: Kind = Kind::Services;
    const DATED_BY: Option<Column> = Some(Column::DoneOn);
    const NAMES_ANOTHER: Option<Column> = Some(Column::Period);
    type Record<'a> = Service<'a>;

    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        cells.key(Column::Item, "", cells::text)?;
        Ok(Self {
            item: cells.pooled(Column::Item),
            customer: cells.customer_if_any(),
            done_on: cells.key_date(Column::DoneOn)?,
            period: cells.read(Column::Period, periods::period),
        })
    }

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> Service<'a> {
        let Self { item, customer, done_on, period, .. } = *placed.row;
        Service {
            at: placed.at,
            manager: placed.manager,
            item: placed.arena().text(item).unwrap_or_default(),
            customer: placed.customer_if_any(customer),
            done_on,
            period,
            unknown: placed.unknown(),
        }
    }

    fn customer(&self) -> Option<u16> {
        Arena::number_if_any(self.customer)
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.done_on)
    }

    fn is_within(&self, span: DateSpan) -> bool {
        span.contains(self.done_on) || self.period.is_some_and(|period| span.overlaps(period.span()))
    }
}

/// A row of an inquiries file.
#[derive(Clone, Copy, Debug)]
pub struct InquiryRow {
    id: TextAt,
    customer: u16,
    kind: InquiryKind,
    received: Moment,
    pub replied: Option<Moment>,
    upheld: bool,
    duty: bool,
}

impl Row for InquiryRow {
    const KIND: Kind = Kind::Inquiries;
    const DATED_BY: Option<Column> = Some(Column::ReceivedAt);
    type Record<'a> = Inquiry<'a>;

    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        let id = cells.id(Column::InquiryId);
        cells.manager()?;
        Ok(Self {
            id: cells.keep(&id),
            customer: cells.customer_if_any(),
            kind: cells.word(Column::Kind).unwrap_or(InquiryKind::Inquiry),
            received: cells.key_date_or_moment(Column::ReceivedAt)?,
            replied: cells.date_or_moment(Column::RepliedAt),
            upheld: cells.flag(Column::Upheld),
            duty: cells.flag(Column::Duty),
        })
    }

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> Inquiry<'a> {
        let Self { id, customer, kind, received, replied, upheld, duty } = *placed.row;
        Inquiry {
            at: placed.at,
            id: (!id.is_empty()).then(|| placed.arena().kept(id)),
            manager: placed.manager,
            customer: placed.customer_if_any(customer),
            kind,
            received,
            replied,
            upheld,
            duty,
            unknown: placed.unknown(),
        }
    }

    fn customer(&self) -> Option<u16> {
        Arena::number_if_any(self.customer)
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.received.date)
    }
}

/// A row of a checks file.
#[derive(Clone, Copy, Debug)]
pub struct CheckRow {
    customer: u16,
    pub month: Month,
    checked_on: Option<NaiveDate>,
    result: Option<CheckResult>,
    pub draw: Draw,
}

impl Row for CheckRow {
    const KIND: Kind = Kind::Checks;
    const DATED_BY: Option<Column> = Some(Column::Month);
    const NAMES_ANOTHER: Option<Column> = Some(Column::Month);
    type Record<'a> = Check;

    fn read(cells: &mut Cells) -> Result<Self, Reject> {
        cells.manager()?;
        let customer = cells.customer()?;
        let checked_on = cells.date(Column::CheckedOn);
        let month = cells.read(Column::Month, periods::month).or(checked_on.map(Month::of));
        let month = match month {
            Some(month) => month,
            None if cells.is_rejected() => {
                cells.unknown.insert(Column::Month);
                Month::of(NaiveDate::default())
            }
            None => return Err(cells.reject(Column::CheckedOn, Reason::Undated)),
        };
        Ok(Self {
            customer,
            month,
            checked_on,
            result: cells.word(Column::Result),
            draw: cells.word(Column::Draw).unwrap_or(Draw::Random),
        })
    }

    #[inline]
    fn open<'a>(placed: &Placed<'a, Self>) -> Check {
        let Self { customer, month, checked_on, result, draw, .. } = *placed.row;
        let customer = placed.customer(customer);
        let unknown = placed.unknown();
        Check { at: placed.at, month, manager: placed.manager, customer, checked_on, result, draw, unknown }
    }

    fn customer(&self) -> Option<u16> {
        Arena::number_if_any(self.customer)
    }

    fn date(&self) -> Option<NaiveDate> {
        self.checked_on
    }

    /// A check belongs to the month it was drawn for, whenever it was made.
    fn is_within(&self, span: DateSpan) -> bool {
        span.overlaps(self.month.span())
    }

    fn is_set_aside(&self) -> bool {
        self.result == Some(CheckResult::Unable) || (self.result.is_none() && self.checked_on.is_none())
    }
}
