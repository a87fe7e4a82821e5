//! `sample --quality` as csv or xlsx: a line for each item at each drawn customer. Filled in, the file is read as quality
//! (SPEC-month §6).

use super::Sampling;
use super::columns::{self, Head, SOURCE, WHOM, text};
use crate::document::{Field, Sheet};
use crate::lang::Lang;
use crate::model::QualityItem;
use crate::sample::{Drawn, Pick};

const MONTH: [Head; 1] = [("month", "月份")];
/// What is looked at, and what is filled in.
const ITEM: [Head; 8] = [
    ("item", "检查项目"),
    ("clause", "条款"),
    ("max", "满分"),
    ("score", "得分"),
    ("checked_on", "检查日期"),
    ("checked_by", "检查人"),
    ("note", "备注"),
    ("seed", "种子"),
];

/// The name of a workbook's sheet: a file of it is claimed as quality.
pub fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "质量检查",
        Lang::En => "quality-checks",
    }
}

pub fn build(sampling: &Sampling, drawn: &[Drawn], lang: Lang) -> Sheet {
    let mut rows: Vec<Vec<Field>> = Vec::new();
    for one in drawn {
        for pick in &one.picks {
            for item in sampling.ruleset.settings.quality.iter() {
                rows.push(row(sampling, one, pick, item, rows.is_empty()));
            }
        }
    }
    Sheet { header: columns::header(&[&MONTH, &WHOM, &ITEM, &SOURCE], lang), rows }
}

fn row(sampling: &Sampling, drawn: &Drawn, pick: &Pick, item: &QualityItem, is_first: bool) -> Vec<Field> {
    let to_fill = || text("");
    let of_item: [Field; ITEM.len()] = [
        text(&item.item),
        text(&item.clause),
        Field::Number(item.max.short()),
        to_fill(),
        to_fill(),
        to_fill(),
        to_fill(),
        text(sampling.terms.seed),
    ];
    let mut row = vec![text(&sampling.month.to_string())];
    row.extend(columns::whom(sampling, drawn, pick));
    row.extend(of_item);
    row.extend(columns::source(sampling, is_first));
    row
}
