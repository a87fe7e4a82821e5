//! What market checks found: means by item, manager and branch, and who is proposed to be seen on site (七.2(2), 六.3).

use super::{Run, score_cell, share_cell};
use crate::document::{Cell, Column, Document, Table};
use crate::judgement::{Finding, JudgedManager, State};
use crate::lang::{Lang, Words, counted, say, words};
use crate::measures::{ItemScores, Score};
use crate::model::Points;
use crate::rules::terms;
use std::collections::BTreeMap;

pub(super) const HEADING: Words = words("服务质量检查（七.2(2)）", "Service quality (七.2(2))");

/// Nothing where nobody was scored.
pub(super) fn body(run: &Run, lang: Lang) -> Document {
    let mut document = Document::default();
    let managers = &run.judgement.managers;
    if managers.iter().all(|manager| manager.quality.is_empty()) {
        return document;
    }
    document.table(by_item(run, lang));
    let branches = by_branch(run, lang);
    if branches.rows.len() > 1 {
        document.table(branches);
    }
    if managers.len() > 1 {
        document.table(by_manager(run, lang));
    }
    let proposals = proposals(run, lang);
    if !proposals.rows.is_empty() {
        document.text(proposed(run, proposals.rows.len() as u64).get(lang));
        document.table(proposals);
    }
    document
}

/// Scores with their number.
#[derive(Clone, Copy, Default)]
struct Mean {
    rows: u64,
    sum: Score,
}

impl Mean {
    fn of<'i>(items: impl IntoIterator<Item = &'i ItemScores>) -> Self {
        let mut mean = Self::default();
        items.into_iter().for_each(|item| mean.add(item));
        mean
    }

    fn add(&mut self, item: &ItemScores) {
        self.rows += item.rows;
        self.sum.got += item.sum.got;
        self.sum.full += item.sum.full;
    }

    /// Of how many scores, the mean of them, and what share of the full scores they are.
    fn cells(&self) -> [Cell; 3] {
        let Score { got, full } = self.sum;
        let mean = (2 * got + self.rows).checked_div(2 * self.rows).map(|mean| Points(mean as i64));
        let share = match full {
            0 => Cell::new("-"),
            _ => share_cell((got, full), None),
        };
        [Cell::integer(self.rows), score_cell(mean, false), share]
    }
}

fn columns(heads: &[Words], lang: Lang) -> Vec<Column> {
    let left = heads.iter().map(|head| Column::left(head.get(lang)));
    let right = [words("得分数", "scores"), words("均分", "mean"), words("得分率", "of full score")];
    left.chain(right.iter().map(|head| Column::right(head.get(lang)))).map(Column::sorting).collect()
}

/// In the order of rules.toml; items that it does not have are marked.
fn by_item(run: &Run, lang: Lang) -> Table {
    let known = &run.ruleset.settings.quality;
    let mut items: BTreeMap<(usize, &str), Mean> = BTreeMap::new();
    for one in run.judgement.managers.iter().flat_map(|manager| &manager.quality) {
        let place = known.place(&one.item).unwrap_or(usize::MAX);
        items.entry((place, &*one.item)).or_default().add(one);
    }
    let row = |((_, item), mean): (&(usize, &str), &Mean)| {
        let clause = match known.find(item) {
            Some(item) => item.clause.clone(),
            None => words("（不在 [[quality]] 中）", "(not among [[quality]])").get(lang).to_owned(),
        };
        [vec![Cell::new(*item), Cell::new(clause)], mean.cells().to_vec()].concat()
    };
    let columns = columns(&[words("检查项目", "item"), words("条款", "clause")], lang);
    Table { columns, rows: items.iter().map(row).collect(), headed: true, breaks: false }
}

fn by_manager(run: &Run, lang: Lang) -> Table {
    let row = |manager: &JudgedManager| {
        let branch = run.book.branch(manager.id).unwrap_or_default();
        let who = vec![Cell::new(run.manager_name(manager)), Cell::new(branch)];
        [who, Mean::of(&manager.quality).cells().to_vec()].concat()
    };
    let columns = columns(&[words("客户经理", "manager"), words("部门", "branch")], lang);
    let scored = run.judgement.managers.iter().filter(|manager| !manager.quality.is_empty());
    Table { columns, rows: scored.map(row).collect(), headed: true, breaks: false }
}

fn by_branch(run: &Run, lang: Lang) -> Table {
    let mut branches: BTreeMap<&str, Mean> = BTreeMap::new();
    for manager in &run.judgement.managers {
        let mean = branches.entry(run.book.branch(manager.id).unwrap_or_default()).or_default();
        manager.quality.iter().for_each(|item| mean.add(item));
    }
    let row = |(branch, mean): (&&str, &Mean)| [vec![Cell::new(*branch)], mean.cells().to_vec()].concat();
    let rows = branches.iter().filter(|(_, mean)| mean.rows > 0).map(row).collect();
    Table { columns: columns(&[words("部门", "branch")], lang), rows, headed: true, breaks: false }
}

/// Whether they must be seen on site anyway hangs on rules.toml.
fn proposed(run: &Run, customers: u64) -> Words {
    let month = run.judgement.month.plus(1);
    match run.ruleset.settings.onsite_below {
        Some(_) => say(
            format!("服务质量不合格的客户（{customers} 户），{month} 必须实地拜访（六.3）"),
            format!("{} below the limit, to be seen on site in {month} (六.3)", counted(customers, "customer")),
        ),
        None => say(
            format!("服务质量不合格的客户（{customers} 户），建议列为必须实地拜访（六.3）"),
            format!("{} below the limit, proposed to be marked must_onsite (六.3)", counted(customers, "customer")),
        ),
    }
}

/// The customers that the rule of scores finds.
fn proposals(run: &Run, lang: Lang) -> Table {
    let rules = &run.judgement.rules;
    let is_below = |(rule, finding): &&(usize, Finding)| {
        rules[*rule].id == terms::of_scores() && finding.state() == State::Counted
    };
    let row = |manager: &JudgedManager, finding: &Finding| {
        let id = finding.customer.map_or("", |id| run.book.customers.text(id.0));
        let customer = finding.customer.and_then(|id| run.book.customer(id));
        let is_marked = customer.as_ref().is_some_and(|customer| customer.must_onsite);
        let name = customer.as_ref().map_or("", |customer| customer.name);
        let marked = if is_marked { words("已标 must_onsite", "marked already") } else { words("", "") };
        vec![
            Cell::id(id),
            Cell::new(name),
            Cell::new(run.manager_name(manager)),
            Cell::new(finding.message.get(lang)),
            Cell::new(marked.get(lang)),
        ]
    };
    let mut rows = Vec::new();
    for manager in &run.judgement.managers {
        rows.extend(manager.findings.iter().filter(is_below).map(|(_, finding)| row(manager, finding)));
    }
    let heads = [
        words("客户编码", "customer id"),
        words("客户名称", "customer"),
        words("客户经理", "manager"),
        words("说明", "what was found"),
        words("备注", "note"),
    ];
    let columns = heads.map(|head| Column::left(head.get(lang))).to_vec();
    Table { columns, rows, headed: true, breaks: false }
}
