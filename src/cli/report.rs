//! `baifang report`: the monthly report, as a file to be read, sent and kept.

use super::output::Content;
use super::session::Session;
use super::{Exit, args, output, rejects, session};
use crate::judgement::{Judgement, Severity};
use crate::lang::{Lang, Words, say, words};
use crate::render::markdown;
use crate::report::Run;
use crate::report::monthly::{self, Monthly};
use crate::trouble::Trouble;
use clap::{ArgMatches, Command};
use std::path::PathBuf;

/// So many months before the month are shown beside it.
const LOOK_BACK: i32 = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Html,
    Markdown,
}

impl Format {
    const NAMES: [(&'static str, Self); 3] =
        [("html", Self::Html), ("markdown", Self::Markdown), ("md", Self::Markdown)];

    /// As asked for, else by the ending of the output's name.
    fn of(matches: &ArgMatches) -> Result<Self, Trouble> {
        let asked = output::format(matches);
        let known = Self::NAMES.iter().find(|(name, _)| asked.is_some_and(|asked| asked.eq_ignore_ascii_case(name)));
        let remedy = words("如 -o 月报.html，或用 --format", "give -o report.html, say, or --format");
        let required = words("以 .html 或 .md 结尾的文件名", "a name that ends in .html or .md");
        known.map(|(_, format)| *format).ok_or_else(|| {
            let found = match asked {
                Some(ending) => say(format!("月报没有 {ending} 格式"), format!("there is no report as {ending}")),
                None => words("没有说明月报写成什么格式", "nothing tells the format of the report"),
            };
            Trouble::new(found).required(required).remedy(remedy)
        })
    }
}

pub fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let format = text(
        "html 或 markdown（md）；不给时按 -o 的扩展名",
        "html or markdown (md); left out, the ending of -o decides",
    );
    Command::new("report")
        .about(text(
            "月报：主要指标、各规则结论、部门对比、近三个月、各客户经理",
            "The monthly report: headline measures, verdicts, branches, three months, every manager",
        ))
        .after_help(text(
            "退出码：0 已写出 · 2 无法运行 · 3 无违规但有被拒绝的行\n\
             例：baifang report --data 导出文件夹 --month 2026-09 -o 月报.html",
            "Exit codes: 0 written, 2 could not run, 3 no violation but rows were rejected\n\
             Example: baifang report --data exports --month 2026-09 -o report.html",
        ))
        .args(args::common(lang))
        .arg(args::format(lang, &["html", "markdown", "md"], format))
        .arg(args::findings(lang))
}

pub fn run(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Exit> {
    let format = Format::of(matches)?;
    let findings = args::how_many_findings(matches)?;
    let session = Session::open_months(matches, LOOK_BACK)?;
    let judgement = session.judge();
    let before = (1..=LOOK_BACK).map(|back| session.month.plus(-back));
    let with_visits = before.filter(|month| session.book.has_visits_in(*month));
    let earlier: Vec<Judgement> = with_visits.map(|month| session.judge_earlier(matches, month)).collect();
    let run = Run::new(&judgement, &session.book, &session.ruleset, &session.accounts, findings);
    let document = monthly::document(&Monthly { run, earlier: &earlier, only: only(matches) }, lang);
    let bytes = match format {
        Format::Html | Format::Markdown => markdown::render(&document).into_bytes(),
    };
    let staged = output::stage(matches, Content::Bytes(bytes))?;
    if let Some(folder) = matches.get_one::<PathBuf>("rejects") {
        output::write_folder(folder, rejects::files(&session.accounts, session::data_lang(matches, true, lang)))?;
    }
    staged.commit()?;
    let clean = judgement.count(Severity::Violation) == 0;
    let rejected = !session.accounts.rejected.is_empty();
    Ok(if clean && rejected { Exit::RowsRejected } else { Exit::Clean })
}

/// Whom the command line confines the report to.
fn only(matches: &ArgMatches) -> Option<Words> {
    let asked = ["branch", "manager"].iter().filter_map(|name| matches.get_many::<String>(name)).flatten();
    let names: Vec<&str> = asked.map(String::as_str).collect();
    (!names.is_empty()).then(|| say(names.join("、"), names.join(", ")))
}
