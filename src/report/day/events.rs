//! What happened, in the order of time: syncs, visits, calls, the gaps between visits, summaries.

use super::told::Told;
use crate::day::{Called, Visited};
use crate::document::{Cell, Column, Table, Tone};
use crate::lang::{Lang, Words, say, words};
use crate::measures::Proof;
use crate::model::{At, ClockTime, Column as Named, Mode, Moment, Outcome, Source};
use crate::report::evidence;
use crate::report::manner::{direction_words, length, mode_words, outcome_words, proof_words};

/// Something that happened.
struct Event {
    /// `None` of what did not.
    at: Option<Moment>,
    cells: Vec<Cell>,
}

pub(super) fn table(told: &Told, lang: Lang) -> Table {
    let heads = [
        words("时间", "time"),
        words("事项", "what"),
        words("客户", "customer"),
        words("情况", "details"),
        words("依据", "lines"),
    ];
    let mut events = of_records(told, lang);
    events.extend(told.day.visits.iter().map(|visit| of_visit(told, visit, lang)));
    events.extend(told.day.calls.iter().map(|call| of_call(told, call, lang)));
    events.extend(told.day.gaps().into_iter().map(|gap| of_gap(told, gap, lang)));
    // What comes at the same time stays in the order of syncs, visits, calls.
    events.sort_by_key(|event| (event.at.is_none(), event.at));
    Table {
        columns: heads.iter().map(|head| Column::left(head.get(lang))).collect(),
        rows: events.into_iter().map(|event| event.cells).collect(),
        headed: true,
        breaks: false,
    }
}

fn event(at: Option<Moment>, texts: [String; 4], lines: String, tone: Tone) -> Event {
    let [time, what, customer, details] = texts;
    let cells =
        vec![Cell::new(time), Cell::toned(what, tone), Cell::new(customer), Cell::new(details), Cell::new(lines)];
    Event { at, cells }
}

/// The time of day, with its date where that is another.
fn when(told: &Told, at: Moment) -> String {
    if at.date == told.day.date { at.clock().long() } else { at.to_string() }
}

fn of_records(told: &Told, lang: Lang) -> Vec<Event> {
    let line = |at: Moment, row: At, what: Words| {
        let place = evidence::place(told.run.book, row);
        event(Some(at), [when(told, at), what.get(lang).to_owned(), String::new(), String::new()], place, Tone::Plain)
    };
    let records = told.day.records.iter();
    let syncs = records.clone().filter_map(|record| Some(line(record.synced?, record.at, words("终端同步", "sync"))));
    let summaries = records.filter_map(|record| Some(line(record.summary?, record.at, words("日总结", "summary"))));
    syncs.chain(summaries).collect()
}

fn of_visit(told: &Told, visit: &Visited, lang: Lang) -> Event {
    let place = evidence::place(told.run.book, visit.at);
    let time = match (visit.started, visit.ended) {
        (Some(start), Some(end)) => format!("{}–{}", when(told, start), when(told, end)),
        (Some(start), None) => when(told, start),
        (None, _) => "-".to_owned(),
    };
    let outcome = outcome_words(visit.outcome);
    let space = if outcome.en.is_empty() { words("", "") } else { words("：", ": ") };
    let what = mode_words(visit.mode).then(&words("拜访", " visit")).then(&space).then(&outcome);
    let details: Vec<Words> = details(visit);
    let details: Vec<&str> = details.iter().map(|detail| detail.get(lang)).collect();
    let texts =
        [time, what.get(lang).to_owned(), told.customer(visit.customer), details.join(words("，", ", ").get(lang))];
    let tone = if visit.outcome == Outcome::Done { Tone::Plain } else { Tone::Waiting };
    event(visit.started, texts, place, tone)
}

/// How long it lasted, whether it was planned, how far away it was, when it was uploaded, what proves it.
fn details(visit: &Visited) -> Vec<Words> {
    let mut details = vec![];
    details.extend(visit.seconds().map(|seconds| Words::same(length(seconds.unsigned_abs()))));
    details.extend((visit.is_planned == Some(false)).then_some(words("计划外", "unplanned")));
    details.extend(
        visit.metres().map(|metres| {
            say(format!("距档案位置 {metres:.0} 米"), format!("{metres:.0} m from the archive's position"))
        }),
    );
    details.extend((visit.source == Source::Paper).then_some(words("纸质", "on paper")));
    details.extend(visit.uploaded.map(|at| match Some(at.date) == visit.started.map(|start| start.date) {
        true => say(format!("{} 上传", at.clock().long()), format!("uploaded {}", at.clock().long())),
        false => say(format!("{at} 上传"), format!("uploaded {at}")),
    }));
    details.extend(visit.proof.as_ref().map(proof));
    let unread: Vec<&str> = visit.unknown.iter().map(Named::name).collect();
    if !unread.is_empty() {
        let names = unread.join(", ");
        details.push(say(format!("读不懂：{names}"), format!("cannot be read: {names}")));
    }
    details
}

/// Which call proves a visit, or which lies nearest.
fn proof(proof: &Proof) -> Words {
    let Some(call) = proof.call() else { return proof_words(proof) };
    let (at, n) = (call.started.clock().long(), call.seconds);
    let said = proof_words(proof);
    say(format!("{}（{at} {n} 秒）", said.zh), format!("{} ({at}, {n} s)", said.en))
}

fn of_call(told: &Told, called: &Called, lang: Lang) -> Event {
    let call = &called.call;
    let numbers: Vec<String> = [&call.number].into_iter().chain(&call.others).map(ToString::to_string).collect();
    let whose: Vec<String> = called.customers.iter().map(|id| told.customer(*id)).collect();
    let whose = match whose.is_empty() {
        true => words("号码不在档案或计划中", "in neither archive nor plan").get(lang).to_owned(),
        false => whose.join(words("、", ", ").get(lang)),
    };
    let n = call.seconds;
    let proves = called.proves.map_or(words("", ""), |(at, customer)| {
        let (id, place) = (told.id(customer), evidence::place(told.run.book, at));
        say(format!("，佐证 {id} 的拜访（{place}）"), format!(", proves the visit to {id} ({place})"))
    });
    let details = say(format!("{}，{n} 秒", numbers.join("/")), format!("{}, {n} s", numbers.join("/"))).then(&proves);
    let texts = [
        when(told, call.started),
        direction_words(call.direction).get(lang).to_owned(),
        whose,
        details.get(lang).to_owned(),
    ];
    event(Some(call.started), texts, evidence::place(told.run.book, call.at), Tone::Plain)
}

fn of_gap(told: &Told, (from, until): (u32, u32), lang: Lang) -> Event {
    let clock = |second| ClockTime(second).long();
    let minutes = told.max_gap.unwrap_or(0) / 60;
    let details = say(
        format!("{}，超过 {minutes} 分钟，不计入拜访时间", length((until - from).into())),
        format!("{}, over {minutes} min: no field time", length((until - from).into())),
    );
    let texts = [
        format!("{}–{}", clock(from), clock(until)),
        words("间隔", "gap").get(lang).to_owned(),
        String::new(),
        details.get(lang).to_owned(),
    ];
    event(Some(Moment::new(told.day.date, from)), texts, String::new(), Tone::Faint)
}

/// The tone of a visit's bar where it is drawn.
pub(super) fn tone_of(visit: &Visited) -> Tone {
    match &visit.proof {
        Some(Proof::Proven(_)) => Tone::Good,
        Some(_) => Tone::Bad,
        None if visit.mode == Mode::Onsite => Tone::Plain,
        None => Tone::Faint,
    }
}

/// All that is said of a visit, where it is drawn.
pub(super) fn text_of(told: &Told, visit: &Visited, lang: Lang) -> String {
    let event = of_visit(told, visit, lang);
    let texts: Vec<&str> = event.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
    texts.join(" · ")
}

/// Likewise of a call.
pub(super) fn text_of_call(told: &Told, called: &Called, lang: Lang) -> String {
    let event = of_call(told, called, lang);
    let texts: Vec<&str> = event.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
    texts.join(" · ")
}
