//! What stops the reading of a workbook, in words.

use crate::lang::{say, words};
use crate::quote;
use crate::trouble::Trouble;
use std::fmt::Display;

/// A workbook that cannot be read.
pub(super) fn damaged(shown: &str, error: &dyn Display) -> Trouble {
    let error = quote::quote(&error.to_string(), 100);
    Trouble::new(say(
        format!("工作簿已损坏，无法读取（{error}）"),
        format!("the workbook is damaged and cannot be read ({error})"),
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
