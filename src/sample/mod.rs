//! Whom to check: a draw that nobody can steer and anybody can redo (SPEC §4.2; 七.1, 七.2).
//!
//! Consistent sampling after R. L. Rivest, "Consistent Sampling with Replacement" (arXiv:1808.10016), as published in the
//! package `consistent_sampler`: every customer has a ticket that only the seed and his id decide, and the lowest tickets are
//! drawn. So neither the order of rows nor who else is in the frame moves anybody's ticket, and a larger draw begins with
//! the smaller one.

mod proof;
mod ticket;
mod verify;

pub(crate) use proof::{Chance, CheckedProof, DrawProof};
pub(crate) use ticket::Tickets;
pub(crate) use verify::{Fault, Returned, verify};

use crate::book::Book;
use crate::digest::sha256;
use crate::judgement::{JudgedManager, Judgement, State};
use crate::measures::{CallTerms, FileIndex, ManagerMonth, Proof, prove_by_earliest};
use crate::model::*;
use crate::parallel;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a draw goes by.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    pub seed: &'a str,
    /// Of the customers that a manager visited in the month.
    pub percent: Percent,
    /// At least so many of each manager, as far as there are.
    pub min: u64,
    /// So many more, to stand in for customers that cannot be checked.
    pub spares: u64,
    /// So many besides of each manager, whose records most calls to look into.
    pub targeted: u64,
    pub calls: CallTerms<'a>,
}

impl Terms<'_> {
    /// The months of a seed differ.
    pub fn seed_text(&self, month: Month) -> String {
        format!("{}/{month}", self.seed)
    }

    fn size(&self, population: u64) -> u64 {
        self.percent.ceil_of(population).max(self.min).min(population)
    }
}

/// Those of whom some are drawn: the customers that a manager visited in the month, in the order of their tickets.
pub struct Frame {
    pub population: u64,
    /// All of them while the draw is made; then only those drawn.
    pub order: Vec<(String, CustomerId)>,
    /// Of the ids in the order of their bytes, a line feed behind each.
    pub sha256: String,
    /// How many are to be checked.
    pub size: u64,
}

impl Frame {
    fn of(month: &ManagerMonth, terms: &Terms, tickets: &Tickets) -> Self {
        // Ids are numbered in the order of their texts.
        let visited: BTreeSet<CustomerId> = month.visits().iter().map(|visit| visit.customer).collect();
        let id = |customer: &CustomerId| month.book.customers.text(customer.0);
        let lines: String = visited.iter().flat_map(|customer| [id(customer), "\n"]).collect();
        let ticket = |customer: &CustomerId| (tickets.of(id(customer)), *customer);
        let mut order: Vec<(String, CustomerId)> = visited.iter().map(ticket).collect();
        order.sort_unstable();
        let population = order.len() as u64;
        Self { population, size: terms.size(population), sha256: sha256(lines), order }
    }

    /// The ticket of the last that is drawn.
    pub fn last_ticket(&self) -> Option<&str> {
        let last = usize::try_from(self.size).ok()?.checked_sub(1)?;
        self.order.get(last).map(|(ticket, _)| ticket.as_str())
    }
}

/// What was drawn of a manager's customers.
pub struct Drawn {
    pub manager: ManagerId,
    pub frame: Frame,
    /// In ticket order: first those to be checked, then the spares. Behind them those who are no part of the draw.
    pub picks: Vec<Pick>,
}

impl Drawn {
    /// What checking those drawn at random can prove.
    pub fn proof(&self) -> Option<DrawProof> {
        DrawProof::of_draw(self.frame.size, self.frame.population)
    }

    pub fn count(&self, lot: Lot) -> usize {
        self.picks.iter().filter(|pick| pick.lot == lot).count()
    }
}

/// Why a customer stands on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lot {
    /// Drawn, to be checked.
    Drawn,
    /// Stands in where one drawn before cannot be checked.
    Spare,
    /// Not drawn at all, but chosen for what was found of him.
    Targeted,
}

/// A customer on the list.
pub struct Pick {
    pub customer: CustomerId,
    /// Empty where it decided nothing.
    pub ticket: String,
    pub lot: Lot,
    /// His visits by the manager in the month, in the order of time.
    pub visits: Vec<ToCheck>,
}

/// A visit that is to be confirmed.
pub struct ToCheck {
    pub at: At,
    pub id: Option<Box<str>>,
    pub started: Moment,
    pub mode: Mode,
    pub outcome: Outcome,
    pub tool: Option<Box<str>>,
    /// Of a completed phone visit, where calls of its date are loaded.
    pub proof: Option<Proof>,
}

/// Of each manager the customers to be checked for what was found of them.
pub(crate) type Targets = BTreeMap<ManagerId, Vec<CustomerId>>;

/// The customers of each manager with most findings of some rules, so many at most; of equals the first by id.
pub(crate) fn targets(judgement: &Judgement, rules: &[&str], most: u64) -> Targets {
    let of = |manager: &JudgedManager| {
        let mut counts: BTreeMap<CustomerId, u64> = BTreeMap::new();
        for (rule, finding) in manager.findings.iter().filter(|(_, finding)| finding.state() == State::Counted) {
            if let Some(customer) = finding.customer.filter(|_| rules.contains(&judgement.rules[*rule].id)) {
                *counts.entry(customer).or_default() += 1;
            }
        }
        let mut customers: Vec<(CustomerId, u64)> = counts.into_iter().collect();
        customers.sort_by_key(|(customer, count)| (Reverse(*count), *customer));
        customers.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        (manager.id, customers.into_iter().map(|(customer, _)| customer).collect())
    };
    judgement.managers.iter().map(of).collect()
}

/// Draws of every manager, in their order, and besides them the targets.
pub(crate) fn draw(
    book: &Book,
    settings: &Settings,
    targets: &Targets,
    month: Month,
    managers: &[ManagerId],
    terms: &Terms,
) -> Vec<Drawn> {
    let tickets = Tickets::new(&terms.seed_text(month));
    let of_manager = |id: &ManagerId| {
        let file = book.manager(*id);
        let index = FileIndex::of(book, &file);
        let targeted = targets.get(id).map_or(&[][..], Vec::as_slice);
        draw_one(&ManagerMonth::new(book, settings, &index, month), terms, &tickets, targeted)
    };
    parallel::map(managers, of_manager)
}

fn draw_one(month: &ManagerMonth, terms: &Terms, tickets: &Tickets, targeted: &[CustomerId]) -> Drawn {
    let mut frame = Frame::of(month, terms, tickets);
    let size = frame.size as usize;
    // A nation's frames would fill the memory.
    frame.order.truncate(size.saturating_add(terms.spares as usize));
    frame.order.shrink_to_fit();
    let proofs = prove_by_earliest(month, &terms.calls);
    let proof = |visit: &Visit| proofs.iter().find(|(proven, _)| proven.at == visit.at).map(|(_, proof)| proof.clone());
    let visits = |customer: CustomerId| {
        let visits = month.visits().iter().filter(|visit| visit.customer == customer);
        let to_check = |visit: &Visit| ToCheck {
            at: visit.at,
            id: visit.id.text().map(Box::from),
            started: visit.started,
            mode: visit.mode,
            outcome: visit.outcome,
            tool: visit.tool.map(Box::from),
            proof: proof(visit),
        };
        visits.map(to_check).collect()
    };
    let pick = |customer: CustomerId, ticket: &str, lot| Pick {
        customer,
        ticket: ticket.to_owned(),
        lot,
        visits: visits(customer),
    };
    let lot = |place: usize| if place < size { Lot::Drawn } else { Lot::Spare };
    let listed = frame.order.iter().enumerate();
    let listed = listed.map(|(place, (ticket, customer))| pick(*customer, ticket, lot(place)));
    let targeted = targeted.iter().map(|customer| pick(*customer, "", Lot::Targeted));
    Drawn { manager: month.id, picks: listed.chain(targeted).collect(), frame }
}
