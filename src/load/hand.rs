//! What goes on from row to row while a piece of a file is read.

use super::dates::RecentDates;
use super::layout::Layout;
use super::mapping::Mapping;
use super::memo::Memo;
use super::pools::Pools;
use super::why::Bad;
use crate::model::{Column, Phone};
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
pub struct Hand<'a> {
    pub terms: Terms<'a>,
    pub layout: &'a Layout,
    /// For each column what its words were read as: the place of the value among its spellings.
    pub words: Vec<Memo<u8>>,
    /// For each column the numbers of its texts in the pools.
    pub pooled: Vec<Memo<u16>>,
    pub pools: Pools,
    pub bad: Vec<Bad>,
    pub dates: RecentDates,
    pub numbers: Vec<Phone>,
    /// Room for digests and joined cells.
    pub room: String,
}

impl<'a> Hand<'a> {
    pub fn new(terms: Terms<'a>, layout: &'a Layout) -> Self {
        Self {
            terms,
            layout,
            words: vec![Memo::default(); Column::COUNT],
            pooled: vec![Memo::default(); Column::COUNT],
            pools: Pools::default(),
            bad: Vec::new(),
            dates: RecentDates::default(),
            numbers: Vec::new(),
            room: String::new(),
        }
    }
}

impl Hand<'_> {
    /// Hands out the pools, to begin with new ones.
    pub fn take_pools(&mut self) -> Pools {
        self.pooled.fill(Memo::default());
        std::mem::take(&mut self.pools)
    }
}
