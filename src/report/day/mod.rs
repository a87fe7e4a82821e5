//! `day`: one manager's day on one page, and its part of his monthly report (SPEC-month §3).

mod drawing;
mod events;
pub mod json;
mod told;

pub use told::Told;

use super::verdict::{WAIVED, clause_words, mark, tone};
use super::{evidence, rows, sentence};
use crate::day::{DayVerdict, Planned, Stands};
use crate::document::{Cell, Column, Document, Table, Tone, Value};
use crate::judgement::{State, Verdict};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::Accounts;
use crate::measures::Stretch;
use crate::model::ClockTime;
use crate::report::manner::{length, mode_words, part_words, status_words, weekday};

/// The whole page.
pub fn build(told: &Told, accounts: &Accounts, lang: Lang) -> Document {
    let mut document = Document::default();
    document.title(title(told).get(lang));
    document.text(facts(told, lang));
    if told.day.is_empty() {
        document.notice(words("当天没有任何记录", "Nothing is recorded of this date").get(lang));
    }
    let part = |document: &mut Document, anchor: &str, heading: Words, body: Document| {
        document.section(anchor, heading.get(lang), body);
    };
    part(&mut document, "verdicts", words("当天结论", "Verdicts"), table_of(verdicts(told, lang)));
    let mut drawn = Document::default();
    drawn.charts(drawing::of(told, lang));
    part(&mut document, "drawing", words("图示", "The day at a glance"), drawn);
    part(&mut document, "plan", words("拜访计划", "Plan"), table_of(plan(told, lang)));
    part(&mut document, "events", words("经过", "In order of time"), table_of(events::table(told, lang)));
    part(&mut document, "time-in-field", words("市场拜访时间", "Field time"), field_time(told, lang));
    part(&mut document, "findings", words("当天的其他发现", "What other rules found"), findings(told, lang));
    if !told.day.rejected.is_empty() {
        document.notice(rejected(told).get(lang));
    }
    rows::add_foot(told.run.book, accounts, told.run.ruleset, told.run.judgement.month.span(), &mut document, lang);
    document
}

/// The same within a monthly report: what the findings of the day rest on.
pub fn block(told: &Told, lang: Lang) -> Document {
    let mut document = Document::default();
    document.text(facts(told, lang));
    document.charts(drawing::of(told, lang));
    document.table(verdicts(told, lang));
    document.table(plan(told, lang));
    document.table(events::table(told, lang));
    document.blocks.extend(field_time(told, lang).blocks);
    document.blocks.extend(findings(told, lang).blocks);
    document
}

fn table_of(table: Table) -> Document {
    let mut document = Document::default();
    document.table(table);
    document
}

/// What the page is called.
pub fn title(told: &Told) -> Words {
    let (name, date) = (told.run.manager_name(told.judged), told.day.date);
    let [zh, en] = [Lang::Zh, Lang::En].map(|lang| weekday(date, lang));
    say(format!("{name}：{date}（星期{zh}）"), format!("{name}: {date} ({en})"))
}

/// What kind of day it was, and where the data end.
fn facts(told: &Told, lang: Lang) -> String {
    let day = told.day;
    let mut facts: Vec<Words> = vec![];
    facts.extend(told.run.book.branch(told.judged.id).map(Words::same));
    facts.push(match day.is_working {
        true => words("工作日", "a working day"),
        false => words("非工作日", "no working day of his"),
    });
    for record in &day.records {
        let place = evidence::place(told.run.book, record.at);
        let status = status_words(record.status).then(&part_words(record.part));
        facts.push(say(format!("登记为{}（{place}）", status.zh), format!("recorded as {} ({place})", status.en)));
    }
    let excuse = day.state.excuse;
    facts.extend(match (excuse.am, excuse.pm) {
        (true, true) => Some(words("全天免考核", "excused in full")),
        (true, false) => Some(words("上午免考核", "excused in the morning")),
        (false, true) => Some(words("下午免考核", "excused in the afternoon")),
        (false, false) => None,
    });
    facts.extend(day.is_unrecorded.then_some(words("无记录日", "unrecorded")));
    let horizon = told.run.book.horizon_of(told.judged.id);
    facts.push(say(format!("数据截止 {horizon}"), format!("data to {horizon}")));
    let facts: Vec<&str> = facts.iter().map(|fact| fact.get(lang)).collect();
    facts.join(words("，", ", ").get(lang))
}

fn heads(lang: Lang, heads: &[Words]) -> Vec<Column> {
    heads.iter().map(|head| Column::left(head.get(lang))).collect()
}

fn headed(columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
    Table { columns, rows, headed: true, breaks: false }
}

/// Each rule of days with its arithmetic.
fn verdicts(told: &Told, lang: Lang) -> Table {
    let columns = heads(
        lang,
        &[words("结论", "verdict"), words("测得", "measured"), words("要求", "required"), words("依据", "lines")],
    );
    headed(columns, told.day.verdicts.iter().map(|verdict| verdict_row(told, verdict, lang)).collect())
}

fn verdict_row(told: &Told, verdict: &DayVerdict, lang: Lang) -> Vec<Cell> {
    let rule = &told.run.judgement.rules[verdict.rule];
    let stands = verdict.stands.verdict();
    let is_waived = verdict.stands.finding().is_some_and(|finding| finding.state() == State::Waived);
    let sign = if is_waived { WAIVED } else { mark(stands) };
    let clause = clause_words(&rule.clause);
    let title = format!("{sign} {} {}", rule.title.get(lang), clause.get(lang));
    let title = Cell::toned(title, tone(stands));
    match &verdict.stands {
        Stands::NotAssessed(why) => {
            vec![title, Cell::toned(why.get(lang), Tone::Faint), Cell::default(), Cell::default()]
        }
        Stands::Kept(finding) | Stands::Found(finding) => {
            let lines = match &finding.doubt {
                Some(doubt) => evidence::doubt(told.run.book, doubt).get(lang).to_owned(),
                None => evidence::short(told.run.book, &finding.evidence),
            };
            let texts = [finding.measured.get(lang), finding.required.get(lang), &lines];
            [title].into_iter().chain(texts.map(Cell::new)).collect()
        }
    }
}

fn plan(told: &Told, lang: Lang) -> Table {
    let columns = heads(
        lang,
        &[
            words("顺序", "seq"),
            words("客户", "customer"),
            words("方式", "mode"),
            words("计划状态", "plan row"),
            words("拜访", "visited"),
            words("依据", "lines"),
        ],
    );
    let row = |line: &Planned| {
        let seq = line.seq.map_or_else(Cell::default, |seq| Cell::integer(seq.into()));
        let mode = line.mode.map_or(words("", ""), mode_words);
        let visited = match line.is_visited {
            true => Cell::toned(mark(Verdict::Pass), Tone::Good),
            false if line.to.is_some() => Cell::default(),
            false => Cell::toned(words("未拜访", "no").get(lang), Tone::Waiting),
        };
        let lines = evidence::place(told.run.book, line.at);
        vec![
            seq,
            Cell::new(told.customer(line.customer)),
            Cell::new(mode.get(lang)),
            Cell::new(plan_state(told, line).get(lang)),
            visited,
            Cell::new(lines),
        ]
    };
    headed(columns, told.day.plans.iter().map(row).collect())
}

/// Whether it stands, whence it came and where it went.
fn plan_state(told: &Told, line: &Planned) -> Words {
    let state = match line.to {
        Some((date, at)) => {
            let place = evidence::place(told.run.book, at);
            say(format!("已改期至 {date}（{place}）"), format!("moved to {date} ({place})"))
        }
        None => words("有效", "stands"),
    };
    let from =
        line.from.map_or(words("", ""), |date| say(format!("，由 {date} 改期而来"), format!(", moved from {date}")));
    let late = match (line.is_late, line.created) {
        (true, Some(at)) => say(format!("，首次拜访后才编制（{at}）"), format!(", made after the first visit ({at})")),
        _ => words("", ""),
    };
    state.then(&from).then(&late)
}

/// Added up stretch by stretch as the rule does.
fn field_time(told: &Told, lang: Lang) -> Document {
    let mut document = Document::default();
    let Some(stretches) = &told.day.stretches else { return document };
    if stretches.is_empty() {
        return document;
    }
    let clock = |second: u32| ClockTime(second).long();
    let timed = |seconds: u32| Cell::valued(length(seconds.into()), Value::Seconds(seconds.into()));
    let row = |stretch: &Stretch| {
        vec![
            Cell::new(format!("{}–{}", clock(stretch.start), clock(stretch.end))),
            timed(stretch.seconds()),
            Cell::integer(stretch.visits.into()),
            timed(stretch.at_customers),
            timed(stretch.seconds() - stretch.at_customers),
        ]
    };
    let mut table_rows: Vec<Vec<Cell>> = stretches.iter().map(row).collect();
    let sum = |of: fn(&Stretch) -> u32| stretches.iter().map(of).sum::<u32>();
    let (all, inside) = (sum(|stretch| stretch.seconds()), sum(|stretch| stretch.at_customers));
    table_rows.push(vec![
        Cell::new(words("合计", "in all").get(lang)),
        timed(all),
        Cell::integer(sum(|stretch| stretch.visits).into()),
        timed(inside),
        timed(all - inside),
    ]);
    let columns = [
        words("时段", "from–to"),
        words("时长", "counts"),
        words("实地拜访", "visits"),
        words("在户", "at customers"),
        words("短间隔", "short gaps"),
    ];
    document.table(headed(heads(lang, &columns), table_rows));
    let minutes = told.max_gap.unwrap_or(0) / 60;
    for (from, until) in told.day.gaps() {
        let (between, long) = (format!("{}–{}", clock(from), clock(until)), length((until - from).into()));
        let gap = say(
            format!("{between} 间隔 {long}，超过 {minutes} 分钟，不计"),
            format!("{between}: a gap of {long}, over {} and not counted", counted(minutes, "minute")),
        );
        document.text(gap.get(lang));
    }
    document
}

/// What rules found whose units are no days.
fn findings(told: &Told, lang: Lang) -> Document {
    let mut document = Document::default();
    let columns = heads(lang, &[words("规则", "rule"), words("说明", "what was found"), words("依据", "lines")]);
    let row = |(rule, finding): &(usize, crate::judgement::Finding)| {
        let rule = &told.run.judgement.rules[*rule];
        let (sign, tone) = match finding.state() {
            State::Counted => (mark(Verdict::Fail), Tone::Bad),
            State::Doubtful => (mark(Verdict::Doubtful), Tone::Waiting),
            State::Waived => (WAIVED, Tone::Faint),
        };
        vec![
            Cell::toned(format!("{sign} {}", rule.title.get(lang)), tone),
            Cell::new(sentence::of(told.run.book, finding).get(lang)),
            Cell::new(evidence::short(told.run.book, &finding.evidence)),
        ]
    };
    document.table(headed(columns, told.day.findings.iter().map(row).collect()));
    document
}

fn rejected(told: &Told) -> Words {
    let places: Vec<String> = told.day.rejected.iter().map(|at| evidence::place(told.run.book, *at)).collect();
    say(
        format!("被拒绝、可能属于这一天的行：{}", places.join("、")),
        format!("Rejected rows that may belong to this date: {}", places.join(", ")),
    )
}
