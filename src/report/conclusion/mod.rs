//! What a month shows, in three to seven sentences made from the data: what is in the way first, then what is worst, who needs
//! attention and why, and what has changed. Every report and format says the same.

mod gathered;
mod said;
mod sums;

pub use said::Sentence;

use super::{Run, anchor, mean_score, obstacles};
use crate::judgement::{JudgedManager, JudgedRule, Judgement, Party, Severity, by_rule, lost_by_rule, percent_text};
use crate::lang::{Words, counted, say, words};
use crate::model::Points;
use said::{Piece, both, listing};
use std::cmp::Reverse;
use sums::{NAMED, RuleSum, TELLING, gravest};

/// What has changed by less, in tenths of a percentage point, is not told.
const NOTABLE: i64 = 10;

/// So many sentences are read at once.
const MOST: usize = 7;

/// The sentences; `earlier` are the months before, of which only the last is compared with.
pub fn sentences(run: &Run, earlier: &[Judgement]) -> Vec<Sentence> {
    let sums = sums::of(run.judgement);
    let mut said: Vec<Sentence> = vec![];
    said.extend(in_the_way(run).map(Sentence::from));
    said.extend(unsure(run).map(Sentence::from));
    said.push(overall(run, &sums).into());
    said.push(worst_by_share(run, &sums));
    let gathered = gathered::sentence(run, &sums);
    let attention = attention(run);
    let others = said.len() + usize::from(gathered.is_some()) + usize::from(attention.is_some()) + 1;
    said.extend(worst_by_managers(run, &sums).filter(|_| others < MOST));
    said.extend(gathered);
    said.extend(attention);
    said.push(changes(run, earlier, &sums));
    said
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
    let (doubtful, rejected) = (run.judgement.doubtful(), run.accounts.rows_rejected());
    (doubtful > 0).then(|| {
        say(
            format!("因读不懂的单元格或被拒绝的行（{rejected} 行），有 {doubtful} 项存疑，不算违规。"),
            format!(
                "{} as violations, because cells could not be read or rows were rejected ({}).",
                match doubtful {
                    1 => "1 unit is in doubt and does not count".to_owned(),
                    n => format!("{n} units are in doubt and do not count"),
                },
                counted(rejected, "row")
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
    let whose = match run.is_own {
        true => words("", ""),
        false => say(format!("{managers} 名客户经理，"), format!("{}: ", counted(managers, "manager"))),
    };
    let found = say(
        format!("违规 {violations} 项，提醒 {warnings} 项"),
        format!("{}, {}", counted(violations, "violation"), counted(warnings, "warning")),
    );
    let all = whose.then(&found).then(&sections_own(run));
    let rules = say(
        format!("；考核的 {assessed} 条规则中，{kept} 条全部合格。"),
        format!("; of {} assessed, {kept} had no failure.", counted(assessed, "rule")),
    );
    all.then(&score).then(&rules)
}

/// What the section itself has failed in, which is none of the managers'.
fn sections_own(run: &Run) -> Words {
    let judgement = run.judgement;
    let own =
        |severity| judgement.managers.iter().map(move |one| one.count(&judgement.rules, Party::Section, severity));
    match own(Severity::Violation).sum::<u64>() + own(Severity::Warning).sum::<u64>() {
        0 => words("", ""),
        n => say(format!("（另有服务科自身 {n} 项）"), format!(" (and {n} of the section's own)")),
    }
}

/// Violations before warnings, and what many units tell before what few do.
fn worst_by_share(run: &Run, sums: &[RuleSum]) -> Sentence {
    let mut failed = gravest(sums);
    if failed.is_empty() {
        return words("没有不合格的规则。", "No rule was failed.").into();
    }
    failed.sort_by(|one, two| {
        let telling = |sum: &RuleSum| sum.assessed >= TELLING;
        let share = (two.failed * one.assessed).cmp(&(one.failed * two.assessed));
        telling(two).cmp(&telling(one)).then(share).then(two.failed.cmp(&one.failed))
    });
    let named = failed.iter().take(NAMED).map(|sum| {
        let RuleSum { rule, failed, assessed, .. } = sum;
        let share = percent_text(*failed, *assessed, None);
        let told = say(
            format!("{} {assessed} 项中 {failed} 项不合格（{share}）", rule.title.zh),
            format!("{}, {failed} of {assessed} fail ({share})", rule.title.en),
        );
        Piece::leading(told, anchor::of_findings(run, rule.id, None))
    });
    listing(words("不合格比例较高的：", "Highest failure rates: "), named.collect(), words("。", "."))
}

fn worst_by_managers(run: &Run, sums: &[RuleSum]) -> Option<Sentence> {
    let mut several = gravest(sums);
    several.retain(|sum| sum.failing > 1);
    several.sort_by_key(|sum| (Reverse(sum.failing), Reverse(sum.failed)));
    let named = several.iter().take(NAMED).map(|sum| {
        let RuleSum { rule, failing, judged, .. } = sum;
        let told = say(
            format!("{}（{judged} 名中 {failing} 名不合格）", rule.title.zh),
            format!("{} ({failing} of {} fail)", rule.title.en, counted(*judged, "manager")),
        );
        Piece::leading(told, anchor::of_findings(run, rule.id, None))
    });
    let named: Vec<Piece> = named.collect();
    (!named.is_empty()).then(|| listing(words("涉及人数最多的问题：", "Most widespread: "), named, words("。", ".")))
}

/// Those with the lowest scores who have violations, each with what cost him most.
fn attention(run: &Run) -> Option<Sentence> {
    let rules = &run.judgement.rules;
    let has_violations = |one: &&JudgedManager| one.count(rules, Party::Manager, Severity::Violation) > 0;
    let scored = run.judgement.managers.iter().filter(has_violations);
    let mut lowest: Vec<(Points, &JudgedManager)> = scored.filter_map(|one| Some((one.score?, one))).collect();
    lowest.sort_by_key(|one| one.0);
    let alone = run.judgement.managers.len() == 1;
    let named = lowest.iter().take(NAMED).map(|(score, one)| {
        let why = why(rules, one);
        if alone {
            return why.into();
        }
        let name = run.manager_name(one);
        let told = say(
            format!("{name}（得分 {score:.2}；不合格：{}）", why.zh),
            format!("{name} (score {score:.2}; fails {})", why.en),
        );
        Piece::leading(told, anchor::of_manager(run, one.id))
    });
    let named: Vec<Piece> = named.collect();
    let before = match alone {
        true => words("失分最多的是：", "Most points are lost on "),
        false => words("最需要关注的：", "Most in need of attention: "),
    };
    (!named.is_empty()).then(|| listing(before, named, words("。", ".")))
}

/// The two rules that take most from a manager's score.
pub(super) fn why(rules: &[JudgedRule], manager: &JudgedManager) -> Words {
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
fn changes(run: &Run, earlier: &[Judgement], now: &[RuleSum]) -> Sentence {
    let month = run.judgement.month.plus(-1);
    let Some(before) = earlier.iter().find(|judgement| judgement.month == month) else {
        return words(
            "数据中没有上月的拜访，无从比较。",
            "The data hold no visits of the month before, so there is nothing to compare with.",
        )
        .into();
    };
    let then = sums::of(before);
    let mut moved: Vec<(i64, Piece)> = vec![];
    for sum in now {
        let old = then.iter().find(|old| old.rule.id == sum.rule.id);
        let Some((was, is)) = old.and_then(RuleSum::rate).zip(sum.rate()) else { continue };
        let shown = |tenths: i64| format!("{}.{}%", tenths / 10, tenths % 10);
        let (was_text, is_text) = (shown(was), shown(is));
        let title = &sum.rule.title;
        let said = say(format!("{} {was_text}→{is_text}", title.zh), format!("{} {was_text} → {is_text}", title.en));
        moved.push((is - was, said.into()));
    }
    moved.sort_by_key(|(change, _)| *change);
    let worse = moved.iter().filter(|(change, _)| *change <= -NOTABLE).take(NAMED).map(|(_, said)| said.clone());
    let better = moved.iter().rev().filter(|(change, _)| *change >= NOTABLE).take(NAMED).map(|(_, said)| said.clone());
    let or_none = |said: Vec<Piece>| if said.is_empty() { vec![words("无", "nothing").into()] } else { said };
    let before = say(format!("与上月（{month}）相比，合格率下降的："), format!("Pass rates since {month}, worse: "));
    both(
        listing(before, or_none(worse.collect()), words("", "")),
        listing(words("；上升的：", ". Better: "), or_none(better.collect()), words("。", ".")),
    )
}
