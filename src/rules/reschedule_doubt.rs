//! What may make up for a visit that was pushed aside, as far as it can be read (SPEC §1.1).

use crate::doubt::{Mended, RejectedVisits, is_his};
use crate::judgement::Doubt;
use crate::measures::{Displaced, ManagerMonth};
use crate::model::{At, Column, CustomerId, DateSpan, ManagerId, PlanRow, Visit};
use chrono::NaiveDate;

/// What was pushed aside.
pub(super) struct Unit {
    pub customer: CustomerId,
    pub date: NaiveDate,
    /// When it can be made up for.
    pub around: DateSpan,
    /// Whether any file says when plans were made.
    pub has_created: bool,
}

/// A visit to the customer, used or rejected.
struct Visited {
    manager: ManagerId,
    date: Option<NaiveDate>,
    rejected: Option<At>,
}

/// A plan row for the customer, used or rejected.
struct Planned<'m> {
    row: PlanRow<'m>,
    rejected: bool,
}

impl Planned<'_> {
    fn date(&self) -> Option<NaiveDate> {
        (!self.row.unknown.contains(Column::Date)).then_some(self.row.date)
    }
}

impl Unit {
    pub(super) fn of(month: &ManagerMonth, displaced: &Displaced) -> Self {
        let Displaced { customer, date, around, .. } = *displaced;
        Self { customer, date, around, has_created: month.has_created() }
    }

    /// The cell for which a plan row that was kept may make up for it.
    pub(super) fn cell(&self, plan: &PlanRow) -> Option<Doubt> {
        let columns = [Column::RescheduledFrom, Column::CreatedAt];
        let columns = if plan.date > self.date { &columns[..] } else { &columns[..1] };
        Doubt::first_of(plan.at, plan.unknown, columns).filter(|_| plan.date != self.date)
    }

    /// Whether rejected visits and plan rows may make up for it, or be the visit itself.
    pub(super) fn by_rejected(&self, month: &ManagerMonth) -> Mended {
        let mut undated: Vec<At> = Vec::new();
        let (visits, plans) = (self.visits(month), self.plans(month));
        let on_the_date = visits.iter().filter(|visit| is_his(month, visit.manager));
        for visit in on_the_date.filter(|visit| visit.date.is_none_or(|date| date == self.date)) {
            match (visit.rejected, visit.date) {
                (Some(at), Some(_)) => return Mended::By(Doubt::row(at)),
                (at, _) => undated.extend(at),
            }
        }
        for (visit, plan) in visits.iter().flat_map(|visit| plans.iter().map(move |plan| (visit, plan))) {
            let rejected = [visit.rejected, plan.rejected.then_some(plan.row.at)];
            let Some(first) = rejected.into_iter().flatten().next().filter(|_| self.may_be_made_up(visit, plan)) else {
                continue;
            };
            let lacks_date = [(visit.rejected, visit.date), (rejected[1], plan.date())];
            let lacks_date = lacks_date.into_iter().filter(|(_, date)| date.is_none()).filter_map(|(at, _)| at);
            let rows: Vec<At> = lacks_date.collect();
            if rows.is_empty() {
                return Mended::By(Doubt::row(first));
            }
            undated.extend(rows);
        }
        undated.sort_unstable();
        undated.dedup();
        if undated.is_empty() { Mended::No } else { Mended::ByUndated(undated) }
    }

    /// Visits to the customer while it can be made up for.
    fn visits(&self, month: &ManagerMonth) -> Vec<Visited> {
        let own = month.visits_in(self.around).iter().filter(|visit| visit.customer == self.customer);
        let own = own.map(|visit| (visit.manager, visit.date()));
        let others = month.book.visits_by_others(self.customer, month.id).into_iter();
        let used = own.chain(others.filter(|(_, date)| self.around.contains(*date)));
        let mut visits: Vec<Visited> =
            used.map(|(manager, date)| Visited { manager, date: Some(date), rejected: None }).collect();
        let RejectedVisits { dated, undated } = RejectedVisits::to(month, self.customer, self.around, |_| true);
        let rejected = |visit: &Visit, date| Visited { manager: visit.manager, date, rejected: Some(visit.at) };
        visits.extend(dated.into_iter().map(|visit| rejected(visit, Some(visit.date()))));
        visits.extend(undated.into_iter().map(|visit| rejected(visit, None)));
        visits
    }

    /// Plan rows for the customer of whoever visited him.
    fn plans<'m>(&self, month: &'m ManagerMonth) -> Vec<Planned<'m>> {
        let mut managers: Vec<ManagerId> = self.visits(month).iter().map(|visit| visit.manager).collect();
        managers.extend(month.file.rejected.plans.iter().map(|plan| plan.manager));
        managers.push(month.id);
        managers.retain(|manager| *manager != ManagerId::NOBODY);
        managers.sort_unstable();
        managers.dedup();
        let used = managers.into_iter().flat_map(|manager| month.book.plans_for(manager, self.customer));
        let used = used.filter(|plan| self.around.contains(plan.date)).map(|row| Planned { row, rejected: false });
        let rejected = month.file.rejected.plans.iter().filter(|plan| {
            let names_nobody = plan.customer == CustomerId::NOBODY && plan.manager == month.id;
            plan.customer == self.customer || names_nobody
        });
        used.chain(rejected.map(|row| Planned { row: row.clone(), rejected: true })).collect()
    }

    /// Whether a visit may have been made by a plan row that makes up for the date.
    fn may_be_made_up(&self, visit: &Visited, plan: &Planned) -> bool {
        let same_manager =
            visit.manager == plan.row.manager || [visit.manager, plan.row.manager].contains(&ManagerId::NOBODY);
        let same_date = visit.date.is_none() || plan.date().is_none() || visit.date == plan.date();
        let date = visit.date.or(plan.date());
        let is_near = date.is_none_or(|date| self.around.contains(date) && date != self.date);
        let is_unknown = |column| plan.row.unknown.contains(column);
        let names_date = is_unknown(Column::RescheduledFrom) || plan.row.rescheduled_from == Some(self.date);
        let made_since = !self.has_created
            || is_unknown(Column::CreatedAt)
            || plan.row.created.is_some_and(|created| created.date >= self.date);
        let is_behind = date.is_none_or(|date| date > self.date);
        same_manager && same_date && is_near && (names_date || is_behind && made_since)
    }
}
