//! What is wrong with a row or a cell, in words.

use crate::lang::{Words, say, words};
use crate::model::Column;

/// Why a row or a cell cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// A key cell holds nothing.
    Empty,
    NotDate,
    /// Not a date with a time of day.
    NotMoment,
    NotMonth,
    NotPeriod,
    NotNumber,
    NotDuration,
    NotPhone,
    /// A word that is none of those the column knows.
    UnknownWord,
    /// An id or number in scientific notation.
    DigitsLost,
    /// Bytes that mean nothing in the file's encoding.
    Undecodable,
    /// More cells than the header has, and something in them.
    TooManyCells {
        cells: usize,
        header: usize,
    },
    /// The file ends inside this row.
    CutShort,
    /// No manager has this telephone number.
    NobodysNumber,
    /// More than one manager has this telephone number.
    SharedNumber,
    /// Neither a month nor a date to place the row by.
    Undated,
}

impl Why {
    pub fn words(&self) -> Words {
        match self {
            Self::Empty => words("必填而为空", "empty, but needed"),
            Self::NotDate => words("不是有效日期", "not a valid date"),
            Self::NotMoment => words("不是有效的日期时间", "not a valid date and time"),
            Self::NotMonth => words("不是月份（应如 2026-10）", "not a month such as 2026-10"),
            Self::NotPeriod => words("不是所属期", "not a period such as 2026-10, 2026-W41, 2026Q4 or 2026H2"),
            Self::NotNumber => words("不是数字", "not a number"),
            Self::NotDuration => words("不是时长", "not a length of time"),
            Self::NotPhone => words("不是电话号码", "not a phone number"),
            Self::UnknownWord => words("未知的取值", "not one of the known values"),
            Self::DigitsLost => words("科学计数法，位数已丢失", "scientific notation: digits were lost"),
            Self::Undecodable => words("此行无法按文件编码解码", "the line cannot be decoded in the file's encoding"),
            Self::TooManyCells { cells, header } => say(
                format!("有 {cells} 个单元格，表头只有 {header} 个"),
                format!("{cells} cells, but the header has {header}"),
            ),
            Self::CutShort => words("文件在此行中断", "the file ends in the middle of this row"),
            Self::NobodysNumber => words("不是任何客户经理的号码", "no manager has this number (managers.phone)"),
            Self::SharedNumber => words("多名客户经理共用此号码", "several managers have this number (managers.phone)"),
            Self::Undated => words("既无月份也无日期", "neither a month nor a date"),
        }
    }
}

/// A cell with what is wrong with it: `started_at "2026-13-01": not a valid date and time`.
pub fn example(column: Option<Column>, cell: &str, why: &Why) -> Words {
    let column = column.map(|column| format!("{} ", column.name())).unwrap_or_default();
    let why = why.words();
    say(format!("{column}“{cell}”：{}", why.zh), format!("{column}\"{cell}\": {}", why.en))
}

/// Why a row is rejected, and over which cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    pub column: Option<Column>,
    pub cell: Box<str>,
    pub why: Why,
}

/// A cell that was taken as empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    pub column: Column,
    pub cell: Box<str>,
    pub why: Why,
}
