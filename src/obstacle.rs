//! Something that stands in the way of judging, with what to do about it (SPEC §1.2).

use crate::lang::Words;
use crate::model::ManagerId;

/// A kind of obstacle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ObstacleKind {
    ColumnUnreadable,
    IdsDoNotJoin,
    NoVisits,
    BranchEndsEarly,
    NotRead,
    FormulaWithoutValue,
    RowsInACell,
    Offset,
    HalfFail,
}

impl ObstacleKind {
    /// As in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::ColumnUnreadable => "column_unreadable",
            Self::IdsDoNotJoin => "ids_do_not_join",
            Self::NoVisits => "no_visits",
            Self::BranchEndsEarly => "branch_ends_early",
            Self::NotRead => "not_read",
            Self::FormulaWithoutValue => "formula_without_value",
            Self::RowsInACell => "rows_in_a_cell",
            Self::Offset => "offset",
            Self::HalfFail => "half_fail",
        }
    }
}

/// Something that stands in the way, with what to do about it.
#[derive(Clone, Debug)]
pub struct Obstacle {
    pub kind: ObstacleKind,
    /// Whom alone it concerns.
    pub manager: Option<ManagerId>,
    /// The column, file, branch, manager or rule.
    pub place: String,
    pub count: u64,
    pub of: u64,
    pub message: Words,
    pub remedy: Words,
}
