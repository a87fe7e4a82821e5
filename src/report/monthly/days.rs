//! A manager's days: time in the field against the limit, first arrival, unplanned share, and what kind of day each was.
//!
//! The facts come from the measures; that a day is too short or too late, from the findings.

use super::super::Run;
use super::super::chart::{DayKind, DayStrip, Mark, StripDay, hours_text};
use super::super::compliance::{limit_text, mark};
use super::super::document::{Cell, Tone, Value};
use crate::judgement::{Finding, JudgedManager, Verdict, When, percent_text};
use crate::lang::{Lang, Words, say, words};
use crate::measures::{Day, FileIndex, ManagerMonth, field_seconds};
use crate::model::*;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// One of the rules that judge days, as this run has it.
struct OfDays<'a> {
    parameters: serde_json::Value,
    bad: BTreeSet<NaiveDate>,
    judged: &'a JudgedManager,
    at: usize,
}

impl<'a> OfDays<'a> {
    fn find(run: &Run<'a>, judged: &'a JudgedManager, rule: &str) -> Option<Self> {
        let at = run.judgement.rules.iter().position(|judged| judged.id == rule)?;
        let active = run.ruleset.rules.iter().find(|active| active.meta.id == rule)?;
        let own = judged.findings.iter().filter(|(number, _)| *number == at);
        let date = |finding: &(usize, Finding)| match finding.1.when {
            When::Date(date) => Some(date),
            When::Period(_) => None,
        };
        Some(Self { parameters: active.judge.parameters(), bad: own.filter_map(date).collect(), judged, at })
    }

    fn is_assessed(&self) -> bool {
        self.judged.outcomes[self.at].verdict() != Verdict::NotAssessed
    }

    fn toned(&self, cell: Cell, date: NaiveDate) -> Cell {
        if !self.bad.contains(&date) {
            return cell;
        }
        let text = format!("{} {}", mark(Verdict::Fail), cell.text);
        Cell { text: text.trim_end().to_owned(), tone: Tone::Bad, ..cell }
    }
}

/// What is told of each day.
struct Teller<'a> {
    judged: &'a JudgedManager,
    field_time: Option<OfDays<'a>>,
    first_arrival: Option<OfDays<'a>>,
    unplanned: Option<OfDays<'a>>,
    /// From the first date with visits to the horizon.
    reach: Option<DateSpan>,
    lang: Lang,
}

pub(super) fn strip<'a>(run: &Run<'a>, judged: &'a JudgedManager, lang: Lang) -> DayStrip {
    let book = run.book;
    let file = book.manager(judged.id);
    let index = FileIndex::of(book, &file);
    let month = ManagerMonth::new(book, &run.ruleset.settings, &index, run.judgement.month);
    let find = |rule| OfDays::find(run, judged, rule);
    let reach = book.windows.get(Kind::Visits).map(|window| DateSpan { first: window.first, last: book.horizon });
    let field_time = find("field-time").filter(OfDays::is_assessed);
    let limit = field_time.as_ref().and_then(|rule| rule.parameters["hours"].as_f64());
    let teller = Teller {
        judged,
        field_time,
        first_arrival: find("first-arrival"),
        unplanned: find("unplanned-cap").filter(OfDays::is_assessed),
        reach,
        lang,
    };
    let heads = [
        words("日期", "date"),
        words("星期", "day"),
        words("拜访时间", "in the field"),
        words("首次实地", "first on site"),
        words("计划外", "unplanned"),
        words("标记", "mark"),
    ];
    DayStrip {
        days: month.dates.iter().map(|day| teller.day(&month, day)).collect(),
        limit: limit.map(|hours| Mark { number: hours, text: limit_text(run, "field-time", lang) }),
        heads: heads.map(|head| head.get(lang).to_owned()),
    }
}

impl Teller<'_> {
    fn day(&self, month: &ManagerMonth, day: &Day) -> StripDay {
        let kind = self.kind(day);
        let seconds = self.seconds(day, kind);
        let field = seconds.map_or_else(Cell::default, Cell::hours);
        StripDay {
            date: day.date,
            weekday: weekday(day.date, self.lang).to_owned(),
            kind,
            mark: self.mark(day, kind),
            seconds,
            field: toned(&self.field_time, field, day.date),
            arrival: toned(&self.first_arrival, arrival(day), day.date),
            unplanned: self.unplanned(month, day),
        }
    }

    fn kind(&self, day: &Day) -> DayKind {
        if !self.reach.is_some_and(|reach| reach.contains(day.date)) {
            DayKind::Open
        } else if self.judged.unrecorded.contains(&day.date) {
            DayKind::Unrecorded
        } else if !day.is_working {
            DayKind::Free
        } else if day.excuse.in_full() {
            DayKind::Excused
        } else if day.excuse.at_all() {
            DayKind::HalfExcused
        } else {
            DayKind::Working
        }
    }

    /// Field time, where any is asked for or there is any.
    fn seconds(&self, day: &Day, kind: DayKind) -> Option<u64> {
        let max_gap = self.field_time.as_ref()?.parameters["max_gap_minutes"].as_u64()? as u32 * 60;
        let asked = matches!(kind, DayKind::Working | DayKind::HalfExcused);
        let some = kind != DayKind::Open && day.visits.iter().any(Visit::is_onsite);
        (asked || some).then(|| u64::from(field_seconds(day.visits, max_gap)))
    }

    fn unplanned(&self, month: &ManagerMonth, day: &Day) -> Cell {
        let Some(rule) = &self.unplanned else { return Cell::default() };
        let heads = month.headcount(day);
        if heads.visited == 0 || !month.in_plans_window(day.date) {
            return Cell::default();
        }
        let (count, of) = (heads.unplanned, heads.visited);
        rule.toned(Cell::valued(percent_text(count, of), Value::Share { count, of }), day.date)
    }

    /// What the day records say besides field work, and what kind of day it is where they say nothing.
    fn mark(&self, day: &Day, kind: DayKind) -> String {
        let mut marks: Vec<String> = Vec::new();
        for record in day.records.iter().filter(|record| record.status != DayStatus::Field) {
            let status = status(record.status).get(self.lang).to_owned();
            let part = match record.part {
                Part::Full => words("", ""),
                Part::Am => words("（上午）", " (am)"),
                Part::Pm => words("（下午）", " (pm)"),
            };
            let mark = status + part.get(self.lang);
            if !marks.contains(&mark) {
                marks.push(mark);
            }
        }
        let word = match kind {
            DayKind::Unrecorded => words("无记录", "unrecorded"),
            DayKind::Free => words("非工作日", "no working day"),
            _ => words("", ""),
        };
        if marks.is_empty() && !word.get(self.lang).is_empty() {
            marks.push(word.get(self.lang).to_owned());
        }
        marks.join(words("、", ", ").get(self.lang))
    }
}

fn toned(rule: &Option<OfDays>, cell: Cell, date: NaiveDate) -> Cell {
    match rule {
        Some(rule) => rule.toned(cell, date),
        None => cell,
    }
}

/// The day's earliest on-site visit.
fn arrival(day: &Day) -> Cell {
    let earliest = day.visits.iter().find(|visit| visit.is_onsite());
    let cell = |visit: &Visit| Cell::valued(visit.started.clock().long(), Value::Clock(visit.started.second));
    earliest.map_or_else(Cell::default, cell)
}

fn status(status: DayStatus) -> Words {
    match status {
        DayStatus::Field => words("拜访", "field"),
        DayStatus::Meeting => words("会议", "meeting"),
        DayStatus::Training => words("培训", "training"),
        DayStatus::Leave => words("请假", "leave"),
        DayStatus::Office => words("内务", "office"),
        DayStatus::DeviceFailure => words("设备故障", "device failure"),
    }
}

fn weekday(date: NaiveDate, lang: Lang) -> &'static str {
    const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let at = date.weekday().num_days_from_monday() as usize;
    match lang {
        Lang::Zh => ZH[at],
        Lang::En => EN[at],
    }
}

/// The strip in words.
pub(super) fn alternative(strip: &DayStrip, lang: Lang) -> String {
    let of_kind = |kind| strip.days.iter().filter(|day| day.kind == kind).count();
    let (excused, half) = (of_kind(DayKind::Excused), of_kind(DayKind::HalfExcused));
    let unrecorded = of_kind(DayKind::Unrecorded);
    let short: Vec<String> = strip
        .days
        .iter()
        .filter(|day| day.field.tone == Tone::Bad)
        .map(|day| format!("{} {}", day.date, hours_text(day.seconds.unwrap_or(0))))
        .collect();
    let limit = strip.limit.as_ref().map_or("", |limit| limit.text.as_str());
    let text = match short.len() {
        0 => say(format!("没有拜访时间不足的日子（{limit}）"), format!("no day was too short ({limit})")),
        n => say(
            format!("{n} 天拜访时间不足（{limit}）：{}", short.join("，")),
            format!("{n} too short ({limit}): {}", short.join(", ")),
        ),
    };
    let rest = say(
        format!("；全天免考核 {excused} 天，半天免考核 {half} 天，无记录 {unrecorded} 天"),
        format!("; {excused} excused, {half} half excused, {unrecorded} unrecorded"),
    );
    text.then(&rest).get(lang).to_owned()
}
