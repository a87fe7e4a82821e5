//! A report as data: every format writes the same headings, lines and tables.

use serde::Serialize;

/// What a cell means, for those formats that can show it besides in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Bad,
    Waiting,
    Faint,
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub tone: Tone,
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain }
    }

    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    pub head: String,
    pub align: Align,
    /// Left out where the page is too narrow.
    pub if_wide: bool,
}

impl Column {
    pub fn left(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Left, if_wide: false }
    }

    pub fn right(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Right, if_wide: false }
    }

    pub fn if_wide(mut self) -> Self {
        self.if_wide = true;
        self
    }
}

#[derive(Clone, Debug, Default)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// Whether the heads of the columns are shown.
    pub headed: bool,
    /// Whether a table too wide for the page may go on below, the first column repeated.
    pub breaks: bool,
}

#[derive(Clone, Debug)]
pub enum Block {
    Title(String),
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A line that belongs to the table below it.
    Caption(Cell),
    Table(Table),
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

    pub fn text(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    pub fn caption(&mut self, text: impl Into<String>, tone: Tone) {
        self.blocks.push(Block::Caption(Cell::toned(text, tone)));
    }

    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }
}

/// A cell for machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    Text(String),
    Number(String),
}

/// A table for machines: every row has as many cells as the header.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<Field>>,
}

/// What an object for machines is told to, key by key in order: it may be too long to be held in memory.
pub trait Keys {
    type Error;

    fn value(&mut self, key: &str, value: impl Serialize) -> Result<(), Self::Error>;

    /// A list to which every item gives any number of elements, made when it is their turn, on any thread.
    fn list<'i, I: Sync, L: IntoIterator<Item: Serialize>>(
        &mut self,
        key: &str,
        items: &'i [I],
        elements: impl Fn(&'i I) -> L + Sync,
    ) -> Result<(), Self::Error>;
}
