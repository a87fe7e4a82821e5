//! Paper visit-plan sheets: what a manager takes along on a day when his device fails (六.6; SPEC §4.3).
//!
//! A sheet is the standing plan of a manager's day. A day without any plan gets the customers that are furthest behind
//! their cycle, said to be proposals. Texts of the data are tamed here, once for every format: all of them end before people.

#[cfg(test)]
pub(crate) mod examples;
mod line;
pub(crate) mod number;
mod proposal;
mod words;

pub(crate) use line::Line;
pub(crate) use words::{Labels, grouped, labels, mode_name, weekday};

use crate::book::Book;
use crate::lang::{Lang, Words, say};
use crate::measures::{FileIndex, ManagerMonth, PlanSource, StillDue};
use crate::model::*;
use crate::parallel;
use crate::quote::quote;
use chrono::NaiveDate;
use line::{LONGEST, of_row};
use std::collections::HashSet;

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

/// What sheets are made of.
pub(crate) struct Terms<'a> {
    pub book: &'a Book,
    pub settings: &'a Settings,
    pub standard: Standard,
    pub dates: DateSpan,
    /// The services that recur and are lacking on a date.
    pub still_due: &'a (dyn Fn(&ManagerMonth, NaiveDate) -> Vec<StillDue> + Sync),
}

/// The sheets of these managers, manager by manager.
pub(crate) fn build(terms: &Terms, of: &[ManagerId]) -> Vec<Sheet> {
    parallel::map(of, |id| of_manager(terms, *id)).into_iter().flatten().collect()
}

fn of_manager(terms: &Terms, id: ManagerId) -> Vec<Sheet> {
    let Terms { book, settings, standard, dates, still_due } = *terms;
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
        let (origin, mut lines) = if !plan.lines.is_empty() {
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
        let still_due = still_due(month, date);
        lines.iter_mut().for_each(|(customer, line)| line.due = due_at(&still_due, *customer, line.mode));
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

/// What a visit of a mode to a customer can bring of what is lacking.
fn due_at(still_due: &[StillDue], customer: CustomerId, mode: Mode) -> Vec<(Words, u32)> {
    let counts = still_due.iter().filter(|one| one.mode.is_none_or(|only| only == mode));
    let name = |one: &StillDue| say(quote(&one.name.zh, LONGEST), quote(&one.name.en, LONGEST));
    counts.filter_map(|one| Some((name(one), *one.customers.get(&customer)?))).collect()
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
