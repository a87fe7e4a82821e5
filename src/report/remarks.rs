//! What a reader should know besides the verdicts.

use crate::book::Book;
use crate::judgement::Judgement;
use crate::lang::{Words, counted, say, words};
use crate::load::{Accounts, Counted, Folder, PassedOver};
use crate::model::{ClockTime, Column, DateSpan, Kind, ManagerId, Names};
use crate::quote::{quote, some};
use crate::rules::config::Ruleset;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Something noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Dates without any visit, which no day record could speak of.
    Unrecorded { manager: ManagerId, dates: Vec<NaiveDate> },
    /// Dates of visits after the horizon.
    Stray { manager: ManagerId, dates: Vec<NaiveDate> },
    /// An id that files name, but that owns no customer, has no visit or plan row and is not in the managers file.
    UnknownManager { manager: ManagerId },
    /// The last visit of the data's last day starts so early that the day may not have been over.
    EarlyEnd { date: NaiveDate, last_start: ClockTime },
    /// Years that the run touches and whose official days rules.toml does not list.
    CalendarYears { years: Vec<i32> },
    /// Ids that would be one but for leading zeros.
    LeadingZeros { column: &'static str, ids: Vec<String> },
    /// Ids that would be one but for the case of their letters.
    LetterCase { column: &'static str, ids: Vec<String> },
    /// Headers left unread because an earlier name gives their column.
    UnusedHeaders { file: String, headers: Vec<String> },
    /// Sheets of a workbook with something in them that were not read, and the one that was.
    UnreadSheets(PassedOver),
    /// Rows that name their manager or customer by name, and the columns of ids that the file has not.
    Named { file: String, managers: u64, customers: u64, columns: Vec<&'static str> },
    /// Rows that a workbook hides, which were read all the same.
    HiddenRows { file: String, rows: u64 },
    /// A text at photos of so many visits that it names none of them, and the first of these.
    PhotoLabel { file: String, line: u32, visits: u64 },
    /// Items of market checks that rules.toml does not have: their rows' own full scores count.
    UnknownItems { items: Vec<String> },
    /// A file of the data folder that was not read.
    UnclaimedFile { file: String },
    /// A folder in the data folder with tables in it, which are not read.
    UnreadFolder(Folder),
}

pub(super) fn of(judgement: &Judgement, book: &Book, ruleset: &Ruleset, accounts: &Accounts) -> Vec<Remark> {
    let judged: BTreeSet<ManagerId> = judgement.managers.iter().map(|manager| manager.id).collect();
    let mut remarks = calendar_years(ruleset, ruleset.scope(judgement.month).span(Kind::Visits));
    for manager in judgement.managers.iter().filter(|manager| !manager.unrecorded.is_empty()) {
        remarks.push(Remark::Unrecorded { manager: manager.id, dates: manager.unrecorded.clone() });
    }
    remarks.extend(early_end(judgement, book));
    remarks.extend(stray(accounts, |manager| judged.contains(&manager)));
    remarks.extend(judgement.labels.iter().map(|label| Remark::PhotoLabel {
        file: book.files[label.first.file as usize].clone(),
        line: label.first.line,
        visits: label.visits,
    }));
    remarks.extend(unknown_items(book, ruleset));
    remarks.extend(of_ids_and_files(book, accounts));
    remarks
}

/// Items of market checks that rules.toml does not have, by name.
fn unknown_items(book: &Book, ruleset: &Ruleset) -> Option<Remark> {
    let unknown = book.quality().iter().filter(|row| ruleset.settings.quality.find(&row.item).is_none());
    let items: BTreeSet<&str> = unknown.map(|row| &*row.item).collect();
    let items: Vec<String> = items.into_iter().map(str::to_owned).collect();
    (!items.is_empty()).then_some(Remark::UnknownItems { items })
}

/// What there is to remark where nobody is judged.
pub(super) fn of_data(judgement: &Judgement, book: &Book, ruleset: &Ruleset, accounts: &Accounts) -> Vec<Remark> {
    let mut remarks = calendar_years(ruleset, judgement.month.span());
    remarks.extend(early_end(judgement, book));
    remarks.extend(stray(accounts, |_| true));
    remarks.extend(unknown_items(book, ruleset));
    remarks.extend(of_ids_and_files(book, accounts));
    remarks
}

/// A day counts as over when visits of its afternoon are there: an export made at noon has half of it.
const AFTERNOON: ClockTime = ClockTime(15 * 3600);

fn early_end(judgement: &Judgement, book: &Book) -> Option<Remark> {
    let days = judgement.managers.iter().flat_map(|manager| &manager.days);
    let of_horizon = days.filter(|facts| facts.date == book.horizon);
    let last_start = of_horizon.filter_map(|facts| facts.last_start).max()?;
    (last_start < AFTERNOON).then_some(Remark::EarlyEnd { date: book.horizon, last_start })
}

fn calendar_years(ruleset: &Ruleset, span: DateSpan) -> Vec<Remark> {
    let years = ruleset.settings.calendar.unlisted_years(span);
    if years.is_empty() { vec![] } else { vec![Remark::CalendarYears { years }] }
}

/// That plain weekdays were taken in years of these days, which every output says that goes by working days.
pub(crate) fn unlisted_years(ruleset: &Ruleset, span: DateSpan) -> Option<Words> {
    let years = ruleset.settings.calendar.unlisted_years(span);
    (!years.is_empty()).then(|| plain_weekdays(&years))
}

fn plain_weekdays(years: &[i32]) -> Words {
    let years: Vec<String> = years.iter().map(i32::to_string).collect();
    say(
        format!("rules.toml 没有 {} 年的放假安排，按普通周一至周五计算", years.join("、")),
        format!("rules.toml lists no official days of {}: plain weekdays were taken", years.join(", ")),
    )
}

/// The stray dates of some managers.
fn stray(accounts: &Accounts, of: impl Fn(ManagerId) -> bool) -> impl Iterator<Item = Remark> {
    let mut stray: BTreeMap<ManagerId, BTreeSet<NaiveDate>> = BTreeMap::new();
    for row in accounts.stray.iter().filter(|row| of(row.manager)) {
        stray.entry(row.manager).or_default().insert(row.date);
    }
    let strayed = |(manager, dates): (ManagerId, BTreeSet<NaiveDate>)| Remark::Stray {
        manager,
        dates: dates.into_iter().collect(),
    };
    stray.into_iter().map(strayed)
}

fn of_ids_and_files(book: &Book, accounts: &Accounts) -> Vec<Remark> {
    let mut remarks = Vec::new();
    remarks.extend(book.unknown_managers().into_iter().map(|manager| Remark::UnknownManager { manager }));
    for (column, ids) in [("manager_id", &book.managers), ("customer_id", &book.customers)] {
        remarks.extend(leading_zeros(column, ids));
        remarks.extend(letter_case(column, ids));
    }
    for input in accounts.inputs.iter().filter(|input| !input.unused.is_empty()) {
        remarks.push(Remark::UnusedHeaders { file: input.source.shown.clone(), headers: input.unused.clone() });
    }
    let hidden_rows =
        accounts.inputs.iter().map(|input| (input, input.sheet.as_ref().map_or(0, |sheet| sheet.hidden_rows)));
    for (input, rows) in hidden_rows.filter(|(_, rows)| *rows > 0) {
        remarks.push(Remark::HiddenRows { file: input.source.shown.clone(), rows });
    }
    for input in accounts.inputs.iter().filter(|input| !input.by_name.is_empty() || input.named != Counted::default()) {
        let (file, named) = (input.source.shown.clone(), input.named);
        let columns = input.by_name.iter().map(Column::name).collect();
        remarks.push(Remark::Named { file, managers: named.managers, customers: named.customers, columns });
    }
    remarks.extend(accounts.passed_over.iter().cloned().map(Remark::UnreadSheets));
    remarks.extend(accounts.folders.iter().cloned().map(Remark::UnreadFolder));
    remarks.extend(accounts.unclaimed.iter().map(|file| Remark::UnclaimedFile { file: file.clone() }));
    remarks
}

/// Groups of ids that differ only by zeros in front. At most one of a group has no zero there, so it is found by its name.
fn leading_zeros(column: &'static str, ids: &Names) -> Vec<Remark> {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for id in ids.beginning_with("0") {
        groups.entry(id.trim_start_matches('0')).or_default().push(id.to_owned());
    }
    let bare = |rest: &&str| ids.find(rest).is_some();
    for (rest, ids) in &mut groups {
        ids.extend(Some(rest).filter(|rest| bare(rest)).map(|rest| (*rest).to_owned()));
        ids.sort_unstable();
    }
    let several = groups.into_values().filter(|ids| ids.len() > 1);
    several.map(|ids| Remark::LeadingZeros { column, ids }).collect()
}

/// Groups of ids that differ only by case: where one is in lower case somewhere, another may be in upper or lower case
/// throughout.
fn letter_case(column: &'static str, ids: &Names) -> Vec<Remark> {
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for id in ids.iter().filter(|id| id.bytes().any(|byte| byte.is_ascii_lowercase())) {
        let (upper, lower) = (id.to_ascii_uppercase(), id.to_ascii_lowercase());
        let mut others = vec![];
        others.extend(Some(upper).filter(|upper| ids.find(upper).is_some()));
        others.extend(Some(lower.clone()).filter(|lower| lower != id && ids.find(lower).is_some()));
        if !others.is_empty() {
            others.push(id.to_owned());
            groups.entry(lower).or_default().extend(others);
        }
    }
    let of_group = |ids: BTreeSet<String>| Remark::LetterCase { column, ids: ids.into_iter().collect() };
    groups.into_values().map(of_group).collect()
}

impl Remark {
    /// Whether neither ids nor names of files and sheets stand in it, which may be anybody's: of one manager there are only
    /// his own dates.
    pub(super) fn names_nobody_else(&self) -> bool {
        match self {
            Self::Unrecorded { .. } | Self::Stray { .. } | Self::EarlyEnd { .. } | Self::CalendarYears { .. } => true,
            Self::UnknownManager { .. } | Self::LeadingZeros { .. } | Self::LetterCase { .. } => false,
            Self::UnusedHeaders { .. } | Self::UnreadSheets { .. } | Self::UnclaimedFile { .. } => false,
            Self::HiddenRows { .. } | Self::Named { .. } | Self::UnreadFolder(_) => false,
            Self::PhotoLabel { .. } | Self::UnknownItems { .. } => false,
        }
    }

    /// The name of its kind in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unrecorded { .. } => "unrecorded",
            Self::Stray { .. } => "stray",
            Self::UnknownManager { .. } => "unknown_manager",
            Self::EarlyEnd { .. } => "early_end",
            Self::CalendarYears { .. } => "calendar_years",
            Self::LeadingZeros { .. } => "leading_zeros",
            Self::LetterCase { .. } => "letter_case",
            Self::UnusedHeaders { .. } => "unused_headers",
            Self::UnreadSheets { .. } => "unread_sheets",
            Self::HiddenRows { .. } => "hidden_rows",
            Self::Named { .. } => "named",
            Self::PhotoLabel { .. } => "photo_label",
            Self::UnknownItems { .. } => "unknown_items",
            Self::UnclaimedFile { .. } => "unclaimed_file",
            Self::UnreadFolder(_) => "unread_folder",
        }
    }

    pub fn manager(&self) -> Option<ManagerId> {
        match self {
            Self::Unrecorded { manager, .. } | Self::Stray { manager, .. } | Self::UnknownManager { manager } => {
                Some(*manager)
            }
            _ => None,
        }
    }

    pub fn dates(&self) -> &[NaiveDate] {
        match self {
            Self::Unrecorded { dates, .. } | Self::Stray { dates, .. } => dates,
            Self::EarlyEnd { date, .. } => std::slice::from_ref(date),
            _ => &[],
        }
    }

    /// The remark as a sentence.
    pub fn words(&self, book: &Book) -> Words {
        let manager = self.manager().map_or("", |id| book.managers.text(id.0));
        let dates = dates_text(self.dates());
        match self {
            Self::Unrecorded { dates: all, .. } => say(
                format!("{manager} 无记录的日子（{} 天，不考核）：{dates}", all.len()),
                format!("{manager} has days without any record ({}, not assessed): {dates}", all.len()),
            ),
            Self::Stray { .. } => say(
                format!("{manager} 有日期离群的行（远离其他日期，像是年份写错），已搁置：{dates}"),
                format!("{manager} has rows dated far from all others, as by a mistyped year, set aside: {dates}"),
            ),
            Self::UnknownManager { .. } => say(
                format!("未知的客户经理 {manager}：没有客户、拜访、计划，也不在名单中，不考核"),
                format!("unknown manager {manager}: no customer, visit, plan row or managers row; not assessed"),
            ),
            Self::EarlyEnd { date, last_start } => say(
                format!(
                    "数据截止日 {date} 的最后一次拜访 {last_start} 开始，仍按整天考核；如是当天中途导出的，用 --as-of 指定前一天"
                ),
                format!(
                    "the last visit of {date}, where the data end, starts at {last_start}: the day counts as finished; where the export was made during it, give --as-of the day before"
                ),
            ),
            Self::CalendarYears { years } => plain_weekdays(years),
            Self::LeadingZeros { column, ids } => say(
                format!("{column} 只差前导零，按不同编号处理：{}", ids.join("、")),
                format!("{column} differing only by leading zeros, taken as different: {}", ids.join(", ")),
            ),
            Self::LetterCase { column, ids } => say(
                format!("{column} 只差字母大小写，按不同编号处理：{}", ids.join("、")),
                format!("{column} differing only by case, taken as different: {}", ids.join(", ")),
            ),
            Self::UnusedHeaders { file, headers } => say(
                format!("{file} 中未使用的重复列：{}", headers.join("、")),
                format!("{file}: columns not used, as another one gives the same: {}", headers.join(", ")),
            ),
            Self::UnreadSheets(passed_over) => unread_sheets(passed_over),
            Self::Named { file, managers, customers, columns } => named(file, *managers, *customers, columns),
            Self::HiddenRows { file, rows } => say(
                format!("{file} 中有 {rows} 行被隐藏，照样读取"),
                format!("{file}: {} read too", counted(*rows, "hidden row")),
            ),
            Self::PhotoLabel { file, line, visits } => photo_label(file, *line, *visits),
            Self::UnknownItems { items } => unknown_items_words(items),
            Self::UnreadFolder(folder) => unread_folder(folder),
            Self::UnclaimedFile { file } => say(
                format!("未读取的文件（无类别认领或格式不读）：{file}"),
                format!("file not read (no kind claims it, or not its format): {file}"),
            ),
        }
    }
}

fn photo_label(file: &str, line: u32, visits: u64) -> Words {
    say(
        format!("{file}:{line} 的照片名在 {visits} 次拜访中出现，当作标签，不查重复"),
        format!("{file}:{line}: its photo's name stands at {visits} visits; it is taken for a label and not compared"),
    )
}

fn unknown_items_words(items: &[String]) -> Words {
    say(
        format!("[[quality]] 中没有的检查项目，按各行的满分计：{}", items.join("、")),
        format!("items that are not among [[quality]], with the full scores of their rows: {}", items.join(", ")),
    )
}

fn named(file: &str, managers: u64, customers: u64, columns: &[&str]) -> Words {
    let lacking = match columns {
        [] => say(format!("{file}："), format!("{file}: ")),
        _ => {
            let (zh, en) = (columns.join("、"), columns.join(" and "));
            say(format!("{file} 没有 {zh}，以名称代替："), format!("{file} has no {en}, but names: "))
        }
    };
    let found = match (managers, customers) {
        (0, 0) => words("没有文件说明编号，名称即作编号", "no file tells ids, so the names are the ids"),
        (rows, 0) => say(
            format!("{rows} 行按姓名对应到客户经理编号"),
            format!("the manager's id was found by his name in {}", counted(rows, "row")),
        ),
        (0, rows) => say(
            format!("{rows} 行按店名对应到客户编号"),
            format!("the customer's id was found by the shop's name in {}", counted(rows, "row")),
        ),
        (rows, shops) => say(
            format!("{rows} 行按姓名对应到客户经理编号，{shops} 行按店名对应到客户编号"),
            format!(
                "the manager's id was found by his name in {}, the customer's by the shop's in {}",
                counted(rows, "row"),
                counted(shops, "row")
            ),
        ),
    };
    lacking.then(&found)
}

fn unread_sheets(PassedOver { file, sheets, unclear, hidden }: &PassedOver) -> Words {
    let (mut zh, mut en) = (vec![], vec![]);
    let mut add = |names: &[String], why_zh: &str, why_en: &str| {
        if !names.is_empty() {
            zh.push(format!("{why_zh}：{}", names.join("、")));
            en.push(format!("{why_en}: {}", names.join(", ")));
        }
    };
    add(sheets, "没有哪类数据的表头", "without the header of a kind");
    add(
        unclear,
        "像汇总表，列太少，看不出是哪类数据（要读取则在 columns.toml 的 [sheets] 指明）",
        "sums, or too few columns to tell of which kind ([sheets] in columns.toml says)",
    );
    add(hidden, "隐藏", "hidden");
    say(
        format!("{file} 中未读的工作表——{}（用 --sheet 选择）", zh.join("；")),
        format!("{file}: sheets not read — {} (--sheet chooses)", en.join("; ")),
    )
}

pub(super) fn unread_folder(Folder { name, tables }: &Folder) -> Words {
    let (name, count) = (quote(name, 60), tables.len());
    let listed = |separator| some(tables.iter().map(String::as_str), separator);
    say(
        format!("文件夹 {name} 不会读取，其中有 {count} 个表格：{}（要读取则移到数据文件夹里）", listed("、")),
        format!(
            "the folder {name} is not looked into, with {} in it: {} (to have them read, move them up into the data folder)",
            counted(count as u64, "table"),
            listed(", ")
        ),
    )
}

fn dates_text(dates: &[NaiveDate]) -> String {
    let dates: Vec<String> = dates.iter().map(NaiveDate::to_string).collect();
    dates.join(", ")
}
