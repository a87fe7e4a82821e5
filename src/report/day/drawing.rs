//! A day drawn: what went on when, and the way it led.

use super::events;
use super::told::Told;
use crate::day::Visited;
use crate::document::chart::{Chart, Plot};
use crate::document::{Lane, Span, Stop, Timeline, Tone, Way};
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::{Mode, Moment, Position};
use crate::report::manner::length;

const HOUR: u32 = 3600;
/// What a day without anything earlier or later is drawn as.
const USUAL: (u32, u32) = (8, 18);

/// The day on an axis of time, and where there are positions its way; nothing of a day on which nothing was recorded.
pub(super) fn of(told: &Told, lang: Lang) -> Vec<Chart> {
    let lanes = lanes(told, lang);
    if lanes.is_empty() {
        return vec![];
    }
    let spans = || lanes.iter().flat_map(|lane| &lane.spans);
    let from = spans().map(|span| span.from / HOUR).min().unwrap_or(USUAL.0).min(USUAL.0);
    let until = spans().map(|span| span.until.div_ceil(HOUR)).max().unwrap_or(USUAL.1).clamp(USUAL.1, 24);
    let date = told.day.date;
    let title = say(format!("{date} 时间轴"), format!("{date} on an axis of time"));
    let timeline = Chart {
        title: title.get(lang).to_owned(),
        alternative: sum(told).get(lang).to_owned(),
        plot: Plot::Timeline(Timeline { from, until, lanes }),
    };
    [timeline].into_iter().chain(way(told, lang)).collect()
}

/// What the day comes to, in a sentence.
fn sum(told: &Told) -> Words {
    let count =
        |mode| told.day.visits.iter().filter(|visit| visit.mode == mode && visit.started.is_some()).count() as u64;
    let [onsite, phone, web] = [Mode::Onsite, Mode::Phone, Mode::Web].map(count);
    let calls = told.day.calls.len() as u64;
    let proving = told.day.calls.iter().filter(|call| call.proves.is_some()).count();
    let all = say(
        format!("实地拜访 {onsite} 次，电话 {phone} 次，网络 {web} 次；通话 {calls} 通，其中 {proving} 通佐证了拜访"),
        format!(
            "{onsite} on site, {phone} by phone, {web} by web; {}, {proving} of them proving a visit",
            counted(calls, "call")
        ),
    );
    let field = told.day.field_seconds().map_or(words("", ""), |seconds| {
        let time = length(seconds.into());
        say(format!("；市场拜访时间 {time}"), format!("; {time} in the field"))
    });
    all.then(&field)
}

fn lanes(told: &Told, lang: Lang) -> Vec<Lane> {
    let lane = |zh, en, spans| Lane { label: words(zh, en).get(lang).to_owned(), spans };
    let of_mode = |is_meant: &dyn Fn(Mode) -> bool| {
        let visits = told.day.visits.iter().filter(|visit| is_meant(visit.mode));
        let span = |(number, visit)| of_visit(told, number, visit, lang);
        (1..).zip(visits).filter_map(span).collect::<Vec<Span>>()
    };
    let calls = told.day.calls.iter().map(|called| {
        let from = called.call.started.second;
        let tone = if called.proves.is_some() { Tone::Good } else { Tone::Faint };
        let text = events::text_of_call(told, called, lang);
        Span { from, until: (from + called.call.seconds).min(24 * HOUR), label: String::new(), text, tone }
    });
    let stretches = told.day.stretches.iter().flatten().map(|stretch| {
        let time = length(stretch.seconds().into());
        Span { from: stretch.start, until: stretch.end, label: time.clone(), text: time, tone: Tone::Plain }
    });
    let on_date = |at: Option<Moment>| at.filter(|at| at.date == told.day.date);
    let mark = |at: Moment, what: Words| {
        let text = format!("{} {}", at.clock().long(), what.get(lang));
        Span { from: at.second, until: at.second, label: String::new(), text, tone: Tone::Plain }
    };
    let records = told.day.records.iter().flat_map(|record| {
        let sync = on_date(record.synced).map(|at| mark(at, words("终端同步", "sync")));
        sync.into_iter().chain(on_date(record.summary).map(|at| mark(at, words("日总结", "summary"))))
    });
    let mut lanes = vec![
        lane("实地", "on site", of_mode(&|mode| mode == Mode::Onsite)),
        lane("拜访时间", "in the field", stretches.collect()),
        lane("电话网络", "phone, web", of_mode(&|mode| mode != Mode::Onsite)),
        lane("通话", "calls", calls.collect()),
        lane("终端", "device", records.collect()),
    ];
    lanes.retain(|lane| !lane.spans.is_empty());
    lanes
}

fn of_visit(told: &Told, number: usize, visit: &Visited, lang: Lang) -> Option<Span> {
    let start = visit.started?;
    let until = match visit.ended {
        Some(end) if end.date > start.date => 24 * HOUR,
        Some(end) => end.second,
        None => start.second,
    };
    Some(Span {
        from: start.second,
        until,
        label: number.to_string(),
        text: events::text_of(told, visit, lang),
        tone: events::tone_of(visit),
    })
}

/// The check-ins in order; none where there are fewer than two.
fn way(told: &Told, lang: Lang) -> Option<Chart> {
    let onsite = (1_usize..).zip(told.day.visits.iter().filter(|visit| visit.mode == Mode::Onsite));
    let there: Vec<(usize, &Visited, Position)> =
        onsite.filter_map(|(number, visit)| Some((number, visit, visit.place?))).collect();
    let origin = there.first().filter(|_| there.len() > 1)?.2;
    let stop = |(number, visit, place): &(usize, &Visited, Position)| Stop {
        place: metres(origin, *place),
        meant: visit.archive.map(|archive| metres(origin, archive)),
        label: number.to_string(),
        text: events::text_of(told, visit, lang),
        tone: Tone::Plain,
    };
    let pairs = there.windows(2).map(|pair| pair[0].2.metres_to(pair[1].2)).fold(0.0, |sum, metres: f64| sum + metres);
    let n = there.len() as u64;
    let alternative = say(
        format!("{n} 次签到，依次相连的直线距离共 {:.1} 公里；圆点为签到位置，方框为档案位置", pairs / 1000.0),
        format!(
            "{n} check-ins, {:.1} km in straight lines from one to the next; dots: check-ins, squares: the archive",
            pairs / 1000.0
        ),
    );
    Some(Chart {
        title: say(format!("{} 路线", told.day.date), format!("the way of {}", told.day.date)).get(lang).to_owned(),
        alternative: alternative.get(lang).to_owned(),
        plot: Plot::Way(Way { stops: there.iter().map(stop).collect() }),
    })
}

/// East and north of an origin, as far as a drawing shows.
fn metres(origin: Position, place: Position) -> (i32, i32) {
    let east = Position { lon: place.lon, lat: origin.lat };
    let signed = |metres: f64, is_back: bool| (if is_back { -metres } else { metres }).round() as i32;
    let north = Position { lon: origin.lon, lat: place.lat };
    (signed(origin.metres_to(east), place.lon < origin.lon), signed(origin.metres_to(north), place.lat < origin.lat))
}
