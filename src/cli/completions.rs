//! `baifang completions`: what a shell needs to complete command lines.

use super::output::{Content, Readers};
use super::{Exit, args, output};
use crate::lang::Lang;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};
use clap_complete::{Shell, generate};

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    Command::new("completions")
        .about(text("输出命令行补全脚本", "Print a script by which a shell completes command lines"))
        .after_help(text(
            "例：baifang completions bash -o ~/.local/share/bash-completion/completions/baifang\n\
             \u{3000}\u{3000}baifang completions fish -o ~/.config/fish/completions/baifang.fish\n\
             \u{3000}\u{3000}baifang completions zsh -o ~/.zfunc/_baifang（~/.zfunc 须在 fpath 中）\n\
             \u{3000}\u{3000}baifang completions powershell -o baifang.ps1（在 $PROFILE 中写 . 路径\\baifang.ps1）",
            "Example: baifang completions bash -o ~/.local/share/bash-completion/completions/baifang\n\
             \x20        baifang completions fish -o ~/.config/fish/completions/baifang.fish\n\
             \x20        baifang completions zsh -o ~/.zfunc/_baifang (~/.zfunc must be in fpath)\n\
             \x20        baifang completions powershell -o baifang.ps1 (and . PATH\\baifang.ps1 in $PROFILE)",
        ))
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(PossibleValuesParser::new(["bash", "zsh", "fish", "powershell"]))
                .hide_possible_values(true)
                .help(text("bash、zsh、fish 或 powershell", "bash, zsh, fish or powershell")),
        )
        .arg(args::output_file(lang))
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Exit> {
    let (shell, mark) = match matches.get_one::<String>("shell").map(String::as_str) {
        Some("zsh") => (Shell::Zsh, ""),
        Some("fish") => (Shell::Fish, ""),
        // Windows PowerShell takes a file without the mark for one in the system's code page.
        Some("powershell") => (Shell::PowerShell, "\u{feff}"),
        _ => (Shell::Bash, ""),
    };
    let to_file = matches.get_one::<std::path::PathBuf>("output").is_some();
    let mut script = if to_file { mark.as_bytes().to_vec() } else { Vec::new() };
    generate(shell, &mut args::command(lang), "baifang", &mut script);
    output::stage(matches, Content::Bytes(script), Readers::Usual)?.commit()?;
    Ok(Exit::Clean)
}
