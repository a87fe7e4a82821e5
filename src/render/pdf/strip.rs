//! A manager's month, day by day: a bar for the time in the field against the line of the limit, below it what else is
//! told of the day.

use super::styles::{BLUE, RED, colour};
use crate::document::chart::{DayKind, DayStrip, StripDay};
use crate::document::{Cell, Tone};
use crate::print::{Align, Area, Canvas, Colour, Flow, Fonts, Style};

/// What is told in a line stands in this size, or a smaller one where the days are narrow.
const LARGEST: f32 = 6.0;
const BARS: f32 = 34.0;
const LINE: f32 = 7.5;
/// The heads of the lines.
const HEADS: f32 = 44.0;
const BELOW: f32 = 2.0;
/// What the strip says in words stays with it.
const WORDS: f32 = 24.0;

pub(super) fn add(flow: &mut Flow, strip: &DayStrip, fonts: &Fonts) {
    let days: Vec<&StripDay> = strip.days.iter().collect();
    let marks = days.iter().any(|day| has_mark(day));
    let lines = 4 + if marks { MARK_LINES } else { 0 };
    let width = (flow.width() - HEADS) / days.len().max(1) as f32;
    let size = days.iter().flat_map(|day| cells(day)).map(|text| width * 0.96 / fonts.width(&text, 1.0).max(0.1));
    let style = Style::new(size.fold(LARGEST, f32::min));
    flow.space(3.0);
    let height = BARS + lines as f32 * LINE + BELOW;
    flow.need(height + WORDS);
    flow.draw(height, |canvas| {
        let picture = Picture { width, style, scale: BARS / (most(strip) * 1.05), lines };
        picture.draw(canvas, strip);
    });
}

const MARK_LINES: usize = 3;

fn has_mark(day: &StripDay) -> bool {
    day.kind != DayKind::Free && !day.mark.is_empty()
}

/// What stands below a day's bar: field time, first arrival to the minute, unplanned share.
fn cells(day: &StripDay) -> [String; 3] {
    let bare = |cell: &Cell| cell.text.trim_start_matches(['✗', '?', ' ']).to_owned();
    let arrival: String = bare(&day.arrival).chars().take(5).collect();
    [bare(&day.field), arrival, bare(&day.unplanned)]
}

/// The hours at the top of the scale.
fn most(strip: &DayStrip) -> f32 {
    let hours = strip.days.iter().filter_map(|day| day.seconds).max().unwrap_or(0) as f32 / 3600.0;
    hours.max(strip.limit.as_ref().map_or(1.0, |limit| limit.number as f32))
}

struct Picture {
    /// Of a day.
    width: f32,
    style: Style,
    /// Points for an hour.
    scale: f32,
    lines: usize,
}

impl Picture {
    fn draw(&self, canvas: &mut Canvas, strip: &DayStrip) {
        let grey = Style::new(LARGEST).colour(Colour::GREY);
        let [date, _, field, arrival, unplanned, mark] = &strip.heads;
        for (line, head) in [date, field, arrival, unplanned, mark].into_iter().enumerate().take(self.lines.min(5)) {
            canvas.text(0.0, self.baseline(line), Align::Left, head, grey);
        }
        for (at, day) in strip.days.iter().enumerate() {
            self.day(canvas, HEADS + at as f32 * self.width, day);
        }
        let right = HEADS + strip.days.len() as f32 * self.width;
        canvas.line((HEADS, BARS), (right, BARS), 0.5, Colour::RULE);
        if let Some(limit) = &strip.limit {
            let y = BARS - limit.number as f32 * self.scale;
            canvas.line((HEADS, y), (right, y), 0.7, RED);
            canvas.text(HEADS - 3.0, y + 2.0, Align::Right, &limit.text, Style::new(LARGEST).colour(RED));
        }
    }

    fn baseline(&self, line: usize) -> f32 {
        BARS + line as f32 * LINE + LINE * 0.78
    }

    fn day(&self, canvas: &mut Canvas, x: f32, day: &StripDay) {
        let height = BARS + self.lines as f32 * LINE;
        if let Some(paper) = paper(day.kind) {
            canvas.rect(Area { x, y: 0.0, width: self.width, height }, Some(paper), None);
        }
        let middle = x + self.width / 2.0;
        if let Some(seconds) = day.seconds {
            let tall = seconds as f32 / 3600.0 * self.scale;
            let area = Area { x: x + self.width * 0.22, y: BARS - tall, width: self.width * 0.56, height: tall };
            canvas.rect(area, Some(if day.field.tone == Tone::Bad { RED } else { BLUE }), None);
        }
        let number = format!("{}", chrono::Datelike::day(&day.date));
        canvas.text(middle, self.baseline(0), Align::Centre, &number, self.style.colour(Colour::GREY));
        let tones = [day.field.tone, day.arrival.tone, day.unplanned.tone];
        for (line, (text, tone)) in (1..).zip(cells(day).iter().zip(tones)) {
            self.told(canvas, (middle, self.baseline(line)), text, tone);
        }
        if has_mark(day) {
            let style = Style::new(self.style.size.min(5.0)).colour(Colour::GREY);
            let fits: String = day.mark.chars().take(12).collect();
            canvas.lines((x + 0.5, BARS + 4.0 * LINE), self.width - 1.0, Align::Left, &fits, style);
        }
    }

    /// What fails is bold and underlined besides being red; what is in doubt has its mark in front.
    fn told(&self, canvas: &mut Canvas, (x, y): (f32, f32), text: &str, tone: Tone) {
        let bad = tone == Tone::Bad;
        let style = if bad { self.style.bold().colour(colour(tone)) } else { self.style };
        let unsure = format!("?{text}");
        let text = match tone {
            Tone::Bad if text.is_empty() => "✗",
            Tone::Waiting => unsure.as_str(),
            _ => text,
        };
        canvas.text(x, y, Align::Centre, text, style);
        if bad {
            let half = canvas.fonts.width(text, style.size) / 2.0;
            canvas.line((x - half, y + 1.1), (x + half, y + 1.1), 0.5, colour(tone));
        }
    }
}

/// Behind days on which nothing, or less, is asked for, and those that no record tells of.
fn paper(kind: DayKind) -> Option<Colour> {
    match kind {
        DayKind::Working | DayKind::Open => None,
        DayKind::HalfExcused => Some(Colour(243, 243, 249)),
        DayKind::Excused => Some(Colour(226, 228, 240)),
        DayKind::Unrecorded => Some(Colour(253, 240, 207)),
        DayKind::Free => Some(Colour::LIGHT),
    }
}
