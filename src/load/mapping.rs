//! columns.toml: a site's own headers and cell spellings (SPEC §2.1).
//!
//! ```toml
//! [columns.visits]
//! started_at = ["进店"]          # or a single text
//!
//! [values.customers.class]
//! ordinary = ["加盟终端"]        # or, the other way round, "加盟终端" = "ordinary"
//!
//! [files]
//! visits = ["走访*.xlsx"]        # names of files, or patterns; [sheets] likewise for sheets of workbooks
//! ```

use crate::digest::sha256;
use crate::lang::{say, words};
use crate::model::{Column, Kind, fold, fold_header, vocabulary};
use crate::quote::quote;
use crate::toml_file::{Key, TomlFile};
use crate::trouble::Trouble;
use glob::{MatchOptions, Pattern};
use std::collections::HashMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A columns.toml, as provenance names it: what it says changes what cells mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnsFile {
    pub path: String,
    /// Of its text.
    pub sha256: String,
}

/// What columns.toml adds.
#[derive(Debug, Default)]
pub struct Mapping {
    /// The file it was read from.
    pub file: Option<ColumnsFile>,
    headers: HashMap<(Kind, Column), Vec<String>>,
    spellings: HashMap<(Kind, Column), HashMap<String, &'static str>>,
    files: Vec<(Kind, Pattern)>,
    sheets: Vec<(Kind, Pattern)>,
}

impl Mapping {
    /// Reads the text of a columns.toml; `shown` names it in errors.
    pub fn parse(text: &str, shown: &str) -> Result<Self, Trouble> {
        let file = TomlFile { text, shown };
        let read = ColumnsFile { path: shown.to_owned(), sha256: sha256(text) };
        let mut mapping = Self { file: Some(read), ..Self::default() };
        for (name, value) in file.parse()?.get_ref() {
            let kinds = file.table(value)?;
            match name.get_ref().as_ref() {
                "columns" => mapping.add_headers(&file, kinds)?,
                "values" => mapping.add_spellings(&file, kinds)?,
                "files" => mapping.files = patterns(&file, kinds)?,
                "sheets" => mapping.sheets = patterns(&file, kinds)?,
                other => {
                    let known = ["columns", "values", "files", "sheets"];
                    return Err(file.unknown(name, &format!("[{other}]"), &known));
                }
            }
        }
        Ok(mapping)
    }

    /// The headers added for a column, to be tried before its own.
    pub fn headers(&self, kind: Kind, column: Column) -> &[String] {
        self.headers.get(&(kind, column)).map_or(&[], Vec::as_slice)
    }

    /// The canonical value that an added spelling stands for.
    pub fn value(&self, kind: Kind, column: Column, folded: &str) -> Option<&'static str> {
        self.spellings.get(&(kind, column))?.get(folded).copied()
    }

    /// Whether it adds nothing.
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.spellings.is_empty() && self.files.is_empty() && self.sheets.is_empty()
    }

    /// The kind that `[files]` gives a file of this name.
    pub fn kind_of_file(&self, name: &str) -> Option<Kind> {
        kind_of(&self.files, name)
    }

    /// The kind that `[sheets]` gives a sheet of this name.
    pub fn kind_of_sheet(&self, name: &str) -> Option<Kind> {
        kind_of(&self.sheets, name)
    }

    fn add_headers(&mut self, file: &TomlFile, kinds: &DeTable) -> Result<(), Trouble> {
        for (kind_name, columns) in kinds {
            let kind = file.kind(kind_name)?;
            for (column_name, names) in file.table(columns)? {
                let column = file.column(kind, column_name)?;
                let names = file.texts(names)?.iter().map(|name| fold_header(name).into_owned()).collect();
                self.headers.insert((kind, column), names);
            }
        }
        Ok(())
    }

    fn add_spellings(&mut self, file: &TomlFile, kinds: &DeTable) -> Result<(), Trouble> {
        for (kind_name, columns) in kinds {
            let kind = file.kind(kind_name)?;
            for (column_name, entries) in file.table(columns)? {
                let column = file.column(kind, column_name)?;
                let values = vocabulary(kind, column).ok_or_else(|| no_words(file, kind, column, column_name))?;
                for (key, value) in file.table(entries)? {
                    let texts = file.texts(value)?;
                    let spellings = self.spellings.entry((kind, column)).or_default();
                    let canonical = |text: &str| values.iter().find(|value| **value == text).copied();
                    match (canonical(key.get_ref()), &texts[..]) {
                        (Some(word), spelled) => {
                            spellings.extend(spelled.iter().map(|spelling| (fold(spelling).into_owned(), word)));
                        }
                        (None, [text]) if canonical(text).is_some() => {
                            spellings.extend(canonical(text).map(|word| (fold(key.get_ref()).into_owned(), word)));
                        }
                        _ => return Err(file.unknown(key, key.get_ref(), &values)),
                    }
                }
            }
        }
        Ok(())
    }
}

/// The names and patterns of each kind, folded.
fn patterns(file: &TomlFile, kinds: &DeTable) -> Result<Vec<(Kind, Pattern)>, Trouble> {
    let mut found = Vec::new();
    for (kind_name, names) in kinds {
        let kind = file.kind(kind_name)?;
        for name in file.texts(names)? {
            let pattern = Pattern::new(&fold(&name)).map_err(|error| {
                let (found, why) = (quote(&name, 60), error.msg);
                file.trouble(
                    names.span().start,
                    say(format!("“{found}”不是可用的模式：{why}"), format!("\"{found}\" is no pattern: {why}")),
                )
                .remedy(words(
                    "* 代表任意多个字符，? 代表一个；方括号本身写作 [[] 和 []]",
                    "* stands for any characters, ? for one; a bracket itself is written [[] or []]",
                ))
            })?;
            found.push((kind, pattern));
        }
    }
    Ok(found)
}

/// The kind of the first pattern that a name matches.
fn kind_of(patterns: &[(Kind, Pattern)], name: &str) -> Option<Kind> {
    let name = fold(name);
    let options = MatchOptions { case_sensitive: true, ..MatchOptions::new() };
    patterns.iter().find(|(_, pattern)| pattern.matches_with(&name, options)).map(|(kind, _)| *kind)
}

fn no_words(file: &TomlFile, kind: Kind, column: Column, key: &Key) -> Trouble {
    let (kind, column) = (kind.name(), column.name());
    file.trouble(
        key.span().start,
        say(
            format!("{kind}.{column} 不是取固定值的列，不能增加写法"),
            format!("{kind}.{column} does not hold one of a few words, so spellings cannot be added"),
        ),
    )
}

/// Names and texts of columns.toml.
impl TomlFile<'_> {
    fn kind(&self, key: &Key) -> Result<Kind, Trouble> {
        let names = Kind::ALL.map(Kind::name);
        let found = Kind::ALL.into_iter().find(|kind| kind.name() == key.get_ref());
        found.ok_or_else(|| self.unknown(key, key.get_ref(), &names))
    }

    fn column(&self, kind: Kind, key: &Key) -> Result<Column, Trouble> {
        let columns = || kind.fields().iter().map(|field| field.column);
        let found = columns().find(|column| column.name() == key.get_ref());
        found.ok_or_else(|| {
            let names: Vec<&str> = columns().map(Column::name).collect();
            self.unknown(key, &format!("{}.{}", kind.name(), key.get_ref()), &names)
        })
    }

    /// A text, or a list of texts.
    fn texts(&self, value: &Spanned<DeValue>) -> Result<Vec<String>, Trouble> {
        let wrong = |offset| {
            self.trouble(offset, words("这里应为文字或文字的列表", "a text or a list of texts is required here"))
        };
        match value.get_ref() {
            DeValue::String(text) => Ok(vec![text.to_string()]),
            DeValue::Array(items) => items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned).ok_or_else(|| wrong(item.span().start)))
                .collect(),
            _ => Err(wrong(value.span().start)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_spellings_are_added_either_way_round() {
        let mapping = Mapping::parse(
            "[columns.visits]\nstarted_at = '进店'\nended_at = ['出店', '走']\n\
             [values.customers.class]\nordinary = ['加盟终端']\n'KA店' = 'first_batch'\n",
            "columns.toml",
        )
        .unwrap();
        assert_eq!(mapping.headers(Kind::Visits, Column::StartedAt), ["进店"]);
        assert_eq!(mapping.headers(Kind::Visits, Column::EndedAt), ["出店", "走"]);
        assert_eq!(mapping.value(Kind::Customers, Column::Class, "加盟终端"), Some("ordinary"));
        assert_eq!(mapping.value(Kind::Customers, Column::Class, "ka店"), Some("first_batch"));
        assert_eq!(mapping.value(Kind::Customers, Column::Class, "别的"), None);
    }

    #[test]
    fn files_and_sheets_are_claimed_by_names_and_patterns() {
        let text =
            "[files]\nvisits = ['走访*.XLSX', '明细[[]1].csv']\ncustomers = '台账.csv'\n[sheets]\ncalls = ['通话?']\n";
        let mapping = Mapping::parse(text, "columns.toml").unwrap();
        for (name, kind) in [
            ("走访9月.xlsx", Some(Kind::Visits)),
            ("明细[1].csv", Some(Kind::Visits)),
            ("台账.CSV", Some(Kind::Customers)),
            ("旧台账.csv", None),
        ] {
            assert_eq!(mapping.kind_of_file(name), kind, "{name}");
        }
        assert_eq!(mapping.kind_of_sheet("通话1"), Some(Kind::Calls));
        assert_eq!(mapping.kind_of_sheet("通话"), None);
        let wrong = Mapping::parse("[files]\nvisits = 'a[.csv'\n", "columns.toml").unwrap_err().to_string();
        assert!(wrong.starts_with("columns.toml:2: \"a[.csv\" is no pattern: "), "{wrong}");
    }

    #[test]
    fn mistakes_name_their_line_and_the_nearest_right_name() {
        for (text, message) in [
            ("[column.visits]\n", "columns.toml:1: unknown name [column]\n  remedy: did you mean columns?"),
            ("\n[columns.visit]\n", "columns.toml:2: unknown name visit\n  remedy: did you mean visits?"),
            (
                "[columns.visits]\nstart_at = 'x'\n",
                "columns.toml:2: unknown name visits.start_at\n  remedy: did you mean started_at?",
            ),
            ("[columns.visits]\nmode = 3\n", "columns.toml:2: a text or a list of texts is required here"),
            (
                "[values.customers]\nname = 'x'\n",
                "columns.toml:2: customers.name does not hold one of a few words, so spellings cannot be added",
            ),
            (
                "[values.customers.class]\n'加盟终端' = 'ordinery'\n",
                "columns.toml:2: unknown name 加盟终端\n  required: one of first_batch, second_batch, ordinary, violation, violation_suspended",
            ),
            ("columns = 1\n", "columns.toml:1: a table is required here"),
        ] {
            assert_eq!(Mapping::parse(text, "columns.toml").unwrap_err().to_string(), message);
        }
        let broken = Mapping::parse("[columns\n", "columns.toml").unwrap_err().to_string();
        assert!(broken.starts_with("columns.toml:1: not valid TOML: "), "{broken}");
    }
}
