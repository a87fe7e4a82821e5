//! What stops the reading of a workbook, in words.

use crate::lang::{Words, say, words};
use crate::quote;
use crate::trouble::Trouble;
use std::fmt::Display;

/// What is wrong in a workbook, where we find it and no library does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    BreaksOff,
    CountOfTexts,
    IndexOfText,
    Merges,
    NumberOfRow,
    OrderOfCells,
    PlaceBeyond,
    PlaceOfCell,
    Unexpected,
}

impl Damage {
    fn words(self) -> Words {
        match self {
            Self::BreaksOff => words("文件不完整，表格没有结束", "it breaks off: a table has no end"),
            Self::CountOfTexts => words("共享文本的个数不对", "the number of its texts"),
            Self::IndexOfText => words("文本序号不对", "the index of a text"),
            Self::Merges => words("合并的单元格互相重叠", "merged cells overlap"),
            Self::NumberOfRow => words("行号不对", "the number of a row"),
            Self::OrderOfCells => words("单元格的次序不对", "its cells are out of order"),
            Self::PlaceBeyond => words("有单元格在工作表范围之外", "a cell beyond the sheet"),
            Self::PlaceOfCell => words("单元格位置不对", "the place of a cell"),
            Self::Unexpected => words("内容不合格式", "unexpected content"),
        }
    }
}

/// A workbook that is damaged so.
pub(super) fn broken(shown: &str, damage: Damage) -> Trouble {
    unreadable(shown, &damage.words())
}

/// A workbook that a library cannot read, in the library's words.
pub(super) fn damaged(shown: &str, error: &dyn Display) -> Trouble {
    unreadable(shown, &Words::same(quote::quote(&error.to_string(), 100)))
}

fn unreadable(shown: &str, why: &Words) -> Trouble {
    Trouble::new(say(
        format!("工作簿已损坏，无法读取（{}）", why.zh),
        format!("the workbook is damaged and cannot be read ({})", why.en),
    ))
    .file(shown)
    .remedy(words(
        "用 Excel 或 WPS 打开（它们会尝试修复）后另存，或重新导出",
        "open it in Excel, which tries to repair it, and save it again, or export it again",
    ))
}

/// A workbook that only its password opens.
pub(super) fn locked(shown: &str) -> Trouble {
    Trouble::new(words("工作簿有密码保护，无法读取", "the workbook is protected by a password and cannot be read"))
        .file(shown)
        .remedy(words("在 Excel 中打开，取消打开密码后另存", "open it in Excel, remove the password, and save it"))
}

/// A workbook that unpacks to more than any table has.
pub(super) fn too_large(shown: &str) -> Trouble {
    Trouble::new(words(
        "工作簿展开后过大，不像一张表格",
        "the workbook unpacks to more than a table can be: it is damaged, or was made to do harm",
    ))
    .file(shown)
    .remedy(words("重新导出；数据确实这样多时导出为 CSV", "export it again; if there is so much of it, as CSV"))
}
