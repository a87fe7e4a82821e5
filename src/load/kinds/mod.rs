//! What the rows of each kind are, from their cells to the records that rules read (SPEC §2.1, §2.3): a file a kind. Visits,
//! calls, plans and customers are many, and kept packed; rows of the other kinds are kept as their records.

mod appeals;
mod calls;
mod checks;
mod customers;
mod days;
mod inquiries;
mod managers;
mod plans;
mod quality;
mod services;
mod visits;

pub use calls::CallRow;
pub use customers::CustomerRow;
pub(super) use customers::shops;
pub(super) use managers::own_numbers;
pub use plans::PlannedRow;
pub use visits::VisitRow;

/// The one list of the kinds: the name of each one's partition, its rows, and the kind. It is handed to another macro, behind
/// what that is told besides.
macro_rules! with_kinds {
    ($macro:ident!($($told:tt)*)) => {
        $macro! {
            ($($told)*)
            customers: CustomerRow = Customers,
            visits: VisitRow = Visits,
            calls: CallRow = Calls,
            plans: PlannedRow = Plans,
            days: DayRecord = Days,
            managers: Manager = Managers,
            services: Service = Services,
            inquiries: Inquiry = Inquiries,
            checks: Check = Checks,
            appeals: Appeal = Appeals,
            quality: Quality = Quality,
        }
    };
}

pub(super) use with_kinds;
