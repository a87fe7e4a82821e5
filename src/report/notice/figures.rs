//! The circular's tables: the headline measures beside those of the month before, and a row a manager.

use super::{LastMonth, Notices};
use crate::document::{Cell, Column, Table};
use crate::followup::{Counts, Followed};
use crate::judgement::{Finding, JudgedManager, Severity, percent_tenths};
use crate::lang::{Lang, words};
use crate::model::Percent;
use crate::report::headline::{Headlined, share_of};
use crate::report::monthly::figures::{Sum, change_text};
use crate::report::share_cell;
use std::collections::BTreeMap;

/// The headline measures beside the month before.
pub(super) fn headlines(notices: &Notices, lang: Lang) -> Table {
    let run = notices.run;
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(text("指标", "measure")),
        Column::left(text("限值", "limit")),
        Column::right(text("本月", "this month")),
        Column::right(text("上月", "month before")),
        Column::right(text("变化（百分点）", "change (points)")),
        Column::right(text("达标人数", "who meet it")),
    ];
    let row = |one: &Headlined| {
        let now = Sum::of_headline(one, &run.judgement.managers);
        let before = notices.last_month.as_ref().and_then(|last| last_share(last, one));
        vec![
            Cell::new(one.headline.name.get(lang)),
            Cell::new(one.limit(lang)),
            percent(now.share, one.percent()),
            percent(before, one.percent()),
            points(now.share, before),
            now.met_cell(),
        ]
    };
    let rows = Headlined::all(run.judgement).iter().filter(|one| one.rule().is_some()).map(row).collect();
    Table { columns, rows, headed: true, breaks: false }
}

/// A row a manager.
pub(super) fn managers(notices: &Notices, lang: Lang) -> Table {
    let run = notices.run;
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let headlines: Vec<Headlined> =
        Headlined::all(run.judgement).into_iter().filter(|one| one.rule().is_some()).collect();
    let mut columns = vec![Column::left(text("客户经理", "manager")), Column::left(text("部门", "branch"))];
    columns.extend(headlines.iter().map(|one| Column::right(one.headline.short.get(lang))));
    columns.extend(
        [
            text("违规", "violations"),
            text("提醒", "warnings"),
            text("新增", "new"),
            text("重复", "repeated"),
            text("已整改", "fixed"),
            text("得分", "score"),
        ]
        .map(Column::right),
    );
    let mut by_manager: BTreeMap<&str, Vec<&Followed>> = BTreeMap::new();
    for (_, one) in notices.told_subjects() {
        by_manager.entry(&one.subject.manager).or_default().push(one);
    }
    let row = |judged: &JudgedManager| {
        let mut row =
            vec![Cell::new(run.manager_name(judged)), Cell::new(run.book.branch(judged.id).unwrap_or_default())];
        row.extend(
            headlines
                .iter()
                .map(|one| one.outcome(judged).map_or_else(Cell::default, |outcome| one.cell(outcome, lang))),
        );
        let own = by_manager.get(run.manager_text(judged.id)).into_iter().flatten().copied();
        let counts = Counts::of(own);
        let found = notices.found(judged);
        let of = |severity| -> u64 {
            let is_one = |(rule, _): &&(usize, Vec<&Finding>)| run.judgement.rules[*rule].severity == severity;
            found.iter().filter(is_one).map(|(_, findings)| findings.len() as u64).sum()
        };
        let numbers = [of(Severity::Violation), of(Severity::Warning), counts.new, counts.repeated, counts.fixed];
        row.extend(numbers.map(Cell::integer));
        row.push(run.score(judged));
        row
    };
    let rows = run.judgement.managers.iter().map(row).collect();
    Table { columns, rows, headed: true, breaks: false }
}

fn percent(share: Option<(u64, u64)>, limit: Option<Percent>) -> Cell {
    share.map_or_else(|| Cell::new("-"), |share| share_cell(share, limit))
}

/// The difference of two shares as they are shown, in percentage points.
fn points(now: Option<(u64, u64)>, before: Option<(u64, u64)>) -> Cell {
    let tenths = |(count, of)| percent_tenths(count, of) as i64;
    let Some((now, before)) = now.map(tenths).zip(before.map(tenths)) else { return Cell::new("-") };
    Cell::new(change_text(now - before))
}

/// What a headline measure came to in the month before.
fn last_share(last: &LastMonth, headlined: &Headlined) -> Option<(u64, u64)> {
    match last {
        LastMonth::Judged(judgement) => {
            let of_then = Headlined::all(judgement);
            let same = of_then.iter().find(|one| std::ptr::eq(one.headline, headlined.headline))?;
            Sum::of_headline(same, &judgement.managers).share
        }
        LastMonth::Read(read) => {
            let id = headlined.rule()?.id;
            let shares = read.results.iter().filter(|one| one.rule == id).filter_map(|one| {
                let measured = one.count.zip(one.of);
                share_of(headlined.headline.measure, one.assessed, one.failed, measured)
            });
            shares.reduce(|(count, of), (more, of_more)| (count + more, of + of_more))
        }
    }
}
