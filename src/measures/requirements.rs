//! What the rules that ask for visits require, for who looks ahead by them.

use super::coverage::CycleTerms;
use crate::model::Percent;

/// Nothing of a rule that is off.
#[derive(Clone, Debug, Default)]
pub(crate) struct Requirements {
    /// `onsite-share`: of the due customers.
    pub onsite_share: Option<Percent>,
    pub must_onsite: bool,
    pub coverage: Option<CycleTerms>,
    /// `new-customer`: days behind the opening.
    pub new_customer: Option<u32>,
    /// `reschedule`: days either way.
    pub reschedule: Option<u32>,
}
