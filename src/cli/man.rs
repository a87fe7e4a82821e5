//! `baifang man`: the manual, from the command line's own help.

use super::output::{Content, Readers};
use super::{Exit, args, output};
use crate::lang::Lang;
use clap::{ArgMatches, Command};
use clap_mangen::Man;
use std::path::PathBuf;
use unicode_linebreak::linebreaks;
use unicode_width::UnicodeWidthChar;

/// Headings as they are made, in Chinese and in English.
const HEADINGS: [(&str, &str, &str); 6] = [
    ("NAME", "名称", "NAME"),
    ("SYNOPSIS", "用法", "SYNOPSIS"),
    ("DESCRIPTION", "说明", "DESCRIPTION"),
    ("SUBCOMMANDS", "命令", "COMMANDS"),
    ("EXTRA", "说明与示例", "NOTES"),
    ("VERSION", "版本", "VERSION"),
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
    Ok(set(&String::from_utf8_lossy(&page), lang).into_bytes())
}

/// With headings in the language, ragged lines, for Chinese has no blanks to spread, and notes line by line as in help.
fn set(page: &str, lang: Lang) -> String {
    let mut set = String::from(".ad l\n");
    let (mut is_notes, mut is_first) = (false, false);
    for line in page.lines() {
        let Some(heading) = line.strip_prefix(".SH ") else {
            if is_notes && !is_first {
                set.push_str(".br\n");
            }
            is_first = false;
            set.extend([breakable(line).as_str(), "\n"]);
            continue;
        };
        (is_notes, is_first) = (matches!(heading, "EXTRA" | "VERSION"), true);
        let own = HEADINGS.iter().find(|(made, ..)| *made == heading);
        let own = own.map_or(heading, |(_, zh, en)| args::pick(lang, zh, en));
        set.extend([".SH ", own, "\n"]);
    }
    set
}

/// Tells troff where Chinese text may be broken, which it does at blanks alone.
fn breakable(line: &str) -> String {
    if line.starts_with('.') {
        return line.to_owned();
    }
    let mut text = String::new();
    let mut from = 0;
    let wide = |c: Option<char>| c.is_some_and(|c| c.width() == Some(2));
    for (at, _) in linebreaks(line).filter(|(at, _)| *at < line.len()) {
        text.push_str(&line[from..at]);
        if wide(line[..at].chars().next_back()) || wide(line[at..].chars().next()) {
            text.push_str("\\:");
        }
        from = at;
    }
    text + &line[from..]
}
