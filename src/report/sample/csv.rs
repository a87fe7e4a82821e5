//! `sample --format csv|xlsx`: a drawn customer a row. Filled in, the file is read as checks: `month`, `manager_id`,
//! `customer_id`, `draw`, `checked_on`, `method`, `result` and `note` are the columns of that kind, and no other header is one
//! of its aliases.
//!
//! The record of the draw stands in every row; the input files in the first.

use super::{Sampling, check_of, manner, methods};
use crate::document::{Field, Sheet};
use crate::lang::{Lang, words};
use crate::report::provenance;
use crate::sample::{Drawn, Lot, Pick};

const EN: [&str; 27] = [
    "month",
    "manager_id",
    "manager_name",
    "branch",
    "customer_id",
    "customer_name",
    "address",
    "contact",
    "phone",
    "draw",
    "spare",
    "place",
    "ticket",
    "visits",
    "checked_on",
    "method",
    "result",
    "note",
    "seed",
    "population",
    "frame_sha256",
    "size",
    "last_ticket",
    "version",
    "horizon",
    "rules_sha256",
    "inputs",
];
const ZH: [&str; EN.len()] = [
    "抽查月份",
    "客户经理编号",
    "客户经理姓名",
    "部门",
    "客户编码",
    "店名",
    "地址",
    "联系人",
    "联系电话",
    "抽查类别",
    "备选",
    "签序",
    "签号",
    "当月拜访",
    "抽查日期",
    "抽查方式",
    "抽查结果",
    "备注",
    "种子",
    "拜访户数",
    "名册SHA-256",
    "应抽户数",
    "末位签号",
    "程序版本",
    "数据截止日",
    "规则SHA-256",
    "数据文件",
];

/// The name of a workbook's sheet: a file of it is claimed as checks.
pub fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "抽查",
        Lang::En => "checks",
    }
}

pub fn build(sampling: &Sampling, drawn: &[Drawn], lang: Lang) -> Sheet {
    let header = match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    };
    let mut rows = Vec::new();
    for one in drawn {
        for (place, pick) in (1..).zip(&one.picks) {
            let accounts = sampling.accounts;
            let inputs = || provenance::inputs(&accounts.inputs, &accounts.columns);
            let inputs = if rows.is_empty() { inputs() } else { String::new() };
            rows.push(row(sampling, one, (place, pick), inputs, lang).to_vec());
        }
    }
    Sheet { header: header.to_vec(), rows }
}

fn row(
    sampling: &Sampling,
    drawn: &Drawn,
    (place, pick): (u64, &Pick),
    inputs: String,
    lang: Lang,
) -> [Field; EN.len()] {
    let text = |text: &str| Field::Text(text.to_owned());
    let number = |number: u64| Field::Number(number.to_string());
    let (book, frame) = (sampling.book, &drawn.frame);
    let draw = if pick.lot == Lot::Targeted { words("定向", "targeted") } else { words("随机", "random") };
    let spare = if pick.lot == Lot::Spare { words("是", "yes") } else { words("", "") };
    let [address, contact, phones] = sampling.reach(pick.customer);
    let to_fill = || text("");
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
        text(draw.get(lang)),
        text(spare.get(lang)),
        number(place),
        text(&pick.ticket),
        text(&visits(pick, lang)),
        to_fill(),
        text(methods(pick).get(lang)),
        to_fill(),
        to_fill(),
        text(sampling.terms.seed),
        number(frame.population),
        text(&frame.sha256),
        number(frame.size),
        text(frame.last_ticket().unwrap_or_default()),
        text(env!("CARGO_PKG_VERSION")),
        text(&book.horizon.to_string()),
        text(&sampling.ruleset.sha256),
        Field::Text(inputs),
    ]
}

/// Every visit with how it is checked, in one cell.
fn visits(pick: &Pick, lang: Lang) -> String {
    let visit = |visit: &crate::sample::ToCheck| {
        let (manner, check) = (manner(visit), check_of(visit));
        format!("{} {} [{}]", visit.started, manner.get(lang), check.get(lang))
    };
    pick.visits.iter().map(visit).collect::<Vec<_>>().join("; ")
}
