//! What could not be read, and what it means for a unit that fails (SPEC §1.1): unknown cells of the rows that are used, and
//! rejected rows, each taken as well as its legible cells allow.

mod call;
mod customer;
mod day;
mod mended;
mod visits;

pub(crate) use call::{cell_of_call, could_prove};
pub(crate) use customer::{due_cell, open_cell, suspended_cell};
pub(crate) use day::{RejectedRows, day_cell, fail_or_doubt, has_rejected_visit, possible_state};
pub(crate) use mended::Mended;
pub(crate) use visits::{RejectedVisits, is_his, may_be_done, may_be_onsite};
