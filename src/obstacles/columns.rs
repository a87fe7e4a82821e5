//! Columns and rows that cannot be read as they should (SPEC §1.2).

use super::{Obstacle, ObstacleKind};
use crate::book::Book;
use crate::cell::{Reason, unresolved as unresolved_remedy};
use crate::lang::{Words, counted, say, words};
use crate::load::{Accounts, CellCounts, cells_of};
use crate::model::*;
use crate::quote;
use std::collections::BTreeMap;

/// Columns of which many cells are there but cannot be read.
pub(super) fn unreadable(book: &Book, accounts: &Accounts) -> Vec<Obstacle> {
    let found = cells_of(&accounts.inputs).into_iter().filter(|(_, counts)| counts.is_obstacle());
    found.map(|((kind, column), counts)| unreadable_column(book, accounts, kind, column, counts)).collect()
}

fn unreadable_column(
    book: &Book,
    accounts: &Accounts,
    kind: Kind,
    column: Column,
    CellCounts { filled, unknown }: CellCounts,
) -> Obstacle {
    let place = format!("{}.{}", kind.name(), column.name());
    let groups = accounts.bad_cells.iter().filter(|group| group.kind == kind && group.bad.column == column);
    let example = groups.max_by_key(|group| (group.count, std::cmp::Reverse(group.first)));
    let shown = example.map(|group| quote::quote(&group.bad.cell, 40)).unwrap_or_default();
    let lost = if book.is_unreadable(kind, column) {
        words("；只看该列的检查未考核", "; tests that only look at it are not assessed")
    } else {
        words("", "")
    };
    let message = say(
        format!("{place}：{filled} 个单元格中有 {unknown} 个无法识别，如“{shown}”"),
        format!("{place}: {unknown} of {} cannot be read, such as \"{shown}\"", counted(filled, "cell")),
    );
    let remedy = example.and_then(|group| group.bad.why.remedy(&group.bad.cell));
    Obstacle {
        kind: ObstacleKind::ColumnUnreadable,
        manager: None,
        place,
        count: unknown,
        of: filled,
        message: message.then(&lost),
        remedy: remedy.unwrap_or(words(
            "核对该列对应的表头，或在 columns.toml 的 [values] 中说明这些写法，再检查",
            "check which header is read for the column, or give these spellings a meaning under [values] of columns.toml",
        )),
    }
}

/// Columns with formulas whose results nobody has stored.
pub(super) fn unresolved(accounts: &Accounts) -> Vec<Obstacle> {
    let mut columns: BTreeMap<(Kind, Column), (u64, At)> = BTreeMap::new();
    let cells = accounts.bad_cells.iter().filter(|group| group.bad.why == Reason::Unresolved);
    let cells = cells.map(|group| ((group.kind, group.bad.column), group.count, group.first));
    let rows = accounts.rejected.iter().filter(|row| row.reject.why == Reason::Unresolved);
    let rows = rows.filter_map(|row| {
        let kind = accounts.inputs.get(row.at.file as usize)?.source.kind;
        Some(((kind, row.reject.column?), 1, row.at))
    });
    for (column, count, first) in cells.chain(rows) {
        let known = columns.entry(column).or_insert((0, first));
        *known = (known.0 + count, known.1.min(first));
    }
    let of = |(kind, column): (Kind, Column)| {
        let inputs = accounts.inputs.iter().filter(move |input| input.source.kind == kind);
        let cells = inputs.flat_map(|input| &input.cells).filter(|(there, _)| *there == column);
        cells.map(|(_, counts)| counts.filled).sum::<u64>()
    };
    let obstacle = |(key, (count, first)): ((Kind, Column), (u64, At))| {
        let place = format!("{}.{}", key.0.name(), key.1.name());
        let file = accounts.inputs.get(first.file as usize).map_or("", |input| &input.source.shown);
        Obstacle {
            kind: ObstacleKind::FormulaWithoutValue,
            manager: None,
            count,
            of: of(key).max(count),
            message: say(
                format!("{place}：{count} 个公式没有存下结果（首例 {file}:{}），按不明处理", first.line),
                format!(
                    "{place}: {} without a stored result (the first: {file}:{}), taken as unknown",
                    counted(count, "formula"),
                    first.line
                ),
            ),
            place,
            remedy: unresolved_remedy(),
        }
    };
    columns.into_iter().map(obstacle).collect()
}

/// Rows that a stray quote has hidden in a cell, file by file.
pub(super) fn rows_in_cells(accounts: &Accounts) -> Vec<Obstacle> {
    let mut files: BTreeMap<u32, (u64, At)> = BTreeMap::new();
    for row in accounts.rejected.iter().filter(|row| row.reject.why == Reason::RowsInACell) {
        let (count, first) = files.entry(row.at.file).or_insert((0, row.at));
        (*count, *first) = (*count + 1, (*first).min(row.at));
    }
    let obstacle = |(file, (count, first)): (u32, (u64, At))| {
        let input = &accounts.inputs[file as usize];
        let (shown, rows) = (&input.source.shown, &input.rows);
        Obstacle {
            kind: ObstacleKind::RowsInACell,
            manager: None,
            place: format!("{shown}:{}", first.line),
            count,
            of: rows.sum(),
            message: say(
                format!("{shown}:{}：多余的引号把 {count} 行并进了单元格，这些行被拒绝", first.line),
                format!(
                    "{shown}:{}: a stray quote draws {} into a cell; they are rejected",
                    first.line,
                    counted(count, "row")
                ),
            ),
            remedy: stray_quote(),
        }
    };
    files.into_iter().map(obstacle).collect()
}

fn stray_quote() -> Words {
    words(
        "在该行找到多余的引号并删去，或从原系统重新导出",
        "find the stray quote in that line and remove it, or export the file again",
    )
}
