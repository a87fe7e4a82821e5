//! What is said: a judgement, a draw, a ranking … as a document, or as the contract's JSON and CSV; a folder for each command,
//! and beside them what several say in the same words.

mod anchor;
pub mod appeals;
pub mod check;
pub mod conclusion;
pub mod day;
pub mod diff;
mod evidence;
pub mod explain;
pub(crate) mod file_names;
mod headline;
pub mod init;
pub mod lint;
mod manner;
pub mod month;
pub mod monthly;
pub mod notice;
mod obstacles;
pub mod outlook;
pub mod plan;
mod points;
pub mod proof;
mod provenance;
mod quality;
pub mod rank;
mod remarks;
mod rows;
pub mod sample;
mod sentence;
pub mod sheet;
mod verdict;

pub(crate) use obstacles::for_one;
pub use remarks::Remark;
pub(crate) use remarks::unlisted_years;

use crate::book::Book;
use crate::document::{Cell, Value};
use crate::judgement::{Finding, JudgedManager, Judgement, Party, State, Verdict, percent_text};
use crate::lang::{Words, say};
use crate::load::Accounts;
use crate::model::{CustomerId, ManagerId, Percent, Points};
use crate::rules::config::Ruleset;
use std::collections::BTreeSet;

/// Everything that a report of a run may speak of.
pub struct Run<'a> {
    pub judgement: &'a Judgement,
    pub book: &'a Book,
    pub ruleset: &'a Ruleset,
    /// Of his own report, those of his rows.
    pub accounts: &'a Accounts,
    pub remarks: Vec<Remark>,
    /// How many findings of each rule and manager are shown; `None` for all.
    pub findings: Option<usize>,
    /// Whether it goes to the manager whom it speaks of: nobody else's cells, ids or names stand in it.
    pub is_own: bool,
    /// Whether findings stand with their ids, by which he may appeal against them.
    pub with_ids: bool,
}

impl<'a> Run<'a> {
    pub fn new(
        judgement: &'a Judgement,
        book: &'a Book,
        ruleset: &'a Ruleset,
        accounts: &'a Accounts,
        findings: Option<usize>,
    ) -> Self {
        let mut remarks = remarks::of(judgement, book, ruleset, accounts);
        remarks.retain(|remark| !accounts.are_own || remark.names_nobody_else());
        Self { judgement, book, ruleset, accounts, remarks, findings, is_own: accounts.are_own, with_ids: false }
    }

    /// The findings of a manager that are shown, in order: the first of each rule, those that count and those in doubt apart.
    pub fn shown<'m>(&self, manager: &'m JudgedManager) -> impl Iterator<Item = &'m (usize, Finding)> + use<'m> {
        let most = self.findings;
        let (mut of_rule, mut counts) = (usize::MAX, [0; 3]);
        manager.findings.iter().filter(move |(rule, finding)| {
            if *rule != of_rule {
                (of_rule, counts) = (*rule, [0; 3]);
            }
            let count = &mut counts[finding.state() as usize];
            *count += 1;
            most.is_none_or(|most| *count <= most)
        })
    }

    /// Those of them in a state, of one party's rules.
    pub fn shown_of<'m>(
        &self,
        manager: &'m JudgedManager,
        party: Party,
        state: State,
    ) -> impl Iterator<Item = &'m (usize, Finding)> + use<'m, 'a> {
        let rules = &self.judgement.rules;
        let wanted = move |(rule, finding): &&(usize, Finding)| rules[*rule].party == party && finding.state() == state;
        self.shown(manager).filter(wanted)
    }

    pub fn manager_text(&self, id: ManagerId) -> &str {
        self.book.managers.text(id.0)
    }

    /// Id and name.
    pub fn manager_name(&self, manager: &JudgedManager) -> String {
        let (id, name) = (self.manager_text(manager.id), self.book.manager_name(manager.id).unwrap_or_default());
        format!("{id} {name}").trim_end().to_owned()
    }

    /// A manager's score.
    fn score(&self, manager: &JudgedManager) -> Cell {
        let so_far = manager.is_scored_so_far(&self.judgement.rules, &self.ruleset.settings.scoring);
        score_cell(manager.score, so_far)
    }

    /// Ids of customers that the archive does not have.
    pub fn unknown_customers(&self) -> Vec<&'a str> {
        let only = self.judgement.managers.first().filter(|_| self.is_own).map(|manager| manager.id);
        unknown_customers(self.book, only)
    }

    /// That the month is not over in the data, if it is not for everybody.
    pub fn incomplete(&self) -> Option<Words> {
        let horizon = self.book.horizon;
        let pending = verdict::mark(Verdict::Pending);
        let notice = || {
            say(
                format!("本月数据未满（截至 {horizon}）；未到期的项目标为 {pending}"),
                format!("The month is not over in the data; what can still turn out well is marked {pending}"),
            )
        };
        self.judgement.managers.iter().any(|manager| !manager.complete).then(notice)
    }
}

/// Ids of customers that the archive does not have; of one manager those that he visits or is to visit.
fn unknown_customers(book: &Book, only: Option<ManagerId>) -> Vec<&str> {
    let mut unknown = book.unknown_customers();
    if let Some(file) = only.map(|id| book.manager(id)) {
        let visited = file.visits.iter().map(|visit| visit.customer);
        let his: BTreeSet<CustomerId> = visited.chain(file.plans.iter().map(|plan| plan.customer)).collect();
        unknown.retain(|id| his.contains(id));
    }
    unknown.into_iter().map(|id| book.customers.text(id.0)).collect()
}

/// Of those who have a score.
fn mean_score<'m>(managers: impl IntoIterator<Item = &'m JudgedManager>) -> Option<Points> {
    Points::mean(managers.into_iter().filter_map(|manager| manager.score))
}

/// A score as a number, for formats that can calculate, marked where it may still lose points; a dash where there is none.
fn score_cell(score: Option<Points>, so_far: bool) -> Cell {
    let mark = if so_far { verdict::mark(Verdict::Pending) } else { "" };
    let cell = |score: Points| Cell::valued(format!("{score}{mark}"), Value::Number(score.as_f64()));
    score.map_or_else(|| Cell::new("-"), cell)
}

/// A share as a percentage, which can be told from its limit.
fn share_cell((count, of): (u64, u64), limit: Option<Percent>) -> Cell {
    Cell::valued(percent_text(count, of, limit), Value::Share { count, of })
}

/// A share in three cells: the percentage, and what it is of.
fn share_cells(share: Option<(u64, u64)>, limit: Option<Percent>) -> [Cell; 3] {
    match share {
        Some((count, of)) => [share_cell((count, of), limit), Cell::integer(count), Cell::integer(of)],
        None => Default::default(),
    }
}
