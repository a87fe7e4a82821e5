//! `baifang lint`: how good the data are, without verdicts.

use super::output::Content;
use super::session::{self, Session};
use super::{Exit, output, rejects};
use crate::lang::Lang;
use crate::quality::Quality;
use crate::render::{json, text};
use crate::report::lint::{self, Lint};
use crate::report::lint_json;
use clap::ArgMatches;
use std::path::PathBuf;

pub fn run(matches: &ArgMatches, spoken: Lang) -> anyhow::Result<Exit> {
    let is_json = is_json(matches);
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
        rejects::write(folder, rejects::files(accounts, session::data_lang(matches, true, spoken)))?;
    }
    staged.commit()?;
    Ok(if accounts.rejected.is_empty() { Exit::Clean } else { Exit::RowsRejected })
}

/// As asked for, else by the ending of the output's name.
fn is_json(matches: &ArgMatches) -> bool {
    let ending = matches.get_one::<PathBuf>("output").and_then(|path| path.extension()?.to_str());
    matches.get_one::<String>("format").map(String::as_str).or(ending) == Some("json")
}
