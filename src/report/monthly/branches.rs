//! The branches beside one another.

use super::figures::{Sum, percent};
use crate::document::chart::{Chart, Mark, Plot, Point};
use crate::document::{Cell, Column, Document, Table};
use crate::headline::Measure;
use crate::judgement::{JudgedManager, Party, Severity};
use crate::lang::{Lang, say, words};
use crate::report::headline::Headlined;
use crate::report::{Run, mean_score, score_cell};
use std::collections::BTreeMap;

type Branches<'a> = BTreeMap<&'a str, Vec<&'a JudgedManager>>;

/// Nothing where all belong to one.
pub(super) fn body(run: &Run, lang: Lang) -> Document {
    let mut branches: Branches = BTreeMap::new();
    for manager in &run.judgement.managers {
        branches.entry(run.book.branch(manager.id).unwrap_or_default()).or_default().push(manager);
    }
    let mut document = Document::default();
    if branches.len() > 1 {
        let headlines = Headlined::all(run.judgement);
        document.charts(headlines.iter().map(|one| chart(one, &branches, lang)).collect());
        document.table(table(run, &branches, lang));
    }
    document
}

fn branch_name(branch: &str, lang: Lang) -> String {
    if branch.is_empty() { words("（未填部门）", "(no branch)").get(lang).to_owned() } else { branch.to_owned() }
}

fn table(run: &Run, branches: &Branches, lang: Lang) -> Table {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let mut columns = vec![Column::left(text("部门", "branch")), Column::right(text("客户经理", "managers"))];
    let headlines = Headlined::all(run.judgement);
    columns.extend(headlines.iter().map(|one| Column::right(one.headline.short.get(lang))));
    columns.extend([
        Column::right(text("违规", "violations")),
        Column::right(text("提醒", "warnings")),
        Column::right(text("平均得分", "mean score")),
    ]);
    let columns = columns.into_iter().map(Column::sorting).collect();
    let rules = &run.judgement.rules;
    let row = |(branch, managers): (&&str, &Vec<&JudgedManager>)| {
        let mut row = vec![Cell::new(branch_name(branch, lang)), Cell::integer(managers.len() as u64)];
        row.extend(headlines.iter().map(|one| Sum::of_headline(one, managers.iter().copied()).cell()));
        for severity in [Severity::Violation, Severity::Warning] {
            row.push(Cell::integer(managers.iter().map(|one| one.count(rules, Party::Manager, severity)).sum()));
        }
        row.push(score_cell(mean_score(managers.iter().copied()), false));
        row
    };
    Table { columns, rows: branches.iter().map(row).collect(), headed: true, breaks: false }
}

fn chart(headlined: &Headlined, branches: &Branches, lang: Lang) -> Chart {
    let bar = |(branch, managers): (&&str, &Vec<&JudgedManager>)| {
        let sum = Sum::of_headline(headlined, managers.iter().copied());
        Point { label: branch_name(branch, lang), number: percent(sum.share), text: sum.cell().text }
    };
    let bars: Vec<Point> = branches.iter().map(bar).collect();
    let title = headlined.headline.name.get(lang).to_owned();
    let limit = limit(headlined, lang);
    let alternative = in_words(&bars, limit.as_ref(), lang);
    Chart { title, alternative, plot: Plot::Bars { bars, limit } }
}

/// Every number of a chart, and the limit.
pub(super) fn in_words(points: &[Point], limit: Option<&Mark>, lang: Lang) -> String {
    let each: Vec<String> = points.iter().map(|point| format!("{} {}", point.label, point.text)).collect();
    let behind = limit.map_or(words("", ""), |mark| {
        say(format!("；每名客户经理的限值 {}", mark.text), format!("; the limit for each manager is {}", mark.text))
    });
    let all = say(each.join("，"), each.join(", ")).then(&behind);
    all.get(lang).to_owned()
}

/// The limit as a line across a chart of percentages; that of a measure of days is no percentage of them.
pub(super) fn limit(headlined: &Headlined, lang: Lang) -> Option<Mark> {
    let limit = headlined.rule()?.limit.as_ref()?;
    let text = limit.words.get(lang).to_owned();
    (headlined.headline.measure != Measure::Days).then_some(Mark { number: limit.number.as_f64(), text })
}
