//! Tests as the harness runs them: what ends them, and where they come from.

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::process::ExitCode;

/// What a test that needs another program lacks; the test is ignored with this reason.
#[derive(Debug)]
pub struct Missing(pub String);

/// The end of a test that may lack something: `?` on what [`super::tools`] looks for ends it there.
pub type Outcome = Result<(), Missing>;

/// What a test function may return.
pub trait Ending {
    fn outcome(self) -> Outcome;
}

impl Ending for () {
    fn outcome(self) -> Outcome {
        Ok(())
    }
}

impl Ending for Outcome {
    fn outcome(self) -> Outcome {
        self
    }
}

/// A function marked `#[test]`.
pub struct Entry {
    pub module: &'static str,
    pub name: &'static str,
    pub run: fn() -> Outcome,
}

inventory::collect!(Entry);

impl Entry {
    fn trial(&self) -> Trial {
        let run = self.run;
        let module = self.module.split_once("::").map_or("", |(_, module)| module);
        Trial::ignorable_test(format!("{module}::{}", self.name), move || completion(run()))
    }
}

fn completion(outcome: Outcome) -> Result<Completion, Failed> {
    let required = std::env::var_os("BAIFANG_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    match outcome {
        Ok(()) => Ok(Completion::Completed),
        Err(Missing(what)) if required => Err(what.into()),
        Err(Missing(what)) => Ok(Completion::ignored_with(what)),
    }
}

/// Runs every function marked `#[test]` and these cases, as far as the command line asks for them.
pub fn run(cases: Vec<Trial>) -> ExitCode {
    let functions = inventory::iter::<Entry>.into_iter().map(Entry::trial);
    let mut trials: Vec<Trial> = functions.chain(cases).collect();
    trials.sort_by(|one, two| one.name().cmp(two.name()));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
