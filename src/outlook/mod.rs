//! What is still to be done in a month that is not over, and whether it can be (SPEC-month §1).
//!
//! `units` are those of the five rules that ask for visits, each with its `needs`; `share` says whom the on-site share asks
//! for; `planned` rows serve what they serve; `together` gives the rest days within each day's `capacity`, by a `flow`.

mod capacity;
mod crowded;
mod days;
mod duty;
mod flow;
mod needs;
mod planned;
mod share;
mod terms;
mod together;
mod units;

use crate::parallel;
pub(crate) use capacity::{Capacity, recent};
pub(crate) use days::DaySet;
pub(crate) use duty::Duty;
pub(crate) use flow::Room;
use needs::duties;
pub(crate) use needs::{Need, Needs};
pub(crate) use planned::Planned;
pub(crate) use share::Share;
pub(crate) use terms::Terms;
pub(crate) use together::{Possible, Witness, possible};
pub(crate) use units::{State, Unit};

use crate::finding::When;
use crate::judgement::{JudgedManager, Verdict};
use crate::lang::Words;
use crate::measures::{FileIndex, ManagerMonth, Unmet};
use crate::model::{CustomerId, ManagerId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Whether everything can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Together {
    Yes,
    /// Only by giving up standing rows.
    WithoutPlan,
    No,
    Unknown,
}

impl Together {
    /// As in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::WithoutPlan => "without_plan",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// A customer that is to be seen.
#[derive(Clone, Debug)]
pub(crate) struct ToSee {
    pub customer: CustomerId,
    /// So many dates are needed.
    pub dates: u32,
    /// So many of them the plan covers.
    pub covered: u32,
    /// Whether one of them is to be on site.
    pub onsite: bool,
    pub duties: Vec<Duty>,
    pub until: NaiveDate,
    /// The last completed visit of anyone.
    pub last: Option<NaiveDate>,
    pub planned: Vec<NaiveDate>,
}

/// How a rule of days stands.
#[derive(Clone, Debug)]
pub(crate) struct DayRule {
    pub rule: &'static str,
    pub title: Words,
    pub assessed: u64,
    pub failed: u64,
}

/// One manager's month ahead.
#[derive(Clone, Debug)]
pub(crate) struct Outlook {
    pub id: ManagerId,
    pub days_left: Vec<NaiveDate>,
    pub capacity: Capacity,
    pub share: Option<Share>,
    pub units: Vec<Unit>,
    /// By id.
    pub customers: Vec<ToSee>,
    pub together: Together,
    /// The standing rows that serve nothing, where others must be given up.
    pub idle: Vec<(NaiveDate, CustomerId)>,
    pub day_rules: Vec<DayRule>,
}

impl Outlook {
    /// Whether something is out of reach.
    pub(crate) fn is_out_of_reach(&self) -> bool {
        self.together == Together::No || self.units.iter().any(|unit| unit.state == State::Lost)
    }

    pub(crate) fn dates_needed(&self) -> u32 {
        self.customers.iter().map(|customer| customer.dates).sum()
    }

    pub(crate) fn dates_covered(&self) -> u32 {
        self.customers.iter().map(|customer| customer.covered).sum()
    }

    pub(crate) fn onsite_to_see(&self) -> usize {
        self.customers.iter().filter(|customer| customer.onsite).count()
    }
}

/// A manager's month ahead, with all that a plan goes by.
pub(crate) struct Ahead<'m, 'a> {
    pub month: &'m ManagerMonth<'a>,
    pub capacity: Capacity,
    pub left: DaySet,
    pub planned: Planned<'a>,
    /// What is asked of each customer, the plan left aside; by customer.
    pub needs: Vec<Needs>,
    pub units: Vec<Unit>,
    pub share: Option<Share>,
    /// Of the terms, for the manager.
    judged: Option<&'m JudgedManager>,
}

/// The outlook of these managers.
pub(crate) fn of(terms: &Terms, managers: &[ManagerId]) -> Vec<Outlook> {
    each(terms, managers, |ahead| ahead.outlook(terms))
}

/// What `make` makes of each manager's month ahead.
pub(crate) fn each<T: Send>(terms: &Terms, managers: &[ManagerId], make: impl Fn(&Ahead) -> T + Sync) -> Vec<T> {
    let capacities = capacity::of(terms, managers);
    let with_capacity: Vec<(ManagerId, Capacity)> = managers.iter().copied().zip(capacities).collect();
    parallel::map(&with_capacity, |(id, capacity)| {
        let file = terms.book.manager(*id);
        let index = FileIndex::of(terms.book, &file);
        let mut month = ManagerMonth::new(terms.book, terms.settings, &index, terms.month);
        month.ahead = true;
        make(&Ahead::of(terms, &month, *capacity))
    })
}

impl<'m, 'a> Ahead<'m, 'a> {
    fn of(terms: &'m Terms, month: &'m ManagerMonth<'a>, capacity: Capacity) -> Self {
        let left = DaySet::of(month.days_left());
        let planned = Planned::of(month, left);
        let judged = terms.judgement.managers.iter().find(|judged| judged.id == month.id);
        let mut ahead = Self { month, capacity, left, planned, needs: vec![], units: vec![], share: None, judged };
        let needs = ahead.settle_customers(terms);
        ahead.settle_share(terms, needs);
        ahead
    }

    /// Whether a rule has anything to say of the manager.
    fn is_judged(&self, terms: &Terms, duty: Duty) -> bool {
        let rule = terms.judgement.rules.iter().position(|rule| rule.id == duty.rule());
        let outcome = rule.and_then(|rule| self.judged?.outcomes.get(rule));
        outcome.is_some_and(|outcome| outcome.verdict() != Verdict::NotAssessed)
    }

    /// Whether a failed unit is in doubt: it is neither failed nor can anything be done about it.
    fn is_in_doubt(&self, terms: &Terms, duty: Duty, customer: Option<CustomerId>, date: Option<NaiveDate>) -> bool {
        let findings = self.judged.into_iter().flat_map(|judged| &judged.findings);
        let mut doubtful = findings.filter(|(_, finding)| finding.doubt.is_some());
        doubtful.any(|(rule, finding)| {
            let same_date = match finding.when {
                When::Date(of) => Some(of) == date,
                When::Period(_) => date.is_none(),
            };
            terms.judgement.rules[*rule].id == duty.rule() && finding.customer == customer && same_date
        })
    }

    /// The units of customers with their states, and what those ask for that are open.
    fn settle_customers(&mut self, terms: &Terms) -> BTreeMap<CustomerId, Needs> {
        let mut needs: BTreeMap<CustomerId, Needs> = BTreeMap::new();
        for units::Found { customer, unmet, need } in units::of_customers(self.month, &terms.requirements, self.left) {
            let (duty, moved_from) = (need.duty, need.moved_from);
            let in_doubt = || self.is_in_doubt(terms, duty, Some(customer), moved_from);
            if !self.is_judged(terms, duty) || unmet == Some(Unmet::Failed) && in_doubt() {
                continue;
            }
            let state = match unmet {
                None => State::Met,
                Some(Unmet::Pending) if self.planned.served(customer, &need) >= need.dates => State::Covered,
                Some(Unmet::Pending) if need.days.len() >= need.dates => State::Open,
                _ => State::Lost,
            };
            let dates = if state == State::Met { 0 } else { need.dates };
            self.units.push(Unit { duty, customer: Some(customer), moved_from, state, dates, until: need.until });
            if matches!(state, State::Covered | State::Open) {
                let open = self.left.less(self.unopened(customer));
                let of = || Needs { customer, all: vec![], open, not_onsite: DaySet::default() };
                needs.entry(customer).or_insert_with(of).all.push(need);
            }
        }
        needs
    }

    /// The days on which a customer is not yet open.
    fn unopened(&self, customer: CustomerId) -> DaySet {
        let opened = self.month.customer(customer).and_then(|customer| customer.opened_on);
        let before = |opened: NaiveDate| self.month.span.days().filter(move |date| *date < opened);
        opened.map_or(DaySet::default(), |opened| DaySet::of(before(opened)))
    }

    fn settle_share(&mut self, terms: &Terms, mut needs: BTreeMap<CustomerId, Needs>) {
        let share = terms.requirements.onsite_share.and_then(|min| self.month.onsite_share(min)?.ok());
        let share = share.filter(|share| {
            let unmet = |asked| share.unmet.as_ref() == Some(&asked);
            let in_doubt = || self.is_in_doubt(terms, Duty::OnsiteShare, None, None);
            let is_told = share.unmet.is_none() || unmet(Unmet::Pending) || unmet(Unmet::Failed) && !in_doubt();
            is_told && self.is_judged(terms, Duty::OnsiteShare)
        });
        if let Some(share) = share {
            let short = share.least.saturating_sub(share.count);
            self.share = Some(Share { count: share.count, of: share.of, short });
            let candidates = share::candidates(self.month, &self.planned, self.left);
            let planned = candidates.iter().filter(|shop| self.planned.is_onsite(shop.id)).count() as u64;
            let state = match share.unmet {
                None => State::Met,
                Some(Unmet::Pending) if planned >= short => State::Covered,
                Some(Unmet::Pending) if candidates.len() as u64 >= short => State::Open,
                Some(_) => State::Lost,
            };
            let (duty, until) = (Duty::OnsiteShare, self.month.span.last);
            self.units.push(Unit { duty, customer: None, moved_from: None, state, dates: short as u32, until });
            if matches!(state, State::Covered | State::Open) {
                share::choose(self.month, short as usize, candidates, self.left, &mut needs);
            }
        }
        let order = |duty| Duty::ALL.iter().position(|of| *of == duty);
        self.units.sort_by_key(|unit| (order(unit.duty), unit.customer, unit.moved_from));
        self.needs = needs.into_values().collect();
    }

    /// What each day has room for beside rows that stand.
    pub(crate) fn room(&self, planned: &Planned) -> Room {
        let (all, onsite) = planned.count();
        let mut room = self.capacities();
        for day in self.left.iter() {
            room.all[day] = room.all[day].saturating_sub(all[day]);
            room.onsite[day] = room.onsite[day].saturating_sub(onsite[day]);
        }
        room
    }

    /// What each day has room for.
    fn capacities(&self) -> Room {
        let mut room = Room { all: [0; DaySet::MOST], onsite: [0; DaySet::MOST] };
        for (day, date) in self.left.iter().zip(self.left.dates(self.month.month)) {
            let excused = self.month.excuse(date).at_all();
            let most = |capacity: Option<u32>| match capacity {
                Some(capacity) if excused => capacity.div_ceil(2),
                Some(capacity) => capacity,
                None => u32::MAX,
            };
            room.all[day] = most(self.capacity.per_day);
            room.onsite[day] = most(self.capacity.onsite);
        }
        room
    }

    /// What remains to be asked when rows are carried out.
    pub(crate) fn remaining(&self, planned: &Planned) -> Vec<Needs> {
        let remaining = self.needs.iter().map(|needs| planned.remaining(needs));
        remaining.filter(|needs| !needs.is_empty()).collect()
    }

    pub(crate) fn together(&self) -> Together {
        if self.capacity.per_day.is_none() || self.capacity.onsite.is_none() {
            return Together::Unknown;
        }
        let possible = |planned: &Planned| possible(&self.remaining(planned), &self.room(planned));
        match possible(&self.planned) {
            Possible::Yes => return Together::Yes,
            Possible::Undecided => return Together::Unknown,
            Possible::No => {}
        }
        let without_idle = || possible(&self.planned.without(&self.planned.idle(&self.needs)));
        match (possible(&self.planned.given_up()), without_idle()) {
            (Possible::Yes, _) | (_, Possible::Yes) => Together::WithoutPlan,
            (Possible::Undecided, _) => Together::Unknown,
            (Possible::No, _) => match self.possible_with_crowded_days() {
                Possible::Yes => Together::WithoutPlan,
                Possible::No => Together::No,
                Possible::Undecided => Together::Unknown,
            },
        }
    }

    fn to_see(&self, needs: &Needs) -> Option<ToSee> {
        let dates = needs.least_dates(self.left);
        let remaining = self.planned.remaining(needs);
        let lacking = remaining.least_dates(remaining.open);
        Some(ToSee {
            customer: needs.customer,
            dates,
            covered: dates.saturating_sub(lacking),
            onsite: needs.is_onsite(),
            duties: duties(needs),
            until: needs.until()?,
            last: self.month.last_completed(needs.customer).map(|contact| contact.date),
            planned: self.planned.dates(needs.customer),
        })
    }

    pub(crate) fn outlook(&self, terms: &Terms) -> Outlook {
        let together = self.together();
        let idle = if together == Together::WithoutPlan { self.planned.idle(&self.needs) } else { vec![] };
        let mut idle: Vec<(NaiveDate, CustomerId)> = idle.into_iter().map(|row| (row.date, row.customer)).collect();
        idle.sort_unstable();
        idle.dedup();
        Outlook {
            id: self.month.id,
            days_left: self.left.dates(self.month.month).collect(),
            capacity: self.capacity,
            share: self.share,
            units: self.units.clone(),
            customers: self.needs.iter().filter_map(|needs| self.to_see(needs)).collect(),
            together,
            idle,
            day_rules: self.day_rules(terms),
        }
    }

    fn day_rules(&self, terms: &Terms) -> Vec<DayRule> {
        let Some(judged) = self.judged else { return vec![] };
        let rules = terms.judgement.rules.iter().zip(&judged.outcomes);
        let of_days = rules.filter(|(rule, _)| terms.day_rules.contains(&rule.id));
        of_days
            .map(|(rule, outcome)| DayRule {
                rule: rule.id,
                title: rule.title.clone(),
                assessed: outcome.assessed,
                failed: outcome.failed,
            })
            .collect()
    }
}
