//! Which kind a table is, by its header and by its names (SPEC §2).

use crate::load::file_names::kind_of_name;
use crate::load::header::{self, Fit};
use crate::load::mapping::Mapping;

use crate::model::Kind;
use crate::text::feed::Text;

/// A table that may be one of a kind.
pub(super) struct Claimant<'a> {
    pub text: Text<'a>,
    /// The name of its sheet, and that of its file.
    pub sheet: &'a str,
    pub file: Option<Kind>,
}

impl Claimant<'_> {
    /// The kind whose header it has: of several the one of which it has most, names being a hint.
    pub(super) fn kind(&self, mapping: &Mapping) -> Option<Kind> {
        if let Some(kind) = mapping.kind_of_sheet(self.sheet) {
            return Some(kind);
        }
        let by_sheet = kind_of_name(self.sheet);
        let score = |kind: Kind| {
            let fit = header::fit(&self.text, kind, mapping)?;
            let is_named = by_sheet == Some(kind) || self.file == Some(kind);
            let hint = if by_sheet == Some(kind) { SHEET } else { 0 } + if self.file == Some(kind) { FILE } else { 0 };
            is_enough(fit, is_named).then_some(fit.known + fit.required + hint)
        };
        // Of equals the first.
        Kind::ALL
            .into_iter()
            .rev()
            .filter_map(|kind| Some((score(kind)?, kind)))
            .max_by_key(|(score, _)| *score)
            .map(|(_, kind)| kind)
    }

    /// How much of a kind's header it has.
    pub(super) fn fit(&self, kind: Kind, mapping: &Mapping) -> Option<Fit> {
        header::fit(&self.text, kind, mapping)
    }

    /// Whether it is a kind's table but for one column that cannot be found, or by the name of its sheet.
    pub(super) fn nearly_is(&self, kind: Kind, mapping: &Mapping) -> bool {
        let lacks_one = |fit: Fit| fit.missing == 1 && fit.required > 2;
        kind_of_name(self.sheet) == Some(kind) || header::fit(&self.text, kind, mapping).is_some_and(lacks_one)
    }
}

/// How many columns a name speaks for.
const SHEET: usize = 3;
const FILE: usize = 2;

/// Kinds with few columns that a file must have are told by most of the headers, where no name tells.
fn is_enough(fit: Fit, is_named: bool) -> bool {
    fit.missing == 0 && (is_named || fit.required > 2 || (fit.known > 1 && fit.known * 2 > fit.headers))
}
