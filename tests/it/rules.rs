//! Every rule against its fixtures, `tests/rules/<rule-id>/<case>.txt`.
//!
//! A case is one small text: a sentence that says what it shows; options, one a line (`month 2026-09`, and where wanted
//! `as-of DATE`, `manager ID…`, `item NAME` to look at one cadence entry); the input files, each behind a line
//! `== NAME` (`rules.toml` holds only what differs); and behind `== expect` everything the rule has to say: its
//! results and its findings, each in the order in which it says them:
//!
//! ```text
//! M1 fail assessed=2 failed=1 count=3 of=12     a manager's result; a number left out is 0
//! M1 2026-09-02 customer=C1 measured="08:30:01"  a finding; without `customer` it must have none
//! not_assessed reason="no plans file"            the rule is wholly not assessed
//! ```
//!
//! Results and findings are compared whole, field by field as far as the case names fields. Evidence is written
//! `evidence=visits.csv:3,plans.csv:2`: the lines of the inline files, the header being line 1. The names of a rule's
//! cases begin with `breach`, `comply`, `boundary` and, where units can still turn out well, `pending`; any other name
//! is free.

use crate::harness::trials::case_files;
use crate::harness::{program, root};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rules that have pending units: those judged over a period or by a deadline.
const CAN_BE_PENDING: [&str; 11] = [
    "onsite-share",
    "must-onsite",
    "reschedule",
    "coverage",
    "retention",
    "spot-check-size",
    "market-check",
    "inquiry-reply",
    "complaints",
    "new-customer",
    "cadence",
];

/// What a line of `expect` may name of a result, besides manager and verdict.
const RESULT_FIELDS: [&str; 9] =
    ["item", "assessed", "failed", "pending", "doubtful", "waived", "reason", "count", "of"];

/// What a line of `expect` may name of a finding, besides manager and date or period; with the JSON's name for it.
/// `says` is met by a message that holds its text, for words that the contract gives and no other field carries; `doubt`
/// likewise by what is doubtful.
const FINDING_FIELDS: [(&str, &str); 18] = [
    ("customer", "customer_id"),
    ("visit", "visit_id"),
    ("item", "item"),
    ("clause", "clause"),
    ("severity", "severity"),
    ("party", "party"),
    ("count", "count"),
    ("of", "of"),
    ("seconds", "seconds"),
    ("metres", "metres"),
    ("kmh", "kmh"),
    ("limit", "limit"),
    ("measured", "measured"),
    ("required", "required"),
    ("evidence_total", "evidence_total"),
    ("says", "message"),
    ("state", "state"),
    ("doubt", "doubt"),
];

/// The test of one fixture.
pub(crate) fn judge(path: &Path) {
    let case = Case::read(path);
    if let Err(trouble) = case.judge() {
        panic!("{} is judged differently:\n{trouble}", case.name);
    }
}

#[test]
fn every_rule_has_its_cases() {
    let known = known_rules();
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in case_files(&fixtures()) {
        let case = Case::read(&path);
        names.entry(case.rule).or_default().push(path.file_stem().unwrap().to_string_lossy().into_owned());
    }

    let mut missing = Vec::new();
    for rule in &known {
        let can_be_pending = CAN_BE_PENDING.contains(&rule.as_str());
        for prefix in ["breach", "comply", "boundary", "pending"] {
            let wanted = prefix != "pending" || can_be_pending;
            if wanted && !names.get(rule).is_some_and(|names| names.iter().any(|name| name.starts_with(prefix))) {
                missing.push(format!("tests/rules/{rule}/{prefix}*.txt is missing"));
            }
        }
    }
    missing.extend(
        names.keys().filter(|rule| !known.contains(*rule)).map(|rule| format!("tests/rules/{rule}: no such rule")),
    );
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

/// One fixture.
struct Case {
    /// `rule-id/case`, as its failure names it.
    name: String,
    rule: String,
    item: Option<String>,
    arguments: Vec<String>,
    files: BTreeMap<String, String>,
    expected: Vec<Line>,
}

impl Case {
    /// Reads a fixture; panics where it cannot be understood, so that a slip in a fixture never passes as a success.
    fn read(path: &Path) -> Self {
        let name = path.strip_prefix(fixtures()).unwrap().with_extension("").to_string_lossy().into_owned();
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut parts = text.split("\n== ");
        let mut case = Self {
            rule: name.split('/').next().unwrap().to_owned(),
            name,
            item: None,
            arguments: Vec::new(),
            files: BTreeMap::new(),
            expected: Vec::new(),
        };
        case.read_head(parts.next().unwrap());
        for part in parts {
            let (file, content) = part.split_once('\n').unwrap_or((part, ""));
            if file == "expect" {
                case.expected = content.lines().filter(|line| !line.is_empty()).map(Line::read).collect();
            } else {
                let earlier = case.files.insert(file.to_owned(), format!("{}\n", content.trim_end()));
                assert!(earlier.is_none(), "{}: {file} is given twice", case.name);
            }
        }
        assert!(!case.expected.is_empty(), "{}: nothing is expected", case.name);
        case
    }

    fn read_head(&mut self, head: &str) {
        assert!(!head.starts_with("month "), "{}: it does not say what it shows", self.name);
        for line in head.lines() {
            match line.split_once(' ') {
                Some((option @ ("month" | "as-of" | "manager"), values)) => {
                    self.arguments.push(format!("--{option}"));
                    self.arguments.extend(values.split(' ').map(str::to_owned));
                }
                Some(("item", value)) => self.item = Some(value.to_owned()),
                _ => assert!(self.arguments.is_empty(), "{}: no such option: {line}", self.name),
            }
        }
        assert!(self.arguments.iter().any(|argument| argument == "--month"), "{}: no month", self.name);
    }

    /// Runs the program on the case; the error is the readable difference.
    fn judge(&self) -> Result<(), String> {
        let json = run(&self.files, &self.arguments)?;
        let actual = self.lines_of(&json);
        let (mut unused, mut unmet) = ((0..actual.len()).collect::<Vec<_>>(), Vec::new());
        let mut places = Vec::new();
        for line in &self.expected {
            match unused.iter().position(|&place| line.is_met_by(&actual[place])) {
                Some(found) => places.push(unused.remove(found)),
                None => unmet.push(line),
            }
        }
        if unmet.is_empty() && unused.is_empty() {
            // Findings may stand beneath their manager's result, so that either sequence is in order by itself.
            let (findings, results): (Vec<_>, Vec<_>) =
                places.into_iter().partition(|&place| actual[place].is_finding());
            let sorted = findings.is_sorted() && results.is_sorted();
            return if sorted { Ok(()) } else { Err("  these lines, but not in this order\n".to_owned()) };
        }
        let mut difference = String::new();
        for line in unmet {
            difference += &format!("  expected {}\n", line.show());
        }
        for place in unused {
            difference += &format!("  judged   {}\n", actual[place].show());
        }
        Err(difference)
    }

    /// All that the rule of this case says in an answer: results first, then findings.
    fn lines_of(&self, json: &Value) -> Vec<Line> {
        let of_this_rule = |entry: &&Value| {
            entry["rule"] == self.rule.as_str() && self.item.as_ref().is_none_or(|item| entry["item"] == item.as_str())
        };
        let list = |key: &str| json[key].as_array().unwrap_or_else(|| panic!("no {key} in the answer"));
        let mut lines = Vec::new();
        // An entry that is wholly not assessed is named at the start of its reason.
        let is_of_item = |entry: &Value, item: &str| plain(&entry["reason"]).starts_with(&format!("{item}: "));
        let wholly = |entry: &&Value| {
            entry["rule"] == self.rule.as_str() && self.item.as_ref().is_none_or(|item| is_of_item(entry, item))
        };
        for entry in list("not_assessed").iter().filter(wholly) {
            lines.push(Line {
                head: "not_assessed".into(),
                fields: BTreeMap::from([("reason".into(), plain(&entry["reason"]))]),
            });
        }
        for entry in list("results").iter().filter(of_this_rule) {
            let fields = RESULT_FIELDS.iter().map(|&field| (field.to_owned(), plain(&entry[field]))).collect();
            lines.push(Line { head: format!("{} {}", plain(&entry["manager_id"]), plain(&entry["verdict"])), fields });
        }
        for entry in list("findings").iter().filter(of_this_rule) {
            let mut fields: BTreeMap<String, String> =
                FINDING_FIELDS.iter().map(|&(field, key)| (field.to_owned(), plain(&entry[key]))).collect();
            let evidence = entry["evidence"].as_array().expect("a finding's evidence is a list");
            assert!(!evidence.is_empty(), "{}: a finding without evidence: {entry}", self.name);
            let places: Vec<String> =
                evidence.iter().map(|at| format!("{}:{}", plain(&at["file"]), at["line"])).collect();
            fields.insert("evidence".to_owned(), places.join(","));
            let when = plain(&entry["date"]) + &plain(&entry["period"]);
            lines.push(Line { head: format!("{} {when}", plain(&entry["manager_id"])), fields });
        }
        lines
    }
}

/// One result or finding, expected or real.
struct Line {
    /// Manager and verdict, or manager and date or period.
    head: String,
    /// The fields named; of a real one all, empty where null.
    fields: BTreeMap<String, String>,
}

impl Line {
    /// Reads a line of `expect`, filling in what stands for itself when left out.
    fn read(text: &str) -> Self {
        let mut words = words(text);
        let heads = if words[0] == "not_assessed" { 1 } else { 2 };
        assert!(words.len() >= heads, "{text}: manager and verdict, date or period belong here");
        let fields = words.split_off(heads);
        let head = words.join(" ");
        let is_finding = is_finding(&head);
        let (allowed, mut filled): (BTreeSet<&str>, BTreeMap<String, String>) = match (heads, is_finding) {
            (1, _) => (BTreeSet::from(["reason"]), BTreeMap::new()),
            (_, true) => {
                let names = FINDING_FIELDS.iter().map(|field| field.0).chain(["evidence"]);
                (names.collect(), BTreeMap::from([("customer".into(), String::new())]))
            }
            (_, false) => {
                let numbers =
                    ["assessed", "failed", "pending", "doubtful"].map(|field| (field.to_owned(), "0".to_owned()));
                (RESULT_FIELDS.into(), BTreeMap::from(numbers))
            }
        };
        for field in fields {
            let (name, value) = field.split_once('=').unwrap_or_else(|| panic!("{text}: {field} is no field=value"));
            assert!(allowed.contains(name), "{text}: there is no field {name}");
            filled.insert(name.to_owned(), value.to_owned());
        }
        Self { head, fields: filled }
    }

    fn is_finding(&self) -> bool {
        is_finding(&self.head)
    }

    fn is_met_by(&self, actual: &Line) -> bool {
        let meets = |(name, value): (&String, &String)| {
            actual.fields.get(name).is_some_and(|real| match name.as_str() {
                "metres" | "kmh" => rounded_like(value, real) == *value,
                "says" | "doubt" => real.contains(value),
                _ => real == value,
            })
        };
        self.head == actual.head && self.fields.iter().all(meets)
    }

    fn show(&self) -> String {
        let mut text = self.head.clone();
        for (name, value) in self.fields.iter().filter(|(_, value)| !value.is_empty()) {
            let quote = if value.contains(' ') { "\"" } else { "" };
            text += &format!(" {name}={quote}{value}{quote}");
        }
        text
    }
}

/// Whether a head ends in a date or period, not in a verdict.
fn is_finding(head: &str) -> bool {
    head.split_once(' ').is_some_and(|(_, second)| second.starts_with(|first: char| first.is_ascii_digit()))
}

/// Splits at spaces outside double quotes, which go.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A JSON value as a case writes it: text without quotes, null as nothing.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A distance or speed to as many decimals as the case writes, since floats have more than anybody wants to read.
fn rounded_like(written: &str, real: &str) -> String {
    let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    real.parse::<f64>().map_or_else(|_| real.to_owned(), |number| format!("{number:.decimals$}"))
}

/// `check --format json` on these files.
fn run(files: &BTreeMap<String, String>, arguments: &[String]) -> Result<Value, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("a data folder");
    // Given even when empty, or a rules.toml where the tests run would be taken; and beside the data, not among them.
    let rules = folder.path().join("rules.toml");
    fs::write(&rules, "").expect("an empty rules.toml");
    for (name, content) in files {
        let place = if name == "rules.toml" { rules.clone() } else { data.join(name) };
        fs::write(place, content).expect("an input file");
    }
    let output = program(folder.path())
        .args(["check", "--format", "json", "--data"])
        .arg(&data)
        .arg("--rules")
        .arg(&rules)
        .args(arguments)
        .output()
        .map_err(|error| format!("  the program does not start: {error}\n"))?;
    // 0, 1 and 3 are verdicts; anything else is a run that did not happen.
    match output.status.code() {
        Some(0 | 1 | 3) => serde_json::from_slice(&output.stdout).map_err(|error| format!("  not JSON: {error}\n")),
        code => Err(format!("  exit code {code:?}: {}\n", String::from_utf8_lossy(&output.stderr).trim())),
    }
}

/// The ids of all rules, as the built-in rules.toml lists them.
fn known_rules() -> BTreeSet<String> {
    let files = [
        ("customers.csv", "customer_id,name,manager_id\nC1,甲店,M1\n"),
        ("visits.csv", "manager_id,customer_id,mode,started_at\nM1,C1,onsite,2026-09-02 08:00\n"),
    ];
    let files = files.map(|(name, content)| (name.to_owned(), content.to_owned())).into();
    let json = run(&files, &["--month".to_owned(), "2026-09".to_owned()]).expect("a run with the built-in rules");
    json["rules"]["parameters"].as_object().expect("the rules' parameters").keys().cloned().collect()
}

fn fixtures() -> PathBuf {
    root().join("tests/rules")
}
