//! Drawing in a rectangle of a page.

use super::fonts::MARKS;
use super::{Area, Colour, Fonts, Item, Style, breaking};

/// Where text stands between left and right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Centre,
    Right,
}

impl Align {
    /// The point of a room's width that text is set from, around or up to.
    pub(super) fn anchor(self, room: f32) -> f32 {
        match self {
            Self::Left => 0.0,
            Self::Centre => room / 2.0,
            Self::Right => room,
        }
    }
}

/// A part of a page to draw on; positions are from its own upper left corner.
pub struct Canvas<'p> {
    pub area: Area,
    pub fonts: &'p Fonts,
    items: &'p mut Vec<Item>,
}

impl<'p> Canvas<'p> {
    pub(super) fn new(area: Area, fonts: &'p Fonts, items: &'p mut Vec<Item>) -> Self {
        Self { area, fonts, items }
    }

    /// A line of text with its baseline at `y`: from `x` to the right, around `x`, or up to `x`.
    pub fn text(&mut self, x: f32, y: f32, align: Align, text: &str, style: Style) {
        let x = self.area.x + x - align.anchor(self.fonts.width(text, style.size));
        put_text(self.items, self.fonts, (x, self.area.y + y), text, style);
    }

    /// Text in lines of a width, the first of them with its top at `y`. Returns where the last one ends.
    pub fn lines(&mut self, (x, y): (f32, f32), width: f32, align: Align, text: &str, style: Style) -> f32 {
        let mut y = y;
        for line in breaking::lines(text, style.size, width, self.fonts) {
            self.text(x + align.anchor(width), y + style.baseline(), align, line, style);
            y += style.line_height();
        }
        y
    }

    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), width: f32, colour: Colour) {
        let place = |(x, y)| (self.area.x + x, self.area.y + y);
        self.items.push(Item::Line { from: place(from), to: place(to), width, colour });
    }

    pub fn rect(&mut self, area: Area, fill: Option<Colour>, stroke: Option<(f32, Colour)>) {
        let area = Area { x: self.area.x + area.x, y: self.area.y + area.y, ..area };
        self.items.push(Item::Rect { area, fill, stroke });
    }
}

/// Puts a line of text on a page; the marks in it are drawn.
fn put_text(items: &mut Vec<Item>, fonts: &Fonts, (mut x, y): (f32, f32), text: &str, style: Style) {
    for piece in pieces(text) {
        let width = fonts.width(piece, style.size);
        match piece.chars().next() {
            Some(mark) if MARKS.contains(&mark) => put_mark(items, (x, y), mark, style),
            Some(_) if !piece.trim().is_empty() => items.push(Item::Text { x, y, text: piece.to_owned(), style }),
            _ => {}
        }
        x += width;
    }
}

/// A text cut before and behind every mark.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if MARKS.contains(&first) { first.len_utf8() } else { rest.find(MARKS).unwrap_or(rest.len()) };
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    })
}

/// A check box, tick or cross as high as a digit.
fn put_mark(items: &mut Vec<Item>, (x, y): (f32, f32), mark: char, style: Style) {
    let side = style.size * 0.75;
    let (left, top) = (x + style.size * 0.1, y - side + style.size * 0.02);
    let width = style.size * if style.bold { 0.11 } else { 0.07 };
    let colour = style.colour;
    let at = |right: f32, down: f32| (left + side * right, top + side * down);
    let mut stroke = |from, to| items.push(Item::Line { from, to, width, colour });
    if matches!(mark, '☑' | '✓' | '✔') {
        stroke(at(0.15, 0.5), at(0.4, 0.8));
        stroke(at(0.4, 0.8), at(0.85, 0.2));
    }
    if matches!(mark, '☒' | '✗' | '✘') {
        stroke(at(0.2, 0.2), at(0.8, 0.8));
        stroke(at(0.2, 0.8), at(0.8, 0.2));
    }
    if matches!(mark, '☐' | '☑' | '☒') {
        let area = Area { x: left, y: top, width: side, height: side };
        items.push(Item::Rect { area, fill: None, stroke: Some((width, colour)) });
    }
}
