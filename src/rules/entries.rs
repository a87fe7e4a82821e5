//! The `[[cadence]]` entries of rules.toml.

use super::config::{CADENCE, Layers};
use super::{AnyRule, Judge};
use crate::lang::{Words, say, words};
use crate::model::demand;
use crate::trouble::Trouble;
use toml::Table;
use toml::de::DeTable;

/// An entry with its parameters, item and clause.
pub(super) type Entry = (Box<dyn Judge>, String, String);

impl Layers<'_> {
    /// The `[[cadence]]` entries: the user's if there are any, else those that ship.
    pub(super) fn entries(&self, rule: &dyn AnyRule) -> Result<Vec<Entry>, Trouble> {
        let (tables, spans) = match (self.user.get(CADENCE), self.spans.get(CADENCE)) {
            (Some(entries), Some(spans)) => {
                let whole = || {
                    self.file.trouble(
                        spans.span().start,
                        words("这里应为 [[cadence]] 条目", "[[cadence]] entries are required here"),
                    )
                };
                let spans = spans.get_ref().as_array().ok_or_else(whole)?;
                (entries.as_array().ok_or_else(whole)?, Some(spans))
            }
            _ => (self.base[CADENCE].as_array().expect("cadence entries ship"), None),
        };
        let mut entries: Vec<Entry> = Vec::new();
        for (number, entry) in tables.iter().enumerate() {
            let place = spans.and_then(|spans| Some(spans.get(number)?.span().start)).unwrap_or(0);
            let table = entry
                .as_table()
                .ok_or_else(|| self.file.trouble(place, words("这里应为一个表", "a table is required here")))?;
            let judge = rule.configure(table.clone()).map_err(|error| {
                let keys = spans.and_then(|spans| spans.get(number)?.get_ref().as_table());
                self.wrong_entry(rule, table, keys, place, &error)
            })?;
            let text = |key: &str| table[key].as_str().unwrap_or_default().to_owned();
            if entries.iter().any(|(_, item, _)| *item == text("item")) {
                let twice = say(
                    format!("[[cadence]] 中 {} 出现了两次", text("item")),
                    format!("[[cadence]] has {} twice", text("item")),
                );
                return Err(self.file.trouble(place, twice));
            }
            entries.push((judge, text("item"), text("clause")));
        }
        Ok(entries)
    }

    /// Which key of an entry is wrong: the one that spoils an entry that was right without it.
    fn wrong_entry(
        &self,
        rule: &dyn AnyRule,
        table: &Table,
        keys: Option<&DeTable>,
        place: usize,
        error: &toml::de::Error,
    ) -> Trouble {
        let right = self.base[CADENCE][0].as_table().expect("cadence entries ship");
        for (key, value) in table {
            let mut tried = right.clone();
            tried.insert(key.clone(), value.clone());
            if let Err(error) = rule.configure(tried) {
                let named = keys.and_then(|keys| keys.keys().find(|name| name.get_ref() == key));
                let offset = named.map_or(place, |name| name.span().start);
                let found = Words::same(format_args!("[[cadence]] {key} = {value}"));
                return self.file.trouble(offset, found).required(demand(&error));
            }
        }
        let found = words("[[cadence]] 条目不完整", "an incomplete [[cadence]] entry");
        let message = error.message();
        let required = match message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
            Some((key, _)) => say(format!("给出 {key}"), format!("{key}, as every entry has it")),
            None => demand(error),
        };
        self.file.trouble(place, found).required(required)
    }
}
