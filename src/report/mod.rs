//! What is said: a judgement, or how good the data are, as a document of headings, lines and tables, or as the contract's JSON and CSV.

pub mod chart;
pub mod check_csv;
pub mod check_json;
pub mod compliance;
pub mod diff;
pub mod diff_json;
pub mod document;
mod evidence;
pub mod explain;
mod findings;
mod foot;
pub mod lint;
pub mod lint_json;
pub mod monthly;
pub mod proposal;
pub mod ranking;
pub mod ranking_data;
mod remarks;
mod rows;
pub mod sample;
pub mod sample_json;
pub mod sample_sheet;
pub mod sample_verify;
mod section;
pub mod sheet_visits;
pub mod workbook;

pub use remarks::Remark;

use crate::book::Book;
use crate::judgement::{Finding, JudgedManager, Judgement, Party};
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
}
