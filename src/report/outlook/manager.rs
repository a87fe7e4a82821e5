//! A manager's part of the outlook: whom he must see, what is out of reach, how his days stand.

use super::looked_at::{LookedAt, a_day, together};
use crate::document::{Cell, Column, Document, Table, Tone, Value};
use crate::judgement::share_text;
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::CustomerId;
use crate::outlook::{Duty, Outlook, State, ToSee, Together, Unit};
use chrono::NaiveDate;

/// A part for each who has anything to be told.
pub(super) fn add_all(looked_at: &LookedAt, document: &mut Document, lang: Lang) {
    for (number, outlook) in looked_at.outlooks.iter().enumerate() {
        let branch = looked_at.book.branch(outlook.id).map(|branch| format!(" {branch}")).unwrap_or_default();
        let heading = looked_at.manager(outlook.id) + &branch;
        document.section(format!("manager-{}", number + 1), heading, body(looked_at, outlook, lang));
    }
}

fn body(looked_at: &LookedAt, outlook: &Outlook, lang: Lang) -> Document {
    let mut document = Document::default();
    document.text(sum(outlook).get(lang));
    if let Some(share) = outlook.share {
        let seen = share_text(share.count, share.of, None);
        let told = match share.short {
            0 => say(format!("实地比例：{seen}，已达到"), format!("On-site share: {seen}, reached")),
            short => say(
                format!("实地比例：{seen}，还差 {short} 户"),
                format!("On-site share: {seen}, {short} more to be seen on site"),
            ),
        };
        document.text(told.get(lang));
    }
    if !outlook.day_rules.is_empty() {
        let kept = outlook.day_rules.iter().filter(|rule| rule.assessed > 0).map(|rule| {
            let kept = rule.assessed - rule.failed;
            format!("{} {kept}/{}", rule.title.get(lang), rule.assessed)
        });
        let kept = kept.collect::<Vec<_>>().join(words("，", ", ").get(lang));
        document.text(
            say(format!("至今各日（达标/考核）：{kept}"), format!("Days so far (kept/assessed): {kept}")).get(lang),
        );
    }
    let lost: Vec<&Unit> = outlook.units.iter().filter(|unit| unit.state == State::Lost).collect();
    if !lost.is_empty() {
        document.caption(words("已来不及", "Out of reach").get(lang), Tone::Bad);
        document.table(out_of_reach(looked_at, &lost, lang));
    }
    if !outlook.customers.is_empty() {
        document.caption(words("须拜访的客户", "Customers to be seen").get(lang), Tone::Plain);
        document.table(customers(looked_at, outlook, lang));
    }
    if outlook.together == Together::WithoutPlan {
        document
            .caption(words("对以上没有用处的计划行", "Plan rows that serve none of these").get(lang), Tone::Waiting);
        document.table(idle(looked_at, outlook, lang));
    }
    document
}

/// The manager's line in words.
fn sum(outlook: &Outlook) -> Words {
    let (customers, onsite) = (outlook.customers.len() as u64, outlook.onsite_to_see());
    let (needed, covered) = (outlook.dates_needed(), outlook.dates_covered());
    let days = outlook.days_left.len() as u64;
    let capacity = match (outlook.capacity.per_day, outlook.capacity.onsite) {
        (Some(all), Some(onsite)) => {
            say(format!("每日能力 {all} 户（实地 {onsite}）"), format!("{all} a day can be seen, {onsite} on site"))
        }
        _ => words("能力不明，只看天数", "capacity unknown, only days are tested"),
    };
    let (answer, _) = together(outlook.together);
    say(
        format!(
            "须拜访 {customers} 户（实地 {onsite}），{needed} 户次，计划已含 {covered}；剩 {days} 天，日均 {}；{}；能否完成：{}",
            a_day(outlook).text,
            capacity.zh,
            answer.zh
        ),
        format!(
            "{} to be seen ({onsite} on site) on {}, {covered} of them planned; {} left, {} a day; {}; together: {}",
            counted(customers, "customer"),
            counted(needed, "date"),
            counted(days, "day"),
            a_day(outlook).text,
            capacity.en,
            answer.en
        ),
    )
}

/// A date without its year, for the tables of a month.
fn day(date: NaiveDate) -> Cell {
    Cell::valued(date.format("%m-%d").to_string(), Value::Date(date))
}

/// What a customer is to be seen for.
pub(crate) fn duty_words(duty: Duty, lang: Lang) -> &'static str {
    let (zh, en) = match duty {
        Duty::Coverage => ("周期拜访", "visits due"),
        Duty::MustOnsite => ("必须实地", "must be on site"),
        Duty::NewCustomer => ("新户指导", "new customer"),
        Duty::Reschedule => ("补访", "make up"),
        Duty::OnsiteShare => ("实地比例", "share"),
    };
    if lang == Lang::Zh { zh } else { en }
}

fn customers(looked_at: &LookedAt, outlook: &Outlook, lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("客户", "customer")),
        Column::left(head("名称", "name")),
        Column::right(head("次数", "dates")),
        Column::left(head("事由", "what for")),
        Column::left(head("至", "until")),
        Column::left(head("上次", "last")),
        Column::left(head("计划于", "planned on")),
    ];
    let mut shown: Vec<&ToSee> = outlook.customers.iter().collect();
    shown.sort_by_key(|to_see| (to_see.until, to_see.last, to_see.customer));
    let row = |to_see: &&ToSee| {
        let duties: Vec<&str> = to_see.duties.iter().map(|duty| duty_words(*duty, lang)).collect();
        let planned: Vec<String> = to_see.planned.iter().map(|date| date.format("%m-%d").to_string()).collect();
        let uncovered = to_see.covered < to_see.dates;
        vec![
            Cell::id(looked_at.customer_id(to_see.customer)),
            Cell::new(looked_at.customer_name(to_see.customer)),
            Cell::integer(to_see.dates.into()),
            Cell::new(duties.join(words("、", ", ").get(lang))),
            day(to_see.until),
            to_see.last.map_or_else(|| Cell::new("-"), day),
            match planned.is_empty() {
                true => Cell::toned(words("未计划", "none").get(lang), Tone::Bad),
                false => Cell::toned(planned.join(" "), if uncovered { Tone::Waiting } else { Tone::Good }),
            },
        ]
    };
    Table { columns, rows: shown.iter().map(row).collect(), headed: true, breaks: false }
}

fn out_of_reach(looked_at: &LookedAt, lost: &[&Unit], lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("客户", "customer")),
        Column::left(head("名称", "name")),
        Column::left(head("规则", "rule")),
        Column::right(head("尚缺", "lacking")),
        Column::left(head("至", "until")),
    ];
    let row = |unit: &&Unit| {
        let name = |id: CustomerId| looked_at.customer_name(id);
        let from = unit.moved_from.map(|date| format!(" {}", date.format("%m-%d"))).unwrap_or_default();
        vec![
            Cell::id(unit.customer.map(|id| looked_at.customer_id(id)).unwrap_or_default()),
            Cell::new(unit.customer.map(name).unwrap_or_default()),
            Cell::new(duty_words(unit.duty, lang).to_owned() + &from),
            Cell::integer(unit.dates.into()),
            day(unit.until),
        ]
    };
    Table { columns, rows: lost.iter().map(row).collect(), headed: true, breaks: false }
}

fn idle(looked_at: &LookedAt, outlook: &Outlook, lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![Column::left(head("日期", "date")), Column::left(head("客户", "customers"))];
    let of_date = outlook.idle.chunk_by(|one, two| one.0 == two.0);
    let row = |rows: &[(NaiveDate, CustomerId)]| {
        let ids: Vec<&str> = rows.iter().map(|(_, customer)| looked_at.customer_id(*customer)).collect();
        vec![day(rows[0].0), Cell::new(ids.join(" "))]
    };
    Table { columns, rows: of_date.map(row).collect(), headed: true, breaks: false }
}
