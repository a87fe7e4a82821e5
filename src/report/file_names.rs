//! What the files are called that go to one manager or to all, without their endings: who writes them and who leads to them
//! say the same.

use super::Run;
use crate::file_name;
use crate::judgement::JudgedManager;
use crate::model::Month;

/// Of each manager's own report, in the order of the judgement: id and name, as far as file systems take them.
pub(crate) fn own_reports(run: &Run) -> Vec<String> {
    let name = |one: &JudgedManager| format!("{} {}", run.judgement.month, run.manager_name(one));
    file_name::distinct(&run.judgement.managers.iter().map(name).collect::<Vec<_>>())
}

/// Of the circular.
pub(crate) fn circular(month: Month) -> String {
    format!("通报-{month}")
}

/// Of the notice to a manager, as long as no other has the same.
pub(crate) fn notice(month: Month, id: &str) -> String {
    format!("整改-{month}-{id}")
}

/// Of the ledger.
pub(crate) fn ledger(month: Month) -> String {
    format!("台账-{month}")
}
