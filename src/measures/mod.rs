//! What several rules and commands need to know of a manager's month, each measure in a file of its own.

mod call_proof;
mod day;
mod field_time;
mod month;
mod pending;

pub use call_proof::{CallTerms, Proof, prove};
pub use day::{Excuse, PlanSource};
pub use field_time::field_seconds;
pub use month::ManagerMonth;
pub use pending::{PeriodState, Unmet};
