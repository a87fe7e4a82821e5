//! What cells hold, column by column.

use super::unit::Unit;
use super::vocabulary::Vocabulary;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Id,
    /// Names and addresses: any text, a mark such as 无 too.
    Name,
    Text,
    /// Several texts in one cell.
    Items,
    /// A name, a link or a yes.
    Photo,
    Word(Vocabulary),
    Date,
    /// A date with a time of day, or a time alone.
    Moment,
    /// The same, where a day may end at 24:00.
    End,
    /// A date, with or without a time.
    DateOrMoment,
    /// A length of time in seconds, unless the header names another unit.
    Seconds,
    /// Likewise in minutes.
    Minutes,
    Whole,
    Lon,
    Lat,
    Phones,
    Month,
    Period,
    /// A score with at most two decimals.
    Points,
}

impl Holds {
    /// The unit of lengths of time under a header that names none.
    pub fn unit(self) -> Option<Unit> {
        match self {
            Self::Seconds => Some(Unit::Second),
            Self::Minutes => Some(Unit::Minute),
            _ => None,
        }
    }
}
