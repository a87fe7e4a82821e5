//! 七: records of visits and calls are kept for three months.

use super::{Meta, Rule, settle_unless};
use crate::doubt::{Mended, RejectedVisits, is_his};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, words};
use crate::measures::ManagerMonth;
use crate::model::{At, Call, Column, DateSpan, Kind, Mode, Month, Period, Scope, Visit, Whole};
use serde::{Deserialize, Serialize};

pub(super) struct Retention;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
    /// How many months are looked at, the month itself included.
    months: Whole<1, 24>,
}

impl Rule for Retention {
    type Params = Params;

    const META: Meta = Meta {
        id: "retention",
        clause: "七",
        party: Party::Section,
        needs: &[],
        title: words("记录留存", "retention"),
        assessed: words(
            "最近三个月中载入了拜访记录的每个月，逐名客户经理",
            "each manager and each of the last three months in which anyone has visits loaded",
        ),
        fails: words(
            "该月没有他的拜访记录，或有电话拜访而没有任何通话记录",
            "he has no visit in the month, or phone visits but no call",
        ),
        remedy: words("补齐该月的拜访记录、通话记录", "find the month's records of visits and calls"),
        example: words(
            "2026-07 无通话记录，有电话拜访 visits.csv:3120",
            "2026-07: no calls, yet phone visits such as visits.csv:3120",
        ),
        nothing: words("没有需考核的月份", "no month to assess"),
    };

    fn widen(params: &Params, month: Month, scope: &mut Scope) {
        let first = month.plus(1 - params.months.0 as i32).first();
        for kind in [Kind::Visits, Kind::Calls, Kind::Days] {
            scope.widen(kind, DateSpan { first, last: month.last() });
        }
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        for back in (0..params.months.0 as i32).rev() {
            let looked_at = month.month.plus(-back);
            if !month.book.has_visits_in(looked_at) {
                tally.skip(words("该月没有载入任何拜访记录", "no visits of anyone are loaded for the month"));
                continue;
            }
            let period = month.period_state(looked_at.span());
            let lacking = missing(month, looked_at);
            // A month without work to do is not assessed even where records of it are there.
            let met = lacking.is_none() && period.workable;
            settle_unless(
                tally,
                met,
                &period.unmet(),
                || mended(month, looked_at),
                || {
                    let (measured, rows) = lacking.expect("a workable month that is unmet lacks something");
                    finding(month, looked_at, measured, rows)
                },
            );
        }
    }
}

/// What is missing in a month, and the rows that say it should be there.
fn missing(month: &ManagerMonth, looked_at: Month) -> Option<(Words, Vec<At>)> {
    let visits = month.visits_in(looked_at.span());
    if visits.is_empty() {
        return Some((words("无拜访记录", "no visits"), Vec::new()));
    }
    let calls_loaded = |visit: &&Visit| month.windows().contain(Kind::Calls, visit.date());
    if month.file.calls.iter().any(|call| looked_at.contains(call.started.date)) {
        return None;
    }
    let phoned: Vec<At> =
        visits.iter().filter(|visit| visit.mode == Mode::Phone).filter(calls_loaded).map(|visit| visit.at).collect();
    (!phoned.is_empty()).then(|| (words("无通话记录", "no calls"), phoned))
}

/// Whether rejected rows of his may be of the month: visits where he has none, else calls.
fn mended(month: &ManagerMonth, looked_at: Month) -> Mended {
    if month.visits_in(looked_at.span()).is_empty() {
        return RejectedVisits::of(month, looked_at.span(), |visit| is_his(month, visit.manager)).mend_one();
    }
    let calls = month.file.rejected.calls.iter();
    let (undated, dated): (Vec<&Call>, Vec<&Call>) = calls.partition(|call| call.unknown.contains(Column::Date));
    let dated = dated.into_iter().filter(|call| looked_at.contains(call.started.date));
    let dated: Vec<At> = dated.map(|call| call.at).collect();
    let undated: Vec<At> = undated.into_iter().map(|call| call.at).collect();
    Mended::by_rows(1, &dated, &undated)
}

fn finding(month: &ManagerMonth, looked_at: Month, measured: Words, rows: Vec<At>) -> Finding {
    let evidence = Evidence::of(rows).or_else(|| Evidence::of(month.own_rows()));
    let evidence = evidence.expect("a manager of the month stands in some row");
    let (zh, en) = (format!("{looked_at} {}", measured.zh), format!("{looked_at}: {} kept", measured.en));
    let required = words("拜访与通话记录", "visits and calls");
    Finding::new(When::Period(Period::Month(looked_at)), measured, required, evidence).message(zh, en)
}
