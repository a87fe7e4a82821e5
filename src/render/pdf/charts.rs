//! Charts, two beside one another, each with what it says below it.

use super::strip;
use super::styles::{BLUE, CAPTION, RED, SMALL};
use crate::document::chart::{Chart, Mark, Plot, Point};
use crate::print::{Align, Area, Canvas, Cell, Colour, Column, Flow, Fonts, Look, Row, Style, Table};

const LABEL: Style = Style::new(6.5);
const GAP: f32 = 14.0;
const LINE_HEIGHT: f32 = 64.0;
const BAR: f32 = 11.0;

pub(super) fn add(flow: &mut Flow, charts: &[Chart], fonts: &Fonts) {
    let is_small = |chart: &&Chart| matches!(chart.plot, Plot::Bars { .. } | Plot::Line { .. });
    let (others, alone): (Vec<&Chart>, Vec<&Chart>) = charts.iter().partition(is_small);
    for pair in others.chunks(2) {
        add_pair(flow, pair);
    }
    for chart in alone {
        if let Plot::Days(days) = &chart.plot {
            strip::add(flow, days, fonts);
        }
        flow.paragraph(&chart.alternative, SMALL.colour(Colour::GREY), Align::Left);
        flow.space(2.0);
    }
}

/// How high a plot is without title and words.
fn height(chart: &Chart) -> f32 {
    match &chart.plot {
        Plot::Bars { bars, limit } => bars.len() as f32 * BAR + if limit.is_some() { 10.0 } else { 2.0 },
        Plot::Line { .. } => LINE_HEIGHT,
        Plot::Days(_) | Plot::Timeline(_) | Plot::Way(_) => 0.0,
    }
}

/// What is said above and below a pair, in points.
const WORDS: f32 = 45.0;

/// How much room the first of some charts take, so that a heading stays with them.
pub(super) fn first_height(charts: &[Chart]) -> f32 {
    charts.iter().take(2).map(height).fold(0.0, f32::max) + WORDS
}

fn add_pair(flow: &mut Flow, pair: &[&Chart]) {
    let width = (flow.width() - GAP) / 2.0;
    let height = pair.iter().map(|chart| height(chart)).fold(0.0, f32::max);
    flow.need(height + WORDS);
    in_columns(flow, pair, |chart| Cell::new(&chart.title, CAPTION));
    flow.draw(height, |canvas| {
        for (at, chart) in pair.iter().enumerate() {
            let left = at as f32 * (width + GAP);
            match &chart.plot {
                Plot::Bars { bars, limit } => draw_bars(canvas, (left, width), bars, limit.as_ref()),
                Plot::Line { points, limit } => draw_line(canvas, (left, width), points, limit.as_ref()),
                Plot::Days(_) | Plot::Timeline(_) | Plot::Way(_) => {}
            }
        }
    });
    in_columns(flow, pair, |chart| Cell::new(&chart.alternative, SMALL.colour(Colour::GREY)));
    flow.space(6.0);
}

/// A text for each of two charts, above or below it.
fn in_columns(flow: &mut Flow, pair: &[&Chart], cell: impl Fn(&Chart) -> Cell) {
    let cells = [pair.first().map(|chart| cell(chart)), None, pair.get(1).map(|chart| cell(chart))];
    flow.table(&Table {
        columns: vec![Column::share(1.0), Column::fixed(GAP), Column::share(1.0)],
        header: vec![],
        rows: vec![Row::new(cells.map(Option::unwrap_or_default).to_vec())],
        look: Look { padding: (0.0, 1.5), rows: None, columns: None },
    });
}

/// The number at the end of the scale: a little above all that is shown.
fn end_of_scale(points: &[Point], limit: Option<&Mark>) -> f32 {
    let numbers = points.iter().filter_map(|point| point.number).chain(limit.map(|mark| mark.number));
    let most = numbers.fold(0.0, f64::max) as f32;
    if most > 0.0 { most * 1.02 } else { 1.0 }
}

/// A bar below the other, its name before it, its number behind it.
fn draw_bars(canvas: &mut Canvas, (left, width): (f32, f32), bars: &[Point], limit: Option<&Mark>) {
    let widest = |text: fn(&Point) -> &str, canvas: &Canvas| {
        bars.iter().map(|bar| canvas.fonts.width(text(bar), LABEL.size)).fold(0.0, f32::max)
    };
    let names = widest(|bar| &bar.label, canvas).min(width * 0.4) + 4.0;
    let numbers = widest(|bar| &bar.text, canvas).min(width * 0.3) + 6.0;
    let (begin, room) = (left + names, width - names - numbers);
    let scale = room / end_of_scale(bars, limit);
    let top = if limit.is_some() { 9.0 } else { 1.0 };
    for (at, bar) in bars.iter().enumerate() {
        let y = top + at as f32 * BAR;
        let long = bar.number.map_or(0.0, |number| number as f32 * scale);
        let name = cut(&bar.label, names - 4.0, canvas.fonts);
        canvas.text(begin - 4.0, y + 7.5, Align::Right, &name, LABEL);
        canvas.rect(Area { x: begin, y: y + 1.0, width: long, height: BAR - 3.0 }, Some(BLUE), None);
        canvas.text(begin + long + 3.0, y + 7.5, Align::Left, &bar.text, LABEL);
    }
    canvas.line((begin, top), (begin, top + bars.len() as f32 * BAR), 0.5, Colour::RULE);
    if let Some(mark) = limit {
        let x = begin + mark.number as f32 * scale;
        canvas.line((x, top - 1.0), (x, top + bars.len() as f32 * BAR), 0.8, RED);
        canvas.text(x, 6.5, Align::Centre, &mark.text, LABEL.colour(RED));
    }
}

fn draw_line(canvas: &mut Canvas, (left, width): (f32, f32), points: &[Point], limit: Option<&Mark>) {
    let (top, bottom) = (12.0, LINE_HEIGHT - 12.0);
    let scale = (bottom - top) / end_of_scale(points, limit);
    let step = width * 0.84 / points.len().max(1) as f32;
    let place = |at: usize, number: f64| (left + step * (at as f32 + 0.5), bottom - number as f32 * scale);
    canvas.line((left, bottom), (left + width, bottom), 0.5, Colour::RULE);
    if let Some(mark) = limit {
        let y = bottom - mark.number as f32 * scale;
        canvas.line((left, y), (left + width * 0.86, y), 0.8, RED);
        canvas.text(left + width, y + 2.3, Align::Right, &mark.text, LABEL.colour(RED));
    }
    for (at, pair) in points.windows(2).enumerate() {
        if let (Some(one), Some(next)) = (pair[0].number, pair[1].number) {
            canvas.line(place(at, one), place(at + 1, next), 1.2, BLUE);
        }
    }
    for (at, point) in points.iter().enumerate() {
        let (x, _) = place(at, 0.0);
        canvas.text(x, bottom + 8.5, Align::Centre, &point.label, LABEL.colour(Colour::GREY));
        if let Some(number) = point.number {
            let (x, y) = place(at, number);
            canvas.rect(Area { x: x - 1.8, y: y - 1.8, width: 3.6, height: 3.6 }, Some(BLUE), None);
            canvas.text(x, y - 4.0, Align::Centre, &point.text, LABEL);
        }
    }
}

/// As much of a text as a width holds.
pub(super) fn cut(text: &str, width: f32, fonts: &Fonts) -> String {
    if fonts.width(text, LABEL.size) <= width {
        return text.to_owned();
    }
    let mut used = fonts.width("…", LABEL.size);
    let fits = |c: &char| {
        used += fonts.width(c.encode_utf8(&mut [0; 4]), LABEL.size);
        used <= width
    };
    text.chars().take_while(fits).chain(['…']).collect()
}
