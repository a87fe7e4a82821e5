//! Where everything stands in the drawings of a day. Lengths are whole units of the drawing, as in charts.

use super::cells;
use crate::document::chart::Chart;
use crate::document::{Lane, Span, Stop, Timeline, Way};
use askama::Template;

#[derive(Template)]
#[template(path = "html/timeline.svg", escape = "html", whitespace = "minimize")]
struct TimelineSvg<'a> {
    chart: &'a Chart,
    width: i32,
    height: i32,
    left: i32,
    floor: i32,
    hours: Vec<(i32, u32)>,
    lanes: Vec<DrawnLane<'a>>,
}

struct DrawnLane<'a> {
    y: i32,
    label: &'a str,
    spans: Vec<DrawnSpan<'a>>,
}

struct DrawnSpan<'a> {
    x: i32,
    length: i32,
    class: &'static str,
    label: &'a str,
    text: &'a str,
}

/// What stands side by side in time.
pub(super) fn timeline(chart: &Chart, timeline: &Timeline) -> String {
    const WIDTH: i32 = 760;
    const LEFT: i32 = 82;
    const LANE: i32 = 26;
    let Timeline { from, until, lanes } = timeline;
    let (first, seconds) = (from * 3600, i64::from((until - from) * 3600).max(1));
    let x =
        |second: u32| LEFT + (i64::from(second.saturating_sub(first)) * i64::from(WIDTH - LEFT - 10) / seconds) as i32;
    let mut lanes: Vec<DrawnLane> = lanes.iter().map(|lane| lane_of(lane, x)).collect();
    (0..).zip(&mut lanes).for_each(|(at, lane)| lane.y = 6 + at * LANE);
    let floor = 6 + lanes.len() as i32 * LANE;
    let hours = (*from..=*until).map(|hour| (x(hour * 3600), hour)).collect();
    let svg = TimelineSvg { chart, width: WIDTH, height: floor + 20, left: LEFT, floor, hours, lanes };
    svg.render().expect("a template fails only where writing does, and memory does not")
}

fn lane_of(lane: &Lane, x: impl Fn(u32) -> i32) -> DrawnLane<'_> {
    let span = |span: &'_ Span| {
        let (from, until) = (x(span.from), x(span.until));
        // A moment can be seen and pointed at.
        (from, (until - from).max(3))
    };
    let drawn = |one| {
        let (x, length) = span(one);
        let Span { label, text, tone, .. } = one;
        let fits = length >= label.len() as i32 * 7;
        DrawnSpan { x, length, class: cells::tone(tone), label: if fits { label } else { "" }, text }
    };
    DrawnLane { y: 0, label: &lane.label, spans: lane.spans.iter().map(drawn).collect() }
}

#[derive(Template)]
#[template(path = "html/way.svg", escape = "html", whitespace = "minimize")]
struct WaySvg<'a> {
    chart: &'a Chart,
    width: i32,
    height: i32,
    path: String,
    stops: Vec<DrawnStop<'a>>,
    /// How long the bar of the scale is, and what it stands for.
    bar: i32,
    scale: String,
}

struct DrawnStop<'a> {
    x: i32,
    y: i32,
    /// Where the archive has it.
    meant: Option<(i32, i32)>,
    label: &'a str,
    text: &'a str,
}

/// Where a day's way led, north at the top.
pub(super) fn way(chart: &Chart, way: &Way) -> String {
    const SIZE: i32 = 380;
    const EDGE: i32 = 22;
    let places = || way.stops.iter().flat_map(|stop| [Some(stop.place), stop.meant]).flatten();
    let bounds = |of: fn((i32, i32)) -> i32| {
        let all = || places().map(of);
        (all().min().unwrap_or(0), all().max().unwrap_or(0))
    };
    let ((west, east), (south, north)) = (bounds(|place| place.0), bounds(|place| place.1));
    // Of a way within a few steps nothing could be seen at any scale.
    let metres = i64::from(east - west).max(i64::from(north - south)).max(100);
    let room = i64::from(SIZE - 2 * EDGE);
    let units = |metres_from: i32| (i64::from(metres_from) * room / metres) as i32;
    let at = |(x, y): (i32, i32)| (EDGE + units(x - west), EDGE + units(north - y));
    let drawn = |stop: &'_ Stop| {
        let (x, y) = at(stop.place);
        (x, y, stop.meant.map(at))
    };
    let stops = way.stops.iter().map(|stop| {
        let (x, y, meant) = drawn(stop);
        DrawnStop { x, y, meant, label: &stop.label, text: &stop.text }
    });
    let stops: Vec<DrawnStop> = stops.collect();
    let path = stops.iter().map(|stop| format!("{},{}", stop.x, stop.y)).collect::<Vec<_>>().join(" ");
    let (bar, scale) = scale(metres, room);
    let height = EDGE * 2 + units(north - south) + 18;
    WaySvg { chart, width: SIZE, height, path, stops, bar, scale }
        .render()
        .expect("a template fails only where writing does, and memory does not")
}

/// A round length of about a quarter of the drawing.
fn scale(metres: i64, room: i64) -> (i32, String) {
    const ROUND: [i64; 12] = [20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];
    let round = ROUND.into_iter().rev().find(|round| *round <= metres / 3).unwrap_or(ROUND[0]);
    let text = if round < 1_000 { format!("{round} m") } else { format!("{} km", round / 1_000) };
    ((round * room / metres) as i32, text)
}
