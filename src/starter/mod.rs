//! A starter folder: the rules, an empty file of each kind with its headers, and how to go on.

use crate::lang::Lang;
use crate::model::{Column, Field, Kind, vocabulary};
use crate::render::csv;
use crate::rules::config::BUILT_IN;

/// The files of the folder by their paths in it, written with `/`.
pub fn files(lang: Lang) -> Vec<(String, Vec<u8>)> {
    let readme = match lang {
        Lang::Zh => include_str!("README.zh.md"),
        Lang::En => include_str!("README.en.md"),
    };
    let mut files = vec![
        ("README.md".to_owned(), readme.as_bytes().to_vec()),
        ("rules.toml".to_owned(), BUILT_IN.as_bytes().to_vec()),
        ("data/columns.toml".to_owned(), columns(lang).into_bytes()),
    ];
    files.extend(Kind::ALL.map(|kind| (format!("data/{}.csv", stem(kind, lang)), empty(kind, lang))));
    files
}

/// The word of the language that claims a file for the kind.
pub fn stem(kind: Kind, lang: Lang) -> &'static str {
    let chinese = kind.words().iter().find(|word| !word.is_ascii());
    match lang {
        Lang::Zh => chinese.unwrap_or(&kind.words()[0]),
        Lang::En => kind.words()[0],
    }
}

/// The header that a column has in the language: its canonical name, or its first Chinese alias.
fn header(field: &Field, lang: Lang) -> &'static str {
    let headers = field.headers();
    let chinese = headers.iter().find(|header| !header.is_ascii());
    match lang {
        Lang::Zh => chinese.unwrap_or(&headers[0]),
        Lang::En => headers[0],
    }
}

/// A file with its header only. Excel takes one with Chinese headers for UTF-8 by the mark alone.
fn empty(kind: Kind, lang: Lang) -> Vec<u8> {
    let headers: Vec<&str> = kind.fields().iter().map(|field| header(field, lang)).collect();
    let mark = if lang == Lang::Zh { csv::BOM } else { &[] };
    [mark, headers.join(",").as_bytes(), b"\r\n"].concat()
}

/// A columns.toml in which every line is a comment: each column with its header, each cell value with its spellings.
fn columns(lang: Lang) -> String {
    let mut text = match lang {
        Lang::Zh => include_str!("columns.zh.toml"),
        Lang::En => include_str!("columns.en.toml"),
    }
    .to_owned();
    for kind in Kind::ALL {
        text.push_str(&format!("\n# [columns.{}]      # {}\n", kind.name(), stem(kind, Lang::Zh)));
        for field in kind.fields() {
            text.push_str(&format!("# {} = [\"{}\"]\n", field.column.name(), header(field, Lang::Zh)));
        }
        for (column, values) in kind.fields().iter().filter_map(|field| words(kind, field.column)) {
            text.push_str(&format!("# [values.{}.{}]      # {}\n", kind.name(), column.name(), values.join(", ")));
        }
    }
    text
}

/// The values of a column that holds one of a few words, unless it is a plain yes or no.
fn words(kind: Kind, column: Column) -> Option<(Column, Vec<&'static str>)> {
    let values = vocabulary(kind, column)?;
    (values != ["yes", "no"]).then_some((column, values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Mapping;

    fn text(name: &str, lang: Lang) -> String {
        let file = files(lang).into_iter().find(|(path, _)| path == name).unwrap();
        String::from_utf8(file.1).unwrap()
    }

    #[test]
    fn every_kind_has_a_file_in_each_language() {
        let names = |lang| files(lang).into_iter().map(|(path, _)| path).collect::<Vec<_>>();
        let (zh, en) = (names(Lang::Zh), names(Lang::En));
        // Beside them a README, rules.toml and columns.toml.
        assert_eq!((zh.len(), en.len()), (Kind::ALL.len() + 3, Kind::ALL.len() + 3));
        assert!(zh.contains(&"data/客户经理名单.csv".to_owned()) && en.contains(&"data/managers.csv".to_owned()));
        for (path, lang) in zh.iter().map(|path| (path, Lang::Zh)).chain(en.iter().map(|path| (path, Lang::En))) {
            let name = path.strip_prefix("data/").filter(|name| name.ends_with(".csv"));
            let told = name.is_none_or(|name| text("README.md", lang).contains(&format!("`{name}`")));
            assert!(told, "README tells of {path}");
        }
    }

    #[test]
    fn the_columns_toml_holds_nothing_until_its_comments_are_opened() {
        for lang in [Lang::Zh, Lang::En] {
            let columns = text("data/columns.toml", lang);
            assert!(columns.lines().all(|line| line.is_empty() || line.starts_with('#')), "{columns}");
            let open: String = columns
                .lines()
                .filter(|line| line.starts_with("# [") || (line.contains(" = [\"") && !line.starts_with("#  ")))
                .map(|line| format!("{}\n", line.trim_start_matches("# ")))
                .collect();
            assert!(open.lines().count() > 80, "{open}");
            Mapping::parse(&open, "columns.toml").unwrap_or_else(|trouble| panic!("{trouble}"));
        }
    }
}
