//! Ids that join files to each other: what a visit's customer is, the archive must know.

use super::assign::ALIKE;
use super::concepts::likeness;
use super::facts::Facts;
use crate::load::Preview;
use crate::model::{Column, Kind};
use std::collections::HashMap;

/// Columns with fewer different values join by chance.
const FEWEST: usize = 2;

/// For each file and column of ids the share of them that another file knows.
pub(super) struct Joins(HashMap<(usize, Column, usize), f64>);

impl Joins {
    pub(super) fn find(previews: &[Preview], facts: &[Vec<Facts>], kinds: &[Option<Kind>]) -> Self {
        let mut joins = Self(HashMap::new());
        let columns = |file: usize| (0..previews[file].header.len()).map(move |at| (file, at));
        let of = |(file, at): (usize, usize)| &facts[file][at];
        let is_like = |(file, at): (usize, usize), column: Column| {
            let field = kinds[file].and_then(|kind| Some((kind, kind.field(column)?)));
            field.is_some_and(|(kind, field)| likeness(&facts[file][at].header, kind, field) >= ALIKE)
        };
        let is_id = |place: (usize, usize)| of(place).are_codes() && of(place).values.len() >= FEWEST;
        let all: Vec<(usize, usize)> = (0..previews.len()).flat_map(columns).filter(|place| is_id(*place)).collect();
        let is_archive = |file: usize| kinds[file] == Some(Kind::Customers);
        for one in all.iter().copied().filter(|(file, _)| is_archive(*file)).filter(|one| of(*one).uniqueness() > 0.95)
        {
            for two in all.iter().copied().filter(|(file, _)| !is_archive(*file)) {
                let share = of(two).within(of(one));
                if is_like(two, Column::CustomerId) {
                    joins.note(one, Column::CustomerId, share);
                }
                if is_like(one, Column::CustomerId) {
                    joins.note(two, Column::CustomerId, share);
                }
            }
        }
        for one in all.iter().copied().filter(|one| is_like(*one, Column::ManagerId)) {
            for two in all.iter().copied().filter(|two| two.0 != one.0 && is_like(*two, Column::ManagerId)) {
                let share = of(one).within(of(two)).max(of(two).within(of(one)));
                joins.note(one, Column::ManagerId, share);
            }
        }
        joins
    }

    fn note(&mut self, (file, at): (usize, usize), column: Column, share: f64) {
        let noted = self.0.entry((file, column, at)).or_insert(0.0);
        *noted = noted.max(share);
    }

    /// The share for a column at a place; none where no column of the file joins, so that it tells nothing.
    pub(super) fn of(&self, file: usize, column: Column, at: usize) -> Option<f64> {
        let joins =
            |(place, share): (&(usize, Column, usize), &f64)| place.0 == file && place.1 == column && *share >= 0.5;
        self.0.iter().any(joins).then(|| self.0.get(&(file, column, at)).copied().unwrap_or(0.0))
    }
}
