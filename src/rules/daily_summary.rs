//! 五(一).4: each day of visits is summed up and uploaded.

use super::{Meta, Need, Rule};
use crate::doubt::{day_cell, fail_or_doubt, possible_state};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::{Day, ManagerMonth};
use crate::model::{ClockTime, Column, DayRecord, Kind, Moment, Visit};
use serde::{Deserialize, Serialize};

pub(super) struct DailySummary;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// The latest time on the day itself.
    by: ClockTime,
}

impl Rule for DailySummary {
    type Params = Params;

    const META: Meta = Meta {
        id: "daily-summary",
        clause: "五(一).4",
        party: Party::Manager,
        needs: &[Need::File(Kind::Days), Need::Column(Kind::Days, Column::SummaryAt)],
        title: words("日拜访总结", "daily summary"),
        assessed: words(
            "有拜访、无设备故障、日工作记录时段内的每一天",
            "each day with visits and no device failure, within the day records loaded",
        ),
        fails: words(
            "没有日总结，或早于第一次拜访，或晚于当天规定时刻",
            "no summary, one from before the first visit, or one later than the limit on the day",
        ),
        remedy: words("当天拜访结束后写好总结并上传", "write and upload the summary when the day's visits are done"),
        example: words(
            "2026-09-04 日总结 18:31:00，要求 ≤ 17:30，days.csv:92",
            "2026-09-04: summary 18:31:00, required ≤ 17:30, days.csv:92",
        ),
        nothing: words("没有需考核的拜访日", "no day with visits to assess"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        if !month.has_day_records() {
            return tally.skip(words("本月没有他的日工作记录", "he has no day record in the month"));
        }
        for day in month.days() {
            let Some(first) = day.visits.first() else { continue };
            if day.device_failure || !month.windows().contain(Kind::Days, day.date) {
                continue;
            }
            let is_early = |summary: Moment| summary < first.started;
            let is_late = |summary: Moment| {
                summary.date > day.date || (summary.date == day.date && !summary.clock().is_by(params.by))
            };
            if day.summary.is_some_and(|summary| !is_early(summary) && !is_late(summary)) {
                tally.keep(|| finding(params, day, first));
                continue;
            }
            // The latest summary holds: where one was late, no other mends it.
            let late = day.summary.is_some_and(is_late);
            let summary = |record: &DayRecord| Doubt::first_of(record.at, record.unknown, &[Column::SummaryAt]);
            let cell = day.records.iter().find_map(summary).filter(|_| !late);
            let cell = cell.or_else(|| day_cell(month, day, |_, device_failure| device_failure));
            fail_or_doubt(tally, month, day.date, finding(params, day, first), cell, |rejected| {
                let in_time = |record: &&DayRecord| {
                    let legible = record.summary.is_some_and(|summary| !is_early(summary) && !is_late(summary));
                    legible || record.unknown.contains(Column::SummaryAt)
                };
                (!late && rejected.days.iter().copied().any(|record| in_time(&record)))
                    || possible_state(month, day, &rejected.days).device_failure
            });
        }
    }
}

fn finding(params: &Params, day: &Day, first: &Visit) -> Finding {
    let measured = match day.summary {
        Some(summary) if summary.date == day.date => Words::same(summary.clock().long()),
        Some(summary) => Words::same(summary),
        None => words("无日总结", "no summary"),
    };
    let evidence =
        Evidence::of(day.records.iter().map(|record| record.at)).unwrap_or_else(|| Evidence::new(first.at, []));
    let by = params.by;
    let (zh, en) = (
        format!("日总结：{}，应在第一次拜访之后、当天 {by} 之前", measured.zh),
        format!("summary of the day: {}; due after the first visit and by {by}", measured.en),
    );
    Finding::new(When::Date(day.date), measured, Words::same(format_args!("≤ {by}")), evidence)
        .limit_text(by)
        .message(zh, en)
}
