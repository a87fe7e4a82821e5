//! Branches whose export ends before the others', or leaves days out (SPEC §1.2).

use super::seen::Seen;
use super::{Obstacle, ObstacleKind};
use crate::book::Book;
use crate::branches::Branch;
use crate::lang::{counted, say, words};
use crate::model::*;
use crate::rules::config::Ruleset;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// In a branch of fewer managers all may be away on a day.
const LEAST_MANAGERS: usize = 3;

pub(super) fn look(book: &Book, ruleset: &Ruleset, month: Month, seen: &[Seen]) -> Vec<Obstacle> {
    let visited: BTreeSet<NaiveDate> = seen.iter().flat_map(|seen| &seen.visited).copied().collect();
    let calendar = &ruleset.settings.calendar;
    let mut found = Vec::new();
    for branch in book.branches() {
        let members: Vec<&Seen> = seen.iter().filter(|seen| branch.managers.binary_search(&seen.id).is_ok()).collect();
        if branch.horizon < book.horizon {
            found.push(ends_early(book, branch, calendar));
        }
        let recorded: BTreeSet<NaiveDate> = members.iter().flat_map(|seen| &seen.recorded).copied().collect();
        let is_missing = |date: &NaiveDate| {
            *date <= branch.horizon
                && calendar.is_working_day(*date)
                && visited.contains(date)
                && !recorded.contains(date)
        };
        let missing: Vec<NaiveDate> = month.span().days().filter(is_missing).collect();
        if members.len() >= LEAST_MANAGERS && !missing.is_empty() {
            found.push(leaves_out(branch, &missing));
        }
    }
    found
}

fn name(branch: &Branch) -> String {
    branch.name.clone().unwrap_or_default()
}

fn ends_early(book: &Book, branch: &Branch, calendar: &Calendar) -> Obstacle {
    let (name, last, horizon) = (name(branch), branch.horizon, book.horizon);
    let behind = DateSpan { first: last, last: horizon };
    let missing = behind.days().skip(1).filter(|date| calendar.is_working_day(*date)).count() as u64;
    Obstacle {
        kind: ObstacleKind::BranchEndsEarly,
        manager: None,
        count: missing,
        of: branch.managers.len() as u64,
        message: say(
            format!("{name}：拜访和日记录只到 {last}，其他部门到 {horizon}；此后 {missing} 个工作日未考核"),
            format!(
                "{name}: visits and day records end on {last}, those of others on {horizon}; the {} after it are not assessed",
                counted(missing, "working day")
            ),
        ),
        remedy: words("补充导出该部门其后的记录", "export the branch's later records too"),
        place: name,
    }
}

fn leaves_out(branch: &Branch, missing: &[NaiveDate]) -> Obstacle {
    let (name, count) = (name(branch), missing.len() as u64);
    let listed = |separator| missing.iter().map(NaiveDate::to_string).collect::<Vec<_>>().join(separator);
    Obstacle {
        kind: ObstacleKind::BranchEndsEarly,
        manager: None,
        count,
        of: branch.managers.len() as u64,
        message: say(
            format!("{name}：{count} 个工作日没有任何人的记录，而其他部门有拜访：{}", listed("、")),
            format!(
                "{name}: nobody has a record on {}, on which others have visits: {}",
                counted(count, "working day"),
                listed(", ")
            ),
        ),
        remedy: words(
            "核实这些日期的导出是否缺失，补充导出",
            "see whether these dates are missing from the export, and add them",
        ),
        place: name,
    }
}
