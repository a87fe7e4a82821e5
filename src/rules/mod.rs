//! The rules: what each is, and the list of all.
//!
//! A new rule touches four places: its file here, its line in [`ALL`], its table in rules.toml, its folder under
//! `tests/rules`. `tests/registry.rs` fails when one of them is missing.

mod archive;
mod archive_position;
mod cadence;
mod cadence_ahead;
mod cadence_doubt;
mod cadence_entry;
mod cadence_served;
mod call_proof;
mod clock;
mod complaints;
pub mod config;
mod coverage;
mod daily_summary;
mod daily_sync;
mod edge_calls;
mod entries;
mod exception_evidence;
mod excused_visit;
mod field_time;
mod first_arrival;
mod geofence;
mod inquiry_reply;
mod layers;
mod lists;
mod market_check;
mod must_onsite;
mod need;
mod new_customer;
mod onsite_doubt;
mod onsite_share;
mod overlap;
mod overlay;
mod paper_fallback;
pub mod parameters;
mod photo_reuse;
mod plan_adherence;
mod plan_ahead;
mod plan_contact;
mod plan_made;
mod points;
mod quality_items;
mod reschedule;
mod reschedule_doubt;
mod retention;
mod round_times;
mod same_position;
mod service_quality;
mod settings;
mod share_of_month;
mod short_visit;
mod spot_check_result;
mod spot_check_size;
pub mod terms;
mod travel_speed;
mod unplanned_cap;
mod visit_upload;
mod web_proof;

use crate::doubt::Mended;
use crate::headline::{DayMeasure, Headline, ShownLimit};
use crate::judgement::{Finding, Party, Tally};
use crate::lang::Words;
use crate::measures::{ManagerMonth, Unmet};
use crate::model::{Month, Scope};
use crate::obstacle::ObstacleKind;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::marker::PhantomData;

use need::ENDS;
pub use need::Need;
pub(crate) use need::PLANNED;

/// All rules, in the order of the contract.
pub static ALL: &[&dyn AnyRule] = &[
    &Of::<first_arrival::FirstArrival>::NEW,
    &Of::<field_time::FieldTime>::NEW,
    &Of::<plan_adherence::PlanAdherence>::NEW,
    &Of::<plan_made::PlanMade>::NEW,
    &Of::<unplanned_cap::UnplannedCap>::NEW,
    &Of::<onsite_share::OnsiteShare>::NEW,
    &Of::<must_onsite::MustOnsite>::NEW,
    &Of::<exception_evidence::ExceptionEvidence>::NEW,
    &Of::<reschedule::Reschedule>::NEW,
    &Of::<paper_fallback::PaperFallback>::NEW,
    &Of::<plan_ahead::PlanAhead>::NEW,
    &Of::<daily_sync::DailySync>::NEW,
    &Of::<visit_upload::VisitUpload>::NEW,
    &Of::<daily_summary::DailySummary>::NEW,
    &Of::<plan_contact::PlanContact>::NEW,
    &Of::<call_proof::CallProof>::NEW,
    &Of::<web_proof::WebProof>::NEW,
    &Of::<coverage::Coverage>::NEW,
    &Of::<retention::Retention>::NEW,
    &Of::<spot_check_size::SpotCheckSize>::NEW,
    &Of::<spot_check_result::SpotCheckResult>::NEW,
    &Of::<market_check::MarketCheck>::NEW,
    &Of::<service_quality::ServiceQuality>::NEW,
    &Of::<archive::Archive>::NEW,
    &Of::<inquiry_reply::InquiryReply>::NEW,
    &Of::<complaints::Complaints>::NEW,
    &Of::<new_customer::NewCustomer>::NEW,
    &Of::<cadence::Cadence>::NEW,
    &Of::<overlap::Overlap>::NEW,
    &Of::<travel_speed::TravelSpeed>::NEW,
    &Of::<geofence::Geofence>::NEW,
    &Of::<short_visit::ShortVisit>::NEW,
    &Of::<clock::Clock>::NEW,
    &Of::<excused_visit::ExcusedVisit>::NEW,
    &Of::<photo_reuse::PhotoReuse>::NEW,
    &Of::<same_position::SamePosition>::NEW,
    &Of::<archive_position::ArchivePosition>::NEW,
    &Of::<round_times::RoundTimes>::NEW,
    &Of::<edge_calls::EdgeCalls>::NEW,
];

/// What is known of a rule without its parameters.
pub struct Meta {
    pub id: &'static str,
    /// The clause of the regulation, or `integrity`.
    pub clause: &'static str,
    pub party: Party,
    /// What must be loaded for the rule to be assessed at all.
    pub needs: &'static [Need],
    /// A few words: what is judged.
    pub title: Words,
    /// Which units are looked at.
    pub assessed: Words,
    /// When a unit fails.
    pub fails: Words,
    /// What to do about a finding.
    pub remedy: Words,
    /// A finding as it may read (invented).
    pub example: Words,
    /// Why a manager may have no unit at all.
    pub nothing: Words,
}

/// What stands for a clause where none is judged by.
pub(crate) const INTEGRITY: &str = "integrity";

impl Meta {
    /// Whether it judges what records hardly can say if they are true, and no clause of the regulation.
    pub fn is_of_integrity(&self) -> bool {
        self.clause == INTEGRITY
    }
}

/// A rule of the regulation or of integrity.
pub trait Rule: Send + Sync + 'static {
    /// Its table in rules.toml, without `severity` and `weight`.
    type Params: DeserializeOwned + Serialize + Send + Sync + 'static;

    const META: Meta;

    /// Heads every report, beside those of other rules in the order of the contract.
    const HEADLINE: Option<Headline> = None;

    /// The measure of each day that it judges, where reports show one.
    const DAY: Option<DayMeasure> = None;

    /// Of an integrity rule: where over half of its units fail, and they are no fewer than this, the app is at fault and nobody
    /// is judged by it (SPEC §1.2).
    const FEWEST_UNITS: u64 = 40;

    /// So many of what its findings and shares count make one: 100 where they count hundredths.
    const SCALE: u64 = 1;

    /// The limit as it stands beside a headline or a day's measure.
    fn limit(_params: &Self::Params) -> Option<ShownLimit> {
        None
    }

    /// The obstacles that stand in its way.
    fn hangs_on(_params: &Self::Params) -> &'static [ObstacleKind] {
        &[]
    }

    /// What must be loaded with these parameters, where that is not what it is with others.
    fn needs(_params: &Self::Params) -> &'static [Need] {
        Self::META.needs
    }

    /// Whether each unit is a customer's: judging then names the customer of each to the tally.
    fn per_customer(_params: &Self::Params) -> bool {
        false
    }

    /// Every month is judged by how things are today, so that none before it can be told from it.
    const OF_TODAY: bool = false;

    /// Looks at more than the month itself.
    fn widen(_params: &Self::Params, _month: Month, _scope: &mut Scope) {}

    /// Judges one manager's month unit by unit.
    fn judge(params: &Self::Params, month: &ManagerMonth, tally: &mut Tally);
}

/// A rule whatever its parameters.
pub trait AnyRule: Send + Sync {
    fn meta(&self) -> &'static Meta;
    fn headline(&self) -> Option<&'static Headline>;

    /// Reads the parameters.
    fn configure(&self, table: toml::Table) -> Result<Box<dyn Judge>, toml::de::Error>;
}

/// A rule with its parameters.
pub trait Judge: Send + Sync {
    fn widen(&self, month: Month, scope: &mut Scope);
    /// What must be loaded for it.
    fn needs(&self) -> &'static [Need];
    fn judge(&self, month: &ManagerMonth, tally: &mut Tally);
    /// The obstacles that stand in the rule's way.
    fn hangs_on(&self) -> &'static [ObstacleKind];
    fn parameters(&self) -> serde_json::Value;
    fn headline(&self) -> Option<&'static Headline>;
    fn day(&self) -> Option<DayMeasure>;
    fn fewest_units(&self) -> u64;
    fn limit(&self) -> Option<ShownLimit>;
    /// So many of what it counts make one.
    fn scale(&self) -> u64;
    /// Whether each unit is a customer's.
    fn per_customer(&self) -> bool;
    /// Whether every month is judged by how things are today.
    fn of_today(&self) -> bool;
    /// The parameters as their own type, for a command that goes by them too.
    fn params(&self) -> &dyn Any;
}

/// Counts a unit: it passes where nothing is `unmet`, and a unit that fails is in doubt where something that could not be read
/// might mend it.
fn settle_unmet(
    tally: &mut Tally,
    unmet: Option<&Unmet>,
    mended: impl FnOnce() -> Mended,
    finding: impl FnOnce() -> Finding,
) {
    match unmet {
        None => tally.pass(),
        Some(Unmet::NotAssessed(reason)) => tally.skip(reason.clone()),
        Some(Unmet::Pending) => tally.pending(),
        Some(Unmet::Failed) => mended().settle(tally, finding()),
    }
}

/// Likewise a unit over a period: it passes as soon as its limit is met, and otherwise comes to what `unmet` says.
fn settle_unless(
    tally: &mut Tally,
    met: bool,
    unmet: &Unmet,
    mended: impl FnOnce() -> Mended,
    finding: impl FnOnce() -> Finding,
) {
    settle_unmet(tally, (!met).then_some(unmet), mended, finding);
}

/// A rule's type as a value of the list.
pub struct Of<R>(PhantomData<fn() -> R>);

impl<R> Of<R> {
    pub const NEW: Self = Self(PhantomData);
}

impl<R: Rule> Of<R> {
    const META: &'static Meta = &R::META;
    const HEADLINE: &'static Option<Headline> = &R::HEADLINE;
}

struct With<R: Rule>(R::Params);

impl<R: Rule> AnyRule for Of<R> {
    fn meta(&self) -> &'static Meta {
        Self::META
    }

    fn headline(&self) -> Option<&'static Headline> {
        Self::HEADLINE.as_ref()
    }

    fn configure(&self, table: toml::Table) -> Result<Box<dyn Judge>, toml::de::Error> {
        Ok(Box::new(With::<R>(table.try_into()?)))
    }
}

impl<R: Rule> Judge for With<R> {
    fn widen(&self, month: Month, scope: &mut Scope) {
        R::widen(&self.0, month, scope);
    }

    fn needs(&self) -> &'static [Need] {
        R::needs(&self.0)
    }

    fn judge(&self, month: &ManagerMonth, tally: &mut Tally) {
        R::judge(&self.0, month, tally);
    }

    fn hangs_on(&self) -> &'static [ObstacleKind] {
        R::hangs_on(&self.0)
    }

    fn parameters(&self) -> serde_json::Value {
        serde_json::to_value(&self.0).expect("parameters are plain numbers, texts and lists")
    }

    fn headline(&self) -> Option<&'static Headline> {
        Of::<R>::HEADLINE.as_ref()
    }

    fn day(&self) -> Option<DayMeasure> {
        R::DAY
    }

    fn fewest_units(&self) -> u64 {
        R::FEWEST_UNITS
    }

    fn limit(&self) -> Option<ShownLimit> {
        R::limit(&self.0)
    }

    fn scale(&self) -> u64 {
        R::SCALE
    }

    fn per_customer(&self) -> bool {
        R::per_customer(&self.0)
    }

    fn of_today(&self) -> bool {
        R::OF_TODAY
    }

    fn params(&self) -> &dyn Any {
        &self.0
    }
}
