//! A manager's days: time in the field against the limit, first arrival, unplanned share, and what kind of day each was.
//!
//! The facts were counted when he was judged; that a day is too short or too late is said by the findings.

use crate::document::chart::{DayKind, DayStrip, Mark, StripDay, hours_text};
use crate::document::{Cell, Tone, Value};
use crate::headline::{DayMeasure, ShownLimit};
use crate::judgement::{Finding, JudgedManager, JudgedRule, State, Verdict, When};
use crate::lang::{Lang, say, words};
use crate::measures::DayFacts;
use crate::model::{ClockTime, DayStatus, Part};
use crate::report::manner::{part_words, status_words, weekday};
use crate::report::verdict::{WAIVED, mark, tone};
use crate::report::{Run, share_cell};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One of the rules that judge days, as this run has it.
struct OfDays<'a> {
    rule: &'a JudgedRule,
    bad: BTreeSet<NaiveDate>,
    unsure: BTreeSet<NaiveDate>,
    waived: BTreeSet<NaiveDate>,
    is_assessed: bool,
}

impl<'a> OfDays<'a> {
    fn find(run: &Run<'a>, judged: &'a JudgedManager, measure: DayMeasure) -> Option<Self> {
        let rules = run.judgement.rules.iter().enumerate();
        let (at, rule) = rules.into_iter().find(|(_, rule)| rule.day == Some(measure))?;
        let date = |finding: &(usize, Finding)| match finding.1.when {
            When::Date(date) => Some(date),
            When::Period(_) => None,
        };
        let dates = |state| {
            let own = judged.findings.iter().filter(|(number, finding)| *number == at && finding.state() == state);
            own.filter_map(date).collect()
        };
        let outcome = &judged.outcomes[at];
        let is_assessed = outcome.verdict() != Verdict::NotAssessed || outcome.waived > 0;
        let (bad, unsure, waived) = (dates(State::Counted), dates(State::Doubtful), dates(State::Waived));
        Some(Self { rule, bad, unsure, waived, is_assessed })
    }

    fn toned(&self, cell: Cell, date: NaiveDate) -> Cell {
        let verdict = match (self.bad.contains(&date), self.unsure.contains(&date)) {
            (true, _) => Verdict::Fail,
            (false, true) => Verdict::Doubtful,
            (false, false) if self.waived.contains(&date) => {
                return Cell {
                    text: format!("{WAIVED} {}", cell.text).trim_end().to_owned(),
                    tone: Tone::Faint,
                    ..cell
                };
            }
            (false, false) => return cell,
        };
        let text = format!("{} {}", mark(verdict), cell.text);
        Cell { text: text.trim_end().to_owned(), tone: tone(verdict), ..cell }
    }
}

/// What is told of each day.
struct Teller<'a> {
    field_time: Option<OfDays<'a>>,
    first_arrival: Option<OfDays<'a>>,
    unplanned: Option<OfDays<'a>>,
    lang: Lang,
}

pub(super) fn strip<'a>(run: &Run<'a>, judged: &'a JudgedManager, lang: Lang) -> DayStrip {
    let find = |measure| OfDays::find(run, judged, measure);
    let field_time = find(DayMeasure::FieldTime).filter(|rule| rule.is_assessed);
    let limit = field_time.as_ref().and_then(|of_days| of_days.rule.limit.as_ref());
    let limit = limit.map(|limit| Mark { number: limit.number.as_f64(), text: limit.words.get(lang).to_owned() });
    let teller = Teller {
        field_time,
        first_arrival: find(DayMeasure::FirstArrival),
        unplanned: find(DayMeasure::Unplanned).filter(|rule| rule.is_assessed),
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
        days: judged.days.iter().map(|facts| teller.day(facts)).collect(),
        limit,
        anchors: vec![],
        heads: heads.map(|head| head.get(lang).to_owned()),
    }
}

impl Teller<'_> {
    fn day(&self, facts: &DayFacts) -> StripDay {
        let kind = kind(facts);
        let seconds = self.seconds(facts, kind);
        let field = seconds.map_or_else(Cell::default, Cell::hours);
        StripDay {
            date: facts.date,
            weekday: weekday(facts.date, self.lang).to_owned(),
            kind,
            mark: self.mark(facts, kind),
            seconds,
            field: toned(&self.field_time, field, facts.date),
            arrival: toned(&self.first_arrival, arrival(facts), facts.date),
            unplanned: self.unplanned(facts),
        }
    }

    /// Field time, where any is asked for or there is any.
    fn seconds(&self, facts: &DayFacts, kind: DayKind) -> Option<u64> {
        let asked = matches!(kind, DayKind::Working | DayKind::HalfExcused);
        let some = kind != DayKind::Open && facts.first_onsite.is_some();
        let is_told = self.field_time.is_some() && (asked || some);
        facts.field_seconds.filter(|_| is_told).map(u64::from)
    }

    fn unplanned(&self, facts: &DayFacts) -> Cell {
        let Some(rule) = &self.unplanned else { return Cell::default() };
        if facts.visited == 0 || !facts.in_plans_window {
            return Cell::default();
        }
        let (count, of) = (facts.unplanned.into(), facts.visited.into());
        let limit = rule.rule.limit.as_ref().and_then(ShownLimit::percent);
        rule.toned(share_cell((count, of), limit), facts.date)
    }

    /// What the day records say besides field work, and what kind of day it is where they say nothing.
    fn mark(&self, facts: &DayFacts, kind: DayKind) -> String {
        let of_status = |(status, part): &(DayStatus, Part)| {
            status_words(*status).then(&part_words(*part)).get(self.lang).to_owned()
        };
        let marks: Vec<String> = facts.statuses.iter().map(of_status).collect();
        let word = match kind {
            DayKind::Unrecorded => words("无记录", "unrecorded"),
            DayKind::Free => words("非工作日", "no working day"),
            _ => words("", ""),
        };
        if marks.is_empty() {
            return word.get(self.lang).to_owned();
        }
        marks.join(words("、", ", ").get(self.lang))
    }
}

fn kind(facts: &DayFacts) -> DayKind {
    if !facts.is_in_reach {
        DayKind::Open
    } else if facts.is_unrecorded {
        DayKind::Unrecorded
    } else if !facts.is_working {
        DayKind::Free
    } else if facts.excuse.in_full() {
        DayKind::Excused
    } else if facts.excuse.at_all() {
        DayKind::HalfExcused
    } else {
        DayKind::Working
    }
}

fn toned(rule: &Option<OfDays>, cell: Cell, date: NaiveDate) -> Cell {
    match rule {
        Some(rule) => rule.toned(cell, date),
        None => cell,
    }
}

/// The day's earliest on-site visit.
fn arrival(facts: &DayFacts) -> Cell {
    let cell = |clock: ClockTime| Cell::valued(clock.long(), Value::Clock(clock.0));
    facts.first_onsite.map_or_else(Cell::default, cell)
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
