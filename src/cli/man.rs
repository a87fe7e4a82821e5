//! `baifang man`: the manual, from the command line's own help.

use super::output::{Content, Readers};
use super::{Exit, args, output};
use crate::lang::Lang;
use clap::{ArgMatches, Command};
use clap_mangen::Man;
use std::path::PathBuf;

/// Headings that are written in English whatever the language is.
const HEADINGS: [(&str, &str); 6] = [
    ("NAME", "名称"),
    ("SYNOPSIS", "用法"),
    ("DESCRIPTION", "说明"),
    ("SUBCOMMANDS", "命令"),
    ("EXTRA", "补充"),
    ("VERSION", "版本"),
];

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    Command::new("man")
        .about(text("输出手册页", "Print the manual page, or write all of them"))
        .after_help(text(
            "例：baifang man --dir ~/.local/share/man/man1，然后 man baifang-check\n\
             \u{3000}\u{3000}baifang man | man -l -",
            "Example: baifang man --dir ~/.local/share/man/man1, and then man baifang-check\n\
             \x20        baifang man | man -l -",
        ))
        .arg(args::file("dir", "DIR").conflicts_with("output").help(text(
            "把所有手册页（baifang.1、baifang-check.1 等）写入此文件夹",
            "write all pages (baifang.1, baifang-check.1 …) into this folder",
        )))
        .arg(args::output_file(lang))
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Exit> {
    // Built, subcommands know that they are called `baifang check` and not `check`.
    let mut program = args::command(lang).disable_help_subcommand(true);
    program.build();
    match matches.get_one::<PathBuf>("dir") {
        Some(folder) => {
            let mut files = vec![("baifang.1".to_owned(), page(&program, lang)?)];
            for command in program.get_subcommands() {
                files.push((format!("baifang-{}.1", command.get_name()), page(command, lang)?));
            }
            output::write_folder(folder, files)?;
        }
        None => output::stage(matches, Content::Bytes(page(&program, lang)?), Readers::Usual)?.commit()?,
    }
    Ok(Exit::Clean)
}

fn page(command: &Command, lang: Lang) -> std::io::Result<Vec<u8>> {
    let name = command.get_display_name().unwrap_or("baifang").to_owned();
    let mut page = Vec::new();
    Man::new(command.clone().name(name)).render(&mut page)?;
    Ok(match lang {
        Lang::En => page,
        Lang::Zh => in_chinese(&String::from_utf8_lossy(&page)).into_bytes(),
    })
}

fn in_chinese(page: &str) -> String {
    let line = |line: &str| {
        let heading = line.strip_prefix(".SH ");
        match HEADINGS.iter().find(|(english, _)| heading == Some(english)) {
            Some((_, chinese)) => format!(".SH {chinese}\n"),
            None => format!("{line}\n"),
        }
    };
    page.lines().map(line).collect()
}
