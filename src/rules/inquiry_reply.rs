//! 五(二)1(4): inquiries are answered within three working days.

use super::{Meta, Need, Rule};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, say, words};
use crate::measures::{ManagerMonth, most_days_for, nth_working_day, numbered_inquiries};
use crate::model::{Column, DateSpan, Inquiry, Kind, Month, Scope, Whole};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

pub(super) struct InquiryReply;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// Working days of the calendar behind the day received.
    working_days: Whole<1, 60>,
}

impl Rule for InquiryReply {
    type Params = Params;

    const META: Meta = Meta {
        id: "inquiry-reply",
        clause: "五(二)1(4)",
        party: Party::Manager,
        needs: &[Need::File(Kind::Inquiries), Need::Column(Kind::Inquiries, Column::RepliedAt)],
        title: words("咨询答复", "inquiry reply"),
        assessed: words("答复期限在本月的每件咨询、投诉", "each inquiry or complaint whose deadline is in the month"),
        fails: words("超过规定的工作日才答复，或期满仍未答复", "answered after the deadline, or not at all by then"),
        remedy: words("跟踪处理结果，按期答复客户", "follow the matter up and answer in time"),
        example: words(
            "2026-09-14 受理，应 ≤ 2026-09-17 答复，未答复，inquiries.csv:9",
            "2026-09-14: no reply, required ≤ 2026-09-17, inquiries.csv:9",
        ),
        nothing: words("没有期限在本月的咨询", "no inquiry with a deadline in the month"),
    };

    fn widen(params: &Params, month: Month, scope: &mut Scope) {
        let back = Days::new(most_days_for(params.working_days.0));
        scope.widen(Kind::Inquiries, DateSpan { first: month.first() - back, last: month.last() });
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let deadline_of =
            |inquiry: &Inquiry| nth_working_day(&month.settings.calendar, inquiry.received.date, params.working_days.0);
        let units = month.file.inquiries.iter().filter(|inquiry| month.month.contains(deadline_of(inquiry)));
        for (inquiry, twin) in numbered_inquiries(units.collect()) {
            let deadline = deadline_of(inquiry);
            match inquiry.replied {
                Some(replied) if replied.date <= deadline => tally.pass(),
                None if deadline > month.horizon() => tally.pending(),
                _ => {
                    let cell = Doubt::first_of(inquiry.at, inquiry.unknown, &[Column::RepliedAt]);
                    tally.fail_unless(cell, finding(params, inquiry, deadline).twin(twin));
                }
            }
        }
    }
}

fn finding(params: &Params, inquiry: &Inquiry, deadline: NaiveDate) -> Finding {
    let n = params.working_days.0;
    let measured = match inquiry.replied {
        Some(replied) => Words::same(replied.date),
        None => words("未答复", "no reply"),
    };
    let (zh, en) = (
        format!("{} 受理，应于 {deadline} 前答复：{}", inquiry.received.date, measured.zh),
        format!("received on {}, due by {deadline}: {}", inquiry.received.date, measured.en),
    );
    let required = say(format!("≤ {deadline}（{n} 个工作日）"), format!("≤ {deadline} ({n} working days)"));
    let when = When::Date(inquiry.received.date);
    let mut finding = Finding::new(when, measured, required, Evidence::new(inquiry.at, [])).limit(n).message(zh, en);
    finding.customer = inquiry.customer;
    finding.key = Some(inquiry.received);
    finding
}
