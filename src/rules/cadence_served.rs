//! Which services count for which period of a `[[cadence]]` entry, and how many it needs (SPEC §3.2).

use super::cadence_entry::{Entry, Per};
use crate::measures::{Asked, ManagerMonth, Rendered, Shop};
use crate::model::{CustomerId, DateSpan, Month, Period};
use chrono::Days;

/// What an entry asks of the manager in a period.
pub(super) struct Demand<'e, 'm> {
    entry: &'e Entry,
    pub period: Period,
    /// Services due of the manager; distinct customers, where the entry asks for these.
    pub due: u32,
    /// The customers that the entry is for, by id.
    pub customers: Vec<Shop<'m>>,
    /// Of each of his customers, how many services are due.
    due_each: Vec<u32>,
    /// Whether the manager had a day to work on: else nothing of a later period is lacking here.
    works: bool,
}

impl<'e, 'm> Demand<'e, 'm> {
    /// What it asks if it is for these customers `besides` those that it is surely for.
    pub(super) fn of(entry: &'e Entry, month: &ManagerMonth<'m>, period: Period, besides: &[CustomerId]) -> Self {
        let mut customers = month.due_in(Month::of(period.span().last));
        customers.retain(|customer| entry.is_for(customer) || besides.contains(&customer.id));
        let mut due_each = vec![0; month.file.customers.len()];
        for customer in &customers {
            due_each[customer.number as usize] = if entry.per == Per::Customer { entry.min.0 } else { 1 };
        }
        let due = entry.due_of_manager(customers.len() as u32);
        let works = month.period_state(period.span()).workable;
        Self { entry, period, due, customers, due_each, works }
    }

    /// How many services are due of one of them.
    pub(super) fn due_of(&self, customer: &Shop) -> u32 {
        self.due_each[customer.number as usize]
    }

    /// Counts services.
    pub(super) fn count(&self, services: &[Rendered]) -> Served<'_, 'e, 'm> {
        let mut served = Served { demand: self, times: vec![0; self.due_each.len()], count: 0 };
        services.iter().for_each(|service| served.add(service));
        served
    }

    /// The span of the days of grace behind it.
    fn late(&self) -> DateSpan {
        let last = self.period.span().last;
        DateSpan { first: last + Days::new(1), last: last + self.entry.grace() }
    }
}

/// Services counted for a period.
pub(super) struct Served<'d, 'e, 'm> {
    demand: &'d Demand<'e, 'm>,
    /// How often each of the manager's own customers was served.
    times: Vec<u32>,
    /// Services, or distinct customers served.
    pub count: u32,
}

impl Served<'_, '_, '_> {
    /// How often a customer was served.
    pub(super) fn times(&self, customer: &Shop) -> u32 {
        self.times[customer.number as usize]
    }

    /// The customer that a service was for, if he is one that the entry is for.
    fn customer(&self, service: &Rendered) -> Option<usize> {
        let customer = service.shop.map(|shop| shop as usize)?;
        self.demand.due_each.get(customer).is_some_and(|due| *due > 0).then_some(customer)
    }

    fn add(&mut self, service: &Rendered) {
        if !self.demand.entry.asks_for_customers() {
            self.count += 1;
        } else if let Some(customer) = self.customer(service) {
            self.count += u32::from(self.times[customer] == 0);
            self.times[customer] += 1;
        }
    }

    /// Whether fewer were rendered than needed, and this one would help.
    fn lacks(&self, service: &Rendered) -> bool {
        let helps = || self.customer(service).is_some_and(|place| self.times[place] < self.demand.due_each[place]);
        match self.demand.entry.per {
            _ if !self.demand.works => false,
            Per::Customer => helps(),
            Per::Manager => self.count < self.demand.due && (!self.demand.entry.asks_for_customers() || helps()),
        }
    }
}

/// An entry judged in a month of a manager.
pub(super) struct Judging<'e, 'm> {
    pub entry: &'e Entry,
    pub month: &'e ManagerMonth<'m>,
    pub asked: Asked<'e>,
    /// The periods that end in the month, by time.
    pub periods: Vec<Period>,
    /// Those before them that take their share first.
    pub earlier: Vec<Period>,
}

impl<'e, 'm> Judging<'e, 'm> {
    /// What is asked in each of the periods, and the services that count for it, if the entry is for these customers
    /// besides. With days of grace, what names no period and is dated in them counts for a period that has fewer than it
    /// needs, and not for its own.
    pub(super) fn served(&self, besides: &[CustomerId]) -> Vec<(Demand<'e, 'm>, Vec<Rendered>)> {
        let periods = self.earlier.iter().chain(&self.periods);
        let all: Vec<Demand> = periods.map(|period| Demand::of(self.entry, self.month, *period, besides)).collect();
        let mut lists: Vec<Vec<Rendered>> =
            all.iter().map(|demand| self.month.services(self.asked, demand.period)).collect();
        if let Some(last) = all.last().filter(|_| self.entry.has_grace()) {
            lists.push(self.month.services_dated(self.asked, last.late()));
            take_late(&all, &mut lists);
        }
        all.into_iter().zip(lists).skip(self.earlier.len()).collect()
    }
}

/// Lets each period in turn take what it lacks of the services behind it.
fn take_late(all: &[Demand], lists: &mut [Vec<Rendered>]) {
    lists.iter_mut().for_each(|list| list.sort_by_key(|service| (service.date, service.at)));
    for (place, demand) in all.iter().enumerate() {
        let (upto, behind) = lists.split_at_mut(place + 1);
        let own = &mut upto[place];
        let (mut counted, late) = (demand.count(own), demand.late());
        for list in behind {
            list.retain(|service| {
                let is_taken = !service.names_period && late.contains(service.date) && counted.lacks(service);
                if is_taken {
                    counted.add(service);
                    own.push(*service);
                }
                !is_taken
            });
        }
    }
}
