//! Tables for people.

use super::cell::Cell;

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
