//! Cells of a customer that may say that nothing is asked of him in the month.

use crate::judgement::Doubt;
use crate::measures::{ManagerMonth, cycle_span};
use crate::model::{Column, Customer, Cycle, Month};

/// He may not be open in the month.
pub(crate) fn open_cell(customer: &Customer) -> Option<Doubt> {
    // A date of closing goes before the status.
    let status_counts = customer.closed_on.is_none();
    let columns = [Column::OpenedOn, Column::ClosedOn, Column::Status];
    let columns = if status_counts { &columns[..] } else { &columns[..2] };
    Doubt::first_of(customer.at, customer.unknown, columns)
}

/// He may be suspended; a class can say so too.
pub(crate) fn suspended_cell(customer: &Customer) -> Option<Doubt> {
    Doubt::first_of(customer.at, customer.unknown, &[Column::Suspended, Column::Class])
}

/// He may not be due in the month.
pub(crate) fn due_cell(month: &ManagerMonth, customer: &Customer) -> Option<Doubt> {
    let suspended = || if month.settings.include_suspended { None } else { suspended_cell(customer) };
    let cycle = || {
        let seldom = [Cycle::Bimonthly, Cycle::Quarterly].map(|cycle| is_due_by(cycle, month.month));
        let columns: &[Column] = if seldom == [true; 2] { &[] } else { &[Column::VisitCycle] };
        Doubt::first_of(customer.at, customer.unknown, columns)
    };
    open_cell(customer).or_else(suspended).or_else(cycle)
}

fn is_due_by(cycle: Cycle, month: Month) -> bool {
    cycle_span(cycle, month).last == month.last()
}
