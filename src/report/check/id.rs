//! By what a finding can be told from all others.

use crate::book::Book;
use crate::digest::sha256;
use crate::judgement::{Finding, JudgedRule};
use crate::model::ManagerId;

/// `F` and the first 11 hex digits of SHA-256 of `rule|item|manager|date or period|customer|key`, so that no spreadsheet takes
/// it for a number. Nothing in it changes when data are exported anew, renamed or shuffled (SPEC §4.1).
pub fn finding_id(book: &Book, rule: &JudgedRule, manager: ManagerId, finding: &Finding) -> String {
    let customer = finding.customer.map_or("", |id| book.customers.text(id.0));
    let key = finding.key.map(|key| format!("{} {}", key.date, key.clock().long())).unwrap_or_default();
    let twin = if finding.twin > 1 { format!("#{}", finding.twin) } else { String::new() };
    let manager = book.managers.text(manager.0);
    let item = rule.item.as_deref().unwrap_or_default();
    let text = format!("{}|{item}|{manager}|{}|{customer}|{key}{twin}", rule.id, finding.when);
    format!("F{}", &sha256(text)[..11])
}
