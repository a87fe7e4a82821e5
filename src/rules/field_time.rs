//! 六.1: at least five hours a day in the field.

use super::{ENDS, Meta, Rule};
use crate::doubt::{RejectedRows, fail_or_doubt, possible_state};
use crate::headline::{DayMeasure, Headline, LimitNumber, Measure, ShownLimit};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, say, words};
use crate::measures::{
    Day, Excuse, ManagerMonth, PlanSource, Standing, UNRECORDED, field_seconds, longest_field_seconds,
};
use crate::model::{Column, Hours, Whole};
use serde::{Deserialize, Serialize};

pub(super) struct FieldTime;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Hours of a whole day; half of it is required on a half-excused day.
    hours: Hours,
    /// Gaps between neighbouring visits up to this long count as field time.
    max_gap_minutes: Whole<0, 1440>,
    days: Days,
}

/// Which days must be field days.
#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Days {
    /// Working days, and other days with on-site plan rows.
    Workdays,
    /// Days with on-site plan rows only.
    Planned,
}

impl Params {
    /// In seconds.
    pub(super) fn max_gap(&self) -> u32 {
        self.max_gap_minutes.0 * 60
    }
}

impl Rule for FieldTime {
    type Params = Params;

    const META: Meta = Meta {
        id: "field-time",
        clause: "六.1",
        party: Party::Manager,
        needs: &[ENDS],
        title: words("市场拜访时间", "field time"),
        assessed: words(
            "未全天免考核的每个工作日，以及有实地计划的其他日子",
            "each working day, and other days with on-site plan rows, not excused in full",
        ),
        fails: words(
            "当天实地拜访时间（含短间隔）少于规定小时数；免考核半天的减半",
            "the day's on-site visits with the short gaps between them last less than the limit, half of it on a half-excused day",
        ),
        remedy: words(
            "核对离店时间是否补录，会议、请假是否登记在日工作记录中",
            "check that departures were recorded, and that meetings and leave stand in the day records",
        ),
        example: words(
            "2026-09-01 测得 3:52:06，要求 ≥ 5 小时，visits.csv:1341 起 11 行",
            "2026-09-01: 3:52:06, required ≥ 5 h, visits.csv:1341 and 10 more lines",
        ),
        nothing: words("没有需考核的工作日", "no working day to assess"),
    };

    const HEADLINE: Option<Headline> = Some(Headline {
        short: words("拜访时间", "field time"),
        name: words("市场拜访时间达标天数", "days with enough time in the field"),
        measure: Measure::Days,
        counts: |count, of| say(format!("{count} / {of} 人·天"), format!("{count} of {of} days")),
    });

    const DAY: Option<DayMeasure> = Some(DayMeasure::FieldTime);

    fn limit(params: &Params) -> Option<ShownLimit> {
        let hours = params.hours.as_f64();
        Some(ShownLimit {
            number: LimitNumber::Hours(params.hours),
            words: say(format!("≥{hours}小时"), format!("≥ {hours} h")),
        })
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        if params.days == Days::Planned && month.plan_source() == PlanSource::None {
            return tally.skip(words("没有任何计划数据", "nothing tells which days were planned"));
        }
        for day in month.days() {
            let planned = || day.onsite_standing().next().is_some();
            let working = params.days == Days::Workdays && day.is_working;
            if !(working || planned()) || day.excuse.in_full() || day.is_unrecorded {
                continue;
            }
            let parts = parts_of(day.excuse);
            let max_gap = params.max_gap();
            let seconds = field_seconds(day.visits, max_gap);
            if seconds * parts >= params.hours.seconds() {
                tally.keep(|| finding(params, month, day, seconds, parts));
                continue;
            }
            if month.is_unrecorded(month.month) {
                tally.skip(UNRECORDED);
                continue;
            }
            let reaches = |rejected: &RejectedRows| {
                let excuse = possible_state(month, day, &rejected.days).excuse;
                let longest = longest_field_seconds(day.visits, &rejected.visits, max_gap);
                excuse.in_full() || longest * parts_of(excuse) >= params.hours.seconds()
            };
            let cell = doubtful_plan(day).filter(|_| !working);
            let cell = cell.or_else(|| unknown_cell(day).filter(|_| reaches(&RejectedRows::default())));
            let finding = finding(params, month, day, seconds, parts);
            fail_or_doubt(tally, month, day.date, finding, cell, reaches);
        }
    }
}

/// A half-excused day is half a day.
fn parts_of(excuse: Excuse) -> u32 {
    if excuse.at_all() { 2 } else { 1 }
}

/// The cell over which no row of the plan is sure to ask for field work on a day that is no working day.
fn doubtful_plan(day: &Day) -> Option<Doubt> {
    let doubts = day.onsite_standing().map(|plan| match day.standing_at_all(plan) {
        Standing::Unsure { at, column, .. } => Some(Doubt::cell(at, column)),
        _ => Doubt::first_of(plan.at, plan.unknown, &[Column::Mode]),
    });
    doubts.reduce(Option::and).flatten()
}

/// The first unknown cell of a day that its field time hangs on.
fn unknown_cell(day: &Day) -> Option<Doubt> {
    let ends = [Column::EndedAt, Column::Minutes];
    let visits = day.visits.iter().filter(|visit| visit.is_onsite());
    let mut of_visits = visits.filter_map(|visit| Doubt::first_of(visit.at, visit.unknown, &ends));
    let status = [Column::Status, Column::Part];
    let mut of_day = day.records.iter().filter_map(|record| Doubt::first_of(record.at, record.unknown, &status));
    of_visits.next().or_else(|| of_day.next())
}

fn finding(params: &Params, month: &ManagerMonth, day: &Day, seconds: u32, parts: u32) -> Finding {
    let visits = day.visits.iter();
    let onsite = visits.clone().filter(|visit| visit.is_onsite()).map(|visit| visit.at);
    let evidence = Evidence::of(onsite)
        .or_else(|| Evidence::of(visits.map(|visit| visit.at)))
        .or_else(|| Evidence::of(month.calling_rows(day)));
    let evidence = evidence.expect("a manager of the month stands in some row");
    let required = params.hours.as_f64() / f64::from(parts);
    let measured = format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let half = if parts == 2 { ("（半天免考核）", " (half the day excused)") } else { ("", "") };
    Finding::new(
        When::Date(day.date),
        Words::same(&measured),
        say(format!("≥ {required} 小时"), format!("≥ {required} h")),
        evidence,
    )
    .seconds(u64::from(seconds))
    .limit(required)
    .message(
        format!("当天市场拜访时间 {measured}，少于 {required} 小时{}", half.0),
        format!("{measured} in the field, less than {required} h{}", half.1),
    )
}
