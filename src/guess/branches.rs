//! Which column of an archive names the branches: a manager is of one, and one has several managers.

use super::assigned::Assigned;
use super::facts::Facts;
use crate::load::Preview;
use crate::model::{Column, Kind};
use std::collections::BTreeMap;

/// What the names of branches end in.
const ENDS: [&str; 12] = [
    "营销部",
    "市场部",
    "客服部",
    "服务部",
    "营业部",
    "营销中心",
    "服务中心",
    "分公司",
    "县公司",
    "县局",
    "分局",
    "办事处",
];
/// Of a manager's customers so many are of his branch.
const MOST: f64 = 0.8;
/// Of fewer managers each may have a branch of his own.
const SEVERAL: usize = 3;

/// Whether the cells are names of branches.
pub(super) fn are_such(facts: &Facts) -> bool {
    facts.are(|cell| ENDS.iter().any(|end| cell.ends_with(end)))
}

/// Lets go of a branch that parts the customers of a manager, and of one that every manager has for himself where another
/// column names branches.
pub(super) fn drop_wrong(kind: Kind, preview: &Preview, facts: &[Facts], taken: &mut Vec<Assigned>, used: &mut [bool]) {
    let place = |column: Column| taken.iter().find(|one| one.column == column).map(|one| one.at[0]);
    let Some(manager) = place(Column::ManagerId).or_else(|| place(Column::ManagerName)) else { return };
    let Some(branch) = taken.iter().position(|one| one.column == Column::Branch && one.likeness < 1.0) else { return };
    let at = taken[branch].at[0];
    if kind != Kind::Customers || are_such(&facts[at]) {
        return;
    }
    let is_named_elsewhere = || (0..facts.len()).any(|other| !used[other] && are_such(&facts[other]));
    let parts = Parts::of(preview, manager, at);
    let says_nothing = facts[at].values.len() == 1;
    if parts.divide_managers() || (says_nothing || parts.are_of_one_each()) && is_named_elsewhere() {
        used[at] = false;
        taken.remove(branch);
    }
}

/// How often each value stands beside each manager.
struct Parts<'a>(BTreeMap<&'a str, BTreeMap<&'a str, usize>>);

impl<'a> Parts<'a> {
    fn of(preview: &'a Preview, manager: usize, at: usize) -> Self {
        let mut parts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
        for row in preview.rows.iter().filter(|row| !row[manager].is_empty() && !row[at].is_empty()) {
            *parts.entry(&row[manager]).or_default().entry(&row[at]).or_default() += 1;
        }
        Self(parts)
    }

    fn divide_managers(&self) -> bool {
        let all: usize = self.0.values().flat_map(BTreeMap::values).sum();
        let main: usize = self.0.values().filter_map(|values| values.values().max()).sum();
        (main as f64) < MOST * all as f64
    }

    fn are_of_one_each(&self) -> bool {
        let mut values: Vec<&str> = self.0.values().flat_map(BTreeMap::keys).copied().collect();
        values.sort_unstable();
        let count = values.len();
        values.dedup();
        self.0.len() >= SEVERAL && values.len() == count && count == self.0.len()
    }
}
