//! What rules.toml says besides the rules.

use super::calendar::Calendar;
use super::points::Points;
use super::quality::QualityItems;
use super::quantity::Percent;
use super::vocabulary::DayStatus;
use crate::lang::Lang;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// The datum that coordinates are given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoordinateSystem {
    Wgs84,
    Gcj02,
    Bd09,
}

impl CoordinateSystem {
    /// As in rules.toml.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }
}

/// `[appeals]`: which accepted appeals count (SPEC-month §4).
#[derive(Clone, Debug)]
pub struct AppealTerms {
    /// The reasons that may be given; any where it is empty.
    pub codes: Vec<String>,
    /// Who may accept an appeal; anyone but a manager where it is empty.
    pub approvers: Vec<String>,
    /// So many working days an appeal may be filed after the month or the notice; 0 for any time.
    pub working_days: u32,
    /// When the month's findings were made known.
    pub notice_date: Option<NaiveDate>,
}

/// How managers are scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoringMode {
    /// By the shares of units that pass (SPEC §3.4).
    Rate,
    /// By points that findings take (SPEC-month §6).
    Points,
}

/// `[[points]]`: what the findings of a rule take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Deduction {
    pub per_finding: Points,
    /// The rule takes no more than this.
    pub cap: Option<Points>,
    /// From so many findings on nothing is left (一票否决).
    pub veto: Option<u32>,
}

/// `[scores]` and `[[points]]`.
#[derive(Clone, Debug)]
pub struct Scoring {
    pub mode: ScoringMode,
    /// What points are taken from.
    pub base: Points,
    /// By rule.
    pub deductions: BTreeMap<String, Deduction>,
}

impl Scoring {
    /// What findings of a rule take; nothing where scores are no points.
    pub fn deduction(&self, rule: &str) -> Option<&Deduction> {
        self.deductions.get(rule).filter(|_| self.mode == ScoringMode::Points)
    }
}

/// `[notice]`: what stands on the circular and on the notices to managers (SPEC-month §5).
#[derive(Clone, Debug)]
pub struct NoticeTerms {
    /// Who signs.
    pub issuer: String,
    /// The number of a notice: `{year}`, `{month}`, `{manager}` and `{n}` stand for what they say.
    pub number: String,
    /// So many working days after its date what was found is to be put right.
    pub working_days: u32,
    /// Whether the circular names the head of the ranking.
    pub ranking: bool,
}

impl NoticeTerms {
    /// What a number may be made of.
    pub const PARTS: [&str; 4] = ["year", "month", "manager", "n"];
}

/// The tables of rules.toml that are no rules.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `[calendar]`
    pub calendar: Calendar,
    /// `[days] excuse`: the day statuses that excuse a manager.
    pub excuse: Vec<DayStatus>,
    /// `[managers] ignore`: ids that are nobody to be judged.
    pub ignore: Vec<String>,
    /// `[due] include_suspended`: whether suspended customers are due all the same.
    pub include_suspended: bool,
    /// `[phone] area_code`: put in front of numbers of 7 or 8 digits.
    pub area_code: String,
    /// `[coordinates] archive`
    pub archive: CoordinateSystem,
    /// `[coordinates] checkin`
    pub checkin: CoordinateSystem,
    /// `[input] max_rejected_percent`: a file with more rejected rows than this stops the run.
    pub max_rejected: Percent,
    /// `[input] max_unknown_percent`: where more of the customers visited are in no archive, ids do not join.
    pub max_unknown: Percent,
    /// `[input] max_unpacked_mb`, in bytes: what is packed, or comes from a pipe, is no more than this.
    pub max_unpacked: u64,
    /// `[ranking] min_days`: assessed field-time days below which a manager is not ranked.
    pub min_days: u32,
    /// `[scores]`, `[[points]]`
    pub scoring: Scoring,
    /// `[[quality]]`: what market checks look at.
    pub quality: QualityItems,
    /// `[rules.must-onsite] from_quality`: who scored less than this must be seen on site in the month after.
    pub onsite_below: Option<Percent>,
    /// `[appeals]`
    pub appeals: AppealTerms,
    /// `[notice]`
    pub notice: NoticeTerms,
    /// `[outlook] per_day`: customers that a manager can see on a day; `None`: as many as he usually does.
    pub per_day: Option<u32>,
    /// `[outlook] onsite_per_day`: of them on site, likewise.
    pub onsite_per_day: Option<u32>,
    /// `[plan] kmh`: how fast managers get from one customer to the next.
    pub kmh: u32,
    /// `[sheet] proposed`: how many customers a sheet proposes at most for a day without a plan.
    pub proposed: u32,
    /// `[output] lang`: the language for people where neither the command line nor the system says one.
    pub lang: Option<Lang>,
}
