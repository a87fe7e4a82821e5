//! The `[[cadence]]` entries of rules.toml: those that ship, and the user's over and beside them (SPEC §3.2).

use super::cadence_entry::Entry;
use super::layers::{CADENCE, Layers};
use super::lists::List;
use super::overlay::laid_over;
use super::{AnyRule, Judge};
use crate::lang::words;
use crate::trouble::Trouble;

/// An entry with its parameters, item and clause.
pub(super) type Configured = (Box<dyn Judge>, String, String);

fn entry_of(judge: &dyn Judge) -> &Entry {
    judge.params().downcast_ref().expect("an entry is what the rule of entries takes")
}

impl Layers<'_> {
    /// The entries that are not off.
    pub(super) fn entries(&self, rule: &dyn AnyRule) -> Result<Vec<Configured>, Trouble> {
        self.check_entries(rule)?;
        let list = self.cadence();
        let mut entries = Vec::new();
        for (entry, _) in laid_over(&self.base[CADENCE], self.user.get(CADENCE)) {
            let table = list.whole(entry.as_table().expect("entries that ship are tables and the user's were tried"));
            let text = |key: &str| table[key].as_str().unwrap_or_default().to_owned();
            let (item, clause) = (text("item"), text("clause"));
            let judge = rule.configure(table).expect("entries that ship are right and the user's were tried");
            if !entry_of(&*judge).off {
                entries.push((judge, item, clause));
            }
        }
        Ok(entries)
    }

    fn cadence(&self) -> List<'_> {
        let right = self.base[CADENCE][0].as_table().expect("cadence entries ship");
        List { name: CADENCE, key: "item", right }
    }

    /// Tries each of the user's entries.
    fn check_entries(&self, rule: &dyn AnyRule) -> Result<(), Trouble> {
        let list = self.cadence();
        let entries = self.own_entries(&list)?;
        for entry in &entries {
            let judge = self.read_entry(&list, entry, &list.whole(entry.table), |table| rule.configure(table))?;
            let idle = entry_of(&*judge).idle_key();
            if let Some((key, value)) = idle.and_then(|key| Some((key, entry.table.get(key)?))) {
                return Err(self.wrong_key(&list, entry, key, value).required(words(
                    "percent 只用于 per = \"manager\" 且有 class 或 only 的条目",
                    "percent only with per = \"manager\" and a class or only",
                )));
            }
        }
        self.refuse_twice(&list, &entries)
    }
}
