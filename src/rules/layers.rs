//! A rules.toml laid over the built-in one: which names it may hold, and its tables as typed values, each bad one told by its
//! line.

use super::ALL;
use crate::lang::{Words, say};
use crate::model::demand;
use crate::toml_file::TomlFile;
use crate::trouble::Trouble;
use serde::de::DeserializeOwned;
use toml::de::DeTable;
use toml::{Table, Value};

/// The standard as it ships.
pub const BUILT_IN: &str = include_str!("../../rules.toml");
/// How the built-in copy is called where lines of it are named.
pub(super) const BUILT_IN_NAME: &str = "built-in rules.toml";

/// The user's file over the built-in one.
pub(super) struct Layers<'a> {
    pub(super) file: &'a TomlFile<'a>,
    pub(super) base: Table,
    pub(super) user: Table,
    pub(super) spans: &'a DeTable<'a>,
}

pub(super) const RULES: &str = "rules";
pub(super) const CADENCE: &str = "cadence";
pub(super) const POINTS: &str = "points";
pub(super) const QUALITY: &str = "quality";
/// Keys that every rule has.
pub(super) const COMMON: [&str; 2] = ["severity", "weight"];

impl<'a> Layers<'a> {
    /// A file that has been parsed, over the built-in one.
    pub(super) fn new(file: &'a TomlFile<'a>, spans: &'a DeTable<'a>) -> Result<Self, Trouble> {
        let base = BUILT_IN.parse().expect("the built-in rules.toml is valid TOML");
        Ok(Self { file, base, user: file.values()?, spans })
    }

    /// Unknown tables, rules and keys, with the nearest right name.
    pub(super) fn check_names(&self) -> Result<(), Trouble> {
        for (name, value) in self.spans {
            let table = name.get_ref().as_ref();
            if table == POINTS {
                // None ships.
                continue;
            }
            let Some(base) = self.base.get(table) else {
                if ALL.iter().any(|rule| rule.meta().id == table) {
                    let right = format!("[rules.{table}]");
                    let trouble = self.file.unknown(name, &format!("[{table}]"), &[]);
                    return Err(trouble.remedy(say(format!("是否应为 {right}？"), format!("did you mean {right}?"))));
                }
                let tables: Vec<&str> = self.base.keys().map(String::as_str).chain([POINTS]).collect();
                return Err(self.file.unknown(name, &format!("[{table}]"), &tables));
            };
            if table == RULES {
                self.check_rules(self.file.table(value)?)?;
            } else if let Some(base) = base.as_table() {
                self.check_keys(table, self.file.table(value)?, base, &[])?;
            }
        }
        Ok(())
    }

    fn check_rules(&self, rules: &DeTable) -> Result<(), Trouble> {
        for (id, value) in rules {
            let Some(base) = self.base[RULES].get(id.get_ref().as_ref()) else {
                let ids: Vec<&str> = ALL.iter().map(|rule| rule.meta().id).collect();
                return Err(self.file.unknown(id, &format!("[rules.{}]", id.get_ref()), &ids));
            };
            let base = base.as_table().expect("each rule has a table");
            self.check_keys(&format!("rules.{}", id.get_ref()), self.file.table(value)?, base, &COMMON)?;
        }
        Ok(())
    }

    fn check_keys(&self, table: &str, user: &DeTable, base: &Table, common: &[&str]) -> Result<(), Trouble> {
        for key in user.keys() {
            let known = || base.keys().map(String::as_str).chain(common.iter().copied());
            if !known().any(|name| name == key.get_ref()) {
                let known: Vec<&str> = known().collect();
                return Err(self.file.unknown(key, &format!("[{table}] {}", key.get_ref()), &known));
            }
        }
        Ok(())
    }

    /// Reads a table whose keys the user may have changed one by one, so that a bad value can be told by its line.
    pub(super) fn read<T>(
        &self,
        path: &[&str],
        leave_out: &[&str],
        read: impl Fn(Table) -> Result<T, toml::de::Error>,
    ) -> Result<T, Trouble> {
        let mut table = self.base_table(path);
        let user = find(&self.user, path);
        for (key, value) in user.into_iter().flatten() {
            table.insert(key.clone(), value.clone());
            let mut tried = table.clone();
            leave_out.iter().for_each(|key| drop(tried.remove(*key)));
            if let Err(error) = read(tried) {
                return Err(self.refused(path, key, value, demand(&error)));
            }
        }
        leave_out.iter().for_each(|key| drop(table.remove(*key)));
        Ok(read(table).expect("the built-in table is valid and each of the user's keys was tried"))
    }

    pub(super) fn base_table(&self, path: &[&str]) -> Table {
        find(&self.base, path).cloned().unwrap_or_default()
    }

    fn refused(&self, path: &[&str], key: &str, value: &Value, required: Words) -> Trouble {
        let offset = offset(self.spans, path, key);
        let table = path.join(".");
        self.file.trouble(offset, Words::same(format_args!("[{table}] {key} = {value}"))).required(required)
    }

    /// A table that is no rule.
    pub(super) fn section<T: DeserializeOwned>(&self, name: &str) -> Result<T, Trouble> {
        self.read(&[name], &[], |table| table.try_into())
    }
}

/// Where a key stands in a table; 0 where it does not.
pub(super) fn offset(spans: &DeTable, path: &[&str], key: &str) -> usize {
    let inner = path.iter().try_fold(spans, |table, step| table.get(*step)?.get_ref().as_table());
    let found = inner.and_then(|table| table.keys().find(|name| name.get_ref() == key));
    found.map_or(0, |name| name.span().start)
}

pub(super) fn find<'t>(table: &'t Table, path: &[&str]) -> Option<&'t Table> {
    path.iter().try_fold(table, |table, step| table.get(*step)?.as_table())
}
