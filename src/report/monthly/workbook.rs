//! The report as a workbook: what is looked at on the first sheets, what is counted and sorted on flat ones.

use super::figures::percent;
use super::scope::Monthly;
use super::{flat, verdicts};
use crate::document::chart::{Chart, Plot, Point};
use crate::document::{
    Align, Block, Cell, Column, Document, Figure, Figures, Leaf, SUMMARY, Section, Table, Tone, Value,
};
use crate::judgement::{JudgedManager, Party, Severity, percent_text};
use crate::lang::{Lang, words};
use crate::report::headline::Headlined;
use crate::report::verdict::tone;
use crate::report::{Run, share_cells};

/// The sheets; `document` is the same report in one piece.
pub fn leaves(monthly: &Monthly, document: &Document, lang: Lang) -> Vec<Leaf> {
    let run = &monthly.run;
    let name = |zh, en| words(zh, en).get(lang).to_owned();
    vec![
        Leaf::new(SUMMARY.get(lang), summary(run, document, lang)),
        Leaf { drawn: true, ..Leaf::new(name("图表", "Charts"), charts(document, lang)) },
        matrix(run, name("矩阵", "Matrix"), lang),
        Leaf::of_table(name("每日", "Days"), flat::days(run, lang), 4),
        Leaf {
            printed: Some(flat::PRINTED), ..Leaf::of_table(name("明细", "Findings"), flat::findings(run, lang), 3)
        },
        Leaf::new(name("数据质量", "Data quality"), parts(document, &["data", "provenance"])),
        Leaf::new(name("口径", "Definitions"), parts(document, &["definitions"])),
    ]
}

/// Some parts of the report, their headings above them.
fn parts(document: &Document, anchors: &[&str]) -> Document {
    let mut body = Document::default();
    for section in sections(document).filter(|section| anchors.contains(&section.anchor.as_str())) {
        body.heading(&section.heading);
        body.blocks.extend(section.summary.iter().map(|cell| Block::Caption(cell.clone())));
        body.blocks.extend(section.body.blocks.iter().cloned());
    }
    body
}

fn sections(document: &Document) -> impl Iterator<Item = &Section> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Section(section) => Some(section),
        _ => None,
    })
}

/// What the report says of all, and a line for each manager.
fn summary(run: &Run, document: &Document, lang: Lang) -> Document {
    let is_part = |block: &&Block| matches!(block, Block::Section(_));
    let mut summary = Document { blocks: document.blocks.iter().filter(|block| !is_part(block)).cloned().collect() };
    for section in sections(document) {
        match section.anchor.as_str() {
            "data" | "matrix" | "definitions" | "provenance" => continue,
            "managers" => {
                summary.heading(&section.heading);
                summary.table(managers(run, lang));
                let notices = section.body.blocks.iter().filter(|block| matches!(block, Block::Notice(_)));
                summary.blocks.extend(notices.cloned());
            }
            _ => {
                summary.heading(&section.heading);
                let blocks = section.body.blocks.iter().filter_map(|block| match block {
                    Block::Figures(figures) => Some(Block::Table(headlines(figures, lang))),
                    Block::Charts(_) => None,
                    other => Some(other.clone()),
                });
                summary.blocks.extend(blocks);
            }
        }
    }
    summary
}

/// What the report draws of all.
fn charts(document: &Document, lang: Lang) -> Document {
    let mut drawn = Document::default();
    for section in sections(document).filter(|section| section.anchor != "managers") {
        if section.anchor == "rules" {
            drawn.charts(failing(&section.body, lang).into_iter().collect());
        }
        drawn.blocks.extend(section.body.blocks.iter().filter(|block| matches!(block, Block::Charts(_))).cloned());
    }
    drawn
}

/// The headline measures, what is counted as numbers.
fn headlines(figures: &Figures, lang: Lang) -> Table {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let [measure, limit, all, counts, met, change] = figures.columns.clone();
    let columns = vec![
        measure,
        limit,
        met,
        counts,
        Column { align: Align::Right, ..all },
        Column::right(text("计数", "count")),
        Column::right(text("总数", "of")),
        change,
    ];
    let row = |figure: &Figure| {
        let share = match figure.number.value {
            Some(Value::Share { count, of }) => Some((count, of)),
            _ => None,
        };
        let [_, count, of] = share_cells(share, None);
        let texts = [&figure.label, &figure.limit, &figure.met, &figure.counts, &figure.change];
        let [label, limit, met, counts, change] = texts.map(|text| Cell::new(text.as_str()));
        vec![label, limit, met, counts, figure.number.clone(), count, of, change]
    };
    Table { columns, rows: figures.rows.iter().map(row).collect(), headed: true, breaks: false }
}

/// The rules that fail, as the table has them, with the share that does; none where no rule fails.
fn failing(rules: &Document, lang: Lang) -> Option<Chart> {
    let table = rules.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })?;
    let point = |row: &Vec<Cell>| {
        let (label, rate) = (row.first()?, row.iter().find(|cell| matches!(cell.value, Some(Value::Share { .. })))?);
        let Some(Value::Share { count, of }) = rate.value else { return None };
        let failed = of - count;
        let number = percent(Some((failed, of)));
        Some(Point { label: label.text.clone(), number, text: percent_text(failed, of, None) })
    };
    let bars: Vec<Point> = table.rows.iter().filter_map(point).collect();
    let title = words("不合格的规则：不合格率", "Rules that fail: the share that does").get(lang).to_owned();
    let each: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.label, bar.text)).collect();
    let alternative = each.join(words("，", ", ").get(lang));
    (!bars.is_empty()).then_some(Chart { title, alternative, plot: Plot::Bars { bars, limit: None } })
}

/// A line for each manager: the four measures, findings, score.
fn managers(run: &Run, lang: Lang) -> Table {
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let mut columns = flat::manager_columns(lang);
    let headlines = Headlined::all(run.judgement);
    let head = |one: &Headlined| Column::right(format!("{} {}", one.headline.short.get(lang), one.limit(lang)));
    columns.extend(headlines.iter().map(head));
    columns.extend([
        Column::right(text("违规", "violations")),
        Column::right(text("提醒", "warnings")),
        Column::right(text("得分", "score")),
    ]);
    let rules = &run.judgement.rules;
    let row = |manager: &JudgedManager| {
        let mut row = flat::manager_cells(run, manager).to_vec();
        for one in &headlines {
            let outcome = one.outcome(manager);
            let [percent, ..] = share_cells(outcome.and_then(|outcome| one.share(outcome)), one.percent());
            row.push(percent.with_tone(outcome.map_or(Tone::Faint, |outcome| tone(outcome.verdict()))));
        }
        for severity in [Severity::Violation, Severity::Warning] {
            let count = manager.count(rules, Party::Manager, severity);
            let tone = if severity == Severity::Violation { Tone::Bad } else { Tone::Waiting };
            row.push(Cell::integer(count).with_tone(if count > 0 { tone } else { Tone::Faint }));
        }
        row.push(run.score(manager));
        row
    };
    let rows = run.judgement.managers.iter().map(row).collect();
    Table { columns, rows, headed: true, breaks: false }
}

/// Managers by rules, also where there is but one of them.
fn matrix(run: &Run, name: String, lang: Lang) -> Leaf {
    let body = verdicts::matrix(run, lang);
    let table = body.blocks.iter().find_map(|block| match block {
        Block::Matrix(matrix) => Some(matrix.counted(lang)),
        _ => None,
    });
    let (table, marks) = table.unwrap_or_default();
    Leaf { printed: Some(marks), ..Leaf::of_table(name, table, 3) }
}
