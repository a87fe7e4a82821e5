//! What goes on from row to row while a piece of a file is read.

use crate::cell::reason::Bad;
use crate::cell::recent::RecentDates;
use crate::load::archive::Archive;
use crate::load::layout::Layout;
use crate::load::options::Options;
use crate::model::{Column, Phone};
use crate::store::arena::Arena;
use crate::store::cache::Cache;
use std::collections::HashMap;

/// Whose telephone a number is; `None` where several managers share it.
pub type OwnNumbers = HashMap<Phone, Option<Box<str>>>;

/// What the files of a kind are read by.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub options: &'a Options<'a>,
    pub own_numbers: &'a OwnNumbers,
    /// What customers and managers are numbered by, but for the archive's own files.
    pub archive: &'a Archive,
}

/// What goes on from row to row.
pub struct ParseContext<'a> {
    pub options: &'a Options<'a>,
    pub own_numbers: &'a OwnNumbers,
    pub layout: &'a Layout,
    /// Whether its rows are rejected: what can be read of them is read.
    pub of_rejected: bool,
    /// For each column what its words were read as: the place of the value among its spellings.
    pub words: Vec<Cache<u8>>,
    /// For each column the numbers of its texts in the arena.
    pub pooled: Vec<Cache<u16>>,
    pub arena: Arena,
    pub bad: Vec<Bad>,
    pub dates: RecentDates,
    pub numbers: Vec<Phone>,
    /// Room for digests and joined cells.
    pub room: String,
}

impl<'a> ParseContext<'a> {
    pub fn new(reading: Reading<'a>, layout: &'a Layout) -> Self {
        Self {
            of_rejected: false,
            options: reading.options,
            own_numbers: reading.own_numbers,
            layout,
            words: vec![Cache::default(); Column::COUNT],
            pooled: vec![Cache::default(); Column::COUNT],
            arena: Arena::default(),
            bad: Vec::new(),
            dates: RecentDates::default(),
            numbers: Vec::new(),
            room: String::new(),
        }
    }

    pub fn of_rejected(reading: Reading<'a>, layout: &'a Layout) -> Self {
        Self { of_rejected: true, ..Self::new(reading, layout) }
    }
}

impl ParseContext<'_> {
    /// Hands out the arena, to begin with new ones.
    pub fn take_pools(&mut self) -> Arena {
        self.pooled.fill(Cache::default());
        std::mem::take(&mut self.arena)
    }
}
