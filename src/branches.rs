//! Branches: exports are made branch by branch, so each has its own horizon and windows (SPEC §1).

use crate::load::Extent;
use crate::model::{Calendar, DateSpan, Kind, ManagerId, Windows};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// So many working days without any record of a branch mean that its export ends early.
const MISSING_DAYS: usize = 3;

/// The managers of a branch, or all that have none.
#[derive(Debug)]
pub struct Branch {
    pub name: Option<String>,
    /// By id.
    pub managers: Vec<ManagerId>,
    /// The last date that its data reach to, H(b).
    pub horizon: NaiveDate,
    /// From the first to the last date of each kind up to the horizon of the run.
    pub windows: Windows,
}

/// All branches of a run.
pub(crate) struct Branches {
    /// By name; first the one of managers without a branch, if there are any.
    pub all: Vec<Branch>,
    /// The place of each manager's branch.
    of_managers: Vec<u32>,
}

impl Branches {
    /// `names` are those of each manager's branch; `early` says whether a branch's data may end before the horizon.
    pub(crate) fn new(names: &[Option<&str>], extent: &Extent, horizon: NaiveDate, early: Option<&Calendar>) -> Self {
        let mut members: BTreeMap<Option<&str>, Vec<ManagerId>> = BTreeMap::new();
        for (manager, name) in (0..).map(ManagerId).zip(names) {
            members.entry(*name).or_default().push(manager);
        }
        let mut of_managers = vec![0; names.len()];
        let mut all = Vec::with_capacity(members.len());
        for (place, (name, managers)) in (0..).zip(members) {
            managers.iter().for_each(|manager| of_managers[manager.0 as usize] = place);
            let windows = extent.windows(managers.iter().copied());
            let horizon = early.map_or(horizon, |calendar| horizon_of(&windows, horizon, calendar));
            all.push(Branch { name: name.map(str::to_owned), managers, horizon, windows });
        }
        Self { all, of_managers }
    }

    pub(crate) fn none() -> Self {
        Self { all: vec![], of_managers: vec![] }
    }

    pub(crate) fn of(&self, manager: ManagerId) -> &Branch {
        &self.all[self.of_managers[manager.0 as usize] as usize]
    }
}

/// The last date of a visit or day record, where several working days lie behind it up to the horizon of the run.
fn horizon_of(windows: &Windows, horizon: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let lasts = [Kind::Visits, Kind::Days].map(|kind| windows.get(kind).map(|window| window.last));
    let Some(last) = lasts.into_iter().flatten().max() else { return horizon };
    let behind = DateSpan { first: last, last: horizon }.days().skip(1);
    let is_early = behind.filter(|date| calendar.is_working_day(*date)).nth(MISSING_DAYS - 1).is_some();
    if is_early { last } else { horizon }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_working_days_without_any_record_mean_an_early_end() {
        let date = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let ends = |last: &str| {
            let mut windows = Windows::default();
            windows.add(Kind::Visits, DateSpan { first: date("2026-09-01"), last: date(last) });
            horizon_of(&windows, date("2026-09-30"), &Calendar::default()).to_string()
        };
        assert_eq!(ends("2026-09-25"), "2026-09-25", "Monday to Wednesday are missing");
        assert_eq!(ends("2026-09-28"), "2026-09-30");
    }
}
