//! By what a finding can be told from all others.

use crate::book::Book;
use crate::digest::sha256;
use crate::judgement::{Finding, JudgedRule};
use crate::model::ManagerId;
use crate::report::evidence;

/// The first 12 hex digits of SHA-256 of `rule|item|manager|date or period|customer|visit_id or file:line`.
pub fn finding_id(book: &Book, rule: &JudgedRule, manager: ManagerId, finding: &Finding) -> String {
    let customer = finding.customer.map_or("", |id| book.customers.text(id.0));
    let row = match &finding.visit_id {
        Some(id) => id.to_string(),
        None => finding.row.map(|at| evidence::place(book, at)).unwrap_or_default(),
    };
    let manager = book.managers.text(manager.0);
    let item = rule.item.as_deref().unwrap_or_default();
    let text = format!("{}|{item}|{manager}|{}|{customer}|{row}", rule.id, finding.when);
    sha256(text)[..12].to_owned()
}
