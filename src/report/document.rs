//! A report as data: every format writes the same headings, lines and tables.

use super::chart::Chart;
use chrono::NaiveDate;
use serde::Serialize;

/// What a cell means, for those formats that can show it besides in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Bad,
    Waiting,
    Faint,
}

/// What a cell holds besides its text, for formats that tell numbers, dates and ids from texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Integer(i64),
    /// With two decimals at most: scores and their changes, percentage points.
    Number(f64),
    /// So many of so many, shown as a percentage.
    Share {
        count: u64,
        of: u64,
    },
    /// A length of time.
    Seconds(u64),
    /// A time of day, in seconds since midnight.
    Clock(u32),
    Date(NaiveDate),
    /// Digits that are no number: ids, digests.
    Id,
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub tone: Tone,
    pub value: Option<Value>,
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain, value: None }
    }

    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, value: None }
    }

    /// A value and how it is shown.
    pub fn valued(text: impl Into<String>, value: Value) -> Self {
        Self { text: text.into(), tone: Tone::Plain, value: Some(value) }
    }

    pub fn integer(number: u64) -> Self {
        Self::valued(number.to_string(), Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)))
    }

    pub fn id(text: impl Into<String>) -> Self {
        Self::valued(text, Value::Id)
    }

    pub fn date(date: NaiveDate) -> Self {
        Self::valued(date.to_string(), Value::Date(date))
    }

    pub fn with_tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
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
    /// Whether it makes sense to sort the rows by it.
    pub sorts: bool,
}

impl Column {
    pub fn left(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Left, if_wide: false, sorts: false }
    }

    pub fn right(head: impl Into<String>) -> Self {
        Self { head: head.into(), align: Align::Right, if_wide: false, sorts: false }
    }

    /// The head without the breaks that narrow columns of a terminal ask for.
    pub fn flat_head(&self) -> String {
        self.head.replace("-\n", "").replace('\n', " ")
    }

    pub fn sorting(mut self) -> Self {
        self.sorts = true;
        self
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
    /// Whether the heads of the columns are shown where a format can do without.
    pub headed: bool,
    /// Whether a table too wide for the page may go on below, the first column repeated.
    pub breaks: bool,
}

impl Table {
    /// Whether it makes sense to sort the rows by any column.
    pub fn sorts(&self) -> bool {
        self.columns.iter().any(|column| column.sorts)
    }

    /// Whether its columns have heads, for formats in which a table without them cannot be read.
    pub fn has_heads(&self) -> bool {
        self.columns.iter().any(|column| !column.head.is_empty())
    }
}

/// A measure that is looked at first.
#[derive(Clone, Debug)]
pub struct Figure {
    pub label: String,
    /// The number, large.
    pub number: Cell,
    /// The limit that holds for each manager.
    pub limit: String,
    /// What the number counts.
    pub counts: String,
    /// How many managers meet the limit, of those who were judged.
    pub met: String,
}

/// The measures that are looked at first.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Measure, limit, number, what it counts, who meets the limit.
    pub columns: [Column; 5],
    pub rows: Vec<Figure>,
}

impl Figures {
    pub fn table(&self) -> Table {
        let row = |figure: &Figure| {
            let texts = [&figure.label, &figure.limit, &figure.counts, &figure.met].map(Cell::new);
            let [label, limit, counts, met] = texts;
            vec![label, limit, figure.number.clone(), counts, met]
        };
        Table {
            columns: self.columns.to_vec(),
            rows: self.rows.iter().map(row).collect(),
            headed: false,
            breaks: false,
        }
    }
}

/// Who stands how with which rule.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    pub corner: String,
    pub columns: Vec<MatrixColumn>,
    pub rows: Vec<MatrixRow>,
}

impl Matrix {
    pub fn table(&self) -> Table {
        let heads = self.columns.iter().map(|column| Column::left(&column.title));
        let row = |row: &MatrixRow| {
            let cells = row.cells.iter().map(|one| one.cell.clone());
            [Cell::new(&row.name)].into_iter().chain(cells).collect()
        };
        Table {
            columns: [Column::left(&self.corner)].into_iter().chain(heads).collect(),
            rows: self.rows.iter().map(row).collect(),
            headed: true,
            breaks: true,
        }
    }
}

#[derive(Clone, Debug)]
pub struct MatrixColumn {
    pub rule: &'static str,
    pub title: String,
    pub clause: String,
}

#[derive(Clone, Debug)]
pub struct MatrixRow {
    pub id: String,
    pub name: String,
    pub branch: String,
    /// The section that tells more.
    pub anchor: String,
    pub cells: Vec<MatrixCell>,
}

/// The mark with its figure, and the counts behind it.
#[derive(Clone, Debug)]
pub struct MatrixCell {
    pub cell: Cell,
    pub assessed: u64,
    pub failed: u64,
    pub pending: u64,
}

/// What was found of one manager by one rule.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The rule, and its item where it is judged item by item.
    pub rule: String,
    pub clause: String,
    pub title: String,
    pub severity: String,
    /// All of it in a line.
    pub caption: Cell,
    /// When, customer, measured, required, lines.
    pub columns: Vec<Column>,
    pub rows: Vec<[Cell; 5]>,
    /// What is required, where it is the same of all.
    pub required: Option<String>,
}

impl Findings {
    /// The places of the columns that tell anything below the caption: customers where there are any, what is required
    /// where it differs.
    pub fn telling(&self) -> Vec<usize> {
        let has_customers = self.rows.iter().any(|row| !row[1].text.is_empty());
        let tells = |column: &usize| match column {
            1 => has_customers,
            3 => self.required.is_none(),
            _ => true,
        };
        (0..self.columns.len()).filter(tells).collect()
    }

    pub fn table(&self) -> Table {
        let telling = self.telling();
        let row = |row: &[Cell; 5]| telling.iter().map(|at| row[*at].clone()).collect();
        Table {
            columns: telling.iter().map(|at| self.columns[*at].clone()).collect(),
            rows: self.rows.iter().map(row).collect(),
            headed: true,
            breaks: false,
        }
    }
}

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
    pub body: Document,
}

#[derive(Clone, Debug)]
pub enum Block {
    Title(String),
    Heading(String),
    /// A paragraph.
    Text(String),
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
            self.blocks.push(Block::Section(Section { anchor, heading, summary: vec![], folds: false, body }));
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
        self.blocks.push(Block::Section(Section { anchor, heading, summary, folds: true, body }));
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
