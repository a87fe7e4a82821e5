//! A manager's own services: rows of services files, and items of his done visits (SPEC §3.2).

use super::rows::range_within;
use super::shops::Shops;
use crate::book::ManagerFile;
use crate::model::{At, Period, Service, Visit, fold};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// A service rendered.
#[derive(Clone, Copy, Debug)]
pub struct Rendered {
    /// Which shop it was for.
    pub shop: Option<u32>,
    pub at: At,
}

/// A manager's services by what they are.
pub(super) struct Services<'a> {
    file: &'a ManagerFile<'a>,
    /// Rows of services files have one item, visits any number.
    services: Listed<'a>,
    visits: Listed<'a>,
}

impl<'a> Services<'a> {
    pub fn of(file: &'a ManagerFile<'a>) -> Self {
        let item = |service: &Service<'a>| (service.item.as_ptr().addr(), [service.item]);
        let items = |visit: &Visit<'a>| (visit.items.as_ptr().addr(), visit.items.iter().map(|item| &**item));
        let services = Listed::of(file.services.iter().map(item));
        Self { file, services, visits: Listed::of(file.visits.iter().map(items)) }
    }

    /// The services of a period that go by one of these folded names: rows of services files, then visits. A row counts
    /// for the period that it names if that is as long, else for the one that holds its date.
    pub fn named(&self, names: &[Cow<str>], period: Period, shops: &Shops) -> Vec<Rendered> {
        let ManagerFile { services, visits, .. } = self.file;
        let span = period.span();
        let is_for_period = |service: &&Service| match service.period {
            Some(own) if own.length() == period.length() => own == period,
            _ => span.contains(service.done_on),
        };
        let shop = |service: &Service| service.customer.and_then(|customer| shops.number(customer));
        let named = self.services.having(names, 0..services.len()).map(|place| &services[place]);
        let recorded = named.filter(is_for_period).map(|service| Rendered { shop: shop(service), at: service.at });
        let mut all: Vec<Rendered> = recorded.collect();
        let served = self.visits.having(names, range_within(visits, span, Visit::date));
        all.reserve(served.size_hint().1.unwrap_or(0));
        let done = served.filter(|place| visits[*place].is_done());
        all.extend(done.map(|place| Rendered { shop: Some(shops.of_visits[place]), at: visits[place].at }));
        all
    }
}

/// Rows by the lists of items that they have. Rows of like cells share a list, so that its address tells it from others,
/// and few are left to be folded and compared.
struct Listed<'a> {
    /// The different lists, folded.
    lists: Vec<Vec<Cow<'a, str>>>,
    /// Which of them each row has.
    of_rows: Vec<u32>,
}

impl<'a> Listed<'a> {
    /// From the rows' lists with their addresses.
    fn of<I: IntoIterator<Item = &'a str>>(rows: impl Iterator<Item = (usize, I)>) -> Self {
        let mut lists = Vec::new();
        let mut numbers: FxHashMap<usize, u32> = FxHashMap::default();
        let number = |(address, items): (usize, I)| {
            *numbers.entry(address).or_insert_with(|| {
                lists.push(items.into_iter().map(fold).collect());
                lists.len() as u32 - 1
            })
        };
        let of_rows = rows.map(number).collect();
        Self { lists, of_rows }
    }

    /// The positions, of these, of rows that have an item of one of these names.
    fn having(&self, names: &[Cow<str>], rows: Range<usize>) -> impl Iterator<Item = usize> {
        let is_named = |items: &Vec<Cow<str>>| items.iter().any(|item| names.contains(item));
        let named: Vec<bool> = self.lists.iter().map(is_named).collect();
        let rows = if named.contains(&true) { rows } else { 0..0 };
        rows.filter(move |row| named[self.of_rows[*row] as usize])
    }
}
