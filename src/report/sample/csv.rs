//! `sample --format csv|xlsx`: a drawn customer a row. Filled in, the file is read as checks: `month`, `manager_id`,
//! `customer_id`, `draw`, `checked_on`, `method`, `result` and `note` are the columns of that kind, and no other header is one
//! of its aliases.
//!
//! The record of the draw stands in every row; the input files in the first.

use super::columns::{self, Head, SOURCE, WHOM, text};
use super::{Sampling, check_of, manner, methods};
use crate::document::{Field, Sheet};
use crate::lang::{Lang, words};
use crate::sample::{Drawn, Lot, Pick};

const MONTH: [Head; 1] = [("month", "抽查月份")];
/// How it was drawn, how it is checked, and what is filled in.
const CHECK: [Head; 9] = [
    ("draw", "抽查类别"),
    ("spare", "备选"),
    ("place", "签序"),
    ("ticket", "签号"),
    ("visits", "当月拜访"),
    ("checked_on", "抽查日期"),
    ("method", "抽查方式"),
    ("result", "抽查结果"),
    ("note", "备注"),
];
/// The record of the draw.
const DRAW: [Head; 5] = [
    ("seed", "种子"),
    ("population", "拜访户数"),
    ("frame_sha256", "名册SHA-256"),
    ("size", "应抽户数"),
    ("last_ticket", "末位签号"),
];

/// The name of a workbook's sheet: a file of it is claimed as checks.
pub fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "抽查",
        Lang::En => "checks",
    }
}

pub fn build(sampling: &Sampling, drawn: &[Drawn], lang: Lang) -> Sheet {
    let mut rows: Vec<Vec<Field>> = Vec::new();
    for one in drawn {
        for (place, pick) in (1..).zip(&one.picks) {
            let mut row = vec![text(&sampling.month.to_string())];
            row.extend(columns::whom(sampling, one, pick));
            row.extend(check(place, pick, lang));
            row.extend(draw(sampling, one));
            row.extend(columns::source(sampling, rows.is_empty()));
            rows.push(row);
        }
    }
    Sheet { header: columns::header(&[&MONTH, &WHOM, &CHECK, &DRAW, &SOURCE], lang), rows }
}

fn check(place: u64, pick: &Pick, lang: Lang) -> [Field; CHECK.len()] {
    let draw = if pick.lot == Lot::Targeted { words("定向", "targeted") } else { words("随机", "random") };
    let spare = if pick.lot == Lot::Spare { words("是", "yes") } else { words("", "") };
    let to_fill = || text("");
    [
        text(draw.get(lang)),
        text(spare.get(lang)),
        number(place),
        text(&pick.ticket),
        text(&visits(pick, lang)),
        to_fill(),
        text(methods(pick).get(lang)),
        to_fill(),
        to_fill(),
    ]
}

fn draw(sampling: &Sampling, drawn: &Drawn) -> [Field; DRAW.len()] {
    let frame = &drawn.frame;
    [
        text(sampling.terms.seed),
        number(frame.population),
        text(&frame.sha256),
        number(frame.size),
        text(frame.last_ticket().unwrap_or_default()),
    ]
}

fn number(number: u64) -> Field {
    Field::Number(number.to_string())
}

/// Every visit with how it is checked, in one cell.
fn visits(pick: &Pick, lang: Lang) -> String {
    let visit = |visit: &crate::sample::ToCheck| {
        let (manner, check) = (manner(visit), check_of(visit));
        format!("{} {} [{}]", visit.started, manner.get(lang), check.get(lang))
    };
    pick.visits.iter().map(visit).collect::<Vec<_>>().join("; ")
}
