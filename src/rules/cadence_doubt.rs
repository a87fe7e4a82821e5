//! What may have served for a `[[cadence]]` entry, as far as it can be read (SPEC §1.1).

use super::cadence_served::{Demand, Judging};
use crate::doubt::{Mended, due_cell, is_his, may_be_done};
use crate::judgement::Doubt;
use crate::measures::{Rendered, Shop};
use crate::model::{At, Column, CustomerId, DateSpan, ManagerId, Month, Period, Service, Visit, fold};

/// Whom a service may have been for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whom {
    Nobody,
    Anyone,
    Customer(CustomerId),
}

/// A row that may have served besides those counted.
struct Possible {
    whom: Whom,
    at: At,
    /// Of a row that is used the cell that cannot be read.
    cell: Option<Doubt>,
    is_dated: bool,
}

impl Judging<'_, '_> {
    /// Whether a customer would have been served often enough.
    pub(super) fn mend_customer(&self, period: Period, customer: &Shop, missing: u32) -> Mended {
        let rows = self.rows(period);
        let is_for = |row: &&Possible| [Whom::Anyone, Whom::Customer(customer.id)].contains(&row.whom);
        let cell = Mended::by(due_cell(self.month, customer));
        cell.or(|| mend(missing, rows.iter().filter(is_for).collect()))
    }

    /// Whether the manager would have rendered enough services.
    pub(super) fn mend_manager(&self, period: Period, missing: u32) -> Mended {
        mend(missing, self.rows(period).iter().collect())
    }

    /// Whether the manager would have served enough customers: of those who perhaps are none of the entry's the served
    /// kept and the others dropped.
    pub(super) fn mend_customers(&self, demand: &Demand, done: &[Rendered]) -> Mended {
        let period = demand.period;
        let besides = self.unsure(period);
        if besides.is_empty() {
            return self.mend_demand(demand, done, vec![]);
        }
        let late = DateSpan { first: period.span().first, last: period.span().last + self.entry.grace() };
        let mut served = self.month.services(self.asked, period);
        served.extend(self.month.services_dated(self.asked, late));
        let kept = besides.into_iter().filter(|(customer, _)| times(customer, &served) > 0);
        let (ids, cells): (Vec<CustomerId>, Vec<Doubt>) = kept.map(|(customer, cell)| (customer.id, cell)).unzip();
        let again = self.served(&ids).into_iter().find(|(demand, _)| demand.period == period);
        again.map_or(Mended::No, |(demand, done)| self.mend_demand(&demand, &done, cells))
    }

    /// The same for what is asked, some of which hangs on cells.
    fn mend_demand(&self, demand: &Demand, done: &[Rendered], cells: Vec<Doubt>) -> Mended {
        let (served, mut unserved): (Vec<&Shop>, Vec<&Shop>) =
            demand.customers.iter().partition(|customer| times(customer, done) > 0);
        let mut unsure: Vec<Doubt> = unserved.iter().filter_map(|customer| due_cell(self.month, customer)).collect();
        unserved.retain(|customer| due_cell(self.month, customer).is_none());
        let count = served.len() as u32;
        let due = self.entry.due_of_manager(count + unserved.len() as u32);
        unsure.extend(cells);
        if count >= due {
            return Mended::by(unsure.into_iter().next());
        }
        let mut rows = self.rows(demand.period);
        // The surest of the rows of a customer is enough.
        rows.sort_by_key(|row| (row.cell.is_none(), !row.is_dated, row.at));
        let mut named: Vec<CustomerId> = Vec::new();
        rows.retain(|row| match row.whom {
            Whom::Nobody => false,
            Whom::Anyone => true,
            Whom::Customer(id) => {
                let is_new = unserved.iter().any(|customer| customer.id == id) && !named.contains(&id);
                named.push(id);
                is_new
            }
        });
        mend(due - count, rows.iter().collect())
    }

    /// Due customers whom the entry may be for, if their class could be read.
    pub(super) fn unsure_of_class(&self, period: Period) -> impl Iterator<Item = Shop<'_>> {
        let due = self.month.due_in(Month::of(period.span().last));
        due.into_iter().filter(|customer| self.entry.is_for_by_class(customer))
    }

    /// Due customers whom the entry may be for, if their class or mark could be read, and the cell.
    fn unsure(&self, period: Period) -> Vec<(Shop<'_>, Doubt)> {
        let due = self.month.due_in(Month::of(period.span().last)).into_iter();
        let cell = |customer: &Shop| Some(Doubt::cell(customer.at, self.entry.may_be_for(customer)?));
        due.filter_map(|customer| cell(&customer).map(|cell| (customer, cell))).collect()
    }

    /// All that may have served in a period besides what is counted.
    fn rows(&self, period: Period) -> Vec<Possible> {
        let span = period.span();
        let file = self.month.file;
        let of_services = file.services.iter().filter_map(|service| self.used_service(service, span));
        let late = DateSpan { first: span.first, last: span.last + self.entry.grace() };
        let of_visits = self.month.visits_in(late).iter().filter_map(|visit| self.used_visit(visit));
        let rejected = file.rejected.services.iter().filter_map(|service| self.rejected_service(service, period, late));
        let rejected_visits = file.rejected.visits.iter().filter_map(|visit| self.rejected_visit(visit, late));
        of_services.chain(of_visits).chain(rejected).chain(rejected_visits).collect()
    }

    fn is_named(&self, item: &str) -> bool {
        self.asked.names.contains(&fold(item))
    }

    /// A service whose period cannot be read, and that is dated elsewhere.
    fn used_service(&self, service: &Service, span: DateSpan) -> Option<Possible> {
        let cell = Doubt::first_of(service.at, service.unknown, &[Column::Period])?;
        let counts = self.is_named(&service.item) && !span.contains(service.done_on);
        let whom = service.customer.map_or(Whom::Nobody, Whom::Customer);
        counts.then_some(Possible { whom, at: service.at, cell: Some(cell), is_dated: true })
    }

    /// A done visit whose items cannot be read.
    fn used_visit(&self, visit: &Visit) -> Option<Possible> {
        let cell = Doubt::first_of(visit.at, visit.unknown, &[Column::Items])?;
        let counts = visit.is_done()
            && self.asked.mode.is_none_or(|mode| mode == visit.mode)
            && !visit.items.iter().any(|item| self.is_named(item));
        counts.then_some(Possible {
            whom: Whom::Customer(visit.customer),
            at: visit.at,
            cell: Some(cell),
            is_dated: true,
        })
    }

    fn rejected_service(&self, service: &Service, period: Period, late: DateSpan) -> Option<Possible> {
        let is_unknown = |column| service.unknown.contains(column);
        let own_period = service.period.filter(|own| own.length() == self.asked.every);
        let is_dated = own_period.is_some() || is_unknown(Column::Period) || !is_unknown(Column::Date);
        let in_period = match own_period {
            Some(own) => own == period,
            None => is_unknown(Column::Period) || is_unknown(Column::Date) || late.contains(service.done_on),
        };
        let is_named = is_unknown(Column::Item) || self.is_named(&service.item);
        let whom = match service.customer.filter(|customer| *customer != CustomerId::NOBODY) {
            _ if is_unknown(Column::CustomerId) => self.whom_unknown(service.manager),
            Some(customer) => Whom::Customer(customer),
            None => Whom::Nobody,
        };
        let counts = in_period && is_named && is_his(self.month, service.manager);
        counts.then_some(Possible { whom, at: service.at, cell: None, is_dated })
    }

    fn rejected_visit(&self, visit: &Visit, late: DateSpan) -> Option<Possible> {
        let is_unknown = |column| visit.unknown.contains(column);
        let is_dated = !is_unknown(Column::Date);
        let counts = is_his(self.month, visit.manager)
            && may_be_done(visit)
            && (is_unknown(Column::Items) || visit.items.iter().any(|item| self.is_named(item)))
            && (is_unknown(Column::Mode) || self.asked.mode.is_none_or(|mode| mode == visit.mode))
            && (!is_dated || late.contains(visit.date()));
        let whom = match visit.customer {
            CustomerId::NOBODY => self.whom_unknown(visit.manager),
            customer => Whom::Customer(customer),
        };
        counts.then_some(Possible { whom, at: visit.at, cell: None, is_dated })
    }

    /// Of a row whose customer cannot be read its manager must be.
    fn whom_unknown(&self, manager: ManagerId) -> Whom {
        if manager == self.month.id { Whom::Anyone } else { Whom::Nobody }
    }
}

/// How many of these services a customer had.
pub(super) fn times(customer: &Shop, done: &[Rendered]) -> u32 {
    done.iter().filter(|service| service.shop == Some(customer.number)).count() as u32
}

pub(super) fn class_cell(customer: &Shop) -> Option<Doubt> {
    Doubt::first_of(customer.at, customer.unknown, &[Column::Class])
}

/// Whether so many rows are there, cells of rows that are used first.
fn mend(missing: u32, rows: Vec<&Possible>) -> Mended {
    let (used, rejected): (Vec<&Possible>, Vec<&Possible>) = rows.into_iter().partition(|row| row.cell.is_some());
    let missing = missing as usize;
    if missing <= used.len() {
        return Mended::by(used.first().and_then(|row| row.cell.clone()));
    }
    let (dated, undated): (Vec<&Possible>, Vec<&Possible>) = rejected.into_iter().partition(|row| row.is_dated);
    let rows = |rows: &[&Possible]| rows.iter().map(|row| row.at).collect::<Vec<At>>();
    Mended::by_rows(missing - used.len(), &rows(&dated), &rows(&undated))
}
