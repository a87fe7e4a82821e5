//! rules.toml: from text to typed parameters, strictly (SPEC §3, §4).
//!
//! Defaults stand in the built-in rules.toml and nowhere else; a user's file is laid over it key by key.

pub use super::layers::BUILT_IN;

use super::layers::{BUILT_IN_NAME, CADENCE, COMMON, Layers, RULES};
use super::must_onsite::MustOnsite;
use super::parameters::{self, Parameter};
use super::service_quality::ServiceQuality;
use super::{ALL, AnyRule, Judge, Meta, Rule, settings};
use crate::digest::sha256;
use crate::judgement::{Party, Severity};
use crate::model::*;
use crate::obstacle::ObstacleKind;
use crate::toml_file::TomlFile;
use crate::trouble::Trouble;
use serde::{Deserialize, Deserializer};
use serde_json::json;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// The regulation whose numbers the built-in copy holds, by its title.
pub const STANDARD: &str = "徐州市烟草公司客户经理工作规范（卷烟零售客户服务标准）";

/// A rule that is not off.
pub struct ActiveRule {
    pub meta: &'static Meta,
    /// The `[[cadence]]` entry's item.
    pub item: Option<String>,
    /// The entry's own clause, or the rule's.
    pub clause: String,
    pub severity: Severity,
    /// As rules.toml gives it, if it does.
    own_weight: Option<f64>,
    pub judge: Box<dyn Judge>,
}

impl ActiveRule {
    /// The weight in scores (SPEC §3.4).
    pub fn weight(&self) -> f64 {
        self.own_weight.unwrap_or(match (self.meta.party, self.severity) {
            (Party::Section, _) => 0.0,
            // What hardly can be true is to be verified, not scored.
            _ if self.meta.is_of_integrity() => 0.0,
            (Party::Manager, Severity::Violation) => 1.0,
            (Party::Manager, Severity::Warning) => 0.5,
        })
    }

    /// The obstacles that stand in its way.
    pub fn hangs_on(&self) -> &'static [ObstacleKind] {
        self.judge.hangs_on()
    }

    /// The parameters that every rule has: severity, and the weight where rules.toml gives one.
    fn common(&self) -> serde_json::Value {
        let mut table = json!({"severity": self.severity.name()});
        if let Some(weight) = self.own_weight {
            table["weight"] = weight.into();
        }
        table
    }
}

fn with(mut table: serde_json::Value, more: &serde_json::Value) -> serde_json::Value {
    for (name, value) in more.as_object().into_iter().flatten() {
        table[name] = value.clone();
    }
    table
}

/// All that rules.toml says.
pub struct Ruleset {
    /// The file's path; `None` for the built-in copy.
    pub path: Option<String>,
    /// Of the file's bytes.
    pub sha256: String,
    pub settings: Settings,
    /// Those that are not off, in the order of the contract.
    pub rules: Vec<ActiveRule>,
    text: String,
}

impl Ruleset {
    pub fn built_in() -> Self {
        Self::parse(BUILT_IN, None).expect("the built-in rules.toml is valid: tests/registry.rs")
    }

    /// Reads a rules.toml; `path` names it in errors.
    pub fn parse(text: &str, path: Option<&str>) -> Result<Self, Trouble> {
        let file = TomlFile { text, shown: path.unwrap_or(BUILT_IN_NAME) };
        let spans = file.parse()?;
        let layers = Layers::new(&file, spans.get_ref())?;
        layers.check_names()?;
        let mut rules = Vec::new();
        for rule in ALL {
            rules.extend(layers.rule(*rule)?);
        }
        let settings = settings::read(&layers)?;
        let path = path.map(str::to_owned);
        let mut ruleset = Self { path, sha256: sha256(text), text: text.to_owned(), settings, rules };
        ruleset.settings.onsite_below = ruleset.onsite_below();
        Ok(ruleset)
    }

    /// Every rule's parameters with the lines that set them, by id.
    pub fn in_force(&self) -> BTreeMap<&'static str, Vec<Parameter>> {
        parameters::in_force(&self.text, self.path.as_deref().unwrap_or(BUILT_IN_NAME))
    }

    /// The parameters of every rule that is not off, by id; cadence lists its entries.
    pub fn parameters(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut all = serde_json::Map::new();
        for rules in self.rules.chunk_by(|one, two| one.meta.id == two.meta.id) {
            let common = rules[0].common();
            let common = match self.settings.scoring.deduction(rules[0].meta.id) {
                Some(deduction) => with(common, &json!({"points": deduction})),
                None => common,
            };
            let table = match &rules[0].item {
                None => with(common, &rules[0].judge.parameters()),
                Some(_) => {
                    let entries: Vec<serde_json::Value> = rules.iter().map(|rule| rule.judge.parameters()).collect();
                    with(common, &json!({"entries": entries}))
                }
            };
            all.insert(rules[0].meta.id.to_owned(), table);
        }
        all
    }

    /// The parameters of a rule; `None` where it is off.
    pub fn params<R: Rule>(&self) -> Option<&R::Params> {
        let rule = self.rules.iter().find(|rule| rule.meta.id == R::META.id);
        rule.and_then(|rule| rule.judge.params().downcast_ref())
    }

    /// What customers must have scored in the month before, or be seen on site (六.3); nothing where scores ask for no visits.
    fn onsite_below(&self) -> Option<Percent> {
        let asks_for_visits = self.params::<MustOnsite>().is_some_and(|params| params.from_quality);
        self.params::<ServiceQuality>().filter(|_| asks_for_visits).map(|params| params.min_percent)
    }

    /// The dates that this ruleset looks at to judge a month.
    pub fn scope(&self, month: Month) -> Scope {
        let mut scope = Scope::everywhere(month.span());
        for rule in &self.rules {
            rule.judge.widen(month, &mut scope);
        }
        scope
    }
}

impl Layers<'_> {
    /// A rule with its parameters, entry by entry where it has entries; nothing if it is off.
    fn rule(&self, rule: &dyn AnyRule) -> Result<Vec<ActiveRule>, Trouble> {
        let meta = rule.meta();
        let path = [RULES, meta.id];
        let common: Common = self.read(&path, &[], |table| {
            let common = table.into_iter().filter(|(key, _)| COMMON.contains(&key.as_str()));
            common.collect::<Table>().try_into()
        })?;
        let severity = match common.severity {
            SeverityWord::Violation => Severity::Violation,
            SeverityWord::Warning => Severity::Warning,
            SeverityWord::Off => return Ok(vec![]),
        };
        let active = |judge, item, clause| ActiveRule {
            meta,
            item,
            clause,
            severity,
            own_weight: common.weight.as_ref().map(|weight| weight.0),
            judge,
        };
        if meta.id != CADENCE {
            let judge = self.read(&path, &COMMON, |table| rule.configure(table))?;
            return Ok(vec![active(judge, None, meta.clause.to_owned())]);
        }
        let entries = self.entries(rule)?.into_iter();
        Ok(entries.map(|(judge, item, clause)| active(judge, Some(item), clause)).collect())
    }
}

#[derive(Deserialize)]
struct Common {
    severity: SeverityWord,
    weight: Option<Weight>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum SeverityWord {
    Violation,
    Warning,
    Off,
}

struct Weight(f64);

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let weight = match Value::deserialize(deserializer)? {
            Value::Integer(whole) => whole as f64,
            Value::Float(number) => number,
            _ => f64::NAN,
        };
        let allowed = (0.0..=1000.0).contains(&weight);
        allowed.then_some(Self(weight)).ok_or_else(|| refuse("0 到 1000 之间的数", "a number from 0 to 1000"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        match Ruleset::parse(text, Some("rules.toml")) {
            Ok(_) => panic!("no error in {text}"),
            Err(trouble) => trouble.to_string(),
        }
    }

    #[test]
    fn a_file_that_changes_one_number_keeps_all_others() {
        let rules = Ruleset::parse("[rules.unplanned-cap]\nmax_percent = 12.5\n", None).unwrap();
        let of = |id: &str| rules.rules.iter().find(|rule| rule.meta.id == id).unwrap();
        assert_eq!(of("unplanned-cap").judge.parameters(), json!({"max_percent": 12.5}));
        assert_eq!(of("onsite-share").judge.parameters(), json!({"min_percent": 50}));
        assert_eq!(rules.parameters().len(), ALL.len());
    }

    #[test]
    fn severity_and_weight_can_be_set_for_each_rule() {
        let rules = Ruleset::parse(
            "[rules.first-arrival]\nseverity = 'off'\n[rules.field-time]\nseverity = 'warning'\n\
             [rules.plan-made]\nweight = 2\n",
            None,
        )
        .unwrap();
        let of = |id: &str| rules.rules.iter().find(|rule| rule.meta.id == id);
        assert!(of("first-arrival").is_none());
        assert_eq!(of("field-time").map(|rule| rule.weight()), Some(0.5));
        assert_eq!(of("plan-made").map(|rule| rule.weight()), Some(2.0));
        assert_eq!(of("spot-check-size").map(|rule| rule.weight()), Some(0.0));
        assert_eq!(of("must-onsite").map(|rule| rule.weight()), Some(1.0));
    }

    #[test]
    fn unknown_names_are_refused_with_the_nearest_right_one() {
        for (text, message) in [
            ("[calender]\n", "rules.toml:1: unknown name [calender]\n  remedy: did you mean calendar?"),
            (
                "\n[rules.frist-arrival]\n",
                "rules.toml:2: unknown name [rules.frist-arrival]\n  remedy: did you mean first-arrival?",
            ),
            (
                "[rules.field-time]\nhour = 5\n",
                "rules.toml:2: unknown name [rules.field-time] hour\n  remedy: did you mean hours?",
            ),
            (
                "[first-arrival]\nby = '08:30'\n",
                "rules.toml:1: unknown name [first-arrival]\n  remedy: did you mean [rules.first-arrival]?",
            ),
        ] {
            assert_eq!(error(text), message);
        }
    }

    #[test]
    fn wrong_units_and_ranges_are_refused_at_their_line() {
        for (text, message) in [
            (
                "[rules.field-time]\n\nhours = 300\n",
                "rules.toml:3: [rules.field-time] hours = 300\n  required: a number of hours from 0 to 24",
            ),
            (
                "[rules.first-arrival]\nby = 8\n",
                "rules.toml:2: [rules.first-arrival] by = 8\n  required: a quoted time of day such as \"08:30\"",
            ),
            (
                "[rules.plan-made]\nseverity = 'error'\n",
                "rules.toml:2: [rules.plan-made] severity = \"error\"\n  required: one of violation, warning, off",
            ),
            (
                "[rules.field-time]\ndays = 'all'\n",
                "rules.toml:2: [rules.field-time] days = \"all\"\n  required: one of workdays, planned",
            ),
            (
                "[calendar]\nholidays = ['1 May']\n",
                "rules.toml:2: [calendar] holidays = [\"1 May\"]\n  required: a list of dates such as [2026-10-01]",
            ),
            (
                "[days]\nexcuse = ['sick']\n",
                "rules.toml:2: [days] excuse = [\"sick\"]\n  required: statuses among field, meeting, training, leave, office, device_failure",
            ),
            (
                "[rules.must-onsite]\nweight = -1\n",
                "rules.toml:2: [rules.must-onsite] weight = -1\n  required: a number from 0 to 1000",
            ),
        ] {
            assert_eq!(error(text), message);
        }
        assert!(error("[rules\n").starts_with("rules.toml:1: not valid TOML"));
        assert!(error("[due]\ninclude_suspended = 'yes'\n").starts_with("rules.toml:2: [due] include_suspended"));
    }
}
