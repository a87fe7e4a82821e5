//! `explain --format json`: `baifang.explain/1`.

use super::Explained;
use crate::lang::{Lang, Words};
use crate::load::ColumnsFile;
use crate::report::provenance::columns_json;
use crate::rules::config::Ruleset;
use crate::rules::parameters::Parameter;
use serde::Serialize;
use serde_json::Value;

/// The whole output.
#[derive(Serialize)]
pub struct ExplainJson<'a> {
    schema: &'static str,
    version: &'static str,
    rules_path: Option<&'a str>,
    rules_sha256: &'a str,
    /// The columns.toml files in force, where data were given.
    columns: Vec<Value>,
    rules: Vec<RuleJson<'a>>,
}

#[derive(Serialize)]
struct RuleJson<'a> {
    rule: &'static str,
    clause: &'static str,
    party: &'static str,
    severity: &'a str,
    title: &'a str,
    assessed: &'a str,
    fails: &'a str,
    needs: Vec<String>,
    /// Null where no data were given.
    missing: Option<Vec<String>>,
    parameters: Vec<ParameterJson<'a>>,
    example: &'a str,
    remedy: &'a str,
}

#[derive(Serialize)]
struct ParameterJson<'a> {
    name: &'a str,
    value: &'a toml::Value,
    file: &'a str,
    line: u64,
}

pub fn of<'a>(rules: &'a [Explained], ruleset: &'a Ruleset, columns: &[ColumnsFile], lang: Lang) -> ExplainJson<'a> {
    let parameter = |parameter: &'a Parameter| ParameterJson {
        name: &parameter.name,
        value: &parameter.value,
        file: &parameter.file,
        line: parameter.line,
    };
    let texts = |all: &[Words]| all.iter().map(|words| words.get(lang).to_owned()).collect();
    let rule = |rule: &'a Explained| RuleJson {
        rule: rule.meta.id,
        clause: rule.meta.clause,
        party: rule.meta.party.name(),
        severity: rule.severity(),
        title: rule.meta.title.get(lang),
        assessed: rule.meta.assessed.get(lang),
        fails: rule.meta.fails.get(lang),
        needs: rule.meta.needs.iter().map(|need| need.words().get(lang).to_owned()).collect(),
        missing: rule.missing.as_deref().map(texts),
        parameters: rule.parameters.iter().map(parameter).collect(),
        example: rule.meta.example.get(lang),
        remedy: rule.meta.remedy.get(lang),
    };
    ExplainJson {
        schema: "baifang.explain/1",
        version: env!("CARGO_PKG_VERSION"),
        rules_path: ruleset.path.as_deref(),
        rules_sha256: &ruleset.sha256,
        columns: columns.iter().map(columns_json).collect(),
        rules: rules.iter().map(rule).collect(),
    }
}
