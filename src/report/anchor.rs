//! What links within a page lead to.

use super::Run;
use crate::model::ManagerId;
use chrono::NaiveDate;

/// A manager's part; ids may hold anything, anchors may not.
pub(super) fn of_manager(run: &Run, id: ManagerId) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let mut anchor = "m-".to_owned();
    for byte in run.manager_text(id).bytes() {
        match plain(byte) {
            true => anchor.push(char::from(byte)),
            false => anchor.push_str(&format!(".{byte:02x}")),
        }
    }
    anchor
}

/// One of his days.
pub(super) fn of_day(run: &Run, id: ManagerId, date: NaiveDate) -> String {
    let own = of_manager(run, id);
    format!("d{}.{date}", own.strip_prefix('m').unwrap_or(&own))
}

/// The findings of a rule, of all managers or of one.
pub(super) fn of_findings(run: &Run, rule: &str, manager: Option<ManagerId>) -> String {
    let manager = manager.map(|id| format!("&manager={}", of_manager(run, id)));
    format!("rule={rule}{}", manager.unwrap_or_default())
}
