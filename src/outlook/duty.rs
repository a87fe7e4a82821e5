//! The rules that ask for visits.

/// A rule that asks for visits. The order is that in which a customer's duties are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Duty {
    Coverage,
    MustOnsite,
    NewCustomer,
    Reschedule,
    OnsiteShare,
}

impl Duty {
    pub(crate) const ALL: [Self; 5] =
        [Self::OnsiteShare, Self::MustOnsite, Self::Coverage, Self::NewCustomer, Self::Reschedule];

    /// The rule's id.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::MustOnsite => "must-onsite",
            Self::NewCustomer => "new-customer",
            Self::Reschedule => "reschedule",
            Self::OnsiteShare => "onsite-share",
        }
    }
}
