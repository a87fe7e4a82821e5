//! The `[[cadence]]` entries of rules.toml: those that ship, and the user's over and beside them (SPEC §3.2).

use super::cadence_entry::Entry;
use super::config::{CADENCE, Layers};
use super::{AnyRule, Judge};
use crate::lang::{Words, say, words};
use crate::model::demand;
use crate::trouble::Trouble;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

/// An entry with its parameters, item and clause.
pub(super) type Configured = (Box<dyn Judge>, String, String);

/// The shipped entries, in place of each the user's with the same item; then his others. Of his the number in his file.
pub(super) fn laid_over<'t>(shipped: &'t Value, user: Option<&'t Value>) -> Vec<(&'t Value, Option<usize>)> {
    let all = |entries: Option<&'t Value>| entries.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let item = |entry: &Value| entry.get("item").and_then(Value::as_str).map(str::to_owned);
    let (shipped, own) = (all(Some(shipped)), all(user));
    let same = |entry: &Value, other: &Value| item(entry).is_some() && item(entry) == item(other);
    let replaced = |entry: &'t Value| match own.iter().position(|other| same(entry, other)) {
        Some(number) => (&own[number], Some(number)),
        None => (entry, None),
    };
    let is_new = |entry: &Value| !shipped.iter().any(|other| same(entry, other));
    let added = own.iter().enumerate().filter(|(_, entry)| is_new(entry));
    let added = added.map(|(number, entry)| (entry, Some(number)));
    shipped.iter().map(replaced).chain(added).collect()
}

fn entry_of(judge: &dyn Judge) -> &Entry {
    judge.params().downcast_ref().expect("an entry is what the rule of entries takes")
}

impl Layers<'_> {
    /// The entries that are not off.
    pub(super) fn entries(&self, rule: &dyn AnyRule) -> Result<Vec<Configured>, Trouble> {
        self.check_entries(rule)?;
        let mut entries = Vec::new();
        for (entry, _) in laid_over(&self.base[CADENCE], self.user.get(CADENCE)) {
            let table = self.whole(entry.as_table().expect("entries that ship are tables and the user's were tried"));
            let text = |key: &str| table[key].as_str().unwrap_or_default().to_owned();
            let (item, clause) = (text("item"), text("clause"));
            let judge = rule.configure(table).expect("entries that ship are right and the user's were tried");
            if !entry_of(&*judge).off {
                entries.push((judge, item, clause));
            }
        }
        Ok(entries)
    }

    /// Of an entry that is off nothing but the item is needed: what it leaves out is taken from another.
    fn whole(&self, table: &Table) -> Table {
        let mut whole = table.clone();
        if table.get("off") == Some(&Value::Boolean(true)) {
            let missing = self.right_entry().iter().filter(|(key, _)| *key != "item" && !table.contains_key(*key));
            whole.extend(missing.map(|(key, value)| (key.clone(), value.clone())));
        }
        whole
    }

    fn right_entry(&self) -> &Table {
        self.base[CADENCE][0].as_table().expect("cadence entries ship")
    }

    /// Tries each of the user's entries.
    fn check_entries(&self, rule: &dyn AnyRule) -> Result<(), Trouble> {
        let (Some(entries), Some(spans)) = (self.user.get(CADENCE), self.spans.get(CADENCE)) else { return Ok(()) };
        let whole = || {
            let required = words("这里应为 [[cadence]] 条目", "[[cadence]] entries are required here");
            self.file.trouble(spans.span().start, required)
        };
        let spans = spans.get_ref().as_array().ok_or_else(whole)?;
        let mut items: Vec<&str> = Vec::new();
        for (entry, span) in entries.as_array().ok_or_else(whole)?.iter().zip(spans.iter()) {
            let place = span.span().start;
            let table = entry
                .as_table()
                .ok_or_else(|| self.file.trouble(place, words("这里应为一个表", "a table is required here")))?;
            self.check_entry(rule, table, span)?;
            let item = table["item"].as_str().unwrap_or_default();
            if items.contains(&item) {
                let twice = say(format!("[[cadence]] 中 {item} 出现了两次"), format!("[[cadence]] has {item} twice"));
                return Err(self.file.trouble(place, twice));
            }
            items.push(item);
        }
        Ok(())
    }

    fn check_entry(&self, rule: &dyn AnyRule, table: &Table, span: &Spanned<DeValue>) -> Result<(), Trouble> {
        let (place, keys) = (span.span().start, span.get_ref().as_table());
        let tried = self.whole(table);
        let judge =
            rule.configure(tried.clone()).map_err(|error| self.wrong_entry(rule, &tried, keys, place, &error))?;
        let idle = entry_of(&*judge).idle_key();
        match idle.and_then(|key| Some((key, table.get(key)?))) {
            None => Ok(()),
            Some((key, value)) => Err(self.wrong_key(keys, place, key, value).required(words(
                "percent 只用于 per = \"manager\" 且有 class 或 only 的条目",
                "percent only with per = \"manager\" and a class or only",
            ))),
        }
    }

    fn wrong_key(&self, keys: Option<&DeTable>, place: usize, key: &str, value: &Value) -> Trouble {
        let named = keys.and_then(|keys| keys.keys().find(|name| name.get_ref() == key));
        let offset = named.map_or(place, |name| name.span().start);
        self.file.trouble(offset, Words::same(format_args!("[[cadence]] {key} = {value}")))
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
        let right = self.right_entry();
        for (key, value) in table {
            let mut tried = right.clone();
            tried.insert(key.clone(), value.clone());
            if let Err(error) = rule.configure(tried) {
                return self.wrong_key(keys, place, key, value).required(demand(&error));
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
