//! 六.6: paper is for days on which the device failed.

use super::{Meta, Need, Rule};
use crate::doubt::{day_cell, fail_or_doubt, possible_state};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::words;
use crate::measures::{ManagerMonth, numbered};
use crate::model::{Column, Kind, Source, Visit};
use serde::{Deserialize, Serialize};

pub(super) struct PaperFallback;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

impl Rule for PaperFallback {
    type Params = Params;

    const META: Meta = Meta {
        id: "paper-fallback",
        clause: "六.6",
        party: Party::Manager,
        needs: &[
            Need::File(Kind::Days),
            Need::Column(Kind::Days, Column::Status),
            Need::Column(Kind::Visits, Column::Source),
        ],
        title: words("纸质补充", "paper fallback"),
        assessed: words("日工作记录时段内的每次纸质拜访", "each paper visit within the day records loaded"),
        fails: words("当天没有登记设备故障", "the day is not recorded as a device failure"),
        remedy: words("设备故障当天在日工作记录中登记", "record the device failure in the day records"),
        example: words(
            "2026-09-11 C0271 纸质拜访，当天无设备故障，visits.csv:4602",
            "2026-09-11 C0271: paper, but no device failure that day, visits.csv:4602",
        ),
        nothing: words("本月没有纸质拜访", "no paper visit in the month"),
    };

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let windows = month.windows();
        let is_unit = |visit: &&Visit| visit.source == Source::Paper && windows.contain(Kind::Days, visit.date());
        for (visit, twin) in numbered(month.visits().iter().filter(is_unit).collect()) {
            let day = month.day(visit.date());
            if day.device_failure {
                tally.pass();
                continue;
            }
            let when = When::Date(visit.date());
            let (measured, required) =
                (words("无设备故障", "no device failure"), words("设备故障日", "a device-failure day"));
            let finding = Finding::new(when, measured, required, Evidence::new(visit.at, []));
            let finding = finding.visit(visit).twin(twin).message(
                "纸质拜访，但当天没有登记设备故障",
                "a paper visit on a day without a recorded device failure",
            );
            let cell = day_cell(month, &day, |_, device_failure| device_failure);
            fail_or_doubt(tally, month, day.date, finding, cell, |rejected| {
                possible_state(month, &day, &rejected.days).device_failure
            });
        }
    }
}
