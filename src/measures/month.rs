//! A month as cursor on a manager's file: what a rule is given.

use super::day::{DayState, Excuse, PlanSource};
use super::pending::PeriodState;
use crate::book::{Book, ManagerFile};
use crate::model::*;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashSet};

/// One manager's month.
pub struct ManagerMonth<'a> {
    pub book: &'a Book,
    pub settings: &'a Settings,
    pub id: ManagerId,
    pub file: &'a ManagerFile<'a>,
    pub month: Month,
    /// Customers due to be visited in the month, by id.
    pub due: Vec<&'a Customer<'a>>,
    states: BTreeMap<NaiveDate, DayState>,
    /// Where planned visits stand for plan rows: those rows, by date, then file order.
    stand_ins: Vec<PlanRow<'a>>,
    /// (customer, date) that a move on another date names.
    moved: HashSet<(CustomerId, NaiveDate)>,
}

impl<'a> ManagerMonth<'a> {
    pub fn new(book: &'a Book, settings: &'a Settings, file: &'a ManagerFile<'a>, month: Month) -> Self {
        let moved = file.plans.iter().filter_map(|plan| Some((plan.customer, plan.moved_from()?)));
        let states = file.days.chunk_by(|one, two| one.date == two.date);
        let unite = |records: &[DayRecord]| {
            let date = records[0].date;
            (date, DayState::unite(date, records, &settings.excuse))
        };
        let mut view = Self {
            book,
            settings,
            id: file.id,
            file,
            month,
            due: Vec::new(),
            states: states.map(unite).collect(),
            stand_ins: Vec::new(),
            moved: moved.collect(),
        };
        if view.plan_source() == PlanSource::PlannedVisits {
            view.stand_ins = stand_ins(file);
        }
        view.due = view.due_customers();
        view
    }

    pub fn horizon(&self) -> NaiveDate {
        self.book.horizon
    }

    /// The dates of the month that rules of days may assess: up to the horizon, from the visits' window on.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let window = self.book.windows.get(Kind::Visits);
        let to = self.month.last().min(self.horizon());
        let span = window.map(|window| DateSpan { first: self.month.first().max(window.first), last: to });
        span.into_iter().flat_map(DateSpan::days)
    }

    /// V(m,d): the visits of a date, by start, then file order.
    pub fn visits_on(&self, date: NaiveDate) -> &'a [Visit<'a>] {
        on_date(&self.file.visits, date, Visit::date)
    }

    /// The visits of the month.
    pub fn visits(&self) -> &'a [Visit<'a>] {
        self.visits_in(self.month.span())
    }

    pub fn visits_in(&self, span: DateSpan) -> &'a [Visit<'a>] {
        within(&self.file.visits, span, Visit::date)
    }

    /// The rows of the plans file of the month, by date, then file order.
    pub fn plan_rows_of_month(&self) -> &'a [PlanRow<'a>] {
        within(&self.file.plans, self.month.span(), |plan| plan.date)
    }

    /// P(m,d): the plan rows of a date, in file order.
    pub fn plans_on(&self, date: NaiveDate) -> &[PlanRow<'a>] {
        on_date(self.plan_rows(), date, |plan| plan.date)
    }

    /// S(m,d): the plan rows of a date that no move has taken elsewhere.
    pub fn standing_on(&self, date: NaiveDate) -> impl Iterator<Item = &PlanRow<'a>> {
        self.plans_on(date).iter().filter(move |plan| !self.moved.contains(&(plan.customer, date)))
    }

    /// The on-site rows of S(m,d).
    pub fn onsite_standing_on(&self, date: NaiveDate) -> impl Iterator<Item = &PlanRow<'a>> {
        self.standing_on(date).filter(|plan| plan.is_onsite())
    }

    fn plan_rows(&self) -> &[PlanRow<'a>] {
        if self.plan_source() == PlanSource::File { &self.file.plans } else { &self.stand_ins }
    }

    pub fn plan_source(&self) -> PlanSource {
        if self.book.has_file(Kind::Plans) {
            PlanSource::File
        } else if self.book.has_column(Kind::Visits, Column::Planned) {
            PlanSource::PlannedVisits
        } else {
            PlanSource::None
        }
    }

    /// Whether a date lies in the window of what tells the plan.
    pub fn in_plans_window(&self, date: NaiveDate) -> bool {
        match self.plan_source() {
            PlanSource::File => self.book.windows.contain(Kind::Plans, date),
            PlanSource::PlannedVisits => true,
            PlanSource::None => false,
        }
    }

    pub fn excuse(&self, date: NaiveDate) -> Excuse {
        self.state(date).excuse
    }

    pub fn device_failed(&self, date: NaiveDate) -> bool {
        self.state(date).device_failure
    }

    /// When the device was synchronised for a date: the earliest on the date itself, else the earliest of any.
    pub fn synced(&self, date: NaiveDate) -> Option<Moment> {
        self.state(date).synced
    }

    /// When the latest summary of a date was uploaded.
    pub fn summary(&self, date: NaiveDate) -> Option<Moment> {
        self.state(date).summary
    }

    pub fn has_day_records(&self) -> bool {
        !within(&self.file.days, self.month.span(), |day| day.date).is_empty()
    }

    pub fn day_rows(&self, date: NaiveDate) -> &'a [DayRecord] {
        on_date(&self.file.days, date, |day| day.date)
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
        let archive = || self.book.customer(visit.customer).and_then(|customer| self.archive_place(&customer));
        self.checkin_place(visit).or_else(archive)
    }

    fn state(&self, date: NaiveDate) -> DayState {
        self.states.get(&date).copied().unwrap_or_default()
    }

    /// A date without any visit, which no day record could speak of either: assessed by no rule of days.
    pub fn is_unrecorded(&self, date: NaiveDate) -> bool {
        self.visits_on(date).is_empty() && !self.book.windows.contain(Kind::Days, date)
    }

    /// The unrecorded dates that would have been looked at: working days and dates with plan rows.
    pub fn unrecorded_days(&self) -> Vec<NaiveDate> {
        let expected = |date: NaiveDate| self.is_working_day(date) || self.standing_on(date).next().is_some();
        let unrecorded =
            |date: &NaiveDate| self.is_unrecorded(*date) && expected(*date) && !self.excuse(*date).in_full();
        self.days().filter(unrecorded).collect()
    }

    /// A working day of the calendar on which the manager is in post.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        let serves = self.file.record.as_ref().is_none_or(|record| record.serves_on(date));
        serves && self.settings.calendar.is_working_day(date)
    }

    /// A working day of the manager on which he is not excused in full.
    pub fn is_workable(&self, date: NaiveDate) -> bool {
        self.is_working_day(date) && !self.excuse(date).in_full()
    }

    /// How a unit over a period stands while its limit is not met.
    pub fn period_state(&self, period: DateSpan) -> PeriodState {
        PeriodState::of(self, period)
    }

    /// His customers of the archive, by id.
    pub fn customers(&self) -> impl Iterator<Item = &'a Customer<'a>> {
        self.file.customers.iter()
    }

    fn due_customers(&self) -> Vec<&'a Customer<'a>> {
        let visited = self.visits().iter().map(|visit| visit.customer);
        let planned = self.file.plans.iter().filter(|plan| self.month.contains(plan.date));
        let touched: HashSet<CustomerId> = visited.chain(planned.map(|plan| plan.customer)).collect();
        let is_due = |customer: &&Customer| {
            let seldom = matches!(customer.cycle, Some(Cycle::Bimonthly | Cycle::Quarterly));
            customer.is_open_in(self.month)
                && (self.settings.include_suspended || !customer.suspended)
                && (!seldom || touched.contains(&customer.id))
        };
        self.customers().filter(is_due).collect()
    }

    /// Distinct customers visited in the month, by id.
    pub fn visited_customers(&self) -> Vec<CustomerId> {
        let mut customers: Vec<CustomerId> = self.visits().iter().map(|visit| visit.customer).collect();
        customers.sort_unstable();
        customers.dedup();
        customers
    }

    /// The rows that call for something on a date: its plan rows, else its day records, else whatever tells of the
    /// manager at all. Never empty for a manager of the month.
    pub fn calling_rows(&self, date: NaiveDate) -> Vec<At> {
        let planned: Vec<At> = self.standing_on(date).map(|plan| plan.at).collect();
        if !planned.is_empty() {
            return planned;
        }
        let recorded: Vec<At> = self.day_rows(date).iter().map(|day| day.at).collect();
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

/// The rows of a date among rows sorted by date.
fn on_date<T>(rows: &[T], date: NaiveDate, date_of: impl Fn(&T) -> NaiveDate) -> &[T] {
    within(rows, DateSpan { first: date, last: date }, date_of)
}

/// The rows of a span among rows sorted by date.
fn within<T>(rows: &[T], span: DateSpan, date_of: impl Fn(&T) -> NaiveDate) -> &[T] {
    let from = rows.partition_point(|row| date_of(row) < span.first);
    let to = rows.partition_point(|row| date_of(row) <= span.last);
    &rows[from..to.max(from)]
}

/// Planned visits as plan rows, those that were not made included.
fn stand_ins<'a>(file: &'a ManagerFile<'a>) -> Vec<PlanRow<'a>> {
    let visits = file.visits.iter().chain(&file.unmade_visits).filter(|visit| visit.planned);
    let plan_row = |visit: &Visit| PlanRow {
        at: visit.at,
        manager: visit.manager,
        customer: visit.customer,
        date: visit.date(),
        seq: None,
        mode: Some(visit.mode),
        phones: Phones::None,
        tool: None,
        created: None,
        rescheduled_from: None,
    };
    let mut rows: Vec<PlanRow> = visits.map(plan_row).collect();
    rows.sort_unstable_by_key(|row| (row.date, row.at));
    rows
}
