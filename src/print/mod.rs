//! Printing on A4: text that is measured, broken into lines and set on pages as lists of what is drawn, then written as
//! PDF. A page is plain data, so that where everything stands can be asked without reading PDF.
//!
//! Lengths are points (1/72 inch); x runs to the right and y downwards from the page's upper left corner.

// Without PDF pages are still laid out, for their text and HTML: not all of what they hold is drawn.
#![cfg_attr(not(feature = "pdf"), allow(dead_code))]

mod breaking;
mod canvas;
mod flow;
mod fonts;
#[cfg(feature = "pdf")]
mod pdf;
mod table;

use crate::lang::Lang;
use chrono::NaiveDate;

pub(crate) use canvas::{Align, Canvas};
pub(crate) use flow::{Bookmark, Flow, Margins, Paper, Place, Printed};
pub(crate) use fonts::Fonts;
#[cfg(feature = "pdf")]
pub(crate) use pdf::write;
pub(crate) use table::{Cell, Column, Look, Row, Table};

/// What a file says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Info<'a> {
    pub title: &'a str,
    pub lang: Lang,
    /// Stands as the date of creation, which no clock gives.
    pub date: NaiveDate,
}

/// In place of a PDF.
#[cfg(not(feature = "pdf"))]
pub(crate) fn write(_: &Printed, _: &Fonts, _: &Info) -> Result<Vec<u8>, crate::trouble::Trouble> {
    Err(crate::trouble::Trouble::built_without("pdf"))
}

/// A colour of the screen: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    pub const BLACK: Self = Self(0, 0, 0);
    pub const GREY: Self = Self(110, 110, 110);
    /// Of ruled lines.
    pub const RULE: Self = Self(150, 150, 150);
    /// Behind header rows.
    pub const LIGHT: Self = Self(238, 238, 238);
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub size: f32,
    pub bold: bool,
    pub colour: Colour,
}

impl Style {
    /// Black text of a size.
    pub const fn new(size: f32) -> Self {
        Self { size, bold: false, colour: Colour::BLACK }
    }

    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub const fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// From one baseline to the next.
    pub fn line_height(self) -> f32 {
        self.size * 1.35
    }

    /// From the top of a line to its baseline.
    fn baseline(self) -> f32 {
        (self.line_height() - self.size) / 2.0 + self.size * fonts::ABOVE
    }
}

/// One thing drawn on a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// One line of text; `y` is that of its baseline.
    Text {
        x: f32,
        y: f32,
        text: String,
        style: Style,
    },
    Line {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
        colour: Colour,
    },
    Rect {
        area: Area,
        fill: Option<Colour>,
        stroke: Option<(f32, Colour)>,
    },
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub fn right(self) -> f32 {
        self.x + self.width
    }

    pub fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// Whether another lies inside, but for what rounding makes of it.
    pub fn holds(self, other: Self) -> bool {
        const SLACK: f32 = 0.05;
        other.x >= self.x - SLACK
            && other.y >= self.y - SLACK
            && other.right() <= self.right() + SLACK
            && other.bottom() <= self.bottom() + SLACK
    }

    /// Whether two share more than an edge.
    pub fn overlaps(self, other: Self) -> bool {
        const SLACK: f32 = 0.05;
        self.x + SLACK < other.right()
            && other.x + SLACK < self.right()
            && self.y + SLACK < other.bottom()
            && other.y + SLACK < self.bottom()
    }
}

impl Item {
    /// The room that an item takes up; a line has the width of its stroke.
    pub fn area(&self, fonts: &Fonts) -> Area {
        match self {
            Self::Text { x, y, text, style } => {
                let width = fonts.width(text, style.size);
                Area { x: *x, y: y - style.size * fonts::ABOVE, width, height: style.size }
            }
            Self::Line { from, to, .. } => {
                let (left, top) = (from.0.min(to.0), from.1.min(to.1));
                Area { x: left, y: top, width: (from.0 - to.0).abs(), height: (from.1 - to.1).abs() }
            }
            Self::Rect { area, .. } => *area,
        }
    }
}

/// A page: what is drawn on it, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub width: f32,
    pub height: f32,
    pub items: Vec<Item>,
}

impl Page {
    /// The texts of the page, in the order they were set.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|item| match item {
            Item::Text { text, .. } => Some(text.as_str()),
            _ => None,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
