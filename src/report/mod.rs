//! What is said: a judgement as a document of headings, lines and tables, or as the contract's JSON and CSV.

pub mod check_csv;
pub mod check_json;
pub mod compliance;
pub mod document;
mod evidence;
pub mod explain;
mod findings;
mod foot;
mod remarks;
mod section;

pub use remarks::Remark;

use crate::book::Book;
use crate::judgement::{Finding, JudgedManager, Judgement, Party};
use crate::load::{BadCells, Input, Loaded, Rejected};
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
        loaded: &'a Loaded,
        unclaimed: &[String],
        findings: Option<usize>,
    ) -> Self {
        Self {
            judgement,
            book,
            ruleset,
            inputs: &loaded.inputs,
            rejected: &loaded.rejected,
            bad_cells: &loaded.bad_cells,
            remarks: remarks::of(judgement, book, ruleset, loaded, unclaimed),
            findings,
        }
    }

    /// The findings that are shown, in order, of one party's rules.
    pub fn shown(&self, party: Party) -> impl Iterator<Item = (&'a JudgedManager, &'a (usize, Finding))> {
        let managers = self.judgement.managers.iter();
        let all = managers.flat_map(|manager| manager.findings.iter().map(move |finding| (manager, finding)));
        let rules = &self.judgement.rules;
        let most = self.findings.unwrap_or(usize::MAX);
        all.take(most).filter(move |(_, (rule, _))| rules[*rule].party == party)
    }

    pub fn manager_text(&self, id: ManagerId) -> &str {
        self.book.managers.text(id.0)
    }
}
