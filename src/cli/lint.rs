//! `baifang lint`: how good the data are, without verdicts.

use super::output::Content;
use super::session::{self, Session};
use super::{Exit, args, output, rejects};
use crate::lang::Lang;
use crate::quality::Quality;
use crate::render::{json, text};
use crate::report::lint::{self, Lint};
use crate::report::lint_json;
use clap::{ArgMatches, Command};
use std::path::PathBuf;

pub fn command(lang: Lang) -> Command {
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
            "所有月份的所有行都检查；--month 只决定在哪个月里找没有拜访的工作日\n\
             退出码：0 可用 · 2 无法运行 · 3 有被拒绝的行\n\
             例：baifang lint --data 导出文件夹",
            "All rows of all months are looked at; --month is the month in which days without visits are looked for\n\
             Exit codes: 0 usable, 2 could not run, 3 rows were rejected\n\
             Example: baifang lint --data exports",
        ));
    let command = command.args(args::inputs(lang)).args(args::selection(lang)).args(args::output(lang));
    command.arg(args::format(lang, &["table", "json"], format))
}

pub fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let is_json = output::format(matches).as_deref() == Some("json");
    let lang = session::data_lang(matches, is_json, spoken);
    let session = Session::open_all(matches)?;
    let Session { ruleset, month, book, accounts, .. } = &session;
    let quality = Quality::of(book, *month, &ruleset.settings.calendar);
    let found = Lint::new(*month, book, ruleset, accounts, &quality);
    let content = if is_json {
        Content::Stream(Box::new(|out| json::write_lines(out, |keys| lint_json::tell(&found, lang, keys))))
    } else {
        Content::Bytes(text::render(&lint::build(&found, lang), output::page(matches)).into_bytes())
    };
    let staged = output::stage(matches, content)?;
    if let Some(folder) = matches.get_one::<PathBuf>("rejects") {
        output::write_folder(folder, rejects::files(accounts, session::data_lang(matches, true, spoken)))?;
    }
    staged.commit()?;
    Ok(if accounts.rejected.is_empty() { Exit::Clean } else { Exit::RowsRejected })
}
