//! Parameters of rules that commands go by too. A command that does what a rule will judge must go by the same numbers, and
//! which rule that is stands here, not in the command.

pub(crate) use super::cadence_ahead::{still_due, widen as widen_to_still_due};

use super::call_proof::CallProof;
use super::config::Ruleset;
use super::coverage::Coverage;
use super::daily_summary::DailySummary;
use super::daily_sync::DailySync;
use super::field_time::{self, FieldTime};
use super::first_arrival::FirstArrival;
use super::must_onsite::MustOnsite;
use super::new_customer::NewCustomer;
use super::onsite_share::OnsiteShare;
use super::photo_reuse::PhotoReuse;
use super::plan_adherence::PlanAdherence;
use super::plan_made::PlanMade;
use super::reschedule::Reschedule;
use super::same_position::SamePosition;
use super::service_quality::ServiceQuality;
use super::spot_check_size::SpotCheckSize;
use super::unplanned_cap::UnplannedCap;
use super::visit_upload::VisitUpload;
use super::{ALL, Meta, Rule};
use crate::measures::{CallTerms, Requirements};
use crate::model::{ClockTime, Percent};

const SHIPPED: &str = "the rules that ship are all on";

/// Gaps between visits that count as field time, in seconds: days are told of as `field-time` counts them.
pub fn max_gap(ruleset: &Ruleset) -> Option<u32> {
    ruleset.params::<FieldTime>().map(field_time::Params::max_gap)
}

/// What a plan sheet reminds of; nothing of a rule that is off.
pub struct OfSheets {
    /// 六.2: customers visited without a plan, of the day's customers.
    pub cap: Option<Percent>,
    /// 六.1: when the first customer is to be reached.
    pub first_by: Option<ClockTime>,
    /// 五(一).3: when the day's visits are to be uploaded.
    pub upload_by: Option<ClockTime>,
}

pub fn of_sheets(ruleset: &Ruleset) -> OfSheets {
    OfSheets {
        cap: ruleset.params::<UnplannedCap>().map(|params| params.max_percent),
        first_by: ruleset.params::<FirstArrival>().map(|params| params.by),
        upload_by: ruleset.params::<VisitUpload>().map(|params| params.by),
    }
}

/// How many customers a spot check is to have, in percent of those visited (七.1). A draw can be asked for where the rule is
/// off: then as it ships.
pub fn of_draws(ruleset: &Ruleset, built_in: &Ruleset) -> Percent {
    let size = ruleset.params::<SpotCheckSize>().or_else(|| built_in.params::<SpotCheckSize>());
    size.expect(SHIPPED).percent
}

/// Which calls prove the visits on a list to be checked (七.2(1)); likewise.
pub fn of_calls<'r>(ruleset: &'r Ruleset, built_in: &'r Ruleset) -> CallTerms<'r> {
    let calls = ruleset.params::<CallProof>().or_else(|| built_in.params::<CallProof>());
    calls.expect(SHIPPED).terms()
}

/// Which calls prove visits, for another rule that asks; nothing where the rule that says so is off.
pub fn of_proofs(ruleset: &Ruleset) -> Option<CallTerms<'_>> {
    ruleset.params::<CallProof>().map(|params| params.terms())
}

/// The fewest characters of a text that tells which photo it is of; nothing where nobody compares them.
pub fn photo_chars(ruleset: &Ruleset) -> Option<u32> {
    ruleset.params::<PhotoReuse>().map(|params| params.min_chars.0)
}

/// How many on-site check-ins a month must have to be looked at as a whole, which two rules go by: where the one that says so
/// is off, as it ships.
pub fn min_checkins(ruleset: &Ruleset) -> u64 {
    let given = |ruleset: &Ruleset| ruleset.params::<SamePosition>().map(|params| u64::from(params.min_visits.0));
    given(ruleset).or_else(|| given(&Ruleset::built_in())).expect(SHIPPED)
}

/// What the rules that ask for visits require, for who looks ahead.
pub(crate) fn requirements(ruleset: &Ruleset) -> Requirements {
    Requirements {
        onsite_share: ruleset.params::<OnsiteShare>().map(|params| params.min_percent),
        must_onsite: ruleset.params::<MustOnsite>().is_some(),
        coverage: ruleset.params::<Coverage>().map(|params| params.terms()),
        new_customer: ruleset.params::<NewCustomer>().map(|params| params.within_days.0),
        reschedule: ruleset.params::<Reschedule>().map(|params| params.within_days.0),
    }
}

/// The rules whose findings call for a check of the customer (SPEC-month §7).
pub fn of_targets() -> Vec<&'static str> {
    let calls_for_one = |meta: &&Meta| meta.is_of_integrity() || meta.id == CallProof::META.id;
    ALL.iter().map(|rule| rule.meta()).filter(calls_for_one).map(|meta| meta.id).collect()
}

/// The rule of what market checks find at each customer: whom it finds are proposed to be seen on site (六.3).
pub fn of_scores() -> &'static str {
    ServiceQuality::META.id
}

/// The rules of which each day of a manager is a unit.
pub fn of_days() -> [&'static str; 7] {
    [
        FirstArrival::META.id,
        FieldTime::META.id,
        PlanAdherence::META.id,
        PlanMade::META.id,
        UnplannedCap::META.id,
        DailySync::META.id,
        DailySummary::META.id,
    ]
}
