//! What a month is looked ahead in by.

use crate::book::Book;
use crate::judgement::Judgement;
use crate::measures::Requirements;
use crate::model::{ManagerId, Month, Settings};

/// What a month is looked at by.
pub(crate) struct Terms<'a> {
    pub book: &'a Book,
    pub settings: &'a Settings,
    pub requirements: Requirements,
    pub month: Month,
    /// All managers of the run.
    pub all: &'a [ManagerId],
    /// The month as it is judged at the horizon, looking ahead.
    pub judgement: &'a Judgement,
    /// The rules that judge days.
    pub day_rules: [&'static str; 7],
}
