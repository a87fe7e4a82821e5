//! `rank` for people: who stands where, who is not ranked and why, and what cost each most.

pub mod csv;
pub mod json;

use super::{obstacles, points, rows, score_cell};
use crate::book::Book;
use crate::document::{Cell, Column, Document, Table, Tone};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::Accounts;
use crate::model::{ManagerId, Month, Points, ScoringMode};
use crate::obstacle::Obstacle;
use crate::ranking::{BranchMean, Lost, Ranking, Standing, months_of};
use crate::rules::config::Ruleset;

/// How many rules are named that cost a manager points.
const COSTLIEST: usize = 3;

/// A ranking, and who of it is shown.
pub struct Ranked<'a> {
    pub book: &'a Book,
    pub ruleset: &'a Ruleset,
    pub accounts: &'a Accounts,
    pub ranking: &'a Ranking,
    /// In the months that are ranked.
    pub obstacles: &'a [Obstacle],
    /// In the order of the ranking.
    pub shown: Vec<&'a Standing>,
}

impl<'a> Ranked<'a> {
    pub fn id(&self, id: ManagerId) -> &'a str {
        self.book.managers.text(id.0)
    }

    fn name(&self, one: &Standing) -> String {
        format!("{} {}", self.id(one.id), self.book.manager_name(one.id).unwrap_or_default()).trim_end().to_owned()
    }

    fn branch(&self, one: &Standing) -> &'a str {
        self.book.branch(one.id).unwrap_or_default()
    }

    pub fn min_days(&self) -> u32 {
        self.ruleset.settings.min_days
    }

    /// The months of the period that the data have no visit of.
    pub fn missing(&self) -> Vec<Month> {
        let ranking = self.ranking;
        months_of(ranking.period).into_iter().filter(|month| !ranking.months.contains(month)).collect()
    }

    /// Reason a manager is not ranked; `None` where he is.
    pub fn why_not(&self, one: &Standing) -> Option<Words> {
        one.rank.is_none().then_some(())?;
        let least = self.min_days();
        let short = one.short_months(least).map(|month| match month.score {
            Some(_) => say(
                format!("{} 考核 {} 天，不足 {least} 天", month.month, month.days),
                format!("{}: {} of at least {least}", month.month, counted(month.days, "assessed day")),
            ),
            None => say(format!("{} 无得分", month.month), format!("{}: no score", month.month)),
        });
        short.reduce(|all, next| all.then(&words("；", "; ")).then(&next))
    }
}

pub fn build(ranked: &Ranked, lang: Lang) -> Document {
    let mut document = Document::default();
    head(ranked, &mut document, lang);
    if !ranked.obstacles.is_empty() {
        document.heading(obstacles::heading(ranked.obstacles).get(lang));
        document.table(obstacles::table(ranked.obstacles, lang));
        document.heading(title(ranked).get(lang));
    }
    document.table(ranks(ranked, lang));
    let unranked: Vec<&&Standing> = ranked.shown.iter().filter(|one| one.rank.is_none()).collect();
    if !unranked.is_empty() {
        document.heading(words("未参加排名", "Not ranked").get(lang));
        document.table(not_ranked(ranked, &unranked, lang));
    }
    document.heading(words("各部门平均分", "Branches").get(lang));
    document.table(branches(&ranked.ranking.branches, lang));
    let mut foot = Document::default();
    rows::add_foot(ranked.book, ranked.accounts, ranked.ruleset, ranked.ranking.period.span(), &mut foot, lang);
    document.folded("basis", words("所依据的数据", "What it rests on").get(lang), vec![], foot);
    document
}

/// What a page of it is headed with.
pub fn title(ranked: &Ranked) -> Words {
    let period = ranked.ranking.period;
    say(format!("排名 {period}"), format!("Ranking, {period}"))
}

fn head(ranked: &Ranked, document: &mut Document, lang: Lang) {
    let (ranking, horizon) = (ranked.ranking, ranked.book.horizon);
    let managers = ranking.standings.len() as u64;
    let title = say(
        format!("排名 {}：{managers} 名客户经理，数据截止 {horizon}", ranking.period),
        format!("Ranking, {}: {}, data to {horizon}", ranking.period, counted(managers, "manager")),
    );
    document.title(title.get(lang));
    let missing: Vec<String> = ranked.missing().iter().map(Month::to_string).collect();
    if !missing.is_empty() {
        let told = say(
            format!("数据中没有拜访的月份：{}；按其余月份排名", missing.join("、")),
            format!("Months without visits in the data: {}; the others are ranked", missing.join(", ")),
        );
        document.text(told.get(lang));
    }
    if ranking.months.last().is_some_and(|month| horizon < month.last()) {
        let told = match ranked.ruleset.settings.scoring.mode {
            ScoringMode::Rate => words(
                "期间尚未结束；有未到期单元的规则暂不计分",
                "The period is not over in the data; rules with pending units do not count yet",
            ),
            ScoringMode::Points => words("期间尚未结束", "The period is not over in the data"),
        };
        document.text(told.get(lang));
    }
    if ranking.standings.iter().any(Standing::is_so_far) {
        document.text(points::SO_FAR.get(lang));
    }
    let doubtful: u64 = ranking.standings.iter().map(|one| one.doubtful).sum();
    if doubtful > 0 {
        let told = say(
            format!("存疑的 {doubtful} 项不计入得分"),
            format!("Not counted, because in doubt: {}", counted(doubtful, "unit")),
        );
        document.text(told.get(lang));
    }
    let waived: u64 = ranking.standings.iter().map(|one| one.waived).sum();
    if waived > 0 {
        let units = counted(waived, "unit");
        let told = say(
            format!("申诉成立的 {waived} 项不计入得分"),
            format!("Not counted, because waived by appeals: {units}"),
        );
        document.text(told.get(lang));
    }
    let has_days = |one: &Standing| one.months.iter().any(|month| month.days > 0);
    if ranked.min_days() > 0 && !ranking.standings.iter().any(has_days) {
        let told = words(
            "没有考核任何一天市场拜访时间（规则已关闭或缺数据），因此无人参加排名；[ranking] min_days = 0 可不计天数排名",
            "Field time was assessed on no day at all (its rule is off, or lacks data), so nobody is ranked; with [ranking] min_days = 0 days do not matter",
        );
        document.text(told.get(lang));
    }
}

fn integer(number: Option<usize>) -> Cell {
    number.map_or_else(|| Cell::new("-"), |number| Cell::integer(number as u64))
}

fn ranks(ranked: &Ranked, lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let mut columns = vec![
        Column::right(head("名次", "rank")),
        Column::left(head("客户经理", "manager")),
        Column::left(head("部门", "branch")),
        Column::right(head("部门名次", "in\nbranch")),
    ];
    let months = if ranked.ranking.months.len() > 1 { &ranked.ranking.months[..] } else { &[] };
    columns.extend(months.iter().map(|month| Column::right(month.to_string()).if_wide()));
    columns.push(Column::right(head("得分", "score")));
    columns.extend(ranked.ranking.before.map(|before| Column::right(head("较", "since") + "\n" + &before.to_string())));
    columns.push(Column::left(head("失分最多的规则", "what cost most points")));
    let row = |one: &&Standing| {
        let best = if one.rank == Some(1) { Tone::Good } else { Tone::Plain };
        let mut row = vec![
            integer(one.rank).with_tone(best),
            Cell::toned(ranked.name(one), best),
            Cell::new(ranked.branch(one)),
            integer(one.rank_in_branch),
        ];
        if !months.is_empty() {
            row.extend(one.months.iter().map(|month| score_cell(month.score, month.so_far)));
        }
        row.push(score_cell(one.score, one.is_so_far()).with_tone(best));
        row.extend(ranked.ranking.before.map(|_| change(one)));
        row.push(lost(one, lang));
        row
    };
    let shown = ranked.shown.iter().filter(|one| one.rank.is_some());
    Table { columns, rows: shown.map(row).collect(), headed: true, breaks: false }
}

/// How score and rank have changed: `+1.25 (4→2)`.
fn change(one: &Standing) -> Cell {
    let Some((before, score)) = one.before.zip(one.score) else { return Cell::toned("-", Tone::Faint) };
    let gained = Points(score.0 - before.score.0);
    let tone = match gained.0 {
        ..0 => Tone::Bad,
        0 => Tone::Plain,
        1.. => Tone::Good,
    };
    let sign = if gained.0 > 0 { "+" } else { "" };
    let ranks = before.rank.zip(one.rank).map(|(then, now)| format!(" ({then}→{now})")).unwrap_or_default();
    Cell::toned(format!("{sign}{gained}{ranks}"), tone)
}

fn not_ranked(ranked: &Ranked, unranked: &[&&Standing], lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("客户经理", "manager")),
        Column::left(head("部门", "branch")),
        Column::right(head("得分", "score")),
        Column::left(head("原因", "reason")),
        Column::left(head("失分最多的规则", "what cost most points")),
    ];
    let row = |one: &&&Standing| {
        let why = ranked.why_not(one).unwrap_or(words("", ""));
        let score = score_cell(one.score, one.is_so_far());
        vec![
            Cell::new(ranked.name(one)),
            Cell::new(ranked.branch(one)),
            score,
            Cell::new(why.get(lang)),
            lost(one, lang),
        ]
    };
    Table { columns, rows: unranked.iter().map(row).collect(), headed: true, breaks: false }
}

/// `通话佐证 3.96、计划外拜访 0.17`
fn lost(one: &Standing, lang: Lang) -> Cell {
    let told = |lost: &Lost| {
        let title = if lost.veto { lost.title.clone().then(&points::VETO) } else { lost.title.clone() };
        say(format!("{} {}", title.zh, lost.points), format!("{} {}", title.en, lost.points))
    };
    let all = one.lost.iter().take(COSTLIEST).map(told).reduce(|all, next| all.then(&words("、", ", ")).then(&next));
    Cell::new(all.unwrap_or(words("", "")).get(lang))
}

fn branches(means: &[BranchMean], lang: Lang) -> Table {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(head("部门", "branch")),
        Column::right(head("参加排名", "ranked")),
        Column::right(head("平均分", "mean")),
    ];
    let row = |one: &BranchMean| {
        let branch = one.branch.clone().unwrap_or_else(|| "-".to_owned());
        vec![Cell::new(branch), integer(Some(one.ranked)), score_cell(Some(one.mean), false)]
    };
    Table { columns, rows: means.iter().map(row).collect(), headed: true, breaks: false }
}
