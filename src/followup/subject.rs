//! What is followed from month to month.

/// So many months before the month may tell how a subject stood.
pub(crate) const LOOK_BACK: usize = 3;

/// Of what findings of several months may speak.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Subject {
    pub manager: String,
    pub rule: String,
    /// The cadence entry.
    pub item: Option<String>,
    /// Where the rule is judged customer by customer.
    pub customer: Option<String>,
}
