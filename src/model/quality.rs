//! What market checks look at (SPEC-month §6).

use super::folding::fold;
use super::points::Points;
use std::collections::HashMap;

/// `[[quality]]`: an item of a market check.
#[derive(Clone, Debug)]
pub struct QualityItem {
    pub item: String,
    /// Other spellings of it.
    pub aliases: Vec<String>,
    /// The clause of the regulation; empty where none is given.
    pub clause: String,
    /// The full score, where a row gives none.
    pub max: Points,
}

/// The items of market checks, in the order of rules.toml.
#[derive(Clone, Debug, Default)]
pub struct QualityItems {
    items: Vec<QualityItem>,
    /// By folded names.
    places: HashMap<String, usize>,
}

impl QualityItems {
    /// One more; a name that another has is handed back.
    pub fn add(&mut self, item: QualityItem) -> Result<(), String> {
        let place = self.items.len();
        for name in [&item.item].into_iter().chain(&item.aliases) {
            let other = self.places.insert(fold(name).into_owned(), place);
            if other.is_some_and(|other| other != place) {
                return Err(name.clone());
            }
        }
        self.items.push(item);
        Ok(())
    }

    /// The item of a name, in any of its spellings.
    pub fn find(&self, name: &str) -> Option<&QualityItem> {
        self.places.get(fold(name).as_ref()).map(|place| &self.items[*place])
    }

    /// In the order of rules.toml.
    pub fn iter(&self) -> impl Iterator<Item = &QualityItem> {
        self.items.iter()
    }

    /// Where an item stands in rules.toml.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(fold(name).as_ref()).copied()
    }
}
