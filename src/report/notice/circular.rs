//! 通报: the circular on a month: what was looked at, how it went beside the month before, what is wrong, what was put right and
//! what repeats, and what is asked.

use super::words::{item, listed, manager, month, part, sentence, subpart};
use super::{Notices, added_up, figures, reason_words};
use crate::book::Book;
use crate::document::{Document, Side, Tone};
use crate::followup::{Counts, Followed, Outcome, Reason};
use crate::judgement::{JudgedManager, RuleOutcome, Severity};
use crate::lang::{Lang, Words, counted, say, words};
use crate::model::Month;
use crate::report::{points, rows};
use std::collections::BTreeMap;

/// Ranks up to this are named.
const HEAD: usize = 3;

/// What the circular is called.
pub(crate) fn title(of: Month) -> Words {
    let of = month(of);
    say(
        format!("关于{}客户经理拜访规范执行情况的通报", of.zh),
        format!("Circular on how the visiting standard was kept in {}", of.en),
    )
}

pub(crate) fn document(notices: &Notices, lang: Lang) -> Document {
    let mut circular = Circular { notices, lang, document: Document::default(), parts: 0 };
    circular.document.title(title(notices.run.judgement.month).get(lang));
    circular.document.line(Side::Left, words("各客户经理：", "To all managers:").get(lang));
    circular.scope();
    circular.headlines();
    circular.wrong();
    circular.turned();
    circular.repeated();
    circular.ranking();
    circular.asked();
    for line in notices.signatures() {
        circular.document.line(Side::Right, line.get(lang));
    }
    let annex = words("附件　客户经理情况表", "Annex: the managers");
    let mut body = Document::default();
    body.table(figures::managers(notices, lang));
    points::add(notices.run, &mut body, lang);
    body.text(rows::provenance(notices.run.ruleset).get(lang));
    circular.document.section("managers", annex.get(lang), body);
    circular.document
}

/// How much of something each of some managers has.
type Whose = Vec<(u64, Words)>;

struct Circular<'a> {
    notices: &'a Notices<'a>,
    lang: Lang,
    document: Document,
    /// How many parts have been begun.
    parts: usize,
}

impl<'a> Circular<'a> {
    fn book(&self) -> &'a Book {
        self.notices.run.book
    }

    fn managers(&self) -> &'a [JudgedManager] {
        &self.notices.run.judgement.managers
    }

    fn part(&mut self, zh: &'static str, en: &'static str) {
        self.parts += 1;
        let heading = part(self.parts).then(&words(zh, en));
        self.document.heading(heading.get(self.lang));
    }

    fn text(&mut self, told: &Words) {
        self.document.text(sentence(told, self.lang));
    }

    /// What was looked at, and how much of it could not be judged.
    fn scope(&mut self) {
        self.part("检查范围", "What was looked at");
        let run = self.notices.run;
        let told = (0..run.judgement.rules.len()).filter(|rule| self.notices.is_told(*rule));
        let outcomes: Vec<_> =
            told.flat_map(|rule| self.managers().iter().map(move |one| &one.outcomes[rule])).collect();
        let sum = |count: fn(&RuleOutcome) -> u64| outcomes.iter().map(|one| count(one)).sum::<u64>();
        let (assessed, failed) = (sum(|one| one.assessed), sum(|one| one.failed));
        let (doubtful, waived) = (sum(|one| one.doubtful), sum(|one| one.waived));
        let (of, horizon, n) = (month(run.judgement.month), run.book.horizon, self.managers().len() as u64);
        self.text(&say(
            format!("依据{}的拜访数据（截至 {horizon}），对 {n} 名客户经理按《客户经理工作规范》考核 {assessed} 项，不合格 {failed} 项", of.zh),
            format!(
                "{} judged by the visiting standard on the data of {} (to {horizon}): {} assessed, {failed} failed",
                if n == 1 { "1 manager was".to_owned() } else { format!("{n} managers were") },
                of.en,
                counted(assessed, "unit"),
            ),
        ));
        if doubtful > 0 {
            self.text(&say(
                format!("另有 {doubtful} 项因数据读不懂存疑，不作结论"),
                format!("{} in doubt because data could not be read, and not judged", are(doubtful)),
            ));
        }
        if waived > 0 {
            self.text(&say(
                format!("申诉成立 {waived} 项，不计"),
                format!("{} waived by appeals, and not counted", are(waived)),
            ));
        }
        if let Some(incomplete) = run.incomplete() {
            self.text(&incomplete);
        }
        if let Some(years) = self.notices.unlisted_years() {
            self.text(&years);
        }
        let in_the_way: Vec<Words> = run.judgement.obstacles.iter().map(|one| one.message.clone()).collect();
        if !in_the_way.is_empty() {
            let all = listed(&in_the_way, ("个问题", "thing"));
            self.text(&say(format!("数据方面妨碍考核的：{}", all.zh), format!("In the way of judging: {}", all.en)));
        }
        // Whoever is sent the letter has no use for the folders.
        let name = |shown: &str| shown.rsplit('/').next().unwrap_or(shown).to_owned();
        let files: Vec<Words> =
            run.accounts.inputs.iter().map(|input| Words::same(name(&input.source.shown))).collect();
        let files = listed(&files, ("个", "file"));
        self.text(&say(format!("数据文件：{}", files.zh), format!("Files: {}", files.en)));
    }

    /// The headline measures beside the month before.
    fn headlines(&mut self) {
        self.part("主要指标", "The headline measures");
        self.document.table(figures::headlines(self.notices, self.lang));
    }

    /// What is wrong, rule by rule: violations first, of these what failed most often.
    fn wrong(&mut self) {
        self.part("存在的问题", "What is wrong");
        let mut by_rule: BTreeMap<usize, Whose> = BTreeMap::new();
        for judged in self.managers() {
            for (rule, findings) in self.notices.found(judged) {
                let entry = (findings.len() as u64, manager(self.book(), judged.id));
                by_rule.entry(rule).or_default().push(entry);
            }
        }
        if by_rule.is_empty() {
            return self.text(&words("本月没有发现问题", "Nothing was found in the month"));
        }
        let rules = &self.notices.run.judgement.rules;
        let mut worst: Vec<(usize, u64, Whose)> = by_rule
            .into_iter()
            .map(|(rule, managers)| (rule, managers.iter().map(|(n, _)| n).sum(), managers))
            .collect();
        worst.sort_by_key(|(rule, failed, _)| {
            (rules[*rule].severity == Severity::Warning, std::cmp::Reverse(*failed), *rule)
        });
        for (number, (rule, failed, managers)) in (1..).zip(worst) {
            let assessed: u64 = self.managers().iter().map(|one| one.outcomes[rule].assessed).sum();
            let (n, who) = (managers.len() as u64, most_first(managers));
            let caption = subpart(number).then(&self.notices.rule_words(rule));
            self.document.caption(caption.get(self.lang), Tone::Plain);
            self.text(&say(
                format!("考核 {assessed} 项，不合格 {failed} 项，涉及 {n} 名客户经理：{}", who.zh),
                format!("{failed} of {} failed, of {}: {}", counted(assessed, "unit"), counted(n, "manager"), who.en),
            ));
        }
    }

    /// What was put right, and of what nobody can say so.
    fn turned(&mut self) {
        self.part("整改情况", "What was put right");
        let told: Vec<(usize, &Followed)> = self.notices.told_subjects().collect();
        self.text(&self.notices.compared());
        if !self.notices.has_comparison() {
            return;
        }
        let counts = Counts::of(told.iter().map(|(_, one)| *one));
        self.text(&added_up(&counts));
        // The sums printed are of all subjects; letters tell of no duties of the section and of no rules of integrity.
        let all = self.notices.followed.counts();
        let apart = (all.before + all.now) - (counts.before + counts.now);
        if apart > 0 {
            self.text(&words(
                "以上不含客户服务科自身职责和数据真实性方面的事项，见台账",
                "The section's own duties and records to be verified are not among these; they stand in the ledger",
            ));
        }
        let fixed = told.iter().filter(|(_, one)| one.outcome == Outcome::Fixed).copied().collect();
        if counts.fixed > 0 {
            self.by_rule(fixed, |rule| say(format!("已整改：{}", rule.zh), format!("Fixed: {}", rule.en)));
        }
        let mut reasons: BTreeMap<_, u64> = BTreeMap::new();
        for reason in told.iter().filter_map(|(_, one)| one.outcome.reason()) {
            *reasons.entry(reason).or_default() += 1;
        }
        let told = |(reason, n): (&Reason, &u64)| {
            let reason = reason_words(*reason);
            say(format!("{} {n} 项", reason.zh), format!("{n} {}", reason.en))
        };
        let all = reasons.iter().map(told).reduce(|all, next| all.then(&words("，", ", ")).then(&next));
        if let Some(all) = all {
            self.text(&say(format!("无法核实：{}", all.zh), format!("Not verifiable: {}", all.en)));
        }
    }

    /// What is open as it was before, and since when at the longest.
    fn repeated(&mut self) {
        if !self.notices.has_comparison() {
            return;
        }
        self.part("重复问题", "What repeats");
        let repeated: Vec<_> =
            self.notices.told_subjects().filter(|(_, one)| one.outcome == Outcome::Repeated).collect();
        if repeated.is_empty() {
            return self.text(&words("没有重复出现的问题", "Nothing repeats"));
        }
        let since: BTreeMap<usize, Option<Month>> = repeated.iter().fold(BTreeMap::new(), |mut since, (rule, one)| {
            let earliest = since.entry(*rule).or_insert(one.since);
            *earliest = (*earliest).min(one.since);
            since
        });
        self.by_rule(repeated, |rule| rule.clone());
        if let Some(earliest) = since.into_values().flatten().min() {
            let earliest = month(earliest);
            self.text(&say(
                format!("最早的自{}起连续出现", earliest.zh),
                format!("The oldest have stood since {}", earliest.en),
            ));
        }
    }

    /// A line a rule: how many subjects, and whose.
    fn by_rule(&mut self, subjects: Vec<(usize, &Followed)>, headed: impl Fn(&Words) -> Words) {
        let mut by_rule: BTreeMap<usize, BTreeMap<&str, u64>> = BTreeMap::new();
        for (rule, one) in &subjects {
            *by_rule.entry(*rule).or_default().entry(&one.subject.manager).or_default() += 1;
        }
        for (number, (rule, managers)) in (1..).zip(by_rule) {
            let all: u64 = managers.values().sum();
            let who = most_first(managers.into_iter().map(|(id, n)| (n, self.notices.manager(id))).collect());
            let head = headed(&self.notices.title(rule));
            let told = say(format!("{} {all} 项：{}", head.zh, who.zh), format!("{}: {all}, of {}", head.en, who.en));
            self.text(&item(number).then(&told));
        }
    }

    /// The head of the month's ranking.
    fn ranking(&mut self) {
        let Some(ranking) = self.notices.ranking else { return };
        self.part("排名靠前的客户经理", "The head of the ranking");
        let best = ranking.standings.iter().filter_map(|one| Some((one.rank.filter(|rank| *rank <= HEAD)?, one)));
        let told: Vec<Words> = best
            .map(|(rank, one)| {
                let (name, score) =
                    (manager(self.book(), one.id), one.score.map_or(String::new(), |score| score.to_string()));
                say(format!("第 {rank} 名 {}，{score} 分", name.zh), format!("rank {rank}: {}, {score}", name.en))
            })
            .collect();
        if told.is_empty() {
            return self.text(&words("本月无人参加排名", "Nobody is ranked in the month"));
        }
        told.iter().for_each(|one| self.text(one));
    }

    /// What is asked, and until when.
    fn asked(&mut self) {
        self.part("工作要求", "What is asked");
        let deadline = self.notices.deadline_words();
        let remedies = self.remedies();
        let all = [
            say(
                format!("各客户经理要对照整改通知单逐条整改，于{}前（含当日）完成，并书面反馈", deadline.zh),
                format!(
                    "All managers put right what their notices list by {} at the latest, and report in writing",
                    deadline.en
                ),
            ),
            words(
                "重复出现的问题要查明原因，由本人说明",
                "Whoever has repeated problems finds their cause and explains it",
            ),
            self.notices.how_to_appeal(),
        ];
        for (number, one) in (1..).zip(all.into_iter().chain(remedies)) {
            self.text(&item(number).then(&one));
        }
    }

    /// What helps against the violations that were found.
    fn remedies(&self) -> Vec<Words> {
        let run = self.notices.run;
        let fails = |rule: &usize| {
            let is_violation = run.judgement.rules[*rule].severity == Severity::Violation;
            is_violation
                && self.notices.is_told(*rule)
                && self.managers().iter().any(|one| one.outcomes[*rule].failed > 0)
        };
        let told = |rule: usize| {
            let (title, remedy) = (self.notices.title(rule), &run.ruleset.rules[rule].meta.remedy);
            say(format!("{}：{}", title.zh, remedy.zh), format!("{}: {}", title.en, remedy.en))
        };
        (0..run.judgement.rules.len()).filter(fails).map(told).collect()
    }
}

/// `3 units are`, `1 unit is`
fn are(n: u64) -> String {
    if n == 1 { "1 unit is".to_owned() } else { format!("{n} units are") }
}

/// Those with most first: `张三（M005）37 项、李四（M002）15 项`.
fn most_first(mut managers: Whose) -> Words {
    managers.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    let told = |(n, who): &(u64, Words)| say(format!("{}{n} 项", who.zh), format!("{} {n}", who.en));
    listed(&managers.iter().map(told).collect::<Vec<_>>(), ("名", "manager"))
}
