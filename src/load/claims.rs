//! Which kind a table is, by its header and by its names (SPEC §2).

use crate::load::day_columns::day_columns;
use crate::load::file_names::kind_of_name;
use crate::load::header::{self, Fit};
use crate::load::header_rows::{self, FirstRow, is_value};
use crate::load::likely_header;
use crate::load::mapping::Mapping;
use crate::model::{Kind, Need, fold};
use crate::text::feed::Text;

/// A table that may be one of a kind.
pub(super) struct Claimant<'a> {
    pub text: Text<'a>,
    /// The name of its sheet.
    pub sheet: &'a str,
    /// The kind that the name of its file tells.
    pub file: Option<Kind>,
    /// The kinds that its file was given as.
    pub named: &'a [Kind],
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
            let is_kind = is_enough(fit, is_named) && (is_named || self.is_beside(kind, fit, mapping));
            is_kind.then_some(fit.known + fit.required + hint)
        };
        // Of equals the first.
        Kind::ALL
            .into_iter()
            .rev()
            .filter_map(|kind| Some((score(kind)?, kind)))
            .max_by_key(|(score, _)| *score)
            .map(|(_, kind)| kind)
    }

    /// Whether it can be of a kind that neither its name nor that of its file tells: where the file's name tells another,
    /// sums of that kind's rows, or such rows whose header has a name nobody knows, have the few columns that a table of
    /// this one must have.
    fn is_beside(&self, kind: Kind, fit: Fit, mapping: &Mapping) -> bool {
        let Some(file) = self.file.filter(|_| !self.named.contains(&kind)) else { return true };
        let name = fold(self.sheet);
        let is_of_sums = SUMS.iter().any(|word| name.contains(word));
        let is_of_file = header::fit(&self.text, file, mapping).is_some_and(|of_file| of_file.known >= fit.known);
        !is_of_sums && !is_of_file && fit.known >= fit.required + BEYOND && fit.known * 2 > fit.headers
    }

    /// How much of a kind's header it has.
    pub(super) fn fit(&self, kind: Kind, mapping: &Mapping) -> Option<Fit> {
        header::fit(&self.text, kind, mapping)
    }

    /// Whether it is a kind's table but for columns that cannot be found, or by the name of its sheet.
    pub(super) fn nearly_is(&self, kind: Kind, mapping: &Mapping) -> bool {
        let is_near = |fit: Fit| {
            let has_many = fit.known > fit.required + BEYOND && fit.known * 2 > fit.headers;
            (fit.missing == 1 && fit.required > 2) || (fit.missing > 0 && has_many)
        };
        kind_of_name(self.sheet) == Some(kind) || self.fit(kind, mapping).is_some_and(is_near)
    }

    /// The columns that a table of the kind must have and that this one lacks.
    pub(super) fn lacking(&self, kind: Kind, mapping: &Mapping) -> Vec<&'static str> {
        header::lacking(&self.text, kind, mapping)
    }

    /// Whether it begins with rows as those of another table, and has no header: the columns that a table of the kind must
    /// have hold in both something, and values or names alike.
    pub(super) fn goes_on(&self, other: &Claimant, kind: Kind, mapping: &Mapping) -> bool {
        let Ok(header) = header::find(&other.text, kind, mapping, "") else { return false };
        let rows = |text: &Text| header_rows::first_rows(text, header.delimiter, header::TRIES);
        let below = rows(&other.text).into_iter().find(|row| row.place.0 >= header.end);
        let (Some(below), mine) = (below, rows(&self.text)) else { return false };
        let must = header.columns.iter().filter(|(column, _)| {
            kind.field(*column).is_some_and(|field| field.need.is_required() || field.need == Need::OneOf)
        });
        let places: Vec<usize> = must.map(|(_, places)| places[0]).collect();
        let cell =
            |row: &FirstRow, at: usize| row.cells.get(at).filter(|cell| !cell.is_empty()).map(|one| is_value(one));
        let is_alike =
            |row: &FirstRow| places.iter().all(|at| cell(row, *at).is_some() && cell(row, *at) == cell(&below, *at));
        let has_values = places.iter().filter(|at| cell(&below, **at) == Some(true)).count() > 1;
        let is_narrow = |row: &FirstRow| row.cells.len() <= header.width;
        has_values && !mine.is_empty() && mine.iter().take(ROWS).all(|row| is_narrow(row) && is_alike(row))
    }
}

/// The first and the last day where a table has a column a day.
pub(super) fn matrix(text: &Text) -> Option<(String, String)> {
    let header = likely_header::find(text, "").ok()?.header.unknown;
    let days = day_columns(&header)?;
    Some((days.first()?.clone(), days.last()?.clone()))
}

/// How many columns a name speaks for.
const SHEET: usize = 3;
const FILE: usize = 2;
/// So many columns beyond those that it must have tell a table whose name tells another kind.
const BEYOND: usize = 2;
/// So many rows show that a sheet begins with them.
const ROWS: usize = 2;
/// Words in the names of sheets that count the rows of others.
const SUMS: [&str; 6] = ["汇总", "统计", "合计", "透视", "summary", "pivot"];

/// Kinds with few columns that a file must have are told by most of the headers, where no name tells.
fn is_enough(fit: Fit, is_named: bool) -> bool {
    fit.missing == 0 && (is_named || fit.required > 2 || (fit.known > 1 && fit.known * 2 > fit.headers))
}
