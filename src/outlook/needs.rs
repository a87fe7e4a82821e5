//! What is still asked of a customer, and how few dates serve it (SPEC-month §1, *needs*).

use super::days::DaySet;
use super::duty::Duty;
use super::flow::Slot;
use crate::model::CustomerId;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What an unmet unit asks of a customer.
#[derive(Clone, Debug)]
pub(crate) struct Need {
    pub duty: Duty,
    /// The date that the customer was pushed aside from.
    pub moved_from: Option<NaiveDate>,
    /// So many dates, each on one of these days.
    pub dates: u32,
    pub days: DaySet,
    /// Whether a row serves it that names the date it makes up for; such needs share no date.
    pub by_name: bool,
    pub until: NaiveDate,
}

impl Need {
    pub(crate) fn is_onsite(&self) -> bool {
        matches!(self.duty, Duty::OnsiteShare | Duty::MustOnsite | Duty::NewCustomer)
    }

    /// Whether a date is all it takes: a row of this mode on this day, which makes up for `from`, if for any.
    pub(crate) fn is_served(&self, day: usize, onsite: bool, from: Option<NaiveDate>) -> bool {
        self.days.has(day) && (onsite || !self.is_onsite()) && (!self.by_name || from == self.moved_from)
    }
}

/// All that is asked of a customer.
#[derive(Clone, Debug)]
pub(crate) struct Needs {
    pub customer: CustomerId,
    pub all: Vec<Need>,
    /// The days on which the customer may be given a date.
    pub open: DaySet,
    /// Of these the days on which it may not be on site.
    pub not_onsite: DaySet,
}

impl Needs {
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(crate) fn is_onsite(&self) -> bool {
        self.all.iter().any(Need::is_onsite)
    }

    /// The end that comes first.
    pub(crate) fn until(&self) -> Option<NaiveDate> {
        self.all.iter().map(|need| need.until).min()
    }

    /// The least number of dates that serve all needs, the earliest end first; what no day is left for counts all the same.
    pub(crate) fn least_dates(&self, days: DaySet) -> u32 {
        let mut needs: Vec<&Need> = self.all.iter().collect();
        needs.sort_by_key(|need| (need.days.last(), need.by_name));
        let mut dates: Vec<Date> = Vec::new();
        let mut without_day = 0;
        for need in needs {
            let serves = |date: &Date| need.days.has(date.day) && !(need.by_name && date.is_named);
            let mut lacking = need.dates;
            for date in dates.iter_mut().filter(|date| serves(date)).take(need.dates as usize) {
                date.is_named |= need.by_name;
                lacking -= 1;
            }
            let taken = DaySet::all(dates.iter().map(|date| date.day));
            let free: Vec<usize> = need.days.and(days).less(taken).iter().collect();
            let found = free.len().min(lacking as usize);
            without_day += lacking - found as u32;
            let last = &free[free.len() - found..];
            dates.extend(last.iter().map(|day| Date { day: *day, is_named: need.by_name }));
        }
        dates.len() as u32 + without_day
    }

    /// What remains to be asked when a row is carried out.
    pub(crate) fn serve(&mut self, day: usize, onsite: bool, from: Option<NaiveDate>) {
        for need in &mut self.all {
            need.dates -= u32::from(need.is_served(day, onsite, from));
        }
        self.all.retain(|need| need.dates > 0);
        self.open = self.open.less(DaySet::one(day));
    }

    /// Every way of joining the needs on dates: the slots that each takes. None where the customer lacks a day for any.
    pub(super) fn ways(&self, of: usize) -> Vec<Vec<Slot>> {
        let shortest = |needs: &mut dyn Iterator<Item = &Need>| needs.map(|need| need.days).reduce(DaySet::and);
        let (visits, single): (Vec<&Need>, Vec<&Need>) = self.all.iter().partition(|need| need.duty == Duty::Coverage);
        let visits = visits.iter().map(|need| need.dates).max().unwrap_or(0);
        // Those on site end with the month or lie in a span within it, and those to be made up for begin with the days left:
        // what serves the narrowest of them serves all.
        let onsite = shortest(&mut single.iter().copied().filter(|need| need.is_onsite()));
        let early = shortest(&mut single.iter().copied().filter(|need| !need.is_onsite() && !need.by_name));
        let named: Vec<DaySet> = single.iter().filter(|need| need.by_name).map(|need| need.days).collect();
        let base: Vec<Group> = named.iter().map(|days| Group { days: *days, onsite: false }).collect();
        let with_onsite = join(vec![base], onsite.map(|days| Group { days, onsite: true }));
        let joined = join(with_onsite, early.map(|days| Group { days, onsite: false }));
        let slots = |groups: Vec<Group>| {
            let free = (visits as usize).saturating_sub(groups.len());
            let free = std::iter::repeat_n(Group { days: self.open, onsite: false }, free);
            let all: Vec<Slot> = groups
                .into_iter()
                .chain(free)
                .map(|group| {
                    let barred = if group.onsite { self.not_onsite } else { DaySet::default() };
                    Slot { of, onsite: group.onsite, days: group.days.and(self.open).less(barred) }
                })
                .collect();
            all.iter().all(|slot| !slot.days.is_empty()).then_some(all)
        };
        joined.into_iter().filter_map(slots).collect()
    }
}

/// A date that serves needs.
struct Date {
    day: usize,
    /// Whether its row names a date that it makes up for.
    is_named: bool,
}

/// Needs that share a date.
#[derive(Clone, Copy)]
struct Group {
    days: DaySet,
    onsite: bool,
}

/// Each way, with the group more joined to any of its groups, or apart.
fn join(ways: Vec<Vec<Group>>, more: Option<Group>) -> Vec<Vec<Group>> {
    let Some(more) = more else { return ways };
    let mut all = Vec::new();
    for way in ways {
        for at in 0..way.len() {
            let mut joined = way.clone();
            joined[at] = Group { days: way[at].days.and(more.days), onsite: way[at].onsite || more.onsite };
            all.push(joined);
        }
        all.push([way, vec![more]].concat());
    }
    all
}

impl DaySet {
    fn all(days: impl Iterator<Item = usize>) -> Self {
        days.fold(Self::default(), |all, day| all.or(Self::one(day)))
    }
}

/// The duties for which a customer is to be seen, each once.
pub(crate) fn duties(needs: &Needs) -> Vec<Duty> {
    let all: BTreeSet<Duty> = needs.all.iter().map(|need| need.duty).collect();
    all.into_iter().collect()
}
