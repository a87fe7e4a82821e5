//! `appeals --form`: a finding a row, with what has been filed against it, and room for what has not. Filled in, the file is
//! read as appeals: the headers of that kind's columns are theirs, no other header is one of its aliases, and no other kind finds
//! the columns that it needs.

use crate::document::{Field, Form, Sheet, Takes, ToFill};
use crate::judgement::{Finding, JudgedAppeal, JudgedManager, JudgedRule, State, finding_id};
use crate::lang::{Lang, words};
use crate::model::{Appeal, Column, Decision, Moment, Word};
use crate::report::{Run, provenance};
use std::collections::HashMap;

const EN: [&str; 23] = [
    "finding_id",
    "month",
    "manager",
    "manager_name",
    "rule",
    "date",
    "customer",
    "customer_name",
    "measured",
    "required",
    "message",
    "reason_code",
    "reason",
    "evidence",
    "filed_on",
    "decision",
    "decided_by",
    "decided_on",
    "note",
    "version",
    "horizon",
    "rules_sha256",
    "inputs",
];
const ZH: [&str; EN.len()] = [
    "结论编号",
    "月份",
    "经理编号",
    "客户经理姓名",
    "规则",
    "日期",
    "客户",
    "客户名称",
    "实测",
    "要求",
    "说明",
    "原因代码",
    "申诉理由",
    "佐证",
    "申诉日期",
    "审批结果",
    "审批人",
    "审批日期",
    "备注",
    "程序版本",
    "数据截止日",
    "规则SHA-256",
    "数据文件",
];
/// From here to the note.
const REASON_CODE: usize = 11;
const FILED_ON: usize = 14;
const DECISION: usize = 15;
const DECIDED_ON: usize = 17;
const NOTE: usize = 18;

/// Reasons that are offered where `[appeals] codes` names none; others may be written too.
const USUAL_CODES: [(&str, &str); 6] = [
    ("设备故障", "device failure"),
    ("系统延迟", "system delay"),
    ("公务安排", "official duty"),
    ("客户原因", "customer"),
    ("天气交通", "weather or traffic"),
    ("数据有误", "wrong data"),
];

/// The name of a workbook's sheet: a file of it is claimed as appeals.
pub fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "申诉",
        Lang::En => "appeals",
    }
}

pub fn build(run: &Run, lang: Lang) -> Form {
    let header = match lang {
        Lang::Zh => ZH,
        Lang::En => EN,
    };
    let appeals: HashMap<&str, &JudgedAppeal> =
        run.judgement.appeals.iter().map(|one| (one.finding_id.as_str(), one)).collect();
    let mut rows = Vec::new();
    for manager in &run.judgement.managers {
        for (rule, finding) in &manager.findings {
            let rule = &run.judgement.rules[*rule];
            let id = finding_id(run.book.names(), rule, manager.id, finding);
            let filed = appeals.get(id.as_str()).copied();
            // What counts can be appealed against, and what was stays in sight.
            if finding.state() == State::Counted || filed.is_some() {
                let one = Row { run, manager, rule, finding, filed, lang };
                rows.push(one.cells(id, rows.is_empty()).map(Field::Text).to_vec());
            }
        }
    }
    Form { sheet: Sheet { header: header.to_vec(), rows }, to_fill: to_fill(run, lang) }
}

fn to_fill(run: &Run, lang: Lang) -> Vec<ToFill> {
    let own = &run.ruleset.settings.appeals.codes;
    let usual = USUAL_CODES.map(|(zh, en)| words(zh, en).get(lang).to_owned());
    let codes = if own.is_empty() { usual.to_vec() } else { own.clone() };
    let decisions = match lang {
        Lang::Zh => [Decision::Accepted, Decision::Rejected].map(|decision| decision.spellings()[1]),
        Lang::En => [Decision::Accepted, Decision::Rejected].map(Word::name),
    };
    let takes = |column| match column {
        REASON_CODE => Takes::OneOf { values: codes.clone(), is_open: own.is_empty() },
        DECISION => Takes::OneOf { values: decisions.map(str::to_owned).to_vec(), is_open: false },
        FILED_ON | DECIDED_ON => Takes::Date,
        _ => Takes::Text,
    };
    (REASON_CODE..=NOTE).map(|column| ToFill { column, takes: takes(column) }).collect()
}

/// A finding with what has been filed against it.
struct Row<'a> {
    run: &'a Run<'a>,
    manager: &'a JudgedManager,
    rule: &'a JudgedRule,
    finding: &'a Finding,
    filed: Option<&'a JudgedAppeal>,
    lang: Lang,
}

impl Row<'_> {
    fn cells(&self, id: String, in_full: bool) -> [String; EN.len()] {
        let Self { run, manager, rule, finding, lang, .. } = *self;
        let customer = finding.customer;
        let name = customer.and_then(|id| run.book.customer(id)).map_or("", |customer| customer.name);
        let item = rule.item.as_ref().map(|item| format!(" {item}")).unwrap_or_default();
        let inputs = if in_full { provenance::inputs(run.accounts) } else { String::new() };
        [
            id,
            run.judgement.month.to_string(),
            run.manager_text(manager.id).to_owned(),
            run.book.manager_name(manager.id).unwrap_or_default().to_owned(),
            format!("{}{item}", rule.title.get(lang)),
            finding.when.to_string(),
            customer.map_or("", |id| run.book.customers.text(id.0)).to_owned(),
            name.to_owned(),
            self.measured(),
            finding.required.get(lang).to_owned(),
            finding.message.get(lang).to_owned(),
            self.text(|appeal| appeal.reason_code.as_deref()),
            self.text(|appeal| appeal.reason.as_deref()),
            self.text(|appeal| appeal.evidence.as_deref()),
            self.date(Column::FiledOn, |appeal| appeal.filed),
            self.decision(),
            self.text(|appeal| appeal.decided_by.as_deref()),
            self.date(Column::DecidedOn, |appeal| appeal.decided),
            self.text(|appeal| appeal.note.as_deref()),
            env!("CARGO_PKG_VERSION").to_owned(),
            run.book.horizon.to_string(),
            run.ruleset.sha256.clone(),
            inputs,
        ]
    }

    /// What is measured now; where an appeal says what it was filed against, that: it must not come to count for something else.
    fn measured(&self) -> String {
        let filed = self.text(|appeal| appeal.measured.as_deref());
        if filed.is_empty() { self.finding.measured.get(self.lang).to_owned() } else { filed }
    }

    fn text(&self, of: impl Fn(&Appeal) -> Option<&str>) -> String {
        self.filed.and_then(|filed| of(&filed.appeal)).unwrap_or_default().to_owned()
    }

    /// A cell that could not be read stays as it was.
    fn unread(&self, column: Column) -> Option<String> {
        let unread = self.filed?.appeal.unread.iter().find(|(of, _)| *of == column)?;
        Some(unread.1.to_string())
    }

    fn date(&self, column: Column, of: impl Fn(&Appeal) -> Option<Moment>) -> String {
        let told = |moment: Moment| if moment.second == 0 { moment.date.to_string() } else { moment.to_string() };
        let read = self.filed.and_then(|filed| of(&filed.appeal)).map(told);
        read.or_else(|| self.unread(column)).unwrap_or_default()
    }

    fn decision(&self) -> String {
        let read = self.filed.and_then(|filed| filed.appeal.decision);
        let told = read.map(|decision| match self.lang {
            Lang::Zh => decision.spellings()[1].to_owned(),
            Lang::En => decision.name().to_owned(),
        });
        told.or_else(|| self.unread(Column::Decision)).unwrap_or_default()
    }
}
