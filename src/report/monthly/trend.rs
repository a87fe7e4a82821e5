//! The same measures month by month, as far as the data reach back: up to three months.

use super::branches::{in_words, limit};
use super::figures::{Sum, percent};
use super::scope::Monthly;
use crate::document::chart::{Chart, Plot, Point};
use crate::document::{Cell, Column, Document, Table};
use crate::judgement::{Judgement, Party, Severity};
use crate::lang::{Lang, say, words};
use crate::model::Kind;
use crate::report::headline::Headlined;
use crate::report::{mean_score, score_cell};

pub(super) fn body(monthly: &Monthly, lang: Lang) -> Document {
    let mut document = Document::default();
    let months: Vec<&Judgement> = monthly.earlier.iter().rev().chain([monthly.run.judgement]).collect();
    if months.len() == 1 {
        let alone =
            words("数据中没有以前月份的拜访，无从比较", "No visits of earlier months are loaded to compare with");
        document.text(alone.get(lang));
        return document;
    }
    let headlines = Headlined::all(monthly.run.judgement);
    document.charts(headlines.iter().map(|one| chart(one, &months, lang)).collect());
    document.table(table(&headlines, &months, lang));
    if let Some(begun) = begins_late(monthly, &months) {
        let note = say(
            format!("拜访数据自 {begun} 起，首月不完整"),
            format!("Visits are loaded from {begun} on: the first month is not whole"),
        );
        document.text(note.get(lang));
    }
    document
}

/// The first date with visits, where it is not the first of the first month shown.
fn begins_late(monthly: &Monthly, months: &[&Judgement]) -> Option<chrono::NaiveDate> {
    let window = monthly.run.book.windows.get(Kind::Visits)?;
    let first = months.first()?.month;
    let calendar = &monthly.run.ruleset.settings.calendar;
    let missed = first.span().days().take_while(|date| *date < window.first).any(|date| calendar.is_working_day(date));
    missed.then_some(window.first)
}

fn chart(headlined: &Headlined, months: &[&Judgement], lang: Lang) -> Chart {
    let point = |judgement: &&Judgement| {
        let sum = Sum::of_headline(headlined, &judgement.managers);
        Point { label: judgement.month.to_string(), number: percent(sum.share), text: sum.cell().text }
    };
    let points: Vec<Point> = months.iter().map(point).collect();
    let limit = limit(headlined, lang);
    let alternative = in_words(&points, limit.as_ref(), lang);
    let title = headlined.headline.name.get(lang).to_owned();
    Chart { title, alternative, plot: Plot::Line { points, limit } }
}

/// A row a measure, a column a month.
fn table(headlines: &[Headlined], months: &[&Judgement], lang: Lang) -> Table {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let mut columns = vec![Column::left(text("指标", "measure"))];
    columns.extend(months.iter().map(|judgement| Column::right(judgement.month.to_string())));
    let mut rows = Vec::new();
    let mut add = |head: String, cell: &dyn Fn(&Judgement) -> Cell| {
        let cells = months.iter().map(|judgement| cell(judgement));
        rows.push([Cell::new(head)].into_iter().chain(cells).collect());
    };
    let are_several = months.iter().any(|judgement| judgement.managers.len() > 1);
    if are_several {
        add(text("客户经理", "managers"), &|judgement| Cell::integer(judgement.managers.len() as u64));
    }
    for one in headlines {
        let sum = |judgement: &Judgement| Sum::of_headline(one, &judgement.managers);
        add(one.headline.name.get(lang).to_owned(), &|judgement| sum(judgement).cell());
        if are_several {
            add(text("　其中达标人数", "managers who meet the limit"), &|judgement| sum(judgement).met_cell());
        }
    }
    for (severity, name) in [
        (Severity::Violation, text("违规（不含服务科职责）", "violations, those of the section left out")),
        (Severity::Warning, text("提醒", "warnings")),
    ] {
        let count = |one: &Judgement| -> u64 {
            one.managers.iter().map(|manager| manager.count(&one.rules, Party::Manager, severity)).sum()
        };
        add(name, &|judgement| Cell::integer(count(judgement)));
    }
    let score = if are_several { text("平均得分", "mean score") } else { text("得分", "score") };
    add(score, &|judgement| score_cell(mean_score(&judgement.managers), false));
    Table { columns, rows, headed: true, breaks: false }
}
