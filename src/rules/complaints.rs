//! 七.4: upheld complaints about the first-inquiry duty.

use super::{Meta, Need, Rule};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{say, words};
use crate::measures::{ManagerMonth, Unmet};
use crate::model::{At, Column, Inquiry, InquiryKind, Kind, Period, Whole};
use serde::{Deserialize, Serialize};

pub(super) struct Complaints;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Upheld complaints a month that are let pass.
    max: Whole<0, 1000>,
}

impl Rule for Complaints {
    type Params = Params;

    const META: Meta = Meta {
        id: "complaints",
        clause: "七.4",
        party: Party::Manager,
        needs: &[
            Need::File(Kind::Inquiries),
            Need::Column(Kind::Inquiries, Column::Kind),
            Need::Column(Kind::Inquiries, Column::Upheld),
            Need::Column(Kind::Inquiries, Column::Duty),
        ],
        title: words("首问负责投诉", "complaints"),
        assessed: words(
            "咨询投诉记录覆盖的本月，逐名客户经理",
            "each manager's month, where inquiries are loaded for it",
        ),
        fails: words(
            "属实的首问负责投诉超过规定件数",
            "more upheld complaints about the first-inquiry duty than the limit",
        ),
        remedy: words("落实首问负责制，按规定处理", "see to the first-inquiry duty"),
        example: words(
            "2026-09 属实 1 件，要求 ≤ 0 件，inquiries.csv:15",
            "2026-09: 1 upheld, required ≤ 0, inquiries.csv:15",
        ),
        nothing: words("本月没有咨询投诉记录", "no inquiries are loaded for the month"),
    };

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let window = month.windows().get(Kind::Inquiries);
        if !window.is_some_and(|window| window.overlaps(month.month.span())) {
            return;
        }
        let received = month.file.inquiries.iter().filter(|inquiry| month.month.contains(inquiry.received.date));
        let received: Vec<(&Inquiry, Option<Doubt>)> =
            received.filter(|inquiry| may_count(inquiry)).map(|inquiry| (inquiry, cell(inquiry))).collect();
        let (max, exceeds) = (params.max.0, |count: usize| count > params.max.0 as usize);
        let period = month.period_state(month.span);
        let sure: Vec<At> = received.iter().filter(|(_, cell)| cell.is_none()).map(|(inquiry, _)| inquiry.at).collect();
        // Where he had no day to work on more would not be held against him.
        let excused = match period.unmet_without_visits() {
            Unmet::NotAssessed(reason) => Some(reason),
            _ => None,
        };
        if !exceeds(if excused.is_some() { sure.len() } else { received.len() }) {
            // Until the month is over there may be more.
            return if period.complete { tally.pass() } else { tally.pending() };
        }
        if let Some(reason) = excused {
            return tally.skip(reason);
        }
        if exceeds(sure.len()) {
            return tally.fail(finding(month, max, &sure));
        }
        let all: Vec<At> = received.iter().map(|(inquiry, _)| inquiry.at).collect();
        tally.fail_unless(received.into_iter().find_map(|(_, cell)| cell), finding(month, max, &all));
    }
}

/// The cells that make a complaint count: those that can be read do.
fn may_count(inquiry: &Inquiry) -> bool {
    let may = |is: bool, column| is || inquiry.unknown.contains(column);
    may(inquiry.kind == InquiryKind::Complaint, Column::Kind)
        && may(inquiry.upheld, Column::Upheld)
        && may(inquiry.duty, Column::Duty)
}

fn cell(inquiry: &Inquiry) -> Option<Doubt> {
    Doubt::first_of(inquiry.at, inquiry.unknown, &[Column::Kind, Column::Upheld, Column::Duty])
}

fn finding(month: &ManagerMonth, max: u32, rows: &[At]) -> Finding {
    let count = rows.len();
    Finding::new(
        When::Period(Period::Month(month.month)),
        say(format!("{count} 件"), format!("{count} upheld")),
        say(format!("≤ {max} 件"), format!("≤ {max}")),
        Evidence::of(rows.iter().copied()).expect("more than none at all"),
    )
    .count(count as u64)
    .limit(max)
    .message(
        format!("属实的首问负责投诉 {count} 件，超过 {max} 件"),
        format!("{count} upheld complaints about the first-inquiry duty, more than {max}"),
    )
}
