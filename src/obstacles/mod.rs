//! What stands in the way of judging at all, found in one place for all commands (SPEC §1.2).

mod branches;
mod columns;
mod joins;
mod offset;
mod seen;
mod unread;
mod ways;

use crate::book::Book;
use crate::judgement::JudgedManager;
use crate::lang::{Words, counted, say, words};
use crate::load::Accounts;
use crate::model::*;
pub(crate) use crate::obstacle::{Obstacle, ObstacleKind};
use crate::rules::config::Ruleset;
use seen::Seen;
use std::collections::BTreeSet;
use ways::Systems;

/// The obstacles of a run, and what they take from verdicts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Obstacles {
    pub list: Vec<Obstacle>,
    /// Whose customers are not found in the archive.
    unjoined: BTreeSet<ManagerId>,
    /// Whether check-ins and archive positions are not of one coordinate system.
    pub offset: bool,
}

impl Obstacles {
    /// Those that the data show, whatever the verdicts, for a month of these managers.
    pub(crate) fn of(
        book: &Book,
        accounts: &Accounts,
        ruleset: &Ruleset,
        month: Month,
        managers: &[ManagerId],
    ) -> Self {
        let mut found = Self::default();
        let systems = Systems { archive: ruleset.settings.archive, checkin: ruleset.settings.checkin };
        let seen = Seen::of_all(book, systems, month, managers);
        found.list.extend(columns::unreadable(book, accounts));
        let (joins, unjoined) = joins::look(book, ruleset, &seen);
        found.list.extend(joins);
        found.unjoined = unjoined;
        found.list.extend(branches::look(book, ruleset, month, &seen));
        found.list.extend(unread::not_read(accounts));
        found.list.extend(columns::unresolved(accounts));
        found.list.extend(columns::rows_in_cells(accounts));
        let offset = offset::look(book, systems, month, &seen);
        found.offset = offset.is_some();
        found.list.extend(offset);
        found
    }

    /// Why a rule cannot be assessed for a manager, whose rule hangs on what these obstacles take away.
    pub(crate) fn bar(&self, hangs_on: &[ObstacleKind], manager: ManagerId) -> Option<Words> {
        let joins = hangs_on.contains(&ObstacleKind::IdsDoNotJoin) && self.unjoined.contains(&manager);
        let offset = hangs_on.contains(&ObstacleKind::Offset) && self.offset;
        if joins {
            Some(words("拜访的客户有不少不在客户档案中", "too many customers visited are not in customers"))
        } else if offset {
            Some(words("签到位置与档案位置整体偏移", "check-ins and archive positions are offset as a whole"))
        } else {
            None
        }
    }
}

/// A manager of whose month no visit is loaded, though customers are due.
pub(crate) fn no_visits(book: &Book, manager: &JudgedManager) -> Option<Obstacle> {
    let (id, due) = (book.managers.text(manager.id.0), manager.unvisited);
    (due > 0).then(|| Obstacle {
        kind: ObstacleKind::NoVisits,
        manager: Some(manager.id),
        place: id.to_owned(),
        count: 0,
        of: due,
        message: say(
            format!("{id}：有应拜访户 {due} 户，本月却没有载入他的任何拜访记录"),
            format!("{id}: {} due, but no visit of his in the month is loaded", counted(due, "customer")),
        ),
        remedy: words(
            "补充导出他的拜访记录；确实没有拜访的，在日工作记录中写明各日状态",
            "export his visits too; if he made none, give the status of his days in the day records",
        ),
    })
}

/// An integrity rule that so many units fail tells of the app and not of the people.
pub(crate) fn half_fail(rule: &str, failed: u64, assessed: u64, fewest: u64) -> Option<Obstacle> {
    (assessed >= fewest && failed * 2 > assessed).then(|| Obstacle {
        kind: ObstacleKind::HalfFail,
        manager: None,
        place: rule.to_owned(),
        count: failed,
        of: assessed,
        message: say(
            format!("{rule}：{assessed} 项中 {failed} 项不合格，过半：问题多半出在系统而不在人，该规则未考核"),
            format!("{rule}: {failed} of {assessed} units fail, over half: it is the app, not the people; the rule is not assessed"),
        ),
        remedy: words(
            "核实系统如何记录这些数据；确属如此时在 rules.toml 调整该规则的限值，或设 severity = \"off\"",
            "find out how the app records these data; where they are meant so, change the rule's limit in rules.toml or set severity = \"off\"",
        ),
    })
}
