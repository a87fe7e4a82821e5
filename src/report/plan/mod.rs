//! `plan` for people: the new rows of each manager, what each day comes to, and what no day can be found for.

pub mod csv;

use super::outlook::duty_words;
use super::rows;
use crate::book::Book;
use crate::document::{Cell, Column, Document, Table, Tone, Value};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::Accounts;
use crate::model::{CustomerId, DateSpan, ManagerId, Word};
use crate::plan::{Left, ManagerPlan, NewRow, PlannedDay};
use crate::rules::config::Ruleset;
use chrono::NaiveDate;

/// New plan rows, and what they rest on.
#[derive(Clone, Copy)]
pub struct Planned<'a> {
    pub dates: DateSpan,
    pub book: &'a Book,
    pub ruleset: &'a Ruleset,
    pub accounts: &'a Accounts,
    pub(crate) plans: &'a [ManagerPlan],
}

impl Planned<'_> {
    fn manager(&self, id: ManagerId) -> String {
        let (text, name) = (self.book.managers.text(id.0), self.book.manager_name(id).unwrap_or_default());
        format!("{text} {name}").trim_end().to_owned()
    }

    fn customer(&self, id: CustomerId) -> [Cell; 2] {
        let name = self.book.customer(id).map(|customer| customer.name.to_owned()).unwrap_or_default();
        [Cell::id(self.book.customers.text(id.0)), Cell::new(name)]
    }
}

pub fn build(planned: &Planned, lang: Lang) -> Document {
    let mut document = Document::default();
    document.title(title(planned.dates).get(lang));
    document.text(sum(planned).get(lang));
    for (number, plan) in planned.plans.iter().enumerate() {
        let branch = planned.book.branch(plan.id).map(|branch| format!(" {branch}")).unwrap_or_default();
        let mut body = Document::default();
        body.table(days(&plan.days, lang));
        if !plan.rows.is_empty() {
            body.caption(words("新增计划", "New rows").get(lang), Tone::Plain);
            body.table(new_rows(planned, &plan.rows, lang));
        }
        if !plan.left.is_empty() {
            body.caption(LEFT.get(lang), Tone::Bad);
            body.table(left(planned, &plan.left, lang));
        }
        document.section(format!("manager-{}", number + 1), planned.manager(plan.id) + &branch, body);
    }
    rows::add_foot(planned.book, planned.accounts, planned.ruleset, planned.dates, &mut document, lang);
    document
}

/// What a page of it is headed with.
pub fn title(dates: DateSpan) -> Words {
    let DateSpan { first, last } = dates;
    say(format!("拜访计划 {first} 至 {last}"), format!("Plan, {first} to {last}"))
}

/// Beside a file of rows: what the days of each manager come to, and what is left.
pub fn add_beside(planned: &Planned, document: &mut Document, lang: Lang) {
    for plan in planned.plans {
        document.caption(planned.manager(plan.id), Tone::Plain);
        document.table(days(&plan.days, lang));
        if !plan.left.is_empty() {
            document.caption(LEFT.get(lang), Tone::Bad);
            document.table(left(planned, &plan.left, lang));
        }
    }
}

const LEFT: Words = words("排不进去的", "What no day can be found for");

/// What has been planned in a sentence, and what has not.
pub fn sum(planned: &Planned) -> Words {
    let rows: usize = planned.plans.iter().map(|plan| plan.rows.len()).sum();
    let left: usize = planned.plans.iter().map(|plan| plan.left.len()).sum();
    let managers = planned.plans.len() as u64;
    let new = say(
        format!("{managers} 名客户经理，新增计划 {rows} 行；已有的计划不变，不重复列出"),
        format!(
            "{}, {}; rows that stand stay and are not written again",
            counted(managers, "manager"),
            counted(rows as u64, "new row")
        ),
    );
    match left {
        0 => new,
        _ => new.then(&say(format!("；排不进去的 {left} 项"), format!("; {left} out of reach"))),
    }
}

/// What a row is for.
fn purpose(row: &NewRow, lang: Lang) -> String {
    if row.duties.is_empty() {
        return words("周期已到", "cycle").get(lang).to_owned();
    }
    let duties: Vec<&str> = row.duties.iter().map(|duty| duty_words(*duty, lang)).collect();
    duties.join(words("、", ", ").get(lang))
}

fn day(date: NaiveDate) -> Cell {
    Cell::valued(date.format("%m-%d").to_string(), Value::Date(date))
}

/// A day a row: customers, way, hours.
fn days(days: &[PlannedDay], lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("日期", "date")),
        Column::right(head("户数", "customers")),
        Column::right(head("其中新增", "of them new")),
        Column::right(head("实地", "on site")),
        Column::right(head("路程(公里)", "km")),
        Column::right(head("外勤时间", "field hours")),
    ];
    let row = |one: &PlannedDay| {
        let km = (one.metres / 100.0).round() / 10.0;
        let hours = |seconds: u64| format!("{}:{:02}", seconds / 3600, seconds / 60 % 60);
        vec![
            day(one.date),
            Cell::integer(one.customers.into()),
            Cell::integer(one.new.into()),
            Cell::integer(one.onsite.into()),
            Cell::valued(format!("{km:.1}"), Value::Number(km)),
            one.seconds.map_or_else(|| Cell::new("-"), |seconds| Cell::valued(hours(seconds), Value::Seconds(seconds))),
        ]
    };
    Table { columns, rows: days.iter().map(row).collect(), headed: true, breaks: false }
}

fn new_rows(planned: &Planned, rows: &[NewRow], lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("日期", "date")),
        Column::right(head("序号", "seq")),
        Column::left(head("客户", "customer")),
        Column::left(head("名称", "name")),
        Column::left(head("方式", "mode")),
        Column::left(head("事由", "what for")),
        Column::left(head("原计划", "moved from")),
    ];
    let row = |one: &NewRow| {
        let [id, name] = planned.customer(one.customer);
        vec![
            day(one.date),
            one.seq.map_or_else(Cell::default, |seq| Cell::integer(seq.into())),
            id,
            name,
            Cell::new(one.mode.spelled(lang)),
            Cell::new(purpose(one, lang)),
            one.from.map_or_else(Cell::default, day),
        ]
    };
    Table { columns, rows: rows.iter().map(row).collect(), headed: true, breaks: false }
}

fn left(planned: &Planned, left: &[Left], lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("客户", "customer")),
        Column::left(head("名称", "name")),
        Column::left(head("事由", "what for")),
        Column::right(head("尚缺", "lacking")),
        Column::left(head("至", "until")),
    ];
    let row = |one: &Left| {
        let [id, name] = one.customer.map_or_else(Default::default, |id| planned.customer(id));
        let from = one.moved_from.map(|date| format!(" {}", date.format("%m-%d"))).unwrap_or_default();
        let what = duty_words(one.duty, lang).to_owned() + &from;
        vec![id, name, Cell::new(what), Cell::integer(one.dates.into()), day(one.until)]
    };
    Table { columns, rows: left.iter().map(row).collect(), headed: true, breaks: false }
}
