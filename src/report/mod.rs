//! What is said: a judgement, a draw, a ranking … as a document, or as the contract's JSON and CSV; a folder for each command,
//! and beside them what several say in the same words.

pub mod check;
pub mod diff;
mod evidence;
pub mod explain;
mod headline;
pub mod init;
pub mod lint;
pub mod monthly;
mod provenance;
pub mod rank;
mod remarks;
mod rows;
pub mod sample;
pub mod sheet;
mod verdict;

pub use remarks::Remark;

use crate::book::Book;
use crate::document::{Cell, Value};
use crate::judgement::{Finding, JudgedManager, Judgement, Party, Verdict, percent_text};
use crate::lang::{Words, say};
use crate::load::{Accounts, BadCells, Input, Rejected};
use crate::model::ManagerId;
use crate::rules::config::Ruleset;

/// Everything that a report of a run may speak of.
pub struct Run<'a> {
    pub judgement: &'a Judgement,
    pub book: &'a Book,
    pub ruleset: &'a Ruleset,
    pub inputs: &'a [Input],
    pub rejected: &'a [Rejected],
    pub bad_cells: &'a [BadCells],
    pub remarks: Vec<Remark>,
    /// How many findings are shown; `None` for all.
    pub findings: Option<usize>,
}

impl<'a> Run<'a> {
    pub fn new(
        judgement: &'a Judgement,
        book: &'a Book,
        ruleset: &'a Ruleset,
        accounts: &'a Accounts,
        findings: Option<usize>,
    ) -> Self {
        Self {
            judgement,
            book,
            ruleset,
            inputs: &accounts.inputs,
            rejected: &accounts.rejected,
            bad_cells: &accounts.bad_cells,
            remarks: remarks::of(judgement, book, ruleset, accounts),
            findings,
        }
    }

    /// The managers whose findings are shown, in order, and of each those that are.
    pub fn shown_by_manager(&self) -> Vec<(&'a JudgedManager, &'a [(usize, Finding)])> {
        let mut left = self.findings.unwrap_or(usize::MAX);
        let first = |manager: &'a JudgedManager| {
            let shown = &manager.findings[..left.min(manager.findings.len())];
            left -= shown.len();
            (manager, shown)
        };
        let by_manager = self.judgement.managers.iter().map(first);
        by_manager.filter(|(_, shown)| !shown.is_empty()).collect()
    }

    /// The findings that are shown, in order, of one party's rules.
    pub fn shown(&self, party: Party) -> impl Iterator<Item = (&'a JudgedManager, &'a (usize, Finding))> {
        let by_manager = self.shown_by_manager().into_iter();
        let all = by_manager.flat_map(|(manager, findings)| findings.iter().map(move |finding| (manager, finding)));
        let rules = &self.judgement.rules;
        all.filter(move |(_, (rule, _))| rules[*rule].party == party)
    }

    pub fn manager_text(&self, id: ManagerId) -> &str {
        self.book.managers.text(id.0)
    }

    /// Id and name.
    pub fn manager_name(&self, manager: &JudgedManager) -> String {
        let (id, name) = (self.manager_text(manager.id), self.book.manager_name(manager.id).unwrap_or_default());
        format!("{id} {name}").trim_end().to_owned()
    }

    /// Ids of customers that the archive does not have.
    pub fn unknown_customers(&self) -> Vec<&'a str> {
        self.book.unknown_customers().into_iter().map(|id| self.book.customers.text(id.0)).collect()
    }

    /// That the month is not over in the data, if so.
    pub fn incomplete(&self) -> Option<Words> {
        let (month, horizon) = (self.judgement.month, self.book.horizon);
        let pending = verdict::mark(Verdict::Pending);
        let notice = || {
            say(
                format!("本月数据未满（{horizon} 之后尚无拜访）；未到期的项目标为 {pending}"),
                format!("The month is not over in the data; what can still turn out well is marked {pending}"),
            )
        };
        (horizon < month.last()).then(notice)
    }
}

fn score_cell(score: Option<f64>) -> Cell {
    score.map_or_else(|| Cell::new("-"), |score| Cell::valued(format!("{score:.2}"), Value::Number(score)))
}

/// A share in three cells: the percentage, and what it is of.
fn share_cells(share: Option<(u64, u64)>) -> [Cell; 3] {
    match share {
        Some((count, of)) => {
            let percent = percent_text(count, of);
            [Cell::valued(percent, Value::Share { count, of }), Cell::integer(count), Cell::integer(of)]
        }
        None => Default::default(),
    }
}
