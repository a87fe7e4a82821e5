//! In whom, or in which branch, what fails of a rule is gathered.

use super::said::{Piece, Sentence, listing};
use super::sums::{NAMED, RuleSum, TELLING, gravest};
use crate::judgement::JudgedManager;
use crate::lang::{Words, counted, say, words};
use crate::report::{Run, anchor};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// So many rules are named.
const RULES: usize = 2;

/// Nothing where failures are spread, or are few.
pub(super) fn sentence(run: &Run, sums: &[RuleSum]) -> Option<Sentence> {
    let mut telling = gravest(sums);
    telling.retain(|sum| sum.failed >= TELLING);
    telling.sort_by_key(|sum| Reverse(sum.failed));
    let named = telling.iter().filter_map(|sum| in_managers(run, sum).or_else(|| in_a_branch(run, sum)));
    let named: Vec<Piece> = named.take(RULES).collect();
    (!named.is_empty()).then(|| listing(words("集中之处：", "Concentrated in a few: "), named, words("。", ".")))
}

/// A few managers, at most a quarter of those judged, with at least half of the failures.
fn in_managers(run: &Run, sum: &RuleSum) -> Option<Piece> {
    let mut most: Vec<(u64, &JudgedManager)> =
        sum.of_managers.iter().zip(&run.judgement.managers).map(|((_, failed), one)| (*failed, one)).collect();
    most.sort_by_key(|(failed, _)| Reverse(*failed));
    let mut theirs = 0;
    let enough = most.iter().position(|(failed, _)| {
        theirs += failed;
        theirs * 2 >= sum.failed
    })? + 1;
    if enough > NAMED || enough as u64 * 4 > sum.judged {
        return None;
    }
    let names: Vec<String> = most[..enough].iter().map(|(_, one)| run.manager_name(one)).collect();
    let who = say(names.join("、"), names.join(", "));
    let alone = (enough == 1).then(|| most[0].1.id);
    Some(Piece::leading(told(sum, theirs, &who), anchor::of_findings(run, sum.rule.id, alone)))
}

/// A branch with at least half of the failures, and at least twice its share of what was assessed.
fn in_a_branch(run: &Run, sum: &RuleSum) -> Option<Piece> {
    let mut branches: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for ((assessed, failed), one) in sum.of_managers.iter().zip(&run.judgement.managers) {
        let branch = branches.entry(run.book.branch(one.id).unwrap_or_default()).or_default();
        *branch = (branch.0 + assessed, branch.1 + failed);
    }
    let gathers = |(name, (assessed, failed)): &(&str, (u64, u64))| {
        !name.is_empty() && failed * 2 >= sum.failed && failed * sum.assessed >= 2 * assessed * sum.failed
    };
    let (name, (_, failed)) = branches.into_iter().find(gathers)?;
    Some(Piece::leading(told(sum, failed, &Words::same(name)), anchor::of_findings(run, sum.rule.id, None)))
}

fn told(sum: &RuleSum, theirs: u64, who: &Words) -> Words {
    let (title, failed) = (&sum.rule.title, sum.failed);
    match theirs == failed {
        true => say(
            format!("{}的 {failed} 项不合格全部在{}", title.zh, spaced(&who.zh)),
            format!("{}, all {} with {}", title.en, counted(failed, "failure"), who.en),
        ),
        false => say(
            format!("{}的 {failed} 项不合格中 {theirs} 项在{}", title.zh, spaced(&who.zh)),
            format!("{}, {theirs} of {} with {}", title.en, counted(failed, "failure"), who.en),
        ),
    }
}

/// Between ideographs and Latin letters stands a space.
fn spaced(name: &str) -> String {
    let space = if name.starts_with(|c: char| c.is_ascii_graphic()) { " " } else { "" };
    format!("{space}{name}")
}
