//! `baifang lint`: how good the data are, without verdicts.

use super::format::{Format, Formats};
use super::output::Content;
use super::session::{self, Session};
use super::{Exit, args, finish, output};
use crate::lang::Lang;
use crate::quality::Quality;
use crate::render::{json, text};
use crate::report::lint::{self, Lint};
use clap::{ArgMatches, Command};

const FORMATS: Formats = Formats { command: "lint", known: &[Format::Table, Format::Json] };

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let format = text(
        "table（默认）或 json；不给时按 -o 的扩展名",
        "table (default) or json; left out, the ending of -o decides",
    );
    let command = Command::new("lint")
        .about(text(
            "检查数据质量，不作考核：文件、列、每一行的去向、读不懂的和不可能的内容",
            "Look at the data's quality, without verdicts: files, columns, the fate of every row, what is odd",
        ))
        .after_help(text(
            "所有月份的所有行都检查；--month 决定在哪个月里找没有拜访的工作日和妨碍考核的问题\n\
             退出码：0 可用 · 2 无法运行 · 3 有被拒绝的行或妨碍考核的问题\n\
             例：baifang lint --data 导出文件夹",
            "All rows of all months are looked at; --month is the month in which days without visits and what is in the\n\
             way of judging are looked for\n\
             Exit codes: 0 usable, 2 could not run, 3 rows were rejected or something is in the way of judging\n\
             Example: baifang lint --data exports",
        ));
    let command = command.args(args::inputs(lang)).args(args::selection(lang)).args(args::output(lang));
    command.arg(args::format(lang, &FORMATS, format))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let format = FORMATS.chosen(matches, Format::Table)?;
    let lang = session::data_lang(matches, format.is_machine(), spoken);
    let session = Session::open_all(matches)?;
    let Session { ruleset, month, book, accounts, .. } = &session;
    let judgement = session.judge_month(*month, &session.managers_of(*month));
    let quality = Quality::of(book, *month, &ruleset.settings.calendar);
    let found = Lint::new(&judgement, book, ruleset, accounts, &quality);
    let content = match format {
        Format::Json => {
            Content::Stream(Box::new(|out| json::write_lines(out, |keys| lint::json::tell(&found, lang, keys))))
        }
        _ => Content::Bytes(text::render(&lint::build(&found, lang), output::page(matches)).into_bytes()),
    };
    finish::write(matches, &session, spoken, content)?;
    Ok(finish::exit(false, &session, &judgement.obstacles))
}
