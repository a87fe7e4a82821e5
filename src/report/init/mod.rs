//! `init --from`: what foreign files are taken for, as a columns.toml and as a document.

use crate::cell::{Cell as Read, Sense, example, understood};
use crate::document::{Cell, Column as PageColumn, Document, Table, Tone};
use crate::guess::{FileGuess, Guess, Reason, Strange, Trust};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::{DryRun, Mapping, Preview};
use crate::model::{Column, Field, Kind, Need, unit, vocabulary};
use crate::quote::{quote, some};
use crate::trouble::Trouble;

/// So many rows are shown as they would be understood.
const ROWS: usize = 5;
const SAMPLES: usize = 3;

/// A file and what it is taken for.
#[derive(Clone, Copy)]
pub struct Proposed<'a> {
    pub preview: &'a Preview,
    pub guess: &'a FileGuess,
}

/// The proposed columns.toml.
pub fn columns_toml(files: &[Proposed], lang: Lang) -> String {
    let head = words(
        "# 由 baifang init --from 从表头和内容拟出，请核对每一行。列名 = 您的表头；不对就改，改后保存即可。\n",
        "# Proposed by baifang init --from, from headers and cells: look at each line. Column = your header.\n",
    );
    let mut text = head.get(lang).to_owned();
    for kind in Kind::ALL {
        let of_kind: Vec<&Proposed> = files.iter().filter(|file| file.guess.kind == Some(kind)).collect();
        if !of_kind.is_empty() {
            add_kind(kind, &of_kind, lang, &mut text);
        }
    }
    text
}

fn add_kind(kind: Kind, files: &[&Proposed], lang: Lang, text: &mut String) {
    text.push('\n');
    for file in files {
        let Preview { shown, header_line, .. } = file.preview;
        let place = say(format!("表头在第 {header_line} 行"), format!("header in line {header_line}"));
        let written = written(file.preview);
        text.push_str(&format!("# {} ({}, {})\n", quote(shown, 200), written.get(lang), place.get(lang)));
    }
    text.push_str(&format!("[columns.{}]\n", kind.name()));
    for column in kind.fields().iter().map(|field| field.column) {
        let guesses = || files.iter().filter_map(|file| Some((file, find(file.guess, column)?)));
        let mut headers: Vec<&str> = Vec::new();
        for (file, guess) in guesses().filter(|(_, guess)| guess.needs_line) {
            headers.extend(names(file.preview, &guess.at).filter(|name| !headers.contains(name)).collect::<Vec<_>>());
        }
        let Some((file, guess)) = guesses().min_by_key(|(_, guess)| !guess.needs_line) else { continue };
        let why = why(file.preview, guess, lang);
        match headers[..] {
            [] => {
                let known: Vec<&str> = names(file.preview, &guess.at).collect();
                text.push_str(&format!("# {} = {}   # {why}\n", column.name(), list(&known)));
            }
            _ => text.push_str(&format!("{} = {}   # {why}\n", column.name(), list(&headers))),
        }
    }
    for field in files.iter().flat_map(|file| &file.guess.missing) {
        let lacking = words("缺少：没有找到这一列，请填表头", "lacking: no such column was found; put its header here");
        text.push_str(&format!("# {} = [\"…\"]   # {}\n", field.column.name(), lacking.get(lang)));
    }
    add_words(kind, files, lang, text);
}

/// The encoding of a text, the sheet of a workbook.
fn written(preview: &Preview) -> Words {
    match &preview.sheet {
        Some(sheet) => {
            let name = quote(&sheet.name, 40);
            say(format!("工作表“{name}”"), format!("sheet \"{name}\""))
        }
        None => say(preview.charset.name().to_owned(), preview.charset.name().to_owned()),
    }
}

/// The words that need a spelling: those with a likely meaning as lines, the others to be decided.
fn add_words(kind: Kind, files: &[&Proposed], lang: Lang, text: &mut String) {
    for column in kind.fields().iter().map(|field| field.column) {
        let strange = joined(files, column);
        let Some(values) = vocabulary(kind, column).filter(|_| !strange.is_empty()) else { continue };
        text.push_str(&format!("\n[values.{}.{}]\n", kind.name(), column.name()));
        for value in &values {
            let meant: Vec<&Strange> = strange.iter().filter(|word| word.likely == Some(value)).collect();
            if meant.is_empty() {
                continue;
            }
            let spelled: Vec<&str> = meant.iter().map(|word| word.word.as_str()).collect();
            let counts: Vec<String> = meant.iter().map(|word| format!("× {}", word.count)).collect();
            let (spelled, counts) = (list(&spelled), counts.join(" "));
            let guessed = say(format!("{counts}，按字面猜的"), format!("{counts}, guessed by the word"));
            text.push_str(&format!("{value} = {spelled}   # {}\n", guessed.get(lang)));
        }
        for word in strange.iter().filter(|word| word.likely.is_none()) {
            let (spelled, count) = (list(&[&word.word]), word.count);
            let choices = say(
                format!("× {count}，改为其中之一：{}", values.join("、")),
                format!("× {count}, one of {}", values.join(", ")),
            );
            text.push_str(&format!("# … = {spelled}   # {}\n", choices.get(lang)));
        }
    }
}

/// The strange words of a column in all files of the kind, each once.
fn joined(files: &[&Proposed], column: Column) -> Vec<Strange> {
    let mut all: Vec<Strange> = Vec::new();
    for word in files.iter().flat_map(|file| &file.guess.strange).filter(|word| word.column == column) {
        match all.iter_mut().find(|known| known.word == word.word) {
            Some(known) => known.count += word.count,
            None => all.push(word.clone()),
        }
    }
    all
}

fn find(guess: &FileGuess, column: Column) -> Option<&Guess> {
    guess.guesses.iter().find(|guess| guess.column == column)
}

fn names<'a>(preview: &'a Preview, at: &'a [usize]) -> impl Iterator<Item = &'a str> {
    at.iter().map(|at| preview.header[*at].as_str())
}

/// A TOML list on one line.
fn list(texts: &[&str]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| toml::Value::from(*text).to_string()).collect();
    format!("[{}]", quoted.join(", "))
}

fn trust(trust: Trust) -> Words {
    match trust {
        Trust::Sure => words("确定", "sure"),
        Trust::Likely => words("很可能", "likely"),
        Trust::Unsure => words("存疑", "unsure"),
    }
}

fn reason(reason: Reason) -> Words {
    match reason {
        Reason::Known => words("表头已认识", "the header is known"),
        Reason::Alike => words("表头意思相近", "the header speaks of it"),
        Reason::Fits(percent) => say(format!("{percent}% 的内容相符"), format!("{percent}% of the cells fit")),
        Reason::Joins(percent) => {
            say(format!("{percent}% 的编号在另一文件中也有"), format!("{percent}% of the ids are in another file"))
        }
        Reason::Empty => words("没有内容", "its cells are empty"),
        Reason::OnlyOne => words("只有这一列的内容像", "no other column has such cells"),
    }
}

/// Trust and reasons in a line.
fn grounds(guess: &Guess, lang: Lang) -> String {
    let reasons: Vec<Words> = guess.reasons.iter().copied().map(reason).collect();
    let reasons: Vec<&str> = reasons.iter().map(|reason| reason.get(lang)).collect();
    let trust = trust(guess.trust);
    match lang {
        Lang::Zh => format!("{}：{}", trust.zh, reasons.join("，")),
        Lang::En => format!("{}: {}", trust.en, reasons.join(", ")),
    }
}

/// A guess's comment: trust, reasons, some cells, and what else might be meant.
fn why(preview: &Preview, guess: &Guess, lang: Lang) -> String {
    let mut text = grounds(guess, lang);
    // The file may be passed on; whom to call is nobody's business.
    let is_private =
        matches!(guess.column, Column::Phone | Column::Phone2 | Column::Number | Column::OwnNumber | Column::Contact);
    let cells = if is_private { vec![] } else { samples(preview, guess.at[0]) };
    if !cells.is_empty() {
        let (zh, en) = (some(cells.iter().copied(), "、"), some(cells.iter().copied(), ", "));
        text.push_str(say(format!("；如 {zh}"), format!("; e.g. {en}")).get(lang));
    }
    if !guess.others.is_empty() {
        let (zh, en) = (some(names(preview, &guess.others), "、"), some(names(preview, &guess.others), ", "));
        text.push_str(say(format!("；也可能是 {zh}"), format!("; it may also be {en}")).get(lang));
    }
    text
}

/// The first different values of a column.
fn samples(preview: &Preview, at: usize) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for cell in preview.rows.iter().map(|row| row[at].as_str()).filter(|cell| !cell.is_empty()) {
        if !found.contains(&cell) {
            found.push(cell);
        }
        if found.len() == SAMPLES {
            break;
        }
    }
    found
}

/// What each file is taken for, its first rows as they would be understood, and how reading it would go. `trials` has as
/// many elements as there are files with a kind.
pub fn document(files: &[Proposed], trials: &[Result<DryRun, Trouble>], mapping: &Mapping, lang: Lang) -> Document {
    let mut document = Document::default();
    let mut trials = trials.iter();
    for file in files {
        let Some(kind) = file.guess.kind else {
            unrecognised(file, &mut document, lang);
            continue;
        };
        let Preview { shown, rows, goes_on, .. } = file.preview;
        let more = if *goes_on { "+" } else { "" };
        let (named, kind_name, count, written) = (quote(shown, 200), kind.name(), rows.len(), written(file.preview));
        let heading = say(
            format!("{named} → {kind_name}（{}，{count}{more} 行）", written.zh),
            format!("{named} → {kind_name} ({}, {count}{more} rows)", written.en),
        );
        document.heading(heading.get(lang));
        document.table(guesses(file, lang));
        document.text(words("前几行会这样理解：", "The first rows would be understood so:").get(lang));
        document.table(first_rows(kind, file, mapping, lang));
        add_leftovers(file, &mut document, lang);
        if let Some(trial) = trials.next() {
            document.text(outcome(trial, lang));
        }
    }
    document
}

fn unrecognised(file: &Proposed, document: &mut Document, lang: Lang) {
    document.heading(quote(&file.preview.shown, 200));
    let headers = |separator| some(file.preview.header.iter().map(String::as_str), separator);
    let kinds = Kind::ALL.map(|kind| format!("--{}", kind.name()));
    let text = say(
        format!("看不出是哪类文件；表头：{}。检查时用 {} 之一指定", headers("、"), kinds.join("、")),
        format!(
            "its kind cannot be told; headers: {}. Name it to check with one of {}",
            headers(", "),
            kinds.join(", ")
        ),
    );
    document.text(text.get(lang));
}

fn guesses(file: &Proposed, lang: Lang) -> Table {
    let row = |guess: &Guess| {
        let headers: Vec<&str> = names(file.preview, &guess.at).collect();
        let tone = if guess.trust == Trust::Unsure { Tone::Waiting } else { Tone::Plain };
        vec![
            Cell::new(guess.column.name()),
            Cell::new(quote(&headers.join(" + "), 60)),
            Cell::toned(grounds(guess, lang), tone),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = file.guess.guesses.iter().map(row).collect();
    let lacking = words("缺少", "lacking");
    let missing =
        |column: Column| [column.name(), "?", lacking.get(lang)].map(|text| Cell::toned(text, Tone::Bad)).to_vec();
    rows.extend(file.guess.missing.iter().map(|field| missing(field.column)));
    let columns = [words("列", "column"), words("表头", "header"), words("依据", "why")];
    let columns = columns.iter().map(|head| PageColumn::left(head.get(lang))).collect();
    Table { columns, rows, headed: true, breaks: false }
}

fn first_rows(kind: Kind, file: &Proposed, mapping: &Mapping, lang: Lang) -> Table {
    let guesses = &file.guess.guesses;
    let cell = |row: &[String], guess: &Guess| {
        let at = guess.at.iter().find(|at| !row[**at].is_empty()).unwrap_or(&guess.at[0]);
        let Some(field) = kind.field(guess.column) else { return Cell::new("") };
        let unit = unit::named(&file.preview.header[*at]).ok().flatten();
        let sense = Sense {
            unit,
            has_day: has_day(kind, guess.column, guesses),
            added: &|word| mapping.value(kind, guess.column, word),
        };
        match understood(field, &row[*at], sense) {
            Read::Value(value) => Cell::new(quote(&value, 30)),
            Read::Empty if !rejects(kind, field, guesses) => Cell::new(""),
            _ => Cell::toned(format!("✗ {}", quote(&row[*at], 30)), Tone::Bad),
        }
    };
    let row = |(number, row): (usize, &Vec<String>)| {
        let mut cells = vec![Cell::integer(number as u64 + 1)];
        cells.extend(guesses.iter().map(|guess| cell(row, guess)));
        cells
    };
    let mut columns = vec![PageColumn::right(words("行", "row").get(lang))];
    columns.extend(guesses.iter().map(|guess| PageColumn::left(guess.column.name())));
    let rows = file.preview.rows.iter().take(ROWS).enumerate().map(row).collect();
    Table { columns, rows, headed: true, breaks: true }
}

/// Whether an empty cell rejects its row: of columns of which one will do, where the file has no other.
fn rejects(kind: Kind, field: &Field, guesses: &[Guess]) -> bool {
    let is_other = |guess: &Guess| {
        guess.column != field.column && kind.field(guess.column).is_some_and(|other| other.need == Need::OneOf)
    };
    match field.need {
        Need::Key => true,
        Need::OneOf => !guesses.iter().any(is_other),
        _ => false,
    }
}

/// Whether a time alone in a column has a day to lie on: that of the row.
fn has_day(kind: Kind, column: Column, guesses: &[Guess]) -> bool {
    match (kind, column) {
        (Kind::Visits, Column::StartedAt) => guesses.iter().any(|guess| guess.column == Column::Date),
        (kind, _) => matches!(kind, Kind::Visits | Kind::Days),
    }
}

/// Headers that give nothing, and words that have to be decided.
fn add_leftovers(file: &Proposed, document: &mut Document, lang: Lang) {
    let used = |at: &usize| file.guess.guesses.iter().any(|guess| guess.at.contains(at));
    let header = &file.preview.header;
    let unused: Vec<&str> = (0..header.len())
        .filter(|at| !used(at))
        .map(|at| header[at].as_str())
        .filter(|name| !name.is_empty())
        .collect();
    if !unused.is_empty() {
        let listed = |separator| some(unused.iter().copied(), separator);
        document.text(say(format!("不用的列：{}", listed("、")), format!("not used: {}", listed(", "))).get(lang));
    }
    for word in file.guess.strange.iter().filter(|word| word.likely.is_none()) {
        let (column, shown, count) = (word.column.name(), quote(&word.word, 40), word.count);
        let text = say(
            format!("{column} “{shown}” × {count}：不认识，请在 columns.toml 中写明"),
            format!("{column} \"{shown}\" × {count}: not known, to be decided in columns.toml"),
        );
        document.text(text.get(lang));
    }
}

/// How reading the file would go.
fn outcome(trial: &Result<DryRun, Trouble>, lang: Lang) -> String {
    let trial = match trial {
        Ok(trial) => trial,
        Err(trouble) => return trouble.show(lang),
    };
    let (usable, rejected) = (trial.usable, trial.rejected.len() as u64);
    let read = say(format!("试读：{usable} 行可用"), format!("Tried: {} can be used", counted(usable, "row")));
    let Some(first) = trial.rejected.first() else { return read.get(lang).to_owned() };
    let example = example(first.reject.column, &first.reject.cell, &first.reject.why);
    let refused =
        say(format!("，{rejected} 行会被拒绝，首例："), format!(", {rejected} would be rejected, the first: "));
    read.then(&refused).then(&example).get(lang).to_owned()
}
