//! 七.2(1), 五(二)3: each customer is visited as often as the cycle asks (SPEC §3.3).

use super::{Meta, NO_WORKING_DAY, Rule, settle};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, counted, say, words};
use crate::measures::{ManagerMonth, Shop, Unmet, cycle_span};
use crate::model::{Customer, Cycle, DateSpan, Kind, Month, Period, Scope, Whole};
use crate::obstacle::ObstacleKind;
use serde::{Deserialize, Serialize};

pub struct Coverage;

/// Visits due of each cycle: in a month, for bimonthly and quarterly in their period.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    weekly: Whole<0, 31>,
    biweekly: Whole<0, 31>,
    semimonthly: Whole<0, 31>,
    monthly: Whole<0, 31>,
    bimonthly: Whole<0, 31>,
    quarterly: Whole<0, 31>,
    /// Visits that a vulnerable customer is due besides.
    vulnerable_extra: Whole<0, 31>,
}

impl Rule for Coverage {
    type Params = Params;

    const META: Meta = Meta {
        id: "coverage",
        clause: "七.2(1), 五(二)3",
        party: Party::Manager,
        needs: &[],
        title: words("拜访频次", "coverage"),
        assessed: words(
            "本月在营、未停货、非期内新入网的每户",
            "each of his customers open in the month, not suspended, not opened within the period",
        ),
        fails: words(
            "有已完成拜访的天数少于周期应访次数（假期、长假相应减少；弱势客户增加）",
            "dates with a completed visit by anyone are fewer than the cycle asks (fewer in holiday months and long leave, more for vulnerable customers)",
        ),
        remedy: words("补访，或核对档案中的拜访周期", "visit, or check the cycle in the archive"),
        example: words(
            "2026-09 C0188 完成拜访 2 天，应 ≥ 4 次，customers.csv:189",
            "2026-09 C0188: 2 dates, required ≥ 4 visits, customers.csv:189",
        ),
        nothing: words("没有需考核的客户", "no customer to assess"),
    };

    /// Bimonthly and quarterly customers are judged in the last month of their period.
    fn widen(_: &Params, month: Month, scope: &mut Scope) {
        for cycle in [Cycle::Bimonthly, Cycle::Quarterly] {
            let period = cycle_span(cycle, month);
            if period.last == month.last() {
                scope.widen(Kind::Visits, period);
                scope.widen(Kind::Days, period);
            }
        }
    }

    const HANGS_ON: &'static [ObstacleKind] = &[ObstacleKind::IdsDoNotJoin];

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let weeks = month.weeks_worked();
        let asked = CYCLES.map(|cycle| Asked::of(params, month, cycle, weeks));
        let is_asked = |customer: &&Shop| month.settings.include_suspended || !customer.suspended;
        for customer in month.open.iter().filter(is_asked) {
            let cycle = customer.cycle.unwrap_or(Cycle::Monthly);
            let asked = asked.iter().find(|asked| asked.cycle == cycle).expect("every cycle asks for something");
            judge_customer(params, month, customer, asked, tally);
        }
    }
}

const CYCLES: [Cycle; 6] =
    [Cycle::Weekly, Cycle::Biweekly, Cycle::Semimonthly, Cycle::Monthly, Cycle::Bimonthly, Cycle::Quarterly];

/// What a cycle asks of the manager in the month.
struct Asked {
    cycle: Cycle,
    span: DateSpan,
    /// Visits due before any extra, or why none are.
    due: Result<u32, Words>,
    unmet: Unmet,
}

impl Asked {
    fn of(params: &Params, month: &ManagerMonth, cycle: Cycle, weeks: u32) -> Self {
        let span = cycle_span(cycle, month.month);
        let due = if span.first < month.span.first && !all_months_loaded(month, span) {
            Err(words("周期内有月份没有拜访记录", "a month of the period has no visits loaded"))
        } else {
            due(params, cycle, weeks).ok_or(NO_WORKING_DAY)
        };
        Self { cycle, span, due, unmet: month.period_state(span).unmet_by_anyone() }
    }
}

fn judge_customer(params: &Params, month: &ManagerMonth, customer: &Shop, asked: &Asked, tally: &mut Tally) {
    let span = asked.span;
    if span.last != month.span.last {
        return tally.skip(words("拜访周期在其他月份期满", "the cycle's period ends in another month"));
    }
    if customer.opened_on.is_some_and(|date| span.contains(date)) {
        return tally.skip(words("期内新入网", "opened within the period"));
    }
    let usual = match &asked.due {
        Ok(usual) => usual,
        Err(reason) => return tally.skip(reason.clone()),
    };
    let due = usual + if customer.vulnerable { params.vulnerable_extra.0 } else { 0 };
    let count = dates_done(customer, span);
    settle(tally, count >= due, &asked.unmet, || {
        let named = match asked.cycle {
            Cycle::Quarterly => Period::Quarter(Month::of(span.first)),
            _ => Period::Month(month.month),
        };
        finding(customer, named, count, due)
    });
}

/// How many dates of a span have a completed visit.
fn dates_done(customer: &Shop, span: DateSpan) -> u32 {
    let (mut count, mut last) = (0, None);
    for contact in customer.contacts(span).filter(|contact| contact.done) {
        // Contacts come by date.
        count += u32::from(last != Some(contact.date));
        last = Some(contact.date);
    }
    count
}

fn all_months_loaded(month: &ManagerMonth, span: DateSpan) -> bool {
    let mut first = Month::of(span.first);
    while first.first() <= span.last {
        if !month.book.has_visits_in(first) {
            return false;
        }
        first = first.plus(1);
    }
    true
}

/// Visits due before any extra; `None` where a month's cycle has no week to be visited in.
fn due(params: &Params, cycle: Cycle, weeks: u32) -> Option<u32> {
    let n = match cycle {
        Cycle::Weekly => params.weekly.0,
        Cycle::Biweekly => params.biweekly.0,
        Cycle::Semimonthly => params.semimonthly.0,
        Cycle::Monthly => params.monthly.0,
        Cycle::Bimonthly => return Some(params.bimonthly.0),
        Cycle::Quarterly => return Some(params.quarterly.0),
    };
    (weeks > 0).then(|| n.min((n * weeks).div_ceil(4)))
}

fn finding(customer: &Customer, period: Period, count: u32, due: u32) -> Finding {
    Finding::new(
        When::Period(period),
        say(format!("{count} 天"), counted(count, "date")),
        say(format!("≥ {due} 次"), format!("≥ {}", counted(due, "visit"))),
        Evidence::new(customer.at, []),
    )
    .customer(customer.id)
    .count(u64::from(count))
    .limit(due)
    .message(
        format!("期内有 {count} 天完成拜访，应不少于 {due} 次"),
        format!("completed visits on {} of the period, {due} due", counted(count, "date")),
    )
}
