//! `[scores]` and `[[points]]`: how managers are scored, and what the findings of a rule take (SPEC-month §6).

use super::ALL;
use super::layers::{Layers, POINTS};
use super::lists::{List, OwnEntry};
use crate::judgement::Party;
use crate::lang::{say, words};
use crate::model::{Deduction, Points, Scoring, ScoringMode, Whole};
use crate::trouble::{Trouble, nearest};
use serde::Deserialize;
use toml::{Table, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScoresTable {
    mode: Mode,
    base: Points,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Rate,
    Points,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    per_finding: Points,
    cap: Option<Points>,
    veto: Option<Whole<1, 1_000_000>>,
}

impl Layers<'_> {
    /// How managers are scored. What findings take is read whether it is asked for or not, for mistakes in it are to be told.
    pub(super) fn scoring(&self) -> Result<Scoring, Trouble> {
        let ScoresTable { mode, base } = self.section("scores")?;
        let mode = match mode {
            Mode::Rate => ScoringMode::Rate,
            Mode::Points => ScoringMode::Points,
        };
        let right = right_entry();
        let list = List { name: POINTS, key: "rule", right: &right };
        let entries = self.own_entries(&list)?;
        let read = |entry: &OwnEntry| {
            let Entry { rule, per_finding, cap, veto } =
                self.read_entry(&list, entry, entry.table, |table| table.try_into())?;
            self.check_rule(&list, entry, &rule)?;
            Ok((rule, Deduction { per_finding, cap, veto: veto.map(|veto| veto.0) }))
        };
        let deductions = entries.iter().map(read).collect::<Result<_, Trouble>>()?;
        self.refuse_twice(&list, &entries)?;
        Ok(Scoring { mode, base, deductions })
    }

    /// There must be such a rule, and managers must answer for it.
    fn check_rule(&self, list: &List, entry: &OwnEntry, id: &str) -> Result<(), Trouble> {
        let wrong = || self.wrong_key(list, entry, "rule", &Value::String(id.to_owned()));
        let of_managers = || ALL.iter().map(|rule| rule.meta()).filter(|meta| meta.party == Party::Manager);
        match ALL.iter().map(|rule| rule.meta()).find(|meta| meta.id == id) {
            Some(meta) if meta.party == Party::Section => Err(wrong().required(words(
                "客户经理的规则：服务科自身职责不扣客户经理的分",
                "a rule of managers: duties of the section cost nobody points",
            ))),
            Some(_) => Ok(()),
            None => Err(match nearest(id, of_managers().map(|meta| meta.id)) {
                Some(near) => wrong().remedy(say(format!("是否应为 {near}？"), format!("did you mean {near}?"))),
                None => {
                    let ids: Vec<&str> = of_managers().map(|meta| meta.id).collect();
                    let all = say(
                        format!("以下规则之一：{}", ids.join("、")),
                        format!("one of the rules {}", ids.join(", ")),
                    );
                    wrong().required(all)
                }
            }),
        }
    }
}

/// What no key is wrong of.
fn right_entry() -> Table {
    let values = [("rule", Value::from(ALL[0].meta().id)), ("per_finding", Value::from(1))];
    values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
