//! Why a header is taken for a column, in words.

use crate::guess::{Guess, Reason, Trust};
use crate::lang::{Lang, Words, say, words};
use crate::load::Preview;
use crate::model::Column;
use crate::quote::{quote, some};

const SAMPLES: usize = 3;

/// The encoding of a text, the sheet of a workbook.
pub(super) fn written(preview: &Preview) -> Words {
    match &preview.sheet {
        Some(sheet) => {
            let name = quote(&sheet.name, 40);
            say(format!("工作表“{name}”"), format!("sheet \"{name}\""))
        }
        None => say(preview.charset.name().to_owned(), preview.charset.name().to_owned()),
    }
}

/// The headers at some places.
pub(super) fn names<'a>(preview: &'a Preview, at: &'a [usize]) -> impl Iterator<Item = &'a str> {
    at.iter().map(|at| preview.header[*at].as_str())
}

fn trust(trust: Trust) -> Words {
    match trust {
        Trust::Sure => words("确定", "sure"),
        Trust::Likely => words("很可能", "likely"),
        Trust::Unsure => words("存疑", "unsure"),
    }
}

fn reason(reason: Reason) -> Words {
    match reason {
        Reason::Known => words("表头已认识", "the header is known"),
        Reason::Alike => words("表头意思相近", "the header speaks of it"),
        Reason::Fits(percent) => say(format!("{percent}% 的内容相符"), format!("{percent}% of the cells fit")),
        Reason::Joins(percent) => {
            say(format!("{percent}% 的编号在另一文件中也有"), format!("{percent}% of the ids are in another file"))
        }
        Reason::Rows => words("由同一行的其他列判断", "told by what stands beside it"),
        Reason::Names => words("内容是姓名或名称，代替编号", "names stand for ids"),
        Reason::Empty => words("没有内容", "its cells are empty"),
        Reason::OnlyOne => words("只有这一列的内容像", "no other column has such cells"),
    }
}

/// Trust and reasons in a line.
pub(super) fn grounds(guess: &Guess, lang: Lang) -> String {
    let reasons: Vec<Words> = guess.reasons.iter().copied().map(reason).collect();
    let reasons: Vec<&str> = reasons.iter().map(|reason| reason.get(lang)).collect();
    let trust = trust(guess.trust);
    match lang {
        Lang::Zh => format!("{}：{}", trust.zh, reasons.join("，")),
        Lang::En => format!("{}: {}", trust.en, reasons.join(", ")),
    }
}

/// A guess's comment: trust, reasons, some cells, and what else might be meant.
pub(super) fn why(preview: &Preview, guess: &Guess, lang: Lang) -> String {
    let mut text = grounds(guess, lang);
    let cells = if is_private(guess.column) { vec![] } else { samples(preview, guess.at[0]) };
    if !cells.is_empty() {
        let (zh, en) = (some(cells.iter().copied(), "、"), some(cells.iter().copied(), ", "));
        text.push_str(say(format!("；如 {zh}"), format!("; e.g. {en}")).get(lang));
    }
    if !guess.others.is_empty() {
        let (zh, en) = (some(names(preview, &guess.others), "、"), some(names(preview, &guess.others), ", "));
        text.push_str(say(format!("；也可能是 {zh}"), format!("; it may also be {en}")).get(lang));
    }
    text
}

/// What is proposed may be passed on; whom to call is nobody's business.
fn is_private(column: Column) -> bool {
    matches!(column, Column::Phone | Column::Phone2 | Column::Number | Column::OwnNumber | Column::Contact)
}

/// The first different values of a column.
pub(super) fn samples(preview: &Preview, at: usize) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for cell in preview.rows.iter().map(|row| row[at].as_str()).filter(|cell| !cell.is_empty()) {
        if !found.contains(&cell) {
            found.push(cell);
        }
        if found.len() == SAMPLES {
            break;
        }
    }
    found
}
