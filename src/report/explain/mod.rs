//! `explain`: what each rule is, from the rule itself. The table in `docs/rules.md` comes from here too.

pub mod json;
pub mod markdown;

use super::points;
use super::verdict::clause_words;
use crate::book::Book;
use crate::document::{Cell, Column, Document, Table};
use crate::judge;
use crate::judgement::Party;
use crate::lang::{Lang, Words, say, words};
use crate::model::{Deduction, ScoringMode};
use crate::rules::config::Ruleset;
use crate::rules::parameters::Parameter;
use crate::rules::{ALL, AnyRule, Meta};

/// A rule with what the run knows of it.
pub struct Explained {
    pub meta: &'static Meta,
    parameters: Vec<Parameter>,
    /// What the given data lack; `None` without data.
    missing: Option<Vec<Words>>,
    /// What a finding costs in scores.
    cost: Cost,
}

/// What a finding of a rule costs in scores.
enum Cost {
    /// Scores are shares, in which the rule weighs so much.
    Weight(f64),
    /// Scores are points, of which findings take some or none.
    Points(Option<Deduction>),
    /// The rule is off.
    Nothing,
}

impl Cost {
    fn of(ruleset: &Ruleset, id: &str) -> Self {
        let scoring = &ruleset.settings.scoring;
        match (ruleset.rules.iter().find(|rule| rule.meta.id == id), scoring.mode) {
            (None, _) => Self::Nothing,
            (Some(rule), ScoringMode::Rate) => Self::Weight(rule.weight()),
            (Some(_), ScoringMode::Points) => Self::Points(scoring.deduction(id).copied()),
        }
    }

    fn words(&self) -> Words {
        match self {
            Self::Points(Some(deduction)) => points::cost(deduction),
            Self::Weight(weight) if *weight > 0.0 => say(
                format!("按合格比例计分，权重 {weight}"),
                format!("scores go by the share that passes; the rule weighs {weight}"),
            ),
            Self::Weight(_) | Self::Points(None) | Self::Nothing => words("不计入得分", "nothing"),
        }
    }
}

/// All rules, in the order of the contract.
pub fn all(ruleset: &Ruleset, book: Option<&Book>) -> Vec<Explained> {
    let mut parameters = ruleset.in_force();
    let explained = |rule: &&dyn AnyRule| {
        let meta = rule.meta();
        let missing = |book| meta.needs.iter().filter_map(|need| judge::missing(*need, book)).collect();
        let parameters = parameters.remove(meta.id).unwrap_or_default();
        Explained { meta, parameters, missing: book.map(missing), cost: Cost::of(ruleset, meta.id) }
    };
    ALL.iter().map(explained).collect()
}

impl Explained {
    /// `violation`, `warning` or `off`, as rules.toml has it.
    pub(super) fn severity(&self) -> &str {
        let severity = self.parameters.iter().find(|parameter| parameter.name == "severity");
        severity.and_then(|parameter| parameter.value.as_str()).unwrap_or_default()
    }

    pub(super) fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn party(&self) -> Words {
        match self.meta.party {
            Party::Manager => words("客户经理", "manager"),
            Party::Section => words("服务科", "section"),
        }
    }

    fn needs(&self) -> Words {
        let needs = self.meta.needs.iter().map(|need| need.words());
        let none = words("客户与拜访文件", "customers and visits");
        needs.reduce(|all, next| all.then(&words("；", "; ")).then(&next)).unwrap_or(none)
    }
}

pub(super) fn severity_words(severity: &str) -> Words {
    match severity {
        "violation" => words("违规", "violation"),
        "warning" => words("提醒", "warning"),
        _ => words("不考核", "off"),
    }
}

/// A line a rule.
pub fn list(rules: &[Explained], lang: Lang) -> Document {
    let mut document = Document::default();
    document.title(
        words("规则一览（baifang explain 规则名 看详情）", "The rules (baifang explain RULE tells more)").get(lang),
    );
    let columns = vec![
        Column::left(words("规则", "rule").get(lang)),
        Column::left(words("条款", "clause").get(lang)),
        Column::left(words("性质", "severity").get(lang)),
        Column::left(words("内容", "what is judged").get(lang)),
        Column::left(words("不合格的情形", "fails when").get(lang)).if_wide(),
    ];
    let row = |rule: &Explained| {
        let severity = severity_words(rule.severity());
        let meta = rule.meta;
        [meta.id, clause_words(meta.clause).get(lang), severity.get(lang), meta.title.get(lang), meta.fails.get(lang)]
            .map(Cell::new)
            .to_vec()
    };
    document.table(Table { columns, rows: rules.iter().map(row).collect(), headed: true, breaks: false });
    document
}

/// All there is to know of a rule.
pub fn one(rule: &Explained, lang: Lang) -> Document {
    let meta = rule.meta;
    let mut document = Document::default();
    document.title(format!("{} {} {}", meta.id, clause_words(meta.clause).get(lang), meta.title.get(lang)));
    let mut rows = vec![
        (words("性质", "severity"), severity_words(rule.severity())),
        (words("责任方", "party"), rule.party()),
        (words("考核", "assessed"), meta.assessed.clone()),
        (words("不合格", "fails"), meta.fails.clone()),
        (words("需要", "needs"), rule.needs()),
    ];
    if let Some(missing) = &rule.missing {
        let list = missing.iter().cloned().reduce(|all, next| all.then(&words("；", "; ")).then(&next));
        rows.push((words("所给数据", "in these data"), list.unwrap_or(words("不缺", "nothing is missing"))));
    }
    rows.push((words("扣分", "a finding costs"), rule.cost.words()));
    rows.push((words("示例", "example"), meta.example.clone()));
    rows.push((words("办法", "remedy"), meta.remedy.clone()));
    let row = |(name, text): &(Words, Words)| vec![Cell::new(name.get(lang)), Cell::new(text.get(lang))];
    let columns = vec![Column::left(""), Column::left("")];
    document.table(Table { columns, rows: rows.iter().map(row).collect(), headed: false, breaks: false });
    document.heading(words("现行参数", "Parameters in force").get(lang));
    let row = |parameter: &Parameter| {
        let place = format!("{}:{}", parameter.file, parameter.line);
        [parameter.name.clone(), parameter.value.to_string(), place].map(Cell::new).to_vec()
    };
    let columns = vec![Column::left(""), Column::left(""), Column::left("")];
    document.table(Table { columns, rows: rule.parameters.iter().map(row).collect(), headed: false, breaks: false });
    document
}
