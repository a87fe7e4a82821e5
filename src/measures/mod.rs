//! What several rules and commands need to know of a manager's month, each measure in a file of its own.

mod call_proof;
mod day;
mod day_facts;
mod due;
mod field_time;
mod headcount;
mod index;
mod month;
mod pending;
mod plan;
mod rows;
mod services;
mod shops;
mod twins;

pub use crate::book::Contact;
pub use call_proof::{CallTerms, Proof, known_numbers, prove_month};
pub use day::{Day, DayState, Excuse, Standing};
pub use day_facts::DayFacts;
pub use due::{cycle_span, most_days_for, nth_working_day};
pub use field_time::{field_seconds, longest_field_seconds};
pub use headcount::Headcount;
pub use index::FileIndex;
pub use month::ManagerMonth;
pub use pending::{PeriodState, UNRECORDED, Unmet};
pub use plan::PlanSource;
pub use services::{Asked, Rendered};
pub use shops::{Shop, ShopSet};
pub use twins::{numbered, numbered_rows};
