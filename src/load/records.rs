//! From a row's cells to a record, kind by kind (SPEC §2.1), and what settles between rows of a kind (SPEC §2.3).

use super::cells;
use super::row::{Cells, Reject, Why};
use crate::model::*;
use chrono::NaiveDate;

/// A kind's record, as loading needs to know it.
pub trait Record: Sized + Send {
    const KIND: Kind;

    /// Reads a row; ids are numbered as the row's file numbers them.
    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject>;

    /// Brings ids to the numbers of the run.
    fn renumber(&mut self, managers: &[u32], customers: &[u32]);

    fn at(&self) -> At;

    /// Rows with the same key compete: one is used, the others are superseded.
    fn key(&self) -> Option<Key<'_>> {
        None
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
        let mut dates = self.date().into_iter().chain(self.other_date()).peekable();
        dates.peek().is_none() || dates.any(|date| span.contains(date))
    }

    /// Whether `--as-of` leaves out rows dated after it.
    const AS_OF: bool = true;

    /// Dated after the data's horizon, as a mistyped year is. No horizon is given where `--as-of` has cut the data.
    fn is_stray(&self, _horizon: Option<NaiveDate>) -> bool {
        false
    }

    /// A row that is kept but speaks of no visit or no check.
    fn is_set_aside(&self) -> bool {
        false
    }
}

/// What rows of a kind compete for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key<'a> {
    Number(u32),
    Text(&'a str),
}

pub(super) fn renumber_pair(manager: &mut ManagerId, customer: &mut CustomerId, managers: &[u32], customers: &[u32]) {
    manager.0 = managers[manager.0 as usize];
    customer.0 = customers[customer.0 as usize];
}

impl Record for Customer {
    const KIND: Kind = Kind::Customers;

    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject> {
        let id = cells.customer()?;
        let manager = cells.manager()?;
        let class = cells.word(Column::Class);
        let mut phones = cells.phones(Column::Phone);
        phones.extend(cells.phones(Column::Phone2));
        let stopped = class == Some(Class::ViolationSuspended);
        let name = cells.words(Column::Name).unwrap_or_default();
        for text in [Column::Address, Column::Contact, Column::VisitBatch] {
            cells.words(text);
        }
        Ok(Self {
            at,
            id,
            name,
            manager,
            manager_name: cells.words(Column::ManagerName),
            branch: cells.words(Column::Branch),
            class: if stopped { Some(Class::Violation) } else { class },
            suspended: cells.flag(Column::Suspended) || stopped,
            phones,
            position: cells.position(),
            cycle: cells.word(Column::VisitCycle),
            info_point: cells.flag(Column::InfoPoint),
            must_onsite: cells.flag(Column::MustOnsite),
            vulnerable: cells.flag(Column::Vulnerable),
            status: cells.word(Column::Status).unwrap_or(Status::Active),
            opened_on: cells.date(Column::OpenedOn),
            closed_on: cells.date(Column::ClosedOn),
            updated_on: cells.date_or_moment(Column::UpdatedOn),
            given: cells.given,
        })
    }

    fn renumber(&mut self, managers: &[u32], customers: &[u32]) {
        renumber_pair(&mut self.manager, &mut self.id, managers, customers);
    }

    fn at(&self) -> At {
        self.at
    }

    fn key(&self) -> Option<Key<'_>> {
        Some(Key::Number(self.id.0))
    }

    fn version(&self) -> Option<Moment> {
        self.updated_on
    }

    fn date(&self) -> Option<NaiveDate> {
        None
    }
}

impl Record for Call {
    const KIND: Kind = Kind::Calls;

    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject> {
        Ok(Self {
            at,
            manager: cells.manager_or_own_number()?,
            number: cells.key_phone(Column::Number)?,
            started: cells.key(Column::StartedAt, Why::NotMoment, |cell| cells::moment(cell, None))?,
            seconds: cells.key(Column::Seconds, Why::NotDuration, cells::seconds)?,
            direction: cells.word(Column::Direction).unwrap_or(Direction::Out),
        })
    }

    fn renumber(&mut self, managers: &[u32], _: &[u32]) {
        self.manager.0 = managers[self.manager.0 as usize];
    }

    fn at(&self) -> At {
        self.at
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.started.date)
    }
}

impl Record for PlanRow {
    const KIND: Kind = Kind::Plans;
    /// Plans are made ahead of the horizon.
    const AS_OF: bool = false;

    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject> {
        Ok(Self {
            at,
            manager: cells.manager()?,
            customer: cells.customer()?,
            date: cells.key_date(Column::Date)?,
            seq: cells.read(Column::Seq, Why::NotNumber, cells::whole),
            mode: cells.word(Column::Mode),
            phones: cells.phones(Column::Phone),
            tool: cells.words(Column::Tool),
            created: cells.date_or_moment(Column::CreatedAt),
            rescheduled_from: cells.date(Column::RescheduledFrom),
        })
    }

    fn renumber(&mut self, managers: &[u32], customers: &[u32]) {
        renumber_pair(&mut self.manager, &mut self.customer, managers, customers);
    }

    fn at(&self) -> At {
        self.at
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.date)
    }

    fn other_date(&self) -> Option<NaiveDate> {
        self.rescheduled_from
    }
}

impl Record for DayRecord {
    const KIND: Kind = Kind::Days;

    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject> {
        let date = cells.key_date(Column::Date)?;
        Ok(Self {
            at,
            manager: cells.manager()?,
            date,
            status: cells.word(Column::Status).unwrap_or(DayStatus::Field),
            part: cells.word(Column::Part).unwrap_or(Part::Full),
            synced: cells.moment(Column::SyncedAt, Some(date)),
            summary: cells.moment(Column::SummaryAt, Some(date)),
        })
    }

    fn renumber(&mut self, managers: &[u32], _: &[u32]) {
        self.manager.0 = managers[self.manager.0 as usize];
    }

    fn at(&self) -> At {
        self.at
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.date)
    }
}

impl Record for Manager {
    const KIND: Kind = Kind::Managers;

    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject> {
        Ok(Self {
            at,
            id: cells.manager()?,
            name: cells.words(Column::Name),
            branch: cells.words(Column::Branch),
            phones: cells.phones(Column::Phone),
            joined_on: cells.date(Column::JoinedOn),
            left_on: cells.date(Column::LeftOn),
        })
    }

    fn renumber(&mut self, managers: &[u32], _: &[u32]) {
        self.id.0 = managers[self.id.0 as usize];
    }

    fn at(&self) -> At {
        self.at
    }

    fn key(&self) -> Option<Key<'_>> {
        Some(Key::Number(self.id.0))
    }

    fn date(&self) -> Option<NaiveDate> {
        None
    }
}

impl Record for Service {
    const KIND: Kind = Kind::Services;

    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject> {
        Ok(Self {
            at,
            manager: cells.manager()?,
            item: cells.key(Column::Item, Why::Empty, |cell| Some(cell.into()))?,
            customer: cells.customer_if_any(),
            done_on: cells.key_date(Column::DoneOn)?,
            period: cells.read(Column::Period, Why::NotPeriod, cells::period),
        })
    }

    fn renumber(&mut self, managers: &[u32], customers: &[u32]) {
        self.manager.0 = managers[self.manager.0 as usize];
        if let Some(customer) = &mut self.customer {
            customer.0 = customers[customer.0 as usize];
        }
    }

    fn at(&self) -> At {
        self.at
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.done_on)
    }

    fn other_date(&self) -> Option<NaiveDate> {
        self.period.map(|period| period.span().first)
    }
}

impl Record for Inquiry {
    const KIND: Kind = Kind::Inquiries;

    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject> {
        Ok(Self {
            at,
            id: cells.id(Column::InquiryId),
            manager: cells.manager()?,
            customer: cells.customer_if_any(),
            kind: cells.word(Column::Kind).unwrap_or(InquiryKind::Inquiry),
            received: cells.key(Column::ReceivedAt, Why::NotMoment, cells::date_or_moment)?,
            replied: cells.date_or_moment(Column::RepliedAt),
            upheld: cells.flag(Column::Upheld),
            duty: cells.flag(Column::Duty),
        })
    }

    fn renumber(&mut self, managers: &[u32], customers: &[u32]) {
        self.manager.0 = managers[self.manager.0 as usize];
        if let Some(customer) = &mut self.customer {
            customer.0 = customers[customer.0 as usize];
        }
    }

    fn at(&self) -> At {
        self.at
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.received.date)
    }
}

impl Record for Check {
    const KIND: Kind = Kind::Checks;

    fn read(at: At, cells: &mut Cells) -> Result<Self, Reject> {
        let manager = cells.manager()?;
        let customer = cells.customer()?;
        let checked_on = cells.date(Column::CheckedOn);
        let month = cells.read(Column::Month, Why::NotMonth, cells::month);
        Ok(Self {
            at,
            month: month.or(checked_on.map(Month::of)).ok_or_else(|| cells.reject(Column::CheckedOn, Why::Undated))?,
            manager,
            customer,
            checked_on,
            result: cells.word(Column::Result),
        })
    }

    fn renumber(&mut self, managers: &[u32], customers: &[u32]) {
        renumber_pair(&mut self.manager, &mut self.customer, managers, customers);
    }

    fn at(&self) -> At {
        self.at
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
