//! Files and sheets with the name or the header of a kind that were not read (SPEC §1.2).

use super::{Obstacle, ObstacleKind};
use crate::lang::{Words, say, words};
use crate::load::{Accounts, Unread, Why};
use crate::model::Kind;
use crate::quote::quote;

pub(super) fn not_read(accounts: &Accounts) -> Vec<Obstacle> {
    accounts.unread.iter().map(obstacle).collect()
}

fn obstacle(unread: &Unread) -> Obstacle {
    let shown = &unread.source.shown;
    Obstacle {
        kind: ObstacleKind::NotRead,
        manager: None,
        place: shown.clone(),
        count: 1,
        of: 1,
        message: Words::same(shown).then(&message(unread)),
        remedy: unread.remedy.clone().unwrap_or_else(|| remedy(unread)),
    }
}

fn message(Unread { source, why, .. }: &Unread) -> Words {
    let kind = source.kind.name();
    match why {
        Why::NoTable | Why::Lacks(_) if lacking(why).is_empty() => say(
            format!("：按名称或表头是 {kind} 数据，但没有读取"),
            format!(": by its name or its header one of {kind}, but it was not read"),
        ),
        Why::NoTable | Why::Lacks(_) => say(
            format!("：按名称或表头是 {kind} 数据，但没有读取：找不到列 {}", lacking(why).join("、")),
            format!(
                ": by its name or its header one of {kind}, but it was not read: no column for {}",
                lacking(why).join(", ")
            ),
        ),
        Why::Hidden => say(
            format!("：工作表已隐藏，按名称或表头是 {kind} 数据，但没有读取"),
            format!(": a hidden sheet, by its name or its header one of {kind}; it was not read"),
        ),
        Why::Matrix(first, last) => {
            let (first, last) = (quote(first, 20), quote(last, 20));
            say(
                format!("：是按天展开的矩阵（一天一列，{first} 至 {last}），按名称是 {kind} 数据，但没有读取"),
                format!(
                    ": a matrix with a column a day ({first} to {last}), by its name one of {kind}; it was not read"
                ),
            )
        }
        Why::NoHeader(like) => say(
            format!("：没有表头，各行与 {like} 的行相同，像是 {kind} 数据，但没有读取"),
            format!(": no header above rows like those of {like}, one of {kind}; it was not read"),
        ),
    }
}

fn lacking(why: &Why) -> &[&'static str] {
    if let Why::Lacks(columns) = why { columns } else { &[] }
}

fn remedy(Unread { source, why, .. }: &Unread) -> Words {
    match why {
        Why::NoTable => of_file(source.kind),
        Why::Lacks(columns) if columns.is_empty() => of_file(source.kind),
        Why::Lacks(columns) => say(
            format!(
                "核对该表的表头，在 columns.toml 的 [columns.{}] 下指明 {}；若不需要，删去该表",
                source.kind.name(),
                columns.join("、")
            ),
            format!(
                "look at its headers, and say under [columns.{}] of columns.toml which is {}; if it is not wanted, delete it",
                source.kind.name(),
                columns.join(", ")
            ),
        ),
        Why::Hidden => {
            let name = quote(source.storage.sheet().map_or("", |sheet| &sheet.name), 40);
            say(
                format!(
                    "在工作簿中取消隐藏，或用 --sheet \"{name}\"（连同其他要读的工作表，各给一个 --sheet）；若不需要，删去该表"
                ),
                format!(
                    "unhide it in the workbook, or give --sheet \"{name}\" (with a --sheet for each other sheet that is to be read); if it is not wanted, delete it"
                ),
            )
        }
        Why::Matrix(..) => words(
            "导出一人一天一行的明细代替它；若不需要，移出数据文件夹",
            "export it with a row for each person and day instead; if it is not wanted, take it out of the data folder",
        ),
        Why::NoHeader(_) => words(
            "在最上面加一行列名，与读到的那张表相同；若不需要，删去该表",
            "put a row of column names on top of it, as that sheet has; if it is not wanted, delete it",
        ),
    }
}

fn of_file(kind: Kind) -> Words {
    let words = kind.words();
    say(
        format!(
            "核对该文件或工作表（失效的链接、文件夹、不支持的格式、缺列）；要读取则用 --{0} 指定，或文件名含“{1}”；若不需要，移出数据文件夹",
            kind.name(),
            words[words.len().min(2) - 1]
        ),
        format!(
            "see what it is (a dangling link, a folder, an unknown format, a column that is missing); to have it read, name it with --{}, or rename it; if it is not wanted, take it out of the data folder",
            kind.name()
        ),
    )
}
