//! `baifang init --from`: foreign files looked at, a columns.toml proposed, and what to run next.

use super::output::{self, Content, Readers};
use super::{Exit, inputs, session};
use crate::file_name;
use crate::guess::{FileGuess, guess};
use crate::lang::{Lang, say, words};
use crate::load::{self, Charset, Corrections, Mapping, Options, Preview, Source};
use crate::model::Kind;
use crate::quote::{shell, tame};
use crate::render::text;
use crate::report::init::{self as proposal, Proposed};
use crate::trouble::Trouble;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// Where the proposal goes unless told otherwise.
const USUAL_FILE: &str = "columns.toml";

pub(super) fn run(matches: &ArgMatches, from: Vec<PathBuf>, lang: Lang) -> Result<Exit, Trouble> {
    let target = target(matches);
    if let Some(target) = target.as_deref().filter(|_| !matches.get_flag("force")) {
        unless_there(target)?;
    }
    let paths = files(&from)?;
    paths.iter().for_each(|path| inputs::note(path));
    let settings = session::read_rules(None)?.settings;
    let encoding = session::read_encoding(matches)?;
    let sheets: Vec<String> = matches.get_many("sheet").unwrap_or_default().cloned().collect();
    let (paths_of, previews) = tables(&paths, encoding, &sheets, settings.max_unpacked)?;
    let guesses = guess(&previews);
    let proposed: Vec<Proposed> =
        previews.iter().zip(&guesses).map(|(preview, guess)| Proposed { preview, guess }).collect();
    if guesses.iter().all(|guess| guess.kind.is_none()) {
        return Err(nothing_known(&proposed));
    }
    let columns = proposal::columns_toml(&proposed, lang);
    let mapping = Mapping::parse(&columns, USUAL_FILE)?;
    let sources: Vec<Source> = paths_of
        .iter()
        .zip(&proposed)
        .filter_map(|(path, file)| {
            let (shown, storage) = (file.preview.shown.clone(), file.preview.storage.clone());
            Some(Source { kind: file.guess.kind?, path: path.clone(), shown, storage })
        })
        .collect();
    let trials = load::dry_run(
        &sources,
        &Options {
            mapping: &mapping,
            area_code: &settings.area_code,
            encoding,
            details: false,
            max_rejected: settings.max_rejected,
            max_unpacked: settings.max_unpacked,
            corrections: &Corrections::default(),
            as_of: None,
            excusing: &[],
            later_checks: false,
            piece: load::PIECE,
            progress: &|_| (),
        },
    );
    write(target.as_deref(), columns)?;
    if !matches.get_flag("quiet") {
        let document = proposal::document(&proposed, &trials, &mapping, lang);
        output::tell(text::render(&document, output::page(matches)).trim_end());
        let is_plain = |guess: &FileGuess| {
            let is_whole = guess.kind.is_some() && guess.missing.is_empty();
            is_whole && guess.strange.is_empty() && guess.guesses.iter().all(|one| !one.needs_line)
        };
        let says_nothing = guesses.iter().all(is_plain);
        let inputs = inputs(&from, &sources, lang) + &reading(matches);
        output::tell(&next(&inputs, target.as_deref(), says_nothing, lang));
    }
    Ok(Exit::Clean)
}

/// The tables in files, each beside the file that it is in.
fn tables(
    paths: &[PathBuf],
    encoding: Option<Charset>,
    sheets: &[String],
    most: u64,
) -> Result<(Vec<PathBuf>, Vec<Preview>), Trouble> {
    let mut tables = (Vec::new(), Vec::new());
    for path in paths {
        let of_file = load::previews(path, &file_name::shown(path), encoding, sheets, most)?;
        tables.extend(of_file.into_iter().map(|preview| (path.clone(), preview)));
    }
    Ok(tables)
}

/// The file to write; none for standard output.
fn target(matches: &ArgMatches) -> Option<PathBuf> {
    let folder = matches.get_one::<PathBuf>("folder").map_or(PathBuf::new(), PathBuf::clone);
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
    let listed = |separator| {
        let headers = files.iter().flat_map(|file| &file.preview.header);
        crate::quote::some(headers.map(String::as_str), separator)
    };
    let trouble = Trouble::new(say(
        format!("看不出是哪类文件；表头：{}", listed("、")),
        format!("the kind of no file can be told; headers: {}", listed(", ")),
    ));
    let remedy = words(
        "确认是客户、拜访、通话等的明细，表头在前十行内；或自己写 columns.toml（baifang init 会给出样例）",
        "make sure that it is a table of customers, visits, calls … with its header in the first ten rows; or write a columns.toml yourself (baifang init makes an example)",
    );
    trouble.remedy(remedy)
}

/// What to do with the proposal, and the command to run next.
fn next(inputs: &str, target: Option<&Path>, says_nothing: bool, lang: Lang) -> String {
    let file = target.map_or(USUAL_FILE.to_owned(), file_name::shown);
    let named = tame(&file, None);
    let done = match target {
        _ if says_nothing => words(
            "表头和取值都已认识，不用 columns.toml 也能读",
            "Every header and word is known: it takes no columns.toml",
        ),
        Some(_) => say(
            format!("{named} 已写好，请核对（存疑的先看）"),
            format!("{named} is written: look at it, what is unsure first"),
        ),
        None => say(format!("请核对并存为 {named}"), format!("Look at it, and save it as {named}")),
    };
    let columns = if says_nothing { String::new() } else { format!(" --columns {}", shell(&file)) };
    let command = format!("baifang check{inputs}{columns}");
    let text = done.then(&say(format!("。接下来：\n  {command}"), format!(". Next:\n  {command}")));
    format!("\n{}", text.get(lang))
}

/// The options that name the files: the folder, where it is one and its names say what they are.
fn inputs(from: &[PathBuf], sources: &[Source], lang: Lang) -> String {
    let needed = [Kind::Customers, Kind::Visits].into_iter();
    let lacking: Vec<Kind> = needed.filter(|kind| !sources.iter().any(|source| source.kind == *kind)).collect();
    let name = |source: &Source| source.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let are_claimed = || sources.iter().all(|source| load::claimed(&name(source)) == Some(source.kind));
    if let [folder] = from
        && folder.is_dir()
        && lacking.is_empty()
        && are_claimed()
    {
        return format!(" --data {}", shell(&file_name::shown(folder)));
    }
    let given = sources.iter().map(|source| format!(" --{} {}", source.kind.name(), shell(&source.shown)));
    let file = words("文件", "FILE");
    let open = lacking.iter().map(|kind| format!(" --{} {}", kind.name(), file.get(lang)));
    given.chain(open).collect()
}

/// How the files were read, where that was asked for: they are to be read so again.
fn reading(matches: &ArgMatches) -> String {
    let given =
        |option: &'static str| matches.get_many::<String>(option).unwrap_or_default().map(move |value| (option, value));
    given("encoding").chain(given("sheet")).map(|(option, value)| format!(" --{option} {}", shell(value))).collect()
}
