//! 六.1: the day's first planned on-site customer is reached by the limit.

use super::{Meta, Need, Rule};
use crate::doubt::{RejectedRows, day_cell, fail_or_doubt, possible_state};
use crate::headline::DayMeasure;
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::{Day, ManagerMonth, PlanSource, Standing, UNRECORDED};
use crate::model::{At, ClockTime, Column, CustomerId, Moment, PlanRow, Visit};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub(super) struct FirstArrival;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// The latest arrival that is in time.
    pub by: ClockTime,
}

impl Rule for FirstArrival {
    type Params = Params;

    const META: Meta = Meta {
        id: "first-arrival",
        clause: "六.1",
        party: Party::Manager,
        needs: &[Need::PlannedVisits],
        title: words("首户到达", "first arrival"),
        assessed: words(
            "有实地拜访计划且上午未免考核的每一天",
            "each day with on-site plan rows, its morning not excused",
        ),
        fails: words(
            "未在规定时刻前到达当天计划的第一户（当天首次拜访开始后才编制的计划行、改期行不算）",
            "the day's first planned on-site customer is not reached by the limit; rows and moves made after the day's first visit began stand aside",
        ),
        remedy: words(
            "按计划顺序从第一户开始拜访；临时变更应提前改计划",
            "begin the day at the first customer of the plan; change the plan beforehand where the route changes",
        ),
        example: words(
            "2026-09-02 测得 08:55:24，要求 ≤ 08:30，visits.csv:1354",
            "2026-09-02: 08:55:24, required ≤ 08:30, visits.csv:1354",
        ),
        nothing: words("没有需考核的实地计划日", "no day to assess with on-site plan rows"),
    };

    const DAY: Option<DayMeasure> = Some(DayMeasure::FirstArrival);

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for day in month.days() {
            if day.excuse.am || day.is_unrecorded {
                continue;
            }
            let rows = rows_of(params, month, day);
            let first = first_of(&rows);
            if first.is_empty() {
                continue;
            }
            let finding = || finding(params, day, &first);
            if first.iter().any(|row| row.in_time) {
                match could_fail(&rows) {
                    None => tally.keep(finding),
                    Some(doubt) => tally.doubt(
                        finding().message("当天计划的第一户可能是另一户", "another customer may have been the first"),
                        doubt,
                    ),
                }
                continue;
            }
            if month.is_unrecorded(month.month) {
                tally.skip(UNRECORDED);
                continue;
            }
            let cell = could_pass(&rows).or_else(|| day_cell(month, day, |excuse, _| excuse.am));
            fail_or_doubt(tally, month, day.date, finding(), cell, |rejected| {
                mends(params, month, day, &rows, rejected)
            });
        }
    }
}

/// A row of the plan that asks, or may ask, for the day's first visit.
struct Row {
    at: At,
    customer: CustomerId,
    seq: Seq,
    /// Whether it counts with unknown cells taken as empty.
    taken: bool,
    /// The unknown cell over which it may count or not.
    unsure: Option<Doubt>,
    /// Whether its customer was reached in time.
    in_time: bool,
    created: Created,
}

/// When a row of the plan was made, as far as that can be told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Created {
    /// Or nobody says.
    Beforehand,
    At(Moment),
    Unknown,
}

impl Created {
    fn of(plan: &PlanRow) -> Self {
        match plan.created {
            _ if plan.unknown.contains(Column::CreatedAt) => Self::Unknown,
            Some(moment) => Self::At(moment),
            None => Self::Beforehand,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Seq {
    Number(u32),
    None,
    Unknown,
}

/// The on-site rows of the day that stand, or may stand, those made after the fact left aside.
fn rows_of(params: &Params, month: &ManagerMonth, day: &Day) -> Vec<Row> {
    let mut rows: Vec<Row> = day.plans.iter().filter_map(|plan| row_of(params, day, plan)).collect();
    if month.plan_source() == PlanSource::PlannedVisits {
        // Whether these were planned cannot be read.
        let maybe = |visit: &&Visit| visit.is_onsite() && visit.unknown.contains(Column::Planned);
        rows.extend(day.visits.iter().filter(maybe).map(|visit| Row {
            at: visit.at,
            customer: visit.customer,
            seq: Seq::None,
            taken: false,
            unsure: Some(Doubt::cell(visit.at, Column::Planned)),
            in_time: is_reached(params, day, |customer| customer == visit.customer),
            created: Created::Beforehand,
        }));
    }
    rows
}

fn row_of(params: &Params, day: &Day, plan: &PlanRow) -> Option<Row> {
    let standing = day.standing_beforehand(plan);
    let unsure = match standing {
        Standing::No => return None,
        Standing::Unsure { at, column, .. } => Some(Doubt::cell(at, column)),
        Standing::Sure => Doubt::first_of(plan.at, plan.unknown, &[Column::Mode]),
    };
    plan.is_onsite().then(|| Row {
        at: plan.at,
        customer: plan.customer,
        seq: seq_of(plan),
        taken: standing.is_taken(),
        unsure,
        in_time: is_reached(params, day, |customer| customer == plan.customer),
        created: Created::of(plan),
    })
}

fn seq_of(plan: &PlanRow) -> Seq {
    match plan.seq {
        _ if plan.unknown.contains(Column::Seq) => Seq::Unknown,
        Some(number) => Seq::Number(number),
        None => Seq::None,
    }
}

/// Whether one of these customers had an on-site visit by the limit.
fn is_reached(params: &Params, day: &Day, is_meant: impl Fn(CustomerId) -> bool) -> bool {
    let in_time = |visit: &Visit| visit.is_onsite() && visit.started.clock().is_by(params.by);
    day.visits.iter().any(|visit| in_time(visit) && is_meant(visit.customer))
}

/// The rows with the lowest `seq`, unknown cells taken as empty; without any seq, all of them.
fn first_of(rows: &[Row]) -> Vec<&Row> {
    let number = |row: &Row| match row.seq {
        Seq::Number(number) => Some(number),
        _ => None,
    };
    let taken = || rows.iter().filter(|row| row.taken);
    let lowest = taken().filter_map(number).min();
    taken().filter(|row| lowest.is_none() || number(row) == lowest).collect()
}

/// Whether a row can be first where all others that are unsure are dropped.
fn can_be_first(row: &Row, rows: &[Row]) -> bool {
    let lowest = lowest_sure(rows);
    match row.seq {
        Seq::Unknown => true,
        Seq::Number(number) => lowest.is_none_or(|lowest| number <= lowest),
        Seq::None => lowest.is_none(),
    }
}

/// The lowest `seq` of the rows that surely count.
fn lowest_sure(rows: &[Row]) -> Option<u32> {
    let sure = rows.iter().filter(|row| row.unsure.is_none());
    let numbers = sure.filter_map(|row| if let Seq::Number(number) = row.seq { Some(number) } else { None });
    numbers.min()
}

/// The unknown cell over which the day's first customer may have been reached in time, or nobody was expected at all.
fn could_pass(rows: &[Row]) -> Option<Doubt> {
    let cell = |row: &Row| match row.seq {
        Seq::Unknown => Some(row.unsure.clone().unwrap_or(Doubt::cell(row.at, Column::Seq))),
        _ => row.unsure.clone(),
    };
    let any_cell = || rows.iter().find_map(cell);
    if rows.iter().all(|row| row.unsure.is_some()) {
        return any_cell();
    }
    let row = rows.iter().find(|row| row.in_time && can_be_first(row, rows))?;
    cell(row).or_else(any_cell)
}

/// The unknown cell over which another customer may have been the first, who was not reached in time.
fn could_fail(rows: &[Row]) -> Option<Doubt> {
    let cell = |row: &Row| match row.seq {
        Seq::Unknown => Some(Doubt::cell(row.at, Column::Seq)),
        _ => row.unsure.clone(),
    };
    let unsure = rows.iter().find_map(cell)?;
    let sure_in_time = |seq: Seq| rows.iter().any(|row| row.unsure.is_none() && row.in_time && row.seq == seq);
    let fails = |row: &&Row| {
        let alone = match row.seq {
            Seq::Unknown => true,
            Seq::Number(_) => !sure_in_time(row.seq),
            Seq::None => !rows.iter().any(|row| row.unsure.is_none() && row.in_time),
        };
        !row.in_time && alone && can_be_first(row, rows)
    };
    rows.iter().find(fails).map(|row| cell(row).unwrap_or(unsure))
}

/// Whether a day no longer fails with these rejected rows.
fn mends(params: &Params, month: &ManagerMonth, day: &Day, rows: &[Row], rejected: &RejectedRows) -> bool {
    let onsite = |visit: &&Visit| visit.is_onsite() || visit.unknown.contains(Column::Mode);
    let by = |visit: &&Visit| visit.unknown.contains(Column::StartedAt) || visit.started.clock().is_by(params.by);
    let in_time: Vec<&Visit> = rejected.visits.iter().copied().filter(|visit| onsite(visit) && by(visit)).collect();
    let anybody = in_time.iter().any(|visit| visit.customer == CustomerId::NOBODY);
    // A row whose customer cannot be read may be of any of them.
    let there = |customer: CustomerId| {
        anybody || in_time.iter().any(|visit| [visit.customer, CustomerId::NOBODY].contains(&customer))
    };
    let planned = |visit: &&Visit| visit.planned || visit.unknown.contains(Column::Planned);
    if month.plan_source() == PlanSource::PlannedVisits && in_time.iter().any(planned) {
        return true;
    }
    let beforehand = || rejected.plans.iter().copied().filter(|plan| !day.is_after_the_fact(plan.created));
    let moved = |row: &Row| {
        let from = |plan: &&PlanRow| plan.moved_from() == Some(day.date);
        let who = |plan: &PlanRow| plan.customer == row.customer || plan.customer == CustomerId::NOBODY;
        beforehand().filter(from).any(who)
    };
    let mut all: Vec<Row> = rows
        .iter()
        .map(|row| Row {
            in_time: row.in_time || there(row.customer),
            unsure: row.unsure.clone().or_else(|| moved(row).then(|| Doubt::row(row.at))),
            ..*row
        })
        .collect();
    let of_plans = beforehand().filter(|plan| plan.is_onsite()).map(|plan| Row {
        at: plan.at,
        customer: plan.customer,
        seq: seq_of(plan),
        taken: false,
        unsure: Some(Doubt::row(plan.at)),
        in_time: there(plan.customer)
            || is_reached(params, day, |customer| [customer, CustomerId::NOBODY].contains(&plan.customer)),
        created: Created::of(plan),
    });
    all.extend(of_plans);
    let passes = |rows: &[Row]| could_pass(rows).is_some() || first_of(rows).iter().any(|row| row.in_time);
    if possible_state(month, day, &rejected.days).excuse.am || passes(&all) {
        return true;
    }
    // One of the visits may have begun before what was thought the day's first: rows made since then stand aside.
    let Some(start) = rejected.visits.iter().map(|visit| earliest_start(visit, day.date)).min() else { return false };
    all.retain(|row| !matches!(row.created, Created::At(created) if created > start));
    for row in all.iter_mut().filter(|row| row.created == Created::Unknown) {
        row.unsure.get_or_insert(Doubt::cell(row.at, Column::CreatedAt));
    }
    all.is_empty() || passes(&all)
}

/// When a rejected visit of a day may have begun at the earliest.
fn earliest_start(visit: &Visit, date: NaiveDate) -> Moment {
    let is_unknown = |column| visit.unknown.contains(column);
    // Its time can be read where its date cannot.
    let clock = if is_unknown(Column::StartedAt) { ClockTime(0) } else { visit.started.clock() };
    Moment::new(date, clock.0)
}

fn finding(params: &Params, day: &Day, first: &[&Row]) -> Finding {
    // Visits come by start: the first one there is the earliest.
    let there = |visit: &&Visit| visit.is_onsite() && first.iter().any(|row| row.customer == visit.customer);
    let earliest = day.visits.iter().find(there);
    let plans = first.iter().map(|row| row.at);
    let measured = match earliest {
        Some(visit) => Words::same(visit.started.clock().long()),
        None => words("未拜访", "no visit"),
    };
    let evidence = match earliest {
        Some(visit) => Evidence::new(visit.at, plans),
        None => Evidence::of(plans).expect("a day is assessed for its first rows"),
    };
    let by = params.by;
    let (zh, en) = match earliest {
        Some(visit) => (
            format!("{} 才到达当天计划第一户，应不晚于 {by}", visit.started.clock().long()),
            format!("the first planned customer was reached at {}, later than {by}", visit.started.clock().long()),
        ),
        None => (
            format!("当天计划第一户没有实地拜访，应不晚于 {by} 到达"),
            format!("the first planned customer was not visited on site; {by} is the limit"),
        ),
    };
    Finding::new(When::Date(day.date), measured, Words::same(format_args!("≤ {by}")), evidence)
        .limit_text(by)
        .message(zh, en)
}
