//! A file that was found, before it is known what is in it.

use crate::load::sources::Source;
use crate::model::Kind;
use crate::text::inside::Storage;
use std::path::Path;

/// A file, or one of those packed together in it.
pub(super) struct Found<'a> {
    pub path: &'a Path,
    pub shown: String,
    /// The kind that its name claims it for.
    pub claimed: Option<Kind>,
    /// The kinds that it was named as.
    pub named: &'a [Kind],
}

impl Found<'_> {
    /// Whether the run goes on without it.
    pub(super) fn may_be_left(&self, kind: Kind) -> bool {
        self.named.is_empty() && !matches!(kind, Kind::Customers | Kind::Visits)
    }

    /// A table in it.
    pub(super) fn source(&self, kind: Kind, sheet: Option<&str>, storage: Storage) -> Source {
        let shown = match sheet {
            Some(sheet) => format!("{}[{sheet}]", self.shown),
            None => self.shown.clone(),
        };
        Source { kind, path: self.path.to_owned(), shown, storage }
    }
}
