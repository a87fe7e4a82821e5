//! The foot of a report: what became of every row, what could not be read, what was not assessed, and by what rules.

use super::Run;
use super::check_json::unknown_customers;
use super::document::{Cell, Column, Document, Table};
use super::evidence;
use super::remarks::Remark;
use crate::judgement::JudgedRule;
use crate::lang::{Lang, Words, say, words};
use crate::load::{self, BadCells, Counts, Rejected, Why};
use crate::model;
use std::collections::BTreeMap;

/// How many of a kind are listed before the rest is only counted.
const SHOWN: usize = 10;

pub(super) fn add(run: &Run, document: &mut Document, lang: Lang) {
    document.heading(words("数据", "Data").get(lang));
    document.table(rows_by_fate(run, lang));
    add_rejected(run, document, lang);
    add_bad_cells(run, document, lang);
    let unknown = unknown_customers(run);
    if !unknown.is_empty() {
        let (n, ids) = (unknown.len(), listed(&unknown, lang));
        let text = say(
            format!("客户档案中没有的客户（{n} 户，照常计入拜访）：{ids}"),
            format!("Customers that are not in the archive ({n}, counted as visited all the same): {ids}"),
        );
        document.text(text.get(lang));
    }
    let is_unclaimed = |remark: &&Remark| matches!(remark, Remark::UnclaimedFile { .. });
    let (unclaimed, others): (Vec<&Remark>, Vec<&Remark>) = run.remarks.iter().partition(is_unclaimed);
    for remark in others.into_iter().chain(unclaimed.iter().take(SHOWN).copied()) {
        document.text(remark.words(run.book).get(lang));
    }
    add_rest(document, unclaimed.len(), lang);
    let unassessed: Vec<&JudgedRule> = run.judgement.rules.iter().filter(|rule| rule.not_assessed.is_some()).collect();
    if !unassessed.is_empty() {
        document.heading(words("未考核的规则", "Not assessed").get(lang));
        document.table(not_assessed(&unassessed, lang));
    }
    document.heading(words("来源", "Provenance").get(lang));
    document.table(digests(run));
    document.text(provenance(run).get(lang));
}

/// The fates that a column is shown for, and its head; columns without any row are left out.
type Fate = (fn(&Counts) -> u64, Words);

static FATES: [Fate; 9] = [
    (|rows| rows.used, words("使用", "used")),
    (|rows| rows.other_period, words("其他期间", "other period")),
    (|rows| rows.repeat, words("重复", "repeat")),
    (|rows| rows.superseded, words("被取代", "super-\nseded")),
    (|rows| rows.set_aside, words("搁置", "set aside")),
    (|rows| rows.blank, words("空行", "blank")),
    (|rows| rows.total, words("合计行", "total")),
    (|rows| rows.mended, words("已更正", "mended")),
    (|rows| rows.rejected, words("拒绝", "re-\njected")),
];

fn rows_by_fate(run: &Run, lang: Lang) -> Table {
    let some = |(count, _): &&Fate| run.inputs.iter().any(|input| count(&input.rows) > 0);
    let fates: Vec<&Fate> = FATES.iter().filter(some).collect();
    let has_bad = run.inputs.iter().any(|input| input.bad_cells > 0);
    let mut columns = vec![Column::left(words("文件（行数）", "file (rows)").get(lang))];
    columns.extend(fates.iter().map(|(_, head)| Column::right(head.get(lang))));
    columns.extend(has_bad.then(|| Column::right(words("坏单元格", "bad cells").get(lang))));
    let row = |input: &load::Input| {
        let mut row = vec![Cell::new(&input.source.shown)];
        row.extend(fates.iter().map(|(count, _)| Cell::new(count(&input.rows).to_string())));
        row.extend(has_bad.then(|| Cell::new(input.bad_cells.to_string())));
        row
    };
    Table { columns, rows: run.inputs.iter().map(row).collect(), headed: true, breaks: false }
}

fn digests(run: &Run) -> Table {
    let row = |input: &load::Input| {
        let digest = format!("SHA-256 {}…", &input.sha256[..12]);
        vec![Cell::new(&input.source.shown), Cell::new(input.encoding), Cell::new(digest)]
    };
    let columns = ["", "", ""].map(Column::left).to_vec();
    Table { columns, rows: run.inputs.iter().map(row).collect(), headed: false, breaks: false }
}

/// Rejected rows, those with the same complaint together.
fn add_rejected(run: &Run, document: &mut Document, lang: Lang) {
    if run.rejected.is_empty() {
        return;
    }
    let mut groups: BTreeMap<(u32, Option<model::Column>, &str, &Why), Vec<&Rejected>> = BTreeMap::new();
    for row in run.rejected {
        let key = (row.at.file, row.reject.column, &*row.reject.cell, &row.reject.why);
        groups.entry(key).or_default().push(row);
    }
    let heading = say(
        format!("被拒绝的行：{}（--rejects 文件夹 可导出更正）", run.rejected.len()),
        format!("Rejected rows: {} (--rejects DIR writes them out to be mended)", run.rejected.len()),
    );
    document.text(heading.get(lang));
    for ((_, column, cell, why), rows) in groups.iter().take(SHOWN) {
        let times = if rows.len() > 1 { format!(" ×{}", rows.len()) } else { String::new() };
        let place = evidence::place(run.book, rows[0].at);
        let example = load::example(*column, &shortened(cell), why);
        document.text(format!("{place}{times} {}", example.get(lang)));
    }
    add_rest(document, groups.len(), lang);
}

fn add_bad_cells(run: &Run, document: &mut Document, lang: Lang) {
    if run.bad_cells.is_empty() {
        return;
    }
    let mut groups: Vec<&BadCells> = run.bad_cells.iter().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    document.text(words("读不懂而按空处理的单元格", "Cells that could not be read and were taken as empty").get(lang));
    for group in groups.iter().take(SHOWN) {
        let (kind, column, count) = (group.kind.name(), group.bad.column.name(), group.count);
        let (cell, place) = (shortened(&group.bad.cell), evidence::place(run.book, group.first));
        let why = match group.bad.why {
            Why::UnknownWord => say(
                format!("未知的取值，请加到 [values.{kind}.{column}]"),
                format!("unknown: add it under [values.{kind}.{column}]"),
            ),
            ref other => other.about(&group.bad.cell),
        };
        let line = say(
            format!("{kind}.{column} “{cell}” × {count}（{place}）：{}", why.zh),
            format!("{kind}.{column} \"{cell}\" × {count} ({place}): {}", why.en),
        );
        document.text(line.get(lang));
    }
    add_rest(document, groups.len(), lang);
}

fn add_rest(document: &mut Document, all: usize, lang: Lang) {
    if all > SHOWN {
        let rest = all - SHOWN;
        document.text(say(format!("……另有 {rest} 种"), format!("… and {rest} more")).get(lang));
    }
}

/// A cell's text, cut where it is long.
fn shortened(cell: &str) -> String {
    const MOST: usize = 24;
    if cell.chars().count() <= MOST {
        return cell.to_owned();
    }
    let start: String = cell.chars().take(MOST).collect();
    format!("{start}…")
}

fn listed(ids: &[&str], lang: Lang) -> String {
    let shown = ids[..ids.len().min(SHOWN)].join(", ");
    let rest = ids.len().saturating_sub(SHOWN);
    let more = say(format!(" 等，另有 {rest} 户"), format!(" and {rest} more"));
    if rest > 0 { format!("{shown}{}", more.get(lang)) } else { shown }
}

fn not_assessed(rules: &[&JudgedRule], lang: Lang) -> Table {
    let row = |rule: &&JudgedRule| {
        let reason = rule.not_assessed.as_ref().map_or("", |reason| reason.get(lang));
        let item = rule.item.as_ref().map(|item| format!(" {item}")).unwrap_or_default();
        vec![Cell::new(format!("{}{item}", rule.id)), Cell::new(rule.clause.as_str()), Cell::new(reason)]
    };
    let columns = vec![Column::left(""), Column::left(""), Column::left("")];
    Table { columns, rows: rules.iter().map(row).collect(), headed: false, breaks: false }
}

fn provenance(run: &Run) -> Words {
    let version = env!("CARGO_PKG_VERSION");
    let hash = &run.ruleset.sha256[..12];
    let (path_zh, path_en) = match &run.ruleset.path {
        Some(path) => (path.as_str(), path.as_str()),
        None => ("内置 rules.toml", "built-in rules.toml"),
    };
    say(
        format!("baifang {version}，规则 {path_zh}（SHA-256 {hash}…）"),
        format!("baifang {version}, rules {path_en} (SHA-256 {hash}…)"),
    )
}
