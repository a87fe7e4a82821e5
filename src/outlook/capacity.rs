//! How many customers a manager sees on a day (SPEC-month §1, *capacity*).

use super::terms::Terms;
use crate::book::{Book, ManagerFile};
use crate::measures::DayState;
use crate::model::{CustomerId, DateSpan, ManagerId, Month, Settings, Visit};
use crate::parallel;
use chrono::NaiveDate;

/// Fewer dates than this say nothing of a manager.
const LEAST_DATES: usize = 10;

/// How many customers a day; None where nothing tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Capacity {
    pub per_day: Option<u32>,
    /// Of them on site.
    pub onsite: Option<u32>,
}

/// How many customers were visited on each date with visits, and on site on each with visits on site.
#[derive(Clone, Debug, Default)]
struct Habit {
    visited: Vec<u32>,
    onsite: Vec<u32>,
}

impl Capacity {
    /// A day holds no more on site than it holds at all, though medians of different days may say so.
    fn on_a_day(self) -> Self {
        let within = |onsite: u32| self.per_day.map_or(onsite, |most| onsite.min(most));
        Self { onsite: self.onsite.map(within), ..self }
    }
}

/// The capacities of some managers, in their order; `all` are those of the run.
pub(super) fn of(terms: &Terms, managers: &[ManagerId]) -> Vec<Capacity> {
    let Terms { book, settings, all, .. } = terms;
    let set = Capacity { per_day: settings.per_day, onsite: settings.onsite_per_day };
    if set.per_day.is_some() && set.onsite.is_some() {
        return vec![set.on_a_day(); managers.len()];
    }
    let habits = |of: &[ManagerId]| -> Vec<Habit> { parallel::map(of, |id| Habit::of(book, settings, *id)) };
    let own = habits(managers);
    let is_short = |habit: &Habit| habit.visited.len() < LEAST_DATES || habit.onsite.len() < LEAST_DATES;
    let mut together = Habit::default();
    if own.iter().any(is_short) {
        for habit in habits(all) {
            together.visited.extend(habit.visited);
            together.onsite.extend(habit.onsite);
        }
    }
    let all = Capacity { per_day: median(&together.visited), onsite: median(&together.onsite) };
    let usual = |counts: &[u32], all| if counts.len() < LEAST_DATES { all } else { median(counts) };
    let capacity = |habit: &Habit| Capacity {
        per_day: set.per_day.or_else(|| usual(&habit.visited, all.per_day)),
        onsite: set.onsite.or_else(|| usual(&habit.onsite, all.onsite)),
    };
    own.iter().map(capacity).map(Capacity::on_a_day).collect()
}

/// The lower of the middle two.
pub(crate) fn median(counts: &[u32]) -> Option<u32> {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

/// The calendar month of a horizon and the two before it, up to the horizon.
pub(crate) fn recent(horizon: NaiveDate) -> DateSpan {
    DateSpan { first: Month::of(horizon).plus(-2).first(), last: horizon }
}

impl Habit {
    fn of(book: &Book, settings: &Settings, id: ManagerId) -> Self {
        let file = book.manager(id);
        let recent = recent(book.horizon_of(id));
        let visits: Vec<&Visit> = file.visits.iter().filter(|visit| recent.contains(visit.date())).collect();
        let mut habit = Self::default();
        for of_date in visits.chunk_by(|one, two| one.date() == two.date()) {
            if is_half_excused(&file, settings, of_date[0].date()) {
                continue;
            }
            let customers = |visits: &mut dyn Iterator<Item = &&Visit>| {
                let mut customers: Vec<CustomerId> = visits.map(|visit| visit.customer).collect();
                customers.sort_unstable();
                customers.dedup();
                customers.len() as u32
            };
            habit.visited.push(customers(&mut of_date.iter()));
            let onsite = customers(&mut of_date.iter().filter(|visit| visit.is_onsite()));
            habit.onsite.extend((onsite > 0).then_some(onsite));
        }
        habit
    }
}

fn is_half_excused(file: &ManagerFile, settings: &Settings, date: NaiveDate) -> bool {
    let from = file.days.partition_point(|day| day.date < date);
    let to = file.days.partition_point(|day| day.date <= date);
    let excuse = DayState::unite(date, &file.days[from..to], &settings.excuse).excuse;
    excuse.at_all() && !excuse.in_full()
}
