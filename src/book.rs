//! All records of a run: those of a manager are brought together when he is looked at, and the facts that hold for the
//! whole run are kept.

mod contacts;
mod habits;
mod manager_file;
mod recorded;

use crate::branches::{Branch, Branches};
use crate::load::{Chunk, Fate, FileInfo, Partition, Partitions, Records, Row, Spot, VisitRow, cells_of};
use crate::model::*;
use crate::parallel;
use chrono::NaiveDate;
use contacts::{OfVisits, owners};
use std::collections::{BTreeMap, BTreeSet, HashSet};

pub use contacts::Contact;
pub use habits::Habits;
pub use manager_file::{ManagerFile, RejectedRows};
pub use recorded::RecordedItems;

/// All records of a run.
pub struct Book {
    pub managers: Names,
    pub customers: Names,
    /// The names of the input files, by number.
    pub files: Vec<String>,
    pub horizon: NaiveDate,
    pub windows: Windows,
    branches: Branches,
    columns: HashSet<(Kind, Column)>,
    unreadable: HashSet<(Kind, Column)>,
    kinds: HashSet<Kind>,
    partitions: Partitions,
    /// Where the row of each customer stands; `None` for those that are in no archive.
    archive: Vec<Option<Spot>>,
    /// Whose customer each is.
    owners: Vec<Option<ManagerId>>,
    /// What the managers file says of each.
    manager_records: Vec<Option<Manager>>,
    /// Visits to customers of another manager, by customer, then date.
    others_contacts: Vec<Contact>,
    /// In file order.
    pub appeals: Vec<Appeal>,
    /// By customer, then file order.
    quality: Vec<Quality>,
    quality_months: BTreeSet<Month>,
    checked_months: BTreeSet<Month>,
    visited_months: BTreeSet<Month>,
    /// When anyone recorded which item of service.
    pub items: RecordedItems,
    /// How many rejected rows name neither a manager nor a customer.
    pub rejected_of_anyone: u64,
}

impl Book {
    /// The calendar tells whether a branch's data end early, which nobody asks where `--as-of` has been given.
    pub fn new(records: Records, inputs: &[FileInfo], calendar: &Calendar) -> Self {
        let early = (!records.is_horizon_given).then_some(calendar);
        let Records { managers, customers, columns, horizon, extent, mut partitions, archive, manager_rows, .. } =
            records;
        let owners = owners(&partitions, customers.len());
        let record = |(id, spot): (u32, Option<Spot>)| Some(partitions.managers.record(spot?, ManagerId(id)));
        let manager_records = (0..).zip(manager_rows).map(record).collect();
        let of_anyone = partitions.assign_rejected(|customer| owners[customer.0 as usize]);
        let visits: Vec<OfVisits> = parallel::map(&partitions.visits.chunks, |chunk| OfVisits::of(chunk, &owners));
        let mut others_contacts: Vec<Contact> = visits.iter().flat_map(|part| &part.others_contacts).copied().collect();
        others_contacts.sort_unstable_by_key(|contact| (contact.customer, contact.date));
        let months = |dates: &mut dyn Iterator<Item = NaiveDate>| dates.map(Month::of).collect::<BTreeSet<Month>>();
        let visited = visits.iter().flat_map(|part| &part.visited).copied();
        let mut items = RecordedItems::default();
        partitions.services.chunks.iter().for_each(|chunk| items.add_services(chunk));
        let with_visits = partitions.visits.chunks.iter().zip(&visits);
        with_visits.for_each(|(chunk, part)| items.add_visits(chunk, &part.with_items));
        let quality = quality(&partitions, managers.len());
        let windows = extent.windows((0..managers.len() as u32).map(ManagerId));
        let mut book = Self {
            checked_months: used(&partitions.checks).map(|(chunk, row)| chunk.rows[row].month).collect(),
            appeals: used(&partitions.appeals)
                .map(|(chunk, row)| Appeal::open(&chunk.placed(row, ManagerId::NOBODY)))
                .collect(),
            quality_months: quality.iter().map(|row| row.month).collect(),
            quality,
            visited_months: months(&mut { visited }),
            items,
            files: inputs.iter().map(|input| input.source.shown.clone()).collect(),
            kinds: inputs.iter().map(|input| input.source.kind).collect(),
            unreadable: cells_of(inputs)
                .into_iter()
                .filter(|(_, counts)| counts.is_unreadable())
                .map(|(of, _)| of)
                .collect(),
            managers,
            customers,
            horizon,
            windows,
            columns,
            partitions,
            archive,
            owners,
            manager_records,
            others_contacts,
            rejected_of_anyone: of_anyone,
            branches: Branches::none(),
        };
        let ids: Vec<ManagerId> = book.manager_ids().collect();
        let names: Vec<Option<&str>> = parallel::map(&ids, |id| book.find_branch(*id));
        book.branches = Branches::new(&names, &extent, horizon, early);
        book
    }

    /// By what findings are told.
    pub fn names(&self) -> RunNames<'_> {
        RunNames { managers: &self.managers, customers: &self.customers }
    }

    pub fn has_file(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether a file has a column of which most cells can be read: else its empty cells say nothing (SPEC §1.2).
    pub fn has_column(&self, kind: Kind, column: Column) -> bool {
        self.columns.contains(&(kind, column)) && !self.is_unreadable(kind, column)
    }

    /// Whether over half of a column's cells cannot be read.
    pub fn is_unreadable(&self, kind: Kind, column: Column) -> bool {
        self.unreadable.contains(&(kind, column))
    }

    pub fn customer(&self, id: CustomerId) -> Option<Customer<'_>> {
        let spot = self.archive[id.0 as usize]?;
        Some(self.partitions.customers.record(spot, self.owners[id.0 as usize]?))
    }

    /// Whether the archive has a customer.
    pub fn has_customer(&self, id: CustomerId) -> bool {
        self.archive[id.0 as usize].is_some() && self.owners[id.0 as usize].is_some()
    }

    fn manager_record(&self, id: ManagerId) -> Option<&Manager> {
        self.manager_records[id.0 as usize].as_ref()
    }

    /// Brings together what is loaded of a manager.
    pub fn manager(&self, id: ManagerId) -> ManagerFile<'_> {
        let partitions = &self.partitions;
        let mut file = ManagerFile {
            id,
            record: self.manager_record(id),
            customers: partitions.customers.records(id, Fate::Used),
            visits: partitions.visits.records(id, Fate::Used),
            unmade_visits: self.unmade_visits(id),
            calls: partitions.calls.records(id, Fate::Used),
            plans: partitions.plans.records(id, Fate::Used),
            days: partitions.days.records(id, Fate::Used),
            services: partitions.services.records(id, Fate::Used),
            inquiries: partitions.inquiries.records(id, Fate::Used),
            checks: partitions.checks.records(id, Fate::Used),
            quality: partitions.quality.records(id, Fate::Used),
            rejected: RejectedRows {
                visits: partitions.visits.rejects.records(id),
                calls: partitions.calls.rejects.records(id),
                plans: partitions.plans.rejects.records(id),
                days: partitions.days.rejects.records(id),
                services: partitions.services.rejects.records(id),
                checks: partitions.checks.rejects.records(id),
                quality: partitions.quality.rejects.records(id),
            },
        };
        file.sort();
        file
    }

    /// Where the archive has a customer.
    pub fn archive_position(&self, id: CustomerId) -> Option<Position> {
        let (chunk, row) = self.archive[id.0 as usize].filter(|_| self.has_customer(id))?;
        let chunk = &self.partitions.customers.chunks[chunk as usize];
        chunk.rows[row as usize].position(&chunk.arena)
    }

    /// When, to whom and where the visits of a manager in a month were, in file order.
    pub fn visits_in(
        &self,
        id: ManagerId,
        month: Month,
    ) -> impl Iterator<Item = (NaiveDate, CustomerId, Option<Position>)> {
        let used = self.partitions.visits.of_manager(id, Fate::Used);
        let of_month = used.filter(move |(chunk, row)| month.contains(chunk.rows[*row].started_on()));
        of_month.map(|(chunk, row)| {
            let visit = &chunk.rows[row];
            let customer = chunk.customer(row).unwrap_or(CustomerId::NOBODY);
            (visit.started_on(), customer, visit.position(&chunk.arena))
        })
    }

    /// The dates of a month that a manager's day records tell of.
    pub fn recorded_days_in(&self, id: ManagerId, month: Month) -> impl Iterator<Item = NaiveDate> {
        let used = self.partitions.days.of_manager(id, Fate::Used);
        used.filter_map(|(chunk, row)| chunk.rows[row].date()).filter(move |date| month.contains(*date))
    }

    /// Every row of the checks of a manager, those that say nothing yet and those that could not be made among them.
    pub fn listed_checks(&self, id: ManagerId) -> Vec<Check> {
        let of = |fate| self.partitions.checks.each_record(id, fate);
        let mut listed: Vec<Check> = of(Fate::Used).chain(of(Fate::SetAside)).collect();
        listed.sort_unstable_by_key(|check| check.at);
        listed
    }

    /// Rows that tell of no visit on some date; set aside are also stray visits.
    fn unmade_visits(&self, id: ManagerId) -> Vec<Visit<'_>> {
        let aside = self.partitions.visits.of_manager(id, Fate::SetAside);
        let unmade = aside.filter(|(chunk, row)| chunk.rows[*row].is_set_aside() && chunk.rows[*row].date().is_some());
        unmade.map(|(chunk, row)| VisitRow::open(&chunk.placed(row, id))).collect()
    }

    /// The visits to a customer that others than his manager made, by date.
    pub fn others_contacts_of(&self, customer: CustomerId) -> &[Contact] {
        let from = self.others_contacts.partition_point(|contact| contact.customer < customer);
        let count = self.others_contacts[from..].iter().take_while(|contact| contact.customer == customer).count();
        &self.others_contacts[from..from + count]
    }

    /// All visits to a customer: those that others than his manager made, by date, then his manager's own.
    pub fn contacts_of(&self, customer: CustomerId) -> Vec<Contact> {
        let mut contacts = self.others_contacts_of(customer).to_vec();
        if let Some(owner) = self.owners[customer.0 as usize] {
            let own = self.partitions.visits.of_manager(owner, Fate::Used);
            let to_him = own.filter(|(chunk, row)| chunk.customer(*row) == Some(customer));
            contacts.extend(to_him.map(|(chunk, row)| Contact::of(&VisitRow::open(&chunk.placed(row, owner)))));
        }
        contacts
    }

    /// The visits to a customer by others than this manager: who made them, and on which dates.
    pub fn visits_by_others(&self, customer: CustomerId, than: ManagerId) -> Vec<(ManagerId, NaiveDate)> {
        let contacts = self.contacts_of(customer).into_iter();
        let mut visits: Vec<(ManagerId, NaiveDate)> = contacts.map(|contact| (contact.manager, contact.date)).collect();
        visits.retain(|(manager, _)| *manager != than);
        visits.sort_unstable();
        visits.dedup();
        visits
    }

    /// A manager's plan rows for a customer, in file order.
    pub fn plans_for(&self, manager: ManagerId, customer: CustomerId) -> impl Iterator<Item = PlanRow<'_>> {
        self.partitions.plans.each_record(manager, Fate::Used).filter(move |plan| plan.customer == customer)
    }

    pub fn manager_ids(&self) -> impl Iterator<Item = ManagerId> {
        (0..self.managers.len() as u32).map(ManagerId)
    }

    /// Whether any check drawn at random for a month is loaded, of anyone.
    pub fn has_check_for(&self, month: Month) -> bool {
        self.checked_months.contains(&month)
    }

    /// Whether any score of a month is loaded, of anyone.
    pub fn has_quality_of(&self, month: Month) -> bool {
        self.quality_months.contains(&month)
    }

    /// All scores, by customer, then file order.
    pub fn quality(&self) -> &[Quality] {
        &self.quality
    }

    /// The scores of a customer, whoever was checked there, in file order.
    pub fn quality_of(&self, customer: CustomerId) -> &[Quality] {
        let from = self.quality.partition_point(|row| row.customer < customer);
        let count = self.quality[from..].partition_point(|row| row.customer == customer);
        &self.quality[from..from + count]
    }

    /// Whether any visit of a month is loaded, of anyone.
    pub fn has_visits_in(&self, month: Month) -> bool {
        self.visited_months.contains(&month)
    }

    /// Whether an id is a manager of the month (SPEC §1): he owns customers open in it, has visits or plan rows in it, or
    /// stands in the managers file for a time that touches it.
    pub fn is_manager_in(&self, id: ManagerId, month: Month) -> bool {
        let partitions = &self.partitions;
        let serves = |record: &Manager| {
            record.joined_on.is_none_or(|date| date <= month.last())
                && record.left_on.is_none_or(|date| date >= month.first())
        };
        let owns = || self.customers_of(id).any(|customer| customer.is_open_in(month));
        let visited = || partitions.visits.has_in(id, month);
        let planned = || partitions.plans.has_in(id, month);
        self.manager_record(id).is_some_and(serves) || owns() || visited() || planned()
    }

    fn customers_of(&self, id: ManagerId) -> impl Iterator<Item = Customer<'_>> {
        self.partitions.customers.each_record(id, Fate::Used)
    }

    /// Ids that rows name, but neither customers, visits, plans nor the managers file.
    pub fn unknown_managers(&self) -> Vec<ManagerId> {
        let partitions = &self.partitions;
        let known = |id: ManagerId| {
            let visited = partitions.visits.has(id, Fate::Used) || partitions.visits.has(id, Fate::SetAside);
            let owns = partitions.customers.has(id, Fate::Used) || partitions.plans.has(id, Fate::Used);
            visited || owns || self.manager_record(id).is_some()
        };
        let named = |id: ManagerId| {
            let desk = partitions.days.has(id, Fate::Used) || partitions.services.has(id, Fate::Used);
            let office = partitions.inquiries.has(id, Fate::Used) || partitions.checks.has(id, Fate::Used);
            let office = office || partitions.quality.has(id, Fate::Used);
            desk || office || partitions.calls.has(id, Fate::Used)
        };
        self.manager_ids().filter(|id| !known(*id) && named(*id)).collect()
    }

    /// The files with positions that count as empty, by kind: how many rows of each, and the first.
    pub fn nowhere(&self) -> impl Iterator<Item = (Kind, (u64, At))> {
        let customers = self.partitions.customers.nowhere().into_values().map(|found| (Kind::Customers, found));
        customers.chain(self.partitions.visits.nowhere().into_values().map(|found| (Kind::Visits, found)))
    }

    /// Customers of visits and plan rows that are not in the archive, by id.
    pub fn unknown_customers(&self) -> BTreeSet<CustomerId> {
        let is_unknown = |id: CustomerId| self.owners[id.0 as usize].is_none();
        let visited = self.partitions.visits.customers_where(is_unknown);
        let planned = self.partitions.plans.customers_where(is_unknown);
        visited.into_iter().chain(planned).collect()
    }

    /// The rejected rows that name a manager, in file order.
    pub fn rejected_naming(&self, id: ManagerId) -> BTreeSet<At> {
        self.partitions.rejected_naming(id)
    }

    /// The manager's name: from the managers file, else as his customers' rows have it.
    pub fn manager_name(&self, id: ManagerId) -> Option<&str> {
        let own = self.manager_record(id).and_then(|record| record.name.as_deref());
        own.or_else(|| self.most_common(id, |customer| customer.manager_name))
    }

    /// All branches, by name; first the one of managers without a branch, if there are any.
    pub fn branches(&self) -> &[Branch] {
        &self.branches.all
    }

    /// The branch of a manager.
    pub fn branch_of(&self, id: ManagerId) -> &Branch {
        self.branches.of(id)
    }

    /// The name of the manager's branch.
    pub fn branch(&self, id: ManagerId) -> Option<&str> {
        self.branches.of(id).name.as_deref()
    }

    /// How far the data of a manager's branch reach, H(b): for him every horizon is this one (SPEC §1).
    pub fn horizon_of(&self, id: ManagerId) -> NaiveDate {
        self.branches.of(id).horizon
    }

    /// The windows of a manager's branch, which rules about him keep to (SPEC §1).
    pub fn windows_of(&self, id: ManagerId) -> &Windows {
        &self.branches.of(id).windows
    }

    /// From the managers file, else that of most of his customers.
    fn find_branch(&self, id: ManagerId) -> Option<&str> {
        let own = self.manager_record(id).and_then(|record| record.branch.as_deref());
        own.or_else(|| self.most_common(id, |customer| customer.branch))
    }

    /// The text that most of a manager's customers have; ties go to the first by name.
    fn most_common<'a>(&'a self, id: ManagerId, text: impl Fn(&Customer<'a>) -> Option<&'a str>) -> Option<&'a str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for text in self.customers_of(id).filter_map(|customer| text(&customer)) {
            *counts.entry(text).or_default() += 1;
        }
        let most = counts.values().max().copied();
        counts.into_iter().find(|(_, count)| Some(*count) == most).map(|(text, _)| text)
    }
}

/// The used rows of a small kind.
fn used<T>(partition: &Partition<T>) -> impl Iterator<Item = (&Chunk<T>, usize)> {
    let rows = |chunk: &'_ Chunk<T>| 0..chunk.rows.len();
    let all = partition.chunks.iter().flat_map(move |chunk| rows(chunk).map(move |row| (chunk, row)));
    all.filter(|(chunk, row)| chunk.fates[*row] == Fate::Used)
}

/// The scores that are used, by customer, then file order.
fn quality(partitions: &Partitions, managers: usize) -> Vec<Quality> {
    let of_manager = |id| partitions.quality.each_record(ManagerId(id), Fate::Used);
    let mut rows: Vec<Quality> = (0..managers as u32).flat_map(of_manager).collect();
    rows.sort_unstable_by_key(|row| (row.customer, row.at));
    rows
}
