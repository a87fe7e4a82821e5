//! What the command lines of all commands share, in both languages. The rest of a command's options stand in its own file.

use super::format::Formats;
use super::{COMMANDS, chinese};
use crate::digest;
use crate::lang::{Lang, say, words};
use crate::model::Kind;
use crate::rules::config::{BUILT_IN, STANDARD};
use crate::trouble::Trouble;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::ffi::OsString;
use std::path::PathBuf;

/// The language to speak before the arguments have been read: `--lang`, else the system's.
pub(super) fn spoken(arguments: &[OsString]) -> Lang {
    let texts = || arguments.iter().filter_map(|argument| argument.to_str());
    let joined = texts().find_map(|text| text.strip_prefix("--lang="));
    let apart = texts().skip_while(|text| *text != "--lang").nth(1);
    joined.or(apart).and_then(Lang::parse).unwrap_or_else(Lang::of_system)
}

pub(super) fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| pick(lang, zh, en);
    // On Windows its file has another name, `baifang.exe`.
    let command = Command::new("baifang")
        .bin_name("baifang")
        .version(env!("CARGO_PKG_VERSION"))
        .long_version(edition(lang))
        .about(text(
            "按《客户经理工作规范》检查拜访记录：读入导出的客户、拜访、通话等文件，给出合规表和逐条依据",
            "Judges field visits by the visiting standard: exports in, compliance tables with their evidence out",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .after_help(text(
            "只给一个文件夹，或把文件夹拖到程序上：做完当月的全部工作，结果放在旁边的“文件夹-月报”\n\
             例：baifang 导出文件夹",
            "A folder alone, or one dropped on the program: all of a month, in the folder DIR-月报 beside it\n\
             Example: baifang exports",
        ))
        .arg(language(lang))
        .subcommands(COMMANDS.iter().map(|command| (command.line)(lang)));
    match lang {
        Lang::Zh => chinese::localised(command),
        Lang::En => command,
    }
}

/// The program's version, and by what it judges: the standard, and the first digits of the built-in rules' SHA-256.
fn edition(lang: Lang) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let (standard, rules) = (STANDARD, &digest::sha256(BUILT_IN)[..12]);
    match lang {
        Lang::Zh => format!("{version}\n规范：{standard}\n内置 rules.toml：sha256 {rules}"),
        Lang::En => format!("{version}\nstandard: {standard}\nbuilt-in rules.toml: sha256 {rules}"),
    }
}

/// The language may be given before the command or behind it.
fn language(lang: Lang) -> Arg {
    let text = |zh, en| pick(lang, zh, en);
    Arg::new("lang")
        .long("lang")
        .value_name("zh|en")
        .value_parser(PossibleValuesParser::new(["zh", "en"]))
        .hide_possible_values(true)
        .help(text("语言（默认随系统，csv、json 默认 en）", "language (default: the system's; en for csv and json)"))
        .global(true)
        .help_heading(text("输出", "Output"))
}

/// An option with a few values, which its help explains.
pub(super) fn choice(name: &'static str, values: impl IntoIterator<Item = &'static str>) -> Arg {
    Arg::new(name).long(name).value_parser(PossibleValuesParser::new(values)).hide_possible_values(true)
}

/// `--format`; left out, the ending of `-o` decides.
pub(super) fn format(lang: Lang, formats: &Formats, help: &'static str) -> Arg {
    choice("format", formats.names()).value_name("FORMAT").help(help).help_heading(pick(lang, "输出", "Output"))
}

/// `--bom`, of commands that write CSV.
pub(super) fn bom(lang: Lang) -> Arg {
    Arg::new("bom")
        .long("bom")
        .action(ArgAction::SetTrue)
        .help(pick(lang, "在 CSV 开头加 BOM，便于用 Excel 打开", "begin CSV with a byte order mark, for Excel"))
        .help_heading(pick(lang, "输出", "Output"))
}

/// `--findings`, which [`how_many_findings`] reads.
pub(super) fn findings(lang: Lang, help: &'static str) -> Arg {
    Arg::new("findings").long("findings").value_name("all|N|none").help(help).help_heading(pick(lang, "输出", "Output"))
}

/// How many findings of each rule and manager: `all` (`None`), `none` or a number; `usual` where nothing is said.
pub(super) fn how_many_findings(matches: &ArgMatches, usual: Option<usize>) -> Result<Option<usize>, Trouble> {
    match matches.get_one::<String>("findings").map(String::as_str) {
        None => Ok(usual),
        Some("all") => Ok(None),
        Some("none") => Ok(Some(0)),
        Some(number) => number.parse().map(Some).map_err(|_| {
            Trouble::new(say(format!("--findings：{number} 无效"), format!("--findings: {number} cannot be used")))
                .required(words("all、none 或一个数", "all, none or a number"))
        }),
    }
}

/// The options of every command that speaks of managers.
pub(super) fn common(lang: Lang) -> Vec<Arg> {
    let mut args = inputs(lang);
    args.extend(selection(lang));
    args.extend(people(lang));
    args.extend(output(lang));
    args
}

/// An option that names a file or folder.
pub(super) fn file(name: &'static str, value: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).value_parser(value_parser!(PathBuf))
}

pub(super) fn encoding(lang: Lang) -> Arg {
    Arg::new("encoding").long("encoding").value_name("NAME").help(pick(
        lang,
        "不自动判断编码：utf-8、gb18030、utf-16le、utf-16be",
        "do not guess the encoding: utf-8, gb18030, utf-16le, utf-16be",
    ))
}

pub(super) fn sheet(lang: Lang) -> Arg {
    Arg::new("sheet").long("sheet").value_name("NAME").action(ArgAction::Append).help(pick(
        lang,
        "只读工作簿中的这一工作表，可多次给出（默认读所有表头认得出的可见工作表）",
        "the sheet to read of workbooks, repeatable (default: all visible ones with the header of a kind)",
    ))
}

pub(super) fn inputs(lang: Lang) -> Vec<Arg> {
    let text = |zh, en| pick(lang, zh, en);
    let heading = text("输入", "Input");
    let mut args = vec![file("data", "DIR").help(text(
        "数据文件夹：各类文件按文件名认出，工作簿的各工作表按表头认出",
        "a folder of exports; files are claimed by the words in their names, sheets of workbooks by their headers",
    ))];
    args.extend(Kind::ALL.map(|kind| {
        let claimed = kind.words().join(pick(lang, "、", ", "));
        file(kind.name(), "FILE").action(ArgAction::Append).help(match lang {
            Lang::Zh => format!("直接指定这类文件，可多次给出（不指定则看文件名：{claimed}）"),
            Lang::En => format!("name a file directly, repeatable (words in file names: {claimed})"),
        })
    }));
    args.extend([
        file("columns", "FILE").help(text(
            "列名对照文件（默认为数据文件夹中的 columns.toml）",
            "your headers and spellings (default: columns.toml in the data folder)",
        )),
        encoding(lang),
        sheet(lang),
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help(text("只要有被拒绝的行或坏单元格，就停止", "stop at any rejected row or bad cell")),
        file("rejects", "DIR").help(text(
            "把被拒绝的行原样写入此文件夹（工作簿中的写成 CSV），并附原因 reasons.csv",
            "write rejected rows, byte for byte (those of workbooks as CSV), and reasons.csv into this folder",
        )),
        file("mended", "DIR").help(text(
            "读入更正后的 --rejects 文件夹，用其中的行代替原来被拒绝的行",
            "read a folder of --rejects after correction: its rows stand for the rejected ones",
        )),
    ]);
    args.into_iter().map(|arg| arg.help_heading(heading)).collect()
}

pub(super) fn selection(lang: Lang) -> Vec<Arg> {
    let text = |zh, en| pick(lang, zh, en);
    let heading = text("范围", "Selection");
    let args = [
        file("rules", "FILE").help(text(
            "规则文件（默认 ./rules.toml，没有则用内置的）",
            "the standard's parameters (default: ./rules.toml, else the built-in copy)",
        )),
        Arg::new("month").long("month").value_name("YYYY-MM|last").help(text(
            "月份，或 last（全体客户经理数据都已完整的最近一个月）；默认为数据截止日所在月",
            "the month; last is the latest that is over for every manager (default: that of the horizon)",
        )),
        Arg::new("as-of").long("as-of").value_name("DATE").help(text(
            "数据截止日，此后的记录不读（计划除外）",
            "the horizon; records after it are not read (plan rows are)",
        )),
    ];
    args.into_iter().map(|arg| arg.help_heading(heading)).collect()
}

pub(super) fn people(lang: Lang) -> Vec<Arg> {
    let text = |zh, en| pick(lang, zh, en);
    let several = |name: &'static str, value: &'static str| {
        Arg::new(name).long(name).value_name(value).num_args(1..).action(ArgAction::Append)
    };
    let args = [
        several("manager", "ID|NAME").help(text(
            "只看这些客户经理（用编号，或不重名的姓名）",
            "only these managers, by id or by a name that only one has",
        )),
        several("branch", "NAME").help(text("只看这些部门", "only these branches")),
    ];
    args.into_iter().map(|arg| arg.help_heading(text("范围", "Selection"))).collect()
}

/// `-o`
pub(super) fn output_file(lang: Lang) -> Arg {
    let help = pick(
        lang,
        "写入此文件，全部写好才替换原有的；不给则显示在屏幕上",
        "write to a file, whole or not at all, instead of standard output",
    );
    file("output", "FILE").short('o').help(help).help_heading(pick(lang, "输出", "Output"))
}

pub(super) fn output(lang: Lang) -> Vec<Arg> {
    let text = |zh, en| pick(lang, zh, en);
    let heading = text("输出", "Output");
    let args = [
        output_file(lang),
        Arg::new("color")
            .long("color")
            .value_name("WHEN")
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
            .hide_possible_values(true)
            .default_value("auto")
            .help(text("是否用颜色：auto、always 或 never", "colour: auto, always or never")),
        Arg::new("quiet")
            .long("quiet")
            .short('q')
            .action(ArgAction::SetTrue)
            .help(text("除了错误，不显示其他提示", "say nothing on stderr but errors")),
    ];
    args.into_iter().map(|arg| arg.help_heading(heading)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        command(Lang::En).debug_assert();
        command(Lang::Zh).debug_assert();
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let spoken = |arguments: &[&str]| super::spoken(&arguments.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(spoken(&["baifang", "check", "--lang", "zh"]), Lang::Zh);
        assert_eq!(spoken(&["baifang", "--lang=en", "nonsense"]), Lang::En);
    }
}
