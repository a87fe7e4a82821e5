//! What lists to be filled in tell of every customer on them, and of what they were made from.

use super::Sampling;
use crate::document::Field;
use crate::lang::Lang;
use crate::report::provenance;
use crate::sample::{Drawn, Pick};

/// What a column is called, in English and in Chinese. No header but those of the kind that the list comes back as is one of
/// that kind's aliases.
pub(super) type Head = (&'static str, &'static str);

/// Whose customer it is, and where to find it.
pub(super) const WHOM: [Head; 8] = [
    ("manager_id", "客户经理编号"),
    ("manager_name", "客户经理姓名"),
    ("branch", "部门"),
    ("customer_id", "客户编码"),
    ("customer_name", "店名"),
    ("address", "地址"),
    ("contact", "联系人"),
    ("phone", "联系电话"),
];

/// What the list was made from; the input files stand in the first row alone.
pub(super) const SOURCE: [Head; 4] =
    [("version", "程序版本"), ("horizon", "数据截止日"), ("rules_sha256", "规则SHA-256"), ("inputs", "数据文件")];

/// The header of several parts, one behind the other.
pub(super) fn header(parts: &[&[Head]], lang: Lang) -> Vec<&'static str> {
    let name = |(en, zh): &Head| match lang {
        Lang::Zh => *zh,
        Lang::En => *en,
    };
    parts.iter().flat_map(|part| part.iter()).map(name).collect()
}

pub(super) fn text(text: &str) -> Field {
    Field::Text(text.to_owned())
}

/// The cells of [`WHOM`].
pub(super) fn whom(sampling: &Sampling, drawn: &Drawn, pick: &Pick) -> [Field; WHOM.len()] {
    let book = sampling.book;
    let [address, contact, phones] = sampling.reach(pick.customer);
    [
        text(sampling.manager_id(drawn.manager)),
        text(book.manager_name(drawn.manager).unwrap_or_default()),
        text(book.branch(drawn.manager).unwrap_or_default()),
        text(sampling.customer_id(pick.customer)),
        text(sampling.customer_name(pick.customer)),
        text(&address),
        text(&contact),
        text(&phones),
    ]
}

/// The cells of [`SOURCE`].
pub(super) fn source(sampling: &Sampling, is_first_row: bool) -> [Field; SOURCE.len()] {
    let accounts = sampling.accounts;
    let inputs = || provenance::inputs(accounts);
    [
        text(env!("CARGO_PKG_VERSION")),
        text(&sampling.book.horizon.to_string()),
        text(&sampling.ruleset.sha256),
        Field::Text(if is_first_row { inputs() } else { String::new() }),
    ]
}
