//! Whether something that could not be read would mend a unit that fails.

use crate::judgement::{Doubt, Finding, Tally};
use crate::model::At;

#[derive(Clone, Debug, Default)]
pub(crate) enum Mended {
    #[default]
    No,
    By(Doubt),
    /// By rejected rows without any legible date: whether these are enough for all units that they might mend is seen in
    /// the end.
    ByUndated(Vec<At>),
}

impl Mended {
    pub(crate) fn by(doubt: Option<Doubt>) -> Self {
        doubt.map_or(Self::No, Self::By)
    }

    /// Where so many are missing, each of these rows at most one.
    pub(crate) fn by_rows(missing: usize, dated: &[At], undated: &[At]) -> Self {
        match dated.first() {
            Some(first) if missing <= dated.len() => Self::By(Doubt::row(*first)),
            _ if missing <= dated.len() + undated.len() => Self::ByUndated(undated.to_vec()),
            _ => Self::No,
        }
    }

    /// The first that mends.
    pub(crate) fn or(self, other: impl FnOnce() -> Self) -> Self {
        if matches!(self, Self::No) { other() } else { self }
    }

    /// Counts the unit as failed or doubtful.
    pub(crate) fn settle(self, tally: &mut Tally, finding: Finding) {
        match self {
            Self::No => tally.fail(finding),
            Self::By(doubt) => tally.doubt(finding, doubt),
            Self::ByUndated(rows) => tally.fail_unless_undated(rows, finding),
        }
    }
}
