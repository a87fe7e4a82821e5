//! What becomes of rows, and how many of them (SPEC §2.3).

use serde::Serialize;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Used,
    SetAside,
    Repeat,
    Superseded,
    OtherPeriod,
}

/// Rows of a file by fate; the names are those of the JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub used: u64,
    pub blank: u64,
    pub total: u64,
    pub set_aside: u64,
    pub repeat: u64,
    pub superseded: u64,
    pub other_period: u64,
    pub mended: u64,
    pub rejected: u64,
}

impl Counts {
    /// All rows of the file.
    pub fn sum(&self) -> u64 {
        let Self { used, blank, total, set_aside, repeat, superseded, other_period, mended, rejected } = self;
        used + blank + total + set_aside + repeat + superseded + other_period + mended + rejected
    }

    /// Adds the counts of a part.
    pub fn join(&mut self, other: &Self) {
        let Self { used, blank, total, set_aside, repeat, superseded, other_period, mended, rejected } = other;
        self.used += used;
        self.blank += blank;
        self.total += total;
        self.set_aside += set_aside;
        self.repeat += repeat;
        self.superseded += superseded;
        self.other_period += other_period;
        self.mended += mended;
        self.rejected += rejected;
    }

    pub fn add(&mut self, fate: Fate) {
        *match fate {
            Fate::Used => &mut self.used,
            Fate::SetAside => &mut self.set_aside,
            Fate::Repeat => &mut self.repeat,
            Fate::Superseded => &mut self.superseded,
            Fate::OtherPeriod => &mut self.other_period,
        } += 1;
    }
}
