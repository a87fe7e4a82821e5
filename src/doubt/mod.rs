//! What could not be read, and what it means for a unit that fails (SPEC §1.1): unknown cells of the rows that are used, and
//! rejected rows, each taken as well as its legible cells allow.

mod customer;
mod mended;
mod visits;

pub use customer::{due_cell, open_cell, suspended_cell};
pub use mended::Mended;
pub use visits::{RejectedVisits, is_his, may_be_done, may_be_onsite};
