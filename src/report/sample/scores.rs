//! `sample --quality` as csv or xlsx: a line for each item at each drawn customer. Filled in, the file is read as quality: no
//! header but those of that kind is one of its aliases (SPEC-month §6).

use super::Sampling;
use crate::document::{Field, Sheet};
use crate::lang::Lang;
use crate::model::QualityItem;
use crate::report::provenance;
use crate::sample::{Drawn, Pick};

const EN: [&str; 21] = [
    "month",
    "manager_id",
    "manager_name",
    "branch",
    "customer_id",
    "customer_name",
    "address",
    "contact",
    "phone",
    "item",
    "clause",
    "max",
    "score",
    "checked_on",
    "checked_by",
    "note",
    "seed",
    "version",
    "horizon",
    "rules_sha256",
    "inputs",
];
const ZH: [&str; EN.len()] = [
    "月份",
    "客户经理编号",
    "客户经理姓名",
    "部门",
    "客户编码",
    "店名",
    "地址",
    "联系人",
    "联系电话",
    "检查项目",
    "条款",
    "满分",
    "得分",
    "检查日期",
    "检查人",
    "备注",
    "种子",
    "程序版本",
    "数据截止日",
    "规则SHA-256",
    "数据文件",
];

/// The name of a workbook's sheet: a file of it is claimed as quality.
pub fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "质量检查",
        Lang::En => "quality-checks",
    }
}

pub fn build(sampling: &Sampling, drawn: &[Drawn], lang: Lang) -> Sheet {
    let header = match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    };
    let mut rows: Vec<Vec<Field>> = Vec::new();
    for one in drawn {
        for pick in &one.picks {
            let items = sampling.ruleset.settings.quality.iter();
            rows.extend(items.map(|item| row(sampling, one, pick, item).to_vec()));
        }
    }
    if let Some(inputs) = rows.first_mut().and_then(|row| row.last_mut()) {
        *inputs = Field::Text(provenance::inputs(&sampling.accounts.inputs, &sampling.accounts.columns));
    }
    Sheet { header: header.to_vec(), rows }
}

fn row(sampling: &Sampling, drawn: &Drawn, pick: &Pick, item: &QualityItem) -> [Field; EN.len()] {
    let text = |text: &str| Field::Text(text.to_owned());
    let to_fill = || text("");
    let book = sampling.book;
    let [address, contact, phones] = sampling.reach(pick.customer);
    [
        text(&sampling.month.to_string()),
        text(sampling.manager_id(drawn.manager)),
        text(book.manager_name(drawn.manager).unwrap_or_default()),
        text(book.branch(drawn.manager).unwrap_or_default()),
        text(sampling.customer_id(pick.customer)),
        text(sampling.customer_name(pick.customer)),
        text(&address),
        text(&contact),
        text(&phones),
        text(&item.item),
        text(&item.clause),
        Field::Number(item.max.short()),
        to_fill(),
        to_fill(),
        to_fill(),
        to_fill(),
        text(sampling.terms.seed),
        text(env!("CARGO_PKG_VERSION")),
        text(&book.horizon.to_string()),
        text(&sampling.ruleset.sha256),
        text(""),
    ]
}
