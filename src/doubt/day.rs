//! What rejected rows, and day records with unknown cells, might have said of a manager's date (SPEC §1.1).

use crate::judgement::{Doubt, Finding, Tally};
use crate::measures::{Day, DayState, Excuse, ManagerMonth};
use crate::model::*;
use chrono::NaiveDate;

/// Rejected rows of a manager that may belong to a date.
#[derive(Clone, Debug, Default)]
pub(crate) struct RejectedRows<'m> {
    /// But for those that legibly say that none was made.
    pub visits: Vec<&'m Visit<'m>>,
    /// Those that say so: they may have been planned.
    pub unmade: Vec<&'m Visit<'m>>,
    pub plans: Vec<&'m PlanRow<'m>>,
    pub days: Vec<&'m DayRecord>,
}

impl<'m> RejectedRows<'m> {
    /// Those whose legible cells date them so.
    fn on(month: &'m ManagerMonth, date: NaiveDate) -> Self {
        Self::where_dates(month, |dates| dates.contains(&date))
    }

    /// Those without any legible date.
    fn undated(month: &'m ManagerMonth) -> Self {
        Self::where_dates(month, <[NaiveDate]>::is_empty)
    }

    fn where_dates(month: &'m ManagerMonth, fits: impl Fn(&[NaiveDate]) -> bool) -> Self {
        let rejected = &month.file.rejected;
        let dated = |unknown: ColumnSet, date: NaiveDate| {
            if unknown.contains(Column::Date) { vec![] } else { vec![date] }
        };
        let visits = rejected.visits.iter().filter(|visit| visit.manager == month.id);
        let visits = visits.filter(|visit| fits(&dated(visit.unknown, visit.date())));
        let is_unmade =
            |visit: &&Visit| visit.outcome == Outcome::NotVisited && !visit.unknown.contains(Column::Outcome);
        let (unmade, visits) = visits.partition(is_unmade);
        let plans = rejected.plans.iter().filter(|plan| plan.manager == month.id);
        let days = rejected.days.iter().filter(|day| day.manager == month.id);
        Self {
            visits,
            unmade,
            plans: plans.filter(|plan| fits(&dated(plan.unknown, plan.date))).collect(),
            days: days.filter(|day| fits(&dates_of(day))).collect(),
        }
    }

    fn each(&self) -> Vec<(At, Self)> {
        let visits = self.visits.iter().map(|visit| (visit.at, Self { visits: vec![*visit], ..Self::default() }));
        let unmade = self.unmade.iter().map(|visit| (visit.at, Self { unmade: vec![*visit], ..Self::default() }));
        let plans = self.plans.iter().map(|plan| (plan.at, Self { plans: vec![*plan], ..Self::default() }));
        let days = self.days.iter().map(|day| (day.at, Self { days: vec![*day], ..Self::default() }));
        visits.chain(unmade).chain(plans).chain(days).collect()
    }

    fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.visits.extend(&other.visits);
        both.unmade.extend(&other.unmade);
        both.plans.extend(&other.plans);
        both.days.extend(&other.days);
        both
    }

    fn is_empty(&self) -> bool {
        self.visits.is_empty() && self.unmade.is_empty() && self.plans.is_empty() && self.days.is_empty()
    }
}

/// The dates that a rejected day record may be of: its own, else what its sync and its summary suggest.
fn dates_of(day: &DayRecord) -> Vec<NaiveDate> {
    if !day.unknown.contains(Column::Date) {
        return vec![day.date];
    }
    let sync = day.synced.into_iter().flat_map(|sync| [Some(sync.date), sync.date.succ_opt()]);
    let summary = day.summary.into_iter().flat_map(|summary| [Some(summary.date), summary.date.pred_opt()]);
    sync.chain(summary).flatten().collect()
}

/// Fails a unit of a date, or puts it in doubt: over a cell of used rows, or where rejected rows would mend it. `mended` is
/// asked whether the unit would no longer fail with such rows, each taken as well as its legible cells allow.
pub(crate) fn fail_or_doubt(
    tally: &mut Tally,
    month: &ManagerMonth,
    date: NaiveDate,
    finding: Finding,
    cell: Option<Doubt>,
    mended: impl Fn(&RejectedRows) -> bool,
) {
    if let Some(doubt) = cell {
        return tally.doubt(finding, doubt);
    }
    let dated = RejectedRows::on(month, date);
    if !dated.is_empty() && mended(&dated) {
        let rows = dated.each();
        let alone = rows.iter().find(|(_, row)| mended(row)).or(rows.first());
        return tally.fail_unless(alone.map(|(at, _)| Doubt::row(*at)), finding);
    }
    let undated = RejectedRows::undated(month);
    if undated.is_empty() || !mended(&dated.with(&undated)) {
        return tally.fail(finding);
    }
    let rows = undated.each();
    let alone = rows.iter().filter(|(_, row)| mended(&dated.with(row))).map(|(at, _)| *at);
    let mut alone: Vec<At> = alone.collect();
    if alone.is_empty() {
        alone.extend(rows.iter().map(|(at, _)| *at));
    }
    tally.fail_unless_undated(alone, finding);
}

/// The most that a day's records could say: what may be an excuse is one, what may be a device failure too.
pub(crate) fn possible_state(month: &ManagerMonth, day: &Day, rejected: &[&DayRecord]) -> DayState {
    let records = || day.records.iter().chain(rejected.iter().copied());
    let may_fail =
        |record: &DayRecord| record.unknown.contains(Column::Status) || record.status == DayStatus::DeviceFailure;
    let excuse = Excuse::possible(records(), &month.settings.excuse);
    DayState { excuse, device_failure: day.device_failure || records().any(may_fail), ..**day }
}

/// The cell over which a unit is in doubt that a day's excuse or device failure would take out.
pub(crate) fn day_cell(month: &ManagerMonth, day: &Day, is_out: impl Fn(Excuse, bool) -> bool) -> Option<Doubt> {
    let is_unknown =
        |record: &&DayRecord| record.unknown.contains(Column::Status) || record.unknown.contains(Column::Part);
    let record = day.records.iter().find(is_unknown)?;
    let state = possible_state(month, day, &[]);
    let cell = Doubt::first_of(record.at, record.unknown, &[Column::Status, Column::Part]);
    cell.filter(|_| is_out(state.excuse, state.device_failure))
}

/// Whether a rejected row tells of a visit of his on a date.
pub(crate) fn has_rejected_visit(month: &ManagerMonth, date: NaiveDate) -> bool {
    let mut visits = month.file.rejected.visits.iter();
    visits.any(|visit| visit.manager == month.id && !visit.unknown.contains(Column::Date) && visit.date() == date)
}
