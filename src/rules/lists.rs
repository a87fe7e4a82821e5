//! Lists of tables in rules.toml, such as `[[cadence]]`: a user's entries are read one by one, and a mistake is told by its line.

use super::layers::Layers;
use crate::lang::{Words, say, words};
use crate::model::demand;
use crate::trouble::Trouble;
use toml::de::DeTable;
use toml::{Table, Value};

/// A list of tables.
pub(super) struct List<'l> {
    pub name: &'static str,
    /// The key that no two entries have the same of.
    pub key: &'static str,
    /// An entry that is right: what spoils it is wrong.
    pub right: &'l Table,
}

/// A user's entry with its place.
pub(super) struct OwnEntry<'t> {
    pub table: &'t Table,
    place: usize,
    keys: Option<&'t DeTable<'t>>,
}

impl List<'_> {
    /// Of an entry that is off nothing but its key is needed: what it leaves out is taken from another.
    pub(super) fn whole(&self, table: &Table) -> Table {
        let mut whole = table.clone();
        if table.get("off") == Some(&Value::Boolean(true)) {
            let missing = self.right.iter().filter(|(key, _)| *key != self.key && !table.contains_key(*key));
            whole.extend(missing.map(|(key, value)| (key.clone(), value.clone())));
        }
        whole
    }
}

impl OwnEntry<'_> {
    /// Where it stands in the file.
    pub(super) fn place(&self) -> usize {
        self.place
    }
}

impl Layers<'_> {
    /// The user's entries of a list.
    pub(super) fn own_entries(&self, list: &List) -> Result<Vec<OwnEntry<'_>>, Trouble> {
        let name = list.name;
        let (Some(entries), Some(spans)) = (self.user.get(name), self.spans.get(name)) else { return Ok(vec![]) };
        let whole = || {
            let required = say(format!("这里应为 [[{name}]] 条目"), format!("[[{name}]] entries are required here"));
            self.file.trouble(spans.span().start, required)
        };
        let spans = spans.get_ref().as_array().ok_or_else(whole)?;
        let mut found = Vec::new();
        for (entry, span) in entries.as_array().ok_or_else(whole)?.iter().zip(spans.iter()) {
            let (place, keys) = (span.span().start, span.get_ref().as_table());
            let table = entry
                .as_table()
                .ok_or_else(|| self.file.trouble(place, words("这里应为一个表", "a table is required here")))?;
            found.push(OwnEntry { table, place, keys });
        }
        Ok(found)
    }

    /// Reads an entry, or what is tried in its place.
    pub(super) fn read_entry<T>(
        &self,
        list: &List,
        entry: &OwnEntry,
        tried: &Table,
        read: impl Fn(Table) -> Result<T, toml::de::Error>,
    ) -> Result<T, Trouble> {
        read(tried.clone()).map_err(|error| self.wrong_entry(list, entry, tried, &error, &read))
    }

    /// Which key of an entry is wrong: the one that spoils an entry that was right without it.
    fn wrong_entry<T>(
        &self,
        list: &List,
        entry: &OwnEntry,
        tried: &Table,
        error: &toml::de::Error,
        read: &impl Fn(Table) -> Result<T, toml::de::Error>,
    ) -> Trouble {
        for (key, value) in tried {
            let mut spoilt = list.right.clone();
            spoilt.insert(key.clone(), value.clone());
            if let Err(error) = read(spoilt) {
                return self.wrong_key(list, entry, key, value).required(demand(&error));
            }
        }
        let name = list.name;
        let found = say(format!("[[{name}]] 条目不完整"), format!("an incomplete [[{name}]] entry"));
        let message = error.message();
        let required = match message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
            Some((key, _)) => say(format!("给出 {key}"), format!("{key}, as every entry has it")),
            None => demand(error),
        };
        self.file.trouble(entry.place, found).required(required)
    }

    /// Trouble with a key of an entry.
    pub(super) fn wrong_key(&self, list: &List, entry: &OwnEntry, key: &str, value: &Value) -> Trouble {
        let named = entry.keys.and_then(|keys| keys.keys().find(|name| name.get_ref() == key));
        let offset = named.map_or(entry.place, |name| name.span().start);
        self.file.trouble(offset, Words::same(format_args!("[[{}]] {key} = {value}", list.name)))
    }

    /// No two entries are of the same.
    pub(super) fn refuse_twice(&self, list: &List, entries: &[OwnEntry]) -> Result<(), Trouble> {
        let (name, mut seen) = (list.name, Vec::new());
        for entry in entries {
            let key = entry.table.get(list.key).and_then(Value::as_str).unwrap_or_default();
            if seen.contains(&key) {
                let twice = say(format!("[[{name}]] 中 {key} 出现了两次"), format!("[[{name}]] has {key} twice"));
                return Err(self.file.trouble(entry.place, twice));
            }
            seen.push(key);
        }
        Ok(())
    }
}
