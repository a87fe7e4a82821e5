//! A month looked at before it is over, and the words for what is seen.

use crate::book::Book;
use crate::document::{Cell, Tone, Value};
use crate::lang::{Words, words};
use crate::load::Accounts;
use crate::model::{CustomerId, ManagerId, Month};
use crate::obstacle::Obstacle;
use crate::outlook::{Outlook, Together};
use crate::rules::config::Ruleset;

/// A month looked at before it is over, and who of it is shown.
#[derive(Clone, Copy)]
pub struct LookedAt<'a> {
    pub month: Month,
    pub book: &'a Book,
    pub ruleset: &'a Ruleset,
    pub accounts: &'a Accounts,
    pub obstacles: &'a [Obstacle],
    pub(crate) outlooks: &'a [Outlook],
}

impl<'a> LookedAt<'a> {
    /// Id and name.
    pub fn manager(&self, id: ManagerId) -> String {
        let (text, name) = (self.book.managers.text(id.0), self.book.manager_name(id).unwrap_or_default());
        format!("{text} {name}").trim_end().to_owned()
    }

    pub(super) fn customer_id(&self, id: CustomerId) -> &'a str {
        self.book.customers.text(id.0)
    }

    pub(super) fn customer_name(&self, id: CustomerId) -> String {
        self.book.customer(id).map(|customer| customer.name.to_owned()).unwrap_or_default()
    }
}

/// Dates needed a day, beside how many customers a day can hold.
pub(super) fn a_day(outlook: &Outlook) -> Cell {
    let can = outlook.capacity.per_day.map_or("?".to_owned(), |capacity| capacity.to_string());
    let (needed, days) = (u64::from(outlook.dates_needed()), outlook.days_left.len() as u64);
    if days == 0 {
        return Cell::new(format!("-/{can}"));
    }
    let tenths = (needed * 10).div_ceil(days);
    let text = format!("{}.{}/{can}", tenths / 10, tenths % 10);
    Cell::valued(text, Value::Number(tenths as f64 / 10.0))
}

pub(super) fn together(together: Together) -> (Words, Tone) {
    match together {
        Together::Yes => (words("✓ 能", "✓ yes"), Tone::Good),
        Together::WithoutPlan => (words("~ 须调整计划", "~ only without the plan"), Tone::Waiting),
        Together::No => (words("✗ 不能", "✗ no"), Tone::Bad),
        Together::Unknown => (words("? 能力不明", "? capacity unknown"), Tone::Waiting),
    }
}
