//! The corpus of layouts: invented exports of many systems, each with what is right, read by what `init --from` proposes.
//!
//! A layout is a text under `tests/layouts`: a sentence, then its tables. `== FILE → kind` (or `== FILE [SHEET] → kind`) heads
//! the rows of a table, `none` being one that must not be read. Behind the rows stands the truth: `-- column = header`
//! (`?=` where it may be left out, `A | B` where either will do), `-- column: word = value` for words that must be proposed,
//! `-- column: word open` for those that nobody can tell, `-- lacks column`, `-- matrix`.
//!
//! Scored are the edits that it takes (what is not found or proposed), what is proposed wrongly, and columns found. Those
//! under `holdout` were written when the guesser was done, and have changed it only afterwards.

use crate::harness::{Ran, Site, root};
use rust_xlsxwriter::Workbook;
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table as Toml, Value};

/// One table of a layout, and what is right.
#[derive(Default)]
struct Table {
    file: String,
    sheet: Option<String>,
    kind: String,
    rows: Vec<Vec<String>>,
    columns: Vec<Truth>,
    words: Vec<(String, String, Vec<String>)>,
    open: BTreeSet<(String, String)>,
    lacks: bool,
    is_matrix: bool,
}

/// The headers that a column may be read from.
struct Truth {
    column: String,
    headers: Vec<String>,
    may_lack: bool,
}

#[derive(Default)]
struct Score {
    edits: Vec<String>,
    wrong: Vec<String>,
    found: usize,
    there: usize,
}

/// The alternatives of a truth.
fn alternatives(text: &str) -> Vec<String> {
    text.split(" | ").map(str::to_owned).collect()
}

fn parse(text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for line in text.lines().skip(1) {
        if let Some(head) = line.strip_prefix("== ") {
            let (name, kind) = head.split_once(" → ").expect("a kind");
            let (file, sheet) = match name.strip_suffix(']').and_then(|name| name.split_once(" [")) {
                Some((file, sheet)) => (file, Some(sheet.to_owned())),
                None => (name, None),
            };
            tables.push(Table { file: file.to_owned(), sheet, kind: kind.to_owned(), ..Table::default() });
            continue;
        }
        let table = tables.last_mut().expect("a table");
        match line.strip_prefix("-- ") {
            Some(truth) => table.learn(truth),
            None => {
                let mut reader =
                    csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
                let row = reader.records().next().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
                table.rows.push(row.unwrap_or_default());
            }
        }
    }
    tables
}

impl Table {
    fn learn(&mut self, truth: &str) {
        if truth == "matrix" {
            self.is_matrix = true;
        } else if truth.starts_with("lacks ") {
            self.lacks = true;
        } else if let Some((column, header)) = truth.split_once(" ?= ") {
            self.columns.push(Truth { column: column.to_owned(), headers: alternatives(header), may_lack: true });
        } else if let Some((column, word)) = truth.split_once(": ") {
            let column = column.to_owned();
            match word.strip_suffix(" open") {
                Some(word) => drop(self.open.insert((column, word.to_owned()))),
                None => {
                    let (word, value) = word.split_once(" = ").expect("a value");
                    self.words.push((column, word.to_owned(), alternatives(value)));
                }
            }
        } else {
            let (column, header) = truth.split_once(" = ").expect("a header");
            self.columns.push(Truth { column: column.to_owned(), headers: alternatives(header), may_lack: false });
        }
    }

    fn called(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{}[{sheet}]", self.file),
            None => self.file.clone(),
        }
    }
}

/// Writes the layout's files into `data`.
fn write(tables: &[Table], mut site: Site) -> Site {
    let files: BTreeSet<&str> = tables.iter().map(|table| table.file.as_str()).collect();
    for file in files {
        let of_file: Vec<&Table> = tables.iter().filter(|table| table.file == file).collect();
        let path = format!("data/{file}");
        if of_file[0].sheet.is_none() {
            let mut text = csv::WriterBuilder::new().flexible(true).from_writer(vec![]);
            of_file[0]
                .rows
                .iter()
                .filter(|row| !row.is_empty())
                .for_each(|row| text.write_record(row).expect("written"));
            site = site.with(&path, text.into_inner().expect("a text"));
            continue;
        }
        let mut book = Workbook::new();
        for table in of_file {
            let sheet = book.add_worksheet().set_name(table.sheet.as_deref().expect("a sheet")).expect("a name");
            for (row, cells) in (0..).zip(&table.rows) {
                for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                    sheet.write(row, column, cell).expect("a cell");
                }
            }
        }
        book.save(site.path(&path)).expect("a workbook");
    }
    site
}

/// What is proposed: as lines, and for columns that need none as comments.
fn proposed(text: &str) -> (BTreeMap<(String, String), Vec<String>>, Toml) {
    let mut columns: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut kind = String::new();
    for line in text.lines() {
        if let Some(path) = line.strip_prefix('[') {
            kind = path.trim_end_matches(']').strip_prefix("columns.").unwrap_or_default().to_owned();
            continue;
        }
        let line = line.trim_start_matches("# ");
        let parsed: Option<Toml> = line.parse().ok().filter(|_| !kind.is_empty());
        for (column, value) in parsed.into_iter().flatten() {
            columns.entry((kind.clone(), column)).or_default().extend(texts(&value));
        }
    }
    (columns, text.parse().expect("TOML"))
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(several) => several.iter().flat_map(texts).collect(),
        other => panic!("{other}"),
    }
}

/// The kind that the first lines of what is said give each table.
fn kinds(said: &str, tables: &[Table]) -> BTreeMap<String, String> {
    let lines: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    let kind = |table: &Table| {
        let is_only = tables.iter().filter(|other| other.file == table.file).count() == 1;
        let called = if is_only { table.file.clone() } else { table.called() };
        let blanks = called.split_whitespace().count();
        let line = lines.iter().find(|words| words.len() > blanks && words[..blanks].join(" ") == called)?;
        Some((table.called(), line[blanks].to_owned()))
    };
    tables.iter().filter_map(kind).collect()
}

fn score(tables: &[Table]) -> Score {
    let site = write(tables, Site::bare());
    let mut command = site.command("init --from data --lang en");
    let ran = Ran::of(command.env("COLUMNS", "400"));
    let mut score = Score::default();
    let text = std::fs::read_to_string(site.path("data/columns.toml")).unwrap_or_default();
    let (columns, toml) = proposed(&text);
    let kinds = kinds(&ran.err, tables);
    for table in tables {
        let kind = kinds.get(&table.called()).map_or("none", |kind| if kind == "?" { "none" } else { kind });
        let is_right = kind == table.kind;
        if !is_right {
            let list = if kind == "none" { &mut score.edits } else { &mut score.wrong };
            list.push(format!("{} is {kind}", table.called()));
        }
        if table.is_matrix && !ran.err.contains("a matrix with a column a day") {
            score.edits.push(format!("{} is not said to be a matrix", table.called()));
        }
        compare_columns(table, is_right, &columns, &mut score);
    }
    compare_words(tables, &toml, &mut score);
    compare_reading(tables, &site, &mut score);
    score
}

fn compare_columns(
    table: &Table,
    is_right: bool,
    columns: &BTreeMap<(String, String), Vec<String>>,
    score: &mut Score,
) {
    let has = |header: &String| {
        let cells = || table.rows.iter().flatten();
        let is_there = |part: &str| cells().any(|cell| cell == part);
        is_there(header) || header.split('/').all(is_there)
    };
    for truth in table.columns.iter().filter(|_| table.kind != "none") {
        let key = (table.kind.clone(), truth.column.clone());
        let headers: Vec<&String> = columns.get(&key).into_iter().flatten().filter(|header| has(header)).collect();
        score.there += usize::from(!truth.may_lack);
        match headers.iter().any(|header| truth.headers.contains(header)) {
            true => score.found += usize::from(!truth.may_lack),
            false if !is_right || headers.is_empty() && truth.may_lack => {}
            false if headers.is_empty() => score.edits.push(format!("{}.{} is not found", key.0, key.1)),
            false => score.wrong.push(format!("{}.{} = {headers:?}", key.0, key.1)),
        }
    }
    let is_told = |column: &str| table.columns.iter().any(|truth| truth.column == column);
    for ((_, column), headers) in columns.iter().filter(|((kind, column), _)| *kind == table.kind && !is_told(column)) {
        let headers: Vec<&String> = headers.iter().filter(|header| has(header)).collect();
        if !headers.is_empty() {
            score.wrong.push(format!("{}.{column} = {headers:?}, which it has not", table.kind));
        }
    }
}

fn compare_words(tables: &[Table], toml: &Toml, score: &mut Score) {
    let mut given: BTreeMap<(String, String, String), String> = BTreeMap::new();
    for (kind, columns) in toml.get("values").and_then(Value::as_table).into_iter().flatten() {
        for (column, values) in columns.as_table().into_iter().flatten() {
            for (value, words) in values.as_table().into_iter().flatten() {
                for word in texts(words) {
                    given.insert((kind.clone(), column.clone(), word), value.clone());
                }
            }
        }
    }
    for table in tables {
        for (column, word, values) in &table.words {
            match given.remove(&(table.kind.clone(), column.clone(), word.clone())) {
                Some(value) if values.contains(&value) => {
                    // Another table of the kind may have the word too.
                    given.insert((table.kind.clone(), column.clone(), word.clone()), value);
                }
                Some(value) => score.wrong.push(format!("{}.{column}: {word} = {value}", table.kind)),
                None if values.contains(word) => {}
                None => score.edits.push(format!("{}.{column}: {word} is open", table.kind)),
            }
        }
    }
    let is_told = |(kind, column, word): &(String, String, String)| {
        let of_kind = tables.iter().filter(|table| table.kind == *kind);
        of_kind.flat_map(|table| &table.words).any(|(of, told, _)| of == column && told == word)
    };
    let untold = given.iter().filter(|(key, _)| !is_told(key));
    score
        .wrong
        .extend(untold.map(|((kind, column, word), value)| format!("{kind}.{column}: {word} = {value}, untold")));
}

/// With nothing edited `check` reads every cell, but for the words that nobody can tell.
fn compare_reading(tables: &[Table], site: &Site, score: &mut Score) {
    let has = |kind: &str| tables.iter().any(|table| table.kind == kind);
    if !has("customers") || !has("visits") || tables.iter().any(|table| table.lacks) {
        return;
    }
    let ran = site.run("check --data data --format json --findings none");
    if ran.code == 2 {
        score.edits.push(ran.err);
        return;
    }
    let json = ran.json();
    let open: usize = tables.iter().map(|table| table.open.len()).sum();
    let bad: u64 = json.list("inputs").iter().filter_map(|input| input["bad_cells"].as_u64()).sum();
    // A word that nobody can tell rejects its rows where its cell is a key.
    let unread = bad + json.list("rejected").len() as u64;
    if unread > open as u64 || !json.list("unknown_customers").is_empty() {
        score.edits.push(format!("{bad} bad cells; {:?}; {:?}", json.list("rejected"), json.list("unknown_customers")));
    }
}

/// The layouts of a folder, scored; the table is printed.
fn corpus(folder: &str) -> (usize, Score) {
    let path = root().join("tests/layouts").join(folder);
    let entries = std::fs::read_dir(&path).expect("the folder").map(|entry| entry.expect("an entry").path());
    let mut layouts: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    layouts.sort();
    let mut all = Score::default();
    println!("{:<28} {:>5} {:>5}  columns found", "layout", "edits", "wrong");
    for path in &layouts {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).expect("UTF-8");
        let Score { edits, wrong, found, there } = score(&parse(&text));
        println!("{name:<28} {:>5} {:>5}  {found}/{there}", edits.len(), wrong.len());
        edits.iter().chain(&wrong).for_each(|line| println!("    {line}"));
        all.edits.extend(edits.into_iter().map(|line| format!("{name}: {line}")));
        all.wrong.extend(wrong.into_iter().map(|line| format!("{name}: {line}")));
        all.found += found;
        all.there += there;
    }
    println!("{:<28} {:>5} {:>5}  {}/{}", layouts.len(), all.edits.len(), all.wrong.len(), all.found, all.there);
    (layouts.len(), all)
}

fn is_right(folder: &str, least: usize) {
    let (count, score) = corpus(folder);
    assert!(count >= least, "{count} layouts");
    assert!(score.edits.is_empty(), "edits: {:#?}", score.edits);
    assert!(score.wrong.is_empty(), "wrong proposals: {:#?}", score.wrong);
    assert!(score.found * 100 >= score.there * 98, "{} of {} columns are found", score.found, score.there);
}

#[test]
fn every_layout_is_read_with_what_is_proposed() {
    is_right("", 25);
}

#[test]
fn layouts_that_were_held_out_are_read_too() {
    is_right("holdout", 10);
}
