//! Arguments → run → exit code.

mod appeals;
mod args;
mod asked_month;
mod before;
mod check;
mod chinese;
mod chosen;
mod completions;
mod dates;
mod day;
mod diff;
mod explain;
mod finish;
mod format;
mod init;
mod inputs;
mod lint;
mod man;
mod month;
mod notice;
mod outlook;
mod output;
mod own;
mod plan;
mod progress;
mod propose;
mod rank;
mod rejects;
mod remedy;
mod report;
mod rows;
mod sample;
mod session;
mod sheet;
mod strict;
mod unfinished;
mod usage;
mod window;

use crate::lang::{Lang, words};
use crate::trouble::Trouble;
use clap::{ArgMatches, Command};
use std::ffi::OsString;
use std::process::ExitCode;

/// How a run ended (SPEC §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// No violation.
    Clean = 0,
    Violations = 1,
    /// It could not run; nothing was written.
    CouldNotRun = 2,
    /// No violation, but rows were rejected or something stands in the way of judging.
    DataAmiss = 3,
}

/// One of the program's commands: what its line may hold, and what it does.
struct OneCommand {
    name: &'static str,
    line: fn(Lang) -> Command,
    run: fn(&ArgMatches, Lang) -> anyhow::Result<Exit>,
}

/// All commands, in the order of the help.
const COMMANDS: &[OneCommand] = &[
    OneCommand { name: "month", line: month::command, run: month::run },
    OneCommand { name: "check", line: check::command, run: check::run },
    OneCommand { name: "sample", line: sample::command, run: sample::run },
    OneCommand { name: "report", line: report::command, run: report::run },
    OneCommand { name: "day", line: day::command, run: day::run },
    OneCommand { name: "outlook", line: outlook::command, run: outlook::run },
    OneCommand { name: "plan", line: plan::command, run: plan::run },
    OneCommand { name: "sheet", line: sheet::command, run: sheet::run },
    OneCommand { name: "appeals", line: appeals::command, run: appeals::run },
    OneCommand { name: "notice", line: notice::command, run: notice::run },
    OneCommand { name: "rank", line: rank::command, run: rank::run },
    OneCommand { name: "diff", line: diff::command, run: diff::run },
    OneCommand { name: "explain", line: explain::command, run: explain::run },
    OneCommand { name: "lint", line: lint::command, run: lint::run },
    OneCommand { name: "init", line: init::command, run: init::run },
    OneCommand { name: "completions", line: completions::command, run: completions::run },
    OneCommand { name: "man", line: man::command, run: man::run },
];

/// Runs the program with its arguments, its own name first.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = usage::help_meant(arguments.into_iter().collect());
    let dropped = month::of_folder(&arguments);
    let is_dropped = dropped.is_some() || arguments.len() < 2;
    let exit = run(dropped.unwrap_or(arguments));
    if is_dropped {
        window::keep_open();
    }
    exit
}

fn run(arguments: Vec<OsString>) -> ExitCode {
    let lang = args::spoken(&arguments);
    let matches = match args::command(lang).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::answer(&error, lang),
    };
    let (named, matches) = matches.subcommand().expect("a subcommand is required");
    let asked = COMMANDS.iter().find(|command| command.name == named).expect("only these exist");
    let is_said = matches.contains_id("lang") || Lang::set().is_some();
    let lang = if is_said { lang } else { session::lang_of_rules(matches).unwrap_or(lang) };
    let exit = (asked.run)(matches, lang).unwrap_or_else(|error| {
        complain(&error, lang);
        Exit::CouldNotRun
    });
    ExitCode::from(exit as u8)
}

/// Says on stderr what stopped the run.
fn complain(error: &anyhow::Error, lang: Lang) {
    let label = words("baifang：错误：", "baifang: error: ");
    let text = match error.downcast_ref::<Trouble>() {
        Some(trouble) => trouble.show(lang),
        None => format!("{error:#}"),
    };
    // Where stderr is closed too there is nobody left to tell.
    let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{}{text}\n", label.get(lang)));
}
