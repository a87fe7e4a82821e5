//! 五(一).5–11, 五(二): services and desk work that recur (SPEC §3.2). Each `[[cadence]]` entry is judged by itself.

use super::{Meta, Need, Rule, settle};
use crate::judgement::{Evidence, Finding, Party, Tally, When};
use crate::lang::{say, words};
use crate::measures::{ManagerMonth, Rendered, Shop};
use crate::model::{Class, Column, DateSpan, Every, Kind, Month, Period, Scope, Whole, Word, fold, refuse};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::iter::successors;

pub struct Cadence;

/// One `[[cadence]]` entry.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `services.item`, or an entry of `visits.items`.
    pub item: String,
    /// Other spellings of the item.
    #[serde(default)]
    aliases: Vec<String>,
    pub clause: String,
    per: Per,
    /// Customers of these classes; empty: of any.
    #[serde(default, deserialize_with = "read_classes", serialize_with = "write_classes")]
    class: Vec<Class>,
    /// Customers with this mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only: Option<Mark>,
    every: Every,
    /// Services due in a period; per manager with `class` or `only`: distinct customers served.
    #[serde(default = "once")]
    min: Whole<1, 100_000>,
}

#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Per {
    Customer,
    Manager,
}

#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Mark {
    InfoPoint,
    Vulnerable,
    MustOnsite,
}

fn once() -> Whole<1, 100_000> {
    Whole(1)
}

impl Rule for Cadence {
    type Params = Entry;

    const META: Meta = Meta {
        id: "cadence",
        clause: "五(一).5–11, 五(二)",
        party: Party::Manager,
        needs: &[Need::AnyOf(&[Need::File(Kind::Services), Need::Column(Kind::Visits, Column::Items)])],
        title: words("定期作业", "cadence"),
        assessed: words(
            "每个 [[cadence]] 条目、在本月期满的每一期：每名客户经理，或每个应拜访户",
            "for each [[cadence]] entry each period that ends in the month, per manager or per due customer",
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

    /// Periods that end in the month may have begun long before it.
    fn widen(entry: &Entry, month: Month, scope: &mut Scope) {
        if let Some(first) = periods_ending_in(entry.every, month).first() {
            let from = Month::of(first.span().first).first();
            for kind in [Kind::Services, Kind::Visits, Kind::Days] {
                scope.widen(kind, DateSpan { first: from, last: month.last() });
            }
        }
    }

    fn judge(entry: &Entry, month: &ManagerMonth, tally: &mut Tally) {
        let periods = periods_ending_in(entry.every, month.month);
        if periods.is_empty() {
            return tally.skip(words("本月没有期满的期次", "no period of it ends in the month"));
        }
        let has = |kind, column| month.book.has_column(kind, column);
        if entry.asks_for_customers() && !has(Kind::Services, Column::CustomerId) && !has(Kind::Visits, Column::Items) {
            return tally.skip(words(
                "没有 services.customer_id 或 visits.items 列",
                "no column services.customer_id or visits.items",
            ));
        }
        let names: Vec<Cow<str>> = entry.aliases.iter().chain([&entry.item]).map(|name| fold(name)).collect();
        for period in periods {
            if !month.book.has_services_in(Month::of(period.span().first)) {
                tally.skip(words(
                    "期初月份没有任何服务记录",
                    "no service of anyone is dated in the month the period starts in",
                ));
                continue;
            }
            let done = month.services(&names, period);
            match entry.per {
                Per::Customer => judge_customers(entry, month, period, &done, tally),
                Per::Manager => judge_manager(entry, month, period, &done, tally),
            }
        }
    }
}

impl Entry {
    /// Whether it matters which customers were served.
    fn asks_for_customers(&self) -> bool {
        self.per == Per::Customer || !self.class.is_empty() || self.only.is_some()
    }
}

/// The periods of a length whose last day lies in a month, by time.
fn periods_ending_in(every: Every, month: Month) -> Vec<Period> {
    let before = |period: &Period| period.span().first.pred_opt().filter(|date| month.contains(*date));
    let last = Period::containing(every, month.last());
    let backwards = successors(Some(last), |period| Some(Period::containing(every, before(period)?)));
    let mut periods: Vec<Period> = backwards.filter(|period| month.contains(period.span().last)).collect();
    periods.reverse();
    periods
}

/// The due customers that the entry is for.
fn eligible<'m>(entry: &'m Entry, month: &'m ManagerMonth) -> impl Iterator<Item = &'m Shop<'m>> + Clone {
    let marked = move |customer: &Shop| match entry.only {
        None => true,
        Some(Mark::InfoPoint) => customer.info_point,
        Some(Mark::Vulnerable) => customer.vulnerable,
        Some(Mark::MustOnsite) => customer.must_onsite,
    };
    let of_class = move |customer: &Shop| {
        entry.class.is_empty() || customer.class.is_some_and(|class| entry.class.contains(&class))
    };
    month.due.iter().filter(move |customer| marked(customer) && of_class(customer))
}

/// How often each of the manager's own customers was served, by the shops' numbers.
fn times_served(month: &ManagerMonth, done: &[Rendered]) -> Vec<u32> {
    let mut times = vec![0; month.file.customers.len()];
    for shop in done.iter().filter_map(|service| service.shop) {
        if let Some(times) = times.get_mut(shop as usize) {
            *times += 1;
        }
    }
    times
}

fn judge_customers(entry: &Entry, month: &ManagerMonth, period: Period, done: &[Rendered], tally: &mut Tally) {
    let unmet = month.period_state(period.span()).unmet_without_visits();
    let served = times_served(month, done);
    for customer in eligible(entry, month) {
        let count = served[customer.number as usize];
        settle(tally, count >= entry.min.0, &unmet, || {
            finding(entry, period, count, entry.min.0, Evidence::new(customer.at, [])).customer(customer.id)
        });
    }
}

fn judge_manager(entry: &Entry, month: &ManagerMonth, period: Period, done: &[Rendered], tally: &mut Tally) {
    let (count, due) = if !entry.asks_for_customers() {
        (done.len() as u32, entry.min.0)
    } else {
        let eligible = eligible(entry, month);
        let customers = eligible.clone().count() as u32;
        if customers == 0 {
            return tally.skip(words("没有适用的客户", "no customer that it is for"));
        }
        let served = times_served(month, done);
        let count = eligible.filter(|customer| served[customer.number as usize] > 0).count() as u32;
        (count, entry.min.0.min(customers))
    };
    let unmet = month.period_state(period.span()).unmet_without_visits();
    settle(tally, count >= due, &unmet, || {
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

fn read_classes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Class>, D::Error> {
    const ALLOWED: [Class; 4] = [Class::FirstBatch, Class::SecondBatch, Class::Ordinary, Class::Violation];
    let names = Vec::<String>::deserialize(deserializer)?;
    let class = |name: &String| ALLOWED.into_iter().find(|class| class.name() == name);
    names.iter().map(class).collect::<Option<_>>().ok_or_else(|| {
        let allowed = ALLOWED.map(Class::name);
        refuse(&format!("分类的列表：{}", allowed.join("、")), &format!("a list of classes: {}", allowed.join(", ")))
    })
}

fn write_classes<S: Serializer>(classes: &[Class], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(classes.iter().map(|class| class.name()))
}
