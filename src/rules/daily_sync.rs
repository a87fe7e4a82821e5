//! 五(一).2: the device is synchronised each day before the first visit.

use super::{Meta, Need, Rule};
use crate::doubt::{day_cell, fail_or_doubt, possible_state};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::{Day, ManagerMonth};
use crate::model::{Column, DayRecord, Kind, Source, Visit};
use serde::{Deserialize, Serialize};

pub(super) struct DailySync;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

impl Rule for DailySync {
    type Params = Params;

    const META: Meta = Meta {
        id: "daily-sync",
        clause: "五(一).2",
        party: Party::Manager,
        needs: &[Need::File(Kind::Days), Need::Column(Kind::Days, Column::SyncedAt)],
        title: words("每日同步", "daily sync"),
        assessed: words(
            "有移动终端拜访、无设备故障、日工作记录时段内的每一天",
            "each day with device visits and no device failure, within the day records loaded",
        ),
        fails: words(
            "当天没有同步，或在第一次拜访开始之后才同步",
            "no sync on the date itself, or one after the first device visit began",
        ),
        remedy: words("每天拜访前先同步移动工具的数据", "synchronise the device before setting out"),
        example: words(
            "2026-09-16 09:02:10 才同步，首次拜访 08:12:44，visits.csv:301",
            "2026-09-16: synchronised 09:02:10, first visit 08:12:44, visits.csv:301",
        ),
        nothing: words("没有需考核的移动终端拜访日", "no day with device visits to assess"),
    };

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        if !month.has_day_records() {
            return tally.skip(words("本月没有他的日工作记录", "he has no day record in the month"));
        }
        for day in &month.dates {
            let first = day.visits.iter().find(|visit| visit.source == Source::Device);
            let Some(first) = first.filter(|_| !day.device_failure) else { continue };
            if !month.windows().contain(Kind::Days, day.date) {
                continue;
            }
            if day.synced.is_some_and(|sync| sync.date == day.date && sync <= first.started) {
                tally.keep(|| finding(day, first));
                continue;
            }
            fail_or_doubt(tally, month, day.date, finding(day, first), cell(month, day, first), |rejected| {
                let could_be_in_time = |record: &&DayRecord| {
                    let sync = record.synced.filter(|sync| sync.date == day.date);
                    record.unknown.contains(Column::SyncedAt) || sync.is_some_and(|sync| sync <= first.started)
                };
                rejected.days.iter().copied().any(|record| could_be_in_time(&record))
                    || possible_state(month, day, &rejected.days).device_failure
            });
        }
    }
}

/// The unknown cell that might make the sync one in time, or take the day out.
fn cell(month: &ManagerMonth, day: &Day, first: &Visit) -> Option<Doubt> {
    let sync = day.records.iter().find_map(|record| Doubt::first_of(record.at, record.unknown, &[Column::SyncedAt]));
    sync.or_else(|| day_cell(month, day, |_, device_failure| device_failure)).or_else(|| {
        // Visits that may have been on paper: without them the first is another, or there is none.
        let doubt = Doubt::first_of(first.at, first.unknown, &[Column::Source])?;
        let surely = |visit: &&Visit| visit.source == Source::Device && !visit.unknown.contains(Column::Source);
        let in_time = |visit: &Visit| day.synced.is_some_and(|sync| sync.date == day.date && sync <= visit.started);
        day.visits.iter().find(surely).is_none_or(in_time).then_some(doubt)
    })
}

fn finding(day: &Day, first: &Visit) -> Finding {
    let measured = match day.synced {
        Some(sync) if sync.date == day.date => Words::same(sync.clock().long()),
        Some(sync) => Words::same(sync),
        None => words("未同步", "no sync"),
    };
    let rows = day.records.iter().map(|record| record.at);
    let start = first.started.clock().long();
    Finding::new(When::Date(day.date), measured, Words::same(format_args!("≤ {start}")), Evidence::new(first.at, rows))
        .limit_text(&start)
        .message(
            format!("第一次拜访（{start}）之前没有当天的同步"),
            format!("no sync on the day before the first device visit at {start}"),
        )
}
