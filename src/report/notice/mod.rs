//! `notice`: the circular on a month, the notices to managers, the ledger and the follow-up (SPEC-month §5).
//!
//! What integrity rules and the section's own duties find stands in no letter; the ledger and the follow-up have it too.

pub mod circular;
mod figures;
pub mod json;
pub mod ledger;
pub mod rectification;
mod words;

use crate::appeals;
use crate::book::Book;
use crate::diff::CheckResult;
use crate::followup::{Compared, Counts, FollowUp, Followed, Outcome, Reason, Subject};
use crate::judgement::{Finding, JudgedManager, Judgement, Party, Severity, State};
use crate::lang::{Lang, Words, say, words};
use crate::measures::nth_working_day;
use crate::model::{DateSpan, ManagerId, Settings};
use crate::ranking::Ranking;
use crate::report::{Run, remarks};
use crate::rules::config::Ruleset;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The month before, for the headline measures beside its own.
pub(crate) enum LastMonth<'a> {
    Judged(&'a Judgement),
    Read(&'a CheckResult),
}

/// A month with all that letters on it speak of.
pub(crate) struct Notices<'a> {
    pub run: &'a Run<'a>,
    /// Of the same managers.
    pub followed: &'a FollowUp,
    pub last_month: Option<LastMonth<'a>>,
    /// Where the circular names the head of it.
    pub ranking: Option<&'a Ranking>,
    /// The numbers of the notices to all managers who get one.
    pub numbers: &'a BTreeMap<ManagerId, String>,
    /// When the letters are written; filled in by hand where it is not given.
    pub date: Option<NaiveDate>,
}

impl<'a> Notices<'a> {
    fn settings(&self) -> &'a Settings {
        &self.run.ruleset.settings
    }

    /// Until when what was found is to be put right.
    fn deadline(&self) -> Option<NaiveDate> {
        let settings = self.settings();
        self.date.map(|date| nth_working_day(&settings.calendar, date, settings.notice.working_days))
    }

    fn deadline_words(&self) -> Words {
        self.deadline().map_or_else(words::blank_date, words::date)
    }

    fn issuer(&self) -> Words {
        match self.settings().notice.issuer.trim() {
            "" => words("客户服务科", "Customer-service section"),
            issuer => Words::same(issuer),
        }
    }

    /// Who signs, and when.
    fn signatures(&self) -> [Words; 2] {
        [self.issuer(), self.date.map_or_else(words::blank_date, words::date)]
    }

    /// That plain weekdays were taken up to the last day that a letter names.
    fn unlisted_years(&self) -> Option<Words> {
        let month = self.run.judgement.month;
        let named = [self.date, self.deadline(), appeals::deadline(self.settings(), month)];
        let last = named.into_iter().flatten().max().unwrap_or(month.last());
        remarks::unlisted_years(self.run.ruleset, DateSpan { first: month.first(), last })
    }

    /// How, and until when, to appeal.
    fn how_to_appeal(&self) -> Words {
        let until = appeals::deadline(self.settings(), self.run.judgement.month);
        if let Some(until) = until.filter(|until| self.date.is_some_and(|date| date > *until)) {
            let until = words::date(until);
            return say(
                format!("申诉期限（{}）已过", until.zh),
                format!("The time to appeal was over on {}", until.en),
            );
        }
        let until = until.map(words::date);
        let until = until.map_or(words("", ""), |date| {
            say(format!("于{}前（含当日）", date.zh), format!(" by {} at the latest", date.en))
        });
        say(
            format!("对结论有异议的，可{}填写申诉表提出申诉，注明结论编号、原因和佐证", until.zh),
            format!(
                "Whoever disagrees may appeal{} on the form for appeals, with the finding's id, reason and evidence",
                until.en
            ),
        )
    }

    /// Whether letters speak of a rule.
    fn is_told(&self, rule: usize) -> bool {
        is_told(self.run.judgement, self.run.ruleset, rule)
    }

    /// What counts of a manager by the rules that letters speak of, rule by rule, violations first.
    fn found<'m>(&self, manager: &'m JudgedManager) -> Vec<(usize, Vec<&'m Finding>)> {
        let counts = |(rule, finding): &&(usize, Finding)| self.is_told(*rule) && finding.state() == State::Counted;
        let mut groups: BTreeMap<usize, Vec<&Finding>> = BTreeMap::new();
        for (rule, finding) in manager.findings.iter().filter(counts) {
            groups.entry(*rule).or_default().push(finding);
        }
        let mut groups: Vec<(usize, Vec<&Finding>)> = groups.into_iter().collect();
        groups.sort_by_key(|(rule, _)| self.run.judgement.rules[*rule].severity == Severity::Warning);
        groups
    }

    /// What became of the subjects that letters speak of, with the number of their rule.
    fn told_subjects(&self) -> impl Iterator<Item = (usize, &'a Followed)> {
        let rules = &self.run.judgement.rules;
        let numbered = |one: &'a Followed| {
            let is_of = |id: &str, item: Option<&str>| id == one.subject.rule && item == one.subject.item.as_deref();
            Some((rules.iter().position(|rule| is_of(rule.id, rule.item.as_deref()))?, one))
        };
        let told: BTreeSet<usize> = (0..rules.len()).filter(|rule| self.is_told(*rule)).collect();
        self.followed.followed.iter().filter_map(numbered).filter(move |(rule, _)| told.contains(rule))
    }

    /// What a rule, or its entry, is called.
    fn title(&self, rule: usize) -> Words {
        title(self.run.judgement, self.run.ruleset, rule)
    }

    /// `通话佐证（七.2(1)，违规）`
    fn rule_words(&self, rule: usize) -> Words {
        let judged = &self.run.judgement.rules[rule];
        let (title, clause) = (self.title(rule), super::verdict::clause_words(&judged.clause));
        let severity = super::verdict::severity_words(judged.severity);
        say(
            format!("{}（{}，{}）", title.zh, clause.zh, severity.zh),
            format!("{} ({}, {})", title.en, clause.en, severity.en),
        )
    }

    /// A manager by his id as the follow-up has it.
    fn manager(&self, id: &str) -> Words {
        let known = self.run.book.managers.find(id).map(ManagerId);
        known.map_or_else(|| Words::same(id), |id| words::manager(self.run.book, id))
    }

    fn has_comparison(&self) -> bool {
        !self.followed.compared.is_empty()
    }

    /// By what the months before were judged, or that there is none.
    fn compared(&self) -> Words {
        let told = |one: &Compared| match &one.file {
            None => {
                say(format!("{}（按现有数据考核）", one.month), format!("{} (judged from today's files)", one.month))
            }
            Some(file) => say(format!("{}（取自 {file}）", one.month), format!("{} (taken from {file})", one.month)),
        };
        let all = self.followed.compared.iter().map(told).reduce(|all, next| all.then(&words("、", ", ")).then(&next));
        all.map_or(words("没有可比较的数据", "no data to compare with"), |all| {
            say(format!("对比月份：{}", all.zh), format!("compared with {}", all.en))
        })
    }
}

/// Whether letters speak of a rule: of the managers' own ones that cite a clause of the regulation.
fn is_told(judgement: &Judgement, ruleset: &Ruleset, rule: usize) -> bool {
    judgement.rules[rule].party == Party::Manager && !ruleset.rules[rule].meta.is_of_integrity()
}

fn title(judgement: &Judgement, ruleset: &Ruleset, rule: usize) -> Words {
    let judged = &judgement.rules[rule];
    let Some(item) = &judged.item else { return judged.title.clone() };
    let parameters = ruleset.rules[rule].judge.parameters();
    let alias = parameters["aliases"][0].as_str().unwrap_or(item);
    say(format!("{}：{alias}", judged.title.zh), format!("{}: {item}", judged.title.en))
}

/// The subject of a finding.
fn subject(book: &Book, judgement: &Judgement, manager: ManagerId, rule: usize, finding: &Finding) -> Subject {
    let judged = &judgement.rules[rule];
    let customer = finding.customer.filter(|_| judged.per_customer);
    Subject {
        manager: book.managers.text(manager.0).to_owned(),
        rule: judged.id.to_owned(),
        item: judged.item.clone(),
        customer: customer.map(|id| book.customers.text(id.0).to_owned()),
    }
}

/// The managers who get a notice, in the order of their ids, each with its number: those with violations, and those with
/// warnings that repeat.
pub(crate) fn recipients(
    book: &Book,
    judgement: &Judgement,
    ruleset: &Ruleset,
    followed: &FollowUp,
) -> BTreeMap<ManagerId, String> {
    let repeated = repeated(followed);
    let gets_one = |manager: &&JudgedManager| {
        manager.findings.iter().any(|(rule, finding)| {
            let counts = finding.state() == State::Counted && is_told(judgement, ruleset, *rule);
            let is_violation = judgement.rules[*rule].severity == Severity::Violation;
            counts && (is_violation || repeated.contains(&subject(book, judgement, manager.id, *rule, finding)))
        })
    };
    let month = judgement.month;
    let number = |(n, manager): (usize, &JudgedManager)| {
        let parts = [format!("{:04}", month.year()), format!("{:02}", month.number())];
        let pattern = ruleset.settings.notice.number.replace("{year}", &parts[0]).replace("{month}", &parts[1]);
        let number = pattern.replace("{n}", &n.to_string()).replace("{manager}", book.managers.text(manager.id.0));
        (manager.id, number)
    };
    (1..).zip(judgement.managers.iter().filter(gets_one)).map(number).collect()
}

/// The subjects that are open now as they were before.
fn repeated(followed: &FollowUp) -> BTreeSet<Subject> {
    let is_repeated = |one: &&Followed| one.outcome == Outcome::Repeated;
    followed.followed.iter().filter(is_repeated).map(|one| one.subject.clone()).collect()
}

fn outcome_words(outcome: Outcome) -> Words {
    match outcome {
        Outcome::New => words("新增", "new"),
        Outcome::Repeated => words("重复", "repeated"),
        Outcome::Fixed => words("已整改", "fixed"),
        Outcome::NotVerifiable(_) => words("无法核实", "not verifiable"),
    }
}

fn reason_words(reason: Reason) -> Words {
    match reason {
        Reason::Waived => words("申诉成立", "waived by an appeal"),
        Reason::InDoubt => words("存疑", "in doubt"),
        Reason::Pending => words("未到期", "pending"),
        Reason::NotHisCustomer => words("已不是他的客户", "no customer of his any more"),
        Reason::NoOccasion => words("本月没有此类事项", "no occasion in the month"),
        Reason::NotAssessed => words("本月未考核", "not assessed in the month"),
    }
}

/// Both sides of the follow-up added up.
pub(crate) fn identities(followed: &FollowUp) -> Words {
    added_up(&followed.counts())
}

fn added_up(counts: &Counts) -> Words {
    let Counts { before, now, fixed, repeated, not_verifiable, new } = counts;
    say(
        format!(
            "以前 {before} = 已整改 {fixed} + 重复 {repeated} + 无法核实 {not_verifiable}；现在 {now} = 重复 {repeated} + 新增 {new}"
        ),
        format!(
            "before {before} = fixed {fixed} + repeated {repeated} + not verifiable {not_verifiable}; now {now} = repeated {repeated} + new {new}"
        ),
    )
}

/// What stands behind what repeats.
fn marked(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "【重复】",
        Lang::En => " [repeated]",
    }
}
