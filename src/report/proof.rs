//! What a spot check proves, in words that need no statistics (SPEC-month §7), and as JSON.

use crate::lang::{Lang, Words, say, words};
use crate::sample::{Chance, CheckedProof, DrawProof};
use serde::Serialize;
use std::collections::BTreeMap;

/// As in JSON.
#[derive(Serialize)]
pub struct DrawProofJson {
    n: u64,
    of: u64,
    /// By the share of bad records, in percent; to two decimals.
    chance: BTreeMap<u64, f64>,
}

impl From<DrawProof> for DrawProofJson {
    fn from(proof: DrawProof) -> Self {
        let chance = |chance: &Chance| (chance.percent, chance.hundredths as f64 / 100.0);
        Self { n: proof.drawn, of: proof.of, chance: proof.chances.iter().map(chance).collect() }
    }
}

#[derive(Serialize)]
pub struct CheckedProofJson {
    checked: u64,
    bad: u64,
    at_most_percent: u64,
}

impl From<CheckedProof> for CheckedProofJson {
    fn from(proof: CheckedProof) -> Self {
        Self { checked: proof.checked, bad: proof.bad, at_most_percent: proof.at_most_percent() }
    }
}

/// A chance in whole percent; what may turn out otherwise is neither 0 nor 100.
pub fn chance_text(chance: &Chance) -> String {
    match chance.hundredths {
        0 if !chance.is_certain => "< 1%".to_owned(),
        100 if !chance.is_certain => "> 99%".to_owned(),
        hundredths => format!("{hundredths}%"),
    }
}

/// What a draw of a manager's customers proves.
pub fn of_draw(proof: &DrawProof) -> Words {
    let (n, of) = (proof.drawn, proof.of);
    let part = |(place, chance): (usize, &Chance)| {
        let (percent, bad, chance) = (chance.percent, chance.bad, chance_text(chance));
        match place {
            0 => say(
                format!("若有 {percent}%（{bad} 户）不实，至少查到一户的机会为 {chance}"),
                format!("the chance of meeting a bad one is {chance} if {percent}% ({bad}) are bad"),
            ),
            _ => say(format!("{percent}%（{bad} 户）为 {chance}"), format!("{chance} if {percent}% ({bad})")),
        }
    };
    let begun = say(format!("{of} 户中抽 {n} 户："), format!("{n} of {of} drawn: "));
    let parts = proof.chances.iter().enumerate().map(part);
    parts.reduce(|all, next| all.then(&words("；", ", ")).then(&next)).map_or(begun.clone(), |parts| begun.then(&parts))
}

/// What the section's random checks prove, once they are back.
pub fn of_checks(proof: CheckedProof) -> Words {
    let CheckedProof { checked, bad } = proof;
    let most = proof.at_most_percent();
    say(
        format!(
            "本月随机抽查有结果的 {checked} 户中，{bad} 户不合格或无法核查：据此有 95% 的把握，全部拜访客户中不实的至多约占 {most}%"
        ),
        format!(
            "Of {checked} customers checked at random, {bad} failed or could not be checked: with 95% confidence at most about {most}% of all visited customers are bad"
        ),
    )
}

/// What the first column of a table of these figures says, and the others.
pub fn heads(lang: Lang) -> [String; 5] {
    let head = |zh, en| words(zh, en).get(lang).to_owned();
    let of = |percent: u64| say(format!("不实占 {percent}%"), format!("{percent}% bad")).get(lang).to_owned();
    [head("客户经理", "manager"), head("抽查 / 拜访", "drawn / visited"), of(5), of(10), of(20)]
}
