//! The proposed columns.toml. What stands in cells and names comes into it through a library, or tamed into a comment: it can
//! add nothing of its own.

use super::grounds::{names, why, written};
use super::proposed::{Proposed, find, questions};
use crate::cell::choices;
use crate::guess::{Guess, Strange};
use crate::lang::{Lang, say, words};
use crate::load::{Preview, claimed};
use crate::model::{Column, Kind, vocabulary};
use crate::quote::{acts, quote, some};
use glob::Pattern;
use toml_edit::{Array, DocumentMut, Item, Table, Value};

/// A TOML file that is written from top to bottom; comments stand before what comes next.
#[derive(Default)]
struct Page {
    document: DocumentMut,
    comments: String,
}

impl Page {
    fn comment(&mut self, text: &str) {
        self.comments.push_str(&format!("# {}\n", quote(text, 400)));
    }

    fn blank(&mut self) {
        self.comments.push('\n');
    }

    /// The table of a path, made where it is not there yet.
    fn table(&mut self, path: &[&str]) -> &mut Table {
        let comments = std::mem::take(&mut self.comments);
        let mut table = self.document.as_table_mut();
        for name in path {
            let is_new = !table.contains_key(name);
            let inner = table.entry(name).or_insert_with(|| Item::Table(Table::new()));
            table = inner.as_table_mut().expect("nothing but tables stands there");
            if is_new {
                table.set_implicit(true);
            }
        }
        table.set_implicit(false);
        table.decor_mut().set_prefix(comments);
        table
    }

    /// A line `name = "…"  # why` of a table, or `name = ["…", "…"]`.
    fn line(&mut self, path: &[&str], name: &str, texts: &[&str], why: &str) {
        let comments = std::mem::take(&mut self.comments);
        let mut table = self.document.as_table_mut();
        for name in path {
            table = table[name].as_table_mut().expect("the table has been made");
        }
        let mut value = match texts {
            [one] => value(one),
            several => Value::Array(several.iter().map(|text| value(text)).collect::<Array>()),
        };
        value.decor_mut().set_suffix(format!("   # {}", quote(why, 400)));
        table.insert(name, Item::Value(value));
        if let Some(mut key) = table.key_mut(name) {
            key.leaf_decor_mut().set_prefix(comments);
        }
    }

    fn finish(mut self) -> String {
        self.document.set_trailing(self.comments);
        self.document.to_string()
    }
}

/// A text as TOML has it; what would act on whoever looks at the file is written by its number.
fn value(text: &str) -> Value {
    if !text.contains(|c: char| acts(c) && !c.is_control()) {
        return Value::from(text);
    }
    let written = |c: char| match c {
        c if acts(c) => format!("\\U{:08X}", u32::from(c)),
        '"' | '\\' => format!("\\{c}"),
        c => c.to_string(),
    };
    let written: String = text.chars().map(written).collect();
    format!("\"{written}\"").parse().unwrap_or_else(|_| Value::from(text))
}

/// The proposed columns.toml; `claims` where it is for the folder that the files lie in, so that their names may count;
/// `sheets` are those that neither their names nor their headers tell.
pub fn columns_toml(files: &[Proposed], claims: bool, sheets: &[(Kind, &str)], lang: Lang) -> String {
    let mut page = Page::default();
    let head = words(
        "由 baifang init --from 从表头和内容拟出，请核对。列名 = \"您的表头\"；几个文件的表头不同时写作 [\"甲\", \"乙\"]；不对就改，改后保存即可。",
        "Proposed by baifang init --from, from headers and cells: look at it. Column = \"your header\", or [\"one\", \"other\"] where files differ.",
    );
    page.comment(head.get(lang));
    if claims {
        add_files(files, &mut page, lang);
    }
    add_sheets(sheets, &mut page, lang);
    let of_kind =
        |kind: Kind| -> Vec<&Proposed> { files.iter().filter(|file| file.guess.kind == Some(kind)).collect() };
    for kind in Kind::ALL {
        let files = of_kind(kind);
        if !files.is_empty() {
            add_kind(kind, &files, &mut page, lang);
        }
    }
    for kind in Kind::ALL {
        add_words(kind, &of_kind(kind), &mut page, lang);
    }
    page.finish()
}

/// Headers as a line has them, in a comment.
fn shown(texts: &[&str]) -> String {
    match texts {
        [one] => format!("\"{}\"", quote(one, 60)),
        several => format!("[\"{}\"]", some(several.iter().copied(), "\", \"")),
    }
}

/// The files whose names alone do not tell what they are.
fn add_files(files: &[Proposed], page: &mut Page, lang: Lang) {
    // The sheets of a workbook are told by their headers.
    let is_unclear = |file: &&Proposed| {
        file.guess.kind.is_some() && claimed(file.name) != file.guess.kind && !file.is_one_of_several()
    };
    // What nothing needs may be left out until it is understood, rather than stop everything.
    let is_left = |file: &Proposed| {
        let is_needed = matches!(file.guess.kind, Some(Kind::Customers | Kind::Visits));
        !is_needed && !file.guess.missing.is_empty()
    };
    let (left, unclear): (Vec<&Proposed>, Vec<&Proposed>) =
        files.iter().filter(is_unclear).partition(|file| is_left(file));
    if unclear.is_empty() && left.is_empty() {
        return;
    }
    page.blank();
    for file in left {
        let Some(kind) = file.guess.kind else { continue };
        let (name, lacking): (String, Vec<&str>) = (
            quote(&Pattern::escape(file.name), 200),
            file.guess.missing.iter().map(|field| field.column.name()).collect(),
        );
        let text = say(
            format!(
                "{} = \"{name}\"   # 缺少 {}，先不读这个文件；补上后去掉行首的 # 号",
                kind.name(),
                lacking.join("、")
            ),
            format!(
                "{} = \"{name}\"   # left out for want of {}: take the # away when that is filled in",
                kind.name(),
                lacking.join(", ")
            ),
        );
        page.comment(text.get(lang));
    }
    page.table(&["files"]);
    for kind in Kind::ALL {
        let mut names: Vec<String> = Vec::new();
        for file in unclear.iter().filter(|file| file.guess.kind == Some(kind)) {
            let pattern = Pattern::escape(file.name);
            if !names.contains(&pattern) {
                names.push(pattern);
            }
        }
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let why = words("由内容判断", "told from what is in them");
            page.line(&["files"], kind.name(), &names, why.get(lang));
        }
    }
}

fn add_sheets(sheets: &[(Kind, &str)], page: &mut Page, lang: Lang) {
    if sheets.is_empty() {
        return;
    }
    page.blank();
    page.table(&["sheets"]);
    for kind in Kind::ALL {
        let of_kind = sheets.iter().filter(|(of, _)| *of == kind).map(|(_, name)| Pattern::escape(name));
        let names: Vec<String> = of_kind.collect();
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let why = words("由内容判断", "told from what is in them");
            page.line(&["sheets"], kind.name(), &names, why.get(lang));
        }
    }
}

fn add_kind(kind: Kind, files: &[&Proposed], page: &mut Page, lang: Lang) {
    page.blank();
    for file in files {
        let Preview { shown, header_line, .. } = file.preview;
        let place = say(format!("表头在第 {header_line} 行"), format!("header in line {header_line}"));
        page.comment(&format!("{} ({}, {})", quote(shown, 200), written(file.preview).get(lang), place.get(lang)));
    }
    let path = ["columns", kind.name()];
    page.table(&path);
    for column in kind.fields().iter().map(|field| field.column) {
        let guesses = || files.iter().filter_map(|file| Some((file, find(file.guess, column)?)));
        let mut headers: Vec<&str> = Vec::new();
        for (file, guess) in guesses().filter(|(_, guess)| guess.needs_line) {
            headers.extend(names(file.preview, &guess.at).filter(|name| !headers.contains(name)).collect::<Vec<_>>());
        }
        let of_line = |(_, guess): &(&&Proposed, &Guess)| !guess.needs_line;
        let Some((file, guess)) = guesses().min_by_key(of_line) else { continue };
        let why = why(file.preview, guess, lang);
        if headers.is_empty() {
            let known: Vec<&str> = names(file.preview, &guess.at).collect();
            page.comment(&format!("{} = {}   # {why}", column.name(), shown(&known)));
        } else {
            page.line(&path, column.name(), &headers, &why);
        }
    }
    for file in files {
        questions(file).iter().for_each(|asked| page.comment(asked.get(lang)));
    }
    let mut missing: Vec<Column> =
        files.iter().flat_map(|file| &file.guess.missing).map(|field| field.column).collect();
    missing.sort_by_key(|column| kind.fields().iter().position(|field| field.column == *column));
    missing.dedup();
    for column in missing {
        let lacking = words("缺少：没有找到这一列，请填表头", "lacking: no such column was found; put its header here");
        page.comment(&format!("{} = \"…\"   # {}", column.name(), lacking.get(lang)));
    }
}

/// The words that need a spelling: those with a likely meaning as lines, the others to be decided.
fn add_words(kind: Kind, files: &[&Proposed], page: &mut Page, lang: Lang) {
    for column in kind.fields().iter().map(|field| field.column) {
        let strange = strange_words(files, column);
        let Some(values) = vocabulary(kind, column).filter(|_| !strange.is_empty()) else { continue };
        page.blank();
        let path = ["values", kind.name(), column.name()];
        page.table(&path);
        for value in &values {
            let meant: Vec<&Strange> = strange.iter().filter(|word| word.likely == Some(value)).collect();
            if meant.is_empty() {
                continue;
            }
            let spelled: Vec<&str> = meant.iter().map(|word| word.word.as_str()).collect();
            let counts: Vec<String> = meant.iter().map(|word| format!("× {}", word.count)).collect();
            let counts = counts.join(" ");
            let guessed = say(format!("{counts}，按字面猜的"), format!("{counts}, guessed by the word"));
            page.line(&path, value, &spelled, guessed.get(lang));
        }
        for word in strange.iter().filter(|word| word.likely.is_none()) {
            let (spelled, count) = (quote(&word.word, 60), word.count);
            let offered = choices(kind, column);
            let choices = say(
                format!("… = \"{spelled}\"   # × {count}，请把 … 改为其中之一：{}", offered.join("、")),
                format!("… = \"{spelled}\"   # × {count}, with one of these for …: {}", offered.join(", ")),
            );
            page.comment(choices.get(lang));
        }
    }
}

/// The strange words of a column in all files of the kind, each once.
pub(super) fn strange_words(files: &[&Proposed], column: Column) -> Vec<Strange> {
    let mut all: Vec<Strange> = Vec::new();
    for word in files.iter().flat_map(|file| &file.guess.strange).filter(|word| word.column == column) {
        match all.iter_mut().find(|known| known.word == word.word) {
            Some(known) => known.count += word.count,
            None => all.push(word.clone()),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_who_looks_is_written_by_its_number_and_read_as_it_was() {
        for text in ["进店\u{202e}打卡\u{1b}[2J", "\u{200b}\"a\"\\b", "签到时间"] {
            let written = value(text).to_string();
            assert!(!written.contains(acts), "{written}");
            let read: toml::Table = format!("a = {written}").parse().unwrap();
            assert_eq!(read["a"].as_str(), Some(text));
        }
    }
}
