//! Forms pages: blocks follow one another down a page and on to the next.

use super::breaking;
use super::canvas::Canvas;
use super::table::{LaidRow, Look, Table};
use super::{Align, Area, Fonts, Page, Style};
use std::collections::VecDeque;

/// Inches are 72 points, and 25.4 mm.
const MM: f32 = 72.0 / 25.4;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Margins {
    pub const fn mm(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self { left: left * MM, top: top * MM, right: right * MM, bottom: bottom * MM }
    }
}

/// The paper: between its margins stand a header, the text and a footer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    pub width: f32,
    pub height: f32,
    pub margins: Margins,
    /// The height of the header on every page.
    pub header: f32,
    pub footer: f32,
}

impl Paper {
    pub const A4_PORTRAIT: Self = Self {
        width: 210.0 * MM,
        height: 297.0 * MM,
        margins: Margins::mm(18.0, 15.0, 18.0, 12.0),
        header: 0.0,
        footer: 18.0,
    };
    pub const A4_LANDSCAPE: Self = Self { width: 297.0 * MM, height: 210.0 * MM, ..Self::A4_PORTRAIT };

    /// What the margins leave.
    pub fn inside(&self) -> Area {
        let Margins { left, top, right, bottom } = self.margins;
        Area { x: left, y: top, width: self.width - left - right, height: self.height - top - bottom }
    }

    /// What header and footer leave of it.
    pub fn body(&self) -> Area {
        let inside = self.inside();
        Area { y: inside.y + self.header, height: inside.height - self.header - self.footer, ..inside }
    }
}

/// A page's number, from 1, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub page: usize,
    pub of: usize,
}

/// An entry of the outline; level 0 is the highest.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    pub level: usize,
    pub text: String,
    /// From 0.
    pub page: usize,
    pub y: f32,
}

/// Pages with their outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printed {
    pub pages: Vec<Page>,
    pub outline: Vec<Bookmark>,
}

impl Printed {
    /// Puts other pages behind these.
    pub fn append(&mut self, other: Self) {
        let before = self.pages.len();
        self.outline.extend(other.outline.into_iter().map(|entry| Bookmark { page: entry.page + before, ..entry }));
        self.pages.extend(other.pages);
    }

    /// Gives every page its header and footer, which are told the place of the page. The pages may lie across: of the paper
    /// they have the margins.
    pub fn furnish(
        &mut self,
        paper: Paper,
        fonts: &Fonts,
        mut header: impl FnMut(Place, &mut Canvas),
        mut footer: impl FnMut(Place, &mut Canvas),
    ) {
        let of = self.pages.len();
        for (number, page) in self.pages.iter_mut().enumerate() {
            let inside = Paper { width: page.width, height: page.height, ..paper }.inside();
            let above = Area { height: paper.header, ..inside };
            let below = Area { y: inside.bottom() - paper.footer, height: paper.footer, ..inside };
            let place = Place { page: number + 1, of };
            header(place, &mut Canvas::new(above, fonts, &mut page.items));
            footer(place, &mut Canvas::new(below, fonts, &mut page.items));
        }
    }
}

/// Pages being filled from the top.
pub(crate) struct Flow<'f> {
    fonts: &'f Fonts,
    paper: Paper,
    printed: Printed,
    /// How far down the body is filled.
    filled: f32,
}

impl<'f> Flow<'f> {
    pub(crate) fn new(paper: Paper, fonts: &'f Fonts) -> Self {
        let mut flow = Self { fonts, paper, printed: Printed::default(), filled: 0.0 };
        flow.page_break();
        flow
    }

    /// The width that blocks have.
    pub(crate) fn width(&self) -> f32 {
        self.paper.body().width
    }

    /// What is left of the page.
    pub(crate) fn room(&self) -> f32 {
        self.paper.body().height - self.filled
    }

    /// A new page.
    pub(crate) fn page_break(&mut self) {
        let Paper { width, height, .. } = self.paper;
        self.printed.pages.push(Page { width, height, items: Vec::new() });
        self.filled = 0.0;
    }

    /// A new page where so much room is not left. What is higher than a page stays where it is.
    pub(crate) fn need(&mut self, height: f32) {
        if self.filled > 0.0 && height > self.room() + 0.01 && height <= self.paper.body().height {
            self.page_break();
        }
    }

    /// An empty space; at the top of a page there is none.
    pub(crate) fn space(&mut self, height: f32) {
        if self.filled > 0.0 {
            self.filled += height.min(self.room());
        }
    }

    /// An entry of the outline that leads here.
    pub(crate) fn bookmark(&mut self, level: usize, text: impl Into<String>) {
        let (page, y) = (self.printed.pages.len() - 1, self.paper.body().y + self.filled);
        self.printed.outline.push(Bookmark { level, text: text.into(), page, y });
    }

    /// Text in lines of the body's width.
    pub(crate) fn paragraph(&mut self, text: &str, style: Style, align: Align) {
        let anchor = align.anchor(self.width());
        for line in breaking::lines(text, style.size, self.width(), self.fonts) {
            self.draw(style.line_height(), |canvas| canvas.text(anchor, style.baseline(), align, line, style));
        }
    }

    /// A drawing of a height, all of it on one page.
    pub(crate) fn draw(&mut self, height: f32, draw: impl FnOnce(&mut Canvas)) {
        self.need(height);
        let body = self.paper.body();
        let area = Area { y: body.y + self.filled, height, ..body };
        draw(&mut Canvas::new(area, self.fonts, items(&mut self.printed)));
        self.filled += height;
    }

    /// A table; its header rows come again on every page, and its last page has three rows at least. Returns on which page, from 0, each row begins.
    pub(crate) fn table(&mut self, table: &Table) -> Vec<usize> {
        let edges = table.edges(self.width());
        let lay = |row| table.lay(row, &edges, self.fonts);
        let mut header: Vec<LaidRow> = table.header.iter().map(lay).collect();
        let mut rows: VecDeque<LaidRow> = table.rows.iter().map(lay).collect();
        let header_height: f32 = header.iter().map(|row| row.height).sum();
        if header_height > self.paper.body().height / 2.0 {
            // It would leave no room for rows: it is printed once.
            header.drain(..).rev().for_each(|row| rows.push_front(row));
        }
        let printed_once = rows.len() - table.rows.len();
        let header_height = if header.is_empty() { 0.0 } else { header_height };
        let page = self.paper.body().height - header_height;
        keep_the_last(&mut rows, page);
        let first = kept(&rows, page);
        self.need(header_height + if first > page { rows[0].first_lines() } else { first });
        self.table_rows(&header, &table.look);
        let mut begins = Vec::with_capacity(rows.len());
        let mut is_rest = false;
        while let Some(first) = rows.front() {
            if kept(&rows, page) > self.room() + 0.01 && self.is_worth_a_page(first, page) {
                self.page_break();
                self.table_rows(&header, &table.look);
            }
            let mut row = rows.pop_front().expect("there is a first");
            if !is_rest {
                begins.push(self.printed.pages.len() - 1);
            }
            is_rest = false;
            if row.height > self.room() + 0.01
                && let Some(rest) = row.cut(self.room())
            {
                rows.push_front(rest);
                is_rest = true;
            }
            self.table_row(&row, &table.look);
        }
        begins.split_off(printed_once)
    }

    /// Whether a row that has no room here goes to the next page: it has room there, or no line of it has room here.
    fn is_worth_a_page(&self, row: &LaidRow, page: f32) -> bool {
        let is_fresh = self.room() + 0.01 >= page;
        !is_fresh && (row.height <= page + 0.01 || row.first_lines() > self.room())
    }

    fn table_rows(&mut self, rows: &[LaidRow], look: &Look) {
        for row in rows {
            self.table_row(row, look);
        }
    }

    fn table_row(&mut self, row: &LaidRow, look: &Look) {
        let body = self.paper.body();
        let area = Area { y: body.y + self.filled, height: row.height, ..body };
        row.draw(&mut Canvas::new(area, self.fonts, items(&mut self.printed)), look);
        self.filled += row.height;
    }

    /// The pages, each with its header and footer, which are told the place of the page.
    pub(crate) fn finish(
        self,
        header: impl FnMut(Place, &mut Canvas),
        footer: impl FnMut(Place, &mut Canvas),
    ) -> Printed {
        let Self { mut printed, paper, fonts, .. } = self;
        printed.furnish(paper, fonts, header, footer);
        printed
    }

    /// The pages as they are, to be furnished with others.
    pub(crate) fn bare(self) -> Printed {
        self.printed
    }
}

fn items(printed: &mut Printed) -> &mut Vec<super::Item> {
    &mut printed.pages.last_mut().expect("a flow has a page").items
}

/// A page is not begun for one or two rows: the last three stay together, unless they are so high that the page before
/// would be left bare.
fn keep_the_last(rows: &mut VecDeque<LaidRow>, page: f32) {
    let last = rows.len().saturating_sub(3);
    let height: f32 = rows.range(last..).map(|row| row.height).sum();
    if height <= page / 4.0 {
        rows.range_mut(last..).rev().skip(1).for_each(|row| row.keep_with_next = true);
    }
}

/// The height of the first row and of those it is kept with, where a page holds them; else of the first alone.
fn kept(rows: &VecDeque<LaidRow>, page: f32) -> f32 {
    let Some(first) = rows.front() else { return 0.0 };
    let group = rows.iter().take_while(|row| row.keep_with_next).count();
    let height: f32 = rows.iter().take(group + 1).map(|row| row.height).sum();
    if height <= page { height } else { first.height }
}
