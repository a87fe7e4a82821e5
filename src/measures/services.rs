//! A manager's own services: rows of services files, and items of his done visits (SPEC §3.2).

use super::rows::range_within;
use super::shops::Shops;
use crate::book::ManagerFile;
use crate::lang::Words;
use crate::model::{At, CustomerId, DateSpan, Every, Mode, Period, Service, Visit, fold};
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;

/// A service rendered.
#[derive(Clone, Copy, Debug)]
pub struct Rendered {
    pub date: NaiveDate,
    pub at: At,
    /// Which shop it was for.
    pub shop: Option<u32>,
    /// Whether it names a period as long as those it is looked up for.
    pub names_period: bool,
}

/// What services are looked up: by folded names, and where a mode is given, of visits those that have it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'n> {
    pub names: &'n [Cow<'n, str>],
    pub mode: Option<Mode>,
    pub every: Every,
}

/// What recurs and is lacking at some customers.
#[derive(Clone, Debug)]
pub(crate) struct StillDue {
    pub name: Words,
    /// On which visits it counts; on any, where none is given.
    pub mode: Option<Mode>,
    /// How often it is lacking at whom.
    pub customers: FxHashMap<CustomerId, u32>,
}

/// A manager's services by what they are.
pub(super) struct Services<'a> {
    file: &'a ManagerFile<'a>,
    /// Rows of services files have one item, visits any number.
    services: Listed<'a>,
    visits: Listed<'a>,
}

impl<'a> Services<'a> {
    pub(super) fn of(file: &'a ManagerFile<'a>) -> Self {
        let item = |service: &'a Service| (service.item.as_ptr().addr(), [&*service.item]);
        let items = |visit: &Visit<'a>| (visit.items.as_ptr().addr(), visit.items.iter().map(|item| &**item));
        let services = Listed::of(file.services.iter().map(item));
        Self { file, services, visits: Listed::of(file.visits.iter().map(items)) }
    }

    /// The services for a period: rows of services files, then visits. A row counts for the period that it names if that
    /// is as long, else for the one that holds its date.
    pub(super) fn of_period(&self, asked: Asked, period: Period, shops: &Shops) -> Vec<Rendered> {
        let span = period.span();
        let is_for_period = |service: &Service| match service.period.filter(|own| own.length() == asked.every) {
            Some(own) => own == period,
            None => span.contains(service.done_on),
        };
        self.found(asked, span, is_for_period, shops)
    }

    /// The services dated in a span that name no period.
    pub(super) fn dated(&self, asked: Asked, span: DateSpan, shops: &Shops) -> Vec<Rendered> {
        let names_none = |service: &Service| service.period.is_none_or(|own| own.length() != asked.every);
        self.found(asked, span, |service| names_none(service) && span.contains(service.done_on), shops)
    }

    fn found(
        &self,
        asked: Asked,
        span: DateSpan,
        is_wanted: impl Fn(&Service) -> bool,
        shops: &Shops,
    ) -> Vec<Rendered> {
        let ManagerFile { services, visits, .. } = self.file;
        let recorded = |service: &Service| Rendered {
            date: service.done_on,
            at: service.at,
            shop: service.customer.and_then(|customer| shops.number(customer)),
            names_period: service.period.is_some_and(|own| own.length() == asked.every),
        };
        let named = self.services.having(asked.names, 0..services.len()).map(|place| &services[place]);
        let mut all: Vec<Rendered> = named.filter(|service| is_wanted(service)).map(recorded).collect();
        let served = self.visits.having(asked.names, range_within(visits, span, Visit::date));
        all.reserve(served.size_hint().1.unwrap_or(0));
        let counts = |visit: &Visit| visit.is_done() && asked.mode.is_none_or(|mode| mode == visit.mode);
        all.extend(served.filter(|place| counts(&visits[*place])).map(|place| {
            let visit = &visits[place];
            Rendered { date: visit.date(), at: visit.at, shop: Some(shops.of_visits[place]), names_period: false }
        }));
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
