//! By what a finding can be told from all others.

use super::JudgedRule;
use crate::digest::sha256;
use crate::finding::Finding;
use crate::model::{ManagerId, RunNames};

/// `F` and the first 11 hex digits of SHA-256 of `rule|item|manager|date or period|customer|key`, so that no spreadsheet takes
/// it for a number. Nothing in it changes when data are exported anew, renamed or shuffled (SPEC §4.1).
pub(crate) fn finding_id(names: RunNames, rule: &JudgedRule, manager: ManagerId, finding: &Finding) -> String {
    let customer = finding.customer.map_or("", |id| names.customers.text(id.0));
    let key = finding.key.map(|key| format!("{} {}", key.date, key.clock().long())).unwrap_or_default();
    let twin = if finding.twin > 1 { format!("#{}", finding.twin) } else { String::new() };
    let manager = names.managers.text(manager.0);
    let item = rule.item.as_deref().unwrap_or_default();
    let text = format!("{}|{item}|{manager}|{}|{customer}|{key}{twin}", rule.id, finding.when);
    format!("F{}", &sha256(text)[..11])
}
