//! 七.2(1), 五(二)3: each customer is visited as often as the cycle asks (SPEC §3.3).

use super::{Meta, Rule};
use crate::doubt::{Mended, RejectedVisits, may_be_done, open_cell, suspended_cell};
use crate::judgement::{Doubt, Evidence, Finding, Party, Tally, When};
use crate::lang::{counted, say, words};
use crate::measures::{self, CycleDue, CycleTerms, ManagerMonth, Shop, Unmet, cycle_span, dates_done};
use crate::model::{At, Column, Customer, Cycle, Kind, Month, Period, Scope, Whole};
use crate::obstacle::ObstacleKind;
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

    fn per_customer(_: &Params) -> bool {
        true
    }

    fn hangs_on(_: &Params) -> &'static [ObstacleKind] {
        &[ObstacleKind::IdsDoNotJoin]
    }

    fn judge(params: &Params, month: &ManagerMonth, tally: &mut Tally) {
        let all = CycleDue::all(&params.terms(), month);
        for customer in month.covered_customers() {
            judge_customer(month, customer, &all, tally);
        }
    }
}

impl Params {
    pub(super) fn terms(&self) -> CycleTerms {
        CycleTerms {
            weekly: self.weekly.0,
            biweekly: self.biweekly.0,
            semimonthly: self.semimonthly.0,
            monthly: self.monthly.0,
            bimonthly: self.bimonthly.0,
            quarterly: self.quarterly.0,
            vulnerable_extra: self.vulnerable_extra.0,
        }
    }
}

/// What a customer comes to by one reading of the archive.
struct Reading<'d>(measures::Coverage<'d>);

impl<'d> Reading<'d> {
    fn of(customer: &Shop, asked: &'d CycleDue, vulnerable: bool) -> Self {
        Self(measures::Coverage::of(customer, asked, vulnerable))
    }

    fn fails(&self) -> bool {
        self.0.unmet == Some(Unmet::Failed)
    }

    /// Whether rejected visits may make up for what is missing.
    fn mended(&self, month: &ManagerMonth, customer: &Shop) -> Mended {
        let measures::Coverage { asked: CycleDue { span, .. }, due, count, .. } = self.0;
        let span = *span;
        let RejectedVisits { dated, undated } = RejectedVisits::to(month, customer.id, span, may_be_done);
        let mut dates = dates_done(customer, span);
        let adds = dated.into_iter().filter(|visit| {
            let is_new = !dates.contains(&visit.date());
            if is_new {
                dates.push(visit.date());
            }
            is_new
        });
        let dated: Vec<At> = adds.map(|visit| visit.at).collect();
        let undated: Vec<At> = undated.into_iter().map(|visit| visit.at).collect();
        Mended::by_rows((due - count) as usize, &dated, &undated)
    }
}

fn judge_customer(month: &ManagerMonth, customer: &Shop, all: &[CycleDue], tally: &mut Tally) {
    let read = Reading::of(customer, CycleDue::of(all, customer), customer.vulnerable);
    tally.unit_of(customer.id);
    if let Some(Unmet::NotAssessed(reason)) = read.0.unmet {
        return tally.skip(reason);
    }
    let (readings, cell) = readings(customer, all, read);
    let Some(failing) = readings.iter().find(|reading| reading.fails()) else {
        let is_open = readings.iter().any(|reading| reading.0.unmet == Some(Unmet::Pending));
        return if is_open { tally.pending() } else { tally.pass() };
    };
    let finding = finding(customer, month.month, failing.0.count, failing.0.due);
    let by_cell = cell.filter(|_| !readings.iter().all(Reading::fails));
    let out = || if month.settings.include_suspended { None } else { suspended_cell(customer) };
    let outside = || Mended::by(open_cell(customer).or_else(out));
    let rejected = || readings.iter().fold(Mended::No, |mended, reading| mended.or(|| reading.mended(month, customer)));
    Mended::by(by_cell).or(outside).or(rejected).settle(tally, finding);
}

/// What a customer comes to by all values that unknown cells of it may have, as read first; and the first of these cells.
fn readings<'d>(customer: &Shop, all: &'d [CycleDue], read: Reading<'d>) -> (Vec<Reading<'d>>, Option<Doubt>) {
    let cell = Doubt::first_of(customer.at, customer.unknown, &[Column::VisitCycle, Column::Vulnerable]);
    let is_unknown = |column| customer.unknown.contains(column);
    let cycles = all.iter().filter(|asked| is_unknown(Column::VisitCycle) || asked.cycle == read.0.asked.cycle);
    let more = cycles.flat_map(|asked| {
        let vulnerable = [customer.vulnerable, true];
        let values = if is_unknown(Column::Vulnerable) { &vulnerable[..] } else { &vulnerable[..1] };
        values.iter().map(|vulnerable| Reading::of(customer, asked, *vulnerable)).collect::<Vec<_>>()
    });
    let more: Vec<Reading> = if cell.is_some() { more.collect() } else { vec![] };
    (std::iter::once(read).chain(more).collect(), cell)
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
