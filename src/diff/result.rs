//! A result of `check --format json` as it is read back (SPEC §4.1): what a comparison looks at.

use crate::lang::{Words, say, words};
use crate::trouble::Trouble;
use serde::Deserialize;
use serde_json::{Map, Value};

pub const SCHEMA: &str = "baifang.check/2";

#[derive(Clone, Debug, Deserialize)]
pub struct CheckResult {
    pub version: String,
    pub month: String,
    pub horizon: String,
    pub rules: Rules,
    pub inputs: Vec<Input>,
    pub managers: Vec<Manager>,
    pub results: Vec<Outcome>,
    pub not_assessed: Vec<NotAssessed>,
    pub findings: Vec<Finding>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Rules {
    pub path: Option<String>,
    pub sha256: String,
    /// By rule, in the contract's order, then by parameter; a rule that is off is not there.
    pub parameters: Map<String, Value>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Input {
    pub kind: String,
    pub path: String,
    pub sha256: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Manager {
    pub manager_id: String,
    pub name: Option<String>,
    pub branch: Option<String>,
    pub score: Option<f64>,
}

/// Manager × rule × entry.
#[derive(Clone, Debug, Deserialize)]
pub struct Outcome {
    pub manager_id: String,
    pub rule: String,
    pub item: Option<String>,
    pub assessed: u64,
    pub failed: u64,
    pub pending: u64,
    pub doubtful: u64,
    pub waived: u64,
    /// The summed measure, where it is a share.
    pub count: Option<u64>,
    pub of: Option<u64>,
    pub verdict: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct NotAssessed {
    pub rule: String,
    pub reason: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Finding {
    pub id: String,
    pub rule: String,
    pub item: Option<String>,
    pub severity: String,
    pub manager_id: String,
    pub date: Option<String>,
    pub period: Option<String>,
    pub customer_id: Option<String>,
    pub visit_id: Option<String>,
    pub measured: String,
    pub required: String,
    /// `counted`, `doubtful` or `waived`.
    pub state: String,
}

impl Finding {
    pub fn counts(&self) -> bool {
        self.state == "counted"
    }

    /// Its date or period.
    pub fn when(&self) -> &str {
        self.date.as_deref().or(self.period.as_deref()).unwrap_or_default()
    }
}

impl CheckResult {
    /// Reads a file's text; `path` names it in errors.
    pub fn parse(text: &str, path: &str) -> Result<Self, Trouble> {
        let wrong = |found: Words, error: &serde_json::Error| {
            let trouble = Trouble::new(found).file(path).required(required());
            if error.line() > 0 { trouble.line(error.line() as u64) } else { trouble }
        };
        // What it calls itself comes first: a result of another command is none that lacks keys.
        let head: Head = serde_json::from_str(text).map_err(|error| {
            let column = error.column();
            wrong(say(format!("不是 JSON（第 {column} 列）"), format!("it is not JSON (column {column})")), &error)
        })?;
        if head.schema.as_str() != Some(SCHEMA) {
            let found = match head.schema.as_str() {
                Some(schema) => say(format!("这是 {schema}"), format!("it is {schema}")),
                None => words("没有 schema", "it names no schema"),
            };
            let trouble = Trouble::new(found).file(path).required(required());
            let is_older = head.schema.as_str().is_some_and(|schema| schema.starts_with("baifang.check/"));
            let remedy = words("用现在的版本重新运行 check", "run check again, with this version");
            return Err(if is_older { trouble.remedy(remedy) } else { trouble });
        }
        serde_json::from_str(text).map_err(|error| {
            // The line stands in front.
            let told = error.to_string();
            let told = told.split(" at line ").next().unwrap_or_default();
            let found = say(format!("不是完整的 {SCHEMA}：{told}"), format!("it is no whole {SCHEMA}: {told}"));
            wrong(found, &error)
        })
    }

    /// The severity of a rule; `None` where it is off.
    pub fn severity(&self, rule: &str) -> Option<&str> {
        self.rules.parameters.get(rule)?.get("severity")?.as_str()
    }

    /// Whether every unit that failed, is in doubt or was waived has its finding: `--findings` may have left some out.
    pub fn has_all_findings(&self) -> bool {
        let counts = |outcome: &Outcome| [outcome.failed, outcome.doubtful, outcome.waived];
        let failed = self.results.iter().flat_map(counts).fold(0u64, u64::saturating_add);
        failed == self.findings.len() as u64
    }
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    schema: Value,
}

fn required() -> Words {
    words("check --format json 的结果（baifang.check/2）", "a result of check --format json (baifang.check/2)")
}
