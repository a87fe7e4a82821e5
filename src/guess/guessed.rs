//! What has been guessed of a file, and why.

use crate::model::{Column, Field, Kind};

/// How far a guess can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    Unsure,
    Likely,
    /// The header is a name that the column has anyway, and the cells fit.
    Sure,
}

/// What speaks for a guess.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// The header is one that the program knows.
    Known,
    /// The header speaks of the same things.
    Alike,
    /// So many percent of its cells are what the column holds.
    Fits(u8),
    /// So many percent of the ids are found in another file.
    Joins(u8),
    /// No other column has such cells.
    OnlyOne,
    /// What stands in the same rows tells it.
    Rows,
    /// Its cells are names, which stand for ids.
    Names,
    /// There is nothing below the header.
    Empty,
}

/// A header that is taken for a column.
#[derive(Clone, Debug)]
pub struct Guess {
    pub column: Column,
    /// Its place in the header; several for telephones.
    pub at: Vec<usize>,
    pub trust: Trust,
    pub reasons: Vec<Reason>,
    /// Other headers that might be meant.
    pub others: Vec<usize>,
    /// Whether columns.toml has to say so.
    pub needs_line: bool,
}

/// A word that the column does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strange {
    pub column: Column,
    pub word: String,
    pub count: u64,
    /// What it most likely means.
    pub likely: Option<&'static str>,
}

/// What a file is taken for.
#[derive(Clone, Debug)]
pub struct FileGuess {
    /// None where it looks like nothing known.
    pub kind: Option<Kind>,
    /// In the contract's order.
    pub guesses: Vec<Guess>,
    pub missing: Vec<&'static Field>,
    pub strange: Vec<Strange>,
    /// The first and the last header of a column a day, where it has such.
    pub matrix: Option<(String, String)>,
    /// The place of a header that should give when something began, but gives times of unknown days.
    pub clock: Option<usize>,
    /// The place of a header that names the arrival, but whose cells are not read.
    pub unread: Option<usize>,
}

impl FileGuess {
    pub(super) fn of_none(matrix: Option<(String, String)>) -> Self {
        Self { kind: None, guesses: vec![], missing: vec![], strange: vec![], matrix, clock: None, unread: None }
    }

    /// Whether it can be read as it is, without anything in columns.toml.
    pub fn is_plain(&self) -> bool {
        let has_all = self.kind.is_some() && self.missing.is_empty() && self.strange.is_empty();
        has_all && self.guesses.iter().all(|one| !one.needs_line)
    }
}
