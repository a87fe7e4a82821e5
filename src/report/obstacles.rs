//! What stands in the way of judging, in the same words wherever it is said (SPEC §1.2): above everything else.

use super::rows;
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::ManagerId;
use crate::obstacle::{Obstacle, ObstacleKind};
use serde::Serialize;

/// The heading above them.
pub(super) fn heading(obstacles: &[Obstacle]) -> Words {
    let n = obstacles.len();
    say(format!("妨碍考核的问题：{n}"), format!("In the way of judging: {n}"))
}

/// The same for a manager's own report: what concerns everybody tells no cell, id or name, and is not his to mend.
pub(super) fn for_himself(obstacles: &[Obstacle]) -> Vec<Obstacle> {
    obstacles.iter().map(|one| if one.manager.is_some() { mended_by_section(one) } else { impersonal(one) }).collect()
}

/// Of everybody's, what is a manager's own business, likewise.
pub(crate) fn for_one(all: &[Obstacle], id: ManagerId) -> Vec<Obstacle> {
    let is_his = |one: &&Obstacle| one.manager.is_none_or(|manager| manager == id);
    for_himself(&all.iter().filter(is_his).cloned().collect::<Vec<Obstacle>>())
}

fn impersonal(obstacle: &Obstacle) -> Obstacle {
    let Obstacle { count, of, place, .. } = obstacle;
    let message = match obstacle.kind {
        ObstacleKind::ColumnUnreadable => say(
            format!("{place}：{of} 个单元格中有 {count} 个无法识别"),
            format!("{place}: {count} of {} cannot be read", counted(*of, "cell")),
        ),
        ObstacleKind::IdsDoNotJoin => say(
            format!("拜访过的 {of} 户中有 {count} 户不在客户档案中"),
            format!("of {} visited {count} are not in customers", counted(*of, "customer")),
        ),
        ObstacleKind::BranchEndsEarly => words("有部门的数据不完整", "the data of a branch are not complete"),
        ObstacleKind::NotRead => words("有文件没有读取", "a file was not read"),
        ObstacleKind::FormulaWithoutValue => {
            words("工作簿中有公式没有结果", "formulas of a workbook have no stored results")
        }
        ObstacleKind::RowsInACell => say(
            format!("多余的引号把 {count} 行并进了单元格，这些行被拒绝"),
            format!("a stray quote draws {} into a cell; they are rejected", counted(*count, "row")),
        ),
        ObstacleKind::NoVisits | ObstacleKind::Offset | ObstacleKind::HalfFail => obstacle.message.clone(),
    };
    // A branch or a file may be another's.
    let names_others = matches!(obstacle.kind, ObstacleKind::BranchEndsEarly | ObstacleKind::NotRead);
    let place = if names_others { String::new() } else { place.clone() };
    Obstacle { message, place, ..mended_by_section(obstacle) }
}

fn mended_by_section(obstacle: &Obstacle) -> Obstacle {
    Obstacle { remedy: words("由服务科核对数据", "for the section to look into"), ..obstacle.clone() }
}

/// The first of each kind, and how many more there are of it.
fn by_kind(obstacles: &[Obstacle]) -> impl Iterator<Item = (&[Obstacle], usize)> {
    let kinds = obstacles.chunk_by(|one, two| one.kind == two.kind);
    kinds.map(|of_kind| of_kind.split_at(of_kind.len().min(rows::SHOWN))).map(|(shown, rest)| (shown, rest.len()))
}

fn more(rest: usize) -> Words {
    say(format!("……同类另有 {rest} 项"), format!("… and {rest} more like these"))
}

/// What is in the way, and what to do about it.
pub(super) fn table(obstacles: &[Obstacle], lang: Lang) -> Table {
    let heads = [words("问题", "in the way"), words("办法", "remedy")];
    let columns = heads.map(|head| Column::left(head.get(lang))).to_vec();
    let mut rows = Vec::new();
    for (shown, rest) in by_kind(obstacles) {
        let row = |one: &Obstacle| vec![Cell::toned(one.message.get(lang), Tone::Bad), Cell::new(one.remedy.get(lang))];
        rows.extend(shown.iter().map(row));
        if rest > 0 {
            rows.push(vec![Cell::new(more(rest).get(lang)), Cell::default()]);
        }
    }
    Table { columns, rows, headed: true, breaks: false }
}

/// The same in lines, for a terminal.
fn lines(obstacles: &[Obstacle], lang: Lang) -> Document {
    let mut document = Document::default();
    for (shown, rest) in by_kind(obstacles) {
        for (at, obstacle) in shown.iter().enumerate() {
            document.caption(format!("! {}", obstacle.message.get(lang)), Tone::Bad);
            // What is to be done is often the same of all of a kind.
            if shown.get(at + 1).is_none_or(|next| next.remedy != obstacle.remedy) {
                let remedy = words("办法：", "remedy: ").then(&obstacle.remedy);
                document.caption(remedy.get(lang), Tone::Plain);
            }
        }
        if rest > 0 {
            document.caption(more(rest).get(lang), Tone::Plain);
        }
    }
    document
}

/// Above everything else, under a heading of their own.
pub(super) fn add(obstacles: &[Obstacle], document: &mut Document, lang: Lang) {
    if !obstacles.is_empty() {
        document.heading(heading(obstacles).get(lang));
        document.blocks.extend(lines(obstacles, lang).blocks);
    }
}

/// In a line, for tables that have no other place.
pub(super) fn in_a_line(obstacles: &[Obstacle], lang: Lang) -> String {
    let each = |one: &Obstacle| {
        let kind = one.kind.name();
        format!("{kind}: {} ({})", one.message.get(lang), one.remedy.get(lang))
    };
    obstacles.iter().map(each).collect::<Vec<_>>().join("; ")
}

#[derive(Serialize)]
pub(super) struct ObstacleJson<'a> {
    kind: &'static str,
    r#where: &'a str,
    count: u64,
    of: u64,
    message: &'a str,
    remedy: &'a str,
}

impl<'a> ObstacleJson<'a> {
    pub(super) fn of(obstacle: &'a Obstacle, lang: Lang) -> Self {
        Self {
            kind: obstacle.kind.name(),
            r#where: &obstacle.place,
            count: obstacle.count,
            of: obstacle.of,
            message: obstacle.message.get(lang),
            remedy: obstacle.remedy.get(lang),
        }
    }
}
