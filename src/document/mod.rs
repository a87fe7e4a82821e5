//! What is said, as data: headings, lines, tables and charts that every format writes the same. Nothing here knows what it is
//! said of.

mod blocks;
mod cell;
pub(crate) mod chart;
mod day_chart;
mod leaf;
mod machine;
mod table;

pub(crate) use blocks::{Figure, Figures, Findings, Matrix, MatrixCell, MatrixColumn, MatrixRow};
pub(crate) use cell::{Cell, Tone, Value};
pub(crate) use day_chart::{Lane, Span, Stop, Timeline, Way};
pub(crate) use leaf::{Leaf, SUMMARY, leaves};
pub(crate) use machine::{Field, Form, Keys, Sheet, Takes, ToFill};
pub(crate) use table::{Align, Column, Table};

use chart::Chart;

/// A part of a document under a heading of its own.
#[derive(Clone, Debug)]
pub struct Section {
    /// What links lead to: ASCII letters, digits, `-`, `_` and `.`; no two of a document are alike.
    pub anchor: String,
    pub heading: String,
    /// What stands beside the heading, and remains to be seen where the section is folded.
    pub summary: Vec<Cell>,
    /// Whether it begins folded where the format can fold.
    pub folds: bool,
    /// Whether it begins a page of its own where there are pages.
    pub on_page: bool,
    pub body: Document,
}

/// Where a line stands that stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Centre,
    Right,
}

#[derive(Clone, Debug)]
pub enum Block {
    Title(String),
    Heading(String),
    /// A line that is no part of the text: the number of a letter, whom it goes to, who signs it.
    Line(Side, String),
    /// A paragraph.
    Text(String),
    /// A paragraph in pieces, some of which lead on where the format has links.
    Linked(Vec<Cell>),
    /// A paragraph that must not be overlooked.
    Notice(String),
    /// A line that belongs to the table below it.
    Caption(Cell),
    Table(Table),
    Figures(Figures),
    Matrix(Matrix),
    Findings(Findings),
    /// Charts that stand side by side where there is room.
    Charts(Vec<Chart>),
    Section(Section),
}

/// The pieces of a paragraph as a text.
pub(crate) fn joined(pieces: &[Cell]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// A whole report.
#[derive(Clone, Debug, Default)]
pub struct Document {
    pub blocks: Vec<Block>,
}

impl Document {
    pub fn title(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Title(text.into()));
    }

    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    pub fn line(&mut self, side: Side, text: impl Into<String>) {
        self.blocks.push(Block::Line(side, text.into()));
    }

    pub fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    pub fn notice(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Notice(text.into()));
    }

    pub fn caption(&mut self, text: impl Into<String>, tone: Tone) {
        self.blocks.push(Block::Caption(Cell::toned(text, tone)));
    }

    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    pub fn charts(&mut self, charts: Vec<Chart>) {
        if !charts.is_empty() {
            self.blocks.push(Block::Charts(charts));
        }
    }

    /// A part of its own, unless it is empty.
    pub fn section(&mut self, anchor: impl Into<String>, heading: impl Into<String>, body: Document) {
        if !body.blocks.is_empty() {
            let (anchor, heading) = (anchor.into(), heading.into());
            self.blocks.push(Block::Section(Section {
                anchor,
                heading,
                summary: vec![],
                folds: false,
                on_page: false,
                body,
            }));
        }
    }

    /// The same, to be unfolded by who wants to know.
    pub fn folded(
        &mut self,
        anchor: impl Into<String>,
        heading: impl Into<String>,
        summary: Vec<Cell>,
        body: Document,
    ) {
        let (anchor, heading) = (anchor.into(), heading.into());
        self.blocks.push(Block::Section(Section { anchor, heading, summary, folds: true, on_page: false, body }));
    }
}
