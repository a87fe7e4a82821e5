//! `baifang check`: tables and findings of a month.

use super::format::{Format, Formats};
use super::output::Content;
use super::session::{self, Session};
use super::{Exit, args, finish, output};
use crate::judgement::{Judgement, Severity};
use crate::lang::Lang;
use crate::render::{json, text};
use crate::report::{Run, check};
use clap::{Arg, ArgAction, ArgMatches, Command};

const FORMATS: Formats = Formats { command: "check", known: &[Format::Table, Format::Csv, Format::Json] };

/// So many findings of each rule and manager are enough to see what is meant.
const SHOWN_IN_TABLE: usize = 3;

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let command = Command::new("check")
        .about(text("检查一个月：合规表，以及逐条列出的发现", "Check a month: the compliance table and every finding"))
        .after_help(text(
            "退出码：0 无违规 · 1 有违规 · 2 无法运行 · 3 无违规，但有被拒绝的行或妨碍考核的问题\n\
             例：baifang check --data 导出文件夹 --month 2026-09",
            "Exit codes: 0 no violation, 1 violations, 2 could not run, 3 no violation, but rows\n\
             were rejected or something is in the way of judging\n\
             Example: baifang check --data exports --month 2026-09",
        ));
    let output = text("输出", "Output");
    let check_only = [
        Arg::new("matrix")
            .long("matrix")
            .action(ArgAction::SetTrue)
            .help(text("再显示一张客户经理 × 规则的表", "also show manager × rule")),
        args::findings(
            lang,
            text(
                "每名客户经理每条规则显示多少条发现（默认：表格 3 条，csv、json 全部）",
                "how many findings of each rule and manager to show (default: 3 in the table, all in csv and json)",
            ),
        ),
        args::choice("fail-on", ["violation", "warning", "never"]).value_name("WHAT").default_value("violation").help(
            text(
                "何时退出码为 1：violation、warning（提醒也算）或 never",
                "what makes the exit code 1: violation, warning or never",
            ),
        ),
        args::bom(lang),
    ];
    let format = text(
        "table（默认）、csv（逐条发现）或 json；不给时按 -o 的扩展名",
        "table (default), csv (the findings) or json; left out, the ending of -o decides",
    );
    let command = command.args(args::common(lang)).arg(args::format(lang, &FORMATS, format));
    command.args(check_only.map(|arg| arg.help_heading(output)))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let format = FORMATS.chosen(matches, Format::Table)?;
    let usual = (!format.is_machine()).then_some(SHOWN_IN_TABLE);
    let findings = args::how_many_findings(matches, usual)?;
    let session = Session::open(matches)?;
    let judgement = session.judge();
    let run = Run::new(&judgement, &session.book, &session.ruleset, session.told(), findings);
    let lang = session::data_lang(matches, format.is_machine(), spoken);
    let content = match format {
        Format::Csv => Content::Bytes(finish::csv(matches, &check::csv::build(&run, lang))),
        Format::Json => {
            Content::Stream(Box::new(|out| json::write_lines(out, |keys| check::json::tell(&run, lang, keys))))
        }
        _ => {
            let document = check::build(&run, matches.get_flag("matrix"), lang);
            Content::Bytes(text::render(&document, output::page(matches)).into_bytes())
        }
    };
    finish::write(matches, &session, spoken, content)?;
    let exit = finish::exit(fails(matches, &judgement), &session, &judgement.obstacles);
    finish::leave((judgement, session));
    Ok(exit)
}

/// Whether there is what `--fail-on` looks for.
fn fails(matches: &ArgMatches, judgement: &Judgement) -> bool {
    let violations = judgement.count(Severity::Violation);
    match matches.get_one::<String>("fail-on").map(String::as_str) {
        Some("never") => false,
        Some("warning") => violations + judgement.count(Severity::Warning) > 0,
        _ => violations > 0,
    }
}
