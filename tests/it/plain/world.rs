//! The words of SPEC §1, as they stand there.

use super::month::{Month, days, working};
use super::params::Params;
use super::read::{self, Call, Check, Customer, DayRow, Inquiry, Manager, Plan, Service, Visit};
use super::{Date, Org};
use chrono::Duration;
use std::collections::BTreeSet;

/// All there is to judge from.
pub struct World<'a> {
    pub org: &'a Org,
    pub params: &'a Params,
    pub month: Month,
    pub horizon: Date,
    pub customers: Vec<Customer>,
    pub visits: Vec<Visit>,
    /// Plan rows of the plans file.
    pub plans: Vec<Plan>,
    /// The same, or without a plans file the planned visits that stand for them in three rules (§3).
    pub planned: Vec<Plan>,
    pub calls: Vec<Call>,
    pub days: Vec<DayRow>,
    pub managers: Vec<Manager>,
    pub services: Vec<Service>,
    pub inquiries: Vec<Inquiry>,
    pub checks: Vec<Check>,
}

/// From the first to the last date of a kind.
type Window = Option<(Date, Date)>;

fn window(dates: impl Iterator<Item = Date>) -> Window {
    dates.fold(None, |w, d| w.map_or(Some((d, d)), |(a, b)| Some((a.min(d), b.max(d)))))
}

fn within(window: Window, date: Date) -> bool {
    window.is_some_and(|(first, last)| first <= date && date <= last)
}

/// H by the data: the latest visit date at most 31 days after the one before it; the first has none before it.
fn horizon(visits: &[Visit]) -> Option<Date> {
    let dates: BTreeSet<Date> = visits.iter().map(Visit::date).collect();
    let before = |d: Date| dates.range(..d).next_back();
    dates.iter().rev().find(|d| before(**d).is_none_or(|b| (**d - *b).num_days() <= 31)).copied()
}

impl<'a> World<'a> {
    /// None where nothing is loaded that could set a horizon.
    pub fn new(org: &'a Org) -> Option<World<'a>> {
        let rows = read::visits(org);
        let contacts: Vec<Visit> = rows.iter().filter(|v| v.outcome != "not_visited").cloned().collect();
        let horizon = match org.as_of {
            Some(date) => date,
            None => horizon(&contacts)?,
        };
        let plans = read::plans(org);
        let stand_in = |v: &Visit| Plan {
            manager: v.manager.clone(),
            customer: v.customer.clone(),
            date: v.date(),
            seq: None,
            mode: v.mode.clone(),
            numbers: Vec::new(),
            from: None,
        };
        let planned = match org.has("plans") {
            true => plans.clone(),
            false => rows.iter().filter(|v| v.planned).map(stand_in).collect(),
        };
        Some(World {
            org,
            params: &org.params,
            month: org.month,
            horizon,
            customers: read::customers(org),
            visits: contacts.into_iter().filter(|v| v.date() <= horizon).collect(),
            plans,
            planned,
            calls: read::calls(org),
            days: read::days(org),
            managers: read::managers(org),
            services: read::services(org),
            inquiries: read::inquiries(org),
            checks: read::checks(org),
        })
    }

    // ---- windows

    pub fn visits_from(&self) -> Option<Date> {
        window(self.visits.iter().map(Visit::date)).map(|w| w.0)
    }

    pub fn in_calls(&self, date: Date) -> bool {
        within(window(self.calls.iter().map(|c| c.start.date())), date)
    }

    pub fn in_plans(&self, date: Date) -> bool {
        within(window(self.plans.iter().map(|p| p.date)), date)
    }

    pub fn in_days(&self, date: Date) -> bool {
        within(window(self.days.iter().map(|d| d.date)), date)
    }

    // ---- managers and their days

    /// The managers that are judged, by id.
    pub fn manager_ids(&self) -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        ids.extend(self.customers.iter().filter(|c| self.open(c)).map(|c| c.manager.clone()));
        ids.extend(self.visits.iter().filter(|v| self.month.has(v.date())).map(|v| v.manager.clone()));
        ids.extend(self.plans.iter().filter(|p| self.month.has(p.date)).map(|p| p.manager.clone()));
        for m in &self.managers {
            let joined = m.joined_on.is_none_or(|d| d <= self.month.last());
            let left = m.left_on.is_some_and(|d| d < self.month.first());
            if joined && !left {
                ids.insert(m.id.clone());
            }
        }
        ids.retain(|id| !self.params.ignore.contains(id));
        ids
    }

    pub fn working_day_of(&self, m: &str, date: Date) -> bool {
        let employed = self
            .managers
            .iter()
            .filter(|row| row.id == m)
            .all(|row| row.joined_on.is_none_or(|d| d <= date) && row.left_on.is_none_or(|d| date <= d));
        working(date) && employed
    }

    pub fn day_rows(&self, m: &str, date: Date) -> Vec<&DayRow> {
        self.days.iter().filter(|d| d.manager == m && d.date == date).collect()
    }

    /// Morning excused, afternoon excused.
    pub fn excused(&self, m: &str, date: Date) -> (bool, bool) {
        let (mut am, mut pm) = (false, false);
        for row in self.day_rows(m, date) {
            if self.params.excuse.contains(&row.status.as_str()) {
                am |= row.part != "pm";
                pm |= row.part != "am";
            }
        }
        (am, pm)
    }

    pub fn excused_in_full(&self, m: &str, date: Date) -> bool {
        self.excused(m, date) == (true, true)
    }

    pub fn excused_at_all(&self, m: &str, date: Date) -> bool {
        self.excused(m, date) != (false, false)
    }

    pub fn device_failure(&self, m: &str, date: Date) -> bool {
        self.day_rows(m, date).iter().any(|row| row.status == "device_failure")
    }

    pub fn visits_of(&self, m: &str, date: Date) -> Vec<&Visit> {
        self.visits.iter().filter(|v| v.manager == m && v.date() == date).collect()
    }

    pub fn unrecorded(&self, m: &str, date: Date) -> bool {
        self.visits_of(m, date).is_empty() && !self.in_days(date)
    }

    /// Dates of M ≤ H that rules of days may look at: none before the visits' window.
    pub fn dates(&self) -> Vec<Date> {
        let Some(from) = self.visits_from() else { return Vec::new() };
        self.month.days().into_iter().filter(|d| from <= *d && *d <= self.horizon).collect()
    }

    /// What the run lists as unrecorded for a manager.
    pub fn unrecorded_dates(&self, m: &str) -> Vec<Date> {
        let called_for = |d: Date| self.working_day_of(m, d) || !standing(&self.planned, m, d).is_empty();
        let listed = |d: &Date| called_for(*d) && !self.excused_in_full(m, *d) && self.unrecorded(m, *d);
        self.dates().into_iter().filter(listed).collect()
    }

    // ---- customers

    pub fn customer(&self, id: &str) -> Option<&Customer> {
        self.customers.iter().find(|c| c.id == id)
    }

    pub fn open(&self, c: &Customer) -> bool {
        let opened = c.opened_on.is_none_or(|d| d <= self.month.last());
        let closed = match c.closed_on {
            Some(date) => date <= self.month.last(),
            None => c.closed,
        };
        opened && !closed
    }

    pub fn due_customers(&self, m: &str) -> Vec<&Customer> {
        let due = |c: &&Customer| {
            let thought_of = self.plans.iter().any(|p| p.manager == m && p.customer == c.id && self.month.has(p.date))
                || self.visits.iter().any(|v| v.manager == m && v.customer == c.id && self.month.has(v.date()));
            let long = c.cycle == "bimonthly" || c.cycle == "quarterly";
            c.manager == m && self.open(c) && (!c.suspended || self.params.include_suspended) && (!long || thought_of)
        };
        self.customers.iter().filter(due).collect()
    }

    pub fn visited_customers(&self, m: &str) -> BTreeSet<String> {
        let in_month = self.visits.iter().filter(|v| v.manager == m && self.month.has(v.date()));
        in_month.map(|v| v.customer.clone()).collect()
    }

    // ---- periods

    pub fn unexcused_working_day(&self, m: &str, first: Date, last: Date) -> bool {
        days(first, last).into_iter().any(|d| self.working_day_of(m, d) && !self.excused_in_full(m, d))
    }

    pub fn complete(&self, m: &str, first: Date, last: Date) -> bool {
        let after = first.max(self.horizon + Duration::days(1));
        first <= self.horizon && !self.unexcused_working_day(m, after, last)
    }
}

/// S(m,d) among the rows given: P(m,d) less those a move on another date names.
pub fn standing<'r>(rows: &'r [Plan], m: &str, date: Date) -> Vec<&'r Plan> {
    let moved = |p: &Plan| {
        rows.iter()
            .any(|q| q.manager == p.manager && q.customer == p.customer && q.from == Some(p.date) && q.date != p.date)
    };
    rows.iter().filter(|p| p.manager == m && p.date == date && !moved(p)).collect()
}
