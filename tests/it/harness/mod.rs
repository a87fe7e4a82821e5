//! Runs the binary on tiny files in a folder of their own.

pub(crate) mod golden;
pub(crate) mod tools;
pub(crate) mod trials;

use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use tempfile::TempDir;

/// Every rule of the built-in rules.toml, so that a test can switch off those it does not speak of.
static RULES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let json = Site::bare().customers(1).visits("M1,C1,onsite,2026-09-07 08:00,,\n").check("");
    json.value["rules"]["parameters"].as_object().expect("parameters").keys().cloned().collect()
});

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where the program stands.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_baifang");

/// The program, to be run in this folder with nothing of the machine's own settings: in English, for no terminal. Another
/// build of it, such as that for Windows, may stand in its place: `BAIFANG_PROGRAM` names it.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("BAIFANG_PROGRAM").unwrap_or(PROGRAM.into()));
    command.current_dir(folder).stdin(Stdio::null());
    for name in ["LC_MESSAGES", "LANG", "NO_COLOR", "COLUMNS", "RAYON_NUM_THREADS"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C");
    command
}

pub(crate) const VISITS: &str = "manager_id,customer_id,mode,started_at,ended_at,visit_id\n";

/// A folder with a subfolder `data`; commands run in it.
pub(crate) struct Site {
    pub folder: TempDir,
}

impl Site {
    /// Without a rules.toml: the built-in rules hold.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("data")).expect("its subfolder");
        Self { folder }
    }

    /// With a rules.toml that leaves on only the rules named, and no public holidays.
    pub(crate) fn judging(rules: &[&str]) -> Self {
        Self::ruled(rules, "")
    }

    /// The same, with more of rules.toml; `[calendar]`, `[input]` and the rules named are free to be given.
    pub(crate) fn ruled(rules: &[&str], more: &str) -> Self {
        let off = |id: &&String| !rules.contains(&id.as_str());
        let off: String = RULES.iter().filter(off).map(|id| format!("[rules.{id}]\nseverity = \"off\"\n")).collect();
        Self::bare().with("rules.toml", format!("{off}{more}"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(path, content).expect("the file is written");
        self
    }

    /// Customers C1 to Cn of manager M1.
    pub(crate) fn customers(self, n: usize) -> Self {
        let rows: String = (1..=n).map(|i| format!("C{i},店{i},M1\n")).collect();
        self.with("data/customers.csv", format!("customer_id,name,manager_id\n{rows}"))
    }

    /// Visits under the header [`VISITS`].
    pub(crate) fn visits(self, rows: &str) -> Self {
        self.with("data/visits.csv", format!("{VISITS}{rows}"))
    }

    /// The command as typed, words split at blanks.
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = program(self.folder.path());
        command.args(line.split_whitespace());
        command
    }

    pub(crate) fn run(&self, line: &str) -> Ran {
        Ran::of(&mut self.command(line))
    }

    /// `check --data data --format json` with these options; the run must not fail.
    pub(crate) fn check(&self, options: &str) -> Json {
        let ran = self.run(&format!("check --data data --format json {options}"));
        assert_ne!(ran.code, 2, "could not run {options}: {}", ran.err);
        ran.json()
    }

    /// The message of a run that stops.
    pub(crate) fn stopped(&self, options: &str) -> String {
        let ran = self.run(&format!("check --data data {options}"));
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{options}: {}", ran.err);
        ran.err
    }
}

/// What a run said and how it ended.
pub(crate) struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the binary runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        let ran = Self {
            code: output.status.code().expect("it was not killed"),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        ran
    }

    pub(crate) fn json(&self) -> Json {
        let value = serde_json::from_str(&self.out);
        Json { value: value.unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err)), code: self.code }
    }
}

/// The output of `check --format json`.
pub(crate) struct Json {
    pub value: Value,
    pub code: i32,
}

impl Json {
    pub(crate) fn list(&self, key: &str) -> &Vec<Value> {
        self.value[key].as_array().unwrap_or_else(|| panic!("{key} is a list"))
    }

    pub(crate) fn input(&self, file: &str) -> &Value {
        let found = self.list("inputs").iter().find(|input| input["path"] == file);
        found.unwrap_or_else(|| panic!("{file} is among the inputs {:?}", self.value["inputs"]))
    }

    /// The fates of a file's rows that are not 0, as `used 3, rejected 1`.
    pub(crate) fn fates(&self, file: &str) -> String {
        let rows = self.input(file)["rows"].as_object().expect("rows");
        let some = rows.iter().filter(|(_, n)| n.as_u64() != Some(0));
        some.map(|(fate, n)| format!("{fate} {n}")).collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn bad_cells(&self, file: &str) -> u64 {
        self.input(file)["bad_cells"].as_u64().expect("a number")
    }

    /// Verdict, assessed/failed/pending of a manager and rule, as `fail 3/1/0`; empty where there is no result.
    pub(crate) fn verdict(&self, manager: &str, rule: &str) -> String {
        let Some(found) = self.result(manager, rule) else { return String::new() };
        let number = |key: &str| found[key].as_u64().expect("a number");
        let verdict = found["verdict"].as_str().expect("a verdict");
        format!("{verdict} {}/{}/{}", number("assessed"), number("failed"), number("pending"))
    }

    /// `count` and `of` of a manager's share, as `3/12`.
    pub(crate) fn share(&self, manager: &str, rule: &str) -> String {
        let Some(found) = self.result(manager, rule) else { return String::new() };
        format!("{}/{}", found["count"], found["of"])
    }

    fn result(&self, manager: &str, rule: &str) -> Option<&Value> {
        self.list("results").iter().find(|result| result["manager_id"] == manager && result["rule"] == rule)
    }

    pub(crate) fn findings(&self, rule: &str) -> Vec<&Value> {
        self.list("findings").iter().filter(|finding| finding["rule"] == rule).collect()
    }

    /// One field of each finding of a rule, by manager.
    pub(crate) fn by_manager(&self, rule: &str, field: &str) -> BTreeMap<String, Value> {
        let of = |finding: &&Value| (text(&finding["manager_id"]), finding[field].clone());
        self.findings(rule).iter().map(of).collect()
    }

    pub(crate) fn managers(&self) -> Vec<String> {
        self.list("managers").iter().map(|manager| text(&manager["manager_id"])).collect()
    }

    pub(crate) fn remarks(&self, kind: &str) -> Vec<&Value> {
        self.list("remarks").iter().filter(|remark| remark["kind"] == kind).collect()
    }

    /// Line and column of each rejected row, as `3 started_at`; `3` alone where no cell is to blame.
    pub(crate) fn rejected(&self, file: &str) -> Vec<String> {
        let rows = self.list("rejected").iter().filter(|row| row["file"] == file);
        rows.map(|row| format!("{} {}", row["line"], row["column"].as_str().unwrap_or("")).trim_end().to_owned())
            .collect()
    }
}

/// A JSON text.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}")).to_owned()
}

/// An archive with these files.
pub(crate) fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        zip.write_all(content.as_bytes()).expect("its bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

pub(crate) fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Display width: Chinese characters and full-width forms take two columns.
pub(crate) fn width(line: &str) -> usize {
    let wide = |c: char| {
        matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
            | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd)
    };
    line.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

/// Text in UTF-16, with its byte order mark.
pub(crate) fn utf16(text: &str, little: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

pub(crate) fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}
