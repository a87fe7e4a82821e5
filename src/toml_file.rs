//! TOML files of users: read with the place of every key, so that a mistake can be told by its line.

use crate::lang::{Words, say, words};
use crate::trouble::{Trouble, nearest};
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table};

/// A TOML file being read, to say on which line something stands.
pub(crate) struct TomlFile<'a> {
    pub text: &'a str,
    pub shown: &'a str,
}

/// A key with its place.
pub(crate) type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;

impl<'a> TomlFile<'a> {
    /// The file as a table whose keys and values know their places.
    pub(crate) fn parse(&self) -> Result<Spanned<DeTable<'a>>, Trouble> {
        DeTable::parse(self.text).map_err(|error| self.invalid(&error))
    }

    /// The file as plain values. Here numbers are read too: one that is out of all bounds is found only now.
    pub(crate) fn values(&self) -> Result<Table, Trouble> {
        self.text.parse().map_err(|error| self.invalid(&error))
    }

    fn invalid(&self, error: &toml::de::Error) -> Trouble {
        let place = error.span().map_or(0, |span| span.start);
        let message = error.message();
        let found = say(format!("不是有效的 TOML：{message}"), format!("not valid TOML: {message}"));
        self.trouble(place, found).remedy(words(
            "写作 名称 = 值：文字加双引号，表头写作 [表]，每个名称在一个表中只出现一次",
            "write name = value, with texts in double quotes and tables as [table]; a table has a name once",
        ))
    }

    /// The 1-based line of a byte offset.
    pub(crate) fn line(&self, offset: usize) -> u64 {
        1 + self.text.as_bytes()[..offset.min(self.text.len())].iter().filter(|b| **b == b'\n').count() as u64
    }

    /// Trouble at a byte offset.
    pub(crate) fn trouble(&self, offset: usize, found: Words) -> Trouble {
        Trouble::new(found).file(self.shown).line(self.line(offset))
    }

    /// A name that is not one of those known here.
    pub(crate) fn unknown(&self, key: &Key, what: &str, known: &[&str]) -> Trouble {
        let trouble = self.trouble(key.span().start, say(format!("未知的名称 {what}"), format!("unknown name {what}")));
        match nearest(key.get_ref(), known.iter().copied()) {
            Some(name) => trouble.remedy(say(format!("是否应为 {name}？"), format!("did you mean {name}?"))),
            None if known.is_empty() => trouble,
            None => {
                trouble.required(say(format!("以下之一：{}", known.join("、")), format!("one of {}", known.join(", "))))
            }
        }
    }

    /// The value as a table.
    pub(crate) fn table<'t>(&self, value: &'t Spanned<DeValue<'a>>) -> Result<&'t DeTable<'a>, Trouble> {
        value
            .get_ref()
            .as_table()
            .ok_or_else(|| self.trouble(value.span().start, words("这里应为一个表", "a table is required here")))
    }
}
