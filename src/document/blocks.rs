//! Tables of a set form, for formats that can do more with them than with any other.

use super::cell::Cell;
use super::chart::Point;
use super::table::{Column, Table};

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
    /// How it has changed since the month before.
    pub change: String,
    /// The months up to this one, oldest first, for formats that draw.
    pub months: Vec<Point>,
}

/// The measures that are looked at first.
#[derive(Clone, Debug)]
pub struct Figures {
    /// Measure, limit, number, what it counts, who meets the limit, what has changed.
    pub columns: [Column; 6],
    pub rows: Vec<Figure>,
}

impl Figures {
    pub fn table(&self) -> Table {
        let row = |figure: &Figure| {
            let texts = [&figure.label, &figure.limit, &figure.counts, &figure.met, &figure.change].map(Cell::new);
            let [label, limit, counts, met, change] = texts;
            vec![label, limit, figure.number.clone(), counts, met, change]
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
    /// Above the branches and the scores, in formats that have room for them.
    pub branch: String,
    pub score: String,
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
    /// Whether it comes before others where there is little room.
    pub is_grave: bool,
}

#[derive(Clone, Debug)]
pub struct MatrixRow {
    pub id: String,
    pub name: String,
    pub branch: String,
    pub score: Cell,
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
    pub doubtful: u64,
    pub pending: u64,
}

/// Where the sentences of findings stand among their columns.
const SENTENCE: usize = 5;

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
    /// When, customer, measured, required, lines, and all of it in a sentence.
    pub columns: Vec<Column>,
    pub rows: Vec<[Cell; 6]>,
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
        self.of_columns(&self.telling())
    }

    /// Likewise without the sentences, where there is no room for them.
    pub fn brief(&self) -> Table {
        let telling: Vec<usize> = self.telling().into_iter().filter(|at| *at != SENTENCE).collect();
        self.of_columns(&telling)
    }

    fn of_columns(&self, telling: &[usize]) -> Table {
        let row = |row: &[Cell; 6]| telling.iter().map(|at| row[*at].clone()).collect();
        Table {
            columns: telling.iter().map(|at| self.columns[*at].clone()).collect(),
            rows: self.rows.iter().map(row).collect(),
            headed: true,
            breaks: false,
        }
    }
}
