//! `baifang init --from`: foreign files looked at, a columns.toml proposed, and what to run next.

use super::output::{self, Content, Readers};
use super::{Exit, inputs, session};
use crate::file_name;
use crate::guess::{FileGuess, guess};
use crate::lang::{Lang, Words, say, words};
use crate::load::{self, Charset, Corrections, DryRun, Mapping, Options, Preview, Source};
use crate::model::{Kind, Settings};
use crate::quote::{shell, tame};
use crate::render::text;
use crate::report::init::{self as proposal, Findings, Proposed};
use crate::trouble::Trouble;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// Where the proposal goes unless told otherwise.
const USUAL_FILE: &str = "columns.toml";
/// Of so many tables it is told why they are none.
const MOST_REASONS: usize = 5;

pub(super) fn run(matches: &ArgMatches, from: Vec<PathBuf>, lang: Lang) -> Result<Exit, Trouble> {
    let folder = only_folder(&from);
    let target = target(matches, folder);
    if let Some(target) = target.as_deref().filter(|_| !matches.get_flag("force")) {
        unless_there(target)?;
    }
    let paths = files(&from)?;
    paths.iter().for_each(|path| inputs::note(path));
    let settings = session::read_rules(None)?.settings;
    let encoding = session::read_encoding(matches)?;
    let sheets: Vec<String> = matches.get_many("sheet").unwrap_or_default().cloned().collect();
    let (mut previews, mut unread) = (Vec::new(), Vec::new());
    for path in &paths {
        match load::previews(path, &file_name::shown(path), encoding, &sheets, settings.max_unpacked) {
            Ok(tables) => previews.extend(tables.into_iter().map(|preview| (path.clone(), preview))),
            Err(trouble) => unread.push(trouble),
        }
    }
    let (paths, previews): (Vec<PathBuf>, Vec<Preview>) = previews.into_iter().unzip();
    let guesses = guess(&previews);
    let names: Vec<String> = paths.iter().zip(&previews).map(|(path, preview)| name_of(path, preview)).collect();
    let proposed: Vec<Proposed> = names
        .iter()
        .zip(&previews)
        .zip(&guesses)
        .map(|((name, preview), guess)| Proposed { name, preview, guess })
        .collect();
    if guesses.iter().all(|guess| guess.kind.is_none()) {
        return Err(unread.into_iter().next().unwrap_or_else(|| nothing_known(&proposed)));
    }
    let in_folder = folder.is_some_and(|folder| target.as_deref() == Some(&folder.join(USUAL_FILE)));
    let (columns, mapping) = columns_of(&proposed, folder, encoding, &sheets, settings.max_unpacked, lang)?;
    let sources: Vec<Source> = paths
        .iter()
        .zip(&proposed)
        .filter_map(|(path, file)| {
            let (shown, storage) = (file.preview.shown.clone(), file.preview.storage.clone());
            Some(Source { kind: file.guess.kind?, path: path.clone(), shown, storage })
        })
        .collect();
    let trials = try_all(&sources, &mapping, encoding, &settings);
    write(target.as_deref(), columns)?;
    if !matches.get_flag("quiet") {
        let folders = folder.map(load::folders_in).transpose()?.unwrap_or_default();
        let (files, trials, unread, mapping) = (&proposed[..], &trials[..], &unread[..], &mapping);
        let findings = Findings { files, trials, unread, folders: &folders, mapping };
        let document = proposal::document(&findings, matches.get_flag("verbose"), lang);
        output::tell(text::render(&document, output::page(matches)).trim_end());
        let says_nothing = guesses.iter().all(FileGuess::is_plain) && mapping.is_empty();
        let columns = if in_folder || says_nothing { String::new() } else { named_columns(target.as_deref()) };
        let inputs = inputs(folder, &sources, lang) + &reading(matches) + &columns;
        output::tell(&next(&inputs, target.as_deref(), says_nothing, lang));
    }
    Ok(Exit::Clean)
}

/// The proposed columns.toml, as a text and as it is read.
fn columns_of(
    proposed: &[Proposed],
    folder: Option<&Path>,
    encoding: Option<Charset>,
    sheets: &[String],
    most: u64,
    lang: Lang,
) -> Result<(String, Mapping), Trouble> {
    let columns = proposal::columns_toml(proposed, folder.is_some(), &[], lang);
    let mapping = Mapping::parse(&columns, USUAL_FILE)?;
    let Some(folder) = folder else { return Ok((columns, mapping)) };
    let unclear = unclear_sheets(folder, proposed, &load::Finding { mapping: &mapping, sheets, encoding, most });
    let columns = proposal::columns_toml(proposed, true, &unclear, lang);
    let mapping = Mapping::parse(&columns, USUAL_FILE)?;
    Ok((columns, mapping))
}

/// The folder, where nothing else is looked at.
fn only_folder(from: &[PathBuf]) -> Option<&Path> {
    match from {
        [folder] if folder.is_dir() => Some(folder),
        _ => None,
    }
}

/// The name by which `check` tells what a table is: of what is packed with others, its own.
fn name_of(path: &Path, preview: &Preview) -> String {
    if let Some(within) = &preview.packed {
        return within.rsplit(['/', '\\']).next().unwrap_or(within).to_owned();
    }
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The sheets that `check` would take for another kind than they are, or for none, and that may be told by their names.
fn unclear_sheets<'p>(folder: &Path, proposed: &[Proposed<'p>], finding: &load::Finding) -> Vec<(Kind, &'p str)> {
    let Ok(found) = load::find(Some(folder), &[], finding) else { return vec![] };
    let prefix = format!("{}/", file_name::shown(folder).trim_end_matches('/'));
    let kind_found = |file: &Proposed| {
        let shown = file.preview.shown.strip_prefix(&prefix).unwrap_or(&file.preview.shown);
        found.files.iter().find(|source| source.shown == shown).map(|source| source.kind)
    };
    let of_sheet = |file: &Proposed<'p>| Some((file.guess.kind?, file.preview.sheet.as_ref()?.name.as_str()));
    let all: Vec<(Kind, &str)> = proposed.iter().filter_map(of_sheet).collect();
    let is_clear = |(kind, name): &(Kind, &str)| all.iter().all(|(other, same)| same != name || other == kind);
    let is_unclear = |file: &&Proposed<'p>| file.guess.kind.is_some() && kind_found(file) != file.guess.kind;
    let mut unclear: Vec<(Kind, &str)> =
        proposed.iter().filter(is_unclear).filter_map(of_sheet).filter(is_clear).collect();
    unclear.sort_unstable();
    unclear.dedup();
    unclear
}

/// How reading goes with what is proposed.
fn try_all(
    sources: &[Source],
    mapping: &Mapping,
    encoding: Option<Charset>,
    settings: &Settings,
) -> Vec<Result<DryRun, Trouble>> {
    let options = Options {
        mapping,
        area_code: &settings.area_code,
        encoding,
        details: false,
        max_rejected: settings.max_rejected,
        max_unpacked: settings.max_unpacked,
        corrections: &Corrections::default(),
        as_of: None,
        excusing: &[],
        quality: &settings.quality,
        later_checks: false,
        piece: load::PIECE,
        progress: &|_| (),
    };
    load::dry_run(sources, &options)
}

/// The file to write; none for standard output. What is proposed for a folder lies in it, where `check --data` finds it.
fn target(matches: &ArgMatches, from: Option<&Path>) -> Option<PathBuf> {
    let asked = matches.get_one::<PathBuf>("folder").map(PathBuf::as_path);
    let folder = asked.or(from).map_or(PathBuf::new(), Path::to_owned);
    let given = matches.get_one::<PathBuf>("output").cloned();
    Some(given.unwrap_or_else(|| folder.join(USUAL_FILE))).filter(|path| path.as_os_str() != "-")
}

fn unless_there(target: &Path) -> Result<(), Trouble> {
    if target.symlink_metadata().is_err() || (target.exists() && !target.is_file()) {
        return Ok(());
    }
    Err(Trouble::new(words("已经有这个文件", "it is there already")).file(target.display().to_string()).remedy(words(
        "用 -o 写到别处（-o - 只显示），或加 --force 覆盖",
        "write to another place with -o (-o - only shows it), or give --force",
    )))
}

/// The files named; of a folder, those that are tables by their names.
fn files(from: &[PathBuf]) -> Result<Vec<PathBuf>, Trouble> {
    let mut files = Vec::new();
    for path in from {
        if !path.is_dir() {
            files.extend(Some(path.clone()).filter(|path| !files.contains(path)));
            continue;
        }
        let mut within = load::tables_in(path)?;
        if within.is_empty() {
            let found = words("文件夹中没有表格文件", "there is no table in the folder");
            let remedy = words(
                "给出导出文件所在的文件夹，或逐个给出文件",
                "give the folder that the exports are in, or the files",
            );
            return Err(Trouble::new(found).file(path.display().to_string()).remedy(remedy));
        }
        within.sort();
        within.retain(|path| !files.contains(path));
        files.append(&mut within);
    }
    Ok(files)
}

fn write(target: Option<&Path>, columns: String) -> Result<(), Trouble> {
    let content = Content::Bytes(columns.into_bytes());
    match target {
        None => output::Staged::Stdout(content).commit(),
        Some(target) => {
            let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
            if let Some(folder) = folder {
                std::fs::create_dir_all(folder).map_err(|error| output::unwritable(folder, &error))?;
            }
            output::stage_file(target, content, Readers::Usual)?.commit()
        }
    }
}

fn nothing_known(files: &[Proposed]) -> Trouble {
    let reasons: Vec<Words> = files.iter().take(MOST_REASONS).map(proposal::unrecognised).collect();
    let listed = |of: fn(&Words) -> &str| reasons.iter().map(of).collect::<Vec<_>>().join("; ");
    let trouble = Trouble::new(say(listed(|words| &words.zh), listed(|words| &words.en)));
    trouble.remedy(words(
        "确认是客户、拜访、通话等的明细，表头在前十行内；或自己写 columns.toml（baifang init 会给出样例）",
        "make sure that it is a table of customers, visits, calls … with its header in the first ten rows; or write a columns.toml yourself (baifang init makes an example)",
    ))
}

/// The option that names the columns.toml, where it is not found by itself.
fn named_columns(target: Option<&Path>) -> String {
    format!(" --columns {}", shell(&target.map_or(USUAL_FILE.to_owned(), file_name::shown)))
}

/// What to do with the proposal, and the command to run next.
fn next(inputs: &str, target: Option<&Path>, says_nothing: bool, lang: Lang) -> String {
    let file = tame(&target.map_or(USUAL_FILE.to_owned(), file_name::shown), None);
    let done = match target {
        _ if says_nothing => words(
            "表头和取值都已认识，不用 columns.toml 也能读",
            "Every header and word is known: it takes no columns.toml",
        ),
        Some(_) => say(
            format!("{file} 已写好，请核对（--verbose 列出每一列）"),
            format!("{file} is written: look at it (--verbose lists every column)"),
        ),
        None => say(format!("请核对并存为 {file}"), format!("Look at it, and save it as {file}")),
    };
    let command = format!("baifang check{inputs}");
    let text = done.then(&say(format!("。接下来：\n  {command}"), format!(". Next:\n  {command}")));
    format!("\n{}", text.get(lang))
}

/// The options that name the files: the folder, where it is one; what is still needed is left open.
fn inputs(folder: Option<&Path>, sources: &[Source], lang: Lang) -> String {
    let needed = [Kind::Customers, Kind::Visits].into_iter();
    let lacking: Vec<Kind> = needed.filter(|kind| !sources.iter().any(|source| source.kind == *kind)).collect();
    let given: String = match folder {
        Some(folder) => format!(" --data {}", shell(&file_name::shown(folder))),
        None => {
            let mut named: Vec<String> = Vec::new();
            for source in sources {
                let option = format!(" --{} {}", source.kind.name(), shell(&file_name::shown(&source.path)));
                if !named.contains(&option) {
                    named.push(option);
                }
            }
            named.concat()
        }
    };
    let file = words("文件", "FILE");
    let open = lacking.iter().map(|kind| format!(" --{} {}", kind.name(), file.get(lang)));
    std::iter::once(given).chain(open).collect()
}

/// How the files were read, where that was asked for: they are to be read so again.
fn reading(matches: &ArgMatches) -> String {
    let given =
        |option: &'static str| matches.get_many::<String>(option).unwrap_or_default().map(move |value| (option, value));
    given("encoding").chain(given("sheet")).map(|(option, value)| format!(" --{option} {}", shell(value))).collect()
}
