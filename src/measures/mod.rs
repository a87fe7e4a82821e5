//! What several rules and commands need to know of a manager's month, each measure in a file of its own.

mod call_proof;
mod day;
mod day_facts;
mod due;
mod field_time;
mod headcount;
mod index;
mod matching;
mod month;
mod pending;
mod plan;
mod rows;
mod services;
mod shops;
mod twins;

pub(crate) use crate::book::Contact;
pub(crate) use call_proof::{CallTerms, Proof, known_numbers, prove_month};
pub(crate) use day::{Day, DayState, Excuse, Standing};
pub(crate) use day_facts::DayFacts;
pub(crate) use due::{cycle_span, most_days_for, nth_working_day};
pub(crate) use field_time::{field_seconds, longest_field_seconds};
pub(crate) use headcount::Headcount;
pub(crate) use index::FileIndex;
pub(crate) use month::ManagerMonth;
pub(crate) use pending::{UNRECORDED, Unmet};
pub(crate) use plan::PlanSource;
pub(crate) use services::{Asked, Rendered};
pub(crate) use shops::Shop;
pub(crate) use twins::{numbered, numbered_inquiries, numbered_rows};
