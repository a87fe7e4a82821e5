//! 台账: the ledger of all subjects, those of integrity rules and of the section's own duties too: a row a subject.
//!
//! As in other tables, version, horizon and the rules' hash stand in each row, the input files in the first.

use super::{Notices, outcome_words, reason_words, title, words};
use crate::document::{Field, Sheet};
use crate::followup::Followed;
use crate::judgement::JudgedRule;
use crate::lang::{Lang, Words, say};
use crate::report::provenance;

const EN: [&str; 17] = [
    "subject",
    "manager_id",
    "rule",
    "item",
    "customer_id",
    "before",
    "now",
    "state",
    "reason",
    "since",
    "deadline",
    "note",
    "month",
    "version",
    "horizon",
    "rules_sha256",
    "inputs",
];
const ZH: [&str; EN.len()] = [
    "事项",
    "客户经理编号",
    "规则",
    "条目",
    "客户编号",
    "以前项数",
    "现在项数",
    "状态",
    "无法核实的原因",
    "起始月份",
    "整改期限",
    "备注",
    "月份",
    "程序版本",
    "数据截止日",
    "规则SHA-256",
    "数据文件",
];

pub(crate) fn build(notices: &Notices, lang: Lang) -> Sheet {
    let header = match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    };
    let followed = notices.followed.followed.iter().enumerate();
    let rows = followed.map(|(number, one)| row(notices, one, number == 0, lang).to_vec()).collect();
    Sheet { header: header.to_vec(), rows }
}

fn row(notices: &Notices, one: &Followed, is_first: bool, lang: Lang) -> [Field; EN.len()] {
    let run = notices.run;
    let text = |text: &str| Field::Text(text.to_owned());
    let number = |n: u64| Field::Number(n.to_string());
    // Only what is open now is to be put right.
    let deadline = notices.deadline().filter(|_| one.now > 0).map(|date| date.to_string());
    let reason = one.outcome.reason().map(|reason| reason_words(reason).get(lang).to_owned());
    let inputs = if is_first { provenance::inputs(run.accounts) } else { String::new() };
    let subject = &one.subject;
    [
        text(in_words(notices, one).get(lang)),
        text(&subject.manager),
        text(&subject.rule),
        text(subject.item.as_deref().unwrap_or_default()),
        text(subject.customer.as_deref().unwrap_or_default()),
        number(one.before),
        number(one.now),
        text(outcome_words(one.outcome).get(lang)),
        Field::Text(reason.unwrap_or_default()),
        Field::Text(one.since.map(|month| month.to_string()).unwrap_or_default()),
        Field::Text(deadline.unwrap_or_default()),
        text(notices.compared().get(lang)),
        Field::Text(run.judgement.month.to_string()),
        text(env!("CARGO_PKG_VERSION")),
        Field::Text(run.book.horizon.to_string()),
        text(&run.ruleset.sha256),
        Field::Text(inputs),
    ]
}

/// `张三（M005）通话佐证，平安超市（C0123）`
fn in_words(notices: &Notices, one: &Followed) -> Words {
    let (run, subject) = (notices.run, &one.subject);
    let is_of = |rule: &JudgedRule| rule.id == subject.rule && rule.item == subject.item;
    let rule = match run.judgement.rules.iter().position(is_of) {
        Some(rule) => title(run.judgement, run.ruleset, rule),
        None => Words::same(
            format_args!("{} {}", subject.rule, subject.item.as_deref().unwrap_or_default()).to_string().trim(),
        ),
    };
    let manager = notices.manager(&subject.manager);
    let told = say(format!("{}{}", manager.zh, rule.zh), format!("{}: {}", manager.en, rule.en));
    let Some(customer) = &subject.customer else { return told };
    let known = run.book.customers.find(customer).map(crate::model::CustomerId);
    let customer = known.map_or_else(|| Words::same(customer), |id| words::customer(run.book, id));
    told.then(&say(format!("，{}", customer.zh), format!(", {}", customer.en)))
}
