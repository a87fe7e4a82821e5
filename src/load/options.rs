//! What reading depends on besides the files.

use crate::load::mapping::Mapping;
use crate::load::mended::Corrections;
use crate::model::{DayStatus, Percent, QualityItems};
use crate::text::charset::Charset;
use chrono::NaiveDate;

/// What reading depends on besides the files.
pub struct Options<'a> {
    pub mapping: &'a Mapping,
    pub area_code: &'a str,
    pub encoding: Option<Charset>,
    pub max_rejected: Percent,
    /// What is packed unpacks to no more bytes than this.
    pub max_unpacked: u64,
    pub corrections: &'a Corrections,
    /// Records dated after this are not read, but for plan rows and days of an excusing status.
    pub as_of: Option<NaiveDate>,
    /// The statuses that excuse a manager.
    pub excusing: &'a [DayStatus],
    /// What market checks look at, with the full scores that their rows may leave out.
    pub quality: &'a QualityItems,
    /// Whether checks dated after that are read all the same: a draw is checked after its day.
    pub later_checks: bool,
    /// Whether addresses, contacts and purposes are kept, which no rule looks at.
    pub details: bool,
    /// How many bytes of a file are read at a time, usually [`crate::load::PIECE`]; it changes nothing in what is read.
    pub piece: usize,
    /// Told how many more bytes have been read.
    pub progress: &'a (dyn Fn(u64) + Sync),
}
