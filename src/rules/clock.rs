//! Integrity: a visit's times are possible.

use super::{INTEGRITY, Meta, Need, Rule};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::{ManagerMonth, numbered};
use crate::model::{Column, Kind, Moment, Visit};
use serde::{Deserialize, Serialize};

pub(super) struct Clock;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {}

impl Rule for Clock {
    type Params = Params;

    const META: Meta = Meta {
        id: "clock",
        clause: INTEGRITY,
        party: Party::Manager,
        needs: &[Need::AnyColumn(&[
            (Kind::Visits, Column::EndedAt),
            (Kind::Visits, Column::Minutes),
            (Kind::Visits, Column::UploadedAt),
        ])],
        title: words("时间矛盾", "clock"),
        assessed: words("每次拜访", "each visit"),
        fails: words(
            "离店早于到店或在另一天，或上传早于到店",
            "it ends before it starts or on another date, or was uploaded before it starts",
        ),
        remedy: words("核对设备时钟与补录的时间", "check the device's clock and times entered by hand"),
        example: words(
            "2026-09-09 C0025 离店 09:10:00 早于到店 10:10:00，visits.csv:65",
            "2026-09-09 C0025: ends 09:10:00, starts 10:10:00, visits.csv:65",
        ),
        nothing: words("本月没有拜访", "no visit in the month"),
    };

    fn judge(_: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for (visit, twin) in numbered(month.visits().iter().collect()) {
            match contradiction(visit) {
                // Where a time cannot be read nothing is sound.
                None if [Column::EndedAt, Column::UploadedAt].iter().any(|column| visit.unknown.contains(*column)) => {}
                None => tally.pass(),
                Some((measured, required)) => {
                    let (zh, en) = (format!("时间矛盾：{}", measured.zh), format!("impossible times: {}", measured.en));
                    let when = When::Date(visit.date());
                    tally.fail(
                        Finding::new(when, measured, required, Evidence::new(visit.at, []))
                            .visit(visit)
                            .twin(twin)
                            .message(zh, en),
                    );
                }
            }
        }
    }
}

/// What contradicts, and what would be possible.
fn contradiction(visit: &Visit) -> Option<(Words, Words)> {
    let after_start = || Words::same(format_args!("≥ {}", visit.started));
    let named = |zh: &str, en: &str, moment| crate::lang::say(format!("{zh} {moment}"), format!("{en} {moment}"));
    if let Some(end) = visit.ended.filter(|end| is_before(*end, visit, Column::EndedAt)) {
        return Some((named("离店", "end", end), after_start()));
    }
    if let Some(end) = visit.ended.filter(|end| end.date != visit.started.date) {
        return Some((named("离店", "end", end), Words::same(visit.started.date)));
    }
    let uploaded = visit.uploaded.filter(|uploaded| is_before(*uploaded, visit, Column::UploadedAt))?;
    Some((named("上传", "upload", uploaded), after_start()))
}

/// Whether a time of the visit lies before its start: in whole minutes where either cell has no seconds.
fn is_before(moment: Moment, visit: &Visit, column: Column) -> bool {
    let in_minutes = visit.without_seconds.contains(column) || visit.without_seconds.contains(Column::StartedAt);
    let cut = |moment: Moment| if in_minutes { Moment::new(moment.date, moment.second / 60 * 60) } else { moment };
    cut(moment) < cut(visit.started)
}
