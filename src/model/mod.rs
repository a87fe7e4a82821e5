//! What the exports speak of: customers, managers, visits, calls, plans, days, and the words, times and numbers in them.

mod calendar;
mod column;
mod folding;
mod geo;
mod holds;
mod ids;
mod kind;
mod phone;
mod points;
mod quality;
mod quantity;
mod records;
mod route;
mod scope;
mod settings;
mod simplified;
mod time;
pub mod unit;
mod vocabulary;
mod written;

pub use calendar::Calendar;
pub use column::{Column, ColumnSet, ColumnTally};
pub use folding::{fold, fold_header, half_width, is_invisible, spaced};
pub use holds::Holds;
pub use ids::{CustomerId, Interner, ManagerId, Names, RunNames};
pub use kind::{Field, Kind, Need, POSITIONS, is_position, vocabulary};
pub use phone::{Phone, Phones};
pub use points::Points;
pub use quality::{QualityItem, QualityItems};
pub use quantity::{Hours, Percent, Whole, demand, refuse, write_number};
pub use records::{
    Appeal, At, Call, Check, Customer, DayRecord, Inquiry, Manager, PhotoLabel, PlanRow, Position, Quality,
    RecordNumber, Service, Visit, photo_months,
};
pub use route::{nearest_next, two_opt};
pub use scope::{Scope, Windows};
pub use settings::{AppealTerms, CoordinateSystem, Deduction, NoticeTerms, Scoring, ScoringMode, Settings};
pub use simplified::simplified;
pub use time::{ClockTime, DAY_SECONDS, DateSpan, Every, Moment, Month, Period};
pub use unit::Unit;
pub use vocabulary::{
    CheckResult, Class, Cycle, DayStatus, Decision, Direction, Draw, InquiryKind, Mode, Outcome, Part, Planned, Source,
    Status, Vocabulary, Word, YesNo,
};
pub use written::{Decimals, Photo, Photos, Written};

/// What stands in a cell for a formula whose result nobody has stored.
pub const UNRESOLVED: &str = "#FORMULA!";
