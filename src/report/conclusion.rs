//! What a month shows, in three to seven sentences made from the data: what is in the way first, then what is worst, who needs
//! attention and why, and what has changed. Every report and format says the same.

use super::{Run, mean_score, obstacles};
use crate::judgement::{
    JudgedManager, JudgedRule, Judgement, Party, Severity, by_rule, lost_by_rule, percent_tenths, percent_text,
};
use crate::lang::{Words, counted, say, words};
use crate::model::Points;
use std::cmp::Reverse;

/// Of several things the first are named.
const NAMED: usize = 3;
/// A share of fewer units says little beside others.
const TELLING: u64 = 10;
/// What has changed by less, in tenths of a percentage point, is not told.
const NOTABLE: i64 = 10;

/// The sentences; `earlier` are the months before, of which only the last is compared with.
pub fn sentences(run: &Run, earlier: &[Judgement]) -> Vec<Words> {
    let sums = sums(run.judgement);
    let mut said: Vec<Words> = vec![];
    said.extend(in_the_way(run));
    said.extend(unsure(run));
    said.push(overall(run, &sums));
    said.push(worst_by_share(&sums));
    said.extend(worst_by_managers(&sums));
    said.extend(attention(run));
    said.push(changes(run, earlier, &sums));
    said
}

/// A rule of managers, all of them together.
struct RuleSum<'j> {
    rule: &'j JudgedRule,
    assessed: u64,
    failed: u64,
    /// Managers who were judged by it, and who failed.
    judged: u64,
    failing: u64,
}

impl RuleSum<'_> {
    fn fails(&self) -> bool {
        self.failed > 0
    }

    fn is_violation(&self) -> bool {
        self.rule.severity == Severity::Violation
    }

    /// Units that pass, in tenths of a percent.
    fn rate(&self) -> Option<i64> {
        (self.assessed > 0).then(|| percent_tenths(self.assessed - self.failed, self.assessed) as i64)
    }
}

fn sums(judgement: &Judgement) -> Vec<RuleSum<'_>> {
    let mut sums: Vec<RuleSum> = vec![];
    for (at, manager) in judgement.managers.iter().enumerate() {
        let of_managers = by_rule(&judgement.rules, &manager.outcomes).into_iter();
        let of_managers = of_managers.filter(|(rule, _)| rule.party == Party::Manager);
        for (number, (rule, outcome)) in of_managers.enumerate() {
            if at == 0 {
                sums.push(RuleSum { rule, assessed: 0, failed: 0, judged: 0, failing: 0 });
            }
            let sum = &mut sums[number];
            sum.assessed += outcome.assessed;
            sum.failed += outcome.failed;
            sum.judged += u64::from(outcome.assessed > 0);
            sum.failing += u64::from(outcome.failed > 0);
        }
    }
    sums
}

/// Names one after the other.
fn listed(all: Vec<Words>) -> Words {
    all.into_iter().reduce(|all, next| all.then(&words("；", "; ")).then(&next)).unwrap_or(words("", ""))
}

fn in_the_way(run: &Run) -> Option<Words> {
    let all = &run.judgement.obstacles;
    let all = if run.is_own { obstacles::for_himself(all) } else { all.clone() };
    let (first, n) = (all.first()?, all.len() as u64);
    let Words { zh, en } = &first.message;
    Some(match n {
        1 => say(format!("有 1 个问题妨碍考核：{zh}。"), format!("Something is in the way of judging: {en}.")),
        _ => say(
            format!("有 {n} 个问题妨碍考核，首先是：{zh}。"),
            format!("{n} things are in the way of judging, first of all: {en}."),
        ),
    })
}

/// What cannot be told, because of what could not be read.
fn unsure(run: &Run) -> Option<Words> {
    let (doubtful, rejected) = (run.judgement.doubtful(), run.rejected.len() as u64);
    (doubtful > 0).then(|| {
        say(
            format!("因读不懂的单元格或被拒绝的行（{rejected} 行），有 {doubtful} 项存疑，不算违规。"),
            format!(
                "{} in doubt, and no violations, for cells that could not be read or rejected rows ({rejected}).",
                if doubtful == 1 { "1 unit is".to_owned() } else { format!("{doubtful} units are") }
            ),
        )
    })
}

fn overall(run: &Run, sums: &[RuleSum]) -> Words {
    let (judgement, managers) = (run.judgement, run.judgement.managers.len() as u64);
    let count = |severity| -> u64 {
        judgement.managers.iter().map(|one| one.count(&judgement.rules, Party::Manager, severity)).sum()
    };
    let (violations, warnings) = (count(Severity::Violation), count(Severity::Warning));
    let assessed = sums.iter().filter(|sum| sum.assessed > 0).count() as u64;
    let kept = sums.iter().filter(|sum| sum.assessed > 0 && !sum.fails()).count() as u64;
    let score = mean_score(&judgement.managers);
    let score = score.map_or(words("", ""), |score| match managers {
        1 => say(format!("，得分 {score}"), format!(", score {score}")),
        _ => say(format!("，平均得分 {score:.2}"), format!(", mean score {score:.2}")),
    });
    let all = say(
        format!("{managers} 名客户经理，违规 {violations} 项，提醒 {warnings} 项"),
        format!(
            "{}: {}, {}",
            counted(managers, "manager"),
            counted(violations, "violation"),
            counted(warnings, "warning")
        ),
    );
    let rules = say(
        format!("；考核的 {assessed} 条规则中，{kept} 条全部合格。"),
        format!("; of {} assessed, {kept} passed throughout.", counted(assessed, "rule")),
    );
    all.then(&score).then(&rules)
}

/// Violations before warnings, and what many units tell before what few do.
fn worst_by_share(sums: &[RuleSum]) -> Words {
    let mut failed: Vec<&RuleSum> = sums.iter().filter(|sum| sum.fails()).collect();
    if failed.is_empty() {
        return words("没有不合格的规则。", "No rule was failed.");
    }
    let has_violations = failed.iter().any(|sum| sum.is_violation());
    failed.retain(|sum| sum.is_violation() == has_violations);
    failed.sort_by(|one, two| {
        let telling = |sum: &RuleSum| sum.assessed >= TELLING;
        let share = (two.failed * one.assessed).cmp(&(one.failed * two.assessed));
        telling(two).cmp(&telling(one)).then(share).then(two.failed.cmp(&one.failed))
    });
    let named = failed.iter().take(NAMED).map(|sum| {
        let RuleSum { rule, failed, assessed, .. } = sum;
        let share = percent_text(*failed, *assessed);
        say(
            format!("{} {assessed} 项中 {failed} 项不合格（{share}）", rule.title.zh),
            format!("{}, {failed} of {assessed} fail ({share})", rule.title.en),
        )
    });
    let named = listed(named.collect());
    say(format!("比例最高的问题：{}。", named.zh), format!("Worst by share: {}.", named.en))
}

fn worst_by_managers(sums: &[RuleSum]) -> Option<Words> {
    let mut several: Vec<&RuleSum> = sums.iter().filter(|sum| sum.failing > 1).collect();
    let has_violations = several.iter().any(|sum| sum.is_violation());
    several.retain(|sum| sum.is_violation() == has_violations);
    several.sort_by_key(|sum| (Reverse(sum.failing), Reverse(sum.failed)));
    let named = several.iter().take(NAMED).map(|sum| {
        let RuleSum { rule, failing, judged, .. } = sum;
        say(
            format!("{}（{judged} 名中 {failing} 名不合格）", rule.title.zh),
            format!("{} ({failing} of {} fail)", rule.title.en, counted(*judged, "manager")),
        )
    });
    let named: Vec<Words> = named.collect();
    (!named.is_empty()).then(|| {
        let named = listed(named);
        say(format!("涉及人数最多的问题：{}。", named.zh), format!("Most widespread: {}.", named.en))
    })
}

/// Those with the lowest scores who have violations, each with what cost him most.
fn attention(run: &Run) -> Option<Words> {
    let rules = &run.judgement.rules;
    let has_violations = |one: &&JudgedManager| one.count(rules, Party::Manager, Severity::Violation) > 0;
    let scored = run.judgement.managers.iter().filter(has_violations);
    let mut lowest: Vec<(Points, &JudgedManager)> = scored.filter_map(|one| Some((one.score?, one))).collect();
    lowest.sort_by_key(|one| one.0);
    let alone = run.judgement.managers.len() == 1;
    let named = lowest.iter().take(NAMED).map(|(score, one)| {
        let why = why(rules, one);
        match alone {
            true => why,
            false => {
                let name = run.manager_name(one);
                say(format!("{name}（得分 {score:.2}：{}）", why.zh), format!("{name} (score {score:.2}: {})", why.en))
            }
        }
    });
    let named: Vec<Words> = named.collect();
    (!named.is_empty()).then(|| {
        let named = listed(named);
        match alone {
            true => say(format!("失分最多的是：{}。", named.zh), format!("Most points are lost by {}.", named.en)),
            false => say(format!("最需要关注的：{}。", named.zh), format!("Most in need of attention: {}.", named.en)),
        }
    })
}

/// The two rules that take most from a manager's score.
fn why(rules: &[JudgedRule], manager: &JudgedManager) -> Words {
    let mut lost = lost_by_rule(rules, manager);
    lost.sort_by(|one, two| two.1.total_cmp(&one.1));
    let merged = by_rule(rules, &manager.outcomes);
    let named = lost.iter().take(2).filter_map(|(rule, ..)| {
        let (_, outcome) = merged.iter().find(|(of, _)| of.id == rule.id)?;
        let (failed, assessed) = (outcome.failed, outcome.assessed);
        Some(say(format!("{} {failed}/{assessed}", rule.title.zh), format!("{} {failed}/{assessed}", rule.title.en)))
    });
    let named: Vec<Words> = named.collect();
    named.into_iter().reduce(|all, next| all.then(&words("、", ", ")).then(&next)).unwrap_or(words("", ""))
}

/// What is better and what is worse than in the month before, rule by rule.
fn changes(run: &Run, earlier: &[Judgement], now: &[RuleSum]) -> Words {
    let month = run.judgement.month.plus(-1);
    let Some(before) = earlier.iter().find(|judgement| judgement.month == month) else {
        return words("数据中没有上月的拜访，无从比较。", "No visits of the month before are loaded to compare with.");
    };
    let then = sums(before);
    let mut moved: Vec<(i64, Words)> = vec![];
    for sum in now {
        let old = then.iter().find(|old| old.rule.id == sum.rule.id);
        let Some((was, is)) = old.and_then(RuleSum::rate).zip(sum.rate()) else { continue };
        let shown = |tenths: i64| format!("{}.{}%", tenths / 10, tenths % 10);
        let (was_text, is_text) = (shown(was), shown(is));
        let title = &sum.rule.title;
        let said = say(format!("{} {was_text}→{is_text}", title.zh), format!("{} {was_text} → {is_text}", title.en));
        moved.push((is - was, said));
    }
    moved.sort_by_key(|(change, _)| *change);
    let worse = moved.iter().filter(|(change, _)| *change <= -NOTABLE).take(NAMED).map(|(_, said)| said.clone());
    let better = moved.iter().rev().filter(|(change, _)| *change >= NOTABLE).take(NAMED).map(|(_, said)| said.clone());
    let (worse, better) = (listed(worse.collect()), listed(better.collect()));
    let none = words("无", "nothing");
    let or_none = |said: Words| if said.en.is_empty() { none.clone() } else { said };
    let (worse, better) = (or_none(worse), or_none(better));
    say(
        format!("与上月（{month}）相比，合格率变差的：{}。好转的：{}。", worse.zh, better.zh),
        format!("Against {month}, shares that pass: worse, {}; better, {}.", worse.en, better.en),
    )
}
