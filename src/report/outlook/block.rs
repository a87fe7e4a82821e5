//! The outlook in the monthly report, while the month is not over: a manager a line.

use super::{LookedAt, legend, table};
use crate::document::Document;
use crate::lang::{Lang, Words, words};

pub const HEADING: Words = words("本月还须完成", "Still to be done this month");

/// Nothing where the month is over.
pub fn block(looked_at: &LookedAt, lang: Lang) -> Document {
    let mut document = Document::default();
    if !looked_at.outlooks.is_empty() {
        document.table(table(looked_at, lang));
        document.text(legend().get(lang));
        let told = words(
            "逐户名单见 baifang outlook；排计划用 baifang plan",
            "baifang outlook names the customers, baifang plan makes a plan",
        );
        document.text(told.get(lang));
    }
    document
}
