//! 七.2(1), 五(二)3: each customer is visited as often as the cycle asks (SPEC §3.3).

use super::{Meta, NO_WORKING_DAY, Rule};
use crate::doubt::{Mended, RejectedVisits, may_be_done, open_cell, suspended_cell};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{Words, counted, say, words};
use crate::measures::{ManagerMonth, Shop, Unmet, cycle_span};
use crate::model::{At, Column, Customer, Cycle, DateSpan, Kind, Month, Period, Scope, Whole};
use crate::obstacle::ObstacleKind;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub(super) struct Coverage;

/// Visits due of each cycle: in a month, for bimonthly and quarterly in their period.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Params {
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

    fn hangs_on(_: &Params) -> &'static [ObstacleKind] {
        &[ObstacleKind::IdsDoNotJoin]
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let weeks = month.weeks_worked();
        let all = CYCLES.map(|cycle| Asked::of(params, month, cycle, weeks));
        let is_asked = |customer: &&Shop| month.settings.include_suspended || !customer.suspended;
        for customer in month.open.iter().filter(is_asked) {
            judge_customer(params, month, customer, &all, tally);
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
        let due = if span.last != month.span.last {
            Err(words("拜访周期在其他月份期满", "the cycle's period ends in another month"))
        } else if span.first < month.span.first && !all_months_loaded(month, span) {
            Err(words("周期内有月份没有拜访记录", "a month of the period has no visits loaded"))
        } else {
            due(params, cycle, weeks).ok_or(NO_WORKING_DAY)
        };
        Self { cycle, span, due, unmet: month.period_state(span).unmet_by_anyone() }
    }
}

/// What a customer comes to by one reading of the archive.
struct Reading<'r> {
    asked: &'r Asked,
    due: u32,
    count: u32,
    /// What it comes to where not enough visits are counted; none where it is met.
    unmet: Option<Unmet>,
}

impl<'r> Reading<'r> {
    fn of(params: &Params, customer: &Shop, asked: &'r Asked, vulnerable: bool) -> Self {
        let count = dates_done(customer, asked.span).len() as u32;
        let extra = if vulnerable { params.vulnerable_extra.0 } else { 0 };
        let due = asked.due.as_ref().map_or(0, |usual| usual + extra);
        let is_new = customer.opened_on.is_some_and(|date| asked.span.contains(date));
        let unmet = match &asked.due {
            Err(reason) => Some(Unmet::NotAssessed(reason.clone())),
            Ok(_) if is_new => Some(Unmet::NotAssessed(words("期内新入网", "opened within the period"))),
            Ok(_) if count >= due => None,
            Ok(_) => Some(asked.unmet.clone()),
        };
        Self { asked, due, count, unmet }
    }

    fn fails(&self) -> bool {
        self.unmet == Some(Unmet::Failed)
    }

    /// Whether rejected visits may make up for what is missing.
    fn mended(&self, month: &ManagerMonth, customer: &Shop) -> Mended {
        let RejectedVisits { dated, undated } = RejectedVisits::to(month, customer.id, self.asked.span, may_be_done);
        let mut dates = dates_done(customer, self.asked.span);
        let adds = dated.into_iter().filter(|visit| {
            let is_new = !dates.contains(&visit.date());
            if is_new {
                dates.push(visit.date());
            }
            is_new
        });
        let dated: Vec<At> = adds.map(|visit| visit.at).collect();
        let undated: Vec<At> = undated.into_iter().map(|visit| visit.at).collect();
        Mended::by_rows((self.due - self.count) as usize, &dated, &undated)
    }
}

fn judge_customer(params: &Params, month: &ManagerMonth, customer: &Shop, all: &[Asked], tally: &mut Tally) {
    let by = |cycle| all.iter().find(|asked| asked.cycle == cycle).expect("every cycle asks for something");
    let read = Reading::of(params, customer, by(customer.cycle.unwrap_or(Cycle::Monthly)), customer.vulnerable);
    if let Some(Unmet::NotAssessed(reason)) = read.unmet {
        return tally.skip(reason);
    }
    let (readings, cell) = readings(params, customer, all, read);
    let Some(failing) = readings.iter().find(|reading| reading.fails()) else {
        let is_open = readings.iter().any(|reading| reading.unmet == Some(Unmet::Pending));
        return if is_open { tally.pending() } else { tally.pass() };
    };
    let finding = finding(customer, month.month, failing.count, failing.due);
    let by_cell = cell.filter(|_| !readings.iter().all(Reading::fails));
    let out = || if month.settings.include_suspended { None } else { suspended_cell(customer) };
    let outside = || Mended::by(open_cell(customer).or_else(out));
    let rejected = || readings.iter().fold(Mended::No, |mended, reading| mended.or(|| reading.mended(month, customer)));
    Mended::by(by_cell).or(outside).or(rejected).settle(tally, finding);
}

/// What a customer comes to by all values that unknown cells of it may have, as read first; and the first of these cells.
fn readings<'r>(
    params: &Params,
    customer: &Shop,
    all: &'r [Asked],
    read: Reading<'r>,
) -> (Vec<Reading<'r>>, Option<Doubt>) {
    let cell = Doubt::first_of(customer.at, customer.unknown, &[Column::VisitCycle, Column::Vulnerable]);
    let is_unknown = |column| customer.unknown.contains(column);
    let cycles = all.iter().filter(|asked| is_unknown(Column::VisitCycle) || asked.cycle == read.asked.cycle);
    let more = cycles.flat_map(|asked| {
        let vulnerable = [customer.vulnerable, true];
        let values = if is_unknown(Column::Vulnerable) { &vulnerable[..] } else { &vulnerable[..1] };
        values.iter().map(|vulnerable| Reading::of(params, customer, asked, *vulnerable)).collect::<Vec<_>>()
    });
    let more: Vec<Reading> = if cell.is_some() { more.collect() } else { vec![] };
    (std::iter::once(read).chain(more).collect(), cell)
}

/// The dates of a span with a completed visit.
fn dates_done(customer: &Shop, span: DateSpan) -> Vec<NaiveDate> {
    // Contacts come by date.
    let mut dates: Vec<NaiveDate> =
        customer.contacts(span).filter(|contact| contact.done).map(|contact| contact.date).collect();
    dates.dedup();
    dates
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

/// Of the month that is judged, also where the cycle is a longer one that ends in it.
fn finding(customer: &Customer, month: Month, count: u32, due: u32) -> Finding {
    Finding::new(
        When::Period(Period::Month(month)),
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
