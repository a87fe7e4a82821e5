//! A line of a sheet: what the plan, the archive and the visits say of a customer.

use crate::lang::Words;
use crate::measures::{Contact, ManagerMonth};
use crate::model::*;
use crate::quote::quote;
use chrono::NaiveDate;

/// Nobody reads more of a name on paper, and setting it takes longer than in proportion.
pub(super) const LONGEST: usize = 1_000;

/// A customer to be visited.
#[derive(Clone, Debug)]
pub struct Line {
    pub seq: String,
    pub customer_id: String,
    pub name: String,
    pub class: Option<Class>,
    pub address: String,
    pub contact: String,
    /// All numbers of the archive.
    pub phones: String,
    pub mode: Mode,
    /// The number to call or the tool to use.
    pub reach: String,
    pub purpose: String,
    pub last: Option<Seen>,
    pub must_onsite: bool,
    pub vulnerable: bool,
    /// The recurring services that the customer lacks and the visit can bring, and how often each.
    pub due: Vec<(Words, u32)>,
}

/// When and how a customer was visited last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub date: NaiveDate,
    pub mode: Mode,
    pub done: bool,
}

/// A row of the plan.
pub(super) fn of_row(month: &ManagerMonth, date: NaiveDate, place: usize, row: &PlanRow) -> Line {
    let seq = row.seq.map_or(place, |seq| seq as usize);
    let mut line = of_customer(month, date, row.customer, seq, row.mode.unwrap_or(Mode::Onsite));
    line.reach = match line.mode {
        Mode::Onsite => String::new(),
        Mode::Phone if row.phones.is_empty() => line.phones.clone(),
        Mode::Phone => numbers(&row.phones),
        Mode::Web => quote(row.tool.unwrap_or_default(), LONGEST),
    };
    line.purpose = quote(row.purpose.unwrap_or_default(), LONGEST);
    line
}

/// What the archive and the visits say of a customer.
pub(super) fn of_customer(month: &ManagerMonth, date: NaiveDate, id: CustomerId, seq: usize, mode: Mode) -> Line {
    let customer = month.customer(id);
    let customer = customer.as_deref();
    let text = |of: fn(&Customer) -> Option<String>| quote(&customer.and_then(of).unwrap_or_default(), LONGEST);
    Line {
        seq: seq.to_string(),
        customer_id: month.book.customers.text(id.0).to_owned(),
        name: text(|customer| Some(customer.name.to_owned())),
        class: customer.and_then(|customer| customer.class),
        address: text(|customer| customer.address.map(str::to_owned)),
        contact: text(|customer| customer.contact.map(str::to_owned)),
        phones: text(|customer| Some(numbers(&customer.phones))),
        mode,
        reach: String::new(),
        purpose: String::new(),
        last: last_seen(month, id, date),
        must_onsite: customer.is_some_and(|customer| month.must_see_onsite(customer)),
        vulnerable: customer.is_some_and(|customer| customer.vulnerable),
        due: vec![],
    }
}

fn numbers(phones: &[Phone]) -> String {
    phones.iter().map(Phone::to_string).collect::<Vec<_>>().join(" / ")
}

/// The last visit before a date: his own, or one of another manager to a customer of his.
fn last_seen(month: &ManagerMonth, customer: CustomerId, date: NaiveDate) -> Option<Seen> {
    let own = month.file.visits.iter().rev().filter(|visit| visit.customer == customer);
    let own = own.map(Contact::of).find(|contact| contact.date < date);
    let others = month.book.others_contacts_of(customer).iter().rfind(|contact| contact.date < date);
    let last = own.into_iter().chain(others.copied()).max_by_key(|contact| (contact.date, contact.own));
    last.map(|Contact { date, mode, done, .. }| Seen { date, mode, done })
}
