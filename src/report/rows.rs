//! What became of every row, what could not be read, and where it all comes from: the same words in every report.

use super::{evidence, remarks};
use crate::book::Book;
use crate::document::{Cell, Column, Document, Table};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::{self, Accounts, BadCells, Counts, FileInfo, Reason, Rejected};
use crate::model::{self, DateSpan};
use crate::rules::config::Ruleset;
use std::collections::BTreeMap;

/// How many of a kind are listed before the rest is only counted.
pub(super) const SHOWN: usize = 10;

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

pub(super) fn by_fate(inputs: &[FileInfo], lang: Lang) -> Table {
    let some = |(count, _): &&Fate| inputs.iter().any(|input| count(&input.rows) > 0);
    let fates: Vec<&Fate> = FATES.iter().filter(some).collect();
    let has_bad = inputs.iter().any(|input| input.bad_cells > 0);
    let mut columns = vec![Column::left(words("文件（行数）", "file (rows)").get(lang))];
    columns.extend(fates.iter().map(|(_, head)| Column::right(head.get(lang))));
    columns.extend(has_bad.then(|| Column::right(words("坏单元格", "bad cells").get(lang))));
    let row = |input: &FileInfo| {
        let mut row = vec![Cell::new(&input.source.shown)];
        row.extend(fates.iter().map(|(count, _)| Cell::integer(count(&input.rows))));
        row.extend(has_bad.then(|| Cell::integer(input.bad_cells)));
        row
    };
    Table { columns, rows: inputs.iter().map(row).collect(), headed: true, breaks: false }
}

/// How many rows were rejected, what can be done about it, and how many of them may be anybody's: they put nobody in doubt.
pub(super) fn rejected_words(book: &Book, accounts: &Accounts) -> Words {
    let (rows, his) = (accounts.rows_rejected(), accounts.rejected.len());
    let all = match accounts.are_own {
        true => say(
            format!("被拒绝的行：{rows}，其中写明是本人的 {his} 行"),
            format!("Rejected rows: {rows}, of which {his} name this manager"),
        ),
        false => say(
            format!("被拒绝的行：{rows}（--rejects 文件夹 可导出更正）"),
            format!("Rejected rows: {rows} (--rejects DIR writes them out to be mended)"),
        ),
    };
    match book.rejected_of_anyone {
        0 => all,
        n => all.then(&say(
            format!("；其中 {n} 行看不出是谁的，可能与任何人有关"),
            format!("; {} could concern anyone", counted(n, "row")),
        )),
    }
}

/// What stands in a manager's own report for the cells of everybody.
pub(super) fn only_counted(bad_cells: u64) -> Words {
    say(
        format!("读不懂的单元格：{bad_cells}；它们可能属于任何人，这里只计数"),
        format!("Cells that could not be read: {bad_cells}; they may be anybody's and are only counted here"),
    )
}

/// Services for customers that cannot be read, if there are any.
pub(super) fn of_no_customer(services: u64) -> Option<Words> {
    let zh = format!("{services} 条服务记录的客户无法识别，不计入任何客户");
    let count = counted(services, "service");
    (services > 0).then(|| say(zh, format!("{count} for a customer that cannot be read, counted for nobody")))
}

/// How many rows were rejected, and which.
pub(super) fn add_rejected(book: &Book, accounts: &Accounts, document: &mut Document, lang: Lang) {
    if accounts.rows_rejected() > 0 {
        document.text(rejected_words(book, accounts).get(lang));
        list_rejected(book, accounts, document, lang);
    }
}

/// Rejected rows, those with the same complaint together.
pub(super) fn list_rejected(book: &Book, accounts: &Accounts, document: &mut Document, lang: Lang) {
    let Accounts { inputs, rejected, .. } = accounts;
    let mut groups: BTreeMap<(u32, Option<model::Column>, &str, &Reason), Vec<&Rejected>> = BTreeMap::new();
    for row in rejected {
        let key = (row.at.file, row.reject.column, &*row.reject.cell, &row.reject.why);
        groups.entry(key).or_default().push(row);
    }
    for ((file, column, cell, why), rows) in groups.iter().take(SHOWN) {
        let times = if rows.len() > 1 { format!(" ×{}", rows.len()) } else { String::new() };
        let place = evidence::place(book, rows[0].at);
        let mut said = load::example(*column, &shortened(cell), why);
        if let (Reason::UnknownWord, Some(column)) = (why, column) {
            let line = load::spelling_line(inputs[*file as usize].source.kind, *column, cell);
            said = said.then(&words("；", "; ")).then(&line);
        }
        document.text(format!("{place}{times} {}", said.get(lang)));
    }
    add_rest(document, groups.len(), lang);
}

pub(super) const BAD_CELLS: Words =
    words("读不懂的单元格（不作数，也不当作空）", "Cells that could not be read (neither a value nor empty)");

/// Bad cells, the most frequent first.
pub(super) fn add_bad_cells(book: &Book, bad_cells: &[BadCells], document: &mut Document, lang: Lang) {
    let mut groups: Vec<&BadCells> = bad_cells.iter().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    for group in groups.iter().take(SHOWN) {
        let (kind, column, count) = (group.kind.name(), group.bad.column.name(), group.count);
        let (cell, place) = (shortened(&group.bad.cell), evidence::place(book, group.first));
        let why = match group.bad.why {
            Reason::UnknownWord => {
                let line = load::spelling_line(group.kind, group.bad.column, &group.bad.cell);
                say(format!("未知的取值，请{}", line.zh), format!("unknown: {}", line.en))
            }
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

pub(super) fn add_rest(document: &mut Document, all: usize, lang: Lang) {
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

/// The customers that the archive does not have.
pub(super) fn unknown_customers(ids: &[&str], lang: Lang) -> Words {
    let (n, ids) = (ids.len(), listed(ids, lang));
    say(
        format!("客户档案中没有的客户（{n} 户，照常计入拜访）：{ids}"),
        format!("Customers that are not in the archive ({n}, counted as visited all the same): {ids}"),
    )
}

fn listed(ids: &[&str], lang: Lang) -> String {
    let shown = ids[..ids.len().min(SHOWN)].join(", ");
    let rest = ids.len().saturating_sub(SHOWN);
    let more = say(format!(" 等，另有 {rest} 户"), format!(" and {rest} more"));
    if rest > 0 { format!("{shown}{}", more.get(lang)) } else { shown }
}

/// The files' encodings and the beginnings of their digests; the columns.toml files in force too, for what they say changes
/// what cells mean.
pub(super) fn digests(accounts: &Accounts, lang: Lang) -> Table {
    let Accounts { inputs, columns, .. } = accounts;
    let digest = |sha256: &str| format!("SHA-256 {}…", &sha256[..12]);
    let row = |input: &FileInfo| {
        [input.source.shown.clone(), input.format().to_owned(), digest(&input.sha256)].map(Cell::new).to_vec()
    };
    let files = columns.iter().map(|file| {
        let what = words("列名对应", "names of columns").get(lang).to_owned();
        [file.path.clone(), what, digest(&file.sha256)].map(Cell::new).to_vec()
    });
    let rows = inputs.iter().map(row).chain(files).collect();
    Table { columns: ["", "", ""].map(Column::left).to_vec(), rows, headed: false, breaks: false }
}

/// The program and the rules.
pub(super) fn provenance(ruleset: &Ruleset) -> Words {
    let version = env!("CARGO_PKG_VERSION");
    let hash = &ruleset.sha256[..12];
    let (path_zh, path_en) = match &ruleset.path {
        Some(path) => (path.as_str(), path.as_str()),
        None => ("内置 rules.toml", "built-in rules.toml"),
    };
    say(
        format!("baifang {version}，规则 {path_zh}（SHA-256 {hash}…）"),
        format!("baifang {version}, rules {path_en} (SHA-256 {hash}…)"),
    )
}

/// What became of the rows, and where all this comes from: the foot of what looks at these days and judges nobody.
pub(super) fn add_foot(
    book: &Book,
    accounts: &Accounts,
    ruleset: &Ruleset,
    span: DateSpan,
    document: &mut Document,
    lang: Lang,
) {
    document.heading(words("数据", "Data").get(lang));
    document.table(by_fate(&accounts.inputs, lang));
    add_rejected(book, accounts, document, lang);
    if let Some(remark) = remarks::unlisted_years(ruleset, span) {
        document.text(remark.get(lang));
    }
    document.heading(words("来源", "Provenance").get(lang));
    document.table(digests(accounts, lang));
    document.text(provenance(ruleset).get(lang));
}
