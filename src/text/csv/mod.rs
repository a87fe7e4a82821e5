//! Delimited text: where its records end, and what their fields are.

mod block;
pub mod boundaries;
mod index;
mod quotes;
pub mod reader;
pub mod torn;

/// A row that is handed out with more cells than this has more than a table can have, however many they are.
pub const MOST_CELLS: usize = super::COLUMNS as usize;
