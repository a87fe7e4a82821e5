//! The shops that a manager has to do with: his own customers with all visits to them, and whatever else he visits or plans.

use super::plan::Plan;
use crate::book::{Book, Contact, ManagerFile};
use crate::model::{Customer, CustomerId, DateSpan};
use rustc_hash::FxHashMap;
use std::ops::Deref;

/// Small numbers for customers. The manager's own come first, in their order.
pub(super) struct Shops {
    numbers: FxHashMap<CustomerId, u32>,
    /// The shops of the file's visits and of the plan's rows.
    pub of_visits: Vec<u32>,
    pub of_plans: Vec<u32>,
    /// Visits of anyone to the manager's own customers, customer by customer, then by date.
    contacts: Vec<Contact>,
    /// Where each own customer's contacts begin, and where the last one's end.
    starts: Vec<u32>,
}

impl Shops {
    pub(super) fn of(book: &Book, file: &ManagerFile, plan: &Plan) -> Self {
        let own = file.customers.len();
        let mut numbers = FxHashMap::with_capacity_and_hasher(own, Default::default());
        numbers.extend(file.customers.iter().map(|customer| customer.id).zip(0..));
        let mut number = |customer: CustomerId| {
            let next = numbers.len() as u32;
            *numbers.entry(customer).or_insert(next)
        };
        let of_visits: Vec<u32> = file.visits.iter().map(|visit| number(visit.customer)).collect();
        let of_plans: Vec<u32> = plan.rows().iter().map(|plan| number(plan.customer)).collect();
        let others = file.customers.iter().zip(0..).flat_map(|(customer, number)| {
            book.others_contacts_of(customer.id).iter().map(move |contact| (number, *contact))
        });
        let mut found: Vec<(u32, Contact)> = Vec::with_capacity(of_visits.len());
        let with_shops = of_visits.iter().zip(&file.visits).filter(|(number, _)| (**number as usize) < own);
        found.extend(with_shops.map(|(number, visit)| (*number, Contact::of(visit))));
        let own_visits = found.len();
        found.extend(others);
        if found.len() > own_visits {
            found.sort_by_key(|(_, contact)| contact.date);
        }
        let (contacts, starts) = by_number(&found, own);
        Self { numbers, of_visits, of_plans, contacts, starts }
    }

    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(super) fn number(&self, customer: CustomerId) -> Option<u32> {
        self.numbers.get(&customer).copied()
    }

    fn contacts(&self, number: u32) -> &[Contact] {
        let number = number as usize;
        &self.contacts[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}

/// Puts contacts in the order of their shops, those of one shop in the order in which they come; and where each begins.
fn by_number(contacts: &[(u32, Contact)], shops: usize) -> (Vec<Contact>, Vec<u32>) {
    let mut starts = vec![0; shops + 1];
    for (number, _) in contacts {
        starts[*number as usize + 1] += 1;
    }
    for number in 0..shops {
        starts[number + 1] += starts[number];
    }
    let mut next = starts.clone();
    let mut sorted: Vec<Contact> = contacts.iter().map(|(_, contact)| *contact).collect();
    for (number, contact) in contacts {
        let place = &mut next[*number as usize];
        sorted[*place as usize] = *contact;
        *place += 1;
    }
    (sorted, starts)
}

/// One of the manager's own customers, with the visits of anyone to it.
#[derive(Clone, Copy, Debug)]
pub struct Shop<'a> {
    pub number: u32,
    record: &'a Customer<'a>,
    contacts: &'a [Contact],
}

impl<'a> Shop<'a> {
    /// His own customers, by id.
    pub(super) fn all(file: &'a ManagerFile<'a>, shops: &'a Shops) -> impl Iterator<Item = Self> {
        (0..).map_while(|number| Self::one(file, shops, number))
    }

    /// One of his own customers, by its number.
    pub(super) fn one(file: &'a ManagerFile<'a>, shops: &'a Shops, number: u32) -> Option<Self> {
        let record = file.customers.get(number as usize)?;
        Some(Self { number, record, contacts: shops.contacts(number) })
    }

    /// The visits of a span, by date.
    pub fn contacts(&self, span: DateSpan) -> impl Iterator<Item = &'a Contact> + use<'a> {
        self.contacts.iter().filter(move |contact| span.contains(contact.date))
    }
}

impl<'a> Deref for Shop<'a> {
    type Target = Customer<'a>;

    fn deref(&self) -> &Customer<'a> {
        self.record
    }
}
