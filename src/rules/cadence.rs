//! 五(一).5–11, 五(二): services and desk work that recur (SPEC §3.2). Each `[[cadence]]` entry is judged by itself.

use super::cadence_doubt::{class_cell, times};
use super::cadence_entry::{Entry, Per};
use super::cadence_served::{Demand, Judging};
use super::{Meta, Need, Rule, settle_unless};
use crate::doubt::Mended;
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{say, words};
use crate::measures::{Asked, ManagerMonth, Rendered, Shop, Unmet};
use crate::model::{Column, DateSpan, Every, Kind, Month, Period, Scope, fold};
use crate::obstacle::ObstacleKind;
use chrono::{Days, NaiveDate};
use std::borrow::Cow;
use std::iter::successors;

pub(super) struct Cadence;

impl Rule for Cadence {
    type Params = Entry;

    const META: Meta = Meta {
        id: "cadence",
        clause: "五(一).5–11, 五(二)",
        party: Party::Manager,
        needs: &[Need::AnyOf(&[Need::File(Kind::Services), Need::Column(Kind::Visits, Column::Items)])],
        title: words("定期作业", "cadence"),
        assessed: words(
            "每个 [[cadence]] 条目、在本月期满的每一期：每名客户经理，或每个应拜访户；无人登记的条目不考核",
            "for each [[cadence]] entry that anyone records, each period that ends in the month, per manager or per due customer",
        ),
        fails: words(
            "该期内完成的次数（或服务的户数）不足",
            "fewer services, or customers served, in the period than due",
        ),
        remedy: words("补做并登记到服务记录，注明所属期", "do it and record it as a service, naming the period"),
        example: words(
            "2026Q3 提升目标评估 12 户，应 ≥ 15 户，services.csv:40",
            "2026Q3 improvement-review: 12 customers, required ≥ 15, services.csv:40",
        ),
        nothing: words(
            "没有在本月期满的期次或适用的客户",
            "no period that ends in the month, or no customer it is for",
        ),
    };

    /// Periods that end in the month may have begun long before it; what was recorded a month before that tells whether
    /// the item is recorded at all; with days of grace every period before may have had its share of what came behind it.
    fn widen(entry: &Entry, month: Month, scope: &mut Scope) {
        let Some(first) = periods_ending_in(entry.every, month).first().copied() else { return };
        let from = match entry.has_grace() {
            true => NaiveDate::MIN,
            false => Month::of(first.span().first).plus(-1).first(),
        };
        let last = month.last() + entry.grace();
        for kind in [Kind::Services, Kind::Visits, Kind::Days] {
            scope.widen(kind, DateSpan { first: from, last });
        }
    }

    fn per_customer(entry: &Entry) -> bool {
        entry.per == Per::Customer
    }

    /// Whose customers were served cannot be told where ids do not join.
    fn hangs_on(entry: &Entry) -> &'static [ObstacleKind] {
        if entry.per == Per::Customer { &[ObstacleKind::IdsDoNotJoin] } else { &[] }
    }

    fn judge(entry: &Entry, month: &ManagerMonth, tally: &mut Tally) {
        let periods = periods_ending_in(entry.every, month.month);
        let Some(first) = periods.first().copied() else {
            return tally.skip(words("本月没有期满的期次", "no period of it ends in the month"));
        };
        if entry.asks_for_customers() && lacks_customers(month) {
            return tally.skip(words(
                "服务记录没有 customer_id 列，拜访没有 items 列",
                "no column services.customer_id or visits.items",
            ));
        }
        let names: Vec<Cow<str>> = entry.names().map(fold).collect();
        let asked = Asked { names: &names, mode: entry.mode, every: entry.every };
        let earlier = periods_before(entry, month, asked, first);
        let judging = Judging { entry, month, asked, periods, earlier };
        for (demand, done) in &judging.served(&[]) {
            if !entry.required && !is_recorded(entry, month, asked, demand.period) {
                tally.skip(words("期内及前一月无人登记", "nobody records it in the period or the month before"));
                continue;
            }
            match entry.per {
                Per::Customer => judge_customers(&judging, demand, done, tally),
                Per::Manager => judge_manager(&judging, demand, done, tally),
            }
        }
    }
}

/// Whether no column tells whom services were for.
pub(super) fn lacks_customers(month: &ManagerMonth) -> bool {
    let has = |kind, column| month.book.has_column(kind, column);
    !has(Kind::Services, Column::CustomerId) && !has(Kind::Visits, Column::Items)
}

/// The period before.
fn before(period: Period) -> Period {
    Period::containing(period.length(), period.span().first - Days::new(1))
}

/// The periods before one, by time, that may take their share of services done in the days of grace behind them: from the
/// earliest of his services on.
pub(super) fn periods_before(entry: &Entry, month: &ManagerMonth, asked: Asked, first: Period) -> Vec<Period> {
    let until = before(first).span().last + entry.grace();
    let dated = month.services_dated(asked, DateSpan { first: NaiveDate::MIN, last: until });
    let Some(earliest) = dated.iter().map(|service| service.date).min().filter(|_| entry.has_grace()) else {
        return vec![];
    };
    let may_take = |period: &Period| period.span().last + entry.grace() >= earliest;
    let mut periods: Vec<Period> =
        successors(Some(before(first)), |period| Some(before(*period))).take_while(may_take).collect();
    periods.reverse();
    periods
}

/// The periods of a length whose last day lies in a month, by time.
fn periods_ending_in(every: Every, month: Month) -> Vec<Period> {
    let ends_in = |period: &Period| month.contains(period.span().last);
    let last = Period::containing(every, month.last());
    let mut periods: Vec<Period> = successors(Some(last), |period| Some(before(*period)))
        .skip_while(|period| period.span().last > month.last())
        .take_while(ends_in)
        .collect();
    periods.reverse();
    periods
}

/// Whether anyone recorded the item in the months that the period touches, the one before them, or the days of grace.
pub(super) fn is_recorded(entry: &Entry, month: &ManagerMonth, asked: Asked, period: Period) -> bool {
    let DateSpan { first, last } = period.span();
    let last = Month::of(last).last().max(last + entry.grace());
    let span = DateSpan { first: Month::of(first).plus(-1).first(), last };
    month.book.items.touch(asked.names, asked.mode, span)
}

/// What an unmet unit of a period comes to.
fn unmet(entry: &Entry, month: &ManagerMonth, period: Period, done: &[Rendered]) -> Unmet {
    let span = period.span();
    // Services were rendered, and which customers they were for no file says.
    let names_none = || done.iter().any(|service| service.shop.is_none());
    if entry.asks_for_customers() && !month.book.has_column(Kind::Services, Column::CustomerId) && names_none() {
        return Unmet::NotAssessed(words("服务记录没有 customer_id 列", "no column services.customer_id"));
    }
    match month.period_state(span).unmet_without_visits() {
        Unmet::Failed if span.last + entry.grace() > month.horizon() && entry.has_grace() => Unmet::Pending,
        unmet => unmet,
    }
}

fn judge_customers(judging: &Judging, demand: &Demand, done: &[Rendered], tally: &mut Tally) {
    let Judging { entry, month, .. } = judging;
    let (period, due) = (demand.period, entry.min.0);
    let (unmet, served) = (unmet(entry, month, period, done), demand.count(done));
    let of = |customer: &Shop, count| {
        finding(entry, period, count, due, Evidence::new(customer.at, [])).customer(customer.id)
    };
    for customer in &demand.customers {
        let count = served.times(customer);
        let mended = || judging.mend_customer(period, customer, due - count);
        tally.unit_of(customer.id);
        settle_unless(tally, count >= due, &unmet, mended, || of(customer, count));
    }
    // Whom it is for only if their class is one that it names are no unit where nothing is missing.
    for customer in judging.unsure_of_class(period) {
        let count = times(&customer, done);
        if count < due && unmet == Unmet::Failed {
            settle_unless(tally, false, &unmet, || Mended::by(class_cell(&customer)), || of(&customer, count));
        }
    }
}

fn judge_manager(judging: &Judging, demand: &Demand, done: &[Rendered], tally: &mut Tally) {
    let Judging { entry, month, .. } = judging;
    if entry.asks_for_customers() && demand.customers.is_empty() {
        return tally.skip(words("没有适用的客户", "no customer that it is for"));
    }
    let (period, count, due) = (demand.period, demand.count(done).count, demand.due);
    let mended = || match entry.asks_for_customers() {
        true => judging.mend_customers(demand, done),
        false => judging.mend_manager(period, due - count),
    };
    settle_unless(tally, count >= due, &unmet(entry, month, period, done), mended, || {
        let rows = Evidence::of(done.iter().map(|service| service.at)).or_else(|| Evidence::of(month.own_rows()));
        finding(entry, period, count, due, rows.expect("a manager of the month stands in some row"))
    });
}

fn finding(entry: &Entry, period: Period, count: u32, due: u32, evidence: Evidence) -> Finding {
    let of_customers = entry.per == Per::Manager && entry.asks_for_customers();
    let (zh, en) = if of_customers { ("户", " customers") } else { ("次", "") };
    let item = &entry.item;
    let name_zh = entry.aliases.first().unwrap_or(item);
    Finding::new(
        When::Period(period),
        say(format!("{count} {zh}"), format!("{count}{en}")),
        say(format!("≥ {due} {zh}"), format!("≥ {due}{en}")),
        evidence,
    )
    .count(u64::from(count))
    .limit(due)
    .message(
        format!("{period} {name_zh}：{count} {zh}，应不少于 {due} {zh}"),
        format!("{item} in {period}: {count}, at least {due} due"),
    )
}
