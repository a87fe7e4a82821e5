//! A column and the header that it is read from, as far as the two speak for each other.

use crate::model::Column;

/// A pair must score as much to be taken.
pub(super) const ENOUGH: f64 = 0.5;

/// A column with the header it is read from.
#[derive(Clone, Debug)]
pub(super) struct Assigned {
    pub column: Column,
    pub at: Vec<usize>,
    pub score: f64,
    pub likeness: f64,
    pub fit: f64,
    pub join: Option<f64>,
    /// Whether any cell would fit.
    pub is_text: bool,
    /// Other places that would do.
    pub others: Vec<usize>,
}

/// The place, where there is one only.
pub(super) fn only(mut places: impl Iterator<Item = usize>) -> Option<usize> {
    places.next().filter(|_| places.next().is_none())
}
