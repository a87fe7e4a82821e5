//! Where everything stands in a chart. Lengths are whole units of the drawing, so that the same data give the same bytes.

use super::day;
use super::words::Ui;
use crate::document::chart::{Chart, DayKind, DayStrip, Mark, Plot, Point, StripDay};
use crate::document::{Align, Table, Tone};
use askama::Template;
use unicode_width::UnicodeWidthStr;

/// A chart as the SVG of a page.
pub(super) fn svg(chart: &Chart, ui: &'static Ui) -> String {
    let drawn = match &chart.plot {
        Plot::Bars { bars, limit } => bars_of(chart, bars, limit.as_ref()).render(),
        Plot::Line { points, limit } => line_of(chart, points, limit.as_ref()).render(),
        Plot::Days(strip) => days_of(chart, strip, ui).render(),
        Plot::Timeline(timeline) => return day::timeline(chart, timeline),
        Plot::Way(way) => return day::way(chart, way),
    };
    drawn.expect("a template fails only where writing does, and memory does not")
}

/// The months of a figure as a small line, which the table of months says in words; nothing of fewer than two.
pub(super) fn spark(points: &[Point]) -> String {
    const WIDTH: usize = 120;
    const HEIGHT: f64 = 26.0;
    let numbers: Vec<f64> = points.iter().filter_map(|point| point.number).collect();
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = numbers.iter().copied().fold(0.0, f64::max);
    if numbers.len() < 2 {
        return String::new();
    }
    let y = |number: f64| 30 - ((number - least) / (most - least).max(1.0) * HEIGHT).round() as i32;
    let x = |at: usize| 4 + at * (WIDTH - 8) / (numbers.len() - 1);
    let places: Vec<String> =
        numbers.iter().enumerate().map(|(at, number)| format!("{},{}", x(at), y(*number))).collect();
    let (last_x, last_y) = (x(numbers.len() - 1), y(numbers[numbers.len() - 1]));
    let line = places.join(" ");
    format!(
        "<svg viewBox=\"0 0 {WIDTH} 34\" class=spark aria-hidden=true><polyline points=\"{line}\"/><circle cx={last_x} cy={last_y} r=3 /></svg>"
    )
}

/// A limit where it is drawn.
struct DrawnLimit {
    at: i32,
    text: String,
    anchor: &'static str,
    /// How far below the line its text stands; negative above it.
    below: i32,
}

#[derive(Template)]
#[template(path = "html/bars.svg", escape = "html", whitespace = "minimize")]
struct BarsSvg<'a> {
    chart: &'a Chart,
    width: i32,
    height: i32,
    left: i32,
    bars: Vec<DrawnBar<'a>>,
    limit: Option<DrawnLimit>,
}

struct DrawnBar<'a> {
    y: i32,
    length: i32,
    label: &'a str,
    text: &'a str,
}

/// The number at the end of the axis: a little beyond the largest, never beyond what percentages can be.
fn top(points: &[Point], limit: Option<&Mark>) -> f64 {
    let numbers = points.iter().filter_map(|point| point.number).chain(limit.map(|limit| limit.number));
    let largest = numbers.fold(0.0, f64::max);
    if largest > 85.0 { largest.max(100.0) } else { (largest * 1.15).max(1.0) }
}

fn bars_of<'a>(chart: &'a Chart, points: &'a [Point], limit: Option<&Mark>) -> BarsSvg<'a> {
    const WIDTH: i32 = 300;
    let longest = points.iter().map(|point| point.label.width()).max().unwrap_or(0) as i32;
    let left = (longest * 6 + 10).clamp(40, 130);
    let (room, top) = (f64::from(WIDTH - left - 50), top(points, limit));
    let length = |number: f64| (number / top * room).round() as i32;
    let bar = |(at, point): (usize, &'a Point)| DrawnBar {
        y: 20 + at as i32 * 26,
        length: point.number.map_or(0, length),
        label: &point.label,
        text: &point.text,
    };
    BarsSvg {
        chart,
        width: WIDTH,
        height: 24 + points.len() as i32 * 26,
        left,
        bars: points.iter().enumerate().map(bar).collect(),
        limit: limit.map(|mark| DrawnLimit {
            at: left + length(mark.number),
            text: mark.text.clone(),
            anchor: if length(mark.number) < 30 { "start" } else { "middle" },
            below: 0,
        }),
    }
}

#[derive(Template)]
#[template(path = "html/line.svg", escape = "html", whitespace = "minimize")]
struct LineSvg<'a> {
    chart: &'a Chart,
    width: i32,
    height: i32,
    floor: i32,
    limit: Option<DrawnLimit>,
    /// Runs of neighbouring months with numbers.
    paths: Vec<String>,
    dots: Vec<Dot<'a>>,
}

struct Dot<'a> {
    x: i32,
    y: Option<i32>,
    label: &'a str,
    text: &'a str,
}

fn line_of<'a>(chart: &'a Chart, points: &'a [Point], limit: Option<&Mark>) -> LineSvg<'a> {
    const WIDTH: i32 = 300;
    const HEIGHT: i32 = 150;
    const FLOOR: i32 = HEIGHT - 22;
    let top = top(points, limit);
    let y = |number: f64| FLOOR - (number / top * f64::from(FLOOR - 26)).round() as i32;
    let step = WIDTH / points.len().max(1) as i32;
    let dot = |(at, point): (usize, &'a Point)| Dot {
        x: step * at as i32 + step / 2,
        y: point.number.map(y),
        label: &point.label,
        text: &point.text,
    };
    let dots: Vec<Dot> = points.iter().enumerate().map(dot).collect();
    let runs = dots.split(|dot| dot.y.is_none()).filter(|run| run.len() > 1);
    let path = |run: &[Dot]| {
        let places = run.iter().filter_map(|dot| Some(format!("{},{}", dot.x, dot.y?)));
        places.collect::<Vec<_>>().join(" ")
    };
    // Numbers stand above their dots: where the last is above the limit, the limit's text goes below its line.
    let last = dots.last().and_then(|dot| dot.y);
    let limit = limit.map(|mark| {
        let at = y(mark.number);
        let below = if last.is_some_and(|last| last <= at) { 13 } else { -4 };
        DrawnLimit { at, text: mark.text.clone(), anchor: "end", below }
    });
    let paths = runs.map(path).collect();
    LineSvg { chart, width: WIDTH, height: HEIGHT, floor: FLOOR, limit, paths, dots }
}

#[derive(Template)]
#[template(path = "html/days.svg", escape = "html", whitespace = "minimize")]
struct DaysSvg<'a> {
    chart: &'a Chart,
    ui: &'static Ui,
    width: i32,
    height: i32,
    left: i32,
    floor: i32,
    free: String,
    excused: String,
    good: String,
    bad: String,
    limit: Option<DrawnLimit>,
    limit_path: String,
    days: Vec<DrawnDay>,
    table: Table,
    anchors: &'a [String],
}

/// What links to a row of the table lead to: plain ASCII, in which nothing is markup.
pub(super) fn row_id(anchors: &[String], at: &usize) -> String {
    anchors.get(*at).map_or_else(String::new, |anchor| format!(" id=\"{anchor}\""))
}

struct DrawnDay {
    x: i32,
    number: u32,
    arrival: String,
    late: bool,
    unplanned: String,
    over: bool,
    sign: String,
    sign_y: i32,
    is_bad: bool,
}

const DAY: i32 = 28;
const LEFT: i32 = 52;
const FLOOR: i32 = 118;
/// Above the tallest bar there is room for a sign.
const CEILING: i32 = 14;

fn days_of<'a>(chart: &'a Chart, strip: &'a DayStrip, ui: &'static Ui) -> DaysSvg<'a> {
    let longest = strip.days.iter().filter_map(|day| day.seconds).max().unwrap_or(0) as f64 / 3600.0;
    let limit = strip.limit.as_ref().map_or(0.0, |limit| limit.number);
    let top = longest.max(limit * 1.3).max(1.0);
    let height = |hours: f64| (hours / top * f64::from(FLOOR - CEILING)).round() as i32;
    let bar = |day: &StripDay| height(day.seconds.unwrap_or(0) as f64 / 3600.0);
    let [mut free, mut excused, mut good, mut bad, mut limit_path] = [const { String::new() }; 5];
    let mut days = Vec::with_capacity(strip.days.len());
    for (at, day) in strip.days.iter().enumerate() {
        let x = LEFT + at as i32 * DAY;
        match day.kind {
            DayKind::Free => band(&mut free, x, CEILING, FLOOR),
            DayKind::Excused => band(&mut excused, x, CEILING, FLOOR),
            DayKind::HalfExcused => band(&mut excused, x, (FLOOR + CEILING) / 2, FLOOR),
            DayKind::Working | DayKind::Unrecorded | DayKind::Open => {}
        }
        let tall = bar(day);
        if tall > 0 {
            let path = if day.field.tone == Tone::Bad { &mut bad } else { &mut good };
            path.push_str(&format!("M{} {FLOOR}v-{tall}h{}v{tall}z", x + 5, DAY - 10));
        }
        let asked = match day.kind {
            DayKind::Working => Some(limit),
            DayKind::HalfExcused => Some(limit / 2.0),
            _ => None,
        };
        if let Some(hours) = asked.filter(|hours| *hours > 0.0) {
            limit_path.push_str(&format!("M{x} {}h{DAY}", FLOOR - height(hours)));
        }
        days.push(drawn_day(day, x, tall, ui));
    }
    let limit = strip.limit.as_ref().map(|mark| DrawnLimit {
        at: FLOOR - height(mark.number),
        text: mark.text.clone(),
        anchor: "end",
        below: 0,
    });
    let (width, height) = (LEFT + strip.days.len() as i32 * DAY, FLOOR + 48);
    let table = strip.table();
    DaysSvg {
        chart,
        ui,
        width,
        height,
        left: LEFT,
        floor: FLOOR,
        free,
        excused,
        good,
        bad,
        limit,
        limit_path,
        days,
        table,
        anchors: &strip.anchors,
    }
}

fn band(path: &mut String, x: i32, from: i32, to: i32) {
    path.push_str(&format!("M{} {from}h{}v{}h-{}z", x + 1, DAY - 2, to - from, DAY - 2));
}

fn drawn_day(day: &StripDay, x: i32, tall: i32, ui: &Ui) -> DrawnDay {
    use chrono::Datelike;
    // The cells' own marks stand in front of their texts; here red and bold text stands below a sign of its own.
    let bare = |text: &str| text.trim_start_matches(['✗', '?', ' ']).to_owned();
    let arrival = bare(&day.arrival.text);
    let percent = bare(&day.unplanned.text);
    let (late, over) = (day.arrival.tone == Tone::Bad, day.unplanned.tone == Tone::Bad);
    let marked = |tone: Tone, text: &str| match tone {
        Tone::Bad => format!("✗{text}"),
        Tone::Waiting => format!("?{text}"),
        _ => text.to_owned(),
    };
    let is_bad = day.field.tone == Tone::Bad;
    let sign = match day.kind {
        _ if is_bad => "✗",
        _ if day.field.tone == Tone::Waiting => "?",
        DayKind::Unrecorded => ui.unrecorded,
        DayKind::Excused => ui.excused,
        _ => "",
    };
    DrawnDay {
        x: x + DAY / 2,
        number: day.date.day(),
        arrival: marked(day.arrival.tone, arrival.get(..5).unwrap_or(&arrival).trim_start_matches('0')),
        late,
        unplanned: marked(day.unplanned.tone, percent.split('.').next().unwrap_or_default()),
        over,
        sign: sign.to_owned(),
        sign_y: FLOOR - tall - 3,
        is_bad,
    }
}
