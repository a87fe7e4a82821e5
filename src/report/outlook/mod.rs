//! `outlook` for people: who can still do what, whom each must see, and what is out of reach.

mod block;
pub mod csv;
pub mod json;
mod looked_at;
mod manager;

pub use block::{HEADING as BLOCK, block};
pub use looked_at::LookedAt;
pub(crate) use manager::duty_words;

use super::{obstacles, rows};
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::Month;
use crate::outlook::{Outlook, State};
use looked_at::{a_day, together};

pub fn build(looked_at: &LookedAt, lang: Lang) -> Document {
    let mut document = Document::default();
    head(looked_at, &mut document, lang);
    if !looked_at.obstacles.is_empty() {
        document.heading(obstacles::heading(looked_at.obstacles).get(lang));
        document.table(obstacles::table(looked_at.obstacles, lang));
        document.heading(title(looked_at.month).get(lang));
    }
    document.table(table(looked_at, lang));
    document.text(legend().get(lang));
    manager::add_all(looked_at, &mut document, lang);
    rows::add_foot(looked_at.book, looked_at.accounts, looked_at.ruleset, looked_at.month.span(), &mut document, lang);
    document
}

/// What a page of it is headed with.
pub fn title(month: Month) -> Words {
    say(format!("月中展望 {month}"), format!("Outlook, {month}"))
}

fn head(looked_at: &LookedAt, document: &mut Document, lang: Lang) {
    let (month, horizon, managers) = (looked_at.month, looked_at.book.horizon, looked_at.outlooks.len());
    let title = say(
        format!("月中展望 {month}：{managers} 名客户经理，数据截止 {horizon}"),
        format!("Outlook, {month}: {}, data to {horizon}", counted(managers as u64, "manager")),
    );
    document.title(title.get(lang));
}

fn legend() -> Words {
    words(
        "按户次计，不按路线计。日均：剩余户次 ÷ 剩余天数，与每日能力相比",
        "By count, not by route. A day: dates needed ÷ days left, beside what a day can hold",
    )
}

/// A manager a row.
fn table(looked_at: &LookedAt, lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("客户经理", "manager")),
        Column::right(head("须拜访\n户数", "to\nsee")),
        Column::right(head("其中\n实地", "on\nsite")),
        Column::right(head("须访\n户次", "dates\nneeded")),
        Column::right(head("计划\n已含", "in the\nplan")),
        Column::right(head("剩余\n天数", "days\nleft")),
        Column::right(head("日均\n/能力", "a day\n/can")),
        Column::right(head("已失", "lost")),
        Column::left(head("能否完成", "together")),
    ];
    let row = |outlook: &Outlook| {
        let lost = outlook.units.iter().filter(|unit| unit.state == State::Lost).count() as u64;
        let (together, tone) = together(outlook.together);
        vec![
            Cell::new(looked_at.manager(outlook.id)),
            Cell::integer(outlook.customers.len() as u64),
            Cell::integer(outlook.onsite_to_see() as u64),
            Cell::integer(outlook.dates_needed().into()),
            Cell::integer(outlook.dates_covered().into()),
            Cell::integer(outlook.days_left.len() as u64),
            a_day(outlook),
            Cell::integer(lost).with_tone(if lost > 0 { Tone::Bad } else { Tone::Faint }),
            Cell::toned(together.get(lang), tone),
        ]
    };
    Table { columns, rows: looked_at.outlooks.iter().map(row).collect(), headed: true, breaks: false }
}
