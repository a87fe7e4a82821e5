//! `baifang diff`: two results of `check` side by side.

use super::format::{Format, Formats};
use super::output::{Content, Readers};
use super::{Exit, args, output, session};
use crate::diff::{CheckResult, Diff};
use crate::lang::Lang;
use crate::render::{json, text};
use crate::report::diff::{self as report, Compared};
use crate::trouble::Trouble;
use clap::{Arg, ArgMatches, Command, value_parser};
use std::path::{Path, PathBuf};

const FORMATS: Formats = Formats { command: "diff", known: &[Format::Table, Format::Json] };

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let file = |name: &'static str, help| {
        Arg::new(name).value_name(name).required(true).value_parser(value_parser!(PathBuf)).help(help)
    };
    let format = text(
        "table（默认）或 json；不给时按 -o 的扩展名",
        "table (default) or json; left out, the ending of -o decides",
    );
    Command::new("diff")
        .about(text(
            "对比两次 check --format json 的结果：结论和发现的增减，以及可能的原因",
            "Compare two results of check --format json: verdicts and findings that differ, and what may be why",
        ))
        .after_help(text(
            "同一个月（改了参数或更正了导出）逐条比较发现；不同的月份只比较结论和数量\n\
             变差：同一客户经理某条属于违规的规则，不合格数比前一次多\n\
             退出码：0 没有变差 · 1 有变差 · 2 无法运行\n\
             例：baifang diff 2026-08.json 2026-09.json",
            "Of the same month (other parameters, a corrected export) findings are compared one by one, of two months\n\
             only verdicts and counts\n\
             Worse: a manager has more failed units than in A of a rule that is a violation\n\
             Exit codes: 0 nothing got worse, 1 something did, 2 could not run\n\
             Example: baifang diff 2026-08.json 2026-09.json",
        ))
        .arg(file("A", text("前一次的结果", "the earlier result")))
        .arg(file("B", text("后一次的结果", "the later result")))
        .args(args::output(lang))
        .arg(args::format(lang, &FORMATS, format))
}

pub(super) fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Exit> {
    let format = FORMATS.chosen(matches, Format::Table)?;
    let path = |name| matches.get_one::<PathBuf>(name).map(PathBuf::as_path).expect("it is required");
    let (path_a, path_b) = (path("A"), path("B"));
    let (a, b) = (read(path_a)?, read(path_b)?);
    let (shown_a, shown_b) = (path_a.display().to_string(), path_b.display().to_string());
    let compared = Compared { diff: Diff::of(&a, &b), a: &shown_a, b: &shown_b };
    let bytes = match format {
        Format::Json => json::indented(&report::json::of(&compared)),
        _ => text::render(&report::build(&compared, lang), output::page(matches)).into_bytes(),
    };
    output::stage(matches, Content::Bytes(bytes), Readers::Usual)?.commit()?;
    Ok(if compared.diff.is_worse() { Exit::Violations } else { Exit::Clean })
}

fn read(path: &Path) -> Result<CheckResult, Trouble> {
    CheckResult::parse(&session::read_text(path)?, &path.display().to_string())
}
