//! What several rules and commands need to know of a manager's month, each measure in a file of its own.

mod call_proof;
mod checkins;
mod coverage;
mod day;
mod day_facts;
mod displaced;
mod due;
mod earliest;
mod field_time;
mod headcount;
mod index;
mod matching;
mod month;
mod new_customer;
mod onsite;
mod pending;
mod plan;
mod proof;
mod quality;
mod requirements;
mod rows;
mod services;
mod shops;
mod twins;

pub(crate) use crate::book::{Contact, photo_months};
pub(crate) use call_proof::{
    known_numbers, nearest_call, numbers_to_prove, prove_by_earliest, prove_month, proven_by,
};
pub(crate) use checkins::onsite_checkins;
pub(crate) use coverage::{Coverage, CycleDue, CycleTerms, dates_done};
pub(crate) use day::{Day, DayState, Excuse, Standing};
pub(crate) use day_facts::DayFacts;
pub(crate) use displaced::{Displaced, makes_up};
pub(crate) use due::{cycle_span, most_days_for, most_days_to_deadline, nth_working_day};
pub(crate) use field_time::{Stretch, field_seconds, field_stretches, longest_field_seconds};
pub(crate) use headcount::Headcount;
pub(crate) use index::FileIndex;
pub(crate) use month::{ManagerMonth, RunFacts};
pub(crate) use onsite::{OnsiteShare, Weeks};
pub(crate) use pending::{UNRECORDED, Unmet};
pub(crate) use plan::PlanSource;
pub(crate) use proof::{CallTerms, Proof};
pub(crate) use quality::{CustomerScores, ItemScores, Score};
pub(crate) use requirements::Requirements;
pub(crate) use services::{Asked, Rendered};
pub(crate) use shops::Shop;
pub(crate) use twins::{numbered, numbered_inquiries, numbered_rows};
