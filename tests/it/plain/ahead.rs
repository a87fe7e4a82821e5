//! What is still to be done (SPEC-month §1), as plainly as possible: every way of giving days is tried, which only a few days
//! left and few customers allow.

use super::month::deadline;
use super::period_rules::{onsite_needed, seen, visits_due};
use super::records::Plan;
use super::rule::{Outcome, Rule};
use super::world::{World, standing};
use super::{Date, compare};
use chrono::Duration;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What a unit asks for.
#[derive(Clone, Debug)]
pub(crate) struct Need {
    pub from: Option<Date>,
    pub count: usize,
    pub days: Vec<Date>,
    pub onsite: bool,
    /// Moved from a date that is still to come.
    pub late: bool,
}

/// A unit: rule, customer, the date moved from.
pub(crate) type Key = (&'static str, String, Option<Date>);

pub(crate) struct Ahead {
    pub left: Vec<Date>,
    pub states: BTreeMap<Key, &'static str>,
    /// On-site share: seen, due, short.
    pub share: Option<(usize, usize, usize)>,
    pub needs: BTreeMap<String, Vec<Need>>,
    rows: Vec<Plan>,
    moved: BTreeSet<(String, Date)>,
    has_created: bool,
}

const RULES: [&str; 5] = ["onsite-share", "must-onsite", "coverage", "new-customer", "reschedule"];

impl Ahead {
    pub(crate) fn of(w: &World, m: &str) -> Ahead {
        let h = w.horizon_of(m);
        let to_work = |d: Date| w.working_day_of(m, d) || !standing(&w.plans, m, d).is_empty();
        let left: Vec<Date> =
            w.month.days().into_iter().filter(|d| *d > h && to_work(*d) && !w.excused_in_full(m, *d)).collect();
        let rows = left.iter().flat_map(|d| standing(&w.plans, m, *d)).cloned().collect();
        let moves = w.plans.iter().filter(|p| p.manager == m).filter_map(|p| Some((p.customer.clone(), p.moves()?)));
        let mut ahead = Ahead {
            left,
            states: BTreeMap::new(),
            share: None,
            needs: BTreeMap::new(),
            rows,
            moved: moves.collect(),
            has_created: w.org.has_column("plans", "created_at"),
        };
        for rule in compare::rules(w).iter().filter(|rule| RULES[1..].contains(&rule.name)) {
            ahead.look(w, m, rule);
        }
        ahead.look_at_share(w, m);
        ahead
    }

    fn look(&mut self, w: &World, m: &str, rule: &Rule) {
        for unit in (rule.units)(w, m) {
            let Some(judged) = (rule.judge)(w, m, &unit) else { continue };
            let customer = w.customer(&unit.customer).unwrap();
            let mut need = Need { from: None, count: 1, days: self.left.clone(), onsite: false, late: false };
            let within = |days: &mut Vec<Date>, first: Date, last: Date| days.retain(|d| first <= *d && *d <= last);
            match rule.name {
                "must-onsite" => need.onsite = true,
                "new-customer" => {
                    let opened = customer.opened_on.unwrap();
                    need.onsite = true;
                    within(&mut need.days, opened, deadline(opened, w.params.new_customer_days));
                }
                "coverage" => {
                    let (due, first) = visits_due(w, m, customer).unwrap();
                    let done = w.visits.iter().filter(|v| v.customer == customer.id && v.done());
                    let dates: BTreeSet<Date> =
                        done.map(|v| v.date()).filter(|d| first <= *d && *d <= w.month.last()).collect();
                    need.count = due.saturating_sub(dates.len());
                }
                _ => {
                    let (d, limit) = (unit.date, w.params.reschedule_days);
                    need.from = Some(d);
                    need.late = d > w.horizon_of(m);
                    within(&mut need.days, d - Duration::days(limit), deadline(d, limit));
                    let stands = need.late && self.rows.iter().any(|p| p.date == d && p.customer == customer.id);
                    need.days.retain(|x| *x != d || stands);
                }
            }
            let state = match judged.outcome {
                Outcome::NotAssessed => continue,
                Outcome::Pass => "met",
                Outcome::Fail => "lost",
                Outcome::Pending if self.served(&customer.id, &need) >= need.count => "covered",
                Outcome::Pending if need.days.len() >= need.count => "open",
                Outcome::Pending => "lost",
            };
            self.states.insert((rule.name, customer.id.clone(), need.from), state);
            if ["covered", "open"].contains(&state) {
                self.needs.entry(customer.id.clone()).or_default().push(need);
            }
        }
    }

    fn look_at_share(&mut self, w: &World, m: &str) {
        let rules = compare::rules(w);
        let rule = rules.iter().find(|rule| rule.name == "onsite-share").unwrap();
        let unit = &(rule.units)(w, m)[0];
        let Some(outcome) = (rule.judge)(w, m, unit).map(|judged| judged.outcome) else { return };
        if outcome == Outcome::NotAssessed {
            return;
        }
        let due = w.due_customers(m);
        let count = due.iter().filter(|c| seen(w, m, c)).count();
        let short = onsite_needed(w, m, due.len()).unwrap().saturating_sub(count);
        self.share = Some((count, due.len(), short));
        let planned = |c: &str| self.rows.iter().any(|p| p.customer == c && p.onsite());
        let can = |c: &str| planned(c) || !self.open(c).is_empty();
        let unseen: Vec<&str> =
            due.iter().filter(|c| !seen(w, m, c)).map(|c| c.id.as_str()).filter(|c| can(c)).collect();
        let state = match outcome {
            Outcome::Pass => "met",
            Outcome::Pending if unseen.iter().filter(|c| planned(c)).count() >= short => "covered",
            Outcome::Pending if unseen.len() >= short => "open",
            _ => "lost",
        };
        self.states.insert(("onsite-share", String::new(), None), state);
        if ["covered", "open"].contains(&state) {
            let tier = |c: &str| match self.needs.get(c) {
                Some(needs) if needs.iter().any(|need| need.onsite) => 0,
                Some(_) => 1,
                None => 2,
            };
            let last = |c: &str| {
                let done = w.visits.iter().filter(|v| v.customer == c && v.done() && v.date() <= w.horizon_of(m));
                done.map(|v| v.date()).max()
            };
            let mut ranked: Vec<_> = unseen.iter().map(|c| (tier(c), last(c), c.to_string())).collect();
            ranked.sort();
            for (_, _, customer) in ranked.into_iter().take(short) {
                let days = self.left.clone();
                let need = Need { from: None, count: 1, days, onsite: true, late: false };
                self.needs.entry(customer).or_default().push(need);
            }
        }
    }

    /// The days left that are open to a customer.
    fn open(&self, customer: &str) -> Vec<Date> {
        let has_row = |d: Date| self.rows.iter().any(|p| p.customer == customer && p.date == d);
        let open = |d: &&Date| !has_row(**d) && !self.moved.contains(&(customer.to_string(), **d));
        self.left.iter().filter(open).copied().collect()
    }

    fn row_serves(&self, row: &Plan, need: &Need) -> bool {
        let makes_up = |d: Date| {
            let later = row.date > d && (!self.has_created || row.created.is_some_and(|at| at.date() >= d));
            row.date == d || row.moves() == Some(d) || later
        };
        need.days.contains(&row.date) && (row.onsite() || !need.onsite) && need.from.is_none_or(makes_up)
    }

    /// The dates on which standing rows serve a need.
    fn served(&self, customer: &str, need: &Need) -> usize {
        let rows = self.rows.iter().filter(|p| p.customer == customer && self.row_serves(p, need));
        rows.map(|p| p.date).collect::<BTreeSet<Date>>().len()
    }

    /// Whether dates, some of them on site, serve all needs of a customer beside his rows.
    fn satisfied(&self, customer: &str, chosen: &[(Date, bool)], with_rows: bool) -> bool {
        let needs = &self.needs[customer];
        let serves = |need: &Need, (date, onsite): &(Date, bool)| need.days.contains(date) && (*onsite || !need.onsite);
        let by_rows = |need: &Need| if with_rows { self.served(customer, need) } else { 0 };
        let lacks = |need: &&Need| by_rows(need) < need.count;
        let enough =
            |need: &Need| by_rows(need) + chosen.iter().filter(|date| serves(need, date)).count() >= need.count;
        let late: Vec<&Need> = needs.iter().filter(|need| need.late).filter(lacks).collect();
        needs.iter().filter(|need| !need.late).all(enough) && matched(&late, chosen, &mut vec![])
    }

    /// Every choice of dates for a customer from which nothing can be left out.
    fn choices(&self, customer: &str, with_rows: bool) -> Vec<Vec<(Date, bool)>> {
        let mut open = self.open(customer);
        if !with_rows {
            open = self.left.iter().filter(|d| !self.moved.contains(&(customer.to_string(), **d))).copied().collect();
        }
        let mut all: Vec<Vec<(Date, bool)>> = vec![vec![]];
        for date in open {
            let with = |onsite: bool| all.iter().map(move |one| [&one[..], &[(date, onsite)]].concat());
            let more: Vec<_> = with(false).chain(with(true)).collect();
            all.extend(more);
        }
        all.retain(|one| self.satisfied(customer, one, with_rows));
        let spare = |one: &Vec<(Date, bool)>| {
            (0..one.len()).any(|at| {
                let (mut without, mut by_phone) = (one.clone(), one.clone());
                without.remove(at);
                by_phone[at].1 = false;
                let less = one[at].1 && self.satisfied(customer, &by_phone, with_rows);
                less || self.satisfied(customer, &without, with_rows)
            })
        };
        let kept: Vec<_> = all.iter().filter(|one| !spare(one)).cloned().collect();
        kept
    }

    /// Whether all needs can be given days with so much room, by trying every choice.
    pub(crate) fn possible(&self, w: &World, m: &str, (k, onsite): (usize, usize), with_rows: bool) -> bool {
        let half = |d: Date| w.excused_at_all(m, d);
        let most = |n: usize, d: Date| if half(d) { n.div_ceil(2) } else { n };
        let rows = |d: Date, onsite: bool| {
            let rows = self.rows.iter().filter(|p| with_rows && p.date == d && (p.onsite() || !onsite));
            rows.map(|p| &p.customer).collect::<BTreeSet<_>>().len()
        };
        let room: Vec<(usize, usize)> = self
            .left
            .iter()
            .map(|d| (most(k, *d).saturating_sub(rows(*d, false)), most(onsite, *d).saturating_sub(rows(*d, true))))
            .collect();
        let choices: Vec<_> = self.needs.keys().map(|customer| self.choices(customer, with_rows)).collect();
        self.fits(&choices, room, &mut HashSet::new())
    }

    fn fits(
        &self,
        choices: &[Vec<Vec<(Date, bool)>>],
        room: Vec<(usize, usize)>,
        tried: &mut HashSet<(usize, Vec<(usize, usize)>)>,
    ) -> bool {
        let Some((first, rest)) = choices.split_first() else { return true };
        if !tried.insert((rest.len(), room.clone())) {
            return false;
        }
        first.iter().any(|dates| {
            let mut left = room.clone();
            let fits = dates.iter().all(|(date, onsite)| {
                let at = self.left.iter().position(|d| d == date).unwrap();
                let fits = left[at].0 > 0 && (!onsite || left[at].1 > 0);
                if fits {
                    left[at] = (left[at].0 - 1, left[at].1 - usize::from(*onsite));
                }
                fits
            });
            fits && self.fits(rest, left, tried)
        })
    }

    /// need(c): the least number of dates among all days left; None where late needs lack days for each other.
    pub(crate) fn least_dates(&self, customer: &str) -> Option<usize> {
        let sets = 0..1usize << self.left.len();
        let chosen = |set: usize| {
            let days = self.left.iter().enumerate().filter(move |(at, _)| set >> at & 1 == 1);
            days.map(|(_, date)| (*date, true)).collect::<Vec<_>>()
        };
        sets.map(chosen).filter(|chosen| self.satisfied(customer, chosen, false)).map(|chosen| chosen.len()).min()
    }
}

/// Whether each late need gets a date of its own.
fn matched(late: &[&Need], chosen: &[(Date, bool)], taken: &mut Vec<Date>) -> bool {
    let Some((first, rest)) = late.split_first() else { return true };
    for (date, _) in chosen.iter().filter(|(date, _)| first.days.contains(date)) {
        if !taken.contains(date) {
            taken.push(*date);
            if matched(rest, chosen, taken) {
                return true;
            }
            taken.pop();
        }
    }
    false
}

/// The standing rows of the days left, of all managers.
pub(crate) fn rows_ahead(w: &World) -> Vec<Plan> {
    let managers = w.manager_ids();
    let of = |m: &String| {
        let ahead = Ahead::of(w, m);
        ahead.rows
    };
    managers.iter().flat_map(of).collect()
}
