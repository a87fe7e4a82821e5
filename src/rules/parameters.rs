//! The parameters in force, each with the line of rules.toml that sets it.

use super::ALL;
use super::layers::{BUILT_IN, BUILT_IN_NAME, CADENCE, Layers, POINTS, RULES, find, offset};
use super::overlay::laid_over;
use crate::toml_file::TomlFile;
use std::collections::BTreeMap;
use toml::Value;
use toml::de::DeTable;

/// A parameter as it is in force, and where it is set.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    pub value: Value,
    /// The user's file, or `built-in rules.toml`.
    pub file: String,
    pub line: u64,
}

/// Every rule's parameters, by id, of a rules.toml that was read before: the user's where he gives them, else those of the
/// built-in copy.
pub(super) fn in_force(text: &str, shown: &str) -> BTreeMap<&'static str, Vec<Parameter>> {
    let file = TomlFile { text, shown };
    let built_in = TomlFile { text: BUILT_IN, shown: BUILT_IN_NAME };
    let base = built_in.parse().expect("the built-in rules.toml is valid TOML");
    let spans = file.parse().expect("a rules.toml that was read before is valid TOML");
    let layers = Layers::new(&file, spans.get_ref()).expect("it was read before");
    let of_rule = |id| of_rule(&layers, &built_in, base.get_ref(), id);
    ALL.iter().map(|rule| (rule.meta().id, of_rule(rule.meta().id))).collect()
}

fn of_rule(layers: &Layers, built_in: &TomlFile, base: &DeTable, id: &str) -> Vec<Parameter> {
    let path = [RULES, id];
    let own = find(&layers.user, &path);
    let parameter = |name: &String, value: &Value, file: &TomlFile, spans: &DeTable| Parameter {
        name: name.clone(),
        value: value.clone(),
        file: file.shown.to_owned(),
        line: file.line(offset(spans, &path, name)),
    };
    let of_base = layers.base_table(&path);
    let kept = of_base.iter().filter(|(name, _)| !own.is_some_and(|own| own.contains_key(*name)));
    let mut all: Vec<Parameter> = kept.map(|(name, value)| parameter(name, value, built_in, base)).collect();
    all.extend(own.into_iter().flatten().map(|(name, value)| parameter(name, value, layers.file, layers.spans)));
    if id == CADENCE {
        all.extend(entry_parameters(layers, built_in, base));
    }
    all.extend(points_parameter(layers, id));
    all
}

/// Where an entry of a list stands.
fn entry_line(file: &TomlFile, spans: &DeTable, list: &str, number: usize) -> u64 {
    let places = spans.get(list).and_then(|entries| entries.get_ref().as_array());
    places.and_then(|places| Some(file.line(places.get(number)?.span().start))).unwrap_or(1)
}

/// What the findings of a rule take, where scores are points.
fn points_parameter(layers: &Layers, id: &str) -> Option<Parameter> {
    let mode = find(&layers.user, &["scores"])?.get("mode")?.as_str()?;
    let entries = layers.user.get(POINTS).filter(|_| mode == POINTS)?.as_array()?;
    let is_of_rule = |entry: &Value| entry.get("rule").and_then(Value::as_str) == Some(id);
    let number = entries.iter().position(is_of_rule)?;
    let line = entry_line(layers.file, layers.spans, POINTS, number);
    let (name, file) = (format!("[[{POINTS}]]"), layers.file.shown.to_owned());
    Some(Parameter { name, value: entries[number].clone(), file, line })
}

/// Each `[[cadence]]` entry as a parameter.
fn entry_parameters(layers: &Layers, built_in: &TomlFile, base: &DeTable) -> Vec<Parameter> {
    let line = |file: &TomlFile, spans: &DeTable, number: usize| entry_line(file, spans, CADENCE, number);
    let shipped = &layers.base[CADENCE];
    let number_of = |entry: &Value| shipped.as_array().and_then(|all| all.iter().position(|other| other == entry));
    let parameter = |(value, own): (&Value, Option<usize>)| {
        let (file, line) = match own {
            Some(number) => (layers.file, line(layers.file, layers.spans, number)),
            None => (built_in, line(built_in, base, number_of(value).unwrap_or(0))),
        };
        Parameter { name: format!("[[{CADENCE}]]"), value: value.clone(), file: file.shown.to_owned(), line }
    };
    laid_over(shipped, layers.user.get(CADENCE)).into_iter().map(parameter).collect()
}
