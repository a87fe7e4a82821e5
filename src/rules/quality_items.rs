//! The `[[quality]]` entries of rules.toml: those that ship, and the user's over and beside them (SPEC-month §6).

use super::layers::{Layers, QUALITY};
use super::lists::{List, OwnEntry};
use super::overlay::laid_over;
use crate::lang::{say, words};
use crate::model::{Points, QualityItem, QualityItems, refuse};
use crate::trouble::Trouble;
use serde::{Deserialize, Deserializer};
use toml::Table;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    item: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    clause: String,
    #[serde(deserialize_with = "read_max")]
    max: Points,
    /// Nobody looks at it.
    #[serde(default)]
    off: bool,
}

fn read_max<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Points, D::Error> {
    let max = Points::deserialize(deserializer)?;
    let refused = || refuse("大于 0 的数，至多两位小数", "a number above 0 with at most two decimals");
    (max > Points(0)).then_some(max).ok_or_else(refused)
}

impl From<Entry> for QualityItem {
    fn from(Entry { item, aliases, clause, max, .. }: Entry) -> Self {
        Self { item, aliases, clause, max }
    }
}

impl Layers<'_> {
    /// What market checks look at.
    pub(super) fn quality_items(&self) -> Result<QualityItems, Trouble> {
        let list = List { name: QUALITY, key: "item", right: as_table(&self.base[QUALITY][0]) };
        let entries = self.own_entries(&list)?;
        for entry in &entries {
            self.read_entry::<Entry>(&list, entry, &list.whole(entry.table), |table| table.try_into())?;
        }
        self.refuse_twice(&list, &entries)?;
        let mut items = QualityItems::default();
        for (entry, number) in laid_over(&self.base[QUALITY], self.user.get(QUALITY)) {
            let table = list.whole(as_table(entry));
            let item: Entry = table.try_into().expect("entries that ship are right and the user's were tried");
            if item.off {
                continue;
            }
            if let Err(name) = items.add(item.into()) {
                let place = number.map(|number| &entries[number]).or(entries.first());
                let twice = say(
                    format!("[[quality]] 中两个项目都叫 {name}"),
                    format!("two [[quality]] items are called {name}"),
                );
                return Err(self.file.trouble(place.map_or(0, OwnEntry::place), twice).remedy(words(
                    "改名，或对其中一个写 off = true",
                    "give one another name, or switch one off with off = true",
                )));
            }
        }
        Ok(items)
    }
}

fn as_table(entry: &toml::Value) -> &Table {
    entry.as_table().expect("entries that ship are tables and the user's were tried")
}
