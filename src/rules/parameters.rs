//! The parameters in force, each with the line of rules.toml that sets it.

use super::config::{BUILT_IN, CADENCE, Layers, RULES, find, offset};
use crate::toml_file::TomlFile;
use toml::Value;
use toml::de::DeTable;

/// A parameter as it is in force, and where it is set.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    pub value: Value,
    /// The user's file, or `rules.toml` for the built-in copy.
    pub file: String,
    pub line: u64,
}

impl Layers<'_> {
    /// A rule's parameters with their places: the user's where he gives them, else those of the built-in copy.
    pub(super) fn in_force(&self, id: &str) -> Vec<Parameter> {
        let built_in = TomlFile { text: BUILT_IN, shown: "rules.toml" };
        let base = built_in.parse().expect("the built-in rules.toml is valid TOML");
        let path = [RULES, id];
        let own = find(&self.user, &path);
        let parameter = |name: &String, value: &Value, file: &TomlFile, spans: &DeTable| Parameter {
            name: name.clone(),
            value: value.clone(),
            file: file.shown.to_owned(),
            line: file.line(offset(spans, &path, name)),
        };
        let of_base = self.base_table(&path);
        let kept = of_base.iter().filter(|(name, _)| !own.is_some_and(|own| own.contains_key(*name)));
        let mut all: Vec<Parameter> =
            kept.map(|(name, value)| parameter(name, value, &built_in, base.get_ref())).collect();
        all.extend(own.into_iter().flatten().map(|(name, value)| parameter(name, value, self.file, self.spans)));
        if id == CADENCE {
            let (own, layer) = (self.user.get(CADENCE), (self.file, self.spans));
            let (file, spans) = if own.is_some() { layer } else { (&built_in, base.get_ref()) };
            all.extend(entry_parameters(own.unwrap_or(&self.base[CADENCE]), file, spans));
        }
        all
    }
}

/// Each `[[cadence]]` entry as a parameter.
fn entry_parameters(entries: &Value, file: &TomlFile, spans: &DeTable) -> Vec<Parameter> {
    let places = spans.get(CADENCE).and_then(|entries| entries.get_ref().as_array());
    let entries = entries.as_array().into_iter().flatten().enumerate();
    let parameter = |(number, value): (usize, &Value)| Parameter {
        name: format!("[[{CADENCE}]]"),
        value: value.clone(),
        file: file.shown.to_owned(),
        line: places.and_then(|places| Some(file.line(places.get(number)?.span().start))).unwrap_or(1),
    };
    entries.map(parameter).collect()
}
