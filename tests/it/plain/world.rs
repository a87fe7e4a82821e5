//! The words of SPEC §1, as they stand there.

use super::month::{Month, days, working};
use super::params::Params;
use super::read;
use super::records::{Call, Check, Customer, DayRow, Inquiry, Manager, Plan, Rejected, Service, Unknown, Visit};
use super::{Date, Org};
use chrono::{Duration, Months};
use std::collections::{BTreeMap, BTreeSet};

type Span = (Date, Date);

/// All there is to judge from. Horizons, branches and windows are those of the rows as they were read: a reading of an
/// unknown cell moves none of them.
#[derive(Clone)]
pub(crate) struct World<'a> {
    pub org: &'a Org,
    pub params: &'a Params,
    pub month: Month,
    /// H of the run; of a manager: `horizon_of`.
    pub horizon: Date,
    branches: BTreeMap<String, String>,
    horizons: BTreeMap<String, Date>,
    windows: BTreeMap<(&'static str, String), Span>,
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
    pub rejected: Vec<Rejected>,
}

fn span(dates: impl Iterator<Item = Date>) -> Option<Span> {
    dates.fold(None, |w, d| w.map_or(Some((d, d)), |(a, b)| Some((a.min(d), b.max(d)))))
}

/// The plan row that a planned visit stands for.
pub(crate) fn stand_in(v: &Visit) -> Plan {
    Plan {
        manager: v.manager.clone(),
        customer: v.customer.clone(),
        date: v.date(),
        mode: v.mode.clone(),
        ..Plan::default()
    }
}

impl<'a> World<'a> {
    /// None where no visit is loaded.
    pub(crate) fn new(org: &'a Org) -> Option<World<'a>> {
        let (visits, not_visited) = read::visits(org);
        let window = span(visits.iter().map(Visit::date))?;
        let plans = read::plans(org);
        let planned = match org.has("plans") {
            true => plans.clone(),
            false => visits.iter().chain(&not_visited).filter(|v| v.planned).map(stand_in).collect(),
        };
        // Far from the visits a date is mistyped.
        let near = |d: Date| window.0 - Months::new(12) <= d && d <= window.1 + Months::new(12);
        let mut world = World {
            org,
            params: &org.params,
            month: org.month,
            horizon: org.as_of.unwrap_or(window.1),
            branches: BTreeMap::new(),
            horizons: BTreeMap::new(),
            windows: BTreeMap::new(),
            customers: read::customers(org),
            visits,
            plans,
            planned,
            calls: read::calls(org),
            days: read::days(org),
            managers: read::managers(org),
            services: read::services(org).into_iter().filter(|s| near(s.done_on)).collect(),
            inquiries: read::inquiries(org).into_iter().filter(|q| near(q.received)).collect(),
            checks: read::checks(org).into_iter().filter(|(_, d)| d.is_none_or(near)).map(|(c, _)| c).collect(),
            rejected: read::rejected_rows(org),
        };
        world.settle_branches();
        Some(world)
    }

    // ---- branches, their horizons and windows

    /// Each kind's rows as manager and date.
    fn dated(&self) -> Vec<(&'static str, String, Date)> {
        let mut out = Vec::new();
        out.extend(self.visits.iter().map(|v| ("visits", v.manager.clone(), v.date())));
        out.extend(self.plans.iter().map(|p| ("plans", p.manager.clone(), p.date)));
        out.extend(self.calls.iter().map(|c| ("calls", c.manager.clone(), c.start.date())));
        out.extend(self.days.iter().map(|d| ("days", d.manager.clone(), d.date)));
        out.extend(self.inquiries.iter().map(|q| ("inquiries", q.manager.clone(), q.received)));
        out
    }

    fn settle_branches(&mut self) {
        let rows = self.dated();
        let mut ids: BTreeSet<String> = rows.iter().map(|(_, m, _)| m.clone()).collect();
        ids.extend(self.customers.iter().map(|c| c.manager.clone()));
        ids.extend(self.managers.iter().map(|m| m.id.clone()));
        self.branches = ids.iter().map(|m| (m.clone(), self.find_branch(m))).collect();
        let names: BTreeSet<String> = self.branches.values().cloned().collect();
        for name in names {
            let here = |m: &String| self.branches[m] == name;
            let in_field =
                rows.iter().filter(|(kind, m, d)| ["visits", "days"].contains(kind) && here(m) && *d <= self.horizon);
            let last = in_field.map(|(_, _, d)| *d).max();
            let early = last.filter(|last| {
                let after = days(*last + Duration::days(1), self.horizon);
                self.org.as_of.is_none() && after.into_iter().filter(|d| working(*d)).count() >= 3
            });
            self.horizons.insert(name.clone(), early.unwrap_or(self.horizon));
            for kind in ["visits", "plans", "calls", "days", "inquiries"] {
                let dates = rows.iter().filter(|(k, m, d)| *k == kind && here(m) && *d <= self.horizon);
                if let Some(window) = span(dates.map(|(_, _, d)| *d)) {
                    self.windows.insert((kind, name.clone()), window);
                }
            }
        }
    }

    /// Of the managers file, else of most of his customers; empty: of none.
    fn find_branch(&self, m: &str) -> String {
        let listed = self.managers.iter().find(|row| row.id == m && !row.branch.is_empty());
        if let Some(row) = listed {
            return row.branch.clone();
        }
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for c in self.customers.iter().filter(|c| c.manager == m && !c.branch.is_empty()) {
            *counts.entry(&c.branch).or_default() += 1;
        }
        let most = counts.values().max();
        // Of equal ones the first by name.
        counts.iter().find(|(_, n)| Some(*n) == most).map_or(String::new(), |(name, _)| name.to_string())
    }

    fn branch_of(&self, m: &str) -> String {
        self.branches.get(m).cloned().unwrap_or_default()
    }

    /// H for a manager: his branch's.
    pub(crate) fn horizon_of(&self, m: &str) -> Date {
        self.horizons.get(&self.branch_of(m)).copied().unwrap_or(self.horizon)
    }

    pub(crate) fn window(&self, kind: &'static str, m: &str) -> Option<Span> {
        self.windows.get(&(kind, self.branch_of(m))).copied()
    }

    pub(crate) fn in_window(&self, kind: &'static str, m: &str, date: Date) -> bool {
        self.window(kind, m).is_some_and(|(first, last)| first <= date && date <= last)
    }

    pub(crate) fn visits_from(&self, m: &str) -> Option<Date> {
        self.window("visits", m).map(|w| w.0)
    }

    // ---- managers and their days

    /// The managers that are judged, by id.
    pub(crate) fn manager_ids(&self) -> BTreeSet<String> {
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

    pub(crate) fn joined_on(&self, m: &str) -> Option<Date> {
        self.managers.iter().find(|row| row.id == m).and_then(|row| row.joined_on)
    }

    pub(crate) fn working_day_of(&self, m: &str, date: Date) -> bool {
        let employed = self
            .managers
            .iter()
            .filter(|row| row.id == m)
            .all(|row| row.joined_on.is_none_or(|d| d <= date) && row.left_on.is_none_or(|d| date <= d));
        working(date) && employed
    }

    pub(crate) fn day_rows(&self, m: &str, date: Date) -> Vec<&DayRow> {
        self.days.iter().filter(|d| d.manager == m && d.date == date).collect()
    }

    /// Morning excused, afternoon excused; an unknown status excuses or not, as asked.
    fn halves_excused(&self, m: &str, date: Date, unknown_excuses: bool) -> (bool, bool) {
        let (mut am, mut pm) = (false, false);
        for row in self.day_rows(m, date) {
            let excuses = self.params.excuse.contains(&row.status.as_str());
            if excuses || (row.unknown("status") && unknown_excuses) {
                am |= row.part != "pm";
                pm |= row.part != "am";
            }
        }
        (am, pm)
    }

    pub(crate) fn excused(&self, m: &str, date: Date) -> (bool, bool) {
        self.halves_excused(m, date, false)
    }

    pub(crate) fn excused_in_full(&self, m: &str, date: Date) -> bool {
        self.excused(m, date) == (true, true)
    }

    pub(crate) fn excused_at_all(&self, m: &str, date: Date) -> bool {
        self.excused(m, date) != (false, false)
    }

    pub(crate) fn device_failure(&self, m: &str, date: Date) -> bool {
        self.day_rows(m, date).iter().any(|row| row.status == "device_failure")
    }

    pub(crate) fn visits_of(&self, m: &str, date: Date) -> Vec<&Visit> {
        self.visits.iter().filter(|v| v.manager == m && v.date() == date).collect()
    }

    pub(crate) fn unrecorded(&self, m: &str, date: Date) -> bool {
        self.visits_of(m, date).is_empty() && self.day_rows(m, date).is_empty() && !self.in_window("days", m, date)
    }

    /// Dates of M ≤ H that rules of days may look at: none before the visits' window.
    pub(crate) fn day_asked(&self, m: &str, date: Date) -> bool {
        let from = self.visits_from(m);
        self.month.has(date) && from.is_some_and(|from| from <= date) && date <= self.horizon_of(m)
    }

    /// What the run lists as unrecorded for a manager.
    pub(crate) fn unrecorded_dates(&self, m: &str) -> Vec<Date> {
        let called_for = |d: Date| self.working_day_of(m, d) || !standing(&self.planned, m, d).is_empty();
        let listed = |d: &Date| {
            self.day_asked(m, *d) && called_for(*d) && !self.excused_in_full(m, *d) && self.unrecorded(m, *d)
        };
        self.month.days().into_iter().filter(listed).collect()
    }

    // ---- customers

    pub(crate) fn customer(&self, id: &str) -> Option<&Customer> {
        self.customers.iter().find(|c| c.id == id)
    }

    /// Whether too many of the customers that m, or the whole run, visited are in no archive, and any of m's is (§1.2,
    /// ids_do_not_join).
    pub(crate) fn unjoined(&self, m: &str) -> bool {
        let visited = |of: Option<&str>| -> BTreeSet<&str> {
            let visits = self.visits.iter().filter(|v| self.month.has(v.date()) && of.is_none_or(|m| v.manager == m));
            visits.map(|v| v.customer.as_str()).collect()
        };
        let unknown = |ids: &BTreeSet<&str>| ids.iter().filter(|id| self.customer(id).is_none()).count();
        let too_many = |ids: &BTreeSet<&str>| unknown(ids) >= 3 && unknown(ids) * 100 > ids.len() * 20;
        let his = visited(Some(m));
        too_many(&his) || (too_many(&visited(None)) && unknown(&his) > 0)
    }

    pub(crate) fn open(&self, c: &Customer) -> bool {
        let opened = c.opened_on.is_none_or(|d| d <= self.month.last());
        let closed = match c.closed_on {
            Some(date) => date <= self.month.last(),
            None => c.closed,
        };
        opened && !closed
    }

    /// Suspended customers are no matter, unless they are due too.
    pub(crate) fn left_alone(&self, c: &Customer) -> bool {
        c.suspended && !self.params.include_suspended
    }

    pub(crate) fn due(&self, c: &Customer) -> bool {
        let months = match c.cycle() {
            "bimonthly" => 2,
            "quarterly" => 3,
            _ => 1,
        };
        let opened_now = c.opened_on.is_some_and(|d| self.month.has(d));
        self.open(c) && !opened_now && !self.left_alone(c) && self.month.number.is_multiple_of(months)
    }

    pub(crate) fn due_customers(&self, m: &str) -> Vec<&Customer> {
        self.customers.iter().filter(|c| c.manager == m && self.due(c)).collect()
    }

    pub(crate) fn visited_customers(&self, m: &str) -> BTreeSet<String> {
        let in_month = self.visits.iter().filter(|v| v.manager == m && self.month.has(v.date()));
        in_month.map(|v| v.customer.clone()).collect()
    }

    // ---- periods

    /// An unknown status counts as an excuse here (§1.1, periods).
    pub(crate) fn works(&self, m: &str, date: Date) -> bool {
        self.working_day_of(m, date) && self.halves_excused(m, date, true) != (true, true)
    }

    pub(crate) fn works_in(&self, m: &str, (first, last): Span) -> bool {
        days(first, last).into_iter().any(|d| self.works(m, d))
    }

    /// For complete an unknown status is none, and a standing plan row makes a working day.
    pub(crate) fn complete(&self, m: &str, (first, last): Span) -> bool {
        let after = first.max(self.horizon_of(m) + Duration::days(1));
        let remains = |d: Date| {
            let called_for = self.working_day_of(m, d) || !standing(&self.plans, m, d).is_empty();
            called_for && !self.excused_in_full(m, d)
        };
        first <= self.horizon_of(m) && !days(after, last).into_iter().any(remains)
    }

    /// For what anyone can meet (coverage, must-onsite).
    pub(crate) fn complete_for_anyone(&self, m: &str, (first, last): Span) -> bool {
        let after = first.max(self.horizon_of(m) + Duration::days(1));
        first <= self.horizon_of(m) && !days(after, last).into_iter().any(working)
    }

    /// A month of his that no visit tells of.
    pub(crate) fn unrecorded_month(&self, m: &str, month: Month) -> bool {
        let in_field = |d: &DayRow| {
            let said = !d.unknown("status") && ["field", "office", "device_failure"].contains(&d.status.as_str());
            d.manager == m && month.has(d.date) && said
        };
        self.complete(m, month.span())
            && self.works_in(m, month.span())
            && !self.visits.iter().any(|v| v.manager == m && month.has(v.date()))
            && !self.days.iter().any(in_field)
    }
}

/// S(m,d) among the rows given: P(m,d) less those a move on another date names.
pub(crate) fn standing<'r>(rows: &'r [Plan], m: &str, date: Date) -> Vec<&'r Plan> {
    let moved =
        |p: &Plan| rows.iter().any(|q| q.manager == p.manager && q.customer == p.customer && q.moves() == Some(p.date));
    rows.iter().filter(|p| p.manager == m && p.date == date && !moved(p)).collect()
}
