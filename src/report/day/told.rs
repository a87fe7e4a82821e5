//! A day with what it is told by.

use crate::day::ManagerDay;
use crate::judgement::JudgedManager;
use crate::model::CustomerId;
use crate::report::Run;
use crate::report::manner::shop_name;

/// A manager's day of a run.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub run: &'a Run<'a>,
    pub judged: &'a JudgedManager,
    pub(crate) day: &'a ManagerDay,
    /// Gaps that count as field time, in seconds; `None` where no rule says so.
    pub max_gap: Option<u32>,
}

impl Told<'_> {
    pub(super) fn id(&self, id: CustomerId) -> &str {
        self.run.book.customers.text(id.0)
    }

    /// Id and name.
    pub(super) fn customer(&self, id: CustomerId) -> String {
        format!("{} {}", self.id(id), shop_name(self.run.book, id)).trim_end().to_owned()
    }
}
