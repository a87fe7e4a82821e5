//! What could not be read, and what it means for a unit that fails (SPEC §1.1): unknown cells of the rows that are used, and
//! rejected rows, each taken as well as its legible cells allow.

mod call;
mod day;

pub use call::{cell_of_call, could_prove};
pub use day::{RejectedRows, day_cell, fail_or_doubt, has_rejected_visit, possible_state};
