//! A manager's part: score, measures and their change, his days, his findings.

use super::days;
use super::figures::points;
use super::scope::{Monthly, nothing};
use crate::document::chart::{Chart, DayStrip, Plot};
use crate::document::{Block, Cell, Column, Document, Table, Tone, Value};
use crate::judgement::{self, JudgedManager, JudgedRule, Judgement, Party, Severity, State, percent_tenths};
use crate::lang::{Lang, counted, say, words};
use crate::model::Points;
use crate::parallel;
use crate::report::day::{self, Told};
use crate::report::headline::Headlined;
use crate::report::{Run, anchor, appeals, check, points as points_lost, score_cell};
use crate::rules::terms;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A folded part for each.
pub(super) fn all(monthly: &Monthly, lang: Lang) -> Document {
    let run = &monthly.run;
    let part = |judged: &JudgedManager| {
        let branch = run.book.branch(judged.id).map(|branch| format!(" {branch}")).unwrap_or_default();
        let heading = run.manager_name(judged) + &branch;
        let mut one = Document::default();
        one.folded(
            anchor::of_manager(run, judged.id),
            heading,
            summary(run, judged, lang),
            body(monthly, judged, lang),
        );
        // Where there is only one there is nothing to choose from.
        if let (1, Some(Block::Section(section))) = (run.judgement.managers.len(), one.blocks.first_mut()) {
            section.folds = false;
        }
        one.blocks
    };
    let judged: Vec<&JudgedManager> = run.judgement.managers.iter().collect();
    let parts: Vec<Vec<Block>> = parallel::map(&judged, |judged| part(judged));
    let mut document = Document { blocks: parts.into_iter().flatten().collect() };
    let all: usize = run.judgement.managers.iter().map(|manager| manager.findings.len()).sum();
    let shown = || run.judgement.managers.iter().map(|manager| run.shown(manager).count()).sum::<usize>();
    if let Some(limit) = run.findings.filter(|_| shown() < all) {
        let more = match limit {
            0 => {
                say(format!("本报告不列各项发现，共 {all} 项"), format!("This report lists none of the {all} findings"))
            }
            _ => say(
                format!("本报告每名客户经理每条规则只列前 {limit} 项发现，全部共 {all} 项"),
                format!("This report lists the first {limit} findings of each rule and manager; there are {all}"),
            ),
        };
        document.blocks.insert(0, Block::Notice(more.get(lang).to_owned()));
    }
    document
}

/// What remains to be seen of a folded part.
fn summary(run: &Run, judged: &JudgedManager, lang: Lang) -> Vec<Cell> {
    let rules = &run.judgement.rules;
    let mut cells = Vec::new();
    for one in Headlined::all(run.judgement) {
        let Some(outcome) = one.outcome(judged) else { continue };
        let cell = one.cell(outcome, lang);
        cells.push(Cell { text: format!("{} {}", one.headline.short.get(lang), cell.text), ..cell });
    }
    let count = |severity| judged.count(rules, Party::Manager, severity);
    let (violations, warnings) = (count(Severity::Violation), count(Severity::Warning));
    let counts = say(
        format!("违规 {violations}，提醒 {warnings}"),
        format!("{}, {}", counted(violations, "violation"), counted(warnings, "warning")),
    );
    cells.push(Cell::new(counts.get(lang)));
    let score = run.score(judged);
    let text = say(format!("得分 {}", score.text), format!("score {}", score.text));
    cells.push(Cell { text: text.get(lang).to_owned(), ..score });
    cells
}

fn body(monthly: &Monthly, judged: &JudgedManager, lang: Lang) -> Document {
    let run = &monthly.run;
    let mut document = Document::default();
    document.table(changes(monthly, judged, lang));
    document.table(lost(run, judged, lang));
    let mut strip = days::strip(run, judged, lang);
    let parts = day_parts(monthly, judged, &strip, lang);
    let told = strip.days.iter().filter(|day| day.is_told()).map(|day| day.date);
    let dates: BTreeSet<NaiveDate> = match parts.is_empty() {
        true => told.collect(),
        false => monthly.days.iter().filter(|day| day.is_told()).map(|day| day.date).collect(),
    };
    let lead = |date: NaiveDate| anchor::of_day(run, judged.id, date);
    strip.anchors = if parts.is_empty() { dates.iter().map(|date| lead(*date)).collect() } else { vec![] };
    document.charts(vec![day_chart(run, judged, strip, lang)]);
    let found = check::findings_of(run, judged, State::Counted, lang);
    if found.is_empty() && judged.findings.is_empty() {
        document.text(words("没有发现违规或需提醒的事项", "Nothing was found").get(lang));
    }
    document.blocks.extend(found);
    add_apart(run, judged, &mut document, lang);
    document.table(appeals::of_manager(run, judged.id, lang));
    lead_to_days(&mut document, |date| dates.contains(&date).then(|| lead(date)));
    document.blocks.extend(parts);
    document
}

/// Findings that count for nothing.
fn add_apart(run: &Run, judged: &JudgedManager, document: &mut Document, lang: Lang) {
    for state in [State::Doubtful, State::Waived] {
        let found = check::findings_of(run, judged, state, lang);
        if !found.is_empty() {
            let all = judged.findings.iter().filter(|(_, finding)| finding.state() == state).count();
            document.caption(check::apart(state, all).get(lang), Tone::Plain);
            document.blocks.extend(found);
        }
    }
}

/// The date of each finding leads to the day.
fn lead_to_days(document: &mut Document, anchor: impl Fn(NaiveDate) -> Option<String>) {
    for block in &mut document.blocks {
        let Block::Findings(findings) = block else { continue };
        for [when, ..] in &mut findings.rows {
            if let Some(Value::Date(date)) = when.value {
                when.link = anchor(date).map(Into::into);
            }
        }
    }
}

/// Each of his days in full, folded.
fn day_parts(monthly: &Monthly, judged: &JudgedManager, strip: &DayStrip, lang: Lang) -> Vec<Block> {
    let run = &monthly.run;
    let mut parts = Document::default();
    for (day, drawn) in monthly.days.iter().zip(&strip.days).filter(|(day, _)| day.is_told()) {
        let told = Told { run, judged, day, max_gap: terms::max_gap(run.ruleset) };
        let heading = format!("{} {} {}", day.date, drawn.weekday, drawn.mark);
        let cells = [&drawn.field, &drawn.arrival].map(Clone::clone);
        let summary = cells.into_iter().filter(|cell| !cell.text.is_empty()).collect();
        let leads = anchor::of_day(run, judged.id, day.date);
        parts.folded(leads, heading.trim_end(), summary, day::block(&told, lang));
    }
    parts.blocks
}

/// His way to the score: what each rule took; nothing where none took any.
fn lost(run: &Run, judged: &JudgedManager, lang: Lang) -> Table {
    if judged.points.is_some() {
        return points_lost::of_manager(run, judged, lang);
    }
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(text("失分的规则", "points lost by")),
        Column::right(text("不合格数/考核数", "failed/assessed")),
        Column::right(text("失分", "points")),
    ];
    let mut lost = judgement::lost_by_rule(&run.judgement.rules, judged);
    lost.sort_by(|one, two| two.1.total_cmp(&one.1));
    let merged = judgement::by_rule(&run.judgement.rules, &judged.outcomes);
    let row = |(rule, hundredths, _): &(&JudgedRule, f64, bool)| {
        let points = hundredths.round() / 100.0;
        let outcome = merged.iter().find(|(of, _)| of.id == rule.id).map(|(_, outcome)| outcome);
        let counts = outcome.map(|outcome| format!("{}/{}", outcome.failed, outcome.assessed));
        vec![
            Cell::new(rule.title.get(lang)),
            Cell::new(counts.unwrap_or_default()),
            Cell::valued(format!("{points:.2}"), Value::Number(points)),
        ]
    };
    Table { columns, rows: lost.iter().map(row).collect(), headed: true, breaks: false }
}

fn day_chart(run: &Run, judged: &JudgedManager, strip: DayStrip, lang: Lang) -> Chart {
    let name = run.manager_name(judged);
    let title = say(format!("{name} 每日拜访时间"), format!("{name}: hours in the field, day by day"));
    let alternative = days::alternative(&strip, lang);
    Chart { title: title.get(lang).to_owned(), alternative, plot: Plot::Days(strip) }
}

/// This month beside the month before.
fn changes(monthly: &Monthly, judged: &JudgedManager, lang: Lang) -> Table {
    let run = &monthly.run;
    let text = |zh, en| words(zh, en).get(lang).to_owned();
    let columns = vec![
        Column::left(text("指标", "measure")),
        Column::left(text("限值", "limit")),
        Column::right(text("本月", "this month")),
        Column::right(text("上月", "month before")),
        Column::right(text("变化", "change")),
    ];
    let before = monthly.before(judged.id);
    let mut rows = Vec::new();
    for one in Headlined::all(run.judgement) {
        let Some(now) = one.outcome(judged) else { continue };
        let then = before.and_then(|(_, manager)| one.outcome(manager));
        let tenths = |share: Option<(u64, u64)>| share.map(|(count, of)| percent_tenths(count, of) as i64);
        let then_share = then.and_then(|then| one.share(then));
        rows.push(vec![
            Cell::new(one.headline.short.get(lang)),
            Cell::new(one.limit(lang)),
            one.cell(now, lang),
            then.map_or_else(nothing, |then| one.cell(then, lang)),
            points(tenths(one.share(now)), tenths(then_share), lang),
        ]);
    }
    let plain = |name, now: Cell, then: Option<Cell>, change| {
        vec![Cell::new(name), Cell::default(), now, then.unwrap_or_else(nothing), change]
    };
    for (severity, name) in
        [(Severity::Violation, text("违规", "violations")), (Severity::Warning, text("提醒", "warnings"))]
    {
        let count = |judgement: &Judgement, one: &JudgedManager| one.count(&judgement.rules, Party::Manager, severity);
        let now = count(run.judgement, judged);
        let then = before.map(|(judgement, one)| count(judgement, one));
        let change = then.map_or_else(nothing, |then| signed(now as i64 - then as i64));
        rows.push(plain(name, Cell::integer(now), then.map(Cell::integer), change));
    }
    let then = before.and_then(|(_, one)| one.score);
    let change = match (judged.score, then) {
        (Some(now), Some(then)) => gained(Points(now.0 - then.0)),
        _ => nothing(),
    };
    let then = before.map(|_| score_cell(then, false));
    rows.push(plain(text("得分", "score"), run.score(judged), then, change));
    Table { columns, rows, headed: true, breaks: false }
}

fn signed(change: i64) -> Cell {
    let text = if change == 0 { "0".to_owned() } else { format!("{change:+}") };
    Cell::valued(text, Value::Integer(change))
}

fn gained(change: Points) -> Cell {
    let sign = if change.0 > 0 { "+" } else { "" };
    Cell::valued(format!("{sign}{change}"), Value::Number(change.as_f64()))
}
