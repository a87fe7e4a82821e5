//! What stops a run once its files have been read.

use crate::lang::{counted, say, words};
use crate::load::{self, Accounts};
use crate::quote;
use crate::trouble::Trouble;

/// Every `--sheet` must speak of something.
pub(super) fn sheets_were_read(asked: &[String], accounts: &Accounts) -> Result<(), Trouble> {
    let read: Vec<&str> =
        accounts.inputs.iter().filter_map(|input| Some(input.sheet.as_ref()?.name.as_str())).collect();
    let is_read = |asked: &&String| read.iter().any(|name| load::is_meant(asked, name));
    let Some(unread) = asked.iter().find(|asked| !is_read(asked)) else { return Ok(()) };
    if read.is_empty() {
        let found = words("--sheet：输入中没有 Excel 工作簿", "--sheet: there is no Excel workbook among the inputs");
        return Err(Trouble::new(found).remedy(words("去掉 --sheet", "leave it out")));
    }
    let listed = |separator| quote::some(read.iter().copied(), separator);
    let unread = quote::quote(unread, 40);
    Err(Trouble::new(say(
        format!("--sheet：没有读到名为“{unread}”的工作表；读的是：{}", listed("、")),
        format!("--sheet: no sheet \"{unread}\" was read, but: {}", listed(", ")),
    ))
    .remedy(words("检查工作表名称，或去掉它", "check its name, or leave it out")))
}

/// `--strict`: any rejected row or bad cell stops the run.
pub(super) fn be_strict(accounts: &Accounts) -> Result<(), Trouble> {
    let rejected = accounts.rejected.len();
    let bad: u64 = accounts.bad_cells.iter().map(|group| group.count).sum();
    let first = accounts
        .rejected
        .first()
        .map(|row| (row.at, load::example(row.reject.column, &row.reject.cell, &row.reject.why)));
    let first_bad = || {
        let group = accounts.bad_cells.iter().min_by_key(|group| group.first)?;
        Some((group.first, load::example(Some(group.bad.column), &group.bad.cell, &group.bad.why)))
    };
    let Some((at, example)) = first.or_else(first_bad) else { return Ok(()) };
    let found = say(
        format!("--strict：{rejected} 行被拒绝，{bad} 个坏单元格；首例："),
        format!("--strict: {} rejected and {}; the first: ", counted(rejected as u64, "row"), counted(bad, "bad cell")),
    );
    let remedy = words(
        "改正这些行，或不用 --strict（--rejects 可导出被拒绝的行）",
        "mend them, or leave out --strict (--rejects DIR then writes the rejected rows out)",
    );
    Err(Trouble::new(found.then(&example))
        .remedy(remedy)
        .file(&accounts.inputs[at.file as usize].source.shown)
        .line(u64::from(at.line)))
}
