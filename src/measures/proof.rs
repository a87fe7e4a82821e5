//! What calls prove, and by which terms.

use crate::model::{Call, Direction};

/// What a call must be to prove a visit.
#[derive(Clone, Copy, Debug)]
pub struct CallTerms<'a> {
    /// How far from the visit's start it may start, in seconds, inclusive.
    pub window: u32,
    pub min_seconds: u32,
    pub directions: &'a [Direction],
}

/// Whether a visit is proven, and what lies nearest where it is not.
#[derive(Clone, Debug)]
pub enum Proof {
    /// By this call.
    Proven(Call),
    /// Nothing tells which number was called: no archive, plan or visit has one, and the visits have no such column.
    NumberUnknown,
    /// No call to those numbers in the window.
    NoCall,
    /// There is one, but only of this many seconds.
    TooShort(Call),
    /// The call in the window went to the visit's own number, which neither archive nor plan knows.
    OtherNumber(Call),
    /// The calls there prove other visits.
    Taken(Call),
}

impl Proof {
    /// As in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Proven(_) => "proven",
            Self::NumberUnknown => "number_unknown",
            Self::NoCall => "no_call",
            Self::TooShort(_) => "too_short",
            Self::OtherNumber(_) => "other_number",
            Self::Taken(_) => "taken",
        }
    }

    /// The call that proves, or lies nearest.
    pub fn call(&self) -> Option<&Call> {
        match self {
            Self::Proven(call) | Self::TooShort(call) | Self::OtherNumber(call) | Self::Taken(call) => Some(call),
            Self::NumberUnknown | Self::NoCall => None,
        }
    }
}
