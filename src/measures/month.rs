//! A month as cursor on a manager's file: what a rule is given.

use super::day::{Day, DayState, Excuse};
use super::headcount::{Counter, Headcount, Planned};
use super::index::FileIndex;
use super::period::PeriodState;
use super::plan::PlanSource;
use super::proof::{CallTerms, Proof};
use super::rows::{cut_date, on_date, range_within, within};
use super::services::{Asked, Rendered};
use super::shops::Shop;
use crate::book::{Book, Contact, Habits, ManagerFile};
use crate::model::*;
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;
use std::cell::OnceCell;

/// What a rule goes by besides the manager's month and its own limits: facts of the whole run, and limits of other rules.
#[derive(Clone, Copy)]
pub struct RunFacts<'a> {
    pub habits: &'a Habits,
    /// Which calls prove visits; nothing where that is not judged.
    pub calls: Option<CallTerms<'a>>,
    /// How many check-ins a month must have to be looked at as a whole.
    pub min_checkins: u64,
}

/// One manager's month.
pub struct ManagerMonth<'a> {
    pub book: &'a Book,
    pub settings: &'a Settings,
    pub id: ManagerId,
    pub file: &'a ManagerFile<'a>,
    pub month: Month,
    /// The dates of the month.
    pub span: DateSpan,
    /// His customers open in the month, by id.
    pub open: Vec<Shop<'a>>,
    /// Whether check-ins and archive positions are not of one coordinate system, so that no way between them counts.
    pub offset: bool,
    /// Whether it is looked at before it is over, for what is still to be done: it counts as having visits loaded, and no month
    /// as unrecorded (SPEC-month §1).
    pub ahead: bool,
    /// Where it is judged.
    pub run: Option<RunFacts<'a>>,
    /// Customers due to be visited in the month, by id.
    pub due: Vec<Shop<'a>>,
    /// Every date of the month.
    pub dates: Vec<Day<'a>>,
    /// Of every date.
    headcounts: Vec<Headcount>,
    /// How a unit over the month stands, once it has been asked for.
    pub(super) state: OnceCell<PeriodState>,
    /// Of the phone visits that calls may prove, once they have been asked for.
    pub(super) proofs: OnceCell<Vec<Proof>>,
    index: &'a FileIndex<'a>,
}

impl<'a> ManagerMonth<'a> {
    pub fn new(book: &'a Book, settings: &'a Settings, index: &'a FileIndex<'a>, month: Month) -> Self {
        let FileIndex { file, shops, .. } = index;
        let mut view = Self {
            book,
            settings,
            id: file.id,
            file,
            month,
            span: month.span(),
            open: Shop::all(file, shops).filter(|shop| shop.is_open_in(month)).collect(),
            offset: false,
            ahead: false,
            run: None,
            due: Vec::new(),
            dates: Vec::new(),
            headcounts: Vec::new(),
            state: OnceCell::new(),
            proofs: OnceCell::new(),
            index,
        };
        view.due = view.due_customers();
        view.dates = view.dates_of_month();
        view.headcounts = view.count_heads();
        view
    }

    /// H of his branch: up to here his visits are loaded.
    pub fn horizon(&self) -> NaiveDate {
        self.book.horizon_of(self.id)
    }

    /// The windows of the inputs of his branch.
    pub fn windows(&self) -> &'a Windows {
        self.book.windows_of(self.id)
    }

    /// The dates of the month that rules of days may assess: up to the horizon, from the visits' window on.
    pub fn days(&self) -> &[Day<'a>] {
        let Some(window) = self.windows().get(Kind::Visits) else { return &[] };
        within(&self.dates, DateSpan { first: window.first, last: self.horizon() }, |day| day.date)
    }

    /// S(m,d) as the plans file has it, for any date: planned visits stand for its rows in rules of days alone.
    pub fn standing_rows(&self, date: NaiveDate) -> Vec<&'a PlanRow<'a>> {
        match self.plan_source() {
            PlanSource::File => self.day(date).standing().collect(),
            PlanSource::PlannedVisits | PlanSource::None => vec![],
        }
    }

    /// Any date, in the month or not.
    pub fn day(&self, date: NaiveDate) -> Cow<'_, Day<'a>> {
        if self.month.contains(date) {
            return Cow::Borrowed(&self.dates[date.day0() as usize]);
        }
        let visits = on_date(&self.file.visits, date, Visit::date);
        let records = on_date(&self.file.days, date, |day| day.date);
        Cow::Owned(self.day_of(date, visits, self.index.plan.on(date), records))
    }

    fn day_of(
        &self,
        date: NaiveDate,
        visits: &'a [Visit<'a>],
        plans: &'a [PlanRow<'a>],
        records: &'a [DayRecord],
    ) -> Day<'a> {
        Day {
            date,
            visits,
            plans,
            moves: self.index.plan.moves_from(date),
            maybe_moves: &self.index.plan.maybe_moves,
            records,
            state: DayState::unite(date, records, &self.settings.excuse),
            is_working: self.is_working_day(date),
            is_unrecorded: visits.is_empty() && !self.windows().contain(Kind::Days, date),
        }
    }

    fn dates_of_month(&self) -> Vec<Day<'a>> {
        let mut visits = self.visits();
        let mut plans = within(self.index.plan.rows(), self.span, |plan| plan.date);
        let mut records = within(&self.file.days, self.span, |day| day.date);
        let day = |date| {
            let visits = cut_date(&mut visits, date, Visit::date);
            let plans = cut_date(&mut plans, date, |plan| plan.date);
            self.day_of(date, visits, plans, cut_date(&mut records, date, |day| day.date))
        };
        self.span.days().map(day).collect()
    }

    fn count_heads(&self) -> Vec<Headcount> {
        let FileIndex { file, plan, shops, .. } = self.index;
        let mut counter = Counter::new(shops.len());
        let mut visited = &shops.of_visits[range_within(&file.visits, self.span, Visit::date)];
        let mut planned = &shops.of_plans[range_within(plan.rows(), self.span, |plan| plan.date)];
        let count = |day: &Day| {
            let visited = visited.split_off(..day.visits.len()).unwrap_or_default();
            let planned = planned.split_off(..day.plans.len()).unwrap_or_default();
            let rows = planned.iter().zip(day.plans).map(|(shop, plan)| Planned {
                shop: *shop,
                stands: day.stands(plan),
                beforehand: !day.is_after_the_fact(plan.created),
            });
            counter.count(rows, visited)
        };
        self.dates.iter().map(count).collect()
    }

    /// How many customers a day of the month has.
    pub fn headcount(&self, day: &Day) -> Headcount {
        self.headcounts[day.date.day0() as usize]
    }

    /// The visits of the month.
    pub fn visits(&self) -> &'a [Visit<'a>] {
        self.visits_in(self.span)
    }

    pub fn visits_in(&self, span: DateSpan) -> &'a [Visit<'a>] {
        within(&self.file.visits, span, Visit::date)
    }

    /// Whether any visit of a month is loaded, of anyone.
    pub fn has_visits_in(&self, month: Month) -> bool {
        self.ahead && month == self.month || self.book.has_visits_in(month)
    }

    /// The rows of the plans file of the month, by date, then file order.
    pub fn plan_rows_of_month(&self) -> &'a [PlanRow<'a>] {
        self.plan_rows_in(self.span)
    }

    pub fn plan_rows_in(&self, span: DateSpan) -> &'a [PlanRow<'a>] {
        within(&self.file.plans, span, |plan| plan.date)
    }

    pub fn plan_source(&self) -> PlanSource {
        self.index.plan.source
    }

    /// Whether a date lies in the window of what tells the plan.
    pub fn in_plans_window(&self, date: NaiveDate) -> bool {
        match self.plan_source() {
            PlanSource::File => self.windows().contain(Kind::Plans, date),
            PlanSource::PlannedVisits => true,
            PlanSource::None => false,
        }
    }

    pub fn has_day_records(&self) -> bool {
        self.dates.iter().any(|day| !day.records.is_empty())
    }

    /// Where a visit was checked in, in WGS-84.
    pub fn checkin_place(&self, visit: &Visit) -> Option<Position> {
        visit.position.map(|position| position.to_wgs84(self.settings.checkin))
    }

    /// Where the archive has a customer, in WGS-84.
    pub fn archive_place(&self, customer: &Customer) -> Option<Position> {
        customer.position.map(|position| position.to_wgs84(self.settings.archive))
    }

    /// Where a visit took place: the check-in, else the customer's position in the archive.
    pub fn place(&self, visit: &Visit) -> Option<Position> {
        let archive = || self.customer(visit.customer).and_then(|customer| self.archive_place(&customer));
        self.checkin_place(visit).or_else(archive)
    }

    /// A customer of the archive, his own or another manager's.
    pub fn customer(&self, id: CustomerId) -> Option<Cow<'a, Customer<'a>>> {
        let number = self.index.shops.number(id).map(|number| number as usize);
        match number.and_then(|number| self.file.customers.get(number)) {
            Some(customer) => Some(Cow::Borrowed(customer)),
            None => self.book.customer(id).map(Cow::Owned),
        }
    }

    /// The last completed visit of anyone to a customer up to the horizon.
    pub fn last_completed(&self, id: CustomerId) -> Option<Contact> {
        let horizon = self.horizon();
        let counts = |contact: &Contact| contact.done && contact.date <= horizon;
        let number = self.index.shops.number(id);
        match number.and_then(|number| Shop::one(self.file, &self.index.shops, number)) {
            Some(shop) => {
                shop.contacts(DateSpan { first: NaiveDate::MIN, last: horizon }).filter(|c| counts(c)).last().copied()
            }
            None => self.book.contacts_of(id).into_iter().filter(counts).max_by_key(|contact| contact.date),
        }
    }

    /// His services for a period.
    pub fn services(&self, asked: Asked, period: Period) -> Vec<Rendered> {
        self.index.services.of_period(asked, period, &self.index.shops)
    }

    /// His services dated in a span that name no period.
    pub fn services_dated(&self, asked: Asked, span: DateSpan) -> Vec<Rendered> {
        self.index.services.dated(asked, span, &self.index.shops)
    }

    /// The unrecorded dates that would have been looked at: working days and dates with plan rows.
    pub fn unrecorded_days(&self) -> Vec<NaiveDate> {
        let unrecorded = self.days().iter().filter(|day| day.is_unrecorded && !day.excuse.in_full());
        let expected = unrecorded.filter(|day| day.is_working || day.standing().next().is_some());
        expected.map(|day| day.date).collect()
    }

    /// A working day of the calendar on which the manager is in post.
    pub(super) fn is_working_day(&self, date: NaiveDate) -> bool {
        let serves = self.file.record.as_ref().is_none_or(|record| record.serves_on(date));
        serves && self.settings.calendar.is_working_day(date)
    }

    /// A working day of the manager on which he is not excused in full.
    pub fn is_workable(&self, date: NaiveDate) -> bool {
        self.is_working_day(date) && !self.excuse(date).in_full()
    }

    /// What excuses him on any date.
    pub fn excuse(&self, date: NaiveDate) -> Excuse {
        let records = on_date(&self.file.days, date, |day| day.date);
        DayState::unite(date, records, &self.settings.excuse).excuse
    }

    /// His customers of the archive, by id.
    pub fn customers(&self) -> impl Iterator<Item = &'a Customer<'a>> {
        self.file.customers.iter()
    }

    /// His own customers, by id, open or not.
    pub fn shops(&self) -> impl Iterator<Item = Shop<'a>> {
        Shop::all(self.file, &self.index.shops)
    }

    /// The rows that call for something on a day: its plan rows, else its day records, else whatever tells of the
    /// manager at all. Never empty for a manager of the month.
    pub fn calling_rows(&self, day: &Day) -> Vec<At> {
        let planned: Vec<At> = day.standing().map(|plan| plan.at).collect();
        if !planned.is_empty() {
            return planned;
        }
        let recorded: Vec<At> = day.records.iter().map(|record| record.at).collect();
        if recorded.is_empty() { self.own_rows() } else { recorded }
    }

    /// A row that tells of the manager at all.
    pub fn own_rows(&self) -> Vec<At> {
        let himself = self.file.record.as_ref().map(|record| record.at);
        let owned = || self.customers().next().map(|customer| customer.at);
        let seen = || self.file.visits.first().map(|visit| visit.at);
        let planned = || self.file.plans.first().map(|plan| plan.at);
        himself.or_else(owned).or_else(seen).or_else(planned).into_iter().collect()
    }
}
