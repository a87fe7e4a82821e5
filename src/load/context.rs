//! What goes on from row to row while a piece of a file is read.

use crate::cell::reason::Bad;
use crate::cell::recent::RecentDates;
use crate::load::layout::Layout;
use crate::load::mapping::Mapping;
use crate::model::{Column, Phone};
use crate::store::arena::Arena;
use crate::store::cache::Cache;
use std::collections::HashMap;

/// Whose telephone a number is; `None` where several managers share it.
pub type OwnNumbers = HashMap<Phone, Option<Box<str>>>;

/// What reading cells depends on besides the cells.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    pub mapping: &'a Mapping,
    pub area_code: &'a str,
    pub own_numbers: &'a OwnNumbers,
    /// Whether texts are kept that no rule looks at.
    pub details: bool,
}

/// What goes on from row to row.
pub struct ParseContext<'a> {
    pub terms: Terms<'a>,
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
    pub fn new(terms: Terms<'a>, layout: &'a Layout) -> Self {
        Self {
            of_rejected: false,
            terms,
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

    pub fn of_rejected(terms: Terms<'a>, layout: &'a Layout) -> Self {
        Self { of_rejected: true, ..Self::new(terms, layout) }
    }
}

impl ParseContext<'_> {
    /// Hands out the arena, to begin with new ones.
    pub fn take_pools(&mut self) -> Arena {
        self.pooled.fill(Cache::default());
        std::mem::take(&mut self.arena)
    }
}
