//! All records of a run, grouped by manager and sorted, and the facts that hold for the whole run.

use crate::load::Loaded;
use crate::model::*;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Everything loaded of one manager, in the order of time.
#[derive(Debug, Default)]
pub struct ManagerFile {
    /// His row of the managers file.
    pub record: Option<Manager>,
    /// The customers of the archive that name him, by id.
    pub customers: Vec<CustomerId>,
    /// By start, then file order.
    pub visits: Vec<Visit>,
    /// Rows of visits files that tell of no visit, by date, then file order.
    pub unmade_visits: Vec<Visit>,
    /// By start, then file order.
    pub calls: Vec<Call>,
    /// By date, then file order.
    pub plans: Vec<PlanRow>,
    pub days: Vec<DayRecord>,
    pub services: Vec<Service>,
    pub inquiries: Vec<Inquiry>,
    pub checks: Vec<Check>,
}

/// A visit as it counts for the customer, whoever made it.
#[derive(Clone, Copy, Debug)]
pub struct Contact {
    pub customer: CustomerId,
    pub date: NaiveDate,
    pub onsite: bool,
    pub done: bool,
}

/// All records of a run.
pub struct Book {
    pub managers: Names,
    pub customers: Names,
    /// The names of the input files, by number.
    pub files: Vec<String>,
    pub horizon: NaiveDate,
    pub windows: Windows,
    columns: HashSet<(Kind, Column)>,
    kinds: HashSet<Kind>,
    /// By customer id.
    archive: Vec<Customer>,
    /// By manager id, one for every id that any file names.
    of_managers: Vec<ManagerFile>,
    /// By customer, then date.
    contacts: Vec<Contact>,
    checked_months: BTreeSet<Month>,
    visited_months: BTreeSet<Month>,
    served_months: BTreeSet<Month>,
}

impl Book {
    /// Takes the records out of what was loaded.
    pub fn new(loaded: &mut Loaded) -> Self {
        let files = loaded.inputs.iter().map(|input| input.source.shown.clone()).collect();
        let kinds = loaded.inputs.iter().map(|input| input.source.kind).collect();
        let managers = std::mem::take(&mut loaded.managers);
        let mut book = Self {
            files,
            kinds,
            horizon: loaded.horizon,
            windows: loaded.windows.clone(),
            columns: std::mem::take(&mut loaded.columns),
            archive: std::mem::take(&mut loaded.customer_rows),
            of_managers: (0..managers.len()).map(|_| ManagerFile::default()).collect(),
            contacts: contacts(&loaded.visits),
            checked_months: loaded.checks.iter().map(|check| check.month).collect(),
            visited_months: loaded.visits.iter().map(|visit| Month::of(visit.date())).collect(),
            served_months: served_months(loaded),
            managers,
            customers: std::mem::take(&mut loaded.customers),
        };
        book.archive.sort_unstable_by_key(|customer| customer.id);
        for customer in &book.archive {
            book.of_managers[customer.manager.0 as usize].customers.push(customer.id);
        }
        book.group(loaded);
        book
    }

    fn group(&mut self, loaded: &mut Loaded) {
        macro_rules! group {
            ($field:ident, $manager:ident) => {
                group!($field, $field, $manager)
            };
            ($rows:ident, $field:ident, $manager:ident) => {
                for row in std::mem::take(&mut loaded.$rows) {
                    self.of_managers[row.$manager.0 as usize].$field.push(row);
                }
            };
        }
        group!(visits, manager);
        group!(unmade_visits, manager);
        group!(calls, manager);
        group!(plans, manager);
        group!(days, manager);
        group!(services, manager);
        group!(inquiries, manager);
        group!(checks, manager);
        for record in std::mem::take(&mut loaded.manager_rows) {
            let file = &mut self.of_managers[record.id.0 as usize];
            file.record = Some(record);
        }
        for file in &mut self.of_managers {
            file.sort();
        }
    }

    pub fn has_file(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    pub fn has_column(&self, kind: Kind, column: Column) -> bool {
        self.columns.contains(&(kind, column))
    }

    pub fn customer(&self, id: CustomerId) -> Option<&Customer> {
        self.archive.binary_search_by_key(&id, |customer| customer.id).ok().map(|at| &self.archive[at])
    }

    pub fn manager(&self, id: ManagerId) -> &ManagerFile {
        &self.of_managers[id.0 as usize]
    }

    pub fn manager_ids(&self) -> impl Iterator<Item = ManagerId> {
        (0..self.managers.len() as u32).map(ManagerId)
    }

    /// Whether any spot check for a month is loaded, of anyone.
    pub fn has_check_for(&self, month: Month) -> bool {
        self.checked_months.contains(&month)
    }

    /// Whether any visit of a month is loaded, of anyone.
    pub fn has_visits_in(&self, month: Month) -> bool {
        self.visited_months.contains(&month)
    }

    /// Whether any service is dated in a month, of anyone, items of done visits included.
    pub fn has_services_in(&self, month: Month) -> bool {
        self.served_months.contains(&month)
    }

    /// All visits to a customer, of anyone, by date.
    pub fn contacts_of(&self, customer: CustomerId) -> &[Contact] {
        let from = self.contacts.partition_point(|contact| contact.customer < customer);
        let to = self.contacts.partition_point(|contact| contact.customer <= customer);
        &self.contacts[from..to]
    }

    /// Whether an id is a manager of the month (SPEC §1): he owns customers open in it, has visits or plan rows in it, or
    /// stands in the managers file for a time that touches it.
    pub fn is_manager_in(&self, id: ManagerId, month: Month) -> bool {
        let file = self.manager(id);
        let owns = || file.customers.iter().filter_map(|id| self.customer(*id)).any(|c| c.is_open_in(month));
        let serves = |record: &Manager| {
            record.joined_on.is_none_or(|date| date <= month.last())
                && record.left_on.is_none_or(|date| date >= month.first())
        };
        file.visits.iter().any(|visit| month.contains(visit.date()))
            || file.plans.iter().any(|plan| month.contains(plan.date))
            || file.record.as_ref().is_some_and(serves)
            || owns()
    }

    /// Ids that rows name, but neither customers, visits, plans nor the managers file.
    pub fn unknown_managers(&self) -> Vec<ManagerId> {
        let unknown = |id: &ManagerId| {
            let file = self.manager(*id);
            let known = file.record.is_some() || file.has_customers_visits_or_plans();
            !known && file.has_other_rows()
        };
        self.manager_ids().filter(unknown).collect()
    }

    /// Customers of visits and plan rows that are not in the archive.
    pub fn unknown_customers(&self) -> BTreeSet<CustomerId> {
        let files = self.of_managers.iter();
        let named = files.flat_map(|file| {
            let visited = file.visits.iter().map(|visit| visit.customer);
            visited.chain(file.plans.iter().map(|plan| plan.customer))
        });
        named.filter(|id| self.customer(*id).is_none()).collect()
    }

    /// The manager's name: from the managers file, else as his customers' rows have it.
    pub fn manager_name(&self, id: ManagerId) -> Option<&str> {
        let own = self.manager(id).record.as_ref().and_then(|record| record.name.as_deref());
        own.or_else(|| self.most_common(id, |customer| customer.manager_name.as_deref()))
    }

    /// The manager's branch: from the managers file, else that of most of his customers.
    pub fn branch(&self, id: ManagerId) -> Option<&str> {
        let own = self.manager(id).record.as_ref().and_then(|record| record.branch.as_deref());
        own.or_else(|| self.most_common(id, |customer| customer.branch.as_deref()))
    }

    /// The text that most of a manager's customers have; ties go to the first by name.
    fn most_common<'a>(&'a self, id: ManagerId, text: impl Fn(&'a Customer) -> Option<&'a str>) -> Option<&'a str> {
        let customers = self.manager(id).customers.iter().filter_map(|id| self.customer(*id));
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in customers.filter_map(text) {
            *counts.entry(text).or_default() += 1;
        }
        let most = counts.values().max().copied();
        counts.into_iter().find(|(_, count)| Some(*count) == most).map(|(text, _)| text)
    }
}

impl ManagerFile {
    fn has_customers_visits_or_plans(&self) -> bool {
        let visited = !self.visits.is_empty() || !self.unmade_visits.is_empty();
        visited || !self.customers.is_empty() || !self.plans.is_empty()
    }

    fn has_other_rows(&self) -> bool {
        let desk = !self.days.is_empty() || !self.calls.is_empty() || !self.services.is_empty();
        desk || !self.inquiries.is_empty() || !self.checks.is_empty()
    }

    fn sort(&mut self) {
        self.visits.sort_unstable_by_key(|visit| (visit.started, visit.at));
        self.unmade_visits.sort_unstable_by_key(|visit| (visit.started, visit.at));
        self.calls.sort_unstable_by_key(|call| (call.started, call.at));
        self.plans.sort_unstable_by_key(|plan| (plan.date, plan.at));
        self.days.sort_unstable_by_key(|day| (day.date, day.at));
        self.services.sort_unstable_by_key(|service| (service.done_on, service.at));
        self.inquiries.sort_unstable_by_key(|inquiry| (inquiry.received, inquiry.at));
        self.checks.sort_unstable_by_key(|check| (check.month, check.at));
    }
}

fn served_months(loaded: &Loaded) -> BTreeSet<Month> {
    let with_items = loaded.visits.iter().filter(|visit| visit.is_done() && !visit.items.is_empty());
    let dates = with_items.map(Visit::date).chain(loaded.services.iter().map(|service| service.done_on));
    dates.map(Month::of).collect()
}

fn contacts(visits: &[Visit]) -> Vec<Contact> {
    let contact = |visit: &Visit| Contact {
        customer: visit.customer,
        date: visit.date(),
        onsite: visit.is_onsite(),
        done: visit.is_done(),
    };
    let mut contacts: Vec<Contact> = visits.iter().map(contact).collect();
    contacts.sort_unstable_by_key(|contact| (contact.customer, contact.date));
    contacts
}
