//! Paper visit-plan sheets: what a manager takes along on a day when his device fails (六.6; SPEC §4.3).
//!
//! A sheet is the standing plan of a manager's day. A day without any plan gets the customers that are furthest behind
//! their cycle, said to be proposals. Texts of the data are tamed here, once for every format: all of them end before people.

#[cfg(test)]
pub(crate) mod examples;
pub(crate) mod number;
mod proposal;
mod words;

pub(crate) use words::{Labels, grouped, labels, mode_name, weekday};

use crate::book::Book;
use crate::lang::Lang;
use crate::measures::{Contact, FileIndex, ManagerMonth, PlanSource};
use crate::model::*;
use crate::parallel;
use crate::quote::quote;
use chrono::NaiveDate;
use std::collections::HashSet;

/// Nobody reads more of a name on paper, and setting it takes longer than in proportion.
const LONGEST: usize = 1_000;

/// What of the standard stands on a sheet; nothing of a rule that is off.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standard {
    /// 六.2: customers visited without a plan, of the day's customers.
    pub cap: Option<Percent>,
    /// 六.1: when the first customer is to be reached.
    pub first_by: Option<ClockTime>,
    /// 五(一).3: when the day's visits are to be uploaded.
    pub upload_by: Option<ClockTime>,
}

/// Where a sheet's rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Plan,
    /// There is no plan for the day.
    Proposed,
}

/// One manager's day.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub manager_id: String,
    pub manager_name: String,
    pub branch: String,
    pub date: NaiveDate,
    pub origin: Origin,
    pub lines: Vec<Line>,
    /// How many customers may be visited without a plan; `None` where nothing limits them.
    pub unplanned: Option<u64>,
}

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
}

/// When and how a customer was visited last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub date: NaiveDate,
    pub mode: Mode,
    pub done: bool,
}

/// The sheets of these managers for these dates, manager by manager.
pub(crate) fn build(
    book: &Book,
    settings: &Settings,
    standard: Standard,
    dates: DateSpan,
    of: &[ManagerId],
) -> Vec<Sheet> {
    parallel::map(of, |id| of_manager(book, settings, standard, dates, *id)).into_iter().flatten().collect()
}

fn of_manager(book: &Book, settings: &Settings, standard: Standard, dates: DateSpan, id: ManagerId) -> Vec<Sheet> {
    let file = book.manager(id);
    let index = FileIndex::of(book, &file);
    let month = |of| ManagerMonth::new(book, settings, &index, of);
    let first = month(Month::of(dates.first));
    let second = (!first.month.contains(dates.last)).then(|| month(Month::of(dates.last)));
    let view = |date| second.as_ref().filter(|month| month.month.contains(date)).unwrap_or(&first);
    let planned = |date| Planned::of(view(date), date);
    // Nobody is proposed twice, or for one day and planned for another.
    let mut met: HashSet<CustomerId> =
        dates.days().flat_map(|date| planned(date).lines.into_iter().map(|(customer, _)| customer)).collect();
    let mut sheets = Vec::new();
    for date in dates.days() {
        let month = view(date);
        let plan = planned(date);
        let (origin, lines) = if !plan.lines.is_empty() {
            (Origin::Plan, plan.lines)
        } else if !plan.is_made && month.is_workable(date) {
            let lines = proposal::lines(month, date, &met);
            met.extend(lines.iter().map(|(customer, _)| *customer));
            (Origin::Proposed, lines)
        } else {
            continue;
        };
        if lines.is_empty() {
            continue;
        }
        let customers: HashSet<CustomerId> = lines.iter().map(|(customer, _)| *customer).collect();
        let text = |text: Option<&str>| quote(text.unwrap_or_default(), LONGEST);
        sheets.push(Sheet {
            manager_id: book.managers.text(id.0).to_owned(),
            manager_name: text(book.manager_name(id)),
            branch: text(book.branch(id)),
            date,
            origin,
            lines: lines.into_iter().map(|(_, line)| line).collect(),
            unplanned: standard.cap.and_then(|cap| cap.most_beside(customers.len() as u64)),
        });
    }
    sheets
}

/// A day's plan.
struct Planned {
    /// Whether there are rows at all, moved ones included.
    is_made: bool,
    /// The standing rows, in plan order.
    lines: Vec<(CustomerId, Line)>,
}

impl Planned {
    fn of(month: &ManagerMonth, date: NaiveDate) -> Self {
        if month.plan_source() != PlanSource::File {
            return Self { is_made: false, lines: vec![] };
        }
        let day = month.day(date);
        let mut rows: Vec<&PlanRow> = day.standing().collect();
        rows.sort_by_key(|row| (row.seq.is_none(), row.seq, row.at));
        let line = |(place, row): (usize, &PlanRow)| (row.customer, of_row(month, date, place, row));
        Self { is_made: !day.plans.is_empty(), lines: (1..).zip(rows).map(line).collect() }
    }
}

fn of_row(month: &ManagerMonth, date: NaiveDate, place: usize, row: &PlanRow) -> Line {
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
fn of_customer(month: &ManagerMonth, date: NaiveDate, id: CustomerId, seq: usize, mode: Mode) -> Line {
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

/// At least so many rows are left empty for visits that are not planned.
const EMPTY_ROWS: u64 = 3;

impl Sheet {
    /// How many rows are left empty for visits that are not planned: as many as are allowed, up to twice the least.
    pub fn empty_rows(&self) -> usize {
        self.unplanned.unwrap_or_default().clamp(EMPTY_ROWS, 2 * EMPTY_ROWS) as usize
    }

    pub fn number(&self, page: usize) -> String {
        number::of(self.date, &self.manager_id, page)
    }

    /// The manager as he is called: id and name.
    pub fn manager(&self) -> String {
        format!("{} {}", self.manager_id, self.manager_name).trim_end().to_owned()
    }

    /// The date with its day of the week.
    pub fn day(&self, lang: Lang) -> String {
        format!("{} {}", self.date, weekday(self.date, lang))
    }
}
