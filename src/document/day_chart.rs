//! A day as it is drawn: what went on when, and the way it led.

use super::Tone;

/// What went on side by side, each in a lane of its own, along one axis of time.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Whole hours of the day between which all lies.
    pub from: u32,
    pub until: u32,
    pub lanes: Vec<Lane>,
}

#[derive(Clone, Debug)]
pub struct Lane {
    pub label: String,
    pub spans: Vec<Span>,
}

/// Something that lasted from one second of the day to another, or a moment.
#[derive(Clone, Debug)]
pub struct Span {
    pub from: u32,
    pub until: u32,
    /// A number or a letter, where there is room for it.
    pub label: String,
    /// All that is to be said of it.
    pub text: String,
    pub tone: Tone,
}

/// Places in the order in which they were come to; in metres east and north of one of them.
#[derive(Clone, Debug)]
pub struct Way {
    pub stops: Vec<Stop>,
}

#[derive(Clone, Debug)]
pub struct Stop {
    pub place: (i32, i32),
    /// Where it should have been.
    pub meant: Option<(i32, i32)>,
    pub label: String,
    pub text: String,
    pub tone: Tone,
}
