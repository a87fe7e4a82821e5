//! What is wrong with a row or a cell, in words.

use super::likely::{choices, likely};
use crate::lang::{Words, say, words};
use crate::model::{Column, Kind};
use crate::quote::{quote, toml_list};

/// Reason a row or a cell cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// A key cell holds nothing.
    Empty,
    NotDate,
    /// Not a date with a time of day.
    NotMoment,
    NotMonth,
    NotPeriod,
    NotNumber,
    NotDuration,
    /// Neither longitude and latitude nor the other way round.
    NotPosition,
    NotPhone,
    /// A telephone number of which some digits are hidden.
    Masked,
    /// A word that is none of those the column knows.
    UnknownWord,
    /// An id or number in scientific notation.
    DigitsLost,
    /// What a spreadsheet shows in place of a value that it could not work out.
    ErrorValue,
    /// Bytes that mean nothing in the file's encoding.
    Undecodable,
    /// A character that no text has: the file is damaged.
    Nul,
    /// More cells than the header has, and something in them.
    TooManyCells {
        cells: usize,
        header: usize,
    },
    /// More cells than a table can have.
    TooWide {
        most: usize,
    },
    /// The file ends inside this row.
    CutShort,
    /// A line of what a stray quote has made one record: a cell holds rows, text stands behind a closing quote, or a quote
    /// never closes.
    RowsInACell,
    /// No manager has this telephone number.
    NobodysNumber,
    /// More than one manager has this telephone number.
    SharedNumber,
    /// A name that none of those has whose ids are known.
    NobodysName,
    /// A name that several have.
    SeveralOfName {
        ids: Box<str>,
    },
    /// A formula of a workbook whose result was not stored.
    Unresolved,
    /// Neither a month nor a date to place the row by.
    Undated,
    /// Not a number of points with at most two decimals.
    NotPoints,
    /// A full score of nothing.
    NoPoints,
    /// Neither the row nor rules.toml says what the full score is.
    NoFullScore,
    AboveFullScore {
        max: Box<str>,
    },
}

impl Reason {
    pub fn words(&self) -> Words {
        match self {
            Self::Empty => words("必填而为空", "empty, but needed"),
            Self::NotDate => words("不是有效日期", "not a valid date"),
            Self::NotMoment => words("不是有效的日期时间", "not a valid date and time"),
            Self::NotMonth => words("不是月份（应如 2026-10）", "not a month such as 2026-10"),
            Self::NotPeriod => words("不是所属期", "not a period such as 2026-10, 2026-W41, 2026Q4 or 2026H2"),
            Self::NotNumber => words("不是数字", "not a number"),
            Self::NotDuration => words("不是时长", "not a length of time"),
            Self::NotPosition => words("不是经纬度", "not a longitude and latitude"),
            Self::Masked => words("号码被遮盖", "a number with hidden digits"),
            Self::NotPhone => words("不是电话号码", "not a phone number"),
            Self::UnknownWord => words("未知的取值", "not one of the known values"),
            Self::DigitsLost => words("科学计数法，位数已丢失", "scientific notation: digits were lost"),
            Self::ErrorValue => words("表格软件的错误值，不是数据", "an error of the spreadsheet in place of a value"),
            Self::Undecodable => words("此行无法按文件编码解码", "the line cannot be decoded in the file's encoding"),
            Self::Nul => words("含 NUL 字符，文件可能已损坏", "it holds a NUL character: the file may be damaged"),
            Self::TooManyCells { cells, header } => say(
                format!("有 {cells} 个单元格，表头只有 {header} 个"),
                format!("{cells} cells, but the header has {header}"),
            ),
            Self::TooWide { most } => say(format!("单元格超过 {most} 个"), format!("more than {most} cells")),
            Self::CutShort => words("文件在此行中断", "the file ends in the middle of this row"),
            Self::RowsInACell => words(
                "引号多余或没有闭合，分不清单元格",
                "a quote is stray or never closes: cells and rows run together",
            ),
            Self::NobodysNumber => words("不是任何客户经理的号码", "no manager has this number (managers.phone)"),
            Self::SharedNumber => words("多名客户经理共用此号码", "several managers have this number (managers.phone)"),
            Self::NobodysName => words("没有哪个文件说明此姓名的编号", "no file tells the id of anyone with this name"),
            Self::SeveralOfName { ids } => {
                say(format!("同名，分不清是哪一个：{ids}"), format!("several have this name: {ids}"))
            }
            Self::Unresolved => words("公式没有存下结果", "a formula without a stored result"),
            Self::Undated => words("既无月份也无日期", "neither a month nor a date"),
            Self::NotPoints => words("不是至多两位小数的分数", "not a number of at least 0 with at most two decimals"),
            Self::NoPoints => words("满分须大于 0", "a full score must be above 0"),
            Self::NoFullScore => words(
                "没有满分，rules.toml 的 [[quality]] 中也没有此项目",
                "no full score, and no such item among [[quality]] in rules.toml",
            ),
            Self::AboveFullScore { max } => {
                say(format!("得分超过满分 {max}"), format!("more than the full score of {max}"))
            }
        }
    }
}

impl Reason {
    /// The words for a certain cell: of a date also in which convention it seems to be written.
    pub fn about(&self, cell: &str) -> Words {
        match (self, self.convention(cell)) {
            (_, Some(Convention::YearLast)) => self.words().then(&words("：年份在最后", ": the year stands last")),
            (_, Some(Convention::ShortYear)) => {
                self.words().then(&words("：年份只有两位", ": the year has two digits"))
            }
            _ => self.words(),
        }
    }

    fn convention(&self, cell: &str) -> Option<Convention> {
        matches!(self, Self::NotDate | Self::NotMoment).then(|| convention(cell))?
    }

    /// What to do about a file with many rows that cannot be used for this reason; `None` where it may be anything.
    pub fn remedy(&self, cell: &str) -> Option<Words> {
        Some(match self {
            _ if self.convention(cell).is_some() => words(
                "日期须写作 年-月-日（如 2026-09-07），年份四位：在 Excel 中把该列格式设为 yyyy-mm-dd hh:mm 后重新导出",
                "dates are written year-month-day with four digits of the year, as 2026-09-07: in Excel format the column as yyyy-mm-dd hh:mm, and export it again",
            ),
            Self::Undecodable => words(
                "这些行是另一种编码：用 --encoding 指定文件的编码；若一个文件混有两种编码，请按同一编码重新导出",
                "these lines are in another encoding: name that of the file with --encoding; if two are mixed in one file, export it again in one",
            ),
            Self::DigitsLost => words(
                "编号和号码的末几位已丢失：在 Excel 中把该列设为文本格式，从原系统重新导出",
                "the last digits of ids and numbers are lost: export again from the system, and in Excel import the column as text",
            ),
            Self::Masked => words(
                "号码中有 * 等代替的数字：导出时关闭号码脱敏",
                "some digits are replaced by * or the like: export the numbers in full",
            ),
            Self::ErrorValue => words(
                "公式出错或列太窄：在 Excel 中改正公式、填入实际的值或加宽该列，再导出",
                "a formula fails, or the column is too narrow: mend it in Excel, put in the value itself or widen the column, and export again",
            ),
            Self::Unresolved => unresolved(),
            Self::NobodysName | Self::SeveralOfName { .. } => words(
                "在客户经理名单中写明姓名、编号和营销部，或导出时带上编号",
                "give names, ids and branches in a managers file, or export the ids too",
            ),
            Self::Nul => words("文件已损坏：从原系统重新导出", "the file is damaged: export it again from the system"),
            Self::RowsInACell => words(
                "删去多余的引号，或补上缺少的引号（单元格内的引号须写作两个），或重新导出",
                "take out the stray quote or add the missing one (a quote within a cell is written twice), or export again",
            ),
            Self::TooManyCells { .. } | Self::TooWide { .. } => words(
                "含分隔符的单元格须加引号，或表头少了列：重新导出",
                "cells that hold the delimiter need quotes, or the header lacks columns: export the file again",
            ),
            _ => return None,
        })
    }
}

/// What to do about formulas that nobody has worked out.
pub(crate) fn unresolved() -> Words {
    words(
        "用 Excel 或 WPS 打开该工作簿，保存一次（会算出并存下结果），再检查",
        "open the workbook in Excel and save it, which works the formulas out and stores their results",
    )
}

/// The line of columns.toml that gives a word its meaning: what it most likely means, where anything speaks for that, else its
/// owner must say.
pub fn spelling_line(kind: Kind, column: Column, cell: &str) -> Words {
    let values = choices(kind, column);
    let (table, word) = (format!("[values.{}.{}]", kind.name(), column.name()), toml_list(&quote(cell, LONGEST)));
    let listed = |separator| values.join(separator);
    match likely(kind, column, cell) {
        Some(value) => say(
            format!("在 columns.toml 的 {table} 下加：{value} = {word}（左边取其一：{}）", listed("、")),
            format!("add under {table} of columns.toml: {value} = {word} (or another of {})", listed(", ")),
        ),
        None => say(
            format!("在 columns.toml 的 {table} 下加：… = {word}，左边写明它是哪一个：{}", listed("、")),
            format!("add under {table} of columns.toml: … = {word}, with one of these for …: {}", listed(", ")),
        ),
    }
}

/// What helps where many cells hold such a word, unless it is none that anyone would write.
pub(crate) fn spelling_or_mapping(kind: Kind, column: Column, cell: &str) -> Option<Words> {
    let is_word = cell.chars().count() <= LONGEST_WORD && !cell.contains(char::is_control);
    let line = is_word.then(|| spelling_line(kind, column, cell))?;
    let column = column.name();
    let other = say(
        format!("；若这不是 {column} 的取值，检查列名对应"),
        format!("; if it is nothing that {column} holds, check which column is read for it"),
    );
    Some(line.then(&other))
}

/// A way of writing dates that is not read, as it cannot be told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Convention {
    /// `07/09/2026`: the seventh of September or the ninth of July.
    YearLast,
    /// `26-09-07`.
    ShortYear,
}

fn convention(cell: &str) -> Option<Convention> {
    let date = cell.split([' ', 'T', '\u{3000}']).next()?;
    let parts: Vec<&str> = date.split(['/', '-', '.']).collect();
    let lengths = <[usize; 3]>::try_from(parts.iter().map(|part| part.len()).collect::<Vec<_>>()).ok()?;
    let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    match lengths {
        [1 | 2, 1 | 2, 4] if digits => Some(Convention::YearLast),
        [1 | 2, 1 | 2, 1 | 2] if digits => Some(Convention::ShortYear),
        _ => None,
    }
}

/// How much of a cell is shown, in characters.
const LONGEST: usize = 60;
/// No word of a few has more characters.
const LONGEST_WORD: usize = 20;

/// A cell with what is wrong with it: `started_at "2026-13-01": not a valid date and time`.
pub fn example(column: Option<Column>, cell: &str, why: &Reason) -> Words {
    let column = column.map(|column| format!("{} ", column.name())).unwrap_or_default();
    let (why, cell) = (why.about(cell), quote(cell, LONGEST));
    say(format!("{column}“{cell}”：{}", why.zh), format!("{column}\"{cell}\": {}", why.en))
}

/// Reason a row is rejected, and over which cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    pub column: Option<Column>,
    pub cell: Box<str>,
    pub why: Reason,
}

/// A cell that was taken as empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    pub column: Column,
    pub cell: Box<str>,
    pub why: Reason,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_another_convention_are_told_from_those_that_are_none() {
        for (cell, expected) in [
            ("07/09/2026 08:05", Some(Convention::YearLast)),
            ("7.9.2026", Some(Convention::YearLast)),
            ("26-9-7", Some(Convention::ShortYear)),
            ("9/7/26 8:05", Some(Convention::ShortYear)),
            ("2026-13-01", None),
            ("a/b/cdef", None),
            ("1/2", None),
            ("", None),
        ] {
            assert_eq!(convention(cell), expected, "{cell}");
        }
        assert_eq!(Reason::NotDate.about("7.9.2026").en, "not a valid date: the year stands last");
        assert_eq!(Reason::NotPhone.about("7.9.2026").en, "not a phone number");
    }
}
