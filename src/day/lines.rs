//! A day's plan rows and visits, a line each.

use super::terms::Terms;
use crate::measures::{Day, PlanSource, Proof};
use crate::model::{At, ColumnSet, CustomerId, Mode, Moment, Outcome, PlanRow, Position, Source, Visit};
use chrono::NaiveDate;

/// A plan row of the date, or a move that took a customer away from it who has no row there.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    /// The row; of a customer without one the row that moved him.
    pub at: At,
    pub customer: CustomerId,
    pub seq: Option<u32>,
    pub mode: Option<Mode>,
    pub created: Option<Moment>,
    /// The date that it was moved here from.
    pub from: Option<NaiveDate>,
    /// The date that it was moved to, and the row that says so: it stands no longer.
    pub to: Option<(NaiveDate, At)>,
    /// Made after the day's first visit had begun.
    pub is_late: bool,
    /// Whether the customer was visited on the date.
    pub is_visited: bool,
}

impl Planned {
    /// How it is called in machine formats.
    pub(crate) fn state(&self) -> &'static str {
        if self.to.is_some() { "moved" } else { "standing" }
    }
}

/// By `seq`, then file order.
pub(super) fn plans(day: &Day) -> Vec<Planned> {
    let is_visited = |customer: CustomerId| day.visits.iter().any(|visit| visit.customer == customer);
    let line = |plan: &PlanRow| Planned {
        at: plan.at,
        customer: plan.customer,
        seq: plan.seq,
        mode: plan.mode,
        created: plan.created,
        from: plan.moved_from(),
        to: day.moves().iter().find(|moved| moved.customer == plan.customer).map(|moved| (moved.to, moved.at)),
        is_late: day.is_after_the_fact(plan.created),
        is_visited: is_visited(plan.customer),
    };
    let mut lines: Vec<Planned> = day.plans.iter().map(line).collect();
    lines.sort_by_key(|line| (line.seq.is_none(), line.seq, line.at));
    let has_row = |customer: CustomerId| day.plans.iter().any(|plan| plan.customer == customer);
    lines.extend(day.moves().iter().filter(|moved| !has_row(moved.customer)).map(|moved| Planned {
        at: moved.at,
        customer: moved.customer,
        seq: None,
        mode: None,
        created: moved.created,
        from: None,
        to: Some((moved.to, moved.at)),
        is_late: day.is_after_the_fact(moved.created),
        is_visited: is_visited(moved.customer),
    }));
    lines
}

/// A visit of the date.
#[derive(Clone, Debug)]
pub(crate) struct Visited {
    pub at: At,
    pub id: Option<Box<str>>,
    pub customer: CustomerId,
    pub mode: Mode,
    pub outcome: Outcome,
    /// `None` of one that was not made.
    pub started: Option<Moment>,
    pub ended: Option<Moment>,
    /// Whether the plan had the customer beforehand; `None` where nothing tells.
    pub is_planned: Option<bool>,
    pub uploaded: Option<Moment>,
    pub source: Source,
    /// Where it was checked in, and where the archive has the customer, in WGS-84.
    pub place: Option<Position>,
    pub archive: Option<Position>,
    /// Of a phone visit that was to be proven.
    pub proof: Option<Proof>,
    /// The columns whose cell is there but cannot be read.
    pub unknown: ColumnSet,
}

impl Visited {
    /// From start to end, in seconds.
    pub(crate) fn seconds(&self) -> Option<i64> {
        Some(self.ended?.since(self.started?))
    }

    /// How far the check-in lies from the archive's position.
    pub(crate) fn metres(&self) -> Option<f64> {
        Some(self.place?.metres_to(self.archive?))
    }
}

/// Those that were made, then those that were not.
pub(super) fn visits(terms: &Terms, day: &Day) -> Vec<Visited> {
    let unmade = terms.month.file.unmade_visits.iter().filter(|visit| visit.date() == day.date);
    let made = day.visits.iter().map(|visit| line(terms, day, visit, true));
    made.chain(unmade.map(|visit| line(terms, day, visit, false))).collect()
}

fn line(terms: &Terms, day: &Day, visit: &Visit, is_made: bool) -> Visited {
    let month = terms.month;
    let tells_plan = month.plan_source() != PlanSource::None && month.in_plans_window(day.date);
    let archive = month.customer(visit.customer).and_then(|customer| month.archive_place(&customer));
    Visited {
        at: visit.at,
        id: visit.id.text().map(Box::from),
        customer: visit.customer,
        mode: visit.mode,
        outcome: visit.outcome,
        started: is_made.then_some(visit.started),
        ended: visit.end().filter(|_| is_made),
        is_planned: tells_plan.then(|| day.is_planned(visit.customer)),
        uploaded: visit.uploaded,
        source: visit.source,
        place: month.checkin_place(visit).filter(|_| visit.is_onsite()),
        // Where the systems of coordinates differ no way between them counts.
        archive: archive.filter(|_| visit.is_onsite() && !month.offset),
        proof: terms.proofs.iter().find(|(proven, _)| proven.at == visit.at).map(|(_, proof)| proof.clone()),
        unknown: visit.unknown,
    }
}
