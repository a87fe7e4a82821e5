//! `baifang explain`: all rules, or all about one.

use super::session::{self, Session};
use super::{Exit, output};
use crate::lang::{Lang, say, words};
use crate::render::{json, text};
use crate::report::explain;
use crate::trouble::{Trouble, nearest};
use clap::ArgMatches;

pub fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let (ruleset, book) = if session::gives_data(matches) {
        let session = Session::open(matches)?;
        (session.ruleset, Some(session.book))
    } else {
        (session::read_rules(session::path(matches, "rules"))?, None)
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
    let bytes = match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => json::indented(&explain::json(&rules, &ruleset, session::data_lang(matches, true, spoken))),
        Some("markdown") => explain::markdown(&rules, spoken).into_bytes(),
        _ => {
            let document =
                if asked.is_some() { explain::one(&rules[0], spoken) } else { explain::list(&rules, spoken) };
            text::render(&document, output::page(matches)).into_bytes()
        }
    };
    output::stage(matches, output::Content::Bytes(bytes))?.commit()?;
    Ok(Exit::Clean)
}

fn unknown(id: &str, known: &[&str]) -> Trouble {
    let trouble = Trouble::new(say(format!("没有规则 {id}"), format!("there is no rule {id}")));
    match nearest(id, known.iter().copied()) {
        Some(near) => trouble.remedy(say(format!("是否应为 {near}？"), format!("did you mean {near}?"))),
        None => trouble.remedy(words("baifang explain 列出全部规则", "baifang explain lists all rules")),
    }
}
