//! `explain --format markdown`: `docs/rules.md` has this table.

use super::{Explained, severity_words};
use crate::judgement::Party;
use crate::lang::{Lang, say, words};

/// A table of these rules.
pub fn table(rules: &[Explained], lang: Lang) -> String {
    let heads = words(
        "| 规则 | 条款 | 性质 | 考核 | 不合格的情形 | 需要 |",
        "| rule | clause | severity | assessed | fails when | needs |",
    );
    let mut text = format!("{}\n| --- | --- | --- | --- | --- | --- |\n", heads.get(lang));
    for rule in rules {
        let meta = rule.meta;
        let section = say(format!(",{}", rule.party().zh), format!(", {}", rule.party().en));
        let party = if meta.party == Party::Section { section.get(lang) } else { "" };
        text.push_str(&format!(
            "| `{}` | {} | {}{party} | {} | {} | {} |\n",
            meta.id,
            meta.clause,
            severity_words(rule.severity()).get(lang),
            meta.assessed.get(lang),
            meta.fails.get(lang),
            rule.needs().get(lang)
        ));
    }
    text
}
