//! What is said about the command line itself: help, version, mistakes.

use super::{Exit, chinese, output};
use crate::lang::Lang;
use crate::quote::tame;
use clap::error::{ContextKind, ErrorKind};
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// `help COMMAND` as `COMMAND --help`: the parser's own `help` knows one language, and no `--lang` behind it.
pub(super) fn help_meant(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let mut first = 1;
    while let Some(option) = arguments.get(first).and_then(|argument| argument.to_str()).filter(|a| a.starts_with('-'))
    {
        first += if option == "--lang" { 2 } else { 1 };
    }
    if arguments.get(first).is_some_and(|argument| argument == "help") {
        arguments.remove(first);
        arguments.push("--help".into());
    }
    arguments
}

/// Prints what the parser has to say, and the exit code that follows.
pub(super) fn answer(error: &clap::Error, lang: Lang) -> ExitCode {
    let asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let said = error.render().to_string();
    let tamed = tame(&said, Some('\n'));
    match chinese(error).filter(|_| lang == Lang::Zh && !asked_for) {
        Some(text) => output::tell(&format!("baifang：错误：{}\n\n更多信息：--help", tame(&text, None))),
        // A shell's `*` can make an argument of any name.
        None if tamed != said => output::tell(tamed.trim_end()),
        None if lang == Lang::Zh && asked_for => {
            let help = chinese::spelled(&error.render().ansi().to_string());
            // Colours go where they can be seen, as the parser has it.
            let _ = anstream::stdout().write_all(help.as_bytes());
        }
        // Where the output is closed there is nobody left to tell.
        None => drop(error.print()),
    }
    ExitCode::from(if asked_for { Exit::Clean as u8 } else { Exit::CouldNotRun as u8 })
}

fn chinese(error: &clap::Error) -> Option<String> {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (arg, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let suggestion = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let suggestion = suggestion.into_iter().find_map(|kind| error.get(kind));
    let suggestion = suggestion.map(|names| names.to_string().replace(", ", "、"));
    let valid = error.get(ContextKind::ValidValue).map(ToString::to_string).filter(|values| !values.is_empty());
    let valid = valid.map(|values| format!("；可用的值：{}", values.replace(", ", "、")));
    let said = match error.kind() {
        ErrorKind::UnknownArgument => format!("未知的参数 {arg}"),
        ErrorKind::InvalidSubcommand => format!("未知的命令 {}", context(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("参数 {arg} 需要一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("参数 {arg} 的值 {value} 无效"),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            other if other == arg || other.is_empty() => format!("参数 {arg} 不能重复给出"),
            other => format!("参数 {arg} 与 {other} 不能同时给出"),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {arg}"),
        ErrorKind::MissingSubcommand => "需要一个命令".to_owned(),
        _ => return None,
    };
    let meant = suggestion.map(|name| format!("；是否应为 {name}？")).unwrap_or_default();
    Some(format!("{said}{}{meant}", valid.unwrap_or_default()))
}
