//! `baifang init`: a starter folder, or a columns.toml proposed from foreign files.

use super::{Exit, args, output, propose};
use crate::file_name;
use crate::lang::{Lang, say, words};
use crate::quote::{shell, tame};
use crate::starter;
use crate::trouble::Trouble;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::{Path, PathBuf};

/// Where a starter folder goes unless told otherwise.
const USUAL_FOLDER: &str = "baifang";

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let args = [
        Arg::new("folder").value_name("DIR").value_parser(value_parser!(PathBuf)).help(text(
            "起步文件夹（默认 baifang）；与 --from 同用时，columns.toml 写入其中",
            "the starter folder (default: baifang); with --from, where columns.toml goes",
        )),
        args::file("from", "FILE").num_args(1..).action(ArgAction::Append).help(text(
            "从这些文件（或文件夹）的表头和内容拟出 columns.toml",
            "propose a columns.toml from the headers and cells of these files, or of a folder's",
        )),
        Arg::new("force")
            .long("force")
            .action(ArgAction::SetTrue)
            .help(text("覆盖已有的文件", "write over files that are there already")),
        Arg::new("verbose")
            .long("verbose")
            .action(ArgAction::SetTrue)
            .requires("from")
            .help(text("列出每一列的依据和前几行", "list every column with its reason, and the first rows")),
    ];
    Command::new("init")
        .about(text(
            "建立起步文件夹，或从您的导出文件拟出 columns.toml",
            "Make a starter folder, or propose a columns.toml from your exports",
        ))
        .after_help(text(
            "例：baifang init 拜访检查（建立规则文件、各类空文件和说明）\n\
             \u{3000}\u{3000}baifang init --from 导出文件夹（拟出 导出文件夹/columns.toml，并列出要核对的）\n\
             已有的文件不会被覆盖，除非加 --force",
            "Example: baifang init visits-2026                 rules, an empty file of each kind, how to go on\n\
             \x20        baifang init --from exports              propose exports/columns.toml, and list what to look at\n\
             Nothing is overwritten without --force",
        ))
        .args(args)
        .args([args::encoding(lang), args::sheet(lang)].map(|arg| arg.requires("from")))
        .args(args::output(lang))
        .mut_arg("output", |arg| arg.requires("from"))
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Exit> {
    if let Some(from) = matches.get_many::<PathBuf>("from") {
        return Ok(propose::run(matches, from.cloned().collect(), lang)?);
    }
    let folder = matches.get_one::<PathBuf>("folder").map_or(Path::new(USUAL_FOLDER), PathBuf::as_path);
    let files = starter::files(lang);
    if !matches.get_flag("force") {
        unless_there(folder, files.iter().map(|(name, _)| name.as_str()))?;
    }
    let count = files.len();
    output::write_folder(folder, files)?;
    let shown = file_name::shown(folder);
    let (shown, typed) = (tame(&shown, None), shell(&shown));
    let done = say(
        format!(
            "已建立 {shown}（{count} 个文件）。接下来看 {shown} 中的 README.md，把数据放进 data，然后：\n  cd {typed}\n  baifang check --data data"
        ),
        format!(
            "{shown}: {count} files. Next: read its README.md, put your data into data, and then\n  cd {typed}\n  baifang check --data data"
        ),
    );
    output::tell(done.get(lang));
    Ok(Exit::Clean)
}

/// Stops where files would be written over, and names them.
fn unless_there<'a>(folder: &Path, names: impl Iterator<Item = &'a str>) -> Result<(), Trouble> {
    let there: Vec<&str> = names.filter(|name| folder.join(name).symlink_metadata().is_ok()).collect();
    if there.is_empty() {
        return Ok(());
    }
    let found = say(format!("已经有：{}", there.join("、")), format!("already there: {}", there.join(", ")));
    let remedy = words(
        "换一个文件夹；或加 --force 覆盖（其中的内容会丢失）",
        "give another folder; or --force, which writes over them: what they hold is lost",
    );
    Err(Trouble::new(found).file(folder.display().to_string()).remedy(remedy))
}
