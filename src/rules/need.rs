//! What a rule needs to be assessed at all.

use crate::lang::{Words, say, words};
use crate::model::{Column, Kind};

/// Input that a rule cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    File(Kind),
    Column(Kind, Column),
    /// At least one of these columns.
    AnyColumn(&'static [(Kind, Column)]),
    /// A plans file, or planned visits to stand for its rows.
    PlannedVisits,
    /// At least one of these needs.
    AnyOf(&'static [Need]),
}

/// Something that tells when visits ended.
pub(super) const ENDS: Need = Need::AnyColumn(&[(Kind::Visits, Column::EndedAt), (Kind::Visits, Column::Minutes)]);

impl Need {
    /// What is needed.
    pub fn words(self) -> Words {
        let names = |columns: &[(Kind, Column)]| {
            let name = |(kind, column): &(Kind, Column)| format!("{}.{}", kind.name(), column.name());
            columns.iter().map(name).collect::<Vec<_>>()
        };
        let columns =
            |names: Vec<String>| say(format!("{} 列", names.join(" 或 ")), format!("column {}", names.join(" or ")));
        match self {
            Self::File(kind) => say(format!("{} 文件", kind.name()), format!("{} file", kind.name())),
            Self::Column(kind, column) => columns(names(&[(kind, column)])),
            Self::AnyColumn(any) => columns(names(any)),
            Self::PlannedVisits => Self::AnyOf(PLANNED).words(),
            Self::AnyOf(needs) => {
                let all = needs.iter().map(|need| need.words());
                all.reduce(|all, next| all.then(&words("，或 ", ", or ")).then(&next)).unwrap_or(words("", ""))
            }
        }
    }

    /// Whether it speaks of files of this kind.
    pub fn is_of(self, kind: Kind) -> bool {
        match self {
            Self::File(of) | Self::Column(of, _) => of == kind,
            Self::AnyColumn(columns) => columns.iter().any(|(of, _)| *of == kind),
            Self::PlannedVisits => Self::AnyOf(PLANNED).is_of(kind),
            Self::AnyOf(needs) => needs.iter().any(|need| need.is_of(kind)),
        }
    }
}

/// What can tell which visits were planned.
pub(crate) const PLANNED: &[Need] = &[Need::File(Kind::Plans), Need::Column(Kind::Visits, Column::Planned)];
