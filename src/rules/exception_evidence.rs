//! 六.4: a visit that could not be carried out is explained and photographed.

use super::{Meta, Need, Rule};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::{ManagerMonth, numbered};
use crate::model::{Column, Kind, Source, Visit, Whole};
use serde::{Deserialize, Serialize};

pub(super) struct ExceptionEvidence;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Whether on-site visits recorded with a device need a photo.
    photo: bool,
    /// A reason of fewer characters is none.
    min_reason_chars: Whole<0, 100>,
}

impl Rule for ExceptionEvidence {
    type Params = Params;

    const META: Meta = Meta {
        id: "exception-evidence",
        clause: "六.4",
        party: Party::Manager,
        needs: &[Need::Column(Kind::Visits, Column::Outcome)],
        title: words("异常留证", "exception evidence"),
        assessed: words("每次未完成的拜访", "each visit whose outcome is not done"),
        fails: words(
            "没有注明异常原因；或移动终端记录的实地拜访没有照片",
            "no reason is given, or an on-site visit recorded with a device has no photo",
        ),
        remedy: words("注明原因并拍照留存", "give the reason and take a photo on the spot"),
        example: words(
            "2026-09-08 C0017 店主不在，无照片，visits.csv:88",
            "2026-09-08 C0017: owner absent and no photo, visits.csv:88",
        ),
        nothing: words("本月没有异常拜访", "no visit in the month with another outcome than done"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let has_reason = month.book.has_column(Kind::Visits, Column::ExceptionReason);
        let has_photo = params.photo && month.book.has_column(Kind::Visits, Column::Photo);
        for (visit, twin) in numbered(month.visits().iter().filter(|visit| !visit.is_done()).collect()) {
            let wants_photo = has_photo && visit.is_onsite() && visit.source == Source::Device;
            let no_reason = has_reason && visit.reason_chars < params.min_reason_chars.0;
            let missing = match (no_reason, wants_photo && !visit.has_photo) {
                (true, true) => Some(words("无原因、无照片", "no reason, no photo")),
                (true, false) => Some(words("无原因", "no reason")),
                (false, true) => Some(words("无照片", "no photo")),
                (false, false) => None,
            };
            match missing {
                Some(missing) => {
                    let no_photo = wants_photo && !visit.has_photo;
                    tally.fail_unless(
                        doubt(visit, no_reason, no_photo),
                        finding(visit, missing, wants_photo).twin(twin),
                    );
                }
                None if has_reason || wants_photo => tally.pass(),
                None => tally.skip(words(
                    "没有 visits.exception_reason 或 visits.photo 列",
                    "no column visits.exception_reason or visits.photo",
                )),
            }
        }
    }
}

/// The unknown cells of a visit that would make up for what it lacks.
fn doubt(visit: &Visit, no_reason: bool, no_photo: bool) -> Option<Doubt> {
    let unknown = |columns: &[Column]| Doubt::first_of(visit.at, visit.unknown, columns);
    let reason = unknown(&[Column::ExceptionReason]).filter(|_| no_reason);
    // A paper visit needs no photo.
    let photo = unknown(&[Column::Photo, Column::Source]).filter(|_| no_photo);
    if no_reason && no_photo { reason.and(photo) } else { reason.or(photo) }
}

fn finding(visit: &Visit, missing: Words, wants_photo: bool) -> Finding {
    let required =
        if wants_photo { words("原因和照片", "a reason and a photo") } else { words("原因", "a reason") };
    let (zh, en) =
        (format!("拜访异常缺少依据：{}", missing.zh), format!("an exception without evidence: {}", missing.en));
    Finding::new(When::Date(visit.date()), missing, required, Evidence::new(visit.at, [])).visit(visit).message(zh, en)
}
