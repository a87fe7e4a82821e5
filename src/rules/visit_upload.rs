//! 五(一).3: visits are uploaded on their day.

use super::{Meta, Need, Rule};
use crate::doubt::{day_cell, fail_or_doubt, possible_state};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::{ManagerMonth, numbered};
use crate::model::{ClockTime, Column, Kind, Moment, Source, Visit};
use serde::{Deserialize, Serialize};

pub(super) struct VisitUpload;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// The latest time on the visit's own date.
    pub by: ClockTime,
}

impl Rule for VisitUpload {
    type Params = Params;

    const META: Meta = Meta {
        id: "visit-upload",
        clause: "五(一).3",
        party: Party::Manager,
        needs: &[Need::Column(Kind::Visits, Column::UploadedAt)],
        title: words("拜访上传", "visit upload"),
        assessed: words("每次移动终端拜访（设备故障日除外）", "each device visit, but for device-failure days"),
        fails: words("没有上传，或晚于当天规定时刻", "not uploaded, or later than the limit on the visit's date"),
        remedy: words("当天拜访结束后及时上传", "upload on the day, when the visits are done"),
        example: words(
            "2026-09-04 C0170 于 18:20:31 上传，要求 ≤ 17:30，visits.csv:3020",
            "2026-09-04 C0170: uploaded 18:20:31, required ≤ 17:30, visits.csv:3020",
        ),
        nothing: words("本月没有移动终端拜访", "no device visit in the month"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let days = month.dates.iter().filter(|day| !day.device_failure);
        let visits = days.flat_map(|day| day.visits).filter(|visit| visit.source == Source::Device);
        for (visit, twin) in numbered(visits.collect()) {
            if visit.uploaded.is_some_and(|uploaded| is_in_time(uploaded, visit, params.by)) {
                tally.pass();
                continue;
            }
            let day = month.day(visit.date());
            let cell = Doubt::first_of(visit.at, visit.unknown, &[Column::UploadedAt, Column::Source]);
            let cell = cell.or_else(|| day_cell(month, &day, |_, device_failure| device_failure));
            fail_or_doubt(tally, month, day.date, finding(params, visit).twin(twin), cell, |rejected| {
                possible_state(month, &day, &rejected.days).device_failure
            });
        }
    }
}

/// Uploaded by the limit on the visit's date, or before that date.
fn is_in_time(uploaded: Moment, visit: &Visit, by: ClockTime) -> bool {
    uploaded.date < visit.date() || (uploaded.date == visit.date() && uploaded.clock().is_by(by))
}

fn finding(params: &Params, visit: &Visit) -> Finding {
    let measured = match visit.uploaded {
        Some(uploaded) if uploaded.date == visit.date() => Words::same(uploaded.clock().long()),
        Some(uploaded) => Words::same(uploaded),
        None => words("未上传", "not uploaded"),
    };
    let by = params.by;
    let (zh, en) = (
        format!("拜访数据上传：{}，应不晚于当天 {by}", measured.zh),
        format!("upload of the visit: {}; {by} on the day is the limit", measured.en),
    );
    Finding::new(When::Date(visit.date()), measured, Words::same(format_args!("≤ {by}")), Evidence::new(visit.at, []))
        .visit(visit)
        .limit_text(by)
        .message(zh, en)
}
