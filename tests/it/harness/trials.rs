//! Tests as the harness runs them: what ends them, and where they come from.

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a test lacks; it is ignored, and this is the reason.
#[derive(Debug)]
pub(crate) enum Missing {
    /// A program or what else others make: required where `BAIFANG_REQUIRE_TOOLS` is 1.
    Tool(String),
    /// What the machine does not allow; nothing can be installed against that.
    Right(&'static str),
}

/// The end of a test that may lack something: `?` on what [`super::tools`] looks for ends it there.
pub(crate) type Outcome = Result<(), Missing>;

/// What a test function may return.
pub(crate) trait Ending {
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
pub(crate) struct Entry {
    pub module: &'static str,
    pub name: &'static str,
    pub run: fn() -> Outcome,
}

inventory::collect!(Entry);

impl Entry {
    /// All of them.
    pub(crate) fn all() -> impl Iterator<Item = &'static Entry> {
        inventory::iter::<Entry>.into_iter()
    }

    /// The name of the test: where it stands below `tests/it`, and its own.
    pub(crate) fn path(&self) -> String {
        let module = self.module.split_once("::").map_or("", |(_, module)| module);
        format!("{module}::{}", self.name)
    }

    fn trial(&self) -> Trial {
        let run = self.run;
        Trial::ignorable_test(self.path(), move || completion(run()))
    }
}

fn completion(outcome: Outcome) -> Result<Completion, Failed> {
    let required = std::env::var_os("BAIFANG_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    match outcome {
        Ok(()) => Ok(Completion::Completed),
        Err(Missing::Tool(what)) if required => Err(what.into()),
        Err(Missing::Tool(what)) => Ok(Completion::ignored_with(what)),
        Err(Missing::Right(what)) => Ok(Completion::ignored_with(what)),
    }
}

/// A test for each case file in `tests/<folder>` or in a folder of it, named by where it stands.
pub(crate) fn cases(folder: &'static str, judge: fn(&Path)) -> impl Iterator<Item = Trial> {
    let root = super::root().join("tests").join(folder);
    case_files(&root).into_iter().map(move |path| {
        let place = path.strip_prefix(&root).expect("it is below").with_extension("");
        let steps: Vec<String> = place.iter().map(|step| step.to_string_lossy().replace('-', "_")).collect();
        Trial::test(format!("{folder}::{}", steps.join("::")), move || {
            judge(&path);
            Ok(())
        })
    })
}

/// All `.txt` in a folder and its folders, in the order of their paths.
pub(crate) fn case_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        paths.flat_map(|path| if path.is_dir() { case_files(&path) } else { vec![path] }).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    files
}

/// Runs every function marked `#[test]` and these cases, as far as the command line asks for them.
pub(crate) fn run(cases: impl Iterator<Item = Trial>) -> ExitCode {
    let functions = Entry::all().map(Entry::trial);
    let mut trials: Vec<Trial> = functions.chain(cases).collect();
    trials.sort_by(|one, two| one.name().cmp(two.name()));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
