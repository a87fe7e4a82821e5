//! `init --from`: what foreign files are taken for, as a columns.toml and as a document.

mod columns;
mod detail;
mod grounds;
mod proposed;

pub use columns::columns_toml;

use crate::cell::{Cell as Read, example};
use crate::document::{Cell, Column as PageColumn, Document, Table, Tone};
use crate::guess::{FileGuess, Guess, Reason, Strange, Trust};
use crate::lang::{Lang, Words, counted, say, words};
use crate::load::{DryRun, Folder, Mapping, Preview};
use crate::model::{Kind, Need};
use crate::quote::{quote, some};
use crate::report::remarks::unread_folder;
use crate::trouble::Trouble;
use grounds::{grounds, names, samples, written};
pub use proposed::Proposed;
use proposed::{questions, understood_cell};

/// All that was looked at.
pub struct Findings<'a> {
    pub files: &'a [Proposed<'a>],
    /// How reading goes with what is proposed: as many as there are files with a kind.
    pub trials: &'a [Result<DryRun, Trouble>],
    /// What could not be read at all.
    pub unread: &'a [Trouble],
    /// Folders beside the files, with tables in them.
    pub folders: &'a [Folder],
    /// What is proposed.
    pub mapping: &'a Mapping,
}

impl Proposed<'_> {
    /// The table as it is called within its folder.
    fn called(&self) -> String {
        let packed = self.packed_in().map_or(String::new(), |archive| format!("{archive}/"));
        let name = match &self.preview.sheet {
            Some(sheet) if self.is_one_of_several() => format!("{packed}{}[{}]", self.name, sheet.name),
            _ => format!("{packed}{}", self.name),
        };
        quote(&name, 60)
    }

    /// The name of the archive that it is packed in with others.
    fn packed_in(&self) -> Option<&str> {
        let within = format!("/{}", self.preview.packed.as_ref()?);
        let (archive, _) = self.preview.shown.rsplit_once(&within)?;
        archive.rsplit(['/', '\\']).next()
    }

    /// Whether it is one of several sheets of a workbook.
    fn is_one_of_several(&self) -> bool {
        self.preview.sheet.is_some() && self.preview.shown.ends_with(']')
    }

    /// Whether it has no more than a text in it, as covers have.
    fn is_cover(&self) -> bool {
        let is_read = self.guess.matrix.is_none() && self.preview.other_delimiter().is_none();
        is_read && self.preview.header.iter().filter(|name| !name.is_empty()).count() < 2
    }
}

/// A line a table, and then what somebody should look at; with `verbose` all that was guessed besides.
pub fn document(findings: &Findings, verbose: bool, lang: Lang) -> Document {
    let mut document = Document::default();
    document.table(tables(findings.files, lang));
    add_unused_tables(findings, &mut document, lang);
    add_trials(findings, &mut document, lang);
    let unsure = unsure(findings, lang);
    if !unsure.rows.is_empty() {
        document.heading(words("请核对", "Please look at").get(lang));
        document.table(unsure);
    }
    add_words(findings, &mut document, lang);
    if verbose {
        for file in findings.files {
            let Some(kind) = file.guess.kind else { continue };
            let (written, shown) = (written(file.preview), quote(&file.preview.shown, 200));
            document.heading(say(format!("{shown}（{}）", written.zh), format!("{shown} ({})", written.en)).get(lang));
            detail::add(kind, file, findings.mapping, &mut document, lang);
        }
    }
    document
}

/// A line for each table of a kind: rows, columns found and lacking.
fn tables(files: &[Proposed], lang: Lang) -> Table {
    let row = |file: &Proposed| {
        let Preview { rows, goes_on, header, .. } = file.preview;
        let more = if *goes_on { "+" } else { "" };
        let headers = header.iter().filter(|name| !name.is_empty()).count();
        let mut used: Vec<usize> = file.guess.guesses.iter().flat_map(|guess| guess.at.iter().copied()).collect();
        used.sort_unstable();
        used.dedup();
        let lacking: Vec<&str> = file.guess.missing.iter().map(|field| field.column.name()).collect();
        let kind =
            file.guess.kind.map_or_else(|| Cell::toned("?", Tone::Waiting), |kind| Cell::new(kind_name(kind, lang)));
        vec![
            Cell::new(file.called()),
            kind,
            Cell::new(format!("{}{more}", rows.len())),
            Cell::new(format!("{}/{headers}", used.len())),
            Cell::toned(lacking.join(" "), Tone::Bad),
        ]
    };
    let heads = [
        words("文件", "file"),
        words("类别", "kind"),
        words("行", "rows"),
        words("列", "columns"),
        words("缺少", "lacking"),
    ];
    let column = |(place, head): (usize, &Words)| match place {
        2 | 3 => PageColumn::right(head.get(lang)),
        _ => PageColumn::left(head.get(lang)),
    };
    let columns = heads.iter().enumerate().map(column).collect();
    let rows = files.iter().filter(|file| !file.is_cover()).map(row).collect();
    Table { columns, rows, headed: true, breaks: false }
}

/// A kind in the reader's language, with the name that options and TOML have for it.
fn kind_name(kind: Kind, lang: Lang) -> String {
    let chinese = kind.words().iter().find(|word| !word.is_ascii()).filter(|_| lang == Lang::Zh);
    chinese.map_or(kind.name().to_owned(), |word| format!("{word} {}", kind.name()))
}

/// What cannot be read, and what is no table of any kind.
fn add_unused_tables(findings: &Findings, document: &mut Document, lang: Lang) {
    for trouble in findings.unread {
        let shown = trouble.show(lang);
        document.text(say(format!("读不出：{shown}"), format!("cannot be read: {shown}")).get(lang));
    }
    for folder in findings.folders {
        document.text(unread_folder(folder).get(lang));
    }
    let unknown = || findings.files.iter().filter(|file| file.guess.kind.is_none());
    for file in unknown().filter(|file| !file.is_cover()) {
        document.text(unrecognised(file).get(lang));
    }
    for file in findings.files {
        let shown = quote(&file.preview.shown, 200);
        for asked in questions(file) {
            document.text(say(format!("{shown}：{}", asked.zh), format!("{shown}: {}", asked.en)).get(lang));
        }
    }
    let covers: Vec<String> = unknown().filter(|file| file.is_cover()).map(Proposed::called).collect();
    if !covers.is_empty() {
        let listed = |separator| some(covers.iter().map(String::as_str), separator);
        let text =
            say(format!("没有表格，跳过：{}", listed("、")), format!("no table in it, passed over: {}", listed(", ")));
        document.text(text.get(lang));
    }
}

/// Why a table is of no kind.
pub fn unrecognised(file: &Proposed) -> Words {
    let Preview { shown, header, header_line, .. } = file.preview;
    let shown = quote(shown, 200);
    let listed = |separator| some(header.iter().map(String::as_str).filter(|name| !name.is_empty()), separator);
    let (zh, en) = (listed("、"), listed(", "));
    match &file.guess.matrix {
        Some((first, last)) => {
            let (first, last) = (quote(first, 20), quote(last, 20));
            say(
                format!(
                    "{shown}:{header_line}：这是按天展开的矩阵（一天一列，{first} 至 {last}），读不了；请导出一人一天一行的明细。表头：{zh}"
                ),
                format!(
                    "{shown}:{header_line}: a matrix with a column a day ({first} to {last}), which is not read: a row for each person and day is needed. Headers: {en}"
                ),
            )
        }
        None if file.preview.other_delimiter().is_some() => {
            let between = file.preview.other_delimiter().unwrap_or_default();
            say(
                format!(
                    "{shown}:{header_line}：各列之间是“{between}”，读不了；请导出为逗号、制表符或分号分隔。表头：{zh}"
                ),
                format!(
                    "{shown}:{header_line}: its columns are separated by \"{between}\", which is not read: export it with commas, tabs or semicolons. Headers: {en}"
                ),
            )
        }
        None if file.preview.is_headless => say(
            format!("{shown}：没有表头，第一行就是数据：{zh}。在最上面加一行列名，或连同表头重新导出"),
            format!(
                "{shown}: it has no header, its first row is data: {en}. Put a row of column names on top, or export it again with the header"
            ),
        ),
        None => say(
            format!("{shown}:{header_line}：看不出是哪类表，未用。表头：{zh}"),
            format!("{shown}:{header_line}: its kind cannot be told, so it is not used. Headers: {en}"),
        ),
    }
}

/// What to add to columns.toml for a file that lacks columns: what is proposed for it, if anything is.
pub fn remedy(preview: &Preview, guess: &FileGuess) -> Option<Words> {
    let kind = guess.kind?;
    let is_needed = |one: &&Guess| {
        let need = kind.field(one.column).map(|field| field.need);
        one.needs_line && need.is_some_and(|need| need.is_required() || need == Need::OneOf)
    };
    let line = |one: &Guess| {
        let headers: Vec<String> = names(preview, &one.at).map(|name| toml::Value::from(name).to_string()).collect();
        match &headers[..] {
            [header] => format!("{} = {header}", one.column.name()),
            several => format!("{} = [{}]", one.column.name(), several.join(", ")),
        }
    };
    let acts = |one: &Guess| names(preview, &one.at).any(|name| name.contains(char::is_control));
    let lines: Vec<String> = guess.guesses.iter().filter(is_needed).filter(|one| !acts(one)).map(line).collect();
    if lines.is_empty() {
        return None;
    }
    let (kind, listed) = (kind.name(), |separator| lines.join(separator));
    let add = say(
        format!("在 columns.toml 的 [columns.{kind}] 下加：{}（baifang init --from 也这样拟）", listed("；")),
        format!("add under [columns.{kind}] of columns.toml: {} (as baifang init --from proposes)", listed("; ")),
    );
    let lacking: Vec<&str> = guess.missing.iter().map(|field| field.column.name()).collect();
    if lacking.is_empty() {
        return Some(add);
    }
    let still = |separator| lacking.join(separator);
    Some(add.then(&say(
        format!("；{} 看不出，须您指明或补上", still("、")),
        format!("; for {} nothing can be told: say which it is, or add it", still(", ")),
    )))
}

/// Tables of which not all rows can be used. What lacks a column is said already.
fn add_trials(findings: &Findings, document: &mut Document, lang: Lang) {
    let tried = findings.files.iter().filter(|file| file.guess.kind.is_some()).zip(findings.trials);
    for (file, trial) in tried.filter(|(file, _)| file.guess.missing.is_empty()) {
        let shown = quote(&file.preview.shown, 200);
        match trial {
            Err(trouble) => document.text(trouble.show(lang)),
            Ok(trial) => {
                let (usable, rejected) = (trial.usable, trial.rejected.len() as u64);
                let Some(first) = trial.rejected.first() else { continue };
                let example = example(first.reject.column, &first.reject.cell, &first.reject.why);
                let told = say(
                    format!("{shown}：试读 {usable} 行可用，{rejected} 行会被拒绝，首例："),
                    format!(
                        "{shown}: {} can be used, {rejected} would be rejected, the first: ",
                        counted(usable, "row")
                    ),
                );
                document.text(told.then(&example).get(lang));
            }
        }
    }
}

/// The columns that are unsure or guessed from cells alone, as they would be understood.
fn unsure(findings: &Findings, lang: Lang) -> Table {
    let mut rows = Vec::new();
    for file in findings.files {
        let Some(kind) = file.guess.kind else { continue };
        let is_unsure = |guess: &&Guess| guess.trust == Trust::Unsure || guess.reasons.contains(&Reason::OnlyOne);
        for guess in file.guess.guesses.iter().filter(is_unsure) {
            let Some(field) = kind.field(guess.column) else { continue };
            let headers: Vec<&str> = names(file.preview, &guess.at).collect();
            let read = |cell: &&str| {
                let shown = quote(cell, 30);
                match understood_cell(kind, field, file, guess.at[0], cell, findings.mapping) {
                    Read::Value(value) if value == **cell => shown,
                    Read::Value(value) => format!("{shown} → {}", quote(&value, 30)),
                    Read::Empty => format!("{shown} → {}", words("空", "empty").get(lang)),
                    Read::Unknown(_) => format!("✗ {shown}"),
                }
            };
            let cells: Vec<String> = samples(file.preview, guess.at[0]).iter().map(read).collect();
            rows.push(vec![
                Cell::new(file.called()),
                Cell::new(guess.column.name()),
                Cell::new(quote(&headers.join(" + "), 40)),
                Cell::toned(grounds(guess, lang), Tone::Waiting),
                Cell::new(cells.join(words("、", ", ").get(lang))),
            ]);
        }
    }
    let heads = [
        words("文件", "file"),
        words("列", "column"),
        words("您的表头", "your header"),
        words("依据", "why"),
        words("内容会理解为", "cells as understood"),
    ];
    let columns = heads.iter().map(|head| PageColumn::left(head.get(lang))).collect();
    Table { columns, rows, headed: true, breaks: false }
}

/// Words of other systems: what they are taken for by their letters, and those that somebody has to decide.
fn add_words(findings: &Findings, document: &mut Document, lang: Lang) {
    let (mut guessed, mut open) = (Vec::new(), Vec::new());
    for kind in Kind::ALL {
        let files: Vec<&Proposed> = findings.files.iter().filter(|file| file.guess.kind == Some(kind)).collect();
        for column in kind.fields().iter().map(|field| field.column) {
            let words = columns::strange_words(&files, column);
            let name = format!("{}.{}", kind.name(), column.name());
            let told = |word: &Strange| {
                let (text, count) = (quote(&word.word, 30), word.count);
                word.likely.map_or(format!("{text} × {count}"), |value| format!("{text} → {value} × {count}"))
            };
            for (list, is_guessed) in [(&mut guessed, true), (&mut open, false)] {
                let these = words.iter().filter(|word| word.likely.is_some() == is_guessed);
                let told: Vec<String> = these.map(told).collect();
                if !told.is_empty() {
                    list.push(format!("{name}: {}", some(told.iter().map(String::as_str), ", ")));
                }
            }
        }
    }
    let lists = [
        (guessed, words("按字面猜的取值", "Values guessed by the word")),
        (open, words("不认识的取值，请在 columns.toml 中写明", "Values not known, to be decided in columns.toml")),
    ];
    for (lines, heading) in lists.into_iter().filter(|(lines, _)| !lines.is_empty()) {
        document.heading(heading.get(lang));
        lines.into_iter().for_each(|line| document.text(line));
    }
}
