//! `baifang check`: tables and findings of a month.

use super::output::Content;
use super::session::{self, Session};
use super::{Exit, output, rejects};
use crate::judgement::{Judgement, Severity};
use crate::lang::{Lang, say, words};
use crate::render::{csv, json, text};
use crate::report::{Run, check_csv, check_json, compliance};
use crate::trouble::Trouble;
use clap::ArgMatches;
use std::path::PathBuf;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Table,
    Csv,
    Json,
}

pub fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let format = format(matches);
    let findings = how_many(matches)?;
    let session = Session::open(matches)?;
    let judgement = session.judge();
    let run = Run::new(&judgement, &session.book, &session.ruleset, &session.accounts, findings);
    let lang = session::data_lang(matches, format != Format::Table, spoken);
    let content = match format {
        Format::Table => {
            let document = compliance::build(&run, matches.get_flag("matrix"), lang);
            Content::Bytes(text::render(&document, output::page(matches)).into_bytes())
        }
        Format::Csv => {
            let bom = if matches.get_flag("bom") { csv::BOM } else { &[] };
            Content::Bytes([bom, &csv::render(&check_csv::build(&run, lang))].concat())
        }
        Format::Json => {
            Content::Stream(Box::new(|out| json::write_lines(out, |keys| check_json::tell(&run, lang, keys))))
        }
    };
    let staged = output::stage(matches, content)?;
    if let Some(folder) = matches.get_one::<PathBuf>("rejects") {
        rejects::write(folder, rejects::files(&session.accounts, session::data_lang(matches, true, spoken)))?;
    }
    staged.commit()?;
    let exit = exit(matches, &judgement, !session.accounts.rejected.is_empty());
    // The run is over: of gigabytes of rows the system takes the memory back faster than they are let go of one by one.
    std::mem::forget((judgement, session));
    Ok(exit)
}

/// As asked for, else by the ending of the output's name.
fn format(matches: &ArgMatches) -> Format {
    let ending = matches.get_one::<PathBuf>("output").and_then(|path| path.extension()?.to_str());
    match matches.get_one::<String>("format").map(String::as_str).or(ending) {
        Some("csv") => Format::Csv,
        Some("json") => Format::Json,
        _ => Format::Table,
    }
}

/// `all`, `none` or a number.
fn how_many(matches: &ArgMatches) -> Result<Option<usize>, Trouble> {
    match matches.get_one::<String>("findings").map(String::as_str) {
        None | Some("all") => Ok(None),
        Some("none") => Ok(Some(0)),
        Some(number) => number.parse().map(Some).map_err(|_| {
            Trouble::new(say(format!("--findings：{number} 无效"), format!("--findings: {number} cannot be used")))
                .required(words("all、none 或一个数", "all, none or a number"))
        }),
    }
}

fn exit(matches: &ArgMatches, judgement: &Judgement, rejected: bool) -> Exit {
    let violations = judgement.count(Severity::Violation);
    let counted = match matches.get_one::<String>("fail-on").map(String::as_str) {
        Some("never") => 0,
        Some("warning") => violations + judgement.count(Severity::Warning),
        _ => violations,
    };
    match (counted, rejected) {
        (1.., _) => Exit::Violations,
        (0, true) => Exit::RowsRejected,
        (0, false) => Exit::Clean,
    }
}
