//! What a monthly report is of.

use crate::day::ManagerDay;
use crate::document::Cell;
use crate::judgement::{JudgedManager, Judgement};
use crate::lang::Words;
use crate::model::ManagerId;
use crate::report::Run;
use crate::report::outlook::LookedAt;

/// A month with what the report looks back to.
pub struct Monthly<'a> {
    pub run: Run<'a>,
    /// The same judged for the months before, the latest first; those without any visit loaded are left out.
    pub earlier: &'a [Judgement],
    /// Whom the report is confined to, if it is.
    pub only: Option<Words>,
    /// What is still to be done, if the month is not over.
    pub ahead: LookedAt<'a>,
    /// The days of the one manager whom the report speaks of, where the format has room for them.
    pub(crate) days: &'a [ManagerDay],
    pub extent: Extent,
}

/// How much of it there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All, what is less important folded.
    Screen,
    /// All, on pages.
    Paper,
    /// Pages that one reads: of many managers a line each.
    Summary,
}

/// Of more managers than this paper has a summary, unless all is asked for.
pub(crate) const MANY: usize = 20;

impl<'a> Monthly<'a> {
    /// How a manager stood in the month before, if it was judged.
    pub(super) fn before(&self, id: ManagerId) -> Option<(&'a Judgement, &'a JudgedManager)> {
        let month = self.run.judgement.month.plus(-1);
        let judgement = self.earlier.iter().find(|judgement| judgement.month == month)?;
        judgement.managers.iter().find(|manager| manager.id == id).map(|manager| (judgement, manager))
    }
}

/// What stands where there is nothing to tell.
pub(super) fn nothing() -> Cell {
    Cell::new("-")
}
