//! What is loaded of one manager.

use crate::model::*;

/// Everything loaded of one manager, in the order of time.
pub struct ManagerFile<'a> {
    pub id: ManagerId,
    /// His row of the managers file.
    pub record: Option<&'a Manager>,
    /// The customers of the archive that name him, by id.
    pub customers: Vec<Customer<'a>>,
    /// By start, then file order.
    pub visits: Vec<Visit<'a>>,
    /// Rows of visits files that tell of no visit, by date, then file order.
    pub unmade_visits: Vec<Visit<'a>>,
    /// By start, then file order.
    pub calls: Vec<Call>,
    /// By date, then file order.
    pub plans: Vec<PlanRow<'a>>,
    pub days: Vec<DayRecord>,
    pub services: Vec<Service>,
    pub inquiries: Vec<Inquiry>,
    pub checks: Vec<Check>,
    pub quality: Vec<Quality>,
    pub rejected: RejectedRows<'a>,
}

/// Rejected rows that may be a manager's: those that name him, and those that name a customer of his and another manager, or
/// none (SPEC §1.1). In file order.
pub struct RejectedRows<'a> {
    pub visits: Vec<Visit<'a>>,
    pub calls: Vec<Call>,
    pub plans: Vec<PlanRow<'a>>,
    pub days: Vec<DayRecord>,
    pub services: Vec<Service>,
    pub checks: Vec<Check>,
    pub quality: Vec<Quality>,
}

impl ManagerFile<'_> {
    /// Brings all of it into its order.
    pub(super) fn sort(&mut self) {
        self.customers.sort_unstable_by_key(|customer| customer.id);
        self.visits.sort_unstable_by_key(|visit| (visit.started, visit.at));
        self.unmade_visits.sort_unstable_by_key(|visit| (visit.started, visit.at));
        self.calls.sort_unstable_by_key(|call| (call.started, call.at));
        self.plans.sort_unstable_by_key(|plan| (plan.date, plan.at));
        self.days.sort_unstable_by_key(|day| (day.date, day.at));
        self.services.sort_unstable_by_key(|service| (service.done_on, service.at));
        self.inquiries.sort_unstable_by_key(|inquiry| (inquiry.received, inquiry.at));
        self.checks.sort_unstable_by_key(|check| (check.month, check.at));
        self.quality.sort_unstable_by_key(|row| (row.customer, row.at));
    }
}
