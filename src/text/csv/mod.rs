//! Delimited text: where its records end, and what their fields are.

mod block;
pub mod boundaries;
mod index;
mod quotes;
pub mod reader;
pub mod torn;
