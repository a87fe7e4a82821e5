//! The command line in Chinese: what the parser itself says in English only.

use clap::{Arg, ArgAction, Command};

/// Headings of help. The parser ends them with a colon of its own.
const USAGE: &str = "用法";
const COMMANDS: &str = "命令";
const ARGUMENTS: &str = "参数";
const OTHER: &str = "其他";

/// How help calls what is to be given. What must be typed as it stands (`last`, `all`, `.xlsx`) has no other name.
const VALUES: [(&str, &str); 23] = [
    ("A", "前一次.json"),
    ("B", "后一次.json"),
    ("CHECK.json", "结果.json"),
    ("COMMAND", "命令"),
    ("D|today|tomorrow", "日期|today|tomorrow"),
    ("DATE", "日期"),
    ("DATETIME", "日期 时刻"),
    ("DIR", "文件夹"),
    ("FILE", "文件"),
    ("FILE.xlsx|csv", "文件.xlsx|csv"),
    ("FORMAT", "格式"),
    ("ID|NAME", "编号|姓名"),
    ("K", "户数"),
    ("MANAGER", "客户经理"),
    ("N", "数"),
    ("NAME", "名称"),
    ("RULE", "规则"),
    ("TEXT", "文字"),
    ("WHAT", "性质"),
    ("WHEN", "何时"),
    ("YYYY-MM-DD", "年-月-日"),
    ("YYYY-MM|last", "年-月|last"),
    ("YYYYQn", "年Q季"),
];

pub(super) fn localised(command: Command) -> Command {
    let template = format!("{{about-with-newline}}\n{USAGE}：{{usage}}\n\n{{all-args}}{{after-help}}");
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
    command
        .help_template(template.clone())
        .override_usage("baifang <文件夹>\n      baifang <命令> [选项]")
        .subcommand_help_heading(COMMANDS)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help().help_heading(OTHER))
        .disable_version_flag(true)
        .arg(version.help_heading(OTHER))
        .mut_subcommands(move |inner| {
            let mut place = 0;
            let placed = |arg: Arg| {
                place += 1;
                argument(if arg.is_positional() { arg.display_order(place) } else { arg })
            };
            let inner = inner.mut_args(placed).disable_help_flag(true).arg(help().help_heading("输出"));
            let usage = usage(&inner);
            inner.help_template(template.clone()).override_usage(usage)
        })
}

fn help() -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助")
}

fn argument(arg: Arg) -> Arg {
    let arg = if arg.get_help_heading().is_none() { arg.help_heading(ARGUMENTS) } else { arg };
    let value = arg.get_value_names().and_then(|names| names.first()).map(|name| name.to_string());
    let value = value.unwrap_or_else(|| arg.get_id().as_str().to_uppercase());
    let chinese = VALUES.iter().find(|(english, _)| *english == value).map(|(_, chinese)| *chinese);
    let arg = match chinese.filter(|_| arg.get_action().takes_values()) {
        Some(chinese) => arg.value_name(chinese),
        None => arg,
    };
    let usual: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if usual.is_empty() || !arg.get_action().takes_values() {
        return arg;
    }
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    arg.hide_default_value(true).help(format!("{help}（默认 {}）", usual.join("、")))
}

fn usage(command: &Command) -> String {
    let value = |arg: &Arg| arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let mut words = vec![format!("baifang {} [选项]", command.get_name())];
    for arg in command.get_arguments().filter(|arg| arg.is_required_set() || arg.is_positional()) {
        let value = value(arg).unwrap_or_default();
        words.push(match arg.get_long() {
            Some(long) => format!("--{long} <{value}>"),
            None if arg.is_required_set() => format!("<{value}>"),
            None => format!("[{value}]"),
        });
    }
    words.join(" ")
}

/// Headings end with a colon as Chinese has it.
pub(super) fn spelled(help: &str) -> String {
    let line = |line: &str| {
        // What colours the heading stands behind the colon, or before.
        let bare = line.trim_end_matches("\u{1b}[0m");
        let is_heading = bare.ends_with(':') && !bare.starts_with([' ', '\u{3000}']);
        if is_heading { format!("{}：{}", &bare[..bare.len() - 1], &line[bare.len()..]) } else { line.to_owned() }
    };
    help.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
