//! 五(一).4: each day of visits is summed up and uploaded.

use super::{Meta, Need, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::ManagerMonth;
use crate::model::{At, ClockTime, Column, Kind, Moment, Visit};
use serde::{Deserialize, Serialize};

pub struct DailySummary;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
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
        for date in month.days() {
            let Some(first) = month.visits_on(date).first() else { continue };
            if month.device_failed(date) || !month.book.windows.contain(Kind::Days, date) {
                continue;
            }
            let limit = Moment::new(date, params.by.0);
            match month.summary(date) {
                Some(summary) if first.started <= summary && summary <= limit => tally.pass(),
                summary => tally.fail(finding(params, month, first, summary)),
            }
        }
    }
}

fn finding(params: &Params, month: &ManagerMonth, first: &Visit, summary: Option<Moment>) -> Finding {
    let date = first.date();
    let measured = match summary {
        Some(summary) if summary.date == date => Words::same(summary.clock().long()),
        Some(summary) => Words::same(summary),
        None => words("无日总结", "no summary"),
    };
    let rows: Vec<At> = month.day_rows(date).iter().map(|day| day.at).collect();
    let evidence = Evidence::of(rows).unwrap_or_else(|| Evidence::new(first.at, []));
    let by = params.by;
    let (zh, en) = (
        format!("日总结：{}，应在第一次拜访之后、当天 {by} 之前", measured.zh),
        format!("summary of the day: {}; due after the first visit and by {by}", measured.en),
    );
    Finding::new(When::Date(date), measured, Words::same(format_args!("≤ {by}")), evidence)
        .limit_text(by)
        .message(zh, en)
}
