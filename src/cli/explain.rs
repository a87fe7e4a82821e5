//! `baifang explain`: all rules, or all about one.

use super::format::{Format, Formats};
use super::output::{Content, Readers};
use super::session::{self, Session};
use super::{Exit, args, output};
use crate::lang::{Lang, say, words};
use crate::render::{json, text};
use crate::report::explain;
use crate::trouble::{Trouble, nearest};
use clap::{Arg, ArgMatches, Command};

const FORMATS: Formats = Formats { command: "explain", known: &[Format::Table, Format::Json, Format::Markdown] };

pub(super) fn command(lang: Lang) -> Command {
    let text = |zh, en| args::pick(lang, zh, en);
    let format = text("table（默认）、json 或 markdown", "table (default), json or markdown");
    Command::new("explain")
        .about(text(
            "说明规则：条款、何时不合格、需要什么数据、现行参数",
            "Explain the rules: clause, when they fail, what they need, parameters in force",
        ))
        .after_help(text(
            "例：baifang explain unplanned-cap --data 导出文件夹",
            "Example: baifang explain unplanned-cap --data exports",
        ))
        .arg(
            Arg::new("rule")
                .value_name("RULE")
                .help(text("规则名；不给时列出全部", "a rule; left out, all are listed")),
        )
        .args(args::common(lang))
        .arg(args::format(lang, &FORMATS, format))
}

pub(super) fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let format = FORMATS.chosen(matches, Format::Table)?;
    let (ruleset, book, columns) = if session::gives_data(matches) {
        let session = Session::open(matches)?;
        (session.ruleset, Some(session.book), session.accounts.columns)
    } else {
        (session::read_rules(session::path(matches, "rules"))?, None, vec![])
    };
    let mut rules = explain::all(&ruleset, book.as_ref());
    let asked = matches.get_one::<String>("rule");
    if let Some(id) = asked {
        let known: Vec<&str> = rules.iter().map(|rule| rule.meta.id).collect();
        if !known.contains(&id.as_str()) {
            return Err(unknown(id, &known).into());
        }
        rules.retain(|rule| rule.meta.id == id);
    }
    let bytes = match format {
        Format::Json => {
            let lang = session::data_lang(matches, true, spoken);
            json::indented(&explain::json::of(&rules, &ruleset, &columns, lang))
        }
        Format::Markdown => explain::markdown::table(&rules, spoken).into_bytes(),
        _ => {
            let document =
                if asked.is_some() { explain::one(&rules[0], spoken) } else { explain::list(&rules, spoken) };
            text::render(&document, output::page(matches)).into_bytes()
        }
    };
    output::stage(matches, Content::Bytes(bytes), Readers::Usual)?.commit()?;
    Ok(Exit::Clean)
}

fn unknown(id: &str, known: &[&str]) -> Trouble {
    let trouble = Trouble::new(say(format!("没有规则 {id}"), format!("there is no rule {id}")));
    match nearest(id, known.iter().copied()) {
        Some(near) => trouble.remedy(say(format!("是否应为 {near}？"), format!("did you mean {near}?"))),
        None => trouble.remedy(words("baifang explain 列出全部规则", "baifang explain lists all rules")),
    }
}
